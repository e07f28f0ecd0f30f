"""Questions are measured on a graph that every one of them finds something in."""

import pytest

from bench import queries as measuring
from bench._many import HUB, writes
from kg.asking.questions import queries
from kg.model import Label
from kg.stores.kglite_graph import Graph


def graph(events: int, *, hub: bool = False) -> Graph:
    found = Graph.new()
    for write in writes(events, hub=hub):
        found.write(write)
    return found


def count(found: Graph, text: str) -> object:
    return found.query(text, {}, limit=1, timeout=None).rows[0][0]


def test_every_question_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("EVENTS", "2000"), ("TIMES", "4"), ("STORES", "embedded")):
        monkeypatch.setenv(f"KG_QUERIES_{name}", value)
    figures = measuring.measure()
    assert figures["events"] == 2000
    for query in queries():
        middle, most = map(float, str(figures[f"embedded {query.name}"]).split())
        assert 0 < middle <= most


def test_graph_of_many_events_holds_as_many_with_their_pairs() -> None:
    found = graph(2_000)
    assert (found.count(Label.EVENT), found.count(Label.ARTICLE), found.count(Label.STATEMENT)) == (2_000, 400, 400)
    assert count(found, "MATCH (:Event)-[r:BETWEEN]->(:Dyad) RETURN count(r) AS n") == 2_000
    assert count(found, "MATCH (e:Event) RETURN count(DISTINCT e.event_type) AS n") == 19
    assert 0 < count(found, "MATCH (e:Event {span: 372}) RETURN count(e) AS n") < 100


def test_hub_takes_part_in_every_event() -> None:
    found = graph(1_000, hub=True)
    text = f"MATCH (:Actor {{id: '{HUB}'}})-[:SOURCE_OF|TARGET_OF]->(e:Event) RETURN count(DISTINCT e.id) AS n"
    assert count(found, text) == 1_000
