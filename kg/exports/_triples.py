"""Events as RDF: the Simple Event Model, PROV-O for who vouches, Web Annotation for the sentences that tell.

SEM: van Hage et al., Design and use of the Simple Event Model, 2011. An IRI is `urn:kg:`, the kind of thing, a colon
and its id, percent-encoded but for letters, digits and `-._~`. There are no blank nodes: graphs can be joined.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.asking.parts import Happening, Paper, Part, Party, Quote, Role, Scene, Subject, Telling, Voice
from kg.exports._clean import blanked, is_qid
from kg.exports._missing import missing
from kg.model import short_id

if TYPE_CHECKING:
    from rdflib import Graph, URIRef
    from rdflib.term import Identifier

    Triple = tuple[URIRef, URIRef, Identifier]

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "kg": "urn:kg:vocabulary#",
    "oa": "http://www.w3.org/ns/oa#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Every namespace that stands in what is written, by its prefix."""

_WIKIDATA = "http://www.wikidata.org/entity/"
_WEB = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_CLASSES = {
    "person": "foaf:Person",
    "group": "foaf:Group",
    "state": "schema:Country",
    "government": "schema:GovernmentOrganization",
}


@dataclass(slots=True)
class Seen:
    """The IRIs of what was described already: actors, articles, places, topics and types are described once."""

    iris: set[str] = field(default_factory=set)

    def first(self, iri: str) -> bool:
        """Tell whether an IRI comes for the first time, and remember it."""
        if iri in self.iris:
            return False
        self.iris.add(iri)
        return True


def graphs(part: Part) -> Iterator["Graph"]:
    """Yield the triples of a part, event by event, after those that tell what was written.

    Raises KgError where rdflib is not installed.
    """
    seen = Seen()
    yield _graph(_heading(part))
    for event in part.events():
        yield _graph(_event(event, seen))


def iri(kind: str, *ids: str) -> str:
    """Return the IRI of a thing."""
    return ":".join(("urn:kg", kind, *(quote(each, safe="", errors="replace") for each in ids)))


@dataclass(frozen=True, slots=True)
class _Node:
    iri: str


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    type: str = ""


_Value = _Node | _Text
_Statement = tuple[str, str, _Value]


def _graph(statements: Iterator[_Statement]) -> "Graph":
    try:
        from rdflib import Graph, Literal, Namespace, URIRef
    except ImportError as error:
        raise missing("rdflib", "rdf") from error
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in NAMES.items():
        graph.bind(prefix, Namespace(namespace))
    for subject, predicate, value in statements:
        if isinstance(value, _Node):
            found: Identifier = URIRef(_full(value.iri))
        else:
            kind = URIRef(_full(value.type)) if value.type else None
            found = Literal(blanked(value.text), datatype=kind, normalize=False)
        graph.add((URIRef(subject), URIRef(_full(predicate)), found))
    return graph


def _full(name: str) -> str:
    """Return the IRI that a prefixed name stands for; other IRIs stay."""
    prefix, _, local = name.partition(":")
    return NAMES[prefix] + local if prefix in NAMES and not local.startswith("//") else name


def _texts(subject: str, **values: str) -> Iterator[_Statement]:
    """Yield a literal for each value that is known; the key is a name of kg's own vocabulary."""
    return ((subject, f"kg:{name}", _Text(text)) for name, text in values.items() if text)


def _decimal(number: float) -> _Text:
    """Return a number as xsd:decimal, which knows no exponents."""
    return _Text(format(Decimal(repr(float(number))), "f"), "xsd:decimal")


def _heading(part: Part) -> Iterator[_Statement]:
    about = iri("export", short_id(part.selection, part.made_with))
    yield about, "rdf:type", _Node("prov:Entity")
    yield about, "dcterms:description", _Text(part.selection or "facts")
    yield about, "dcterms:provenance", _Text(part.made_with)


