"""Texts and graphs without the characters that XML and browsers refuse."""

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(value: Any) -> Any:
    """Return a text without what XML 1.0 (W3C, section 2.2) does not admit; any other value as it is."""
    return _REFUSED.sub("", value) if isinstance(value, str) else value


def cleaned(graph: "MultiDiGraph") -> "MultiDiGraph":
    """Return a copy whose texts, ids and keys hold only characters of XML 1.0 (W3C, section 2.2)."""
    copy = graph.__class__(**_cleaned(graph.graph))
    copy.add_nodes_from((clean(node), _cleaned(data)) for node, data in graph.nodes(data=True))
    copy.add_edges_from(
        (clean(source), clean(target), clean(key), _cleaned(data))
        for source, target, key, data in graph.edges(keys=True, data=True)
    )
    return copy


def _cleaned(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) for name, value in attributes.items()}
