"""The picture of cooperation and conflict over time: the mean on Goldstein's scale, and how many events there are."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from kg.asking.parts import Happening
from kg.asking.wording import counted
from kg.exports._seen import MARGIN, NOTHING_DATED, Seen, caption, center, empty, headed, names, openness, tone_of
from kg.exports._sheet import BLUE, GREY, INK, PALE, RED, WIDTH, Sheet, wide

WEEKS = 200
MONTHS = 3700
"""Up to so many days are divided into weeks, up to so many into months, more into years."""

REACH: Mapping[str, int] = {"week": 7, "month": 31, "year": 366}
"""How many days may lie between the first and the last possible day of an event."""

LEFT, RIGHT = MARGIN + 30, WIDTH - MARGIN - 6
SCALE_TOP, SCALE_HEIGHT = 62.0, 190.0
COUNT_TOP, COUNT_HEIGHT = 290.0, 90.0
HIGHEST = 10.0
"""The ends of Goldstein's scale are 10 and -10."""


@dataclass(frozen=True, slots=True)
class Bin:
    """A week, month or year: its number from the first on, the mean score or None, and its events by tone."""

    number: int
    mean: float | None
    tones: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Axis:
    """Time from left to right: the step, the first day, and how many steps there are."""

    step: str
    first: date
    steps: int

    def at(self, number: float) -> float:
        """Return where a step begins, in points."""
        return LEFT + (RIGHT - LEFT) * number / self.steps


def draw(found: Seen) -> tuple[Sheet, float]:
    """Return the sheet of the curve and its height in points."""
    dated = [event for event in found.events if event.first]
    if not dated:
        return empty(_title(found), found, NOTHING_DATED)
    step = _step(dated)
    kept = [event for event in dated if openness(event) < REACH[step]]
    if not kept:
        return empty(_title(found), found, NOTHING_DATED)
    axis = _axis(step, kept)
    bins = _bins(axis, kept)
    sheet = headed(_title(found), found)
    _draw_means(sheet, axis, bins)
    _draw_counts(sheet, axis, bins)
    _draw_days(sheet, axis)
    return sheet, caption(sheet, COUNT_TOP + COUNT_HEIGHT + 28, [_shows(found, axis, kept, dated)], found)


def _title(found: Seen) -> str:
    middle = center(found)
    return "Cooperation and conflict" + (f" of {names(found, middle)}" if middle else "")


def _step(events: Sequence[Happening]) -> str:
    """Return the step that divides the days of most events well: those known to a month at best do not count."""
    known = [event for event in events if openness(event) < REACH["month"]] or events
    days = [date.fromisoformat(event.first) for event in known]
    span = (max(days) - min(days)).days
    return "week" if span <= WEEKS else "month" if span <= MONTHS else "year"


def _axis(step: str, events: Sequence[Happening]) -> Axis:
    days = [date.fromisoformat(event.first) for event in events]
    first = _begin(step, min(days))
    return Axis(step, first, _number(step, first, max(days)) + 1)


def _begin(step: str, day: date) -> date:
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day.replace(month=1, day=1)


def _number(step: str, first: date, day: date) -> int:
    if step == "week":
        return (day - first).days // 7
    months = (day.year - first.year) * 12 + day.month - first.month
    return months if step == "month" else day.year - first.year


def _bins(axis: Axis, events: Sequence[Happening]) -> list[Bin]:
    groups: dict[int, list[Happening]] = defaultdict(list)
    for event in events:
        groups[_number(axis.step, axis.first, date.fromisoformat(event.first))].append(event)
    return [
        Bin(number, _mean(groups[number]), Counter(tone_of(event.quad) for event in groups[number]))
        for number in sorted(groups)
    ]


def _mean(events: Sequence[Happening]) -> float | None:
    scores = [event.goldstein for event in events if event.goldstein is not None]
    return sum(scores) / len(scores) if scores else None


def _draw_means(sheet: Sheet, axis: Axis, bins: Sequence[Bin]) -> None:
    zero = _height(0)
    sheet.text((MARGIN, SCALE_TOP - 22), "Mean on Goldstein's scale", fontweight="bold")
    for value in (-10, -5, 0, 5, 10):
        sheet.line([(LEFT, _height(value)), (RIGHT, _height(value))], colour=INK if not value else PALE, width=0.6)
        sheet.text((LEFT - 5, _height(value) - 5), f"{value:+d}".replace("-", "−") if value else "0", align="right")
    sheet.text((RIGHT, SCALE_TOP + 3), "cooperation", align="right", color=BLUE)
    sheet.text((RIGHT, SCALE_TOP + SCALE_HEIGHT - 12), "conflict", align="right", color=RED)
    for each in bins:
        if each.mean is not None:
            top = min(_height(each.mean), zero)
            look = _look(each.mean >= 0)
            sheet.box((_left(axis, each), top), _wide(axis), max(abs(_height(each.mean) - zero), 0.6), **look)
    for run in _runs(bins):
        points = [(_left(axis, each) + _wide(axis) / 2, _height(each.mean or 0.0)) for each in run]
        sheet.line(points, width=1.2, marker="o", markersize=2.6)


