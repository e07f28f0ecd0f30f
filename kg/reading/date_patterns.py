"""The English expressions for days, weeks, months and years, and the days that each stands for.

A resolver takes the match and a reference day, and returns the range for a past and for a future reading; None where
there is no reference day and the expression needs one. A bare weekday is the nearest past one, the next one where the
verb is future; 'last week' runs from Monday to Sunday; a century begins in the year that ISO 8601 (EDTF) counts as its
first, 1900 for the 20th.
"""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from kg.knowledge.words import word_lists

Range = tuple[date, date]

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, start=1)} | {"a": 1, "an": 1}

_FULL_MONTH = "|".join(calendar.month_name[1:])
MONTH = rf"(?P<month>{_FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_HOLIDAYS = {"christmas eve": (12, 24), "christmas day": (12, 25), "new year's eve": (12, 31), "new year's day": (1, 1)}
YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_NUMBER = r"\[?(?P<number>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\]?"
_UNIT = r"(?P<unit>day|week|month|year)s?"
_LONG_UNIT = r"(?P<unit>decade|centur(?:y|ie))s?"
_SOME = "|".join(sorted(word_lists("dates")["numbers", "some"]))
_TO = r"\s?(?:-|–|—|to|and|through|or)\s?(?P<until>[0-3]?\d)(?:st|nd|rd|th)?"


_REACH = {"day": 1, "week": 7, "month": 30, "year": 365}  # days of a unit that is counted back from a day

Resolver = Callable[[re.Match[str], date | None], tuple[Range, Range] | None]


def both(first: date, last: date) -> tuple[Range, Range]:
    return (first, last), (first, last)


def month_range(year: int, month: int) -> Range:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def month_of(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower().rstrip(".")]


