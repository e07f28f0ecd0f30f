"""Date expressions: whether kg finds them, and whether the first and last day that it gives them are right.

A range is right when it is the gold one; of a span that holds the day of publication, also when it ends or begins
that day ('this year', said in May). Expressions with four digits in a row count as those with a year. kg is asked for
the reading that it gives without a verb: the past one where it has two.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from bench.reading.corpora import Days, GoldDate
from kg.evaluation import Rate

if TYPE_CHECKING:
    from kg.reading.document import Reading

Kind = Literal["right", "missed", "wrong"]

_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class DateFound:
    """A gold date expression, the days that kg gives it, if any, and what is wrong."""

    kind: Kind
    gold: GoldDate
    days: Days | None

    @property
    def group(self) -> str:
        """The group that the expression counts in."""
        return "with_year" if _YEAR.search(self.gold.text) else "without_year"


def found_dates(gold: Iterable[GoldDate], reading: "Reading") -> tuple[DateFound, ...]:
    """Return each gold expression with the days of the date that kg found there."""
    published = date.fromisoformat(reading.article.published[:10]) if reading.article.published else None
    return tuple(_found(expression, reading, published) for expression in gold)


def rates(found: Iterable[DateFound]) -> dict[str, Rate]:
    """Return how many expressions are right, those without and those with a year apart."""
    groups: dict[str, list[bool]] = {"without_year": [], "with_year": []}
    for item in found:
        groups[item.group].append(item.kind == "right")
    return {name: Rate(sum(judged), len(judged)) for name, judged in groups.items()}


def is_right(days: Days, gold: Days, published: date | None) -> bool:
    """Tell whether a range is the gold one, or its part up to or from the day of publication within it."""
    accepted = {gold}
    if published and gold[0] <= published <= gold[1]:
        accepted |= {(gold[0], published), (published, gold[1])} if gold[0] < gold[1] else set()
    return days in accepted


def _found(expression: GoldDate, reading: "Reading", published: date | None) -> DateFound:
    shared = [
        (min(span.end, expression.end) - max(span.start, expression.start), -span.start, span.time())
        for span in reading.dates_at.values()
    ]
    overlap, _, time = max(shared, default=(0, 0, None), key=lambda item: item[:2])
    if overlap <= 0 or time is None:
        return DateFound("missed", expression, None)
    days = date.fromisoformat(time.start), date.fromisoformat(time.end)
    return DateFound("right" if is_right(days, expression.days, published) else "wrong", expression, days)
