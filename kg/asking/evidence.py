"""How much evidence an answer shows: none, ids alone, the sentences, or these with the ones around them."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from kg.asking.questions import nearest
from kg.errors import UsageError
from kg.model import Rows, Value
from kg.stores.base import Store

AMOUNTS = ("none", "ids", "sentences", "context")

SENTENCES = frozenset({"evidence", "denial"})
IDS = frozenset({"article", "event_id", "statement_id", "denied_article", "denied_event_id"})

_OF_EVENT = "(:Article {id: row.article})<-[:TOLD_IN {event_id: row.event_id}]-(:Event)-[:EVIDENCED_BY]->(s:Sentence)"
_OF_STATEMENT = (
    "(:Article {id: row.article})<-[:PART_OF]-(s:Sentence)<-[:STATED_IN]-(:Statement {statement_id: row.statement_id})"
)
_AROUND = (
    " WHERE row.evidence CONTAINS s.text "
    "MATCH (:Article {id: s.article})<-[:PART_OF]-(n:Sentence) "
    "WHERE n.position >= s.position - 1 AND n.position <= s.position + 1 "
    "RETURN DISTINCT row.number AS number, n.article AS article, n.position AS position, n.text AS text "
    "ORDER BY number, article, position"
)


def shown(store: Store, rows: Rows, amount: str) -> Rows:
    """Return rows with so much evidence: `none` leaves out sentences and ids, `ids` the sentences.

    `context` puts before and after the sentences those that stand beside them in the article. Rows without evidence
    stay as they are. Raises UsageError for any other amount.
    """
    if amount not in AMOUNTS:
        raise UsageError(f"no evidence {amount!r}; {nearest(amount, AMOUNTS)}")
    if "evidence" not in rows.columns or amount == "sentences":
        return rows
    if amount == "context":
        return _in_context(store, rows)
    return _without(rows, SENTENCES | IDS if amount == "none" else SENTENCES)


def _without(rows: Rows, columns: Collection[str]) -> Rows:
    kept = [at for at, name in enumerate(rows.columns) if name not in columns]
    left = tuple(tuple(row[at] for at in kept) for row in rows.rows)
    return Rows(tuple(rows.columns[at] for at in kept), left, rows.truncated)


def _in_context(store: Store, rows: Rows) -> Rows:
    told = [{"number": number, **row} for number, row in enumerate(rows.mappings())]
    around = {**_around(store, _OF_EVENT, "event_id", told), **_around(store, _OF_STATEMENT, "statement_id", told)}
    place = rows.columns.index("evidence")
    changed = (
        (*row[:place], around.get(number, row[place]), *row[place + 1 :]) for number, row in enumerate(rows.rows)
    )
    return Rows(rows.columns, tuple(changed), rows.truncated)


def _around(store: Store, path: str, key: str, rows: list[dict[str, Value]]) -> Mapping[int, str]:
    """Return the sentences of rows with those around them, by the number of the row."""
    asked = [{name: row[name] for name in ("number", "article", key, "evidence")} for row in rows if row.get(key)]
    if not asked:
        return {}
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, article, _, text in store.query(f"UNWIND $rows AS row MATCH {path}{_AROUND}", {"rows": asked}).rows:
        found[int(number or 0)][str(article)].append(str(text))
    return {number: " ".join(next(iter(by_article.values()))) for number, by_article in found.items()}
