"""Offices by the words for them: who holds or held one on a day, and which titles answer to a noun."""

import re
from collections.abc import Iterable, Iterator

from kg.knowledge.tables import OfficeRow, is_held, is_joint, offices_of, terms
from kg.knowledge.titles import is_others, meanings, of_rank
from kg.knowledge.words import word_lists

_STATE = re.compile(r"[A-Z]{3}")


def held(title: str, of: str, day: str, to: str | None = None) -> OfficeRow | None:
    """Return the term in which somebody alone held, on an ISO day, an office that a title of a state or body means."""
    for meant in meanings(title, of):
        found = [row for row in _known(meant, of, to) if is_held(row, day)]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def ended(title: str, of: str, day: str) -> Iterator[OfficeRow]:
    """Yield the terms in an office that had ended by an ISO day, the latest first."""
    found = [row for meant in meanings(title, of) for row in _known(meant, of, None) if row.end and row.end <= day]
    yield from sorted(found, key=lambda row: row.start, reverse=True)


def terms_of(holder: str, day: str | None) -> tuple[OfficeRow, ...]:
    """Return the terms in which an actor holds offices on an ISO day; none where there is no day."""
    return tuple(row for row in offices_of(holder) if day and is_held(row, day))


def go_by(titles: Iterable[str], noun: str, *, leads: bool) -> bool:
    """Tell whether one of some titles answers to a noun: 'prime minister' to 'minister' and, if `leads`, 'leader'."""
    leading = word_lists("words")["descriptions", "leading"] if leads and noun == "leader" else frozenset()
    return any(title in leading or _goes_by(title, noun) for title in titles)


def _goes_by(title: str, noun: str) -> bool:
    return any(name == noun or name.endswith(f" {noun}") for name in (title, *of_rank(title)))


def _known(title: str, of: str, to: str | None) -> tuple[OfficeRow, ...]:
    """Return the terms in an office; none where a state has several holders at a time, or it is a deputy's."""
    unsure = is_joint(title, of) and (_STATE.fullmatch(of) or is_others(title.split()))
    return () if unsure else terms(title, of, to=to)
