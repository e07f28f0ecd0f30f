"""Ids of nodes, and days as the graph keeps them."""

import re

from kg.model import Place, Time, digest, short_id

SPANS = (7, 31, 372, 37_200)
"""A week, a month, a year and a century in days: events of which the day is known about as well are found together."""

_KEY_LENGTH = 20
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


def own_id(article: str, local: str) -> str:
    """Return the id of a node of one article: the article's key, a colon, and its id within the record."""
    return f"{digest(article)[:_KEY_LENGTH]}:{local}"


def local_id(own: str) -> str:
    """Return the id within the record that `own_id` was given."""
    return own[_KEY_LENGTH + 1 :]


def topic_id(name: str) -> str:
    """Return the id of a topic, which depends on its canonical name alone."""
    return short_id("topic", name)


def place_id(place: Place) -> str:
    """Return the id of a place, which depends on name, country and coordinates alone."""
    return short_id("place", repr((place.name, place.country, place.lat, place.lon)))


def day_number(iso: str | None) -> int:
    """Return the day of an ISO date or date-time as the integer yyyymmdd, 0 where it names none."""
    match = _DAY.match(iso or "")
    return int("".join(match.groups())) if match else 0


def shown_date(time: Time | None) -> str:
    """Return a date for people: YYYY-MM-DD, first/last where it is a range, empty where unknown."""
    if time is None:
        return ""
    return time.start if time.start == time.end else f"{time.start}/{time.end}"


def days_within(first: int, last: int) -> int:
    """Return the first of `SPANS` that is no less than the days from one day to another, both as yyyymmdd."""
    apart = _counted(last) - _counted(first)
    return next((days for days in SPANS if apart <= days), SPANS[-1])


def _counted(day: int) -> int:
    """Return a day as a number of days in years of 12 times 31: two are no nearer by it than in the calendar."""
    years, rest = divmod(day, 10_000)
    return (years * 12 + rest // 100) * 31 + rest % 100


def dyad_id(one: str, other: str) -> str:
    """Return the id of a dyad: the ids of two actors, sorted, joined by `|`."""
    return "|".join(sorted((one, other)))
