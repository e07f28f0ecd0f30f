"""Offices by the words for them: who holds one on a day, and which titles answer to a noun."""

from collections.abc import Iterable

from kg.knowledge.tables import ActorRow, holders, offices_of
from kg.knowledge.words import word_lists


def holder(noun: str, of: str, day: str, to: str | None = None) -> ActorRow | None:
    """Return the only holder on an ISO day of the office of a state or body that a noun names.

    Where none is called so it is one of the same rank: the British foreign minister is the foreign secretary.
    """
    for title in (noun, *sorted(_same(noun))):
        rows = holders(title, of, day=day, to=to)
        if rows:
            return rows[0] if len(rows) == 1 else None
    return None


def titles_held(row: ActorRow, day: str) -> tuple[str, ...]:
    """Return the titles of the offices that an actor holds on an ISO day."""
    return tuple(
        office.title
        for office in offices_of(row.id)
        if office.start <= day and (office.end is None or day < office.end)
    )


def go_by(titles: Iterable[str], noun: str, *, leads: bool) -> bool:
    """Tell whether one of some titles answers to a noun: 'prime minister' to 'minister' and, if `leads`, 'leader'."""
    leading = word_lists("words")["descriptions", "leading"] if leads and noun == "leader" else frozenset()
    return any(_goes_by(title, noun) or title in leading for title in titles)


def _goes_by(title: str, noun: str) -> bool:
    return any(name == noun or name.endswith(f" {noun}") for name in (title, *_same(title))) or noun in _same(title)


def _same(noun: str) -> frozenset[str]:
    """Return the other names of an office's rank."""
    name = word_lists("words").owner("ranks", noun)
    return word_lists("words")["ranks", name] - {noun} if name else frozenset()
