"""The times that a question names, read as those of articles are, told from the day of the newest one."""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.asking.plain.vocabulary import list_of
from kg.errors import QuestionError
from kg.model import Time
from kg.reading.dates import DateSpan, find_dates

_NAMES = "|".join((*calendar.month_name[1:], *calendar.day_name))
_LOWER = re.compile(rf"\b(?:{_NAMES})\b", re.IGNORECASE)
_AMBIGUOUS = ("may", "march")
_LEADING = {use: list_of("times", use) for use in ("since", "after", "before", "until", "whole")}
_WORDS = "|".join(sorted((word for words in _LEADING.values() for word in words), key=len, reverse=True))
_BEFORE = re.compile(rf"\b({_WORDS})(?: the)? $", re.IGNORECASE)
_BARE = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])})\b(?! ?\d)")
_DATED = re.compile(
    r"(?:\b(?:in|since|from|between|and|until|till|to|before|after|by|of|last|next|this|\d{1,2}(?:st|nd|rd|th)?) $)",
    re.IGNORECASE,
)
_TO = ("to", "until", "till", "-", "–")
_OPENING = ("between", "from")
_SOME_DAY = date(2000, 6, 15)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in a question: its characters with the preposition before it, its first and last day, '' where open."""

    start: int
    end: int
    first: str
    last: str


def stretches(text: str, newest: Callable[[], date], *, ahead: bool) -> tuple[Stretch, ...]:
    """Return the times in a text, in order.

    `newest` gives the day that relative ones are told from; it is called where there are such. `ahead` tells that the
    question looks forward.
    """
    capital = _LOWER.sub(lambda match: _as_month(match, text), text)
    found: list[Stretch] = []
    for span in sorted(_spans(capital, newest), key=lambda span: span.start):
        _refuse_numbered(text, span)
        led = _led(text, span, span.time(future=ahead))
        joined = _joined(text, found[-1], led) if found else None
        found = [*found[:-1], joined] if joined else [*found, led]
    return tuple(found)


def _refuse_numbered(text: str, span: DateSpan) -> None:
    """Raise QuestionError for a day that a month does not have, before which only the month was read."""
    if number := re.search(r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? $", text[: span.start]):
        raise QuestionError(f"{number.group() + span.text!r} is no day of the calendar")


def _joined(text: str, one: Stretch, other: Stretch) -> Stretch | None:
    """Return two times as one where they are its ends, or its weekday and its date; else None."""
    between = text[one.end : other.start].strip(" ,").lower()
    is_open = text[one.start :].lower().startswith(_OPENING)
    if one.last and other.last and (between in _TO or (between == "and" and is_open)) and one.first <= other.last:
        return Stretch(one.start, other.end, one.first, other.last)
    if not between and not (one.last or other.first):
        return Stretch(one.start, other.end, one.first, other.last)
    if (
        not between
        and one.first
        and one.last
        and other.first == other.last
        and _weekday(other) in text[one.start : one.end].title()
    ):
        return Stretch(one.start, other.end, other.first, other.last)
    if not between and one.last and not other.first and other.last > one.first:  # 'from 1 July' and 'to 20 July'
        return Stretch(one.start, other.end, one.first, other.last)
    return None


def _weekday(day: Stretch) -> str:
    return calendar.day_name[date.fromisoformat(day.first).weekday()]


def _as_month(match: re.Match[str], text: str) -> str:
    """Return the name of a month or day with a capital, unless it may be another word."""
    dated = _DATED.search(text[: match.start()]) or re.match(r" ?\d", text[match.end() :])
    return match.group().capitalize() if match.group().lower() not in _AMBIGUOUS or dated else match.group()


def _spans(text: str, newest: Callable[[], date]) -> Iterator[DateSpan]:
    fixed = find_dates(text, None)
    told = find_dates(text, newest()) if len(find_dates(text, _SOME_DAY)) > len(fixed) else fixed
    yield from told
    for match in _BARE.finditer(text):
        if _DATED.search(text[: match.start()]) and not any(span.start <= match.start() < span.end for span in told):
            (span,) = find_dates(f"in {match.group()}", newest())
            yield DateSpan(match.start(), match.end(), match.group(), span.past, span.future)


def _led(text: str, span: DateSpan, time: Time) -> Stretch:
    """Return a time with the preposition that leads to it, which may leave it open on one side."""
    leading = _BEFORE.search(text[: span.start])
    if leading is None:
        return Stretch(span.start, span.end, time.start, time.end)
    use = next(use for use, words in _LEADING.items() if leading[1].lower() in words)
    days = {
        "since": (time.start, ""),
        "after": (_shifted(time.end, 1), ""),
        "before": ("", _shifted(time.start, -1)),
        "until": ("", time.end),
        "whole": (time.start, time.end),
    }
    return Stretch(leading.start(), span.end, *days[use])


def _shifted(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()
