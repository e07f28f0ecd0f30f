"""The values of parameters as they are typed: scalars of JSON, or texts."""

import json
from collections.abc import Mapping
from math import isfinite

from kg.errors import UsageError
from kg.model import Value

MOST = 2**63 - 1
"""The largest whole number that a parameter may be."""


def scalars(pairs: Mapping[str, str]) -> dict[str, Value]:
    """Return each value as what it is in JSON where that is a scalar, else as a text.

    Raises UsageError for a number that JSON or 64 bits cannot hold.
    """
    return {name: _scalar(name, value) for name, value in pairs.items()}


def _scalar(name: str, value: str) -> Value:
    try:
        parsed = json.loads(value)
    except (ValueError, RecursionError):
        return value
    if not _fits(parsed):
        raise UsageError(f"{name} is no number of 64 bits; as a text it stands in double quotes: -p '{name}=\"...\"'")
    return parsed if parsed is None or isinstance(parsed, str | int | float | bool) else value


def _fits(value: object) -> bool:
    return isfinite(value) if isinstance(value, float) else not isinstance(value, int) or -MOST <= value <= MOST
