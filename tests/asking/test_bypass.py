"""Cypher that tries to do more than read is refused on both stores, and what only looks like it is answered."""

import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from asking.cypher_texts import ATTACKS, ENDLESS, HARMLESS, TWO_FACED
from neo4j import GraphDatabase
from neo4j_server import Server

from kg.asking.cypher import run
from kg.errors import QueryError
from kg.model import Rows
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore

SECRET = "what nobody may see"
PARAMETERS = {"create": 1, "call": "x", "delete": "russia", "key": "full_name"}
EVERYTHING = (
    "MATCH (n) RETURN labels(n) AS labels, n AS node",
    "MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS type, r AS relationship, b.id AS b",
)
SCHEMA = (
    "SHOW INDEXES YIELD name",
    "SHOW CONSTRAINTS YIELD name",
    "SHOW USERS YIELD user",
    "SHOW DATABASES YIELD name",
)

Held = object  # to be compared


class Place:
    """A file and a web server that must not be read; `asked` counts the questions to the server."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "secret.csv"
        self.file.write_text(f"{SECRET}\n")
        self.asked = 0
        place = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place.asked += 1
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def told(self, text: str) -> str:
        """Return a text with the file and the address in it."""
        return text.replace("FILE", str(self.file)).replace("URL", f"http://127.0.0.1:{self.server.server_port}/x")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    made = Place(tmp_path_factory.mktemp("secrets"))
    thread = threading.Thread(target=made.server.serve_forever, daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def published(embedded: Store) -> Store:
    """The embedded store with the file of its graph, which the first text makes."""
    run(embedded, "RETURN 1 AS x", {})
    return embedded


@pytest.fixture
def held(store: Store, request: pytest.FixtureRequest) -> Callable[[], Held]:
    """What tells all that a store holds, its schema too."""
    if isinstance(store, EmbeddedStore):
        request.getfixturevalue("published")
        return lambda: files(Path(store.address))
    return lambda: contents(request.getfixturevalue("neo4j"))


def files(folder: Path) -> Held:
    whole = (path for path in sorted(folder.iterdir()) if not path.name.endswith("-shm"))  # which tells who is reading
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in whole}


def contents(server: Server) -> Held:
    with GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        found = [driver.execute_query(text).records for text in (*EVERYTHING, *SCHEMA)]
    return [sorted(map(repr, records)) for records in found]


def ask(store: Store, text: str, place: Place, *, timeout: float = 20) -> Rows:
    given = {name: value for name, value in PARAMETERS.items() if f"${name}" in text}
    if "$file" in text:
        given["file"] = f"file://{place.file}"
    return run(store, place.told(text), given, timeout=timeout)


def test_the_suites_are_large_enough() -> None:
    assert len({*ATTACKS}) >= 60
    assert len({*HARMLESS}) >= 60


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_attack_is_refused_and_changes_nothing(store: Store, held: Callable[[], Held], place: Place, text: str) -> None:
    before = held()
    with pytest.raises(QueryError) as refused:
        ask(store, text, place)
    assert SECRET not in str(refused.value)
    assert held() == before
    assert place.asked == 0
    assert not place.file.with_name(f"{place.file.name}.out").exists()


@pytest.mark.parametrize("text", TWO_FACED)
def test_text_with_two_readings_does_nothing_in_either(
    store: Store, held: Callable[[], Held], place: Place, text: str
) -> None:
    before = held()
    try:
        told = str(ask(store, text, place).rows)
    except QueryError as error:
        told = str(error)
    assert SECRET not in told
    assert held() == before


@pytest.mark.parametrize("text", ENDLESS, ids=range(len(ENDLESS)))
def test_text_without_end_is_ended_and_the_store_goes_on(store: Store, place: Place, text: str) -> None:
    with pytest.raises(QueryError):
        ask(store, text, place, timeout=2)
    assert run(store, "RETURN 1 AS x", {}).rows == ((1,),)


@pytest.mark.parametrize("text", HARMLESS, ids=range(len(HARMLESS)))
def test_harmless_text_is_answered(store: Store, place: Place, text: str) -> None:
    assert ask(store, text, place).rows
