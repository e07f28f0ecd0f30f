"""One HTML page that shows the graph and the sentences behind it: no network, no address but its own."""

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from importlib.resources import files
from math import log2, sqrt
from string import Template
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.asking.parts import Part
from kg.exports._clean import cleaned
from kg.exports._layout import Point, Size, positions
from kg.exports.network import network

if TYPE_CHECKING:
    from networkx import Graph, MultiDiGraph

MOST_ACTORS = 400
"""More would be slow to lay out and impossible to read: those with the most events are shown."""

LONGEST_LABEL = 26
LETTER = 7.0
"""Width of a letter of a label, in units of the picture."""

RAISED = 8.0
"""How far a dot stands above the middle of dot and label together."""

TONES = {
    "verbal-cooperation": "cooperation",
    "material-cooperation": "cooperation",
    "verbal-conflict": "conflict",
    "material-conflict": "conflict",
}
SHOWN = (
    "label", "event_type", "mode", "date", "modality", "place", "topics", "according_to", "outlet",
    "headline", "evidence", "article", "event",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Picture:
    """What is drawn: actors in order, where they stand, and the pairs between whom something happened."""

    graph: "MultiDiGraph"
    nodes: list[str]
    places: dict[str, Point]
    sizes: dict[str, Size]
    pairs: list[tuple[str, str]]
    total: int


def write(part: Part, out: BinaryIO) -> None:
    """Write a part of the graph as a page; beyond `MOST_ACTORS` actors, those with the most events."""
    graph = network(part)
    picture = _picture(cleaned(graph))
    style, script = _asset("view.css"), _asset("view.js")
    page = Template(_asset("page.html")).substitute(
        style=style,
        script=script,
        style_digest=_digest(style),
        script_digest=_digest(script),
        svg="\n".join(_svg(picture)),
        legend="\n".join(_legend(picture)),
        note=escape(_note(picture)),
        selection=escape(graph.graph["selection"]),
        made_with=escape(graph.graph["made_with"]),
        data=_json(picture),
    )
    out.write(page.encode("utf-8"))


def _asset(name: str) -> str:
    return (files("kg.exports") / "_page" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _picture(graph: "MultiDiGraph") -> _Picture:
    total = len(graph)
    busiest = sorted(graph, key=lambda node: (-graph.degree(node), node))[:MOST_ACTORS]
    shown = graph.subgraph(busiest)
    pairs = _pairs(shown)
    sizes = {node: _size(shown, node) for node in sorted(shown)}
    return _Picture(shown, sorted(shown), positions(pairs, sizes), sizes, sorted(_sorted(pairs)), total)


def _pairs(graph: "MultiDiGraph") -> "Graph":
    from networkx import Graph

    pairs = Graph()
    pairs.add_nodes_from(sorted(graph))
    pairs.add_edges_from((source, target) for source, target in graph.edges() if source != target)
    return pairs


def _sorted(pairs: "Graph") -> Iterator[tuple[str, str]]:
    return ((min(pair), max(pair)) for pair in pairs.edges())


def _size(graph: "MultiDiGraph", node: str) -> Size:
    radius = _radius(graph, node)
    return max(2 * radius, LETTER * len(_label(graph, node))) + 8, 2 * radius + 24


def _radius(graph: "MultiDiGraph", node: str) -> float:
    return round(min(5 + 2.2 * sqrt(graph.degree(node)), 22), 1)


def _label(graph: "MultiDiGraph", node: str) -> str:
    label = str(graph.nodes[node]["label"])
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1].rstrip()}…"


def _svg(picture: _Picture) -> Iterator[str]:
    corners = [(x, y, *picture.sizes[node]) for node, (x, y) in picture.places.items()] or [(0, 0, 400, 200)]
    left, top = min(x - w / 2 for x, _, w, _ in corners), min(y - h / 2 for _, y, _, h in corners)
    right, bottom = max(x + w / 2 for x, _, w, _ in corners), max(y + h / 2 for _, y, _, h in corners)
    yield f'<svg id="view" viewBox="{_view(left - 10, top - 10, right - left + 20, bottom - top + 20)}">'
    for number, pair in enumerate(picture.pairs):
        yield _link(picture, number, pair)
    for number, node in enumerate(picture.nodes):
        yield _node(picture, number, node)
    yield "</svg>"


