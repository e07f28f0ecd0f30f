"""What a database returns, made the scalars of an answer.

A node and a relationship are their properties, a path is the list of both from its start to its end.
"""

import json
from collections.abc import Iterable, Mapping
from itertools import chain
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


def interleaved(nodes: Iterable[Any], relationships: Iterable[Any]) -> list[Any]:
    """Return the steps of a path: its first node, then each relationship with the node that it leads to."""
    first, *others = nodes
    return [first, *chain.from_iterable(zip(relationships, others, strict=True))]


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if hasattr(value, "relationships"):  # a path of the driver
        return [_plain(step) for step in interleaved(value.nodes, value.relationships)]
    if hasattr(value, "items"):  # a node or a relationship of the driver
        return {str(key): _plain(item) for key, item in value.items()}
    return value if isinstance(value, str | int | float | bool) or value is None else scalar(value)
