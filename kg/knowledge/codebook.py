"""The event codebook in use: the files that come with kg, and those of the user's own.

Files of the user's own are added by `using`. They add frames, triggers, modes and examples to a type.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from kg.errors import KnowledgeError
from kg.knowledge.codebook_checks import Problem, read_addition, read_type
from kg.knowledge.codebook_records import (
    PREPOSITION_SLOTS,
    Addition,
    Codebook,
    Example,
    Expected,
    Frame,
    OwnExample,
    PartOfSpeech,
    Role,
    TriggerGroup,
    TypeFile,
    words_of,
)
from kg.knowledge.in_use import InUse

__all__ = [
    "PREPOSITION_SLOTS",
    "Codebook",
    "Example",
    "Expected",
    "Frame",
    "OwnExample",
    "PartOfSpeech",
    "Role",
    "TriggerGroup",
    "TypeFile",
    "codebook",
    "own_files",
    "remembered",
    "review",
    "type_file",
    "using",
    "words_of",
]

_book = InUse(lambda paths: _with(paths))
using = _book.using
remembered = _book.remembered


def codebook() -> Codebook:
    """Return the codebook that comes with kg with the files of the user's own.

    Raises KnowledgeError naming file, line and cure where a file is broken.
    """
    return _book()


def own_files() -> list[Path]:
    """Return the files of the user's own that are in use, of a folder its TOML files."""
    return _files(_book.own())


def type_file(name: str, content: str) -> TypeFile:
    """Return one event type from the text of its TOML file, checked.

    Raises KnowledgeError naming file, line and cure.
    """
    entry, problems = read_type(name, content)
    if entry is None or problems:
        raise _refusal(problems)
    return entry


def review(paths: Sequence[Path]) -> tuple[Codebook, tuple[Problem, ...]]:
    """Return the codebook with files of the user's own as far as they are sound, and all that is wrong with them."""
    book = _shipped()
    problems: list[Problem] = []
    for path in _files(paths):
        try:
            content = path.read_bytes()
        except OSError as error:
            reason = error.strerror or str(error)
            problems.append(Problem(str(path), 0, f"cannot be read: {reason}; mend its path where it is named"))
            continue
        book, found = _with_file(book, path, content)
        problems += found
    return book, tuple(problems)


def _with(paths: Sequence[Path]) -> Codebook:
    if not paths:
        return _shipped()
    book, problems = review(paths)
    if problems:
        raise _refusal(problems)
    return book


@cache
def _shipped() -> Codebook:
    sources = sorted((files("kg.knowledge") / "events").iterdir(), key=lambda path: path.name)
    contents = [(path.name, path.read_bytes()) for path in sources if path.name.endswith(".toml")]
    hashed = hashlib.sha256()
    for name, content in contents:
        hashed.update(name.encode() + b"\0" + content)
    return Codebook(tuple(type_file(name, content.decode()) for name, content in contents), hashed.hexdigest()[:16])


def _files(paths: Sequence[Path]) -> list[Path]:
    """Return the files named, of a folder its TOML files."""
    found = (sorted(path.glob("*.toml")) if path.is_dir() else [path] for path in paths)
    return list(dict.fromkeys(path for several in found for path in several))


def _with_file(book: Codebook, path: Path, content: bytes) -> tuple[Codebook, Sequence[Problem]]:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return book, [Problem(str(path), 0, "is not UTF-8 text; save it as UTF-8")]
    added, problems, lines = read_addition(str(path), text, {entry.type: entry for entry in book.types})
    if added is None or problems:
        return book, problems
    types = tuple(_extended(entry, added) if entry.type == added.type else entry for entry in book.types)
    digest = hashlib.sha256(f"{book.digest} {hashlib.sha256(content).hexdigest()}".encode()).hexdigest()[:16]
    examples = (
        OwnExample(added.type, example, f"{path}, line {line}")
        for example, line in zip(added.examples, lines, strict=True)
    )
    return Codebook(types, digest, (*book.own_examples, *examples)), problems


def _extended(entry: TypeFile, added: Addition) -> TypeFile:
    own = tuple(replace(group, is_own=True) for group in added.triggers)
    return replace(
        entry,
        modes=tuple(dict.fromkeys([*entry.modes, *added.modes])),
        frames={**entry.frames, **added.frames},
        triggers=(*own, *entry.triggers),
    )


def _refusal(problems: Sequence[Problem]) -> KnowledgeError:
    more = f" ({len(problems) - 1} more: kg codebook check)" if len(problems) > 1 else ""
    return KnowledgeError(f"{problems[0]}{more}")
