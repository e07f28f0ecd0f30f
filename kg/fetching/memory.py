"""The memory of a watch: what was fetched when, in one small JSON file, written whole or not at all."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kg.errors import KgError, UsageError
from kg.fetching.fetch import UNKNOWN, Validators

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMemory:
    """An entry of a feed as it was last told of; with `failures` its page is still owed, so often asked for in vain."""

    digest: str
    validators: Validators = UNKNOWN
    failures: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedMemory:
    """A feed: where it moved for good, and whether it is gone.

    It is not asked before `not_before` (seconds since 1970), after `failures` in a row. `present` counts its entries
    at the last look; `entries` holds them by key, those long out of the feed first.
    """

    validators: Validators = UNKNOWN
    fetched: float = 0.0
    moved: str | None = None
    gone: bool = False
    failures: int = 0
    not_before: float = 0.0
    present: int = 0
    entries: dict[str, EntryMemory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileMemory:
    """A file as it was last loaded: its name as a source, bytes, and times in nanoseconds since 1970."""

    name: str
    size: int
    modified: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """All that a watch remembers: feeds by address and files by path, for the store at an address."""

    version: int
    store: str
    feeds: dict[str, FeedMemory] = field(default_factory=dict)
    files: dict[str, FileMemory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Head:
    version: int


def read(path: Path, store: str) -> Memory:
    """Return what a file remembers for a store, an empty memory where there is no file.

    Raises UsageError where it is broken, of another version or of another store, and KgError where it cannot be read.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Memory(version=VERSION, store=store)
    except OSError as error:
        said = error.strerror or error
        raise KgError(f"the state {path} cannot be read: {said}; name another with --state") from error
    memory = _decoded(path, content)
    if memory.store != store:
        raise UsageError(
            f"the state {path} is that of a watch into {memory.store!r}, not {store!r}; name another with --state"
        )
    return memory


def write(path: Path, memory: Memory) -> None:
    """Write a memory in place of its former version.

    Raises KgError where that cannot be done; the former version is then untouched.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as out:
            out.write(msgspec.json.encode(memory))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        said = error.strerror or error
        raise KgError(f"the state {path} cannot be written: {said}; name another with --state") from error


def _decoded(path: Path, content: bytes) -> Memory:
    way_out = "delete it, it is only the memory of what was fetched"
    try:
        version = msgspec.json.decode(content, type=_Head).version
        if version == VERSION:
            return msgspec.json.decode(content, type=Memory)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise UsageError(f"the state {path} is broken: {error}; {way_out}") from error
    raise UsageError(f"the state {path} is of version {version}, this kg writes {VERSION}; {way_out}")
