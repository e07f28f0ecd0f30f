"""Files written whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.cli import terminal


@contextmanager
def target(name: str | None) -> Iterator[BinaryIO]:
    """Open stdout (for None and `-`) or a file that takes its name when all of it is written.

    Raises KgError where it cannot be written; a file that was there before is then untouched.
    """
    if name is None or name == "-":
        with terminal.reported("standard output"):
            yield terminal.stdout()
            terminal.stdout().flush()
        return
    path = Path(name).resolve()
    with terminal.reported(name), _plain(path) if _is_device(path) else _replacing(path) as out:
        yield out


@contextmanager
def _plain(path: Path) -> Iterator[BinaryIO]:
    with path.open("wb") as out:
        yield out


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _is_device(path: Path) -> bool:
    return path.exists() and not path.is_file() and not path.is_dir()
