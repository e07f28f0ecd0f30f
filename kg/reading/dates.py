"""Date expressions and the ranges of days that they stand for, resolved against a reference day.

A bare weekday is the nearest past one, the next one where the verb is future; 'last week' runs from Monday to Sunday.
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import Time

Range = tuple[date, date]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)} | {"a": 1, "an": 1}

_FULL_MONTH = "|".join(calendar.month_name[1:])
_MONTH = rf"(?P<month>{_FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUMBER = r"(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_UNIT = r"(?P<unit>day|week|month|year)s?"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression: its characters, and the range for a past and for a future reading."""

    start: int
    end: int
    text: str
    past: Range
    future: Range

    def time(self, *, future: bool = False) -> Time:
        """Return the first and last possible day, with the words they were read from."""
        first, last = self.future if future else self.past
        return Time(first.isoformat(), last.isoformat(), self.text)


def find_dates(text: str, published: date | None) -> tuple[DateSpan, ...]:
    """Return the date expressions of a text that can be resolved, in order, the longest where they overlap.

    Relative ones need the day of publication; without it only those with a year are given.
    """
    taken: list[DateSpan] = []
    for pattern, resolve in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < span.end and span.start < match.end() for span in taken):
                taken.extend(_resolved(match, resolve, published))
    return tuple(sorted(taken, key=lambda span: span.start))


def _resolved(match: re.Match[str], resolve: "Resolver", published: date | None) -> Iterator[DateSpan]:
    try:
        found = resolve(match, published)
    except (ValueError, OverflowError):  # the 31st of June, the year 0
        return
    if found:
        yield DateSpan(match.start(), match.end(), match.group(), *found)


Resolver = Callable[[re.Match[str], date | None], tuple[Range, Range] | None]


def _both(first: date, last: date) -> tuple[Range, Range]:
    return (first, last), (first, last)


def _month_range(year: int, month: int) -> Range:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower().rstrip(".")]


