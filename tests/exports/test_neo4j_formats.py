"""The Cypher script and the CSV files: a real Neo4j that took them holds the same graph."""

import csv
import io
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from exports.test_formats import written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Driver, GraphDatabase
from neo4j_server import NoServerError, OwnServer, Server, own_server

from kg.asking.canned import ask
from kg.asking.parts import Part, select
from kg.asking.raw import NODES, WAYS, Contents
from kg.errors import SchemaError
from kg.exports import neo4j_csv
from kg.exports.cypher import literal
from kg.model import Label, Record
from kg.stores.base import Store
from kg.stores.contents import contents
from kg.stores.embedded import EmbeddedStore
from kg.stores.neo4j import Neo4jStore


def statements(script: str) -> list[str]:
    """Return the statements of a script, which end in a semicolon at the end of a line, without its comments."""
    code = "".join(line for line in script.splitlines(keepends=True) if not line.startswith("//"))
    found = code.split(";\n")
    assert found[-1] == ""
    return found[:-1]


def clear(driver: Driver) -> None:
    """Take constraints, indexes and all nodes away, so that a database is as new."""
    driver.execute_query("MATCH (n) DETACH DELETE n")
    for kind, listed in (("CONSTRAINT", "SHOW CONSTRAINTS"), ("INDEX", "SHOW INDEXES WHERE type <> 'LOOKUP'")):
        for name in [row["name"] for row in driver.execute_query(listed).records]:
            driver.execute_query(f"DROP {kind} {name} IF EXISTS")


@pytest.fixture
def replayed(neo4j: Server) -> Iterator[Callable[[Part], Store]]:
    """Give a store on a database that a script filled."""
    with (
        GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver,
        Neo4jStore(neo4j.uri, user=neo4j.username, password=neo4j.password) as store,
    ):

        def replay(part: Part) -> Store:
            clear(driver)
            for statement in statements(written("cypher", part).decode()):
                driver.execute_query(statement)
            return store

        yield replay
        clear(driver)


def test_script_of_hostile_texts_gives_the_same_graph(
    hostile_part: Part, hostile_store: Store, replayed: Callable[[Part], Store]
) -> None:
    assert contents(replayed(hostile_part)) == contents(hostile_store)


QUESTIONS = (
    ("events", {"actor": "Putin"}),
    ("events", {}),
    ("timeline", {"actor": "Trump"}),
    ("who_accused_whom", {}),
    ("co_participants", {"actor": "Putin"}),
    ("most_active_dyads", {}),
    ("events", {"actor": "Putin", "other": "Trump"}),
)


