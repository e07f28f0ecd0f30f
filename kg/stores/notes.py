"""Which notes on kept-aside sources speak of a source or of a part of it."""

import re
from collections.abc import Iterable, Iterator

_PART = re.compile(r"[#:][0-9]+\Z|: ")
_PART_OF_PAGE = re.compile(r"#[0-9]+\Z|: ")  # http://host:8080 is no part of http://host


def about(noted: Iterable[str], sources: Iterable[str]) -> list[str]:
    """Return those of the noted names that are one of the sources or a part of one: `a#3`, `a: id`, of files `a:3`."""
    wanted = set(sources)
    return [name for name in noted if not wanted.isdisjoint(_wholes(name))]


def _wholes(name: str) -> Iterator[str]:
    yield name
    yield from (name[: part.start()] for part in _parts_of(name).finditer(name))


def _parts_of(name: str) -> re.Pattern[str]:
    return _PART_OF_PAGE if name.startswith(("http://", "https://")) else _PART
