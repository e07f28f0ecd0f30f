"""The picture of what happened when: days down the sheet, a lane for each quad class."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from kg.asking.parts import Happening, Party
from kg.asking.wording import counted, plain
from kg.exports._seen import MARGIN, NOTHING_DATED, Seen, caption, center, empty, headed, names, openness, tone_of
from kg.exports._sheet import BLUE, GREY, LINE, PALE, RED, SMALL, TALLEST, WIDTH, Sheet, wrapped
from kg.model import FACTS

LANES = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict", "neutral")
MOST_EVENTS = 60
MOST_LINES = 5
MOST_NAMES = 3
"""Parties of a side that are named."""

DAYS = 62.0
"""Width of the column of days, in points."""

TOP = 40.0
HEAD = 30.0
ROOM = TALLEST - 130
MARK = 11.0
STEP = SMALL * LINE
BETWEEN = 4.0


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as it is written: its lane and the lines of its label."""

    event: Happening
    lane: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """The events of one date, and how tall they are together in points."""

    days: tuple[str, ...]
    entries: tuple[Entry, ...]
    height: float


def draw(found: Seen) -> tuple[Sheet, float]:
    """Return the sheet of the timeline and its height in points."""
    dated = [event for event in found.events if event.first]
    if not dated:
        return empty(_title(found), found, NOTHING_DATED)
    kept = _weightiest(dated)[:MOST_EVENTS]
    lanes, rows = _laid(kept)
    while sum(row.height for row in rows) > ROOM and len(kept) > 1:
        kept.pop()
        lanes, rows = _laid(kept)
    sheet = headed(_title(found), found)
    _heads(sheet, lanes)
    bottom = _draw_rows(sheet, rows, len(lanes))
    return sheet, caption(sheet, bottom + 8, [_shows(found, rows)], found)


def _title(found: Seen) -> str:
    middle = center(found)
    return f"What {names(found, middle)} had part in, day by day" if middle else "What happened, day by day"


def _weightiest(events: Sequence[Happening]) -> list[Happening]:
    """Return the events, those that most outlets tell first, and of these the best known and surest."""
    return sorted(events, key=lambda event: (-event.corroboration, openness(event), -event.confidence, event.id))


def _rows(events: Sequence[Happening], lanes: Sequence[str]) -> list[Row]:
    width = _lane(len(lanes)) - MARK - 4
    rows = []
    for days, group in groupby(events, key=lambda event: (event.first, event.last)):
        entries = tuple(
            Entry(event, lanes.index(event.quad), tuple(wrapped(_label(event), width, most=MOST_LINES)))
            for event in group
        )
        told = tuple(wrapped(_days(*days), DAYS - 4))
        rows.append(Row(told, entries, max(max(_heights(entries, len(lanes))), len(told) * STEP) + BETWEEN))
    return rows


def _laid(events: Sequence[Happening]) -> tuple[list[str], list[Row]]:
    """Return the lanes that hold one of the events, and the rows of these, in the order of their days."""
    lanes = [lane for lane in LANES if any(event.quad == lane for event in events)]
    return lanes, _rows(
        sorted(events, key=lambda event: (event.first, event.last, -event.corroboration, event.id)), lanes
    )


def _heights(entries: Sequence[Entry], lanes: int) -> list[float]:
    return [sum(len(each.lines) * STEP + 2 for each in entries if each.lane == lane) for lane in range(lanes)]


def _lane(lanes: int) -> float:
    return (WIDTH - 2 * MARGIN - DAYS) / lanes


def _days(first: str, last: str) -> str:
    if first == last:
        return first
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    if (begin.month, begin.day, end.month, end.day) == (1, 1, 12, 31):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]} to {last[:4]}"
    return f"{first} to {last}"


