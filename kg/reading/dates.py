"""Date expressions of a text, resolved against the day of publication or the day that the text told last."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from kg.model import Time
from kg.reading.date_parts import PARTS
from kg.reading.date_patterns import FOLLOWING, PATTERNS, Range, Resolver
from kg.reading.layout import blocks

_OPEN = ("after", "before")  # may govern what follows
_ONWARD = re.compile(r" (?:\w|'|’)[^.!?;\n]*")
_UNTIL = re.compile(r"\s?(?:to|through|until|till|and|-|–|—)\s?(?:(?:on|the) )?")
_FROM = re.compile(r"\b(?:from|between|since) (?:the )?$", re.IGNORECASE)
_NAMED = re.compile(r"\b(?:the )?(?P<name>[a-z]{4,} (?:day|night))\b", re.IGNORECASE)
_APPOSED = re.compile(r"(?: night| day)?(?:, | \(| – | — | - )(?:on )?(?:the )?")
_HEAD = re.compile(r"^[^\n]{6,40}$", re.MULTILINE)
_HEAD_REACH = 300  # characters
_HEAD_LINES = 2  # short lines that may hold the day of writing
_WEEKDAY_LETTERS = 12  # 'Wednesday, ' and a full stop
_NEAR = 7  # days between writing and publication
_LONGEST = 31  # days that a day told may be spread over for another to be told from it


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date expression: its characters, and the range for a past and for a future reading.

    `ahead` says that its verb looks forward; `until` is the expression that ends a stretch of time that it begins.
    """

    start: int
    end: int
    text: str
    past: Range
    future: Range
    ahead: bool = False
    until: "DateSpan | None" = None

    def time(self, *, future: bool | None = None) -> Time:
        """Return the first and last possible day, with the words they were read from."""
        first, last = self.future if (self.ahead if future is None else future) else self.past
        return Time(first.isoformat(), last.isoformat(), self.text)

    def period(self, *, future: bool | None = None) -> Time:
        """Return the same up to the end of the stretch of time that the expression begins, if it begins one."""
        own = self.time(future=future)
        if self.until is None:
            return own
        last = self.until.time(future=future).end
        return Time(own.start, last, own.text) if own.start <= last else own


def find_dates(text: str, published: date | None) -> tuple[DateSpan, ...]:
    """Return the date expressions of a text that can be resolved, in order, the longest where they overlap.

    Relative ones need the day of publication or a day told before them; without it only those with a year are given.
    """
    taken: list[DateSpan] = []
    for pattern, resolve in (*PARTS, *PATTERNS):
        for match in pattern.finditer(text):
            if _is_free(match, taken):
                taken.extend(_resolved(match, resolve, published))
    for pattern, resolve in FOLLOWING:
        for match in pattern.finditer(text):
            if _is_free(match, taken):
                taken.extend(_resolved(match, resolve, _told_beside(match, taken, published)))
    taken.extend(_named_days(text, taken))
    return _stretched(text, sorted(taken, key=lambda span: span.start))


def day_of_writing(text: str, published: date | None) -> date | None:
    """Return the day that the text itself bears at its head, near that of publication; else that one.

    It stands in a line of its own, or in the dateline: 'OSLO, May 3 (Agency) -'.
    """
    if dated := _of_dateline(text, published):
        return dated
    for line in _HEAD.findall(text, 0, _HEAD_REACH)[:_HEAD_LINES]:
        dates = [span for span in find_dates(line, None) if span.past[0] == span.past[1]]
        if len(dates) == 1 and len(line) - len(dates[0].text) <= _WEEKDAY_LETTERS:
            own = dates[0].past[0]
            return own if published is None or abs((own - published).days) <= _NEAR else published
    return published


def _of_dateline(text: str, published: date | None) -> date | None:
    """Return the day in the first dateline, None where there is none near publication."""
    head = next((block for block in blocks(text[:_HEAD_REACH]) if block.body_start > block.start), None)
    days = find_dates(text[head.start : head.body_start], published) if head and published else ()
    near = [span.past[0] for span in days if published and 0 <= (published - span.past[0]).days <= _NEAR]
    return near[0] if len(near) == 1 and days[0].past[0] == days[0].past[1] else None


