"""Texts and graphs without the characters that other programs refuse or obey."""

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_REFUSED = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ORDERS = "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of writing, which make a text look like another, and line ends of JavaScript."""

_UNSEEN = re.compile(f"[\x00-\x1f\x7f-\x9f{_ORDERS}]")
_QID = re.compile(r"Q[1-9][0-9]*", re.ASCII)
_AS_ESCAPE = {ord(mark): f"\\u{ord(mark):04x}" for mark in _ORDERS}


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


def blanked(text: str) -> str:
    """Return a text with a blank for each character that XML refuses, so that offsets into it hold."""
    return _REFUSED.sub(" ", text)


def one_line(text: str) -> str:
    """Return a text without control characters, line ends and marks of direction, a blank for each."""
    return _UNSEEN.sub(" ", text)


def is_qid(text: str) -> bool:
    """Tell whether a text is the id of an item of Wikidata, such as Q7747."""
    return _QID.fullmatch(text) is not None


def as_json(value: object) -> str:
    """Return a value as JSON in one line, without characters that XML refuses, marks of direction as escapes."""
    return escaped(json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")))


def escaped(text: str) -> str:
    """Return a text in which marks of direction are written as JSON, Turtle and Cypher write them: `\\u202e`."""
    return text.translate(_AS_ESCAPE)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return blanked(value)
    if isinstance(value, dict):
        return {blanked(str(key)): _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _cleaned(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) for name, value in attributes.items()}
