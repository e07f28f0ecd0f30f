"""Stores of schema 1 are refused, and brought forward they are as if freshly loaded."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from neo4j_server import Server
from schema_1 import write_folder, write_graph, write_indexes
from small_world import records as made_up
from store_records import bare, meeting, spying

from kg.errors import SchemaError, StoreError
from kg.model import KeptAside, Record
from kg.stores.base import SCHEMA_VERSION, Store
from kg.stores.contents import contents
from kg.stores.dump import dump, dumped, restore
from kg.stores.embedded import EmbeddedStore
from kg.stores.migrations import embedded as embedded_migrations
from kg.stores.migrations import neo4j as neo4j_migrations
from kg.stores.migrations.base import OldStore, Standing, whole_records
from kg.stores.neo4j import schema_statements
from kg.stores.open import open_old_store, open_store
from kg.stores.records_db import RecordsDatabase

TESTS = Path(__file__).resolve().parents[1]
ASIDE = (KeptAside("feed.jsonl#3", "no text"), KeptAside("met-1", "no longer English"))
SEVERAL = [meeting(), meeting("met-2", "The Gazette"), spying(), bare("a/empty"), meeting("met-3")]


@dataclass(frozen=True)
class Place:
    """Where a store is, and how one of schema 1 is written there."""

    address: str
    write: Callable[..., None]
    login: dict[str, str] = field(default_factory=dict)

    def old(self) -> OldStore:
        return open_old_store(self.address, **self.login)

    def opened(self, **options: Any) -> Store:
        return open_store(self.address, **self.login | options)

    def migrate(self, **options: Any) -> tuple[KeptAside, ...]:
        with self.old() as store:
            store.take()
            return store.migrate(**{"keep_aside": False, "advance": lambda _: None} | options)


@pytest.fixture(params=["embedded", "neo4j"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Places for a store of either kind, one after another."""
    if request.param == "embedded":
        folders = (tmp_path / str(number) for number in count())
        return (Place(str(folder), lambda *given, at=folder: write_folder(at, *given)) for folder in folders)
    server: Server = request.getfixturevalue("neo4j")
    login = {"user": server.username, "password": server.password}
    return iter(lambda: Place(server.uri, lambda *given: write_graph(server, *given), login), None)


@pytest.fixture
def place(places: Iterator[Place]) -> Place:
    """A store of schema 1 with a few articles, and two notes on what was kept aside."""
    place = next(places)
    place.write(SEVERAL, ASIDE)
    return place


@pytest.fixture
def server(neo4j: Server) -> Server:
    """A database of schema 1."""
    write_graph(neo4j, SEVERAL)
    return neo4j


def fresh(folder: Path, records: Iterable[Record]) -> tuple[list[str], list[str]]:
    """Return graph and dump of a store freshly loaded with records."""
    with EmbeddedStore(folder) as store:
        store.put(sorted(records, key=lambda record: record.article.id))
        return contents(store), list(dump(store))


def told(server: Server, cypher: str, **parameters: Any) -> list[Any]:
    """Run Cypher past the store and return the values."""
    from neo4j import GraphDatabase

    with (
        closing(GraphDatabase.driver(server.uri, auth=(server.username, server.password))) as driver,
        driver.session() as session,
    ):
        return session.run(cypher, **parameters).values()


