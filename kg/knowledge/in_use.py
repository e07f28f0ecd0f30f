"""Knowledge that comes with kg, and files of the user's own that are in use for a while."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Generic, TypeVar

Known = TypeVar("Known")
Made = TypeVar("Made")
Own = Callable[[], Sequence[Path]]


class InUse(Generic[Known]):
    """What is known now: read when it is first needed, and again when other files are in use."""

    def __init__(self, read: Callable[[Sequence[Path]], Known]) -> None:
        """Take what reads the knowledge with some files of the user's own."""
        self._read = read
        self._own: list[Own] = []  # the innermost `using` stands last
        self._known: list[Known] = []

    def __call__(self) -> Known:
        """Return what is known; raises what reading it raises."""
        if not self._known:
            self._known.append(self._read(self.own()))
        return self._known[0]

    def own(self) -> tuple[Path, ...]:
        """Return the files of the user's own that are in use."""
        return tuple(self._own[-1]()) if self._own else ()

    @contextmanager
    def using(self, named: Own) -> Iterator[None]:
        """Add files of the user's own to what is known inside; `named` is called when they are first needed."""
        self._own.append(named)
        self._known.clear()
        try:
            yield
        finally:
            self._own.pop()
            self._known.clear()

    def remembered(self, make: Callable[[], Made]) -> Callable[[], Made]:
        """Return a function that makes something of what is known once, and again when something else is."""
        made: list[tuple[Known, Made]] = []

        @wraps(make)
        def recall() -> Made:
            known = self()
            if not made or made[0][0] is not known:
                made[:] = [(known, make())]
            return made[0][1]

        return recall
