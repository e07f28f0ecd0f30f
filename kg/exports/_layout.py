"""Where the actors of a picture stand: busy parts by themselves, the parts in rows; very many actors by communities."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from networkx import Graph

Point = tuple[float, float]
Size = tuple[float, float]
Node = TypeVar("Node", bound=Hashable)

SEED = 20180716
SPACING = 60.0
"""How far apart actors stand, roughly, in units of the picture."""

MOST_SPRUNG = 1_000
"""More actors are laid out by communities: springs between all of them would take too long."""

CLOSE = 22.0
"""How far apart the members of a community stand, in units of the picture."""

FEW = 6
"""Parts with fewer actors have no crowded middle."""

MARGIN = 30.0
SHAPE = 1.3
"""Width over height that a picture aims at."""

GOLDEN = pi * (3 - sqrt(5))
"""The angle between two seeds of a sunflower, in radians."""


@dataclass(frozen=True, slots=True)
class Community:
    """Actors who have more to do with each other than with others, the busiest first, and the middle of them."""

    members: tuple[int, ...]
    middle: Point


def communities(graph: "Graph") -> tuple[Community, ...]:
    """Return the communities of a graph of numbers with weights (Louvain), the largest first, with their places.

    The same graph gives the same communities.
    """
    from networkx import Graph
    from networkx.algorithms.community import louvain_communities

    found = louvain_communities(graph, weight="weight", seed=SEED)
    groups = sorted((_by_degree(graph, group) for group in found), key=lambda group: (-len(group), group))
    of = {node: number for number, group in enumerate(groups) for node in group}
    joined: defaultdict[tuple[int, int], int] = defaultdict(int)
    for one, other, weight in graph.edges(data="weight"):
        if of[one] != of[other]:
            joined[min(of[one], of[other]), max(of[one], of[other])] += weight
    whole = Graph()
    whole.add_nodes_from(range(len(groups)))
    whole.add_edges_from(sorted(joined))
    sizes = {number: (2 * _reach(group), 2 * _reach(group)) for number, group in enumerate(groups)}
    middles = positions(whole, sizes)
    return tuple(Community(tuple(group), middles[number]) for number, group in enumerate(groups))


def members(community: Community) -> dict[int, Point]:
    """Return the places of the members around the middle, the busiest innermost, as the seeds of a sunflower stand."""
    x, y = community.middle
    far = [CLOSE * sqrt(rank + 0.5) for rank in range(len(community.members))]
    return {
        node: (x + far[rank] * cos(rank * GOLDEN), y + far[rank] * sin(rank * GOLDEN))
        for rank, node in enumerate(community.members)
    }


def _by_degree(graph: "Graph", group: Iterable[int]) -> list[int]:
    return sorted(group, key=lambda node: (-graph.degree(node, weight="weight"), node))


def _reach(group: Sequence[int]) -> float:
    return CLOSE * (sqrt(len(group)) + 1)


def positions(graph: "Graph", sizes: Mapping[Node, Size]) -> dict[Node, Point]:
    """Return the middle of each node; `sizes` holds width and height of a node with its label.

    The same graph gives the same positions, up to the rounding of the machine's floating point.
    """
    from networkx import connected_components

    parts = sorted((sorted(part) for part in connected_components(graph)), key=lambda part: (-len(part), part))
    drawn = [_part(graph, part, sizes) for part in parts]
    return _in_rows(drawn, sizes)


def _part(graph: "Graph", nodes: list[Node], sizes: Mapping[Node, Size]) -> dict[Node, Point]:
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    laid = _sprung(graph, nodes) if len(nodes) <= MOST_SPRUNG else _sunflower(nodes)
    across, down = (_spread({node: point[axis] for node, point in laid.items()}) for axis in (0, 1))
    widest = max(width for width, _ in sizes.values())
    scale = max(SPACING, widest / 3) * (sqrt(len(nodes)) - 0.6)
    return kept_apart({node: (across[node] * scale * SHAPE, down[node] * scale) for node in nodes}, sizes)


def _sunflower(nodes: Sequence[Node]) -> dict[Node, Point]:
    return {
        node: (sqrt(rank + 0.5) * cos(rank * GOLDEN), sqrt(rank + 0.5) * sin(rank * GOLDEN))
        for rank, node in enumerate(nodes)
    }


def _sprung(graph: "Graph", nodes: Sequence[Node]) -> dict[Node, Point]:
    """Return places from -1 to 1 where edges pull and all nodes push (Fruchterman and Reingold 1991)."""
    import numpy as np

    at = {node: number for number, node in enumerate(nodes)}
    edges = sorted((at[one], at[other]) for one, other in graph.subgraph(nodes).edges())
    one, other = np.array([min(edge) for edge in edges]), np.array([max(edge) for edge in edges])
    places = np.random.default_rng(SEED).random((2, len(nodes)))
    ideal, rounds = 1.5 / sqrt(len(nodes)), 200 if len(nodes) < 300 else 80
    for left in range(rounds, 0, -1):
        across, down = (axis[:, None] - axis[None, :] for axis in places)
        push = ideal**2 / (across * across + down * down + 1e-6)
        moves = np.stack([np.einsum("ij,ij->i", apart, push) for apart in (across, down)])
        stretch = places[:, other] - places[:, one]
        stretch *= np.hypot(*stretch) / ideal
        for axis, pull in zip(moves, stretch, strict=True):
            np.add.at(axis, one, pull)
            np.add.at(axis, other, -pull)
        length = np.hypot(*moves)
        places += moves / np.maximum(length, 1e-9) * np.minimum(length, 0.1 * left / rounds)
    places -= (places.max(axis=1, keepdims=True) + places.min(axis=1, keepdims=True)) / 2
    places /= np.maximum(np.abs(places).max(axis=1, keepdims=True), 1e-9)
    return {node: (float(x), float(y)) for node, x, y in zip(nodes, *places, strict=True)}


def _spread(values: Mapping[Node, float]) -> dict[Node, float]:
    """Return values from -1 to 1 moved half way to even steps, so that a crowded middle takes the room of the rim."""
    if len(values) < FEW:
        return dict(values)
    rank = {node: number for number, node in enumerate(sorted(values, key=values.__getitem__))}
    return {node: (value + 2 * rank[node] / (len(values) - 1) - 1) / 2 for node, value in values.items()}


def kept_apart(points: Mapping[Node, Point], sizes: Mapping[Node, Size]) -> dict[Node, Point]:
    """Return the points of nodes, moved where one with its label would lie over another."""
    placed = dict(points)
    for _ in range(60 if len(points) < 300 else 10):
        clashes = [pair for pair in _neighbours(placed, sizes) if _push(placed, pair, sizes)]
        if not clashes:
            break
    return placed


def _neighbours(points: Mapping[Node, Point], sizes: Mapping[Node, Size]) -> Iterable[tuple[Node, Node]]:
    widest = max(sizes[node][0] for node in points)
    order = sorted(points, key=points.__getitem__)
    for at, left in enumerate(order):
        for right in order[at + 1 :]:
            if points[right][0] - points[left][0] > widest:
                break
            yield left, right


def _push(points: dict[Node, Point], pair: tuple[Node, Node], sizes: Mapping[Node, Size]) -> bool:
    """Move two nodes that overlap apart, along the axis where it takes less; tell whether they did."""
    (left, right), ((ax, ay), (bx, by)) = pair, (points[pair[0]], points[pair[1]])
    wide = (sizes[left][0] + sizes[right][0]) / 2 - abs(bx - ax)
    high = (sizes[left][1] + sizes[right][1]) / 2 - abs(by - ay)
    if wide <= 0 or high <= 0:
        return False
    dx, dy = (0.0, high / 2) if high <= wide else (wide / 2, 0.0)
    dx, dy = dx if bx >= ax else -dx, dy if by >= ay else -dy
    points[left], points[right] = (ax - dx, ay - dy), (bx + dx, by + dy)
    return True


def _in_rows(parts: list[dict[Node, Point]], sizes: Mapping[Node, Size]) -> dict[Node, Point]:
    boxes = [_box(part, sizes) for part in parts]
    area = sum((right - left + MARGIN) * (bottom - top + MARGIN) for left, top, right, bottom in boxes)
    width = max((*(right - left for left, _, right, _ in boxes), sqrt(1.15 * area * SHAPE)), default=0.0)
    placed: dict[Node, Point] = {}
    x = y = tallest = 0.0
    for part, (left, top, right, bottom) in zip(parts, boxes, strict=True):
        if x and x + right - left > width:
            x, y, tallest = 0.0, y + tallest + MARGIN, 0.0
        placed |= {node: (px - left + x, py - top + y) for node, (px, py) in part.items()}
        x, tallest = x + right - left + MARGIN, max(tallest, bottom - top)
    return placed


def _box(points: Mapping[Node, Point], sizes: Mapping[Node, Size]) -> tuple[float, float, float, float]:
    return (
        min(x - sizes[node][0] / 2 for node, (x, _) in points.items()),
        min(y - sizes[node][1] / 2 for node, (_, y) in points.items()),
        max(x + sizes[node][0] / 2 for node, (x, _) in points.items()),
        max(y + sizes[node][1] / 2 for node, (_, y) in points.items()),
    )
