"""A part of the graph as a network of actors: an edge for each event between two of them."""

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import TYPE_CHECKING

from kg.asking.parts import Happening, Part, Role
from kg.model import short_id

if TYPE_CHECKING:
    from networkx import MultiDiGraph

Attribute = str | float | bool


def network(part: Part) -> "MultiDiGraph":
    """Return the events between actors as a `networkx.MultiDiGraph`, sorted, all attributes scalars.

    Nodes are actor ids with label, kind, country and qid; edges run from source to target, or between any two parties
    of a symmetric event in the order of their names; events with one actor have no edge. What is not known is an empty
    text; scores that are not known are left out.
    """
    from networkx import MultiDiGraph

    graph = MultiDiGraph(made_with=part.made_with, selection=part.selection)
    actors: dict[str, dict[str, Attribute]] = {}
    edges = []
    for event in part.events():
        attributes = _attributes(event)
        for source, target in dyads(event):
            for role in (source, target):
                party = role.party
                known = {"country": party.country, "qid": party.qid}
                actors.setdefault(party.id, {"label": party.name, "kind": party.kind, **known})
            ends = (source.party.id, target.party.id)
            edges.append((*ends, short_id(event.id, *ends), attributes | _codes(source, target)))
    graph.add_nodes_from((key, actors[key]) for key in sorted(actors))
    graph.add_edges_from(edges)
    return graph


def dyads(event: Happening) -> Iterator[tuple[Role, Role]]:
    """Yield each source with each target; of a symmetric event any two parties, in the order of their names."""
    if event.symmetric:
        roles = {role.party.id: role for role in (*event.targets, *event.sources)}
        parties = sorted(roles.values(), key=lambda role: (role.party.name, role.party.id))
        return combinations(parties, 2)
    return product(event.sources, event.targets)


def _codes(source: Role, target: Role) -> dict[str, Attribute]:
    return {"source_code": source.cameo, "target_code": target.cameo}


def _attributes(event: Happening) -> dict[str, Attribute]:
    papers = [telling.paper for telling in event.tellings]
    scores = {"goldstein": event.goldstein, "plover_score": event.plover_score}
    return {
        "label": event.words,
        "event_type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "quad": event.quad,
        **{name: score for name, score in scores.items() if score is not None},
        "symmetric": event.symmetric,
        "date": event.date,
        "date_first": event.first,
        "date_last": event.last,
        "modality": event.modality,
        "place": event.scene.name if event.scene else "",
        "topics": joined(subject.name for subject in event.subjects),
        "according_to": joined(sorted(voice.party.name for voice in event.voices)),
        "outlet": joined(paper.outlet for paper in papers),
        "headline": papers[0].headline,
        "url": papers[0].url,
        "evidence": "\n".join(sentences(event)),
        "corroboration": event.corroboration,
        "judged": event.judged,
        "article": event.article,
        "event": event.event_id,
        "confidence": event.confidence,
    }


def sentences(event: Happening) -> list[str]:
    """Return the sentences that tell of an event, each once and in one line."""
    told = (quote.text for telling in event.tellings for quote in telling.quotes)
    return list(dict.fromkeys(" ".join(text.split()) for text in told))


def joined(texts: Iterable[str]) -> str:
    """Return texts joined by `; `, each once, empty ones left out."""
    return "; ".join(dict.fromkeys(filter(None, texts)))
