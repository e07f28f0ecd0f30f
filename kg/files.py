"""Files read and written with errors of ours, and files that are replaced whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from kg.errors import KgError


@contextmanager
def reported(target: str) -> Iterator[None]:
    """Turn the errors of writing into a KgError that names the target; a closed pipe stays what it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise KgError(f"cannot write to {target}: {error.strerror or error}") from error


@contextmanager
def readable(source: str) -> Iterator[None]:
    """Turn the errors of reading into a KgError that names the source."""
    try:
        yield
    except OSError as error:
        raise KgError(f"cannot read {source}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise KgError(f"cannot read {source}: it is not UTF-8") from error


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes its name when all of it is written; one that was there before is untouched till then."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("xb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def is_device(path: Path) -> bool:
    """Tell whether there is something under a path that is neither a file nor a folder."""
    return path.exists() and not path.is_file() and not path.is_dir()
