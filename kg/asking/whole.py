"""A whole article: its record as it is judged, its text cut by what was read out of it, the events that it tells of."""

from collections.abc import Mapping
from dataclasses import dataclass

from kg.asking.accounts import judged_records
from kg.asking.parts import Happening, read
from kg.asking.spans import Piece, marks_of, pieces
from kg.model import Record
from kg.stores.base import Store

_COPIES = """MATCH (x:Article {id: $id})-[:COPY_OF]->(o:Article)
RETURN 'original' AS what, o.id AS id, coalesce(o.outlet, '') AS outlet
UNION ALL
MATCH (o:Article)-[:COPY_OF]->(:Article {id: $id})
RETURN 'copy' AS what, o.id AS id, coalesce(o.outlet, '') AS outlet"""


@dataclass(frozen=True, slots=True)
class Whole:
    """An article and what was read out of it.

    `judged` says that people withdrew it, and why, or is empty. `events` are those of the graph, by their ids in the
    record; `original` and `copies` hold the ids and outlets of near copies.
    """

    record: Record
    judged: str
    pieces: tuple[Piece, ...]
    events: Mapping[str, Happening]
    original: tuple[tuple[str, str], ...]
    copies: tuple[tuple[str, str], ...]


def whole(store: Store, article: str) -> Whole:
    """Return an article with what was read out of it.

    Raises MissingError where it is not there.
    """
    found = judged_records(store, [article])[article]
    record = found.record
    near = [(str(what), (str(key), str(outlet))) for what, key, outlet in store.query(_COPIES, {"id": article}).rows]
    return Whole(
        record,
        found.article.note if found.article else "",
        pieces(record.article.text, marks_of(record)),
        _events(store, record),
        tuple(each for what, each in near if what == "original"),
        tuple(each for what, each in near if what == "copy"),
    )


def _events(store: Store, record: Record) -> dict[str, Happening]:
    """Return the events of the graph by their ids in a record, in the order of the record."""
    article = record.article.id
    known = {
        telling.event_id: happening
        for happening in read(store, [(article, event.id) for event in record.events])
        for telling in happening.tellings
        if telling.paper.id == article
    }
    return {event.id: known[event.id] for event in record.events if event.id in known}
