"""How good an extraction is: gold articles read, and records scored against them.

`read_gold` reads annotated articles, `score` compares records with them, and `evaluate` does both for a file.
"""

from collections.abc import Iterable
from pathlib import Path

from kg.evaluation.figures import Figures, Rate, Tally
from kg.evaluation.gold import GoldArticle, as_article, read_gold
from kg.evaluation.scoring import score
from kg.model import Record
from kg.pipeline import extract

__all__ = ["Figures", "GoldArticle", "Rate", "Tally", "as_article", "evaluate", "read_gold", "score"]


def evaluate(gold_path: Path, records: Iterable[Record] | None = None) -> Figures:
    """Return the figures of records against a file of gold articles; without records, of a fresh extraction.

    Raises SourceError where the gold file cannot be read, and ModelError where a model is needed and missing.
    """
    gold = read_gold(gold_path)
    if records is None:
        found = extract([as_article(article) for article in gold])
        records = [item for item in found if isinstance(item, Record)]
    return score(gold, tuple(records))
