"""records.db, the truth of the embedded store: the record of every article, in SQLite."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import SchemaError, StoreError
from kg.model import KeptAside
from kg.stores.base import SCHEMA_VERSION, Version
from kg.stores.notes import about
from kg.stores.schema import refuse_newer, refuse_older

OWN_FILES = ("records.db", "records.db-wal", "records.db-shm", "records.db-journal", "writer.lock", "graph-")

_PROGRAM = int.from_bytes(b"kgdb")
_SCHEMA = (
    "CREATE TABLE records (article TEXT PRIMARY KEY, digest TEXT NOT NULL, judged TEXT NOT NULL, "
    "made_from TEXT NOT NULL, record BLOB NOT NULL)",
    "CREATE INDEX digests ON records (article, digest, judged, made_from)",
    "CREATE TABLE versions (article TEXT NOT NULL, digest TEXT NOT NULL, seen_from TEXT NOT NULL, seen_to TEXT, "
    "record BLOB)",
    "CREATE INDEX versions_of ON versions (article, seen_from)",
    "CREATE TABLE judgements (position INTEGER PRIMARY KEY, judgement TEXT NOT NULL)",
    "CREATE TABLE kept_aside (source TEXT PRIMARY KEY, reason TEXT NOT NULL, again TEXT NOT NULL DEFAULT '')",
    f"PRAGMA application_id = {_PROGRAM}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
_THEN = (
    "SELECT v.article, CAST(coalesce(v.record, r.record) AS BLOB) FROM versions v "
    "LEFT JOIN records r ON r.article = v.article "
    "WHERE v.seen_from <= ? AND (v.seen_to IS NULL OR v.seen_to > ?)"
)
"""The versions that stood at a moment: a current one holds no record of its own."""

_WAYS_OUT = {
    "SQLITE_FULL": "the disk is full; free space and run the command again, what was stored before is safe",
    "SQLITE_IOERR": "the disk refuses; see whether it is full or broken, what was stored before is safe",
    "SQLITE_READONLY": "there is no right to write there; change the rights or name another folder",
    "SQLITE_CANTOPEN": "it cannot be opened; see the rights of the folder, or name another one",
    "SQLITE_NOTADB": "it is no SQLite file; restore a dump into an empty folder",
    "SQLITE_CORRUPT": "it is damaged; restore a dump into an empty folder",
    "SQLITE_BUSY": "another process is writing; wait until it is done",
}
_LOCK_WAYS_OUT = _WAYS_OUT | {
    "SQLITE_NOTADB": "it is no lock of kg; remove it",
    "SQLITE_CORRUPT": "it is damaged; remove it, for it holds nothing",
}
_TAKEN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is encoded, with its digest, the one as it is judged, and the one of what it was made from."""

    article: str
    digest: str
    judged: str
    made_from: str
    record: bytes