def _iso(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    day = date.fromisoformat(match.group())
    return _both(day, day)


def _full(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    day = date(int(match["year"]), _month_of(match), int(match["day"]))
    return _both(day, day)


def _without_year(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """The nearest such day: up to two months ahead of publication still counts as coming."""
    if published is None:
        return None
    month, day = _month_of(match), int(match["day"])
    options = [date(year, month, day) for year in (published.year - 1, published.year, published.year + 1)]
    nearest = min(options, key=lambda option: abs((option - published).days - 0.5))
    past = max(option for option in options if option <= published) if nearest > published else nearest
    chosen = nearest if (nearest - published).days <= 60 else past
    ahead = min((option for option in options if option >= published), default=chosen)
    return (chosen, chosen), (ahead, ahead)


def _month_and_year(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    return _both(*_month_range(int(match["year"]), _month_of(match)))


def _bare_month(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    if published is None:
        return None
    month, shift = _month_of(match), {"last": -1, "next": 1}.get((match["which"] or "").strip(), 0)
    past_year = published.year if month <= published.month and shift >= 0 else published.year - 1
    if shift < 0 and month < published.month:
        past_year = published.year
    future_year = published.year if month >= published.month else published.year + 1
    return _month_range(past_year, month), _month_range(future_year, month)


def _year(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    year = int(match["year"])
    return _both(date(year, 1, 1), date(year, 12, 31))


def _weekday(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    if published is None:
        return None
    number = _WEEKDAYS[match["weekday"].lower()]
    back = (published.weekday() - number) % 7
    past = published - timedelta(days=back)
    ahead = published + timedelta(days=(number - published.weekday()) % 7 or 7)
    which = (match["which"] or "").lower()
    if which == "last" and back == 0:
        past -= timedelta(days=7)
    if which == "next":
        past = ahead
    return (past, past), (ahead, ahead)


def _named_day(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    if published is None:
        return None
    shift = {"yesterday": -1, "tomorrow": 1, "last night": -1}.get(match.group().lower(), 0)
    day = published + timedelta(days=shift)
    return _both(day, day)


def _period(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'last week', 'this month', 'earlier this year', 'next weekend'."""
    if published is None:
        return None
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"].lower(), 0)
    first, last = _shifted(published, match["unit"].lower(), shift)
    if shift == 0 and match["earlier"]:
        last = min(last, published)
    if shift == 0 and match["later"]:
        first = max(first, published)
    past = (first, min(last, published)) if shift == 0 and first <= published else (first, last)
    return past, (max(first, published) if shift == 0 else first, last)


def _shifted(day: date, unit: str, shift: int) -> Range:
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        saturday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift, days=5)
        if shift == 0 and saturday > day:
            saturday -= timedelta(weeks=1)
        return saturday, saturday + timedelta(days=1)
    if unit == "month":
        months = day.year * 12 + day.month - 1 + shift
        return _month_range(months // 12, months % 12 + 1)
    year = day.year + shift
    return date(year, 1, 1), date(year, 12, 31)


def _ago(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    if published is None:
        return None
    number = _NUMBERS.get(match["number"].lower()) or int(match["number"])
    unit = match["unit"].lower()
    if unit == "day":
        day = published - timedelta(days=number)
        return _both(day, day)
    return _both(*_shifted(published, unit, -number))


_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def _decade(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    """'the 1960s', 'the sixties': of a decade named by a word, that of the last century."""
    word = match["word"]
    first = 1920 + 10 * _DECADES.index(word.lower()) if word else int(match["decade"])
    return _both(date(first, 1, 1), date(first + 9, 12, 31))


def _century(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    number = int(match["number"])
    return _both(date(100 * (number - 1) + 1, 1, 1), date(100 * number, 12, 31))


def _year_before(_: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    return _both(*_shifted(published, "year", -1)) if published else None


def _weekend(_: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    return (_shifted(published, "weekend", 0), _shifted(published, "weekend", 1)) if published else None


_WHICH = r"(?:this )?(?P<which>last|past|previous|this|next|coming)"
_PATTERNS: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (re.compile(r"\b(?:1[6-9]|20)\d\d-[01]\d-[0-3]\d\b"), _iso),
    (re.compile(rf"\b{_MONTH} {_DAY},? {_YEAR}\b"), _full),
    (re.compile(rf"\b{_DAY}(?: of)? {_MONTH},? {_YEAR}\b"), _full),
    (re.compile(rf"\b{_MONTH},? {_YEAR}\b"), _month_and_year),
    (re.compile(rf"\b{_MONTH} {_DAY}\b(?!,? ?\d)"), _without_year),
    (re.compile(rf"\b{_DAY}(?: of)? {_MONTH}\b(?! \d)"), _without_year),
    (re.compile(rf"\b(?:(?P<which>last|this|next) )?{_WEEKDAY}\b"), _weekday),
    (re.compile(r"\b(?:yesterday|today|tonight|tomorrow|last night)\b", re.IGNORECASE), _named_day),
    (
        re.compile(
            rf"\b(?P<earlier>earlier )?(?P<later>later )?{_WHICH} (?P<unit>weekend|week|month|year)s?\b",
            re.IGNORECASE,
        ),
        _period,
    ),
    (re.compile(rf"\b{_NUMBER} {_UNIT} (?:ago|earlier)\b", re.IGNORECASE), _ago),
    (re.compile(r"\bthe (?:year before|previous year)\b", re.IGNORECASE), _year_before),
    (re.compile(r"\bthe weekend\b", re.IGNORECASE), _weekend),
    (re.compile(rf"\b(?:the )?(?:(?P<decade>(?:1[6-9]|20)\d0)s|(?<=the )(?P<word>{'|'.join(_DECADES)}))\b"), _decade),
    (re.compile(r"\bthe (?P<number>1[6-9]|2[01])(?:th|st)[ -]century\b", re.IGNORECASE), _century),
    (
        re.compile(
            r"\b(?:in|of|since|during|by|until|early|late|mid|last|next) (?P<which>last |next |this )?"
            rf"{_MONTH}(?![\w’'])"
        ),
        _bare_month,
    ),
    (re.compile(rf"(?<![\d,.$€£/-]){_YEAR}(?![\d%/-]|[.,]\d)"), _year),
)