def _event(event: Happening, seen: Seen) -> Iterator[_Statement]:
    own = iri("event", event.id)
    yield own, "rdf:type", _Node("sem:Event")
    yield own, "rdfs:label", _Text(event.words)
    yield from _coded(own, event, seen)
    yield from _when(own, event)
    for side, roles in (("source", event.sources), ("target", event.targets)):
        for number, role in enumerate(roles):
            yield from _role(own, iri("role", event.id, side, str(number)), side, role)
            yield from _actor(role.party, seen)
    for number, voice in enumerate(event.voices):
        yield from _voice(own, iri("voice", event.id, str(number)), voice)
        yield from _actor(voice.party, seen)
    for subject in event.subjects:
        yield from _topic(own, subject, seen)
    if event.scene:
        yield from _place(own, event.scene, seen)
    for telling in event.tellings:
        yield from _telling(own, event.id, telling, seen)
    for name, others in (
        ("kg:about", event.about),
        ("sem:subEventOf", event.within),
        ("kg:contradicts", event.against),
    ):
        for other in others:
            yield own, name, _Node(iri("event", other))


def _coded(own: str, event: Happening, seen: Seen) -> Iterator[_Statement]:
    kind = iri("type", event.type)
    yield own, "sem:eventType", _Node(kind)
    if seen.first(kind):
        yield kind, "rdf:type", _Node("sem:EventType")
        yield kind, "rdfs:label", _Text(event.type)
    yield from _texts(
        own,
        mode=event.mode,
        cameo=event.cameo,
        quad=event.quad,
        modality=event.modality,
        rule=event.rule,
        standing=event.standing,
        judged=event.judged,
        eventId=event.event_id,
    )
    yield from ((own, "kg:context", _Text(context)) for context in event.contexts)
    numbers = {"goldstein": event.goldstein, "ploverScore": event.plover_score, "confidence": event.confidence}
    for name, number in numbers.items():
        if number is not None:
            yield own, f"kg:{name}", _decimal(number)
    yield own, "kg:corroboration", _Text(str(event.corroboration), "xsd:integer")
    yield own, "kg:symmetric", _Text("true" if event.symmetric else "false", "xsd:boolean")


def _when(own: str, event: Happening) -> Iterator[_Statement]:
    for name, day in (("sem:hasBeginTimeStamp", event.first), ("sem:hasEndTimeStamp", event.last)):
        if day:
            yield own, name, _Text(day, "xsd:date")
    yield from _texts(own, dateText=event.date_text)


def _role(own: str, role: str, side: str, held: Role) -> Iterator[_Statement]:
    actor = _Node(iri("actor", held.party.id))
    yield own, "sem:hasActor", actor
    yield own, f"kg:{side}", actor
    yield own, "kg:role", _Node(role)
    yield role, "rdf:type", _Node("sem:Role")
    yield role, "rdf:value", actor
    yield role, "sem:roleType", _Node(f"kg:{side.title()}")
    yield from _texts(role, actorCode=held.cameo)


def _actor(party: Party, seen: Seen) -> Iterator[_Statement]:
    own = iri("actor", party.id)
    if not seen.first(own):
        return
    for kind in ("sem:Actor", "prov:Agent", _CLASSES.get(party.kind, "foaf:Organization")):
        yield own, "rdf:type", _Node(kind)
    yield own, "rdfs:label", _Text(party.name)
    yield from _texts(own, kind=party.kind, country=party.country)
    if is_qid(party.qid):
        yield own, "owl:sameAs", _Node(_WIKIDATA + party.qid)


def _voice(own: str, voice: str, told: Voice) -> Iterator[_Statement]:
    actor = _Node(iri("actor", told.party.id))
    yield own, "prov:qualifiedAttribution", _Node(voice)
    yield voice, "rdf:type", _Node("prov:Attribution")
    yield voice, "rdf:type", _Node("sem:View")
    yield voice, "prov:agent", actor
    yield voice, "sem:accordingTo", actor
    yield voice, "kg:inArticle", _Node(iri("article", told.article))
    yield from _texts(voice, stance=told.stance)
    if told.statement:
        yield voice, "kg:statement", _Node(iri("statement", told.statement))


