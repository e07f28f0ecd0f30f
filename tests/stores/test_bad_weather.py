"""Loading while the server is away, the disk is full or rights are missing: it goes on, or stops and can be resumed."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from neo4j_server import OwnServer, Server, emptied
from store_records import bare, meeting, spying

from kg.errors import KgError, StoreError
from kg.model import Record, encode
from kg.stores.base import Store
from kg.stores.dump import dump, restore
from kg.stores.embedded import EmbeddedStore
from kg.stores.neo4j import Neo4jStore

ROOT = Path(__file__).resolve().parents[2]
BATCH = 20
PROGRAM = "import sys; from kg.cli.main import main; sys.exit(main(sys.argv[1:]))"
LIMITED = "import resource as r, sys; n = int(sys.argv.pop(1)); r.setrlimit(r.RLIMIT_FSIZE, (n, n)); " + PROGRAM


def articles(number: int) -> list[Record]:
    return [make(f"{n:04}") for n in range(number // 2) for make in (lambda id_: meeting(f"m{id_}"), spying)]


def lines(records: Sequence[Record]) -> bytes:
    return b"".join(encode(record) + b"\n" for record in records)


def dumped(store: Store) -> list[str]:
    with store:
        return list(dump(store))


@pytest.fixture
def undisturbed(tmp_path: Path) -> list[str]:
    """The dump of three batches that nothing came between."""
    with EmbeddedStore(tmp_path / "undisturbed") as store:
        store.put(articles(3 * BATCH))
        return list(dump(store))


@pytest.fixture
def own(own_neo4j: OwnServer) -> OwnServer:
    """A running server with an empty database, which tests may stop and kill."""
    emptied(own_neo4j.server)
    return own_neo4j


def store_at(server: Server) -> Neo4jStore:
    return Neo4jStore(server.uri, user=server.username, password=server.password)


@dataclass
class Load:
    """A `kg load` that has stored a batch and waits for the next article."""

    process: subprocess.Popen[bytes]

    def feed(self, records: Sequence[Record]) -> None:
        """Hand over articles and the end of the input, without waiting for them to be read."""
        assert self.process.stdin is not None
        threading.Thread(target=self._feed, args=(lines(records),)).start()

    def end(self) -> tuple[int, str]:
        """Return exit code and stderr."""
        assert self.process.stderr is not None
        told = self.process.stderr.read().decode()
        return self.process.wait(timeout=240), told

    def _feed(self, content: bytes) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(content)
            self.process.stdin.close()
        except BrokenPipeError:
            pass


def begun(server: Server, *, patience: float) -> Iterator[Load]:
    """Yield a load of which the server has the first batch."""
    login = {"NEO4J_USERNAME": server.username, "NEO4J_PASSWORD": server.password, "KG_PATIENCE": f"{patience}"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--store", server.uri, "load", "--records", "-"],
        cwd=ROOT,
        env={**os.environ, **login},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(lines(articles(BATCH)))
    process.stdin.flush()
    with store_at(server) as store:
        end = time.monotonic() + 120
        while store.counts().articles < BATCH and time.monotonic() < end and process.poll() is None:
            time.sleep(0.1)
        assert store.counts().articles == BATCH
    try:
        yield Load(process)
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stderr):
            stream.close() if stream else None


@pytest.fixture
def patient(own: OwnServer) -> Iterator[Load]:
    yield from begun(own.server, patience=200)


@pytest.fixture
def impatient(own: OwnServer) -> Iterator[Load]:
    yield from begun(own.server, patience=1)


def test_server_that_stands_still_is_waited_for(own: OwnServer, patient: Load, undisturbed: list[str]) -> None:
    own.pause()
    patient.feed(articles(3 * BATCH))
    time.sleep(2)
    assert patient.process.poll() is None
    own.resume()
    assert patient.end()[0] == 0
    assert dumped(store_at(own.server)) == undisturbed


def test_server_that_is_killed_and_comes_back_is_waited_for(
    own: OwnServer, patient: Load, undisturbed: list[str]
) -> None:
    own.kill()
    patient.feed(articles(3 * BATCH))
    own.start()
    code, told = patient.end()
    assert code == 0, told
    assert [line.split(" is ")[1][:4] for line in told.splitlines()] == ["away", "back"]
    assert dumped(store_at(own.server)) == undisturbed


def test_server_that_stays_away_ends_the_load_and_the_same_command_goes_on(
    own: OwnServer, impatient: Load, undisturbed: list[str]
) -> None:
    own.kill()
    impatient.feed(articles(3 * BATCH))
    code, told = impatient.end()
    own.start()
    assert code == 4
    away, problem = told.splitlines()
    assert "is away; waiting up to 1 s" in away
    assert problem.startswith("Error: Neo4j at ")
    assert "run the command again" in problem
    with store_at(own.server) as store:
        assert store.counts().articles == BATCH
        assert store.put(articles(3 * BATCH)) == ("unchanged",) * BATCH + ("added",) * 2 * BATCH
        assert list(dump(store)) == undisturbed


def test_index_of_another_program_that_is_in_the_way_is_told(own: OwnServer) -> None:
    from neo4j import GraphDatabase

    server = own.server
    with (
        GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        driver.session() as session,
    ):
        session.run("DROP CONSTRAINT kg_topic_id IF EXISTS").consume()
        session.run("CREATE INDEX theirs FOR (n:Topic) ON (n.id)").consume()
        try:
            with store_at(server) as store, pytest.raises(StoreError, match="index"):
                store.prepare()
        finally:
            session.run("DROP INDEX theirs").consume()
    with store_at(server) as store:
        store.prepare()


@pytest.mark.parametrize("room", [0, 30_000, 120_000, 200_000])
def test_load_on_a_full_disk_ends_and_goes_on_when_there_is_room(
    tmp_path: Path, room: int, undisturbed: list[str]
) -> None:
    pytest.importorskip("resource")
    given = tmp_path / "records.jsonl"
    given.write_bytes(lines(articles(3 * BATCH)))
    command = ["--store", str(tmp_path / "store"), "load", "--records", str(given)]
    full = run([sys.executable, "-c", LIMITED, str(room), *command])
    assert full.returncode == 4, full.stderr
    assert full.stderr.startswith("Error: ")
    assert full.stderr.count("\n") == 1
    done = run([sys.executable, "-c", PROGRAM, *command])
    assert done.returncode == 0, done.stderr
    assert dumped(EmbeddedStore(tmp_path / "store", read_only=True)) == undisturbed


def test_folder_without_the_right_to_write_is_read_and_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with EmbeddedStore(folder) as store:
        store.put([meeting()])
        stored = "".join(dump(store))
    given = tmp_path / "records.jsonl"
    given.write_bytes(lines([spying()]))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    folder.chmod(0o500)
    for path in folder.iterdir():
        path.chmod(0o400)
    program = [*bound_by_rights(folder), sys.executable, "-c", PROGRAM, "--store", str(folder)]
    refused = run([*program, "load", "--records", str(given)])
    assert (refused.returncode, refused.stderr.count("\n")) == (4, 1)
    assert "right" in refused.stderr
    assert run([*program, "status"]).returncode == 0
    assert run([*program, "dump"]).stdout == stored
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def bound_by_rights(folder: Path) -> list[str]:
    """Return what stands before a command that rights are to bind, though it may be root who runs it."""
    if not os.access(folder, os.W_OK):
        return []
    setpriv = shutil.which("setpriv")
    words = [setpriv or "", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]
    probe = [*words, sys.executable, "-c", f"import os, sys; sys.exit(os.access({str(folder)!r}, os.W_OK))"]
    if setpriv is None or run(probe).returncode:
        pytest.skip("rights do not bind this user")
    return words


def run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True, timeout=120)


def test_dump_that_is_cut_anywhere_is_refused_whole(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "from") as store:
        store.put([meeting(), spying(), bare("x")])
        whole = "".join(dump(store))
    ends = [at for at, sign in enumerate(whole) if sign == "\n"]
    places = {0, 1, len(whole) - 2} | {at + step for at in ends[:-1] for step in (-1, 0, 1, 2)} | {*range(7, 9000, 501)}
    with EmbeddedStore(tmp_path / "to") as store:
        store.prepare()
        for place in sorted(place for place in places if place < len(whole) - 1):
            with pytest.raises(KgError, match="dump"):
                restore(store, whole[:place].splitlines(keepends=True))
        assert store.counts().articles == 0
        assert restore(store, whole[:-1].splitlines(keepends=True)) == 3  # all but the last line end
