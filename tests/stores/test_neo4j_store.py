"""A real Neo4j as a store: its schema, other writers, and what it says when it cannot be used."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest
from neo4j_server import Server, emptied, free_port
from store_records import bare, meeting, spying

from kg.errors import SchemaError, StoreError
from kg.model import Record
from kg.stores.base import SCHEMA_VERSION
from kg.stores.contents import contents
from kg.stores.neo4j import Neo4jStore


@pytest.fixture
def server(neo4j: Server) -> Server:
    emptied(neo4j)
    return neo4j


@pytest.fixture
def store(server: Server) -> Iterator[Neo4jStore]:
    with opened(server) as store:
        yield store


def opened(server: Server, **options: Any) -> Neo4jStore:
    login = {"user": server.username, "password": server.password}
    return Neo4jStore(server.uri, **login | options)


def told(server: Server, cypher: str, **parameters: Any) -> Any:
    """Run Cypher past the store and return the values and the summary."""
    from neo4j import GraphDatabase

    with (
        GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        driver.session() as session,
    ):
        result = session.run(cypher, **parameters)
        return result.values(), result.consume()


def test_schema_is_made_once(server: Server, store: Neo4jStore) -> None:
    store.prepare()
    store.prepare()
    constraints, _ = told(server, "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type")
    assert {(label, *keys) for (label,), keys, kind in constraints if "UNIQUENESS" in kind} == {
        (label, "id")
        for label in (
            *("Article", "Sentence", "Event", "Statement", "Actor", "Topic", "Place", "Dyad"),
            *("KgMeta", "KeptAside", "KgRecord", "KgVersion"),
        )
    }
    indexes, _ = told(server, "SHOW INDEXES YIELD labelsOrTypes, properties, state WHERE labelsOrTypes IS NOT NULL")
    assert {("Event", "event_type", "span", "day_from"), ("BETWEEN", "dyad", "event_type", "span", "day_from")} <= {
        (*labels, *keys) for labels, keys, _ in indexes
    }
    assert {state for _, _, state in indexes} == {"ONLINE"}


def test_newer_schema_is_refused(server: Server, store: Neo4jStore) -> None:
    store.put([meeting()])
    told(server, "MATCH (m:KgMeta) SET m.schema_version = $v", v=SCHEMA_VERSION + 1)
    with opened(server) as later:
        for ask in (later.prepare, lambda: later.put([spying()]), lambda: list(later.records())):
            with pytest.raises(SchemaError, match="update kg"):
                ask()
        assert later.counts().schema == SCHEMA_VERSION + 1


def test_database_of_another_program_is_left_alone(server: Server, store: Neo4jStore) -> None:
    told(server, "CREATE (:Movie {headline: 'Alien'})")
    with pytest.raises(SchemaError, match="another program"):
        store.put([meeting()])
    assert told(server, "MATCH (n) RETURN count(n)")[0] == [[1]]


def test_unreachable_server_is_told() -> None:
    address = f"bolt://127.0.0.1:{free_port()}"
    with Neo4jStore(address, password="x") as store:
        for ask in (store.counts, store.prepare, lambda: store.query("RETURN 1 AS x"), lambda: store.put([])):
            with pytest.raises(StoreError, match="docker compose up") as problem:
                ask()
            assert address in str(problem.value)


@pytest.mark.parametrize("password", ["wrong-password", None])
def test_wrong_password_is_told_without_telling_it(server: Server, password: str | None) -> None:
    with opened(server, password=password) as store:
        for ask in (store.prepare, lambda: store.query("RETURN 1 AS x")):  # a third time would lock the user out
            with pytest.raises(StoreError, match="NEO4J_PASSWORD") as problem:
                ask()
            assert "wrong-password" not in str(problem.value)
            assert not isinstance(problem.value, SchemaError)
    with opened(server) as store:
        assert store.counts().articles == 0


def test_unknown_database_is_told(server: Server) -> None:
    with opened(server, database="nowhere") as store, pytest.raises(StoreError, match="NEO4J_DATABASE"):
        store.counts()


@pytest.mark.parametrize("address", ["bolt://:not-a-port", "bolt://no-such-host.invalid:7687"])
def test_address_that_is_none_is_told(address: str) -> None:
    with Neo4jStore(address) as store, pytest.raises(StoreError, match=address):
        store.counts()


@pytest.mark.parametrize(
    "change",
    [
        "MATCH (s:Sentence {position: 1}) DETACH DELETE s",
        "MATCH (:Actor)-[r:TARGET_OF]->(:Event) DELETE r",
        "MATCH (e:Event) SET e.modality = 'denied'",
        "MATCH (e:Event) DETACH DELETE e",
        "MATCH (:Actor)-[r:SAID]->() DELETE r",
    ],
)
def test_records_are_whole_whatever_others_do_to_the_graph(server: Server, store: Neo4jStore, change: str) -> None:
    store.put([meeting()])
    before = contents(store)
    told(server, change)
    assert list(store.records()) == [meeting()]
    store.remove(["met-1"])
    assert store.put([meeting()]) == ("added",)
    assert contents(store) == before


def test_what_a_reader_adds_to_the_graph_is_passed_over(server: Server, store: Neo4jStore) -> None:
    store.put([meeting()])
    told(server, "MATCH (e:Event {event_id: 'e1'}) CREATE (e)-[:CHECKED]->(:Note {text: 'true'}) SET e.mine = 1")
    told(server, "MATCH (a:Actor {id: 'vladimir-putin'}) SET a:President, a.mine = 1 CREATE (a)-[:SEEN]->(:Note)")
    assert list(store.records()) == [meeting()]


def test_writers_at_the_same_time_do_not_lose_anything(server: Server) -> None:
    def load(number: int) -> None:
        with opened(server) as store:
            for turn in range(4):
                store.put([meeting(f"m{number}"), spying(f"s{number}"), meeting("same")])
                store.put([bare(f"m{number}"), spying("same")])
                if turn % 2:
                    store.remove([f"s{number}", "same"])
            store.put(expected(number))

    with opened(server) as store:
        store.prepare()
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(load, range(4)))
        store.remove(["same"])
        ids = [record.article.id for number in range(4) for record in expected(number)]
        assert [record.article.id for record in store.records()] == sorted(ids)
        assert store.counts().actors == 7
        store.remove(ids)
    assert told(server, "MATCH (n) WHERE NOT n:KgMeta RETURN count(n)")[0] == [[0]]


def test_writers_at_the_same_time_join_what_both_tell_of(server: Server, store: Neo4jStore) -> None:
    def load(article: str) -> None:
        with opened(server) as own:
            own.put([meeting(article)])

    store.prepare()
    for turn in range(5):
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(load, (f"{turn}-{name}" for name in "abc")))
    rows = store.query("MATCH (e:Event {event_id: 'e1'}) RETURN e.articles AS n").rows
    assert rows == ((15,),)


def expected(number: int) -> list[Record]:
    return [meeting(f"m{number}"), spying(f"s{number}")]


def test_dyad_is_found_without_going_through_its_hubs(server: Server, store: Neo4jStore) -> None:
    for start in range(0, 200, 50):
        store.put([spying(f"s{n}") for n in range(start, start + 50)])
    store.put([meeting()])
    told(server, "CALL db.prepareForReplanning(60)")  # the planner goes by counts that are taken now and then
    text = (
        "PROFILE MATCH (e:Event)-[b:BETWEEN {dyad: $dyad, event_type: 'CONSULT'}]->(:Dyad) "
        "WHERE b.span IN [7, 31, 372, 37200] AND b.day_from >= 20180701 "
        "MATCH (e)-[v:EVIDENCED_BY {position: 0}]->(s:Sentence) RETURN e.date, s.text LIMIT 25"
    )
    rows, summary = told(server, text, dyad="donald-trump|vladimir-putin")
    assert len(rows) == 2
    assert hits(summary.profile) < 60


def hits(step: Any) -> int:
    return int(step["dbHits"]) + sum(hits(child) for child in step.get("children", ()))


def test_connection_is_closed_twice_without_harm(server: Server) -> None:
    with closing(opened(server)) as store:
        store.counts()
        store.close()