def _iso(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    day = date.fromisoformat(match.group())
    return both(day, day)


def _full(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    day = date(int(match["year"]), month_of(match), int(match["day"]))
    return both(day, day)


def _days_of_month(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'May 3-5', 'May 3 and 5, 2018': the days from the first to the last."""
    first, last = int(match["day"]), int(match["until"])
    if match["year"]:
        start = date(int(match["year"]), month_of(match), first)
        return both(start, start.replace(day=last)) if first < last else None
    nearest = _nearest(month_of(match), first, published)
    if nearest is None or first >= last:
        return None
    past, ahead = nearest
    return (past, past.replace(day=last)), (ahead, ahead.replace(day=last))


def _without_year(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    nearest = _nearest(month_of(match), int(match["day"]), published)
    return ((nearest[0], nearest[0]), (nearest[1], nearest[1])) if nearest else None


def _holiday(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    month, day = _HOLIDAYS[match["holiday"].lower().replace("’", "'")]
    if match["year"]:
        named = date(int(match["year"]), month, day)
        return both(named, named)
    nearest = _nearest(month, day, published)
    return ((nearest[0], nearest[0]), (nearest[1], nearest[1])) if nearest else None


def _nearest(month: int, day: int, published: date | None) -> tuple[date, date] | None:
    """Return the nearest such day, up to two months ahead of publication, and the next one or one just past."""
    if published is None:
        return None
    options = [date(year, month, day) for year in (published.year - 1, published.year, published.year + 1)]
    nearest = min(options, key=lambda option: abs((option - published).days - 0.5))
    past = max(option for option in options if option <= published) if nearest > published else nearest
    chosen = nearest if (nearest - published).days <= 60 else past
    return chosen, min(option for option in (*options, chosen) if option >= published - timedelta(days=31))


def _month_and_year(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    return both(*month_range(int(match["year"]), month_of(match)))


def bare_month(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    if published is None:
        return None
    month, shift = month_of(match), {"last": -1, "next": 1}.get((match["which"] or "").strip(), 0)
    past_year = published.year if month <= published.month and shift >= 0 else published.year - 1
    if shift < 0 and month < published.month:
        past_year = published.year
    future_year = published.year if month >= published.month else published.year + 1
    return month_range(past_year, month), month_range(future_year, month)


def _year(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    year = int(match["year"])
    return both(date(year, 1, 1), date(year, 12, 31))


def _years(match: re.Match[str], _: date | None) -> tuple[Range, Range] | None:
    """'2014-2016'."""
    first, last = int(match["year"]), int(match["until"])
    return both(date(first, 1, 1), date(last, 12, 31)) if first < last else None


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


_NAMED_DAYS = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _named_day(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    if published is None:
        return None
    if match.group().lower() == "overnight":
        return both(published - timedelta(days=1), published)
    day = published + timedelta(days=_NAMED_DAYS.get(match.group().lower(), 0))
    return both(day, day)


def _period(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'last week', 'this month', 'earlier this year', 'next weekend'; 'the past week' reaches up to publication."""
    if published is None:
        return None
    if match["which"].lower() == "past" and not match["this"] and match["unit"].lower() in _REACH:
        return both(published - timedelta(days=_REACH[match["unit"].lower()]), published)
    shift = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(match["which"].lower(), 0)
    first, last = shifted(published, match["unit"].lower(), shift)
    if shift == 0 and match["earlier"]:
        last = min(last, published)
    if shift == 0 and match["later"]:
        first = max(first, published)
    past = (first, min(last, published)) if shift == 0 and first <= published else (first, last)
    return past, (max(first, published) if shift == 0 else first, last)


def shifted(day: date, unit: str, shift: int) -> Range:
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
        return month_range(months // 12, months % 12 + 1)
    year = day.year + shift
    return date(year, 1, 1), date(year, 12, 31)


def _ago(match: re.Match[str], reference: date | None) -> tuple[Range, Range] | None:
    """'three weeks ago', 'two days earlier': counted back from the reference day."""
    return _counted(match, reference, -1)


_BEFORE = re.compile(rf"(?:\w+ly |just |only )?{_NUMBER} {_UNIT} after", re.IGNORECASE)
_DAY_BEFORE = re.compile(r"(?:only |just )?the (?:day|morning|afternoon|evening|night) after", re.IGNORECASE)


def days_before(words: str, day: date) -> Range | None:
    """Return the days that are followed by another after so long, by 'two days after', 'the morning after'."""
    if _DAY_BEFORE.fullmatch(words):
        return day - timedelta(days=1), day - timedelta(days=1)
    match = _BEFORE.fullmatch(words)
    counted = _counted(match, day, -1) if match else None
    return counted[0] if counted else None


def _long_ago(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'two decades ago': the year that is so many years back."""
    if published is None:
        return None
    years = {"decade": 10}.get(match["unit"].lower(), 100) * _number(match)
    return both(*shifted(published, "year", -years))


def _later(match: re.Match[str], reference: date | None) -> tuple[Range, Range] | None:
    """'three weeks later', 'two days from now': counted on from the reference day."""
    return _counted(match, reference, 1)


def _counted(match: re.Match[str], reference: date | None, sign: int) -> tuple[Range, Range] | None:
    if reference is None:
        return None
    number = _number(match)
    unit = match["unit"].lower()
    if unit == "day":
        day = reference + sign * timedelta(days=number)
        return both(day, day)
    return both(*shifted(reference, unit, sign * number))


def _number(match: re.Match[str]) -> int:
    return _NUMBERS.get(match["number"].lower()) or int(match["number"])


def _hours_ago(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'24 hours ago': from the day before the one that is so many whole days back to that one."""
    if published is None:
        return None
    last = published - timedelta(days=int(match["hours"]) // 24)
    return both(last - timedelta(days=1), last)


def _past_units(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'the past three days', 'the last two weeks': up to publication."""
    if published is None:
        return None
    return both(published - timedelta(days=_REACH[match["unit"].lower()] * _number(match)), published)


def _past_hours(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'the past 24 hours': up to publication, whole days."""
    if published is None:
        return None
    return both(published - timedelta(days=-(-int(match["hours"]) // 24)), published)


def _some_ago(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'a few days ago', 'several months ago': from two to seven of them before publication."""
    if published is None or match["unit"].lower() not in _REACH:
        return None
    days = _REACH[match["unit"].lower()]
    return both(published - timedelta(days=7 * days), published - timedelta(days=2 * days))


def _recent(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'in recent days': up to publication, from a week, two months or five years before."""
    if published is None:
        return None
    reach = {"day": 7, "week": 42, "month": 182, "year": 1826}[match["unit"].lower()]
    return both(published - timedelta(days=reach), published)


def _quarter(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    number, size = words[match["number"].lower()], 6 if match["part"].lower() == "half" else 3
    last = min(number * size, 12)
    year = int(match["year"])
    return both(date(year, last - size + 1, 1), month_range(year, last)[1])


def _dotted(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    """'16.07.2018': days first, as where dates are written with dots."""
    day = date(int(match["year"]), int(match["number"]), int(match["day"]))
    return both(day, day)


def _same(match: re.Match[str], told: date | None) -> tuple[Range, Range] | None:
    """'that day', 'later in the day', 'the same month': the unit that holds the day told last."""
    return _unit_from(match, told, 0)


def _following(match: re.Match[str], told: date | None) -> tuple[Range, Range] | None:
    """'the next day', 'the week after': the unit after the day told last."""
    return _unit_from(match, told, 1)


def _preceding(match: re.Match[str], told: date | None) -> tuple[Range, Range] | None:
    """'the previous day', 'the year before': the unit before the day told last."""
    return _unit_from(match, told, -1)


def _unit_from(match: re.Match[str], told: date | None, shift: int) -> tuple[Range, Range] | None:
    if told is None:
        return None
    unit = match["unit"].lower()
    if unit == "day":
        day = told + timedelta(days=shift)
        return both(day, day)
    return both(*shifted(told, unit, shift))


def _day_of_told(match: re.Match[str], told: date | None) -> tuple[Range, Range] | None:
    """'on the 16th': of the month of the day told last."""
    if told is None:
        return None
    day = told.replace(day=int(match["day"]))
    return both(day, day)


_DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")


def _decade(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    """'the 1960s', 'the sixties': of a decade named by a word, that of the last century."""
    word = match["word"]
    first = 1920 + 10 * _DECADES.index(word.lower()) if word else int(match["decade"])
    return both(date(first, 1, 1), date(first + 9, 12, 31))


def _century(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    number = int(match["number"])
    return both(date(100 * (number - 1), 1, 1), date(100 * number - 1, 12, 31))


def _weekend(_: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    return (shifted(published, "weekend", 0), shifted(published, "weekend", 1)) if published else None


_WHICH = r"(?P<this>this )?(?P<which>last|past|previous|this|next|coming)"
PATTERNS: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (re.compile(r"\b(?:1[6-9]|20)\d\d-[01]\d-[0-3]\d\b"), _iso),
    (re.compile(rf"\b{DAY}\.(?P<number>[01]?\d)\.{YEAR}\b"), _dotted),
    (re.compile(rf"\b{MONTH} {DAY}{_TO}(?:,? {YEAR})?\b(?! {_FULL_MONTH})(?!,? ?\d)"), _days_of_month),
    (re.compile(rf"\b{DAY}{_TO} {MONTH}(?:,? {YEAR})?\b(?! \d)"), _days_of_month),
    (re.compile(rf"\b{MONTH} {DAY},? {YEAR}\b"), _full),
    (re.compile(rf"\b{DAY}(?: of)? {MONTH},? {YEAR}\b"), _full),
    (re.compile(rf"\b{MONTH},? {YEAR}\b"), _month_and_year),
    (re.compile(rf"\b{MONTH} {DAY}\b(?!,? ?\d)"), _without_year),
    (re.compile(rf"\b{DAY}(?: of)? {MONTH}\b(?! \d)"), _without_year),
    (re.compile(rf"\b(?:(?P<which>last|this|next) )?{_WEEKDAY}\b"), _weekday),
    (
        re.compile(
            r"\b(?:the day (?:before yesterday|after tomorrow)|yesterday|today|tonight|tomorrow|last night|overnight|"
            r"this (?:morning|afternoon|evening))\b",
            re.IGNORECASE,
        ),
        _named_day,
    ),
    (
        re.compile(
            rf"\b(?P<earlier>earlier )?(?P<later>later )?{_WHICH} (?P<unit>weekend|week|month|year)s?\b",
            re.IGNORECASE,
        ),
        _period,
    ),
    (re.compile(rf"(?<!\w){_NUMBER} {_UNIT} ago\b", re.IGNORECASE), _ago),
    (re.compile(rf"\b(?:{_SOME}) {_UNIT} ago\b", re.IGNORECASE), _some_ago),
    (re.compile(rf"(?<!\w){_NUMBER} {_LONG_UNIT} ago\b", re.IGNORECASE), _long_ago),
    (re.compile(rf"\b{_NUMBER} {_UNIT}(?:['’] time| from now)\b", re.IGNORECASE), _later),
    (re.compile(r"\b(?P<hours>\d{1,3}) hours ago\b"), _hours_ago),
    (re.compile(rf"\b(?:past|last) {_NUMBER} {_UNIT}\b", re.IGNORECASE), _past_units),
    (re.compile(r"\b(?:past|last) (?P<hours>\d{1,3}) hours\b", re.IGNORECASE), _past_hours),
    (re.compile(r"\brecent (?P<unit>day|week|month|year)s\b", re.IGNORECASE), _recent),
    (
        re.compile(rf"\b(?P<number>first|second|third|fourth|last) (?P<part>quarter|half) of {YEAR}\b", re.IGNORECASE),
        _quarter,
    ),
    (
        re.compile(rf"\b(?P<holiday>{'|'.join(_HOLIDAYS)})(?:,? {YEAR})?\b".replace("'", "['’]"), re.IGNORECASE),
        _holiday,
    ),
    (re.compile(r"\bthe weekend\b", re.IGNORECASE), _weekend),
    (re.compile(rf"\b(?:the )?(?:(?P<decade>(?:1[6-9]|20)\d0)s|(?<=the )(?P<word>{'|'.join(_DECADES)}))\b"), _decade),
    (re.compile(r"\bthe (?P<number>1[6-9]|2[01])(?:th|st)[ -]century\b", re.IGNORECASE), _century),
    (
        re.compile(
            r"\b(?i:in|of|since|during|by|until|early|late|mid|last|next) (?P<which>last |next |this )?"
            rf"{MONTH}(?![\w’'])"
        ),
        bare_month,
    ),
    (re.compile(rf"(?<![\d,.$€£/-]){YEAR}[-–/](?P<until>(?:1[6-9]|20)\d\d)(?![\d%/-]|[.,]\d)"), _years),
    (re.compile(rf"(?<![\d,.$€£/-]){YEAR}(?![\d%/-]|[.,]\d)"), _year),
)
"""What stands on its own or is told from the day of publication, in the order of preference."""

_LAST_UNIT = r"(?P<unit>day|week|month|year)"
FOLLOWING: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (
        re.compile(
            rf"\b(?:[Oo]n|[Bb]y|of) the {DAY}(?<=[a-z])(?= *$|[.,;]| (?:and|to|the|he|she|they|it)\b)", re.MULTILINE
        ),
        _day_of_told,
    ),
    (re.compile(rf"\b{_NUMBER} {_UNIT} (?:earlier|before)\b", re.IGNORECASE), _ago),
    (re.compile(rf"\b{_NUMBER} {_UNIT} (?:later|after)\b", re.IGNORECASE), _later),
    (re.compile(rf"\b(?:that|the same|that same) {_LAST_UNIT}\b", re.IGNORECASE), _same),
    (re.compile(r"\b(?:of|in|during|throughout) the (?P<unit>day)\b", re.IGNORECASE), _same),
    (re.compile(rf"\bthe (?:next|following) {_LAST_UNIT}\b", re.IGNORECASE), _following),
    (re.compile(rf"\bthe {_LAST_UNIT} after\b", re.IGNORECASE), _following),
    (re.compile(rf"\bthe previous {_LAST_UNIT}\b", re.IGNORECASE), _preceding),
    (re.compile(rf"\bthe {_LAST_UNIT} (?:before|earlier)\b", re.IGNORECASE), _preceding),
)
"""What is told from the day that the text told last, or from the day of publication where it has told none."""
