"""A wish to stop: it breaks off what only waits, and leaves everything else to come to its end."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager


class StoppedError(Exception):
    """The run was asked to stop while it waited, or before it went on."""


class Stop:
    """Whether to stop. Work that may be broken off at any point, such as a request, is done inside `waiting`."""

    def __init__(self) -> None:
        self.asked = False
        self._waits = False

    def ask(self, *_: object) -> None:
        """Ask for the stop; called by a signal in the middle of `waiting`, raise StoppedError there and then."""
        self.asked = True
        if self._waits:
            self._waits = False
            raise StoppedError

    def check(self) -> None:
        """Raise StoppedError where the stop was asked for."""
        if self.asked:
            raise StoppedError

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let the stop break off what is done inside."""
        self._waits = True
        try:
            self.check()
            yield
        finally:
            self._waits = False

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until the stop is asked for, and raise StoppedError then."""
        with self.waiting():
            time.sleep(seconds)

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Ask for the stop at SIGTERM and SIGINT; in the main thread only."""
        former = {number: signal.signal(number, self.ask) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)
