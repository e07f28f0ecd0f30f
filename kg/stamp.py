"""What records are made with: the code and the data that kg reads with, the model, the codebook and the tables."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg import __version__
from kg.knowledge import codebook, tables
from kg.model import Stamp

_HOME = Path(__file__).resolve().parent
_READERS = ("reading", "coding", "knowledge")
_NOT_READ_WITH = ("__pycache__", "corpus")


def stamp() -> Stamp:
    """Return what records are made with now.

    Raises ModelError where the spaCy model is missing, and KnowledgeError where a table or a codebook file is broken.
    """
    from kg.reading.model import name

    return Stamp(reader(), name(), codebook.codebook().digest, tables.tables().digest)


def reader() -> str:
    """Return the version of kg with a digest of all that decides what it reads out of an article.

    That is its code and data, the files of the user's own and the model; none of them is loaded. Raises ModelError
    where the model is missing.
    """
    from kg.reading.model import name

    own = (*tables.own_files(), *codebook.own_files())
    hashed = hashlib.sha256(name().encode())
    for path in (*_shipped(), *own):
        hashed.update(path.name.encode() + b"\0" + _content(path))
    return f"{__version__}+{hashed.hexdigest()[:12]}"


def _shipped() -> Iterator[Path]:
    for name in _READERS:
        yield from sorted(path for path in (_HOME / name).rglob("*") if path.is_file() and _is_read_with(path.parts))


def _is_read_with(parts: Iterable[str]) -> bool:
    return not any(part in _NOT_READ_WITH for part in parts)


def _content(path: Path) -> bytes:
    """Return the bytes of a file, nothing where it cannot be read: reading an article tells of that."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
