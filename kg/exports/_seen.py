"""What a picture is drawn from, and what is written below it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kg.asking.parts import Happening, Part
from kg.asking.wording import counted
from kg.exports._limit import refuse_too_many
from kg.exports._sheet import GREY, LINE, SMALL, WIDTH, Sheet, wrapped
from kg.model import FACTS

NAMED_OUTLETS = 10
MARGIN = 14.0
NOTHING = "No event was found that fits this selection."
NOTHING_DATED = "No event of this selection has a day that is known, so none can be drawn here."
NOTHING_BETWEEN = "No event of this selection is between two actors, so none can be drawn here."


@dataclass(frozen=True, slots=True)
class Seen:
    """Events to draw, what was selected in words, and the versions behind them."""

    events: tuple[Happening, ...]
    selection: str
    made_with: str


def seen(part: Part) -> Seen:
    """Return all that a picture needs of a part, so that the store may be closed.

    Raises KgError where there are more events than are held.
    """
    refuse_too_many(part, "a picture")
    return Seen(tuple(part.events()), part.selection, part.made_with)


def center(found: Seen) -> tuple[str, ...]:
    """Return the ids of those who take part in every event, none where there is only one event."""
    if len(found.events) < 2:
        return ()
    sets = [{party.id for party in event.parties} for event in found.events]
    return tuple(sorted(set.intersection(*sets)))


def tone_of(quad: str) -> str:
    """Return whether a quad class is `cooperation`, `conflict` or `neutral`."""
    return quad.partition("-")[2] or "neutral"


def openness(event: Happening) -> int:
    """Return how many days lie between the first and the last on which a dated event can have been."""
    return (date.fromisoformat(event.last) - date.fromisoformat(event.first)).days


def caption(sheet: Sheet, top: float, shows: Sequence[str], found: Seen) -> float:
    """Write below a picture what it shows, of what, and from where; return how tall the sheet is then."""
    lines = [line for text in (*shows, *_origin(found)) for line in wrapped(text, sheet.width - 2 * MARGIN)]
    sheet.line([(MARGIN, top), (sheet.width - MARGIN, top)], colour=GREY, width=0.6)
    for number, line in enumerate(lines):
        sheet.text((MARGIN, top + 5 + number * SMALL * LINE), line, color=GREY)
    return top + 5 + len(lines) * SMALL * LINE + MARGIN


def empty(title: str, found: Seen, missing: str) -> tuple[Sheet, float]:
    """Return a sheet that says that nothing was found, or what its events are missing, and its height."""
    sheet = headed(title, found)
    sheet.text((WIDTH / 2, 90), missing if found.events else NOTHING, size=10, align="center")
    return sheet, caption(sheet, 150, (), found)


def headed(title: str, found: Seen) -> Sheet:
    """Return a sheet with a title."""
    sheet = Sheet(title, " ".join(_origin(found)))
    for number, line in enumerate(wrapped(title, WIDTH - 2 * MARGIN, size=12, most=2, bold=True)):
        sheet.text((MARGIN, 10 + number * 15), line, size=12, fontweight="bold")
    return sheet


def names(found: Seen, ids: Iterable[str]) -> str:
    """Return the names of parties, joined by `and`."""
    by_id = {party.id: party.name for event in found.events for party in event.parties}
    return " and ".join(sorted(by_id[each] for each in ids))


def _origin(found: Seen) -> list[str]:
    outlets = Counter(paper for event in found.events for paper in {told.paper.outlet for told in event.tellings})
    unnamed = outlets.pop("", 0)
    order = sorted(outlets, key=lambda name: (-outlets[name], name))
    rest = len(order) - NAMED_OUTLETS
    told = ", ".join(order[:NAMED_OUTLETS]) + (f" and {rest} more" if rest > 0 else "")
    sources = f" from {counted(len(order), 'outlet')}: {told}" if order else ""
    alone = f" ({counted(unnamed, 'event')} from articles without an outlet)" if unnamed else ""
    chosen = f"Selection: {found.selection or 'everything'}."
    return [
        f"{chosen} {counted(len(found.events), 'event')}{sources}{alone}.{_not_facts(found)}",
        f"kg: {found.made_with}.",
    ]


def _not_facts(found: Seen) -> str:
    """Return how many events are not told as facts, and as what: network and curve draw them like the others."""
    others = Counter(event.modality for event in found.events if event.modality not in FACTS)
    told = ", ".join(f"{number} {modality}" for modality, number in sorted(others.items()))
    return f" Among them, not told as facts: {told}." if told else ""
