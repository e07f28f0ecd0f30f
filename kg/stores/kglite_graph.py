"""The kglite graph of the embedded store; every guard rail that its engine needs stands here.

Measured on kglite 0.21.2: one optimiser pass counts wrongly and is always off; frozen graphs and transactions
cannot switch it off, so reading goes through the live graph, set read-only, one call at a time; LOAD CSV
reads any file even then, so the text is searched for it, and `kg.stores.confined` lets nothing be opened; comments
between slashes and stars are a fault to it; nodes come with an internal id and two properties of the engine, `type`
and `title`, which no node of ours has.
"""

import threading
import time
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kg.errors import QueryError, StoreError
from kg.graph.judged import Judged
from kg.model import Label, Rows
from kg.stores.changes import Fetch, change
from kg.stores.cypher import BY_PATH, INDEXED, Write
from kg.stores.faults import fault, out_of_time
from kg.stores.guard import refuse_procedures, refuse_unsafe, without_comments
from kg.stores.remembered import Remembered
from kg.stores.values import interleaved, scalar

_NODE, _RELATIONSHIP = {"id", "labels", "properties"}, {"id", "start", "end", "type", "properties"}
_PATH = {"nodes", "relationships"}
_ENGINE_KEYS = ("type", "title")
_OFF = ["fuse_match_return_aggregate"]
_INDEXES = (*((label, ("id",)) for label in Label), *INDEXED, (Label.EVENT, ("join_key",)))


def version() -> str:
    """Return the version of the engine, which its file format depends on."""
    import kglite

    return str(kglite.__version__)