class RecordsDatabase:
    """The records of a folder. The first writing method makes it and locks it for others, until `close`.

    Folders of older schemas are refused but `of_any_schema`: then of all methods `is_there`, `prepare`, `schema`,
    `count`, `records` and `transaction` can be called.
    """

    def __init__(self, folder: Path, *, read_only: bool, of_any_schema: bool = False) -> None:
        self._folder = folder
        self._of_any_schema = of_any_schema
        self._file = folder / "records.db"
        self._read_only = read_only
        self._connection: sqlite3.Connection | None = None
        self._lock: sqlite3.Connection | None = None
        self._opened = 0

    @property
    def locked(self) -> bool:
        """Whether this object is the folder's writer."""
        return self._lock is not None

    def prepare(self) -> None:
        """Make the folder and its tables where they are not there, and become its writer."""
        with self.transaction():
            pass

    def is_there(self) -> bool:
        """Return whether something was ever stored in the folder, or made ready for it."""
        if not self._file.exists():
            return False
        with self._reported(), closing(self._file_reader()) as connection:
            return not _is_blank(connection)

    def version(self) -> tuple[int, int]:
        """Return what changes when another connection has written, or this object has changed its own."""
        number = self._pragma("data_version")
        return self._opened, number

    def schema(self) -> int:
        """Return the schema version."""
        return self._pragma("user_version")

    def count(self) -> int:
        """Return how many articles there are."""
        with self._reported():
            return int(self._open().execute("SELECT count(*) FROM records").fetchone()[0])

    def digests(self) -> dict[str, str]:
        """Return the digest of every record as it is judged, by article."""
        with self._reported():
            return dict(self._open().execute("SELECT article, judged FROM records"))

    def digests_of(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the digests of the records of those of the articles that are stored."""
        return self._column("digest", articles)

    def made_from(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the digests of what the records of those of the articles that are stored were made from."""
        return self._column("made_from", articles)

    def record(self, article: str) -> bytes | None:
        """Return the record of an article as it was encoded, whatever became of it since."""
        with self._reported():
            rows = self._select("SELECT CAST(record AS BLOB) FROM records WHERE article = ?", article)
        return rows[0][0] if rows else None

    def records(self) -> Iterator[tuple[str, bytes]]:
        """Yield all articles with their records, in code-point order, as they were when the first was asked for."""
        with self._reported(), closing(self._reader()) as snapshot:
            snapshot.execute("BEGIN")
            yield from snapshot.execute("SELECT article, CAST(record AS BLOB) FROM records ORDER BY article")

    def versions(self, article: str) -> tuple[Version, ...]:
        """Return the versions of an article that were stored, the first one first."""
        text = "SELECT article, digest, seen_from, seen_to FROM versions WHERE article = ? ORDER BY seen_from, rowid"
        with self._reported():
            return tuple(Version(*row) for row in self._select(text, article))

    def records_at(self, moment: str) -> Iterator[tuple[str, bytes]]:
        """Yield the articles that were stored at a moment with their records of then, in code-point order."""
        with self._reported(), closing(self._reader()) as snapshot:
            snapshot.execute("BEGIN")
            yield from snapshot.execute(f"{_THEN} ORDER BY v.article", (moment, moment))

    def record_at(self, article: str, moment: str) -> bytes | None:
        """Return the record of an article at a moment as it was encoded."""
        with self._reported():
            rows = self._open().execute(f"{_THEN} AND v.article = ?", (moment, moment, article)).fetchall()
        return rows[0][1] if rows else None

    def changed_since(self, moment: str) -> tuple[str, ...]:
        """Return the articles of which another version was stored after a moment."""
        text = "SELECT DISTINCT article FROM versions WHERE seen_to IS NULL AND seen_from > ? ORDER BY article"
        with self._reported():
            return tuple(article for (article,) in self._select(text, moment))

    def last_change(self) -> str | None:
        """Return the moment at which an article was stored last."""
        with self._reported():
            found: str | None = self._open().execute("SELECT max(seen_from) FROM versions").fetchone()[0]
            return found

    def judgements(self) -> tuple[str, ...]:
        """Return the judgements in their order, as lines of JSON."""
        with self._reported():
            rows = self._open().execute("SELECT judgement FROM judgements ORDER BY position").fetchall()
        return tuple(line for (line,) in rows)

    def judge(self, lines: Iterable[str], judged: Mapping[str, str]) -> None:
        """Store judgements in place of the former ones, and the digests of articles as they are judged now."""
        with self.transaction() as connection:
            connection.execute("DELETE FROM judgements")
            connection.executemany("INSERT INTO judgements (judgement) VALUES (?)", [(line,) for line in lines])
            rows = [(digest, article) for article, digest in judged.items()]
            connection.executemany("UPDATE records SET judged = ? WHERE article = ?", rows)

    def kept_aside(self) -> tuple[KeptAside, ...]:
        """Return what was set aside, by source."""
        with self._reported():
            rows = self._open().execute("SELECT source, reason, again FROM kept_aside ORDER BY source").fetchall()
        return tuple(KeptAside(*row) for row in rows)

    def write(self, rows: Sequence[Row], loaded: Iterable[str], moment: str) -> None:
        """Store articles in one transaction, each in place of its former version; drop the notes of those loaded."""
        with self.transaction() as connection:
            ended = [(moment, row.article) for row in rows]
            again = [(row.article, moment) for row in rows]  # of the versions of one moment the last one counts
            connection.executemany(
                "UPDATE versions SET seen_to = ?, record = (SELECT r.record FROM records r "
                "WHERE r.article = versions.article) WHERE article = ? AND seen_to IS NULL",
                ended,
            )
            begun = [(row.article, row.digest, moment) for row in rows]
            connection.executemany("DELETE FROM versions WHERE article = ? AND seen_from = ?", again)
            connection.executemany("INSERT INTO versions (article, digest, seen_from) VALUES (?, ?, ?)", begun)
            values = [(row.article, row.digest, row.judged, row.made_from, row.record) for row in rows]
            connection.executemany("INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?)", values)
            connection.executemany("DELETE FROM kept_aside WHERE source = ?", [(article,) for article in loaded])

    def remove(self, articles: Iterable[str]) -> None:
        """Remove the records of articles, all their versions."""
        with self.transaction() as connection:
            gone = [(article,) for article in articles]
            connection.executemany("DELETE FROM records WHERE article = ?", gone)
            connection.executemany("DELETE FROM versions WHERE article = ?", gone)

    def set_aside(self, items: Iterable[KeptAside]) -> None:
        """Note sources that were not loaded."""
        rows = [(item.source, item.reason, item.again) for item in items]
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO kept_aside VALUES (?, ?, ?)", rows)

    def forget_aside(self, sources: Iterable[str]) -> None:
        """Take away the notes on sources and on their parts."""
        with self.transaction() as connection:
            noted = [source for (source,) in connection.execute("SELECT source FROM kept_aside")]
            gone = [(source,) for source in about(noted, sources)]
            connection.executemany("DELETE FROM kept_aside WHERE source = ?", gone)

    def close(self) -> None:
        """Give the folder free."""
        for connection in (self._connection, self._lock):
            if connection is not None:
                connection.close()
        self._connection = self._lock = None

    def _pragma(self, name: str) -> int:
        with self._reported():
            return int(self._open().execute(f"PRAGMA {name}").fetchone()[0])

    def _column(self, column: str, articles: Iterable[str]) -> dict[str, str]:
        with self._reported():
            text = f"SELECT article, {column} FROM records WHERE article = ?"
            return {article: value for each in articles for article, value in self._select(text, each)}

    def _select(self, query: str, value: str) -> list[tuple[Any, ...]]:
        return self._open().execute(query, (value,)).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection in a transaction that ends with the block, and is undone where this raises."""
        with self._reported():
            connection = self._writable()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = self._reader()
            self._opened += 1
        return self._connection

    def _reader(self) -> sqlite3.Connection:
        if not self._file.exists():
            raise self._missing()
        connection = self._file_reader()
        if _is_blank(connection):
            connection.close()
            raise self._missing()
        self._checked(connection)
        return connection

    def _file_reader(self) -> sqlite3.Connection:
        shared = os.access(self._folder, os.W_OK) or Path(f"{self._file}-wal").exists()
        return _connected(self._file, "ro" if shared else "ro&immutable=1")

    def _missing(self) -> StoreError:
        return StoreError(f"there is no store in {self._folder}; `kg load` makes one, or name another with --store")

    def _writable(self) -> sqlite3.Connection:
        if self._lock is None:
            self._become_writer()
        return self._open()

    def _become_writer(self) -> None:
        if self._read_only:
            raise StoreError(f"the store {self._folder} was opened for reading only")
        self._make_folder()
        self._lock = self._taken(self._folder / "writer.lock")
        self._take_over()

    def _taken(self, file: Path) -> sqlite3.Connection:
        """Return the connection that keeps other writers out while it is open."""
        with _told_of(file, _LOCK_WAYS_OUT):
            lock = _connected(file, "rwc", timeout=0)
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error as error:
                lock.close()
                if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _TAKEN:
                    raise
                raise StoreError(
                    f"another process is writing to {self._folder}; wait until it is done, or stop it"
                ) from error
            return lock

    def _take_over(self) -> None:
        if self._connection is not None:
            self._connection.close()
        connection = self._connection = _connected(self._file, "rwc")
        self._opened += 1
        if _is_blank(connection):
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("BEGIN IMMEDIATE")
            for statement in _SCHEMA:
                connection.execute(statement)
            connection.execute("COMMIT")
        connection.execute("PRAGMA synchronous = FULL")
        self._checked(connection)

    def _make_folder(self) -> None:
        if self._folder.exists() and not self._folder.is_dir():
            raise StoreError(f"{self._folder} is a file; a store is a folder, name another with --store")
        self._folder.mkdir(parents=True, exist_ok=True)
        if foreign := [path.name for path in self._folder.iterdir() if not path.name.startswith(OWN_FILES)]:
            raise SchemaError(
                f"{self._folder} holds files of another program, such as {min(foreign)}; name an empty folder"
            )

    def _checked(self, connection: sqlite3.Connection) -> None:
        program = connection.execute("PRAGMA application_id").fetchone()[0]
        schema = connection.execute("PRAGMA user_version").fetchone()[0]
        if program != _PROGRAM:
            raise SchemaError(f"{self._file} was made by another program; name another folder with --store")
        refuse_newer(str(self._file), schema)
        if not self._of_any_schema:
            refuse_older(str(self._folder), schema)

    @contextmanager
    def _reported(self) -> Iterator[None]:
        try:
            with _told_of(self._file, _WAYS_OUT):
                yield
        except OSError as error:
            raise StoreError(
                f"{self._folder} cannot be used: {error.strerror}; change its rights or name another folder"
            ) from error


def _is_blank(connection: sqlite3.Connection) -> bool:
    """Tell whether nothing was made in the database yet: a full disk or a killed writer leaves it so."""
    return not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]


@contextmanager
def _told_of(file: Path, ways_out: Mapping[str, str]) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        way_out = next((text for key, text in ways_out.items() if name.startswith(key)), "see its rights")
        raise StoreError(f"{file}: {error}: {way_out}") from error


def _connected(file: Path, mode: str, *, timeout: float = 10) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=timeout,
        isolation_level=None,
        check_same_thread=False,
    )
