"""Invented actors, places, topics and outlets by rank: a few that are drawn all the time, and a long tail."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from kg.model import Actor, Kind

_SIZES = {"person": 60_000, "state": 200, "place": 3_000, "topic": 5_000, "outlet": 40}
_SIZE = 20_000
_HEADS = {"state": 2.0, "outlet": 2.0}
_HEAD = 10.0  # the larger, the less stands out who is first
_SYLLABLES = "ba dor ka lin mo nes pra ri sol tan ve zu bel ched fra gor hal jin kor lum".split()
_GIVEN = "Ada Boris Clara Dmitri Elena Farid Greta Hugo Irena Jonas Katja Lev Mira Nils Olga Pavel Rosa Stefan".split()
_NOUNS = "ceasefire treaty budget embargo pipeline referendum border dam harbour pension tariff inquiry".split()
_ENDINGS = {
    "government": "Ministry", "armed_group": "Front", "igo": "Union", "party": "Party", "organisation": "Institute",
    "group": "Farmers",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """A place: its name, the code of its country and its coordinates in degrees."""

    name: str
    country: str
    lat: float
    lon: float


def drawn(what: str, seed: str) -> Iterator[int]:
    """Yield ranks from 0 up without end, each rank once at most and rank r about as often as 1 / (r + head)."""
    chance = random.Random(f"{what} {seed}")
    size, head = _SIZES.get(what, _SIZE), _HEADS.get(what, _HEAD)
    seen: set[int] = set()
    while len(seen) < size:
        rank = int(head * ((size + head) / head) ** chance.random() - head)
        if rank not in seen:
            seen.add(rank)
            yield rank


def first(what: str, seed: str) -> int:
    """Return the first rank that is drawn."""
    return next(islice(drawn(what, seed), 1))


def actor(kind: Kind, rank: int) -> Actor:
    """Return the actor of a kind and rank, without mentions."""
    word = _word(rank)
    if kind == "person":
        name, country = f"{_GIVEN[rank % len(_GIVEN)]} {word}", _country(rank % 97)
    elif kind == "state":
        name, country = f"{word}ia", _country(rank)
    else:
        name, country = f"{word} {_ENDINGS[kind]}", _country(rank % 89)
    cameo = country if kind == "state" else f"{country}GOV"
    return Actor(id=f"{kind}-{word.lower()}", name=name, kind=kind, country=country, cameo=cameo)


def place(rank: int) -> Where:
    """Return the place of a rank."""
    lat, lon = rank * 37 % 14_000 / 100 - 70, rank * 101 % 36_000 / 100 - 180
    return Where(f"{_word(rank)}burg", _country(rank % 83), lat, lon)


def topic(rank: int) -> str:
    """Return the topic of a rank."""
    return f"{_NOUNS[rank % len(_NOUNS)]} of {_word(rank)}"


def outlet(rank: int) -> str:
    """Return the outlet of a rank."""
    return f"{_word(rank)} Post"


def later(iso: str, days: int) -> str:
    """Return an ISO date or date-time so many days later."""
    return f"{date.fromisoformat(iso[:10]) + timedelta(days)}{iso[10:]}"


def _word(rank: int) -> str:
    """Return a name that no other rank has."""
    digits, rest = [], rank + len(_SYLLABLES)
    while rest:
        rest, digit = divmod(rest, len(_SYLLABLES))
        digits.append(_SYLLABLES[digit])
    return "".join(digits).capitalize()


def _country(rank: int) -> str:
    high, low = divmod(rank, 26)
    return f"X{chr(65 + high)}{chr(65 + low)}"
