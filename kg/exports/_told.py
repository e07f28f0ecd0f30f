"""The data of the page: what the events of a part tell, as lists and numbers that a script reads quickly."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from kg.asking.parts import Happening, Paper, Party, Quote, Scene
from kg.exports import _layout
from kg.exports._clean import clean
from kg.exports.network import dyads
from kg.knowledge.tables import tables

if TYPE_CHECKING:
    from networkx import Graph

Data = dict[str, Any]

TITLE = "Who did what to whom"
MOST_DRAWN = 5_000
"""Of more actors the page draws their communities, which open."""

LABELLED = 200
"""Of more actors the layout leaves room for dots alone, not for labels."""

LETTER = 7.0
"""Width of a letter of a label, in units of the picture."""


class _Numbers:
    """Things in the order in which they were first met, each with its number."""

    def __init__(self) -> None:
        self.things: dict[Any, int] = {}

    def of(self, thing: object) -> int:
        return self.things.setdefault(thing, len(self.things))


class _Lists:
    """What events share: parties by id, places, papers; and how many events join two parties."""

    def __init__(self) -> None:
        self.actors = _Numbers()
        self.parties: dict[str, Party] = {}
        self.places = _Numbers()
        self.papers = _Numbers()
        self.ties: Counter[tuple[int, int]] = Counter()

    def actor(self, party: Party) -> int:
        self.parties.setdefault(party.id, party)
        return self.actors.of(party.id)


def told(events: Iterable[Happening], *, selection: str = "", made_with: str = "", title: str = TITLE) -> Data:
    """Return the data of the page, to be written as JSON; what is not known is left out, as are empty lists,
    the modality `actual` and the corroboration by one outlet.

    `actors`, `places` and `papers` are lists; events name them by their numbers. An actor who has to do with another
    has `x` and `y`, units of the picture. A topic, and who vouches with the stance, are lists that end in the number of
    outlets where fewer tell of it than of the event. `quotes` holds for each event what each of its papers has:
    sentences, each a list of texts of which every second one is a trigger. Of more than `MOST_DRAWN` such actors there
    are `communities`, and each of them has the number of its `community`.
    """
    lists = _Lists()
    found, quotes = [], []
    for event in events:
        found.append(_event(event, lists))
        quotes.append([[pieces(quote) for quote in telling.quotes] for telling in event.tellings])
    countries = {row.iso3: row.name for row in tables().countries}
    actors = [_actor(party, countries) for party in lists.parties.values()]
    data = {
        "about": {"title": title, "selection": selection, "made_with": made_with},
        "actors": actors,
        "communities": _placed(actors, lists),
        "events": found,
        "papers": [_paper(paper) for paper in lists.papers.things],
        "places": [_place(place, countries) for place in lists.places.things],
        "quotes": quotes,
    }
    cleaned: Data = _without_controls(data)
    return cleaned


def _event(event: Happening, lists: _Lists) -> Data:
    for source, target in dyads(event):
        ends = lists.actor(source.party), lists.actor(target.party)
        if ends[0] != ends[1]:
            lists.ties[min(ends), max(ends)] += 1
    known = {
        "modality": event.modality if event.modality != "actual" else "",
        "corroboration": event.corroboration if event.corroboration > 1 else 0,
        "mode": event.mode,
        "first": event.first,
        "last": event.last if event.last != event.first else "",
        "symmetric": event.symmetric,
        "judged": event.judged,
        "sources": [lists.actor(role.party) for role in event.sources],
        "targets": [lists.actor(role.party) for role in event.targets],
        "topics": [[name, *_fewer(told, event)] for name, told in event.topics.items()],
        "voices": _voices(event, lists),
    }
    return {
        "id": event.id,
        "type": event.type,
        "quad": event.quad,
        **_known(known),
        **({"place": lists.places.of(event.scene)} if event.scene else {}),
        "papers": [lists.papers.of(telling.paper) for telling in event.tellings],
    }


def _voices(event: Happening, lists: _Lists) -> list[list[int | str]]:
    return [[lists.actor(party), stance, *_fewer(told, event)] for (party, stance), told in event.vouchers.items()]


def _fewer(told: int, event: Happening) -> list[int]:
    return [told] if told < event.corroboration else []


def pieces(quote: Quote) -> list[str]:
    """Return a sentence cut at its triggers: what is before the first one, the trigger, what follows, and so on."""
    found, at = [], 0
    for start, end, _ in sorted(quote.words):
        first, last = max(start - quote.start, at), min(end - quote.start, len(quote.text))
        if first < last:
            found += [quote.text[at:first], quote.text[first:last]]
            at = last
    return [*found, quote.text[at:]]


def _actor(party: Party, countries: Mapping[str, str]) -> Data:
    known = {"country": countries.get(party.country, party.country), "qid": party.qid}
    return {"id": party.id, "label": party.name, "kind": party.kind, **_known(known)}


def _paper(paper: Paper) -> Data:
    known = {"outlet": paper.outlet, "headline": paper.headline, "url": paper.url, "published": paper.published}
    return _known({**known, "copy": bool(paper.copy_of)})


def _place(scene: Scene, countries: Mapping[str, str]) -> Data:
    spot = {} if scene.lat is None or scene.lon is None else {"lat": scene.lat, "lon": scene.lon}
    return {"name": scene.name, **_known({"country": countries.get(scene.country, scene.country)}), **spot}


def _known(values: Mapping[str, Any]) -> Data:
    return {name: value for name, value in values.items() if value}


def _placed(actors: list[Data], lists: _Lists) -> list[Data]:
    """Give actors their places, and return the communities where there are so many that these are drawn."""
    graph = _graph(lists)
    if len(graph) <= _layout.MOST_SPRUNG:
        _place_actors(actors, _layout.positions(graph, _sizes(graph, actors)))
        return []
    groups = _layout.communities(graph)
    for group in groups:
        _place_actors(actors, _layout.members(group))
    return _communities(groups, actors) if len(graph) > MOST_DRAWN else []


def _graph(lists: _Lists) -> "Graph":
    from networkx import Graph

    graph = Graph()
    graph.add_nodes_from(sorted({end for ends in lists.ties for end in ends}))
    graph.add_weighted_edges_from((one, other, count) for (one, other), count in sorted(lists.ties.items()))
    return graph


def _sizes(graph: "Graph", actors: list[Data]) -> dict[int, _layout.Size]:
    labelled = len(graph) <= LABELLED
    return {
        node: (LETTER * min(len(actors[node]["label"]), 28) + 12, 40.0) if labelled else (24.0, 24.0) for node in graph
    }


def _place_actors(actors: list[Data], points: Mapping[int, _layout.Point]) -> None:
    for number, (x, y) in points.items():
        actors[number] |= {"x": round(x), "y": round(y)}


def _communities(groups: Iterable[_layout.Community], actors: list[Data]) -> list[Data]:
    found = []
    for number, group in enumerate(groups):
        for member in group.members:
            actors[member]["community"] = number
        x, y = group.middle
        first = actors[group.members[0]]["label"]
        found.append({"label": first, "members": len(group.members), "x": round(x), "y": round(y)})
    return found


def _without_controls(value: Any) -> Any:
    """Return data in which no text holds a character that browsers refuse."""
    if isinstance(value, dict):
        return {name: _without_controls(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_controls(each) for each in value]
    return clean(value)
