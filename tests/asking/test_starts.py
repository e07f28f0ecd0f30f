"""However a question begins, and in whichever store, its rows are the same."""

from collections.abc import Iterator, Mapping
from itertools import chain, islice

import pytest
from asking import drawn
from asking.shelf import made_of_another
from neo4j_server import Server, emptied

from kg.asking.canned import ask
from kg.asking.questions import CannedQuery, find, queries
from kg.asking.starts import starts
from kg.model import Rows, Value
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore
from kg.stores.neo4j import Neo4jStore

PAIR = {"actor": "Vladimir Putin", "other": "Germany"}
GIVEN: tuple[Mapping[str, str], ...] = (
    {},
    PAIR,
    {"actor": "Germany", "other": "Vladimir Putin", "from": "2017-06-01", "to": "2018-03-31"},
    {"actor": "Vladimir Putin"},
    {"other": "Vladimir Putin", "from": "2018-01-01"},
    {"actor": "Angela Merkel", "to": "2017-12-31", "modality": "all"},
    {"from": "2018-02-01", "to": "2018-02-10"},
    {"from": "2018-02-01", "to": "2018-02-10", "type": "assault", "modality": "all"},
    {"place": "moscow", "modality": "all"},
    {"place": "FIN", "from": "2018-01-01", "outlet": "wire"},
    {"min_sources": "2", "topic": "trade"},
    {"quad": "conflict", "actor": "Vladimir Putin"},
    {"quad": "verbal-cooperation", "from": "2018-02-01"},
    {"article": "drawn/5"},
    {"first": "", "actor": "Vladimir Putin", "within": "400"},
    {"standing": "all", "type": "CONSULT"},
)
NAMES = [query.name for query in queries()]
ON_BOTH = (
    {"place": "FIN", "from": "2018-01-01", "outlet": "wire"},
    {"actor": "Vladimir Putin"},
    PAIR,
    {"article": "drawn/5"},
)
"""What is given on both stores: each way to begin once."""


@pytest.fixture(scope="module")
def embedded_drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(tmp_path_factory.mktemp("drawn") / "store") as store:
        yield _filled(store)


@pytest.fixture(scope="module")
def neo4j_drawn(neo4j: Server) -> Iterator[Store]:
    emptied(neo4j)
    with Neo4jStore(neo4j.uri, user=neo4j.username, password=neo4j.password) as store:
        yield _filled(store)


def _filled(store: Store) -> Store:
    store.prepare()
    store.put(list(drawn.records()))
    return store


def fitting(query: CannedQuery) -> Iterator[Mapping[str, str]]:
    """Yield what can be given to a query, of `GIVEN`."""
    declared = {parameter.name for parameter in query.parameters}
    return (given for given in GIVEN if given.keys() <= declared)


def chosen(name: str) -> Iterator[Mapping[str, str]]:
    """Yield what is given on both stores: one thing to a query made of another, for plans cost time."""
    declared = {parameter.name for parameter in find(name).parameters}
    fitting_both = (given for given in ON_BOTH if given.keys() <= declared)
    return islice(fitting_both, 1) if made_of_another(name) else chain([{}], fitting_both)


class Recording:
    """A store that asks another one, and keeps what it was asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.address = store.address
        self.asked: dict[str, Mapping[str, Value]] = {}

    def query(self, cypher: str, parameters: Mapping[str, Value], *, limit: int | None = None) -> Rows:
        self.asked[cypher] = parameters
        return self._store.query(cypher, parameters, limit=limit)


@pytest.mark.parametrize("name", NAMES)
def test_every_way_to_begin_gives_the_rows_of_the_whole_text(embedded_drawn: Store, name: str) -> None:
    query, store = find(name), Recording(embedded_drawn)
    for given in fitting(query):
        found = ask(store, name, given).rows
        texts = [query.text, *(way.text for way in query.ways)]
        parameters = next(store.asked[text] for text in texts if text in store.asked)
        store.asked.clear()
        possible = {key for key, value in parameters.items() if value not in ("", 0)}
        for text in (query.text, *(way.text for way in query.ways if way.fits(possible))):
            assert embedded_drawn.query(text, parameters, limit=1000) == found, (given, text)


@pytest.mark.parametrize("name", NAMES)
def test_both_stores_give_the_same_rows(embedded_drawn: Store, neo4j_drawn: Store, name: str) -> None:
    for given in chosen(name):
        both = (ask(store, name, given, modality="all").rows for store in (neo4j_drawn, embedded_drawn))
        assert next(both) == next(both), given


@pytest.mark.parametrize("name", NAMES)
def test_there_are_rows_to_compare(embedded_drawn: Store, name: str) -> None:
    given = [*fitting(find(name)), *([{**PAIR}] if name in ("connection", "go_betweens") else [])]
    assert any(ask(embedded_drawn, name, each, modality="all").rows.rows for each in given)


def test_what_is_given_chooses_how_to_begin(embedded_drawn: Store) -> None:
    store = Recording(embedded_drawn)
    for given, begun in (
        (PAIR, "BETWEEN {dyad: $dyad}"),
        ({"other": "Germany"}, "[:SOURCE_OF|TARGET_OF]->(e:Event)"),
        ({"other": "Germany", "type": "ACCUSE"}, "TARGET_OF {actor: $party}"),
        ({"place": "Moscow"}, "MATCH (n:Place)"),
        ({"place": "Moscow", "from": "2018-01-01"}, "e.span = reach[0]"),
    ):
        store.asked.clear()
        ask(store, "acts", given)
        assert any(begun in text for text in store.asked), given
        assert begun not in find("acts").text


def test_long_ago_is_looked_through_too(embedded_drawn: Store) -> None:
    whole = ask(embedded_drawn, "acts", {"modality": "all"}).rows
    cut = ask(embedded_drawn, "acts", {"from": "0001-01-02", "modality": "all"}).rows
    dates = whole.columns.index("date")
    assert cut.rows == tuple(row for row in whole.rows if row[dates])


def test_every_condition_stands_once() -> None:
    for label in ("Event", "Statement"):
        for common in starts(label).common.values():
            assert f"${common.parameter.name}" in common.condition
