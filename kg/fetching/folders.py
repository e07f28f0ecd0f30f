"""Which files of watched folders are new or changed, and which of them stand still."""

import time
from dataclasses import dataclass
from pathlib import Path

from kg.fetching.memory import FileMemory
from kg.model import KeptAside
from kg.sources import File, files_below

SETTLE_SECONDS = 2.0
"""How long size and time of a file must stand still before it is read."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at folders found: files to load, how many are as they were, what is being written, what is amiss.

    `there` holds the path of every file.
    """

    ready: tuple[tuple[File, FileMemory], ...]
    unchanged: int
    unsettled: int
    refused: tuple[KeptAside, ...]
    there: frozenset[str]


class Folders:
    """Folders and files that are looked at again and again."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        self._paths = paths
        self._pending: dict[str, tuple[int, int, float]] = {}  # size, time, and since when they stand still

    def look(self, known: dict[str, FileMemory]) -> Look:
        """Return what there is beside what is known by path; a known file keeps its name as a source."""
        found = files_below(self._paths)
        files = [place for place in found if isinstance(place, File)]
        ready: list[tuple[File, FileMemory]] = []
        unchanged = unsettled = 0
        pending: dict[str, tuple[int, int, float]] = {}
        for file in files:
            path = key_of(file)
            now = _as_it_is(file, known.get(path))
            if now is None:
                continue
            if now == known.get(path):
                unchanged += 1
                continue
            since = self._since(path, now)
            if _stands_still(now, since):
                ready.append((file if _is_odd(file.name) else File(file.path, now.name), now))
            else:
                unsettled += 1
                pending[path] = (now.size, now.modified, since)
        self._pending = pending
        refused = tuple(place for place in found if isinstance(place, KeptAside))
        there = frozenset(map(key_of, files))
        return Look(tuple(ready), unchanged, unsettled, refused, there)

    def _since(self, path: str, now: FileMemory) -> float:
        size, modified, since = self._pending.get(path, (-1, -1, 0.0))
        return since if (size, modified) == (now.size, now.modified) else time.monotonic()


def key_of(file: File) -> str:
    """Return under what a file is remembered: its whole path, what is not UTF-8 in it escaped."""
    return _escaped(str(file.path.absolute()))


def _escaped(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()


def _is_odd(name: str) -> bool:
    return _escaped(name) != name


def _as_it_is(file: File, known: FileMemory | None) -> FileMemory | None:
    """Return size and times of a file, None where it went away or cannot be looked at: reading it tells why."""
    name = known.name if known else _escaped(file.name)
    try:
        status = file.path.stat()
    except FileNotFoundError:
        return FileMemory(name, -1, 0, 0) if file.path.is_symlink() else None
    except OSError:
        return FileMemory(name, -1, 0, 0)
    return FileMemory(name, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _stands_still(now: FileMemory, since: float) -> bool:
    """Tell by the clock of the file, or by having seen it so before: one of the two may be that of another machine."""
    return time.time() - now.modified / 1e9 > SETTLE_SECONDS or time.monotonic() - since > SETTLE_SECONDS
