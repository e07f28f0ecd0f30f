"""What a database returns, made the scalars of an answer."""

import json
from collections.abc import Mapping
from typing import Any

from kg.model import Value


def scalar(value: Any) -> Value:
    """Return a scalar as it is, a date or a time in ISO form, the rest as JSON."""
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if hasattr(value, "iso_format"):
        return str(value.iso_format())
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, default=str)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if hasattr(value, "items"):  # a node or a relationship of the driver
        return {str(key): _plain(item) for key, item in value.items()}
    return value if isinstance(value, str | int | float | bool) or value is None else scalar(value)
