"""How long each canned question takes: median and 95th percentile in ms, and on Neo4j the hits of its database.

Either store holds a graph of KG_QUERIES_EVENTS (300,000) events, written by Cypher: see `bench/_many.py`. Each question
is asked KG_QUERIES_TIMES (12) times of other actors and days: of one actor, of a pair, of one actor in some days, of
some days, and again; each time the last of KG_QUERIES_WARM (4) askings counts. Hits are told for each of these four in
turn. KG_QUERIES_STORES=embedded or neo4j leaves the other store out. Other work on the machine shows in the
milliseconds, not in the hits.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from statistics import median, quantiles
from time import perf_counter
from typing import Any, cast

from bench._many import article_of, fill, writes
from bench._server import own_server
from kg.asking.canned import DEFAULT_LIMIT, ask
from kg.asking.questions import CannedQuery, find, queries
from kg.model import Rows, Value
from kg.stores.base import Store
from kg.stores.kglite_graph import Graph
from kg.stores.neo4j import Neo4jStore

EVENTS, TIMES, WARM = 300_000, 12, 4
_DAYS = (("2021-03-01", "2021-03-31"), ("2023-06-10", "2023-06-12"), ("2024-01-01", "2024-02-15"))
_WAYS = ({"actor"}, {"actor", "other"}, {"actor", "from", "to"}, {"from", "to"})
"""What is given together, one after the other."""

_NEEDED = {"connection": {"actor", "other"}, "go_betweens": {"actor", "other"}}
_NO_ROWS = Rows((), ())

Hits = Callable[[str, Mapping[str, Value]], int]


class Asked:
    """A store that answers texts and keeps the last one."""

    def __init__(self, answer: Callable[..., Rows]) -> None:
        self._answer = answer
        self.address = "the graph that is measured"
        self.last: tuple[str, Mapping[str, Value]] = ("", {})

    def query(self, cypher: str, parameters: Mapping[str, Value], *, limit: int | None = None) -> Rows:
        """Return the rows of a text."""
        self.last = cypher, parameters
        return self._answer(cypher, parameters, limit=limit)


def measure() -> dict[str, object]:
    """Return the figures of each question on either store.

    Raises KgError where there is no Neo4j to measure with.
    """
    events, times = (_number(name, otherwise) for name, otherwise in (("EVENTS", EVENTS), ("TIMES", TIMES)))
    stores = os.environ.get("KG_QUERIES_STORES", "embedded,neo4j").split(",")
    figures: dict[str, object] = {"events": events, "times": times}
    for name in stores:
        with _FILLED[name](events) as (store, hits):
            for query in queries():
                figures[f"{name} {query.name}"] = _measured(store, query, hits, events, times)
    return figures


@contextmanager
def _embedded(events: int) -> Iterator[tuple[Asked, None]]:
    graph = Graph.new()
    for write in writes(events):
        graph.write(write)
    yield Asked(partial(graph.query, timeout=None)), None


@contextmanager
def _neo4j(events: int) -> Iterator[tuple[Asked, Hits]]:
    from neo4j import GraphDatabase

    with own_server() as own:
        server = own.server
        with (
            Neo4jStore(server.uri, user=server.username, password=server.password) as store,
            GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        ):
            store.prepare()
            fill(driver, events)
            yield Asked(store.query), partial(_hits, driver)


_FILLED: Mapping[str, Callable[[int], AbstractContextManager[tuple[Asked, Hits | None]]]] = {
    "embedded": _embedded,
    "neo4j": _neo4j,
}


def _measured(store: Asked, query: CannedQuery, hits: Hits | None, events: int, times: int) -> str:
    """Return median and 95th percentile in ms, and where the store tells, the hits of each usual way to ask."""
    usual = list(_usual(query, events, times))
    taken = [_seconds(store, *_text(store, query, given)) * 1000 for given in usual]
    told = f"{median(taken):.1f} {quantiles(taken, n=20)[-1]:.1f}"
    if hits is None:
        return told
    return f"{told} hits {' '.join(str(hits(*_text(store, query, given))) for given in usual[: len(_WAYS)])}"


def _seconds(store: Asked, text: str, parameters: Mapping[str, Value]) -> float:
    """Return how long a text takes when it is asked the last time."""
    for _ in range(_number("WARM", WARM)):
        start = perf_counter()
        store.query(text, parameters, limit=DEFAULT_LIMIT)
    return perf_counter() - start


def _text(store: Asked, query: CannedQuery, given: Mapping[str, str]) -> tuple[str, Mapping[str, Value]]:
    """Return what a question asks for once it knows who is meant; that is looked up, the rest is not."""
    actors = find("actors").text
    silent = Asked(lambda text, values, limit: store.query(text, values, limit=limit) if text == actors else _NO_ROWS)
    ask(cast("Store", silent), query.name, given)
    return silent.last


def _usual(query: CannedQuery, events: int, times: int) -> Iterator[Mapping[str, str]]:
    """Yield what is given each time: to what does not take all that is usual together, what it does take."""
    declared = {parameter.name for parameter in query.parameters}
    for number in range(times):
        first, last = _DAYS[number % len(_DAYS)]
        every = {
            "actor": f"Actor {number}",
            "other": f"Actor {12 + 5 * number}",
            "article": article_of(number * 7919 % events),
            "words": f"{number}",
            "from": first,
            "to": last,
        }
        names = _NEEDED.get(query.name, _WAYS[number % len(_WAYS)]) | {"article", "words"}
        yield {name: every[name] for name in names & declared}


def _hits(driver: Any, text: str, parameters: Mapping[str, Value]) -> int:
    with driver.session() as session:
        answer = session.run(f"PROFILE {text}", dict(parameters))
        list(answer)  # what is not read has no profile yet
        return _summed(answer.consume().profile)


def _summed(plan: Mapping[str, Any]) -> int:
    inner: Sequence[Mapping[str, Any]] = plan.get("children", ())
    return int(plan.get("dbHits", 0)) + sum(map(_summed, inner))


def _number(name: str, otherwise: int) -> int:
    return int(os.environ.get(f"KG_QUERIES_{name}", otherwise))
