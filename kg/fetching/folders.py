"""Looks at folders: which files are new or changed, and which of them stand still."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.fetching.memory import FileMemory
from kg.fetching.steps import Step, nothing
from kg.fetching.stop import Stop
from kg.model import KeptAside
from kg.sources import File, files_below

SETTLE_SECONDS = 2.0
"""How long size and time of a file must stand still before it is read."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at folders found: files to load, how many are as they were or being written, what is amiss.

    `there` holds every file, as it is remembered.
    """

    ready: tuple[tuple[File, FileMemory], ...]
    unchanged: int
    unsettled: int
    refused: tuple[KeptAside, ...]
    there: frozenset[str]


class Folders:
    """Looks at folders and files, of which `memory` holds what is known by path; steps change it once they are stored.

    `unsettled` counts the files that were being written at the last look.
    """

    def __init__(self, paths: tuple[Path, ...], memory: dict[str, FileMemory], stop: Stop) -> None:
        self.unsettled = 0
        self._paths = paths
        self._memory = memory
        self._stop = stop
        self._pending: dict[str, tuple[int, int, float]] = {}  # size, time, and since when they stand still
        self._refused: frozenset[str] = frozenset()

    def steps(self, *, patient: bool) -> Iterator[Step]:
        """Yield the files that are new or changed; a patient look waits a moment for those that are being written."""
        look = self._look()
        if look.unsettled and patient:
            self._stop.sleep(SETTLE_SECONDS + 0.1)
            look = self._look()
        self.unsettled = look.unsettled
        for file, now in look.ready:
            self._stop.check()
            yield Step(place=file, remember=self._remembering(key_of(file), now))
        yield from (Step(place=item) for item in look.refused)
        yield self._finished(look)

    def _look(self) -> _Look:
        found = files_below(self._paths)
        files = [place for place in found if isinstance(place, File)]
        refused = tuple(place for place in found if isinstance(place, KeptAside))
        ready: list[tuple[File, FileMemory]] = []
        pending: dict[str, tuple[int, int, float]] = {}
        unchanged = 0
        for file in files:
            path = key_of(file)
            known = self._memory.get(path)
            now = _as_it_is(file, known)
            if now is None:
                continue
            since = self._since(path, now)
            if now == known:
                unchanged += 1
            elif _stands_still(now, since):
                ready.append((file if _is_odd(file.name) else File(file.path, now.name), now))
            else:
                pending[path] = (now.size, now.modified, since)
        self._pending = pending
        return _Look(tuple(ready), unchanged, len(pending), refused, frozenset(map(key_of, files)))

    def _since(self, path: str, now: FileMemory) -> float:
        size, modified, since = self._pending.get(path, (-1, -1, 0.0))
        return since if (size, modified) == (now.size, now.modified) else time.monotonic()

    def _remembering(self, path: str, now: FileMemory) -> Callable[[], None]:
        return lambda: self._memory.update({path: now})

    def _finished(self, look: _Look) -> Step:
        """Return that files which went away are forgotten, and notes on what may be looked into again."""
        former, self._refused = self._refused, frozenset(item.source for item in look.refused)

        gone = set() if look.refused else self._memory.keys() - look.there

        def forget() -> None:
            for path in gone:
                del self._memory[path]

        return Step(remember=forget if gone else nothing, seen=tuple(former - self._refused), unchanged=look.unchanged)


def key_of(file: File) -> str:
    """Return under what a file is remembered: its whole path, what is not UTF-8 in it escaped."""
    return _escaped(str(file.path.absolute()))


def _escaped(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _is_odd(name: str) -> bool:
    return _escaped(name) != name


def _as_it_is(file: File, known: FileMemory | None) -> FileMemory | None:
    """Return size and times of a file, None where it has just gone.

    Of one that cannot be looked at, or a link that leads nowhere, they are nothing: reading it tells why.
    """
    name = known.name if known else _escaped(file.name)
    try:
        status = file.path.stat()
    except OSError as error:
        if isinstance(error, FileNotFoundError) and not file.path.is_symlink():
            return None
        return FileMemory(name, -1, 0, 0)
    return FileMemory(name, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _stands_still(now: FileMemory, since: float) -> bool:
    """Tell by the clock of the file, or by having seen it so before: one of the two may be that of another machine."""
    return time.time() - now.modified / 1e9 > SETTLE_SECONDS or time.monotonic() - since > SETTLE_SECONDS