def _topic(own: str, subject: Subject, seen: Seen) -> Iterator[_Statement]:
    topic = iri("topic", subject.id)
    yield own, "dcterms:subject", _Node(topic)
    if seen.first(topic):
        yield topic, "rdf:type", _Node("skos:Concept")
        yield topic, "skos:prefLabel", _Text(subject.name)


def _place(own: str, scene: Scene, seen: Seen) -> Iterator[_Statement]:
    place = iri("place", scene.id)
    yield own, "sem:hasPlace", _Node(place)
    if not seen.first(place):
        return
    yield place, "rdf:type", _Node("sem:Place")
    yield place, "rdfs:label", _Text(scene.name)
    yield from _texts(place, country=scene.country)
    if scene.lat is not None and scene.lon is not None:
        yield place, "rdf:type", _Node("geo:SpatialThing")
        yield place, "geo:lat", _decimal(scene.lat)
        yield place, "geo:long", _decimal(scene.lon)


def _telling(own: str, event: str, telling: Telling, seen: Seen) -> Iterator[_Statement]:
    article = iri("article", telling.paper.id)
    yield own, "prov:wasDerivedFrom", _Node(article)
    yield from _article(article, telling.paper, seen)
    for told in telling.quotes:
        note = iri("evidence", event, short_id(telling.paper.id), f"{told.start}-{told.end}")
        yield note, "rdf:type", _Node("oa:Annotation")
        yield note, "oa:motivatedBy", _Node("oa:identifying")
        yield note, "oa:hasBody", _Node(own)
        yield note, "oa:hasTarget", _Node(f"{note}:target")
        yield from _texts(note, modality=telling.modality, date=telling.date)
        yield note, "kg:confidence", _decimal(telling.confidence)
        yield from _target(f"{note}:target", article, told)


def _target(target: str, article: str, told: Quote) -> Iterator[_Statement]:
    """Yield the sentence of an article by position and by wording, and the triggers by their position within it."""
    position, wording = f"{target}:position", f"{target}:quote"
    yield target, "rdf:type", _Node("oa:SpecificResource")
    yield target, "oa:hasSource", _Node(article)
    yield target, "oa:hasSelector", _Node(position)
    yield target, "oa:hasSelector", _Node(wording)
    yield from _span(position, told.start, told.end)
    yield wording, "rdf:type", _Node("oa:TextQuoteSelector")
    yield wording, "oa:exact", _Text(told.text)
    for start, end, word in told.words:
        trigger = f"{target}:trigger:{start}-{end}"
        yield position, "oa:refinedBy", _Node(trigger)
        yield from _span(trigger, start - told.start, end - told.start)
        yield trigger, "rdfs:label", _Text(word)


def _span(selector: str, start: int, end: int) -> Iterator[_Statement]:
    yield selector, "rdf:type", _Node("oa:TextPositionSelector")
    yield selector, "oa:start", _Text(str(start), "xsd:nonNegativeInteger")
    yield selector, "oa:end", _Text(str(end), "xsd:nonNegativeInteger")


def _article(own: str, paper: Paper, seen: Seen) -> Iterator[_Statement]:
    if not seen.first(own):
        return
    yield own, "rdf:type", _Node("schema:NewsArticle")
    yield own, "rdf:type", _Node("prov:Entity")
    yield own, "dc:identifier", _Text(paper.id)
    named = {"dcterms:title": paper.headline, "dc:publisher": paper.outlet, "dc:language": paper.language}
    yield from ((own, name, _Text(text)) for name, text in named.items() if text)
    if paper.published:
        yield own, "dcterms:issued", _Text(paper.published, _type_of(paper.published))
    if paper.url:
        yield own, "schema:url", _Node(paper.url) if _WEB.fullmatch(paper.url) else _Text(paper.url)
    yield from _texts(own, sha256=paper.sha256)
    if paper.copy_of:
        yield own, "kg:copyOf", _Node(iri("article", paper.copy_of))


def _type_of(moment: str) -> str:
    if _MOMENT.fullmatch(moment):
        return "xsd:dateTime"
    return "xsd:date" if _DAY.fullmatch(moment) else ""
