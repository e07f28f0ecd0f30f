"""Turtle and JSON-LD: the same triples, in the words of SEM, PROV-O and Web Annotation."""

import json
import sys
from itertools import pairwise

import pytest
from exports import hostile
from exports.test_formats import written
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, OWL, PROV, RDF, RDFS, XSD

from kg.asking.parts import Part, read
from kg.errors import KgError
from kg.exports._triples import NAMES
from kg.stores.base import Store

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's reader of JSON-LD uses it

SEM, OA, KG, GEO = (Namespace(NAMES[name]) for name in ("sem", "oa", "kg", "geo"))


def parsed(name: str, part: Part) -> Graph:
    return Graph().parse(data=written(name, part), format={"turtle": "turtle", "jsonld": "json-ld"}[name])


@pytest.fixture(scope="module")
def graph(part: Part) -> Graph:
    return parsed("turtle", part)


@pytest.fixture(scope="module")
def meeting(embedded: Store) -> URIRef:
    (event,) = read(embedded, [("harbour-post/1", "e1")])
    return URIRef(f"urn:kg:event:{event.id.replace(':', '%3A')}")


@pytest.mark.parametrize("which", ["part", "hostile_part", "seeds_part", "nothing"])
def test_both_hold_the_same_triples(request: pytest.FixtureRequest, which: str) -> None:
    part: Part = request.getfixturevalue(which)
    turtle, jsonld = parsed("turtle", part), parsed("jsonld", part)
    assert len(turtle) >= 3
    assert not any(isinstance(term, BNode) for triple in turtle for term in triple)  # so that the sets can be compared
    assert set(turtle) == set(jsonld)


def test_every_event_and_its_days_are_there(part: Part, graph: Graph) -> None:
    assert len(set(graph.subjects(RDF.type, SEM.Event))) == len(part.ids)
    for event in part.events():
        own = URIRef(f"urn:kg:event:{event.id.replace(':', '%3A')}")
        days = [graph.value(own, name) for name in (SEM.hasBeginTimeStamp, SEM.hasEndTimeStamp)]
        assert days == [Literal(day, datatype=XSD.date) if day else None for day in (event.first, event.last)]
        assert graph.value(own, SEM.eventType) == URIRef(f"urn:kg:type:{event.type}")
        assert str(graph.value(own, KG.modality)) == event.modality


def test_event_has_actors_roles_and_place(graph: Graph, meeting: URIRef) -> None:
    assert set(graph.objects(meeting, SEM.hasActor)) == {
        URIRef("urn:kg:actor:donald-trump"),
        URIRef("urn:kg:actor:vladimir-putin"),
    }
    roles = {
        (graph.value(role, SEM.roleType), graph.value(role, RDF.value), str(graph.value(role, KG.actorCode)))
        for role in graph.objects(meeting, KG.role)
    }
    assert roles == {
        (KG.Source, URIRef("urn:kg:actor:donald-trump"), "USA"),
        (KG.Target, URIRef("urn:kg:actor:vladimir-putin"), "RUS"),
    }
    place = graph.value(meeting, SEM.hasPlace)
    assert str(graph.value(place, RDFS.label)) == "Helsinki"
    assert [float(str(graph.value(place, name))) for name in (GEO.lat, GEO.long)] == [60.17, 24.94]


