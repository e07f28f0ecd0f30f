"""How kg extracts from whole annotated articles, with how far each figure would vary over other articles of the kind.

The figures are those of `kg eval` on `eval/gold/dev.jsonl` below KG_SHARED, over all articles and over both halves.
"""

from collections.abc import Sequence

from bench._resampling import Figure, accuracy, f1
from bench.reading.corpora import by_half, shared
from kg.evaluation import Figures, Rate, Tally, as_article, read_gold, score
from kg.model import Record
from kg.pipeline import extract

GOLD = "eval/gold/dev.jsonl"
_FIGURES = (
    "events_found", "participants_of_found", "events_whole", "modality", "date", "stance", "place", "topics",
    "attribution", "statements", "direct_quotes",
)  # fmt: skip


def measure() -> dict[str, object]:
    """Return the figures over all articles and over both halves.

    Raises CorpusError where the gold is absent.
    """
    gold = read_gold(shared(GOLD))
    records = extract([as_article(article) for article in gold])
    read = [(article, record) for article, record in zip(gold, records, strict=True) if isinstance(record, Record)]
    halves = by_half(read, lambda pair: pair[0].id)
    return {name: _reported([score([article], [record]) for article, record in part]) for name, part in halves.items()}


def _reported(scored: Sequence[Figures]) -> dict[str, Figure | int]:
    reported: dict[str, Figure | int] = {"articles": len(scored)}
    for name in _FIGURES:
        parts = [getattr(each, name) for each in scored]
        tallies = [part for part in parts if isinstance(part, Tally)]
        reported[name] = f1(tallies) if tallies else accuracy([part for part in parts if isinstance(part, Rate)])
    return reported