def _is_free(match: re.Match[str], taken: Sequence[DateSpan]) -> bool:
    return not any(match.start() < span.end and span.start < match.end() for span in taken)


def _told_beside(match: re.Match[str], taken: Sequence[DateSpan], published: date | None) -> date | None:
    """Return the day that an expression is told from.

    Of 'a day after they met on July 10' it is the one that follows in the sentence, None where none does; else the one
    told before, or that of publication.
    """
    onward = _ONWARD.match(match.string, match.end()) if match.group().lower().endswith(_OPEN) else None
    if onward is None:
        return _told_before(match, taken, published)
    within = (span for span in taken if onward.start() < span.start < onward.end() and span.past[0] == span.past[1])
    return next((span.past[0] for span in sorted(within, key=lambda span: span.start)), None)


def _told_before(match: re.Match[str], taken: Sequence[DateSpan], published: date | None) -> date | None:
    """Return the day told last, that of publication where none was, None where it is too rough to count from.

    For days and weeks a finer one that the paragraph has told before takes the place of a rough one.
    """
    told = sorted((span for span in taken if span.end <= match.start()), key=lambda span: span.start, reverse=True)
    if not told or _length(told[0]) >= _LONGEST:
        return published
    if match.groupdict().get("unit", "").lower() not in ("day", "week"):
        return told[0].past[0]
    paragraph = match.string.rfind("\n\n", 0, match.start())
    near = (span for at, span in enumerate(told) if at == 0 or span.start > paragraph)
    return next((span.past[0] for span in near if _length(span) < _NEAR), None)


def _length(span: DateSpan) -> int:
    """Return by how many days the last possible day lies after the first."""
    return (span.past[1] - span.past[0]).days


def _resolved(match: re.Match[str], resolve: Resolver, reference: date | None) -> Iterator[DateSpan]:
    try:
        found = resolve(match, reference)
    except (ValueError, OverflowError):  # the 31st of June, the year 0
        return
    if found:
        yield DateSpan(match.start(), match.end(), match.group(), *found)


def _named_days(text: str, taken: Sequence[DateSpan]) -> Iterator[DateSpan]:
    """Yield the days that a text names beside their date, wherever it names them: 'polling day, 3 May'."""
    named: dict[str, DateSpan] = {}
    for match in _NAMED.finditer(text):
        if _is_free(match, taken):
            name = match["name"].lower()
            beside = next((span for span in taken if _stands_beside(text, match, span)), None)
            day = named.setdefault(name, beside) if beside else named.get(name)
            if day:
                yield DateSpan(match.start(), match.end(), match.group(), day.past, day.future)


def _stands_beside(text: str, match: re.Match[str], span: DateSpan) -> bool:
    before, after = text[span.end : match.start()], text[match.end() : span.start]
    return bool(_APPOSED.fullmatch(before) if span.end <= match.start() else _APPOSED.fullmatch(after))


def _stretched(text: str, spans: Sequence[DateSpan]) -> tuple[DateSpan, ...]:
    """Return the expressions, each with the one up to which it reaches: 'from May 3 to June 1'."""
    pairs = zip_longest(spans, spans[1:])
    return tuple(replace(span, until=after) if after and _reaches(text, span, after) else span for span, after in pairs)


def _reaches(text: str, one: DateSpan, other: DateSpan) -> bool:
    between = text[one.end : other.start]
    joined = _UNTIL.fullmatch(between)
    if joined is None or between.split()[:1] != ["and"]:
        return joined is not None
    begins = _FROM.search(text[max(one.start - 12, 0) : one.start]) is not None
    return begins or (between == " and " and _is_soon_after(one, other))


def _is_soon_after(one: DateSpan, other: DateSpan) -> bool:
    """Whether both are single days, the other at most a week later: 'on Monday and Tuesday'."""
    days = (other.past[0] - one.past[0]).days
    return one.past[0] == one.past[1] and other.past[0] == other.past[1] and 0 < days <= _NEAR
