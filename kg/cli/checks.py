"""What `kg doctor` looks at: each check says what it found, or what is wrong and the way out."""

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import kg
from kg.cli import judging
from kg.cli.options import store_of
from kg.config import Settings, is_server
from kg.errors import KgError, KnowledgeError, StoreError
from kg.graph.judgements import in_force
from kg.shelf import folder

JVM_FOLDERS = ("/usr/lib/jvm", "/Library/Java/JavaVirtualMachines", "~/.sdkman/candidates/java", "~/.jdks")


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, what was found, and the exit code that this asks for: 0 where all is well."""

    name: str
    found: str
    exit_code: int = 0


def checks(settings: Settings) -> Iterator[Check]:
    """Yield every check for the store that the settings name."""
    yield _checked("Python", _python)
    yield _checked("kg", lambda: f"{kg.__version__} in {Path(kg.__file__).parent}")
    yield _checked("spaCy model", _model)
    yield _checked("codebook", _codebook)
    yield _checked("tables", _tables)
    yield _checked("queries", lambda: f"{len(list(folder('queries').glob('[a-z]*.cypher')))} in {folder('queries')}")
    yield _checked("Java", _java)
    yield _checked("rights", lambda: _rights(settings))
    yield _checked("judgements", _judgements)
    yield _checked("store", lambda: _store(settings))


def _checked(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, look())
    except KgError as error:
        return Check(name, str(error), StoreError.exit_code if isinstance(error, StoreError) else KgError.exit_code)


def _python() -> str:
    return f"{platform.python_version()} in {sys.prefix}"


def _model() -> str:
    from kg.reading.model import check

    return check()


def _codebook() -> str:
    from kg.knowledge.codebook import codebook

    book = codebook()
    return f"{len(book.types)} event types, {book.digest}"


def _tables() -> str:
    from kg.knowledge.tables import check, tables

    found = tables()
    problems = check(found)
    if problems:
        raise KnowledgeError(f"{len(problems)} problems in the tables of kg, such as: {problems[0]}")
    return f"{len(found.actors)} actors, {len(found.places)} places, {found.digest}"


def _java() -> str:
    versions = sorted(set(filter(None, map(_java_version, _java_homes()))))
    return ", ".join(versions) or "none; needed only to run Neo4j without Docker"


def _java_homes() -> Iterator[Path]:
    if home := os.environ.get("JAVA_HOME"):
        yield Path(home)
    for parent in JVM_FOLDERS:
        yield from Path(parent).expanduser().glob("*")


def _java_version(home: Path) -> str:
    """Return the version that a Java home's `release` file tells, or an empty text where there is none."""
    lines = chain.from_iterable(map(_lines, (home / "release", home / "Contents/Home/release")))
    return next((line.partition("=")[2].strip('"') for line in lines if line.startswith("JAVA_VERSION=")), "")


def _lines(path: Path) -> list[str]:
    """Return the lines of a file, none where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _rights(settings: Settings) -> str:
    if is_server(settings.store.value or ""):
        return "kept by the server"
    place = _folder(settings).absolute()
    nearest = next(path for path in (place, *place.parents) if _is_there(path))
    if not nearest.is_dir():
        raise KgError(f"{nearest} is a file; name a folder with --store")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise KgError(f"{nearest} may not be written; change its rights or name another folder with --store")
    return f"{nearest} may be written"


def _store(settings: Settings) -> str:
    if not is_server(settings.store.value or "") and not _is_there(_folder(settings)):
        return f"{_folder(settings)} is not there yet; kg load makes it"
    with store_of(settings, read_only=True) as store:
        counts = store.counts()
        return f"{store.address}: schema {counts.schema}, {counts.articles} articles"


def _judgements() -> str:
    found = judging.filed()
    if found is None:
        return f"{judging.path()} is not there yet; judging makes it"
    return f"{judging.path()}: {len(in_force(found))} in force"


def _is_there(path: Path) -> bool:
    """Return whether there is something at a path.

    Raises KgError where that cannot be told, as below a folder that may not be entered.
    """
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        cure = "change the rights of the folders above it, or name another folder with --store"
        raise KgError(f"{path} cannot be looked at: {error.strerror or error}; {cure}") from error
    return True


def _folder(settings: Settings) -> Path:
    return Path(settings.address).expanduser()