def _view(*numbers: float) -> str:
    return " ".join(f"{number:.1f}" for number in numbers)


def _link(picture: _Picture, number: int, pair: tuple[str, str]) -> str:
    between = list(_between(picture.graph, pair))
    width = 1.2 + log2(len(between))
    (ax, ay), (bx, by) = picture.places[pair[0]], picture.places[pair[1]]
    line = f'x1="{ax:.1f}" y1="{ay - RAISED:.1f}" x2="{bx:.1f}" y2="{by - RAISED:.1f}"'
    names = " – ".join(escape(str(picture.graph.nodes[node]["label"])) for node in pair)
    return (
        f'<g class="link {_tone(between)}" data-link="{number}" tabindex="0" role="button" '
        f'aria-label="{names}, {len(between)} events"><line class="reach" {line}/>'
        f'<line class="stroke" {line} stroke-width="{width:.1f}"/></g>'
    )


def _between(graph: "MultiDiGraph", pair: tuple[str, str]) -> Iterator[Mapping[str, Any]]:
    for source, target in (pair, pair[::-1]):
        yield from (graph.get_edge_data(source, target) or {}).values()


def _tone(events: list[Mapping[str, Any]]) -> str:
    """Return the word for what most events of a pair are, `neutral` where none prevails."""
    counts = Counter(TONES.get(event["quad"], "neutral") for event in events).most_common(2)
    return "neutral" if len(counts) == 2 and counts[0][1] == counts[1][1] else counts[0][0]


def _node(picture: _Picture, number: int, node: str) -> str:
    x, y = picture.places[node]
    data, radius = picture.graph.nodes[node], _radius(picture.graph, node)
    name, label = escape(str(data["label"])), escape(_label(picture.graph, node))
    return (
        f'<g class="node kind-{escape(data["kind"])}" data-node="{number}" tabindex="0" role="button" '
        f'aria-label="{name}"><circle cx="{x:.1f}" cy="{y - RAISED:.1f}" r="{radius}"/>'
        f'<text x="{x:.1f}" y="{y + radius + 5:.1f}">{label}</text></g>'
    )


def _legend(picture: _Picture) -> Iterator[str]:
    for kind in sorted({picture.graph.nodes[node]["kind"] for node in picture.nodes}):
        box = f'<input type="checkbox" checked value="{escape(kind)}">'
        yield f'<label class="kind-{escape(kind)}">{box}{escape(kind.replace("_", " "))}</label>'


def _note(picture: _Picture) -> str:
    if not picture.total:
        return "Nothing between two actors here."
    events = len({(data["article"], data["event"]) for _, _, data in picture.graph.edges(data=True)})
    told = f"{len(picture.nodes)} actors, {events} events between them."
    rest = picture.total - len(picture.nodes)
    return told + (f" {rest} actors with fewer events are left out; choose an actor or days." if rest else "")


def _json(picture: _Picture) -> str:
    """Return the data of the page as JSON without a `<`, so that no text in it can end the script."""
    numbers = {node: number for number, node in enumerate(picture.nodes)}
    nodes = [{key: data[key] for key in ("label", "kind", "country")} for data in _data(picture)]
    events = [
        {"source": numbers[source], "target": numbers[target], "symmetric": data["symmetric"]}
        | {key: data[key] for key in SHOWN}
        for source, target, data in picture.graph.edges(data=True)
    ]
    events.sort(key=lambda event: (event["date"] or "9999", event["article"], event["event"], str(event)))
    links = [[numbers[node] for node in pair] for pair in picture.pairs]
    told = {"nodes": nodes, "links": links, "events": events}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")


def _data(picture: _Picture) -> Iterator[Mapping[str, Any]]:
    return (picture.graph.nodes[node] for node in picture.nodes)
