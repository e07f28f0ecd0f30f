"""Which predicted statement is which gold statement: half of the span in common, and the right speaker."""

from collections.abc import Iterator

from kg.evaluation.actors import Alignment
from kg.evaluation.figures import Figures, Tally
from kg.evaluation.gold import GoldArticle, GoldStatement, choices
from kg.evaluation.spans import Span, overlap, spans_of
from kg.model import Record, Statement


def score_statements(gold: GoldArticle, record: Record, alignment: Alignment) -> Figures:
    """Return the figures of an article's statements; what matches an optional one counts neither way."""
    pairs = list(_pairs(gold, record, alignment))
    firm = [said for said in gold.statements if not said.optional]
    good = [(want, have) for want, have in pairs if not want.optional]
    neutral = [have for want, have in pairs if want.optional]
    return Figures(
        statements=Tally(len(good), len(record.statements) - len(neutral), len(firm)),
        direct_quotes=Tally(
            sum(want.direct and have.direct for want, have in good),
            sum(said.direct for said in record.statements) - sum(said.direct for said in neutral),
            sum(said.direct for said in firm),
        ),
    )


def _pairs(gold: GoldArticle, record: Record, alignment: Alignment) -> Iterator[tuple[GoldStatement, Statement]]:
    free = list(record.statements)
    for want in sorted(gold.statements, key=lambda said: said.optional):
        span = next(iter(spans_of(gold.text, want.anchor)), (0, 0))
        have = next((said for said in free if _same(want, span, said, alignment)), None)
        if have is not None:
            free.remove(have)
            yield want, have


def _same(want: GoldStatement, span: Span, have: Statement, alignment: Alignment) -> bool:
    union = max(span[1], have.end) - min(span[0], have.start)
    if not union or overlap(span, (have.start, have.end)) / union < 0.5:
        return False
    return alignment.get(have.speaker) in {want.speaker, *choices(want.cospeakers)}
