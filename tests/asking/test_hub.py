"""On Neo4j, questions of two actors or of a few days read little, however much the rest of the graph holds."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from asking.shelf import made_of_another
from neo4j import Driver, GraphDatabase
from neo4j_server import OwnServer

from bench._many import HUB, fill
from kg.asking.canned import ask
from kg.asking.questions import find, queries
from kg.model import Rows, Value
from kg.stores.base import Store
from kg.stores.neo4j import Neo4jStore

EVENTS = 100_000
MOST = 8_000
"""How many hits of the database a question may take."""

PAIR = {"actor": HUB, "other": "Actor 500"}
DAYS = {"from": "2022-03-01", "to": "2022-03-01"}


@pytest.fixture(scope="module")
def driver(own_neo4j: OwnServer) -> Iterator[Driver]:
    """A server of its own: to empty a database of a hub takes longer than to start another."""
    server = own_neo4j.server
    with GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        yield driver


@pytest.fixture(scope="module")
def hub(own_neo4j: OwnServer, driver: Driver) -> Iterator[Store]:
    server = own_neo4j.server
    with Neo4jStore(server.uri, user=server.username, password=server.password) as store:
        store.prepare()
        fill(driver, EVENTS, hub=True)
        yield store


class Unanswered:
    """A store that tells who actors are, keeps what else it is asked and gives no rows."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.address = store.address
        self.asked: list[tuple[str, Mapping[str, Value]]] = []

    def query(self, cypher: str, parameters: Mapping[str, Value], *, limit: int | None = None) -> Rows:
        if cypher == find("actors").text:
            return self._store.query(cypher, parameters, limit=limit)
        self.asked.append((cypher, parameters))
        return Rows((), ())


def hits(plan: Mapping[str, Any]) -> int:
    return int(plan.get("dbHits", 0)) + sum(hits(each) for each in plan.get("children", ()))


def profiled(driver: Driver, store: Store, name: str, given: Mapping[str, str]) -> int:
    """Return how many hits of the database the answer of a question takes."""
    unanswered = Unanswered(store)
    ask(unanswered, name, given, limit=25)
    [(cypher, parameters)] = unanswered.asked
    with driver.session() as session:
        answer = session.run(f"PROFILE {cypher}", dict(parameters))
        list(answer)  # what is not read has no profile yet
        return hits(answer.consume().profile)


def cases() -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield questions with what is given to them: a pair and days, to one made of another question days alone."""
    for query in queries():
        declared = {parameter.name for parameter in query.parameters}
        given = [DAYS] if made_of_another(query.name) else [PAIR, DAYS, {"actor": HUB, **DAYS}]
        yield from ((query.name, each) for each in given if each.keys() <= declared)


@pytest.mark.parametrize(
    ("name", "given"), list(cases()), ids=lambda each: each if isinstance(each, str) else " ".join(each)
)
def test_no_question_of_a_pair_or_of_days_expands_the_hub(
    driver: Driver, hub: Store, name: str, given: Mapping[str, str]
) -> None:
    assert profiled(driver, hub, name, given) <= MOST


def test_the_hub_is_one(driver: Driver, hub: Store) -> None:
    found = driver.execute_query("MATCH (a:Actor {full_name: $hub})-[r]->(:Event) RETURN count(r) AS n", hub=HUB)
    assert found.records[0]["n"] >= EVENTS
