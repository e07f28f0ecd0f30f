"""The picture of who has to do with whom: actors, and lines for cooperation and conflict between them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import hypot, log2, sqrt

from kg.asking.parts import Happening
from kg.asking.wording import counted
from kg.exports._layout import Point, Size, kept_apart, positions
from kg.exports._seen import MARGIN, NOTHING_BETWEEN, Seen, caption, center, empty, headed, names, tone_of
from kg.exports._sheet import BLUE, GREY, INK, LINE, PALE, RED, SMALL, TALLEST, WIDTH, Sheet, wide, wrapped
from kg.exports.network import dyads

MOST_ACTORS = 24
"""More cannot be told apart on a page: those with the most reports are drawn."""

FEWEST = 9
LABEL = 92.0
"""Points that a line of a label may take."""

TOP = 46.0
CLEAR = 15.0
"""Points between a line and the middle of an actor that it does not lead to."""

ROUNDS = 40
ROOM = TALLEST - 200
"""Points of height that a network may take beside its title, legend and caption."""

TONES = ("cooperation", "conflict", "neutral")
LOOKS: Mapping[str, tuple[str, object]] = {
    "cooperation": (BLUE, "solid"),
    "conflict": (RED, (0, (3.2, 1.6))),
    "neutral": (GREY, (0, (0.8, 1.8))),
}
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Tie:
    """What joins two actors in one tone: how many independent reports, and who acts on whom as pairs of ids."""

    ends: tuple[str, str]
    tone: str
    reports: int
    acts: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor: where it stands, its radius in points, and the lines of its label."""

    at: Point
    radius: float
    label: tuple[str, ...]
    central: bool


def draw(found: Seen) -> tuple[Sheet, float]:
    """Return the sheet of the network and its height in points."""
    ties = _ties(found.events)
    if not ties:
        return empty(_title(found), found, NOTHING_BETWEEN)
    drawn, dots, bottom = _placed(found, ties)
    sheet = headed(_title(found), found)
    beside = _beside(drawn)
    for tie in drawn:
        _draw_tie(sheet, tie, dots, beside[tie.ends].index(tie.tone) - (len(beside[tie.ends]) - 1) / 2)
    for dot in dots.values():
        _draw_dot(sheet, dot)
    bottom = _legend(sheet, bottom + 8, drawn)
    return sheet, caption(sheet, bottom + 6, _shows(found, ties, dots), found)


def _title(found: Seen) -> str:
    middle = center(found)
    return f"With whom {names(found, middle)} had to do" if middle else "Who had to do with whom"


def _ties(events: Sequence[Happening]) -> list[Tie]:
    reports: Counter[Key] = Counter()
    acts: dict[Key, set[tuple[str, str]]] = defaultdict(set)
    for event in events:
        for source, target in dyads(event):
            one, other = source.party.id, target.party.id
            if one != other:
                key = (min(one, other), max(one, other), tone_of(event.quad))
                reports[key] += max(event.corroboration, 1)
                acts[key] |= set() if event.symmetric else {(one, other)}
    return [Tie(key[:2], key[2], reports[key], frozenset(acts[key])) for key in sorted(reports)]


def _placed(found: Seen, ties: Sequence[Tie]) -> tuple[list[Tie], dict[str, Dot], float]:
    """Return the ties to draw, their actors where they stand, and where these end: as many as the page has room for."""
    most = MOST_ACTORS
    while True:
        chosen = _chosen(ties, center(found), most)
        drawn = [tie for tie in ties if set(tie.ends) <= chosen]
        dots, bottom = _dots(found, drawn)
        if bottom <= TOP + ROOM or most <= FEWEST:
            return drawn, dots, bottom
        most -= 3


def _chosen(ties: Sequence[Tie], middle: Sequence[str], most: int) -> set[str]:
    """Return the actors to draw: those of the ties to the middle, then of those with the most reports, none alone."""
    order = sorted(ties, key=lambda tie: (set(middle).isdisjoint(tie.ends), -tie.reports, tie.ends))
    chosen: set[str] = set()
    for tie in order:
        if len(chosen | set(tie.ends)) <= max(most, 2):
            chosen |= set(tie.ends)
    return chosen


def _beside(ties: Sequence[Tie]) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tie in sorted(ties, key=lambda tie: TONES.index(tie.tone)):
        found[tie.ends].append(tie.tone)
    return found


