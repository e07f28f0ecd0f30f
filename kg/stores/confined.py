"""A Cypher text of the user's own on the embedded store, run in a process that can be ended.

Measured on kglite 0.21.2: neither its timeout nor its budget of work stops one call of a function, so
`reduce(s = 'x', i IN range(1, 34) | s + s)` takes seconds and gigabytes; and where memory ends, it ends the process.
In its process a text can open no file and no connection, whatever it calls what it does.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kg.errors import KgError, QueryError, SchemaError, StoreError
from kg.model import Rows, Value
from kg.stores.faults import out_of_time

_MEMORY_GIB = 1  # beside the graph; Neo4j is given as much in docker-compose.yml
_GRACE_SECONDS = 0.5  # in which the engine itself can say that the time is over
_NO_MEMORY = 12
_OUT_OF_MEMORY = (_NO_MEMORY, -getattr(signal, "SIGABRT", 6), -getattr(signal, "SIGKILL", 9))
_ERRORS = {error.__name__: error for error in (QueryError, StoreError, SchemaError)}


class _Asked(msgspec.Struct, frozen=True):
    folder: str
    cypher: str
    parameters: dict[str, Value]
    limit: int | None
    timeout: float | None


class _Answer(msgspec.Struct, frozen=True):
    rows: Rows | None = None
    error: str = ""
    told: str = ""
    notes: list[str] = []


def confined(
    folder: Path, cypher: str, parameters: Mapping[str, Value], *, limit: int | None, timeout: float | None
) -> Rows:
    """Return the rows of a Cypher text that reads the store in a folder.

    Raises what `Store.query` does, and QueryError where it takes more than 1 GiB of memory or breaks the engine.
    """
    asked = _Asked(str(folder), cypher, dict(parameters), limit, timeout)
    try:
        given = msgspec.msgpack.encode(asked)
    except (UnicodeEncodeError, OverflowError) as error:
        raise QueryError(f"the query cannot be passed on: {error}") from error
    places = os.pathsep.join(place for place in sys.path if place)
    command = [sys.executable, "-P", "-c", "from kg.stores.confined import main; main()"]
    ended = subprocess.run(
        command, input=given, capture_output=True, check=False, env={**os.environ, "PYTHONPATH": places}
    )
    if ended.returncode:
        raise _broken(ended, timeout)
    answer = msgspec.msgpack.decode(ended.stdout, type=_Answer)
    if answer.rows is None:
        problem = _ERRORS.get(answer.error, KgError)(answer.told)
        for note in answer.notes:
            problem.add_note(note)
        raise problem
    return answer.rows


def main() -> None:
    """Answer the question on stdin to stdout."""
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=_Asked)
    try:
        answer = _Answer(_rows(asked))
    except KgError as error:
        answer = _Answer(error=type(error).__name__, told=str(error), notes=getattr(error, "__notes__", []))
    except MemoryError:
        sys.exit(_NO_MEMORY)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


def _rows(asked: _Asked) -> Rows:
    from kg.stores.embedded import EmbeddedStore

    with EmbeddedStore(Path(asked.folder), read_only=True) as store:
        store.query("RETURN 1 AS x")  # which brings the graph up to date, however long that takes
        store.publish()  # now: what a text leaves behind in this process must not get into the file
        with limited(asked.timeout):
            return store.query(asked.cypher, asked.parameters, limit=asked.limit, timeout=asked.timeout)


@contextmanager
def limited(timeout: float | None) -> Iterator[None]:
    """Let the system end this process where it takes more time or memory than it may, and open nothing for it."""
    if sys.platform == "win32":
        yield
        return
    import resource

    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = taken + _MEMORY_GIB * 1024**3
    files, most_files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, most_files))
    resource.setrlimit(resource.RLIMIT_DATA, (min([most, *(x for x in (soft, hard) if x >= 0)]), hard))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, 0 if timeout is None else timeout + _GRACE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, most_files))


def _broken(ended: subprocess.CompletedProcess[bytes], timeout: float | None) -> QueryError:
    code = ended.returncode
    if code == -getattr(signal, "SIGALRM", 14):
        return out_of_time(timeout)
    if code in _OUT_OF_MEMORY:
        return QueryError(f"the query needs more memory than {_MEMORY_GIB} GiB; narrow it")
    last = ended.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or f"exit code {code}"
    told = signal.Signals(-code).name if code < 0 else last
    return QueryError(f"the query broke the engine ({told}); write it in another way")
