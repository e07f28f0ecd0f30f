"""Goldstein's conflict-cooperation scale by CAMEO code (Goldstein 1992, as extended to CAMEO by Schrodt)."""

import csv
from functools import cache
from importlib.resources import files

_LATER = frozenset({"176"})
"""Codes of CAMEO 1.1b3 that came after the scale: to attack cybernetically."""


def goldstein(cameo: str) -> float | None:
    """Return the value of a code, or of the nearest code above it: of 1125 that of 112, of 112 that of 11."""
    table = _table()
    return next((table[cameo[:length]] for length in range(len(cameo), 1, -1) if cameo[:length] in table), None)


def codes() -> frozenset[str]:
    """Return the codes of CAMEO, roots included."""
    return _LATER | _table().keys()


@cache
def _table() -> dict[str, float]:
    lines = (files("kg.knowledge") / "goldstein.csv").read_text("utf-8").splitlines()
    return {row["cameo"]: float(row["goldstein"]) for row in csv.DictReader(lines)}
