"""The seed articles, read and loaded into both stores: every question gets the same rows from either."""

from collections.abc import Iterator

import pytest
from asking.shelf import made_of_another
from neo4j import GraphDatabase
from neo4j_server import Server

from kg.asking.canned import ask
from kg.asking.questions import queries
from kg.model import Record
from kg.pipeline import extract, load
from kg.shelf import folder
from kg.sources import read
from kg.stores.base import Store
from kg.stores.dump import dump
from kg.stores.embedded import EmbeddedStore
from kg.stores.neo4j import Neo4jStore


@pytest.fixture(scope="module")
def records() -> tuple[Record, ...]:
    return tuple(item for item in extract(read([str(folder("seeds"))])) if isinstance(item, Record))


@pytest.fixture(scope="module")
def stores(
    records: tuple[Record, ...], neo4j: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, Store]]:
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")
    with (
        EmbeddedStore(tmp_path_factory.mktemp("seeds") / "store") as embedded,
        Neo4jStore(neo4j.uri, user=neo4j.username, password=neo4j.password) as server,
    ):
        for store in (embedded, server):
            store.prepare()
            assert load(store, records).added == len(records)
        yield embedded, server


def cases() -> Iterator[tuple[str, str]]:
    """Yield questions with the modality that they are asked in: those made of another one in all alone."""
    for query in queries():
        yield query.name, "all"
        if not made_of_another(query.name):
            yield query.name, "facts"


@pytest.mark.parametrize(("name", "modality"), list(cases()))
def test_both_stores_give_the_same_rows(stores: tuple[Store, Store], name: str, modality: str) -> None:
    given: dict[str, str] = {}
    if name in ("told_by", "evidence_of"):
        given = {"article": str(ask(stores[0], "articles", {}).rows.rows[0][0])}
    elif name in ("connection", "go_betweens"):
        given = {"actor": "Putin", "other": "Merkel"}
    embedded, server = (ask(store, name, given, modality=modality).rows for store in stores)
    assert embedded == server
    assert embedded.rows


def test_both_stores_give_the_same_dump(stores: tuple[Store, Store]) -> None:
    embedded, server = stores
    assert list(dump(embedded)) == list(dump(server))


def test_loading_again_changes_nothing(stores: tuple[Store, Store], records: tuple[Record, ...]) -> None:
    for store in stores:
        before = list(dump(store))
        summary = load(store, records)
        assert (summary.added, summary.updated, summary.unchanged) == (0, 0, len(records))
        assert list(dump(store)) == before


def test_the_summit_is_told_by_several_outlets(stores: tuple[Store, Store]) -> None:
    rows = ask(stores[0], "who_discussed_what_with_whom", {"actor": "Putin", "other": "Trump"}).rows
    found = [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]
    at_helsinki = [row for row in found if (row["place"], row["date"]) == ("Helsinki", "2018-07-16")]
    assert max(row["corroboration"] for row in at_helsinki) >= 3
    assert any("referendum" in str(row["topic"]) for row in at_helsinki)