class Graph:
    """A graph in memory; its lifetime ends with the object."""

    def __init__(self, graph: Any) -> None:
        self._graph = graph
        self._lock = threading.Lock()
        self._remembered = Remembered()
        self._graph.read_only(True)

    @classmethod
    def new(cls) -> "Graph":
        """Return an empty graph with its constraints and indexes."""
        kglite = _engine()
        graph = kglite.KnowledgeGraph()
        for label in Label:
            graph.cypher(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE")
        for label, properties in _INDEXES:
            keys = ", ".join(f"n.{key}" for key in properties)
            graph.cypher(f"CREATE INDEX IF NOT EXISTS FOR (n:{label}) ON ({keys})")
        return cls(graph)

    @classmethod
    def load(cls, file: Path) -> "Graph | None":
        """Return the graph of a file, or None where there is none that can be used."""
        kglite = _engine()
        try:
            return cls(kglite.load(str(file), verify="eager"))
        except (kglite.KgError, OSError):
            return None

    def articles(self) -> dict[str, str]:
        """Return the digests of the articles that the graph holds."""
        rows = self._read("MATCH (a:Article) RETURN a.id AS id, a.digest AS digest")
        return {row["id"]: row["digest"] for row in rows}

    def count(self, label: Label) -> int:
        """Return how many nodes of a label there are."""
        return int(self._read(f"MATCH (n:{label}) RETURN count(n) AS n")[0]["n"])

    def rows(self, write: Write) -> list[dict[str, Any]]:
        """Return what a text of our own that only reads gives for its rows."""
        return list(self._cypher(write.text, {"rows": list(write.rows)}, limit=None, timeout=None).to_list())

    def change(self, gone: Collection[str], come: Sequence[Judged], fetch: Fetch) -> None:
        """Take articles away and add others; `fetch` gives the records of articles that stay.

        Raises StoreError where the graph does not fit what it is told; it is of no more use then.
        """
        kglite = _engine()
        try:
            with self._writing():
                change(self._run, fetch, self._remembered, BY_PATH, gone=gone, come=come)
        except (kglite.KgError, KeyError) as error:
            raise StoreError(f"the graph cannot be brought up to date: {error}; remove graph-*.kgl") from error

    def write(self, write: Write) -> None:
        """Run what writes, whatever the graph is made from."""
        with self._writing():
            self._run(write)

    def query(self, cypher: str, parameters: Mapping[str, Any], *, limit: int | None, timeout: float | None) -> Rows:
        """Return the rows of a Cypher text that only reads.

        Raises QueryError where it would do more, is not valid or runs out of time.
        """
        kglite = _engine()
        refuse_unsafe(cypher)
        refuse_procedures(cypher)
        try:
            result = self._cypher(without_comments(cypher), dict(parameters), limit=limit, timeout=timeout)
        except kglite.ReadOnlyError as error:
            raise QueryError("the query would write; only reading is allowed here") from error
        except kglite.CypherTimeoutError as error:
            raise out_of_time(timeout) from error
        except (kglite.KgError, ValueError, TypeError, OverflowError, RecursionError) as error:
            raise fault(str(error), cypher) from error
        return _rows(result, limit)

    def save(self, file: Path) -> None:
        """Write the graph to a file, in whole or not at all.

        Raises StoreError where it cannot be written.
        """
        kglite = _engine()
        warnings.filterwarnings("ignore", category=kglite.MappedFallbackWarning)  # of files that are never mapped
        try:
            with self._lock:
                self._graph.save(str(file))
        except (kglite.KgError, OSError, ValueError) as error:
            raise StoreError(
                f"the graph file {file} cannot be written: {error}; the articles are safe in records.db, "
                "from which it is made again: make room, or get the right to write there, and open the store again"
            ) from error

    def _cypher(self, cypher: str, parameters: dict[str, Any], *, limit: int | None, timeout: float | None) -> Any:
        with self._turn(timeout) as left:
            return self._graph.cypher(
                cypher,
                params=parameters,
                row_limit=limit,
                timeout_ms=0 if left is None else max(1, int(left * 1000)),
                disabled_passes=_OFF,
                hide_structural_keys=True,
            )

    @contextmanager
    def _turn(self, timeout: float | None) -> Iterator[float | None]:
        """Wait for the calls before this one; give the seconds that are left then.

        Raises QueryError where none are.
        """
        begun = time.monotonic()
        if not self._lock.acquire(timeout=-1 if timeout is None else timeout):
            raise out_of_time(timeout)
        try:
            yield None if timeout is None else timeout - (time.monotonic() - begun)
        finally:
            self._lock.release()

    def _read(self, cypher: str) -> list[dict[str, Any]]:
        return list(self._cypher(cypher, {}, limit=None, timeout=None).to_list())

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock:
            self._graph.read_only(False)
            try:
                yield
            finally:
                self._graph.read_only(True)

    def _run(self, write: Write) -> list[dict[str, Any]]:
        done = self._graph.cypher(write.text, params={"rows": list(write.rows)}, timeout_ms=0, disabled_passes=_OFF)
        return list(done.to_list())


def _engine() -> Any:
    import kglite

    kglite.set_query_warning_policy("silent")
    return kglite


def _rows(result: Any, limit: int | None) -> Rows:
    if isinstance(result, str):
        raise QueryError("FORMAT is refused; choose the format with the option of the command")
    columns = tuple(result.columns)
    total = (result.diagnostics or {}).get("total_rows")
    rows = tuple(tuple(scalar(_own(row[column])) for column in columns) for row in result.to_list())
    return Rows(columns, rows, truncated=limit is not None and (total or 0) > limit)


def _own(value: Any) -> Any:
    """Return a value with nodes, relationships and paths in it as they are told of in `kg.stores.values`."""
    if isinstance(value, list):
        return [_own(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == _PATH:
        return _own(interleaved(value["nodes"], value["relationships"]))
    if value.keys() == _NODE and isinstance(value["properties"], dict):
        return {key: item for key, item in value["properties"].items() if key not in _ENGINE_KEYS}
    if value.keys() == _RELATIONSHIP:
        return value["properties"]
    return {key: _own(item) for key, item in value.items()}
