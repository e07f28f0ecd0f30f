"""Tallies over texts with how far they would vary over other texts of the kind: bootstrap intervals (Efron, 1979)."""

import random
from collections.abc import Sequence
from typing import TypeVar

from kg.evaluation import Rate, Tally

_SAMPLES = 1000
_TAILS = 0.05  # on either side

Part = TypeVar("Part")
Figure = dict[str, object]


def f1(parts: Sequence[Tally]) -> Figure:
    """Return the figures of all texts together; in `range` lies the F1 of nine of ten samples of as many texts."""
    return {**sum(parts, Tally()).as_dict(), "range": _range([_f1(sum(drawn, Tally())) for drawn in _drawn(parts)])}


def accuracy(parts: Sequence[Rate]) -> Figure:
    """Return the accuracy over all texts together; in `range` lies that of nine of ten samples of as many texts."""
    return {**sum(parts, Rate()).as_dict(), "range": _range([_share(sum(drawn, Rate())) for drawn in _drawn(parts)])}


def _drawn(parts: Sequence[Part]) -> list[list[Part]]:
    chance = random.Random(len(parts))
    return [chance.choices(parts, k=len(parts)) for _ in range(_SAMPLES)] if parts else []


def _range(figures: list[float]) -> list[float]:
    ranked = sorted(figures) or [0.0]
    return [round(ranked[int(share * (len(ranked) - 1))], 3) for share in (_TAILS, 1 - _TAILS)]


def _f1(tally: Tally) -> float:
    return float(tally.as_dict()["f1"] or 0)


def _share(rate: Rate) -> float:
    return rate.right / rate.total if rate.total else 0.0