def _look(cooperation: bool) -> dict[str, Any]:
    if cooperation:
        return {"facecolor": BLUE, "alpha": 0.75}
    return {"facecolor": "white", "edgecolor": RED, "hatch": "//////", "linewidth": 0.6}


def _runs(bins: Sequence[Bin]) -> Iterator[list[Bin]]:
    """Yield what follows upon each other without a gap: nothing is drawn where nothing is known."""
    run: list[Bin] = []
    for each in bins:
        if each.mean is None or (run and each.number != run[-1].number + 1):
            if run:
                yield run
            run = []
        if each.mean is not None:
            run = [*run, each]
    if run:
        yield run


def _height(value: float) -> float:
    return SCALE_TOP + SCALE_HEIGHT * (HIGHEST - value) / (2 * HIGHEST)


def _left(axis: Axis, each: Bin) -> float:
    return (axis.at(each.number) + axis.at(each.number + 1)) / 2 - _wide(axis) / 2


def _wide(axis: Axis) -> float:
    return min(max((axis.at(1) - axis.at(0)) * 0.8, 2.2), 30.0)


def _draw_counts(sheet: Sheet, axis: Axis, bins: Sequence[Bin]) -> None:
    most = max(sum(each.tones.values()) for each in bins)
    foot = COUNT_TOP + COUNT_HEIGHT
    sheet.text((MARGIN, COUNT_TOP - 22), f"Events a {axis.step}", fontweight="bold")
    x = WIDTH - MARGIN - 6
    for tone, look in _COUNTED:
        x -= wide(tone)
        sheet.text((x, COUNT_TOP - 22), tone)
        sheet.box((x - 12, COUNT_TOP - 20), 9, 7, **look)
        x -= 24
    for value in dict.fromkeys((0, most)):
        y = foot - COUNT_HEIGHT * value / most
        sheet.line([(LEFT, y), (RIGHT, y)], colour=PALE if value else INK, width=0.6)
        sheet.text((LEFT - 5, y - 5), f"{value}", align="right")
    for each in bins:
        bottom = foot
        for tone, look in reversed(_COUNTED):
            tall = COUNT_HEIGHT * each.tones[tone] / most
            if tall:
                sheet.box((_left(axis, each), bottom - tall), _wide(axis), tall, **look)
            bottom -= tall


_COUNTED: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("neutral", {"facecolor": PALE, "edgecolor": GREY, "linewidth": 0.5}),
    ("conflict", _look(cooperation=False)),
    ("cooperation", _look(cooperation=True)),
)


def _draw_days(sheet: Sheet, axis: Axis) -> None:
    """Write the first days of steps under both panels, as many as have room."""
    length = {"week": 10, "month": 7, "year": 4}[axis.step]
    every = _every(axis, wide("2018-07-16"[:length]) + 14)
    past = (axis.first.month - 1) if axis.step == "month" else 0
    for number in range(-past % every, axis.steps, every):
        x, label = (axis.at(number) + axis.at(number + 1)) / 2, _begun(axis, number).isoformat()[:length]
        foot = COUNT_TOP + COUNT_HEIGHT
        sheet.line([(x, foot), (x, foot + 4)], colour=INK, width=0.6)
        if x + wide(label) / 2 <= WIDTH - 2:
            sheet.text((x, foot + 6), label, align="center")


def _every(axis: Axis, room: float) -> int:
    """Return how many steps lie between two labels; of months as many as divide years well."""
    least = max(1, ceil(room / (axis.at(1) - axis.at(0))))
    if axis.step != "month":
        return least
    return next((months for months in (1, 2, 3, 6, 12, 24, 36) if months >= least), 60)


def _begun(axis: Axis, number: int) -> date:
    if axis.step == "week":
        return axis.first + timedelta(days=7 * number)
    years, months = divmod(axis.first.month - 1 + number, 12) if axis.step == "month" else (number, 0)
    return date(axis.first.year + years, months + 1, 1)


def _shows(found: Seen, axis: Axis, kept: Sequence[Happening], dated: Sequence[Happening]) -> str:
    told = [
        f"Above: mean of the events that begin in a {axis.step}, from +10 (cooperation) to −10 (conflict); points of "
        f"{axis.step}s that follow upon each other are joined, others are not. Below: how many events there are."
    ]
    if unscored := sum(event.goldstein is None for event in kept):
        told.append(f"{counted(unscored, 'event')} without a score: counted below alone.")
    if vague := len(dated) - len(kept):
        told.append(f"{counted(vague, 'event')} known less well than to the {axis.step} left out.")
    if undated := len(found.events) - len(dated):
        told.append(f"{counted(undated, 'event')} without a date left out.")
    return " ".join(told)