def _dots(found: Seen, ties: Sequence[Tie]) -> tuple[dict[str, Dot], float]:
    """Return the actors where they stand, and where the last one ends."""
    parties = {party.id: party.name for event in found.events for party in event.parties}
    weights: Counter[str] = Counter()
    for tie in ties:
        weights.update(dict.fromkeys(tie.ends, tie.reports))
    labels = {actor: tuple(wrapped(parties[actor], LABEL, most=2)) for actor in weights}
    radii = {actor: min(3.5 + 1.1 * sqrt(weights[actor]), 10.0) for actor in weights}
    sizes = {actor: _size(labels[actor], radii[actor]) for actor in weights}
    ends = sorted({tie.ends for tie in ties})
    places, height = _fitted(_laid(ends, sizes), ends, sizes)
    middle = center(found)
    dots = {
        actor: Dot((x, y + radii[actor] - sizes[actor][1] / 2), radii[actor], labels[actor], actor in middle)
        for actor, (x, y) in places.items()
    }
    return dots, TOP + height


def _size(label: Sequence[str], radius: float) -> Size:
    across = max(*(wide(line) for line in label), 2 * radius)
    return across + 6, 2 * radius + len(label) * SMALL * LINE + 8


def _laid(ends: Iterable[tuple[str, str]], sizes: Mapping[str, Size]) -> dict[str, Point]:
    from networkx import Graph

    graph = Graph()
    graph.add_nodes_from(sorted(sizes))
    graph.add_edges_from(ends)
    return positions(graph, sizes)


def _fitted(
    places: Mapping[str, Point], ends: Sequence[tuple[str, str]], sizes: Mapping[str, Size]
) -> tuple[dict[str, Point], float]:
    """Return places squeezed into the width of the sheet, no label over another, and how tall they are together."""
    across = [x for x, _ in places.values()]
    left, right = min(across), max(across)
    widest = max(width for width, _ in sizes.values())
    room = WIDTH - 2 * MARGIN - widest
    ratio = min(room / (right - left), 1.0) if right > left else 1.0
    tall = max(y for _, y in places.values()) - min(y for _, y in places.values())
    down = min(110 + 16 * len(places), ROOM) / tall if tall > SMALL else 1.0
    placed = {actor: (x * ratio, y * down) for actor, (x, y) in places.items()}
    for _ in range(ROUNDS):
        placed = _inside(kept_apart(_beside_lines(placed, ends), sizes), sizes)
    for _ in range(ROUNDS):
        placed = _inside(kept_apart(placed, sizes), sizes)
    return _moved(placed, sizes)


