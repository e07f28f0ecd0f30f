"""Files and folders written whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.cli import terminal
from kg.errors import KgError, UsageError
from kg.files import is_device, replacing, reported


@contextmanager
def target(name: str | None) -> Iterator[BinaryIO]:
    """Open stdout (for None and `-`) or a file that takes its name when all of it is written.

    Raises KgError where it cannot be written; a file that was there before is then untouched.
    """
    if name is None or name == "-":
        with reported("standard output"):
            yield terminal.stdout()
            terminal.stdout().flush()
        return
    _refuse_empty(name)
    with reported(name):
        path = Path(name).resolve()
        if path.is_dir():
            raise KgError(f"{name} is a folder; name a file")
        if not path.parent.is_dir():
            raise KgError(f"cannot write to {name}: there is no folder {path.parent}; make it first")
    with reported(name), _plain(path) if is_device(path) else replacing(path) as out:
        yield out


@contextmanager
def folder(name: str) -> Iterator[Path]:
    """Give an empty folder that takes its name when all in it is written.

    Raises KgError where there is something under that name, but for an empty folder, or it cannot be written.
    """
    _refuse_empty(name)
    with reported(name):
        path = Path(name).resolve()
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise KgError(f"{name} is there already; name a folder that is not there yet, or is empty")
        if not path.parent.is_dir():
            raise KgError(f"cannot write to {name}: there is no folder {path.parent}; make it first")
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.mkdir()
            yield beside
            if path.exists():
                path.rmdir()
            beside.rename(path)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _refuse_empty(name: str) -> None:
    if not name:
        raise UsageError("-o has no name; name where to write, or leave it out")


@contextmanager
def _plain(path: Path) -> Iterator[BinaryIO]:
    with path.open("wb") as out:
        yield out
