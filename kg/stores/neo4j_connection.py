"""The connection to a Neo4j: one driver, transactions that are tried again, and errors that name the way out.

Every transaction of ours may run twice, for ids come from content and a second run finds its work done. So a server
that goes away is waited for even where the answer to a commit is lost with it.
"""

import logging
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Literal, TypeVar

from kg.errors import QueryError, StoreError
from kg.stores.faults import out_of_time

T = TypeVar("T")
Trouble = Literal["away", "contested", "busy"]
"""A server that went away, other writers in the way, or a server that says to try later."""

_CONNECT_SECONDS, _GREET_SECONDS = 10, 30
_LONGEST_PAUSE = 2
_GRACE_SECONDS = 5  # in which the server itself can say that the time is over
_MOVED = ("Statement.EntityNotFound", "Schema.ConstraintValidationFailed")

_log = logging.getLogger(__name__)
_SILENCE = logging.NullHandler()


class MovedError(Exception):
    """Another writer took away a node that relationships were about to be drawn to."""


class Connection:
    """A driver that connects with the first use, and its address, user and database.

    `patience` is how many seconds a transaction waits for a server that went away, or for other writers to be done. A
    server that was not there with the first use is not waited for.
    """

    def __init__(self, address: str, *, user: str, password: str | None, database: str | None, patience: float) -> None:
        self.address = address
        self._user = user
        self._password = password
        self._database = database
        self._patience = patience
        self._driver: Any = None

    def read(self, cypher: str, **parameters: Any) -> list[Mapping[str, Any]]:
        """Return the rows of a Cypher text of our own."""
        return self.transact(lambda transaction: transaction.run(cypher, **parameters).data())

    def transact(self, work: Callable[[Any], T]) -> T:
        """Return what a piece of work gives in a reading transaction."""
        return self._patiently("execute_read", work)

    def write(self, work: Callable[[Any], T]) -> T:
        """Return what a piece of work gives in a writing transaction.

        It is done again where another writer took away what it was building on.
        """
        return self._patiently("execute_write", work)

    def ask(self, work: Callable[[Any], T], *, timeout: float | None, fetch_size: int) -> T:
        """Return what a piece of work with a Cypher text of the user's gives in a session that only reads.

        Raises QueryError for the faults of the text, and where no answer came in `timeout` seconds and a few: a server
        whose parser broke does not say so.
        """
        from neo4j import READ_ACCESS
        from neo4j.exceptions import Neo4jError

        def asked() -> T:
            with self._reported():
                try:
                    with self._session(READ_ACCESS, fetch_size=fetch_size) as session:
                        return work(session)
                except Neo4jError as error:
                    if problem := _query_problem(error, timeout):
                        raise problem from error
                    raise

        if timeout is None:
            return asked()
        with self._reported():
            self._connect()
        return self._within(asked, timeout)

    def _within(self, work: Callable[[], T], timeout: float) -> T:
        answer: Future[T] = Future()
        threading.Thread(target=_settle, args=(answer, work), daemon=True).start()
        try:
            return answer.result(timeout + _GRACE_SECONDS)
        except TimeoutError as error:
            self.close()  # which ends the thread
            raise out_of_time(timeout) from error

    def close(self) -> None:
        """Give the connections free."""
        if self._driver is not None:
            self._driver.close()
            self._driver = None

    def _patiently(self, how: str, work: Callable[[Any], T]) -> T:
        from neo4j.exceptions import DriverError, Neo4jError

        with self._reported():
            self._connect()
        waiting = _Waiting(self.address, self._patience)
        while True:
            try:
                result = self._transact(how, work)
            except (Neo4jError, DriverError, MovedError, OSError) as error:
                self._wait_or_raise(waiting, error)
            else:
                waiting.end()
                return result

    def _wait_or_raise(self, waiting: "_Waiting", error: Exception) -> None:
        """Pause before the next attempt. Raises StoreError where there is no use in one, or no time left for it."""
        why = _passing(error)
        if why is not None and waiting.pause(why):
            return
        if why == "contested":
            raise StoreError(
                f"{self.address} is changed by other writers all the time; run the command again"
            ) from error
        raise self._told(error, after=waiting.seconds if why == "away" else 0) from error

    def _transact(self, how: str, work: Callable[[Any], T]) -> T:
        from neo4j import READ_ACCESS, WRITE_ACCESS

        access = READ_ACCESS if how == "execute_read" else WRITE_ACCESS
        with self._session(access) as session:
            result: T = getattr(session, how)(work)
            return result

    def _session(self, access: str, **options: Any) -> Any:
        return self._connect().session(database=self._database, default_access_mode=access, **options)

    def _connect(self) -> Any:
        if self._driver is None:
            self._driver = self._connected()
        return self._driver

    def _connected(self) -> Any:
        from neo4j import GraphDatabase
        from neo4j.exceptions import ConfigurationError

        driver = None
        logging.getLogger("neo4j").addHandler(_SILENCE)  # else it says on stderr, in its words, what is told in ours
        try:
            driver = GraphDatabase.driver(
                self.address,
                auth=None if self._password is None else (self._user, self._password),
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=_GREET_SECONDS,
                max_transaction_retry_time=0,  # done here, where more is known to be worth another attempt
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
    def _reported(self) -> Iterator[None]:
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            yield
        except (Neo4jError, DriverError, OSError) as error:
            raise self._told(error) from error

    def _told(self, error: Exception, *, after: float = 0) -> StoreError:
        code = getattr(error, "code", None) or ""
        told = getattr(error, "message", None) or str(error)
        if ".Security." in code:
            way_out = f"it refuses the user {self._user!r}: set NEO4J_USERNAME and NEO4J_PASSWORD"
        elif code.endswith("DatabaseNotFound"):
            way_out = f"it has no database {self._database!r}: set NEO4J_DATABASE"
        elif after:
            way_out = (
                f"it stayed away for {after:.0f} s (KG_PATIENCE); what was stored is safe: start it and run the "
                "command again"
            )
        elif code:
            way_out = "see the log of the server"
        else:
            way_out = "start it, for example with `docker compose up -d`, or name another store with --store"
        return StoreError(f"Neo4j at {self.address}: {told}; {way_out}")


class _Waiting:
    """The pauses between attempts at one transaction, until it succeeds or the patience is at its end."""

    def __init__(self, address: str, patience: float) -> None:
        self._address = address
        self._patience = patience
        self._pauses = 0
        self._began = 0.0
        self._away = False

    @property
    def seconds(self) -> float:
        """How long it has been waited for."""
        return time.monotonic() - self._began if self._pauses else 0

    def pause(self, why: Trouble) -> bool:
        """Wait a little, longer with every time; return whether there was time left to wait."""
        if not self._pauses:
            self._began = time.monotonic()
        elif self.seconds >= self._patience:
            return False
        if why == "away" and not self._away:
            self._away = True
            _log.warning("Neo4j at %s is away; waiting up to %g s for it", self._address, self._patience)
        longest = min(0.05 * 2**self._pauses, _LONGEST_PAUSE)
        self._pauses += 1
        time.sleep(min(random.uniform(0, longest) if why == "contested" else longest, self._patience))
        return True

    def end(self) -> None:
        """Say that the server is back, where it was said that it was away."""
        if self._away:
            _log.warning("Neo4j at %s is back after %.0f s", self._address, self.seconds)


def _settle(answer: "Future[T]", work: Callable[[], T]) -> None:
    try:
        answer.set_result(work())
    except BaseException as error:
        answer.set_exception(error)


def _passing(error: Exception) -> Trouble | None:
    """Return what kind of trouble another attempt may find gone, or None where it would meet the same."""
    from neo4j.exceptions import ClientError, ServiceUnavailable, SessionExpired, TransientError

    code = getattr(error, "code", None) or ""
    if isinstance(error, ServiceUnavailable | SessionExpired) or code.endswith("DatabaseUnavailable"):
        return "away"
    if isinstance(error, TransientError) and ".Transaction." not in code:
        return "busy"
    if isinstance(error, MovedError | TransientError) or (isinstance(error, ClientError) and code.endswith(_MOVED)):
        return "contested"
    return None


def _query_problem(error: Any, timeout: float | None) -> QueryError | None:
    code = error.code or ""
    if "TransactionTimedOut" in code or code.endswith("Transaction.Terminated"):
        return out_of_time(timeout)
    if "MemoryPoolOutOfMemory" in code or "OutOfMemory" in code:
        return QueryError("the query needs more memory than the server allows; narrow it")
    told = ".ClientError.Statement." in code or ".ClientError.Procedure." in code
    return QueryError(error.message) if told else None