@pytest.fixture(scope="module")
def few(seeds: tuple[Record, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Some of the seeds, of which two tell of one event: a server of the tests takes a while for all."""
    with EmbeddedStore(tmp_path_factory.mktemp("few") / "store") as store:
        store.prepare()
        store.put([record for record in seeds if "helsinki" in record.article.id or "butina" in record.article.id])
        yield store


def test_script_of_the_whole_graph_gives_the_same_graph_and_questions_the_same_rows(
    few: Store, replayed: Callable[[Part], Store]
) -> None:
    store = replayed(select(few, parameters={"modality": "all", "standing": "all"}))
    assert contents(store) == contents(few)
    for name, parameters in QUESTIONS:
        rows = ask(few, name, parameters).rows
        assert rows.rows, name
        assert ask(store, name, parameters).rows == rows


def test_script_of_a_part_gives_its_nodes(few: Store, replayed: Callable[[Part], Store]) -> None:
    part = select(few, parameters={"actor": "Putin"})
    found = contents(replayed(part))
    expected = Contents(part)
    nodes = sum(len(expected.ids[label]) for label in Label)
    assert len(found) == nodes + sum(len(list(expected.ties(way))) for way in WAYS)
    assert set(found) < set(contents(few))


def test_database_that_a_script_filled_is_not_loaded_into(
    nothing: Part, part: Part, replayed: Callable[[Part], Store]
) -> None:
    with pytest.raises(SchemaError, match="another program's data"):
        replayed(part).prepare()
    assert contents(replayed(nothing)) == []


def test_script_holds_no_mark_that_is_not_seen(hostile_part: Part) -> None:
    script = written("cypher", hostile_part).decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", script)
    assert all(line[:1] in "/CUM{]" for line in script.split("\n"))


texts = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from(["\\", "'", '"', "u0027", "\\u0027", "U00000027", "\n", "\r", "$x", "`", "//", "/*", ";", "\x00"])
).map("".join)
values = texts | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.lists(values, min_size=1, max_size=60))
def test_literal_is_read_as_the_value(neo4j: Server, given: list[object]) -> None:
    with GraphDatabase.driver(neo4j.uri, auth=(neo4j.username, neo4j.password)) as driver:
        listed = ", ".join(literal(value) for value in given)  # type: ignore[arg-type]
        (record,) = driver.execute_query(f"RETURN [{listed}] AS found").records
    assert [(type(each), each) for each in record["found"]] == [(type(each), each) for each in given]


HEADS = {"double": float, "long": int, "string": str, "boolean": bool}


def rows_of(file: Path) -> tuple[list[str], list[list[str]]]:
    head, *rows = csv.reader(io.StringIO(file.read_bytes().decode(), newline=""))
    return head, rows


@pytest.fixture(scope="module")
def folder(hostile_part: Part, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv")
    neo4j_csv.write_files(hostile_part, folder)
    return folder


def test_columns_are_those_of_the_import(folder: Path) -> None:
    for label in Label:
        head, rows = rows_of(folder / f"{label}.csv")
        assert (head[0], head[-1]) == (f"id:ID({label})", ":LABEL")
        assert dict(column.split(":") for column in head[1:-1]) == dict(NODES[label])
        assert {row[-1] for row in rows} <= {label}
    for way in WAYS:
        head, rows = rows_of(folder / f"{way.name}.csv")
        assert (*head[:2], head[-1]) == (f":START_ID({way.start})", f":END_ID({way.end})", ":TYPE")
        assert dict(column.split(":") for column in head[2:-1]) == dict(way.types)
        assert {row[-1] for row in rows} <= {way.link}


def test_cells_are_what_the_store_holds(folder: Path, hostile_part: Part) -> None:
    found = Contents(hostile_part)
    for label in Label:
        head, rows = rows_of(folder / f"{label}.csv")
        names = ["id", *(column.partition(":")[0] for column in head[1:-1])]
        nodes = list(found.nodes(label))
        assert len(rows) == len(nodes)
        for row, node in zip(rows, nodes, strict=True):
            shown = {name: "" if node.get(name) is None else node[name] for name in names}
            cells = dict(zip(names, row, strict=False))
            assert {
                name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in shown.items()
            } == cells


def test_command_names_every_file_once(folder: Path) -> None:
    command = (folder / neo4j_csv.COMMAND).read_text("utf-8")
    named = re.findall(r"--(nodes|relationships)=\./(\S+)", command)
    assert sorted(file for _, file in named) == sorted(file.name for file in folder.glob("*.csv"))
    assert {file for kind, file in named if kind == "nodes"} == {f"{label}.csv" for label in Label}


@pytest.fixture(scope="module")
def imported(folder: Path) -> Iterator[tuple[OwnServer, str]]:
    """A Neo4j from jars that was stopped, filled by the command, and started again, and what the import printed."""
    with ExitStack() as stack:
        try:
            own = stack.enter_context(own_server())
        except NoServerError as reason:
            if os.environ.get("CI") == "true":
                pytest.fail(f"no Neo4j to test with: {reason}")
            pytest.skip(f"no Neo4j to test with: {reason}")
        own.kill()
        command = (folder / neo4j_csv.COMMAND).read_text("utf-8")
        typed = re.search(r"neo4j-admin (database import full neo4j .*?)\n\n", command, re.DOTALL)
        assert typed
        printed = own.admin(typed[1].replace("\\\n", " ").split(), folder)
        own.start()
        yield own, printed


def test_import_takes_every_node_and_relationship(imported: tuple[OwnServer, str], hostile_part: Part) -> None:
    own, printed = imported
    found = Contents(hostile_part)
    with GraphDatabase.driver(own.server.uri, auth=(own.server.username, own.server.password)) as driver:
        labels = driver.execute_query("MATCH (n) RETURN labels(n)[0] AS label, count(n) AS n").records
        links = driver.execute_query("MATCH ()-[r]->() RETURN type(r) AS link, count(r) AS n").records
    assert "IMPORT DONE" in printed
    assert {row["label"]: row["n"] for row in labels} == {
        label: len(found.ids[label]) for label in Label if found.ids[label]
    }
    ties = Counter({way.link: 0 for way in WAYS})
    for way in WAYS:
        ties[way.link] += len(list(found.ties(way)))
    assert {row["link"]: row["n"] for row in links} == {str(link): count for link, count in ties.items() if count}


def test_import_gives_the_same_graph_and_questions_the_same_rows(
    imported: tuple[OwnServer, str], folder: Path, hostile_store: Store
) -> None:
    own, _ = imported
    login = {"user": own.server.username, "password": own.server.password}
    with (
        GraphDatabase.driver(own.server.uri, auth=(login["user"], login["password"])) as driver,
        Neo4jStore(own.server.uri, **login) as store,
    ):
        assert contents(store) == contents(hostile_store)
        for statement in statements((folder / neo4j_csv.SCHEMA).read_text("utf-8")):
            driver.execute_query(statement)
        for name, parameters in (
            ("events", {}),
            ("events", {"actor": "Putin"}),
            ("co_participants", {"actor": "Putin"}),
        ):
            rows = ask(hostile_store, name, parameters).rows
            assert rows.rows
            assert ask(store, name, parameters).rows == rows
