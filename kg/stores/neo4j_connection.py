"""The connection to a Neo4j: one driver, transactions that are tried again, and errors that name the way out."""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from kg.errors import QueryError, StoreError

T = TypeVar("T")

_ATTEMPTS = 12
_CONNECT_SECONDS, _RETRY_SECONDS = 10, 30
_MOVED = ("Statement.EntityNotFound", "Schema.ConstraintValidationFailed")


class MovedError(Exception):
    """Another writer took away a node that relationships were about to be drawn to."""


class Connection:
    """A driver that connects with the first use, and its address, user and database."""

    def __init__(self, address: str, *, user: str, password: str | None, database: str | None) -> None:
        self.address = address
        self._user = user
        self._password = password
        self._database = database
        self._driver: Any = None

    def read(self, cypher: str, **parameters: Any) -> list[Mapping[str, Any]]:
        """Return the rows of a Cypher text of our own."""
        return self.transact(lambda transaction: transaction.run(cypher, **parameters).data())

    def transact(self, work: Callable[[Any], T]) -> T:
        """Return what a piece of work gives in a reading transaction."""
        return self._transact("execute_read", work)

    def write(self, work: Callable[[Any], T]) -> T:
        """Return what a piece of work gives in a writing transaction.

        It is done again where another writer took away what it was building on.
        """
        from neo4j.exceptions import ClientError

        for attempt in range(_ATTEMPTS):
            try:
                return self._transact("execute_write", work, keep=(ClientError, MovedError))
            except MovedError:
                pass
            except ClientError as error:
                if not (error.code or "").endswith(_MOVED):
                    raise self._told(error) from error
            time.sleep(random.uniform(0, min(0.05 * 2**attempt, 2)))
        raise StoreError(f"{self.address} is changed by other writers all the time; run the command again")

    @contextmanager
    def asked(self, timeout: float | None, fetch_size: int) -> Iterator[Any]:
        """Yield a session that only reads, for a Cypher text of the user's, whose faults become QueryError."""
        from neo4j import READ_ACCESS
        from neo4j.exceptions import Neo4jError

        with self._reported():
            try:
                with self._session(READ_ACCESS, fetch_size=fetch_size) as session:
                    yield session
            except Neo4jError as error:
                if problem := _query_problem(error, timeout):
                    raise QueryError(problem) from error
                raise

    def close(self) -> None:
        """Give the connections free."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def _transact(self, how: str, work: Callable[[Any], T], *, keep: tuple[type[Exception], ...] = ()) -> T:
        from neo4j import READ_ACCESS, WRITE_ACCESS

        access = READ_ACCESS if how == "execute_read" else WRITE_ACCESS
        with self._reported(keep), self._session(access) as session:
            result: T = getattr(session, how)(work)
            return result

    def _session(self, access: str, **options: Any) -> Any:
        if self._driver is None:
            self._driver = self._connected()
        return self._driver.session(database=self._database, default_access_mode=access, **options)

    def _connected(self) -> Any:
        from neo4j import GraphDatabase
        from neo4j.exceptions import ConfigurationError

        driver = None
        try:
            driver = GraphDatabase.driver(
                self.address,
                auth=None if self._password is None else (self._user, self._password),
                connection_timeout=_CONNECT_SECONDS,
                max_transaction_retry_time=_RETRY_SECONDS,
                notifications_min_severity="OFF",
                telemetry_disabled=True,
            )
            driver.verify_connectivity()
        except BaseException as error:
            if driver is not None:
                driver.close()
            if isinstance(error, ConfigurationError | ValueError):
                raise StoreError(f"no Neo4j can be at {self.address}: {error}; see the address") from error
            raise
        return driver

    @contextmanager
    def _reported(self, keep: tuple[type[Exception], ...] = ()) -> Iterator[None]:
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            yield
        except (Neo4jError, DriverError, OSError) as error:
            if isinstance(error, keep):
                raise
            raise self._told(error) from error

    def _told(self, error: Exception) -> StoreError:
        code = getattr(error, "code", None) or ""
        told = getattr(error, "message", None) or str(error)
        if ".Security." in code:
            way_out = f"it refuses the user {self._user!r}: set NEO4J_USERNAME and NEO4J_PASSWORD"
        elif code.endswith("DatabaseNotFound"):
            way_out = f"it has no database {self._database!r}: set NEO4J_DATABASE"
        elif code:
            way_out = "see the log of the server"
        else:
            way_out = "start it, for example with `docker compose up -d`, or name another store with --store"
        return StoreError(f"Neo4j at {self.address}: {told}; {way_out}")


def _query_problem(error: Any, timeout: float | None) -> str | None:
    code = error.code or ""
    if "TransactionTimedOut" in code or code.endswith("Transaction.Terminated"):
        within = "" if timeout is None else f" of its {timeout:g} seconds"
        return f"the query ran out{within}; narrow it, or give it more time"
    if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
        return "the query needs more memory than the server allows; narrow it"
    return error.message if ".ClientError.Statement." in code or ".ClientError.Procedure." in code else None