def _label(event: Happening) -> str:
    """Return an event in a few words, with an arrow from who does it to whom it is done to."""
    sources = _named([role.party for role in event.sources], ", ")
    targets = _named([role.party for role in event.targets], ", ")
    who = f"{sources} → {targets}".strip() if targets else sources
    if event.symmetric:
        who = _named(event.parties, " – ")
    said = "" if event.modality in FACTS else f" ({event.modality})"
    told = f" ×{event.corroboration}" if event.corroboration > 1 else ""
    return f"{who + ': ' if who else ''}{plain(event.words)}{said}{told}"


def _named(parties: Sequence[Party], sign: str) -> str:
    rest = len(parties) - MOST_NAMES
    return sign.join(plain(party.name) for party in parties[:MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def _heads(sheet: Sheet, lanes: Sequence[str]) -> None:
    for number, lane in enumerate(lanes):
        x = MARGIN + DAYS + number * _lane(len(lanes))
        _mark(sheet, (x + 4, TOP + 5), lane, hollow=False)
        for line, words in enumerate(lane.split("-")):
            sheet.text((x + MARK, TOP + line * STEP), words, fontweight="bold")


def _draw_rows(sheet: Sheet, rows: Sequence[Row], lanes: int) -> float:
    y = TOP + HEAD
    for row in rows:
        sheet.line([(MARGIN, y - 2), (WIDTH - MARGIN, y - 2)], colour=PALE, width=0.5)
        for number, line in enumerate(row.days):
            sheet.text((MARGIN, y + number * STEP), line, color=GREY)
        for x, top, entry in _placed(row, y, lanes):
            _mark(sheet, (x + 4, top + 5), entry.event.quad, hollow=entry.event.modality not in FACTS)
            for number, line in enumerate(entry.lines):
                sheet.text((x + MARK, top + number * STEP), line)
        y += row.height
    return y


def _placed(row: Row, y: float, lanes: int) -> Iterator[tuple[float, float, Entry]]:
    tops = dict.fromkeys(range(lanes), y)
    for entry in row.entries:
        yield MARGIN + DAYS + entry.lane * _lane(lanes), tops[entry.lane], entry
        tops[entry.lane] += len(entry.lines) * STEP + 2


def _mark(sheet: Sheet, at: tuple[float, float], quad: str, *, hollow: bool) -> None:
    """Draw the sign of a quad class: a disc for cooperation, a triangle for conflict, larger ones for deeds."""
    x, y = at
    size = 3.6 if quad.startswith("material") else 2.6
    colour = {"cooperation": BLUE, "conflict": RED, "neutral": GREY}[tone_of(quad)]
    look: dict[str, Any] = {"facecolor": "white" if hollow else colour, "edgecolor": colour, "linewidth": 0.9}
    if tone_of(quad) == "conflict":
        sheet.polygon([(x - size, y + size), (x + size, y + size), (x, y - size)], **look)
    elif tone_of(quad) == "cooperation":
        sheet.circle(at, size, **look)
    else:
        sheet.box((x - size, y - size), 2 * size, 2 * size, **look)


def _shows(found: Seen, rows: Sequence[Row]) -> str:
    drawn = [entry.event for row in rows for entry in row.entries]
    dated = sum(bool(event.first) for event in found.events)
    told = [
        "An arrow leads to whom it was done. A disc is cooperation, a triangle conflict, a square neither; in deeds "
        "they are larger. ×2: two outlets tell of the event independently."
    ]
    if any(event.modality not in FACTS for event in drawn):
        told.append("Hollow: not told as a fact, how stands in brackets.")
    if rest := dated - len(drawn):
        told.append(f"{counted(rest, 'event')} told by fewer outlets, or known less well, left out.")
    if undated := len(found.events) - dated:
        told.append(f"{counted(undated, 'event')} without a date left out.")
    missing = [lane.replace("-", " ") for lane in LANES if not any(e.quad == lane and e.first for e in found.events)]
    if missing:
        told.append(f"No dated event of {', '.join(missing)}.")
    return " ".join(told)
