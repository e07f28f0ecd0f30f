"""Where the nodes of a picture stand: each connected part by itself, the parts in rows, labels kept apart."""

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from networkx import Graph

Point = tuple[float, float]
Size = tuple[float, float]

SEED = 20180716
ROUNDS = 200
SPACING = 60.0
"""How far apart actors stand, roughly, in units of the picture."""

FEW = 6
"""Parts with fewer actors have no crowded middle."""

MARGIN = 30.0
SHAPE = 1.6
"""Width over height that a picture aims at."""


def positions(graph: "Graph", sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Return the middle of each node; `sizes` holds width and height of a node with its label.

    The same graph gives the same positions, up to the rounding of the machine's floating point.
    """
    from networkx import connected_components

    parts = sorted((sorted(part) for part in connected_components(graph)), key=lambda part: (-len(part), part))
    drawn = [_part(graph, part, sizes) for part in parts]
    return _in_rows(drawn, sizes)


def _part(graph: "Graph", nodes: list[str], sizes: Mapping[str, Size]) -> dict[str, Point]:
    from networkx import Graph, spring_layout

    part = Graph()
    part.add_nodes_from(nodes)
    part.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.subgraph(nodes).edges()))
    laid = spring_layout(part, seed=SEED, iterations=ROUNDS, k=2.2 / sqrt(len(nodes)))
    across, down = (_spread({node: float(point[axis]) for node, point in laid.items()}) for axis in (0, 1))
    scale = SPACING * (sqrt(len(nodes)) - 0.6)
    return kept_apart({node: (across[node] * scale * SHAPE, down[node] * scale) for node in nodes}, sizes)


def _spread(values: Mapping[str, float]) -> dict[str, float]:
    """Return values from -1 to 1 moved half way to even steps, so that a crowded middle takes the room of the rim."""
    if len(values) < FEW:
        return dict(values)
    order = sorted(values, key=lambda node: (values[node], node))
    return {node: (values[node] + 2 * rank / (len(order) - 1) - 1) / 2 for rank, node in enumerate(order)}


def kept_apart(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Return the points of nodes, moved where one with its label would lie over another."""
    placed = dict(points)
    for _ in range(60):
        clashes = [pair for pair in _neighbours(placed, sizes) if _push(placed, pair, sizes)]
        if not clashes:
            break
    return placed


def _neighbours(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> Iterable[tuple[str, str]]:
    widest = max(width for width, _ in sizes.values())
    order = sorted(points, key=lambda node: (points[node], node))
    for at, left in enumerate(order):
        for right in order[at + 1 :]:
            if points[right][0] - points[left][0] > widest:
                break
            yield left, right


def _push(points: dict[str, Point], pair: tuple[str, str], sizes: Mapping[str, Size]) -> bool:
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


def _in_rows(parts: list[dict[str, Point]], sizes: Mapping[str, Size]) -> dict[str, Point]:
    boxes = [_box(part, sizes) for part in parts]
    area = sum((right - left + MARGIN) * (bottom - top + MARGIN) for left, top, right, bottom in boxes)
    width = max((*(right - left for left, _, right, _ in boxes), sqrt(1.15 * area * SHAPE)), default=0.0)
    placed: dict[str, Point] = {}
    x = y = tallest = 0.0
    for part, (left, top, right, bottom) in zip(parts, boxes, strict=True):
        if x and x + right - left > width:
            x, y, tallest = 0.0, y + tallest + MARGIN, 0.0
        placed |= {node: (px - left + x, py - top + y) for node, (px, py) in part.items()}
        x, tallest = x + right - left + MARGIN, max(tallest, bottom - top)
    return placed


def _box(points: Mapping[str, Point], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    return (
        min(x - sizes[node][0] / 2 for node, (x, _) in points.items()),
        min(y - sizes[node][1] / 2 for node, (_, y) in points.items()),
        max(x + sizes[node][0] / 2 for node, (x, _) in points.items()),
        max(y + sizes[node][1] / 2 for node, (_, y) in points.items()),
    )