def _beside_lines(places: Mapping[str, Point], ends: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return places with those moved aside that a line between two others would run through."""
    found = dict(places)
    for one, other in ends:
        (ax, ay), (bx, by) = places[one], places[other]
        length = hypot(bx - ax, by - ay) or 1.0
        dx, dy = (bx - ax) / length, (by - ay) / length
        for actor, (x, y) in places.items():
            along, aside = (x - ax) * dx + (y - ay) * dy, (y - ay) * dx - (x - ax) * dy
            if actor not in (one, other) and 0 < along < length and abs(aside) < CLEAR:
                step = (CLEAR - abs(aside)) / 2 * (1 if aside >= 0 else -1)
                found[actor] = (found[actor][0] - dy * step, found[actor][1] + dx * step)
    return found


def _inside(places: Mapping[str, Point], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Return places with those beyond the sides of the sheet brought back, the middle of all kept in its middle."""
    left = min(x - sizes[actor][0] / 2 for actor, (x, _) in places.items())
    right = max(x + sizes[actor][0] / 2 for actor, (x, _) in places.items())
    shift, edge = WIDTH / 2 - (left + right) / 2, WIDTH - MARGIN
    found = {}
    for actor, (x, y) in places.items():
        half = sizes[actor][0] / 2
        found[actor] = (min(max(x + shift, MARGIN + half), edge - half), y)
    return found


def _moved(places: Mapping[str, Point], sizes: Mapping[str, Size]) -> tuple[dict[str, Point], float]:
    top = min(y - sizes[actor][1] / 2 for actor, (_, y) in places.items())
    bottom = max(y + sizes[actor][1] / 2 for actor, (_, y) in places.items())
    return {actor: (x, y - top + TOP) for actor, (x, y) in places.items()}, bottom - top


def _draw_tie(sheet: Sheet, tie: Tie, dots: Mapping[str, Dot], offset: float) -> None:
    one, other = (dots[end] for end in tie.ends)
    across, down = other.at[0] - one.at[0], other.at[1] - one.at[1]
    length = hypot(across, down) or 1.0
    way = (across / length, down / length)
    side = (-way[1] * offset * 5, way[0] * offset * 5)
    backward = (-way[0], -way[1])
    ends = [
        _end(sheet, tie, dot, target, (side, along))
        for dot, target, along in ((one, tie.ends[0], way), (other, tie.ends[1], backward))
    ]
    colour, dashes = LOOKS[tie.tone]
    caps = {"dash_capstyle": "butt", "solid_capstyle": "butt"}
    sheet.line(ends, colour=colour, width=_width(tie.reports), linestyle=dashes, **caps)


def _end(sheet: Sheet, tie: Tie, dot: Dot, target: str, course: tuple[Point, Point]) -> Point:
    """Return where a line ends at an actor, and draw the head of an arrow there where it leads to that actor."""
    side, (dx, dy) = course
    width, gap = _width(tie.reports), _gap(dot, side, (dx, dy))
    x, y = dot.at[0] + side[0], dot.at[1] + side[1]
    tip = (x + dx * gap, y + dy * gap)
    if not any(act[1] == target for act in tie.acts):
        return tip
    size, half = 4.5 + width, 2 + width * 0.6
    foot = (tip[0] + dx * size, tip[1] + dy * size)
    wings = [(foot[0] - dy * half, foot[1] + dx * half), (foot[0] + dy * half, foot[1] - dx * half)]
    sheet.polygon([tip, *wings], colour=LOOKS[tie.tone][0])
    return foot


def _gap(dot: Dot, side: Point, way: Point) -> float:
    """Return how far from the middle of an actor a line begins that leaves neither through the dot nor its label."""
    half, tall = max(wide(line) for line in dot.label) / 2 + 2, len(dot.label) * SMALL * LINE
    around = ((side[0], way[0], -half, half), (side[1], way[1], dot.radius + 1, dot.radius + 3 + tall))
    enter, leave = 0.0, 1e9
    for start, step, low, high in around:
        if abs(step) < 1e-9:
            if not low < start < high:
                return dot.radius + 1.5
            continue
        first, last = sorted(((low - start) / step, (high - start) / step))
        enter, leave = max(enter, first), min(leave, last)
    return max(dot.radius + 1.5, leave if enter < leave else 0.0)


def _width(reports: int) -> float:
    return min(0.9 + 0.7 * log2(reports), 4.5)


def _draw_dot(sheet: Sheet, dot: Dot) -> None:
    sheet.circle(dot.at, dot.radius, colour=INK if dot.central else PALE, edgecolor=INK, linewidth=0.8)
    x, y = dot.at[0], dot.at[1] + dot.radius + 2
    for number, line in enumerate(dot.label):
        top = y + number * SMALL * LINE
        half = wide(line) / 2
        sheet.box((x - half - 1, top), 2 * half + 2, SMALL * LINE, colour="white", alpha=0.75)
        sheet.text((x, top), line, align="center", fontweight="bold" if dot.central else "normal")


def _legend(sheet: Sheet, top: float, ties: Sequence[Tie]) -> float:
    x = MARGIN
    for tone in sorted({tie.tone for tie in ties}, key=TONES.index):
        colour, dashes = LOOKS[tone]
        sheet.line([(x, top + 5), (x + 30, top + 5)], colour=colour, width=2, linestyle=dashes, dash_capstyle="butt")
        sheet.text((x + 35, top), tone)
        x += 35 + wide(tone) + 16
    for reports in _steps(max(tie.reports for tie in ties)):
        sheet.line([(x, top + 5), (x + 22, top + 5)], colour=INK, width=_width(reports), solid_capstyle="butt")
        words = counted(reports, "report")
        sheet.text((x + 27, top), words)
        x += 27 + wide(words) + 14
    return top + SMALL * LINE


def _steps(most: int) -> Iterator[int]:
    yield from sorted({1, max(round(sqrt(most)), 1), most})


def _shows(found: Seen, ties: Sequence[Tie], dots: Mapping[str, Dot]) -> list[str]:
    actors = {end for tie in ties for end in tie.ends}
    rest = len(actors) - len(dots)
    alone = sum(not any(True for _ in dyads(event)) for event in found.events)
    told = [
        "Lines join actors who take part in the same event, arrows lead to whom something was done. The more outlets "
        "report such events independently, the wider the line; blue and solid: cooperation, red and dashed: conflict, "
        "grey and dotted: neither."
    ]
    if rest:
        told.append(f"{counted(len(dots), 'actor')} with the most reports; {counted(rest, 'other')} left out.")
    if alone:
        told.append(f"{counted(alone, 'event')} with one actor alone: not drawn.")
    return [" ".join(told)]