def test_sentence_stands_at_its_offsets_and_triggers_at_theirs_within_it(embedded: Store, graph: Graph) -> None:
    texts = dict(embedded.query("MATCH (x:Article) RETURN x.id AS id, x.text AS text").rows)
    notes = list(graph.subjects(RDF.type, OA.Annotation))
    assert notes
    for note in notes:
        target = graph.value(note, OA.hasTarget)
        text = texts[str(graph.value(graph.value(target, OA.hasSource), URIRef(NAMES["dc"] + "identifier")))]
        selectors = set(graph.objects(target, OA.hasSelector))
        (position,) = (each for each in selectors if (each, RDF.type, OA.TextPositionSelector) in graph)
        (wording,) = selectors - {position}
        sentence = text[slice(*(int(str(graph.value(position, name))) for name in (OA.start, OA.end)))]
        assert str(graph.value(wording, OA.exact)) == sentence.replace("\x0b", " ")
        triggers = list(graph.objects(position, OA.refinedBy))
        assert triggers
        for trigger in triggers:
            start, end = (int(str(graph.value(trigger, name))) for name in (OA.start, OA.end))
            assert sentence[start:end] == str(graph.value(trigger, RDFS.label))


def test_who_vouches_is_told_with_the_stance(graph: Graph, meeting: URIRef) -> None:
    voices = {
        (str(graph.value(voice, PROV.agent)), str(graph.value(voice, KG.stance)))
        for voice in graph.objects(meeting, PROV.qualifiedAttribution)
    }
    assert voices == {("urn:kg:actor:kremlin", "asserts"), ("urn:kg:actor:anatoly-antonov", "asserts")}


def test_event_is_derived_from_each_article_that_tells_of_it(graph: Graph, meeting: URIRef) -> None:
    articles = set(graph.objects(meeting, PROV.wasDerivedFrom))
    assert articles == {URIRef("urn:kg:article:northern-wire%2F7"), URIRef("urn:kg:article:harbour-post%2F1")}


def test_actor_known_to_wikidata_is_the_same_as_there(hostile_part: Part) -> None:
    same = set(parsed("turtle", hostile_part).subject_objects(OWL.sameAs))
    assert (URIRef("urn:kg:actor:rus"), URIRef("http://www.wikidata.org/entity/Q159")) in same


@pytest.mark.parametrize("name", ["turtle", "jsonld"])
def test_text_stays_text(hostile_part: Part, name: str) -> None:
    graph = parsed(name, hostile_part)
    clean = "".join(letter if letter in "\t\r\n" or letter >= " " else " " for letter in hostile.NAME)
    assert Literal(clean) in set(graph.objects(None, RDFS.label))
    assert not any(str(term).startswith("http://elsewhere.example") for triple in graph for term in triple)
    assert "\u202e" not in written(name, hostile_part).decode()


def test_iris_hold_nothing_but_plain_letters(hostile_part: Part) -> None:
    iris = {term for triple in parsed("turtle", hostile_part) for term in triple if isinstance(term, URIRef)}
    own = {str(iri) for iri in iris if iri.startswith("urn:kg:")}
    assert len(own) > 10
    assert all(iri.isascii() and not set(iri) & set(" \"'<>\\{}|^`\n\t") for iri in own)


def test_json_ld_brings_its_own_context(part: Part) -> None:
    document = json.loads(written("jsonld", part))
    assert document["@context"] == NAMES
    assert "urn:kg:actor:rus" in {node["@id"] for node in document["@graph"]}


def test_what_was_written_is_told_with_versions_and_selection(graph: Graph, part: Part) -> None:
    (export,) = (own for own in graph.subjects(RDF.type, PROV.Entity) if str(own).startswith("urn:kg:export:"))
    told = {str(graph.value(export, DCTERMS[name])) for name in ("description", "provenance")}
    assert told == {"modality all", part.made_with}


def test_prefixes_stand_at_the_top_alone(seeds_part: Part) -> None:
    lines = written("turtle", seeds_part).decode().split("\n")
    numbers = [number for number, line in enumerate(lines) if line.startswith("@prefix")]
    assert numbers == list(range(len(NAMES)))
    assert all(one < other for one, other in pairwise(numbers))


@pytest.mark.parametrize("name", ["turtle", "jsonld"])
def test_missing_library_is_told_with_the_way_out(part: Part, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, "rdflib", None)
    with pytest.raises(KgError, match=r"pip install rdflib"):
        written(name, part)
