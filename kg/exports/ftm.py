"""FollowTheMoney: actors, articles, events and links as entities, one JSON object a line, for Aleph."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, BinaryIO

from kg.asking.parts import Happening, Paper, Part, Party
from kg.exports._clean import as_json, is_qid, one_line
from kg.exports.network import dyads, sentences
from kg.model import digest

_SCHEMATA = {"person": "Person", "state": "PublicBody", "government": "PublicBody"}
_TOPICS = {"government": "gov", "igo": "gov.igo", "party": "pol.party"}
_WEB = re.compile(r"https?://[A-Za-z0-9][^\s\"<>]*", re.ASCII)
_LANGUAGES = {"en": "eng"}
LONGEST_NAME = 350
LONGEST_LINE = 1_000
LONGEST_TEXT = 60_000
"""Code points that are kept of a value; FollowTheMoney refuses longer ones."""

Entity = dict[str, Any]


def write(part: Part, out: BinaryIO) -> None:
    """Write each actor and article once, before the first event that needs it, then the event and its links.

    An id is `kg-`, the kind of entity and 32 hex digits of the SHA-256 of kg's own id.
    """
    seen: set[str] = set()
    for event in part.events():
        for entity in _entities(event):
            if entity["id"] not in seen:
                if entity["schema"] not in ("Event", "UnknownLink"):
                    seen.add(entity["id"])
                out.write(as_json(entity).encode() + b"\n")


def _entities(event: Happening) -> Iterator[Entity]:
    for party in (*event.parties, *(voice.party for voice in event.voices)):
        yield _actor(party)
    for telling in event.tellings:
        yield _article(telling.paper)
    yield _happened(event)
    for number, (source, target) in enumerate(dyads(event)):
        ends = {"subject": [_id("actor", source.party.id)], "object": [_id("actor", target.party.id)]}
        yield _entity("link", f"{event.id} {number}", "UnknownLink", {**ends, "role": [event.words], **_told(event)})


def _actor(party: Party) -> Entity:
    schema = _SCHEMATA.get(party.kind, "Organization")
    found = {
        "name": [party.name],
        "country": [_countries().get(party.country, "")],
        "wikidataId": [party.qid if is_qid(party.qid) else ""],
        "topics": [_TOPICS.get(party.kind, "")],
    }
    return _entity("actor", party.id, schema, found)


def _article(paper: Paper) -> Entity:
    found = {
        "title": [paper.headline or paper.id],
        "sourceUrl": _addresses([paper.url]),
        "publisher": [paper.outlet],
        "publishedAt": [_utc(paper.published)],
        "language": [_LANGUAGES.get(paper.language[:2].lower(), "")],
    }
    return _entity("article", paper.id, "Article", found)


def _happened(event: Happening) -> Entity:
    roles = ((*event.sources, *event.targets), ()) if event.symmetric else (event.sources, event.targets)
    doers, others = (", ".join(dict.fromkeys(role.party.name for role in side)) for side in roles)
    codes = [event.type, event.mode, event.cameo, event.modality, *event.contexts]
    found = {
        "name": [" – ".join(filter(None, (doers, event.words, others)))],
        "location": [event.scene.name if event.scene else ""],
        "country": [_countries().get(event.scene.country, "") if event.scene else ""],
        "involved": [_id("actor", party.id) for party in event.parties],
        "keywords": [*codes, *(subject.name for subject in event.subjects)],
        "notes": [f"{voice.stance}: {voice.party.name}" for voice in event.voices],
        "summary": sentences(event),
        **_told(event),
    }
    return _entity("event", event.id, "Event", found)


def _told(event: Happening) -> dict[str, list[str]]:
    """Return what events and links have in common: days, sources, and the modality."""
    papers = [telling.paper for telling in event.tellings]
    return {
        "startDate": [event.first],
        "endDate": [event.last],
        "description": [f"{event.type}, {event.modality}"],
        "recordId": [event.id],
        "proof": [_id("article", paper.id) for paper in papers],
        "publisher": [paper.outlet for paper in papers],
        "sourceUrl": _addresses(paper.url for paper in papers),
    }


def _entity(kind: str, own: str, schema: str, values: Mapping[str, Iterable[str]]) -> Entity:
    """Return an entity with the values that are known, each once and no longer than FollowTheMoney takes."""
    found = {
        name: list(dict.fromkeys(_kept(name, text) for text in texts if text and _fits(name, text)))
        for name, texts in values.items()
    }
    return {"id": _id(kind, own), "schema": schema, "properties": {name: each for name, each in found.items() if each}}


def _fits(name: str, text: str) -> bool:
    """Whether a text may stand: an address that is cut leads elsewhere."""
    return name != "sourceUrl" or len(text) <= LONGEST_LINE


def _kept(name: str, text: str) -> str:
    line = " ".join(one_line(text).split())
    return line[: {"name": LONGEST_NAME, "summary": LONGEST_TEXT}.get(name, LONGEST_LINE)]


def _id(kind: str, own: str) -> str:
    return f"kg-{kind}-{digest(own)[:32]}"


def _addresses(urls: Iterable[str]) -> list[str]:
    return [url for url in urls if _WEB.fullmatch(url)]


def _utc(published: str) -> str:
    """Return a date as it is, a date-time in UTC without its offset, which FollowTheMoney does not know."""
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return ""
    if "T" not in published and " " not in published:
        return published
    return (moment.astimezone(UTC) if moment.tzinfo else moment).replace(tzinfo=None).isoformat(timespec="seconds")


@cache
def _countries() -> Mapping[str, str]:
    """Return ISO 3166-1 alpha-2 codes by alpha-3, from the table by which kg reads FollowTheMoney."""
    raw = tomllib.loads((files("kg.knowledge") / "follow_the_money.toml").read_text("utf-8"))
    return {long: short for short, long in raw["countries"].items()}
