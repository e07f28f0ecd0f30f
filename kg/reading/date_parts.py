"""The English expressions for parts of weeks, months and years, and for seasons, with the days that each stands for.

The early, middle and late part are the thirds of a whole. Seasons are the meteorological ones of the north, a winter
that of the year in which it ends.
"""

import re
from datetime import date, timedelta

from kg.knowledge.words import word_lists
from kg.reading.date_patterns import MONTH, YEAR, Range, Resolver, bare_month, both, month_of, month_range, shifted

_LISTS = word_lists("dates")
_THIRDS = {"first": 0, "middle": 1, "last": 2}
_HALVES = {"first": 0, "last": 1}
_LAST_MONTHS = {"winter": 2, "spring": 5, "summer": 8, "autumn": 11}
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3}
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}


def _words(section: str) -> str:
    """Return the alternatives of a section as part of a pattern, longer ones first."""
    words = {word for lists in _LISTS.sections[section].values() for word in lists}
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


def _part(whole: Range, words: str) -> Range:
    """Return the half or third of a range that the words name."""
    half, third = (_LISTS.owner(section, words.lower()) for section in ("halves", "parts"))
    number, parts = (_HALVES[half], 2) if half else (_THIRDS[third or "first"], 3)
    length = (whole[1] - whole[0]).days + 1
    first = whole[0] + timedelta(days=number * length // parts)
    return first, whole[0] + timedelta(days=(number + 1) * length // parts - 1)


def _part_of_month(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'early July', 'mid-June 2017', 'the end of last May'."""
    whole = _months(match, published)
    if whole is None:
        return None
    past, ahead = (_part(each, match["part"]) for each in whole)
    if published and not match["year"] and past[0] > published:
        past = _part(month_range(past[0].year - 1, past[0].month), match["part"])
    return past, ahead


def _months(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """Return the month that a match names: with its year, or for a past and for a future reading."""
    return both(*month_range(int(match["year"]), month_of(match))) if match["year"] else bare_month(match, published)


def _part_of_year(match: re.Match[str], _: date | None) -> tuple[Range, Range]:
    """'late 2017', 'the beginning of 2016'."""
    year = int(match["year"])
    return both(*_part((date(year, 1, 1), date(year, 12, 31)), match["part"]))


def _part_of_unit(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'early this year', 'late last week', 'the end of the month'."""
    if published is None:
        return None
    whole = shifted(published, match["unit"].lower(), _SHIFTS.get(match["which"].lower(), 0))
    return both(*_part(whole, match["part"]))


def _week_of_month(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'the second week of July': seven days each, the last one up to the end of the month."""
    whole = _months(match, published)
    number = match["number"].lower()
    return (_week_of(whole[0], number), _week_of(whole[1], number)) if whole else None


def _week_of(month: Range, number: str) -> Range:
    if number == "last":
        return month[1] - timedelta(days=6), month[1]
    first = month[0] + timedelta(weeks=_ORDINALS[number])
    return first, first + timedelta(days=6)


def _season(match: re.Match[str], published: date | None) -> tuple[Range, Range] | None:
    """'the summer of 2017', 'last winter', 'in the spring'."""
    name = _LISTS.owner("seasons", match["season"].lower()) or "spring"
    if match["year"]:
        return both(*_season_of(name, int(match["year"])))
    if published is None:
        return None
    which = (match["which"] or "").lower()
    if which == "this":
        return both(*_season_of(name, published.year))
    near = [_season_of(name, published.year + shift) for shift in (-2, -1, 0, 1, 2)]
    past = [each for each in near if (each[1] < published if which in ("last", "past") else each[0] <= published)]
    ahead = [each for each in near if (each[0] > published if which in ("next", "coming") else each[1] >= published)]
    return (ahead[0] if which in ("next", "coming") else past[-1]), (
        past[-1] if which in ("last", "past") else ahead[0]
    )


def _season_of(name: str, year: int) -> Range:
    last = _LAST_MONTHS[name]
    first = date(year, last - 2, 1) if last > 2 else date(year - 1, 12, 1)
    return first, month_range(year, last)[1]


_OF = rf"(?i:(?:the )?(?P<part>{_words('parts')}|{_words('halves')}))[ -]"
_WHICH_UNIT = r"(?P<which>the|this|last|past|previous|next|coming) (?P<unit>week|month|year)"
PARTS: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (
        re.compile(rf"\b{_OF}(?:in )?(?P<which>last |next |this )?{MONTH}(?:,? {YEAR})?(?![\w’'])(?! ?\d)"),
        _part_of_month,
    ),
    (re.compile(rf"\b{_OF}{YEAR}(?![\d%/-]|[.,]\d)"), _part_of_year),
    (re.compile(rf"\b{_OF}(?i:{_WHICH_UNIT})\b"), _part_of_unit),
    (
        re.compile(
            rf"\b(?i:(?:the )?(?P<number>first|second|third|fourth|last) (?:full )?week (?:of|in)) "
            rf"(?P<which>last |next |this )?{MONTH}(?:,? {YEAR})?(?![\w’'])"
        ),
        _week_of_month,
    ),
    (
        re.compile(
            rf"\b(?:(?:in|during|over|since|by) the |(?P<which>last|past|this|next|coming) )"
            rf"(?P<season>{_words('seasons')})(?:,? (?:of )?{YEAR})?\b(?! of\b)",
            re.IGNORECASE,
        ),
        _season,
    ),
    (
        re.compile(rf"\b(?P<which>the )?(?P<season>{_words('seasons')})(?:,? of)? {YEAR}\b", re.IGNORECASE),
        _season,
    ),
)
"""Parts and seasons, in the order of preference; they hold what `PATTERNS` would find within them."""
