"""A small picture of how much happened when: cooperation above a line, conflict below it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.asking.profile import Month

HEIGHT = 40.0
"""Of either half, in units of the picture."""

WIDTH = 720.0
_MOST_BARS = 72


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of one kind: cooperation, conflict or neutral; x, y, width and height in units of the picture."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of time and where it stands."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The bars, the labels below, and the picture in words."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    told: str


def strip(months: Sequence[Month]) -> Strip:
    """Return the picture of months, by years where they are many; months without events are gaps."""
    dated = [each for each in months if each.month]
    if not dated:
        return Strip((), (), "No event has a day.")
    unit = _month_number if _span(dated) <= _MOST_BARS else _year_number
    groups: dict[int, tuple[int, int, int]] = {}
    for each in dated:
        before = groups.get(unit(each.month), (0, 0, 0))
        counts = (each.cooperation, each.conflict, each.neutral)
        groups[unit(each.month)] = (before[0] + counts[0], before[1] + counts[1], before[2] + counts[2])
    return Strip(tuple(_bars(groups)), tuple(_ticks(groups, by_month=unit is _month_number)), _told(dated))


def _bars(groups: dict[int, tuple[int, int, int]]) -> Iterator[Bar]:
    first, step = min(groups), _step(groups)
    most = max(max(cooperation + neutral, conflict) for cooperation, conflict, neutral in groups.values()) or 1
    for number, (cooperation, conflict, neutral) in sorted(groups.items()):
        x, width = (number - first) * step, min(step * 0.8, 40.0)
        up, grey, down = (HEIGHT * count / most for count in (cooperation, neutral, conflict))
        if up:
            yield Bar("cooperation", x, HEIGHT - up, width, up)
        if grey:
            yield Bar("neutral", x, HEIGHT - up - grey, width, grey)
        if down:
            yield Bar("conflict", x, HEIGHT, width, down)


def _ticks(groups: dict[int, tuple[int, int, int]], *, by_month: bool) -> Iterator[Tick]:
    first, last, step = min(groups), max(groups), _step(groups)
    every = max(1, round(60 / step))
    for number in range(first, last + 1, every):
        text = f"{number // 12}-{number % 12 + 1:02}" if by_month else str(number)
        yield Tick((number - first) * step, text)


def _step(groups: dict[int, tuple[int, int, int]]) -> float:
    return WIDTH / (max(groups) - min(groups) + 1)


def _told(months: Sequence[Month]) -> str:
    cooperation, conflict = sum(each.cooperation for each in months), sum(each.conflict for each in months)
    return f"{months[0].month} to {months[-1].month}: {cooperation} events of cooperation, {conflict} of conflict"


def _span(months: Sequence[Month]) -> int:
    numbers = [_month_number(each.month) for each in months]
    return max(numbers) - min(numbers) + 1


def _month_number(month: str) -> int:
    year, number = month.split("-")
    return int(year) * 12 + int(number) - 1


def _year_number(month: str) -> int:
    return int(month[:4])
