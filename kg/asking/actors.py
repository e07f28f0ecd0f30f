"""What the tables of the world say of an actor, and the actors of a store that they do not have."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from itertools import islice

from kg.asking.names import fold
from kg.asking.questions import find
from kg.errors import UsageError
from kg.knowledge.tables import ActorRow, aliases, offices_of, origin, tables
from kg.model import Rows, Value
from kg.stores.base import Store

MOST_MENTIONED = "most_mentioned"
_EVERYBODY = 1_000_000


def unknown(store: Store, *, limit: int) -> Rows:
    """Return the actors that articles name most often and no row of the tables stands for, with a sentence of each."""
    known = {row.id for row in tables().actors}
    everybody: dict[str, Value] = {"kind": "", "min_mentions": 1, "limit": _EVERYBODY}
    found = store.query(find(MOST_MENTIONED).text, everybody, limit=_EVERYBODY)
    place = found.columns.index("actor_id")
    strangers = tuple(islice((row for row in found.rows if row[place] not in known), limit + 1))
    return Rows(found.columns, strangers[:limit], truncated=len(strangers) > limit)


def known(name: str) -> tuple[ActorRow, ...]:
    """Return the actors of the tables that a name or an id means, capitals and accents aside.

    Tried in turn: ids and all names of actors, the family names of persons. Raises UsageError where nobody is meant,
    with the nearest names.
    """
    wanted = fold(name)
    for fits in _tests(wanted):
        if found := tuple(dict.fromkeys(row for text, rows in _named() for row in rows if fits(text, row))):
            return found
    names = {fold(row.name): row.name for row in tables().actors}
    close = [names[each] for each in get_close_matches(wanted, names, n=3)]
    hint = f"did you mean {' or '.join(close)}?" if close else "`kg actors unknown` lists who is missing"
    raise UsageError(f"no actor {name!r} in the tables; {hint}")


def account(row: ActorRow) -> str:
    """Return what the tables say of an actor, in lines of label and text."""
    lines = list(facts(row))
    margin = max(len(label) for label, _ in lines) + 2
    return "\n".join(f"{label:<{margin}}{text}" for label, text in lines)


def facts(row: ActorRow) -> Iterator[tuple[str, str]]:
    """Yield what the tables say of an actor, as label and text; what they do not know is left out."""
    yield from ((label, text) for label, text in _lines(row) if text)


def _tests(wanted: str) -> Iterator[Callable[[str, ActorRow], bool]]:
    yield lambda text, _: text == wanted
    yield lambda text, row: row.kind == "person" and text.endswith(f" {wanted}")


def _named() -> Iterator[tuple[str, tuple[ActorRow, ...]]]:
    yield from ((row.id.casefold(), (row,)) for row in tables().actors)
    yield from ((fold(text), rows) for text, rows in aliases().items())


def _lines(row: ActorRow) -> Iterator[tuple[str, str]]:
    place, _ = origin(row)
    yield "actor", f"{row.name} ({row.id})"
    yield "kind", row.kind
    yield "country", row.country or ""
    yield "CAMEO", row.cameo or ""
    yield "Wikidata", row.qid or ""
    yield "names", "; ".join(row.aliases)
    yield "metonyms", "; ".join(row.metonyms)
    yield "handles", "; ".join(row.handles)
    yield "days", _days(row.start, row.end)
    for office in offices_of(row.id):
        to = f" to {office.to}" if office.to else ""
        yield "office", f"{office.title} of {office.of}{to}, {_days(office.start, office.end)}, {office.cameo}"
    yield "from", f"{place}: {row.source}"


def _days(start: str | None, end: str | None) -> str:
    return f"{start or ''} to {end or 'now'}" if start or end else ""
