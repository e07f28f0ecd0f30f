"""Records scored against gold articles."""

from collections.abc import Sequence

from kg.evaluation.actors import align
from kg.evaluation.events import score_events
from kg.evaluation.figures import Figures, total
from kg.evaluation.gold import GoldArticle, as_article
from kg.evaluation.statements import score_statements
from kg.model import Record


def score(gold: Sequence[GoldArticle], records: Sequence[Record]) -> Figures:
    """Return the figures of records against gold articles, paired by article id.

    A gold article without a record is named in `missing` and counts as one in which nothing was found.
    """
    by_id = {record.article.id: record for record in records}
    return total(_score_one(article, by_id.get(article.id)) for article in gold)


def _score_one(gold: GoldArticle, record: Record | None) -> Figures:
    missing = (gold.id,) if record is None else ()
    if record is None:
        record = Record(article=as_article(gold), sentences=(), actors=(), events=(), statements=())
    alignment, actors = align(gold, record.actors)
    counted = Figures(articles=1, missing=missing, actors_b3=actors)
    return counted + score_events(gold, record, alignment) + score_statements(gold, record, alignment)
