"""The figures of an evaluation: counts that add up over articles, with precision, recall and accuracy."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import reduce
from operator import add
from typing import Any, Self

Report = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, predicted and wanted."""

    right: int = 0
    predicted: int = 0
    wanted: int = 0

    def __add__(self, other: Self) -> "Tally":
        return Tally(self.right + other.right, self.predicted + other.predicted, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the wanted that was found; 0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    def as_dict(self) -> Report:
        """Return precision, recall and F1, rounded to four digits, and the counts."""
        rates = _rates(self.precision, self.recall)
        return {**rates, "right": self.right, "predicted": self.predicted, "wanted": self.wanted}


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of the judged answers were right."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Self) -> "Rate":
        return Rate(self.right + other.right, self.total + other.total)

    def as_dict(self) -> Report:
        """Return the accuracy, rounded to four digits (None where nothing was judged), and the counts."""
        accuracy = round(self.right / self.total, 4) if self.total else None
        return {"accuracy": accuracy, "right": self.right, "total": self.total}


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed over gold mentions: sums of each mention's precision and recall (Bagga and Baldwin, 1998)."""

    precision: float = 0.0
    recall: float = 0.0
    mentions: int = 0

    def __add__(self, other: Self) -> "BCubed":
        return BCubed(self.precision + other.precision, self.recall + other.recall, self.mentions + other.mentions)

    def as_dict(self) -> Report:
        """Return mean precision, mean recall and their F1, rounded to four digits, and the mentions."""
        count = self.mentions or 1
        return {**_rates(self.precision / count, self.recall / count), "mentions": self.mentions}


@dataclass(frozen=True, slots=True)
class ByType:
    """A tally for each event type."""

    tallies: Mapping[str, Tally] = field(default_factory=dict)

    def __add__(self, other: Self) -> "ByType":
        kinds = {*self.tallies, *other.tallies}
        return ByType({k: self.tallies.get(k, Tally()) + other.tallies.get(k, Tally()) for k in kinds})

    def as_dict(self) -> dict[str, Report]:
        """Return the report of each type, in alphabetical order."""
        return {kind: self.tallies[kind].as_dict() for kind in sorted(self.tallies)}


@dataclass(frozen=True, slots=True)
class Reliability:
    """How many events of each fifth of confidence are right; well calibrated is who is right as often as confident."""

    rates: Mapping[str, Rate] = field(default_factory=dict)

    def __add__(self, other: Self) -> "Reliability":
        bins = {*self.rates, *other.rates}
        return Reliability({name: self.rates.get(name, Rate()) + other.rates.get(name, Rate()) for name in bins})

    def as_dict(self) -> dict[str, Report]:
        """Return the report of each fifth that holds events, by rising confidence."""
        return {name: self.rates[name].as_dict() for name in sorted(self.rates)}


def fifth(confidence: float) -> str:
    """Return the fifth of the scale that a confidence lies in: '0.8-1.0'."""
    low = min(int(confidence * 5), 4) / 5
    return f"{low:.1f}-{low + 0.2:.1f}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of one evaluation, micro-averaged over articles; `missing` names those without a record."""

    articles: int = 0
    missing: tuple[str, ...] = ()
    actors_b3: BCubed = BCubed()
    events_found: Tally = Tally()
    participants_of_found: Tally = Tally()
    events_whole: Tally = Tally()
    modality: Rate = Rate()
    date: Rate = Rate()
    stance: Rate = Rate()
    place: Tally = Tally()
    topics: Tally = Tally()
    attribution: Tally = Tally()
    statements: Tally = Tally()
    direct_quotes: Tally = Tally()
    reliability: Reliability = Reliability()
    by_type: ByType = ByType()

    def __add__(self, other: Self) -> "Figures":
        return Figures(**{f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Figures)})

    def as_dict(self) -> dict[str, Any]:
        """Return what `kg eval --format json` prints: each figure's report under its name."""
        reports = {f.name: getattr(self, f.name) for f in fields(Figures)[2:]}
        counts: dict[str, Any] = {"articles": self.articles, "missing": list(self.missing)}
        return counts | {name: report.as_dict() for name, report in reports.items()}


def total(parts: Iterable[Figures]) -> Figures:
    """Return the figures of all parts together."""
    return reduce(add, parts, Figures())


def _rates(precision: float, recall: float) -> Report:
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {"p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4)}