def test_every_older_version_has_a_step() -> None:
    assert set(embedded_migrations.STEPS) == set(neo4j_migrations.STEPS) == set(range(1, SCHEMA_VERSION))


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(some=st.lists(made_up, max_size=7, unique_by=lambda record: record.article.id))
def test_migrated_store_is_as_freshly_loaded(
    places: Iterator[Place], some: list[Record], tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = next(places)
    place.write(some)
    place.migrate()
    graph, lines = fresh(tmp_path_factory.mktemp("fresh"), some)
    with place.opened() as store:
        assert contents(store) == graph
        assert list(dump(store)) == lines
        assert set(store.put(some)) <= {"unchanged"}


def test_every_kind_of_node_and_relationship_comes_over(place: Place, tmp_path: Path) -> None:
    assert place.migrate() == ()
    graph, lines = fresh(tmp_path / "fresh", SEVERAL)
    with place.opened() as store:
        assert contents(store) == graph
        assert list(dump(store)) == lines
        assert store.counts().schema == SCHEMA_VERSION
        assert store.kept_aside() == ASIDE


def test_articles_have_one_version_seen_from_the_migration_on(place: Place, tmp_path: Path) -> None:
    place.migrate()
    with place.opened() as store, EmbeddedStore(tmp_path / "fresh") as loaded:
        loaded.put(SEVERAL)
        ids = [record.article.id for record in SEVERAL]
        assert [[version.seen_to for version in store.versions(article)] for article in ids] == [[None]] * 5
        assert store.made_from(ids) == loaded.made_from(ids)
        assert len(list(store.records_at(store.last_change() or ""))) == 5
        store.put([bare("met-1")])
        assert len(store.versions("met-1")) == 2
        store.remove(ids)
        assert store.counts().actors == 0


def test_older_schema_is_refused_by_every_method(place: Place) -> None:
    asked: list[Callable[[Store], object]] = [
        lambda store: store.prepare(),
        lambda store: store.put([meeting("new")]),
        lambda store: store.remove(["met-1"]),
        lambda store: store.made_from(["met-1"]),
        lambda store: store.versions("met-1"),
        lambda store: list(store.records_at("2030")),
        lambda store: store.changed_since("2000"),
        lambda store: store.last_change(),
        lambda store: store.judgements(),
        lambda store: store.judge([]),
        lambda store: list(store.records()),
        lambda store: store.record("met-1"),
        lambda store: store.set_aside(ASIDE),
        lambda store: store.forget_aside(["met-1"]),
        lambda store: store.kept_aside(),
        lambda store: store.query("MATCH (n) RETURN count(n) AS n"),
        lambda store: store.query("MATCH (n) RETURN count(n) AS n", confined=True),
        lambda store: store.counts(),
    ]
    for ask in asked:
        with pytest.raises(SchemaError, match="has schema version 1, this kg writes 2; run `kg migrate`"):
            ask_once(place, ask)
    with place.old() as store:
        assert store.standing() == Standing(1, 5)


def ask_once(place: Place, ask: Callable[[Store], object]) -> None:
    with place.opened() as store:
        ask(store)


def test_restored_dump_of_schema_1_is_as_freshly_loaded(tmp_path: Path) -> None:
    some = sorted(SEVERAL, key=lambda record: record.article.id)
    lines = list(dumped(some, 1))
    assert json.loads(lines[0]) == {"kg_dump": 1, "schema": 1, "articles": 5}
    with EmbeddedStore(tmp_path / "restored") as store:
        assert restore(store, lines) == 5
        assert (contents(store), list(dump(store))) == fresh(tmp_path / "fresh", some)


def test_store_is_read_as_it_was_before(place: Place) -> None:
    with place.old() as store:
        assert list(whole_records(store, keep_aside=False)) == sorted(SEVERAL, key=lambda each: each.article.id)


def test_current_store_and_none_have_nothing_to_be_done(places: Iterator[Place], tmp_path: Path) -> None:
    place = next(places)
    place.write([])
    place.migrate()
    with place.old() as store:
        assert store.standing() == Standing(SCHEMA_VERSION, 0)
    place.migrate()
    with place.opened() as store:
        assert store.put([meeting()]) == ("added",)


def test_missing_folder_and_empty_database_hold_no_store(neo4j: Server, tmp_path: Path) -> None:
    write_graph(neo4j, [])
    told(neo4j, "MATCH (n) DETACH DELETE n")
    login = {"user": neo4j.username, "password": neo4j.password}
    (tmp_path / "empty").mkdir()
    for address, options in ((neo4j.uri, login), (str(tmp_path / "no"), {}), (str(tmp_path / "empty"), {})):
        with open_old_store(address, **options) as store:
            assert store.standing() is None
    assert not (tmp_path / "no").exists()
    assert not list((tmp_path / "empty").iterdir())


KILLED = """
import os, signal, sys
from kg.stores.open import open_old_store
address, user, password, after = sys.argv[1:]
done = 0
def advance(count):
    global done
    done += count
    if done >= int(after):
        os.kill(os.getpid(), signal.SIGKILL)
with open_old_store(address, user=user, password=password) as store:
    store.take()
    store.migrate(keep_aside=False, advance=advance)
"""


def killed(place: Place, after: int) -> None:
    """Migrate in another process, which is killed when so many articles are done."""
    login = (place.login.get("user", ""), place.login.get("password", ""))
    process = subprocess.run([sys.executable, "-c", KILLED, place.address, *login, str(after)], cwd=TESTS, check=False)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("after", [1, 4, 5])
def test_killed_migration_leaves_the_folder_of_schema_1_whole(tmp_path: Path, after: int) -> None:
    folder = tmp_path / "store"
    write_folder(folder, SEVERAL, ASIDE)
    place = Place(str(folder), write_folder)
    killed(place, after)
    with place.old() as store:
        assert store.standing() == Standing(1, 5)
        assert len(list(whole_records(store, keep_aside=False))) == 5
    place.migrate()
    with place.opened() as migrated:
        assert contents(migrated) == fresh(tmp_path / "fresh", SEVERAL)[0]


def test_folder_is_brought_to_the_tables_of_a_new_one(tmp_path: Path) -> None:
    write_folder(tmp_path / "old", SEVERAL)
    Place(str(tmp_path / "old"), write_folder).migrate()
    fresh(tmp_path / "new", SEVERAL)
    assert tables(tmp_path / "old") == tables(tmp_path / "new")
    assert {path.name for path in (tmp_path / "old").iterdir()} == {path.name for path in (tmp_path / "new").iterdir()}


def tables(folder: Path) -> tuple[list[Any], list[Any]]:
    with closing(sqlite3.connect(folder / "records.db")) as database:
        records = database.execute("SELECT * FROM records ORDER BY article").fetchall()
        return database.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall(), records


def test_folder_whose_graph_could_not_be_made_is_of_the_new_schema(tmp_path: Path) -> None:
    write_folder(tmp_path / "store", SEVERAL)
    database = RecordsDatabase(tmp_path / "store", read_only=False, of_any_schema=True)
    with database.transaction() as connection:
        list(embedded_migrations.STEPS[1](connection))
    database.close()  # as if the process had ended here
    with EmbeddedStore(tmp_path / "store") as store:
        assert contents(store) == fresh(tmp_path / "fresh", SEVERAL)[0]


def test_folder_is_taken_by_one_writer(tmp_path: Path) -> None:
    write_folder(tmp_path / "store", SEVERAL)
    place = Place(str(tmp_path / "store"), write_folder)
    with place.old() as store:
        store.take()
        with pytest.raises(StoreError, match="another process is writing"):
            place.migrate()


def test_damaged_record_in_a_folder_is_told_or_kept_aside(tmp_path: Path) -> None:
    write_folder(tmp_path / "store", SEVERAL)
    place = Place(str(tmp_path / "store"), write_folder)
    with closing(sqlite3.connect(tmp_path / "store" / "records.db")) as database, database:
        database.execute("UPDATE records SET record = '{' WHERE article = 'met-2'")
    check_damaged(place, tmp_path)


def test_article_of_a_changed_graph_is_told_or_kept_aside(server: Server, tmp_path: Path) -> None:
    told(server, "MATCH (e:Event {article: 'met-2'}) SET e.modality = 'denied'")
    login = {"user": server.username, "password": server.password}
    check_damaged(Place(server.uri, write_graph, login), tmp_path)


def check_damaged(place: Place, tmp_path: Path) -> None:
    with place.old() as store, pytest.raises(StoreError, match=r"'met-2'.*--keep-aside"):
        list(whole_records(store, keep_aside=False))
    with pytest.raises(StoreError, match="'met-2'"):
        place.migrate()
    (kept,) = place.migrate(keep_aside=True)
    assert kept.source == "met-2"
    with place.opened() as store:
        assert store.kept_aside() == (kept,)
        assert contents(store) == fresh(tmp_path / "fresh", [each for each in SEVERAL if each.article.id != "met-2"])[0]
        assert store.put([meeting("met-2")]) == ("added",)


def many() -> list[Record]:
    return [*(spying(f"s{number:02}") for number in range(20)), *(meeting(f"m{number:02}") for number in range(10))]


def test_killed_migration_of_a_database_goes_on(server: Server, tmp_path: Path) -> None:
    write_graph(server, many())
    place = Place(server.uri, write_graph, {"user": server.username, "password": server.password})
    killed(place, 20)
    for ask in ("prepare", "counts", "kept_aside", "last_change", "judgements"):
        with place.opened() as store, pytest.raises(SchemaError, match=r"on its way from schema version 1.*kg migrate"):
            getattr(store, ask)()
    with place.old() as store:
        standing = store.standing()
        assert standing is not None
        assert (standing.schema, 0 < standing.articles < 30) == (1, True)
        ids = [record.article.id for record in whole_records(store, keep_aside=False)]
        assert ids == sorted(record.article.id for record in many())
    place.migrate()
    with place.opened() as store:
        graph, lines = fresh(tmp_path / "fresh", many())
        assert contents(store) == graph
        assert list(dump(store)) == lines


def test_database_on_its_way_is_refused_by_the_kg_of_schema_1(server: Server) -> None:
    place = Place(server.uri, write_graph, {"user": server.username, "password": server.password})
    killed(place, 1)
    assert told(server, "MATCH (m:KgMeta) RETURN m.schema_version, m.migrating") == [[2, 1]]


def test_two_migrations_at_a_time_end_well(server: Server, tmp_path: Path) -> None:
    write_graph(server, many())
    login = [server.uri, server.username, server.password, "1000"]
    command = [sys.executable, "-c", KILLED, *login]
    processes = [subprocess.Popen(command, cwd=TESTS) for _ in range(2)]
    assert [process.wait() for process in processes] == [0, 0]
    with Place(server.uri, write_graph, {"user": server.username, "password": server.password}).opened() as store:
        assert contents(store) == fresh(tmp_path / "fresh", many())[0]


def test_what_others_added_to_a_database_stays(server: Server) -> None:
    told(
        server, "MATCH (a:Actor {id: 'vladimir-putin'}) SET a:President, a.mine = 1 CREATE (a)-[:SEEN]->(:Note {n: 1})"
    )
    told(server, "MATCH (e:Event {event_id: 'e1'}) CREATE (e)-[:CHECKED]->(:Note {n: 2})")
    told(server, "CREATE (:Topic {id: 'mine'})")
    Place(server.uri, write_graph, {"user": server.username, "password": server.password}).migrate()
    assert told(server, "MATCH (a:President {mine: 1})-[:SEEN]->(n) RETURN a.id, n.n") == [["vladimir-putin", 1]]
    assert told(server, "MATCH (n:Note) RETURN count(DISTINCT n.n)") == [[2]]
    assert told(server, "MATCH (n:Topic {id: 'mine'}) RETURN count(n)") == [[1]]


def test_indexes_of_schema_1_give_way_to_those_of_now(server: Server) -> None:
    write_indexes(server)
    Place(server.uri, write_graph, {"user": server.username, "password": server.password}).migrate()
    wanted = {line.split()[2] for line in schema_statements() if line.startswith("CREATE")}
    names = {name for (name,) in told(server, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")}
    assert names == wanted


def test_removing_from_an_empty_database_leaves_it_empty(neo4j: Server) -> None:
    write_graph(neo4j, [])
    told(neo4j, "MATCH (n) DETACH DELETE n")
    with Place(neo4j.uri, write_graph, {"user": neo4j.username, "password": neo4j.password}).opened() as store:
        assert store.remove(["met-1"]) == ()
        assert store.put([meeting()]) == ("added",)
