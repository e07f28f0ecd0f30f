"""PLOVER records, one JSON object a line, with the names of fields of its manual (version 0.7b1)."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from kg import __version__
from kg.asking.parts import Part, Role, Scene, Telling
from kg.exports._clean import as_json
from kg.exports._event_data import QUADS, UNPLOVER, Coded, code, coded
from kg.exports._event_data import left_out as left_out  # of the format too

CONTEXTS = {
    "planned": "future",
    "possible": "hypothetical",
    "requested": "hypothetical",
    "conditional": "hypothetical",
    "denied": "negation",
    "negated": "negation",
}
"""The contexts by which PLOVER tells events that did not happen, by modality."""

_WIKIDATA = "https://www.wikidata.org/wiki/"


def write(part: Part, out: BinaryIO) -> None:
    """Write a record for each event whose type is one of PLOVER and whose source is known.

    Source and recipient are lists; of a symmetric event all parties are sources, as the manual has it.
    """
    for each in coded(part):
        if each.event.type not in UNPLOVER and (each.event.sources or (each.event.symmetric and each.event.targets)):
            out.write(as_json(_record(each)).encode() + b"\n")


def _record(each: Coded) -> dict[str, Any]:
    event = each.event
    sources = (*event.sources, *event.targets) if event.symmetric else event.sources
    telling, quote = each.first
    return _known(
        id=event.id,
        date=event.first or None,
        enddate=event.last or None,
        source=_actors(each, sources),
        recipient=[] if event.symmetric else _actors(each, event.targets),
        event=[event.type],
        event_loc=_place(event.scene) if event.scene else None,
        event_text=[word for _, _, word in quote.words],
        quad_code=QUADS.get(event.quad),
        event_scale=event.plover_score,
        mode=[event.mode] if event.mode else [],
        context=[*event.contexts, *filter(None, [CONTEXTS.get(event.modality)])],
        text=quote.text,
        text_info={"sequence": quote.number + 1, "start": quote.start, "end": quote.end},
        cite_info=_citation(telling),
        coder=f"kg {__version__}",
        cameo=event.cameo,
        modality=event.modality,
        corroboration=event.corroboration,
    ) | {"date": event.first or None}


def _actors(each: Coded, roles: Iterable[Role]) -> list[dict[str, Any]]:
    distinct = {role.party.id: role for role in roles}
    return [_actor(each, role) for role in distinct.values()]


def _actor(each: Coded, role: Role) -> dict[str, Any]:
    known, words = code(role.cameo), each.words_of(role, *each.first)
    return _known(
        code=known.country or role.cameo[:3] or role.party.country,
        sector="".join([kind for kind in known.types if kind != role.cameo[:3]][:2]),
        actor_text=words.text if words else None,
        identifier_id=f"{_WIKIDATA}{role.party.qid}" if role.party.qid else None,
        identifier_text=role.party.name,
    )


def _place(scene: Scene) -> dict[str, Any]:
    return _known(name=scene.name, latitude=scene.lat, longitude=scene.lon, cc3=scene.country)


def _citation(telling: Telling) -> dict[str, Any]:
    paper = telling.paper
    return _known(
        citation=paper.id,
        url=paper.url,
        title=paper.headline,
        language=paper.language,
        publication=paper.outlet,
        date=paper.published,
    )


def _known(**values: Any) -> dict[str, Any]:
    """Return the values that are known."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}
