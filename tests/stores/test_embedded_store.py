"""The folder of the embedded store: what it survives, and what it says when it cannot be used."""

import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from store_records import bare, meeting, spying

from kg.errors import SchemaError, StoreError
from kg.model import Delta, Edge, KeptAside, Label, Link, Node, encode
from kg.stores.base import SCHEMA_VERSION
from kg.stores.cypher import writes
from kg.stores.dump import dump
from kg.stores.embedded import EmbeddedStore
from kg.stores.kglite_graph import Graph
from kg.stores.records_db import OWN_FILES

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles, closed."""
    with EmbeddedStore(tmp_path / "store") as store:
        store.put([meeting(), spying()])
    return tmp_path / "store"


def graph_file(folder: Path) -> Path:
    (file,) = folder.glob("graph-*.kgl")
    return file


def events(folder: Path) -> int:
    with EmbeddedStore(folder, read_only=True) as store:
        return store.counts().events


def run(code: str, *arguments: object, wait: bool = True) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)], cwd=TESTS, stdout=subprocess.PIPE, text=True
    )
    if wait:
        process.communicate(timeout=60)
    return process


def test_closed_folder_holds_records_and_graph_alone(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == {"records.db", "writer.lock", graph_file(folder).name}
    assert all(path.name.startswith(OWN_FILES) for path in folder.iterdir())


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.unlink(),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-100]),
        lambda file: file.write_bytes(b"something else"),
        lambda file: file.rename(file.with_name("graph-0.0.1-1.kgl")),
    ],
    ids=["missing", "empty", "cut", "foreign", "other version"],
)
def test_graph_is_made_again_from_the_records(folder: Path, damage) -> None:
    file = graph_file(folder)
    whole = file.stat().st_size
    damage(file)
    assert events(folder) == 5
    assert file.stat().st_size == pytest.approx(whole, rel=0.2)


def test_records_are_dumped_without_the_graph(folder: Path) -> None:
    graph_file(folder).unlink()
    with EmbeddedStore(folder, read_only=True) as store:
        assert len(list(dump(store))) == 4
    assert not list(folder.glob("graph-*"))


def test_graph_that_is_behind_catches_up(folder: Path) -> None:
    behind = graph_file(folder).read_bytes()
    with EmbeddedStore(folder) as store:
        store.remove(["met-1"])
        store.put([bare("spied/1"), meeting("met-2"), meeting("met-3")])
    graph_file(folder).write_bytes(behind)
    with EmbeddedStore(folder, read_only=True) as store:
        assert store.counts().articles == 3
        rows = store.query("MATCH (e:Event) RETURN e.article AS a, count(*) AS n ORDER BY a").rows
        assert rows == (("met-2", 2),)  # both tell of the same
        assert store.query("MATCH (a:Actor {id: 'rus'}) RETURN a.id AS id").rows == ()


def test_graph_of_another_folder_is_brought_to_these_records(folder: Path, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "other") as other:
        other.put([spying("elsewhere")])
    graph_file(folder).write_bytes(graph_file(tmp_path / "other").read_bytes())
    with EmbeddedStore(folder, read_only=True) as store:
        found = store.query("MATCH (a:Article) RETURN a.id AS id ORDER BY id").rows
    assert found == (("met-1",), ("spied/1",))


def test_killed_writer_loses_nothing_it_stored(folder: Path) -> None:
    killed = run(
        "import os, signal, sys; from store_records import meeting; from kg.stores.embedded import EmbeddedStore\n"
        "from pathlib import Path\n"
        "store = EmbeddedStore(Path(sys.argv[1])); store.put([meeting('late')]); store.counts()\n"
        "os.kill(os.getpid(), signal.SIGKILL)",
        folder,
    )
    assert killed.returncode == -signal.SIGKILL
    assert events(folder) == 5  # another article tells of the same
    with EmbeddedStore(folder) as store:
        assert store.put([meeting("late")]) == ("unchanged",)


def test_second_writer_is_told_and_readers_go_on(folder: Path) -> None:
    writing = run(
        "import sys; from kg.stores.embedded import EmbeddedStore; from pathlib import Path\n"
        "store = EmbeddedStore(Path(sys.argv[1])); store.prepare(); print('ready', flush=True); input()",
        folder,
        wait=False,
    )
    try:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "ready\n"
        second = EmbeddedStore(folder)
        with pytest.raises(StoreError, match="another process is writing"):
            second.put([meeting("second")])
        second.close()
        assert events(folder) == 5
    finally:
        writing.kill()
        writing.communicate()
    with EmbeddedStore(folder) as store:
        assert store.put([meeting("second")]) == ("added",)


def test_second_writer_in_this_process_is_told_too(folder: Path) -> None:
    with EmbeddedStore(folder) as first, EmbeddedStore(folder) as second:
        first.prepare()
        with pytest.raises(StoreError, match="another process is writing"):
            second.set_aside([KeptAside("a", "b")])


def test_full_disk_is_told_and_leaves_what_was_stored(folder: Path) -> None:
    pytest.importorskip("resource")
    limited = run(
        "import resource, sys; from store_records import bare; from kg.errors import StoreError\n"
        "from kg.stores.embedded import EmbeddedStore; from pathlib import Path\n"
        "store = EmbeddedStore(Path(sys.argv[1])); store.prepare()\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))\n"
        "try: store.put([bare('big', 'x' * 1_000_000)])\n"
        "except StoreError as error: print(error); sys.exit(error.exit_code)",
        folder,
    )
    assert limited.returncode == 4
    assert events(folder) == 5


@pytest.mark.parametrize("attempt", ["first", "second"])
def test_full_disk_is_not_taken_for_another_writer(tmp_path: Path, attempt: str) -> None:
    pytest.importorskip("resource")
    if attempt == "second":
        (tmp_path / "writer.lock").touch()
    limited = run(
        "import resource, sys; from kg.errors import StoreError\n"
        "from kg.stores.embedded import EmbeddedStore; from pathlib import Path\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "try: EmbeddedStore(Path(sys.argv[1])).prepare()\n"
        "except StoreError as error: print(error); sys.exit(error.exit_code)",
        tmp_path,
        wait=False,
    )
    told, _ = limited.communicate(timeout=60)
    assert limited.returncode == 4
    assert "another process" not in told
    assert f"{tmp_path / 'writer.lock'}: " in told
    assert "full" in told


def test_lock_that_is_none_is_told_by_its_name(tmp_path: Path) -> None:
    lock = tmp_path / "writer.lock"
    lock.write_bytes(b"no lock" * 1000)
    with pytest.raises(StoreError, match="remove it") as told, EmbeddedStore(tmp_path) as store:
        store.prepare()
    assert str(lock) in str(told.value)
    assert "records.db" not in str(told.value)
    lock.unlink()
    lock.mkdir()
    with pytest.raises(StoreError, match=r"writer\.lock: .*rights"), EmbeddedStore(tmp_path) as store:
        store.prepare()


def without_tables(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("VACUUM")


@pytest.mark.parametrize("left", [Path.touch, without_tables], ids=["no byte", "no table"])
def test_records_that_were_never_begun_are_no_store_yet(tmp_path: Path, left: Callable[[Path], None]) -> None:
    left(tmp_path / "records.db")
    with pytest.raises(StoreError, match="`kg load` makes one"), EmbeddedStore(tmp_path, read_only=True) as store:
        store.counts()
    with EmbeddedStore(tmp_path) as store:
        assert store.put([meeting()]) == ("added",)
    assert events(tmp_path) == 2


def damage(folder: Path, record: object) -> None:
    with closing(sqlite3.connect(folder / "records.db")) as database:
        database.execute("UPDATE records SET record = ? WHERE article = 'met-1'", (record,))
        database.commit()


DAMAGED = pytest.mark.parametrize(
    "record", [b"", b"\xff\xfe", b'{"article":', "[]", 5], ids=["empty", "bytes", "cut", "foreign", "number"]
)


@DAMAGED
def test_damaged_record_is_told_with_its_article(folder: Path, record: object) -> None:
    damage(folder, record)
    graph_file(folder).unlink()
    with EmbeddedStore(folder, read_only=True) as store:
        for ask in (lambda: list(store.records()), lambda: store.record("met-1"), store.counts):
            with pytest.raises(StoreError, match=r"'met-1' .*load the article again"):
                ask()
        assert store.record("spied/1") == spying()


@DAMAGED
def test_damaged_record_is_mended_by_loading_it_again(folder: Path, record: object) -> None:
    damage(folder, record)
    with EmbeddedStore(folder) as store:
        assert store.put([meeting(), spying()]) == ("updated", "unchanged")
        assert list(store.records()) == [meeting(), spying()]
    assert events(folder) == 5


def test_record_changed_by_other_means_is_mended_too(folder: Path) -> None:
    damage(folder, encode(replace(meeting(), events=())))
    with EmbeddedStore(folder) as store:
        assert store.put([meeting()]) == ("updated",)
        assert store.record("met-1") == meeting()


def test_damaged_record_can_be_removed(folder: Path) -> None:
    damage(folder, b"")
    with EmbeddedStore(folder) as store:
        assert store.remove(["met-1"]) == ("met-1",)
        assert list(store.records()) == [spying()]


def test_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for place in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/kg-store")):
        with pytest.raises(StoreError) as told, EmbeddedStore(place) as store:
            store.prepare()
        assert str(place) in str(told.value)
        with pytest.raises(StoreError), EmbeddedStore(place, read_only=True) as store:
            store.counts()


def test_folder_of_another_program_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(SchemaError, match=r"thesis\.doc"), EmbeddedStore(tmp_path) as store:
        store.prepare()
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_folder_without_a_store_is_told_to_readers(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        store = EmbeddedStore(place, read_only=True)
        for ask in (store.counts, lambda store=store: list(store.records()), store.kept_aside):
            with pytest.raises(StoreError, match="no store in"):
                ask()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (f"PRAGMA user_version = {SCHEMA_VERSION + 1}", "update kg"),
        ("PRAGMA application_id = 42", "another program"),
    ],
)
def test_newer_schema_and_foreign_database_are_refused(folder: Path, statement: str, told: str) -> None:
    database = sqlite3.connect(folder / "records.db")
    database.execute(statement)
    database.close()
    for options in ({}, {"read_only": True}):
        with pytest.raises(SchemaError, match=told), EmbeddedStore(folder, **options) as store:
            store.put([meeting()]) if not options else store.counts()


def test_broken_records_are_told(folder: Path) -> None:
    (folder / "records.db").write_bytes(b"this is no database" * 1000)
    with pytest.raises(StoreError, match="restore a dump"), EmbeddedStore(folder, read_only=True) as store:
        store.counts()


def test_threads_share_a_store(folder: Path) -> None:
    with EmbeddedStore(folder) as store, ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(store.put, [meeting(f"t{n}")]) for n in range(12)]
        asking = [pool.submit(store.query, "MATCH (n:Event) RETURN count(n) AS n") for _ in range(12)]
        assert all(task.result() == ("added",) for task in writing)
        assert all(task.result().rows[0][0] == 5 for task in asking)
        assert store.counts().events == 5  # told by thirteen


def random_delta(chance: random.Random, article: str, size: int) -> Delta:
    ends = [(Label.ACTOR, f"a{n}") for n in range(size)] + [(Label.EVENT, f"{article}{n}") for n in range(size)]
    edges = []
    for _ in range(3 * size):
        actor, event = chance.choice(ends[:size]), chance.choice(ends[size:])
        link = chance.choice([Link.SOURCE_OF, Link.TARGET_OF])
        edges.append(Edge(link, actor, event, {"article": article, "position": len(edges)}))
    nodes = (Node(Label.ARTICLE, article, {"digest": article}), *(Node(*end, {"full_name": end[1]}) for end in ends))
    return Delta(article, nodes, tuple(edges))


def two_hops(edges: tuple[Edge, ...]) -> Iterator[tuple[str, str]]:
    """Yield who is joined to whom through an event, once for each way of going there."""
    for first in edges:
        for second in edges:
            if first is not second and first.end == second.end:
                yield first.start[1], second.start[1]


@pytest.mark.parametrize("seed", range(12))
def test_engine_counts_as_brute_force_does(seed: int) -> None:
    delta = random_delta(random.Random(seed), "x", 6)
    graph = Graph.new()
    with graph._writing():
        for write in writes(delta.nodes, delta.edges):
            graph._run(write)
    ways = Counter(two_hops(delta.edges))
    text = "MATCH (a:Actor)--(e:Event)--(b:Actor) RETURN a.id AS a, b.id AS b, count(*) AS n"
    found = {(a, b): n for a, b, n in graph.query(text, {}, limit=None, timeout=20).rows}
    assert found == ways
    text = "MATCH (a:Actor)--(e:Event)--(b:Actor) RETURN count(*) AS n"
    assert graph.query(text, {}, limit=None, timeout=20).rows == ((ways.total(),),)
    text = "MATCH (a:Actor) WHERE COUNT { (a)-[:SOURCE_OF]->(:Event)<-[:TARGET_OF]-(:Actor) } > 0 RETURN a.id AS a"
    targets = {edge.end for edge in delta.edges if edge.type is Link.TARGET_OF}
    sources = {e.start[1] for e in delta.edges if e.type is Link.SOURCE_OF and e.end in targets}
    assert {row[0] for row in graph.query(text, {}, limit=None, timeout=20).rows} == sources
