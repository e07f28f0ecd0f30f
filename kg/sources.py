"""Articles out of files, folders, globs, stdin and pages: each by its loader, or kept aside with a reason."""

import codecs
import glob
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import msgspec

from kg import shelf
from kg.addresses import is_address, masked, plain
from kg.errors import KgError, SourceError, UsageError
from kg.model import Article, KeptAside, Source, shortened

MAX_BYTES = 20_000_000
"""The largest source of one article that is read."""

MANY_BYTES = 200_000_000
"""The largest source of many articles that is read."""

MAX_CHARACTERS = 500_000
"""The longest article that is read, in characters; spaCy itself refuses twice as many."""

Item = Article | KeptAside

_STDIN = "-"
_BINARY_HEAD = 8_000
_ISO = re.compile(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?)?")
_YEARS = range(1000, 3000)  # feeds write 0001-01-01 and 9999-12-31 for a date that is not known
_NO_YEAR = re.compile(r"[A-Za-z]{3}[ -]00\d\d\b")  # dates of mail in 0001 would be taken for 2001
_LAYOUTS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Loader:
    """A file of loaders/ or a plug-in: what it takes, how it reads that and how it knows it on stdin."""

    name: str
    suffixes: tuple[str, ...]
    load: Callable[[Source], Iterator[Item]]
    sniff: Callable[[bytes], bool]
    max_bytes: int


@dataclass(frozen=True, slots=True)
class File:
    """A file to read, and its name: the path below the source that was named."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """What was fetched from an address: `ending` is that of the loader that reads it, empty where its start tells.

    `address` is where it was found in the end, in the form of `kg.addresses.plain`; `published` is the date of an
    article that carries none. `otherwise` is read where this page holds no article.
    """

    address: str
    content: bytes
    ending: str
    published: str | None = None
    otherwise: "Page | None" = None


Fetch = Callable[[str], Page]
"""Gets the page of an address, or raises SourceError; `kg.fetching` has one."""


@dataclass(frozen=True, slots=True)
class _Address:
    name: str


@dataclass(frozen=True, slots=True)
class _Folder:
    """A name or a folder that was looked into: nothing to read itself."""

    name: str


_Place = File | Page | _Address | _Folder | KeptAside | None  # None is stdin


@cache
def loaders() -> tuple[Loader, ...]:
    """Return the loaders of loaders/ and of the entry points `kg.loaders`, by name; of one name, the plug-in.

    Raises KgError where one lacks SUFFIXES or load(), or two take the same suffix.
    """
    found = {**shelf.modules(shelf.folder("loaders"), "kg_loaders"), **shelf.plug_ins("kg.loaders")}
    known = tuple(_loader(name, found[name]) for name in sorted(found))
    owners: dict[str, str] = {}
    for loader in known:
        for suffix in loader.suffixes:
            if owners.setdefault(suffix, loader.name) != loader.name:
                raise KgError(f"loaders {owners[suffix]!r} and {loader.name!r} both take {suffix}; remove one of them")
    return known


def _loader(name: str, module: object) -> Loader:
    suffixes, load = getattr(module, "SUFFIXES", None), getattr(module, "load", None)
    if not isinstance(suffixes, tuple) or not callable(load):
        raise KgError(f"loader {name!r} needs SUFFIXES, a tuple of endings, and load(source); see docs/loaders.md")
    sniff = getattr(module, "sniff", _never)
    max_bytes = MANY_BYTES if getattr(module, "MANY", False) else MAX_BYTES
    return Loader(name=name, suffixes=suffixes, load=load, sniff=sniff, max_bytes=max_bytes)


def _never(content: bytes) -> bool:  # noqa: ARG001
    return False


def read(
    names: Sequence[str],
    *,
    published: str | None = None,
    stdin: BinaryIO | None = None,
    seen: Callable[[str], None] | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Item]:
    """Yield the articles of files, folders, globs, addresses and `-`, in order, and for what cannot be read why.

    `published` is the date of articles that carry none. `seen` is called with each name given, each folder and each
    source that is looked into, as a note on it would call them. `fetch` gets the page of an address when its turn
    comes; without it addresses are kept aside. Raises UsageError, before anything is read, where `published` is no
    date, no source is named or none of those named is there.
    """
    given = _given_date(published)
    places = _plan(names)
    return _once(_items(places, stdin, seen or _unheard, fetch or _unfetched), given, {})


def read_found(
    places: Iterable[File | Page | KeptAside], *, seen: Callable[[str], None], ids: dict[str, tuple[str, str]]
) -> Iterator[Item]:
    """Yield the articles of files and pages that were found before, as `read` does.

    `ids` holds digest of text and source of the articles of former calls that are to count as one run with this one.
    """
    return _once(_items(places, None, seen, _unfetched), None, ids)


def files_below(paths: Sequence[Path]) -> list[File | KeptAside]:
    """Return the files that a loader takes in and below folders, and files that are named, as `read` calls them.

    What is not there or may not be looked into comes out kept aside; a folder may be empty.
    """
    found = [place for path in paths for place in _looked_into(path)]
    return [place for place in _distinct(found) if isinstance(place, File | KeptAside)]


def _looked_into(path: Path) -> list[_Place]:
    try:
        if path.is_dir():
            return _walked(path)
        return [File(path, path.name)] if path.exists() else [KeptAside(str(path), _missing(str(path)))]
    except OSError as error:
        return [KeptAside(str(path), _refusal(error))]


def _unheard(name: str) -> None: ...


def _unfetched(address: str) -> Page:  # noqa: ARG001
    raise SourceError("addresses are not fetched here; save the page and name its file")


def count(names: Sequence[str]) -> int | None:
    """Return how many items `read` gives at most, or None where stdin or a file of many is among them."""
    total = 0
    for place in _plan(names):
        loader = _loader_for(place.name) if isinstance(place, File) else None
        if place is None or (loader and loader.max_bytes > MAX_BYTES):
            return None
        total += not isinstance(place, _Folder)
    return total


def _given_date(published: str | None) -> str | None:
    try:
        return published and iso_date(published)
    except SourceError as error:
        raise UsageError(str(error)) from error


def iso_date(words: str) -> str:
    """Return a date or date-time as ISO 8601, as it stands where it is that already.

    Basic ISO, RFC 2822, `20 July 2018`, `July 20, 2018` and `2018/07/20` are understood; 07/08/2018 has two
    meanings and is not. Raises SourceError where the words are no date, or one before 1000 or after 2999.
    """
    iso = _iso(words.strip())
    if int(iso[:4]) not in _YEARS:
        raise SourceError(f"the date {words[:60]!r} is of no year of news; leave out a date that is not known")
    return iso


def _iso(words: str) -> str:
    trimmed = re.sub(r" ?(UTC|GMT)$", "+00:00", words)
    try:
        parsed = datetime.fromisoformat(trimmed)
    except ValueError:
        return _written_date(words)
    if _ISO.fullmatch(trimmed):
        return trimmed
    return parsed.isoformat() if len(trimmed) > len("2018-07-20") else parsed.date().isoformat()


def _written_date(words: str) -> str:
    for layout in _LAYOUTS:
        try:
            return datetime.strptime(words, layout).date().isoformat()
        except ValueError:
            continue
    if _NO_YEAR.search(words):
        raise SourceError(f"the date {words[:60]!r} is of no year of news; leave out a date that is not known")
    try:
        return parsedate_to_datetime(words).isoformat()
    except (ValueError, OverflowError) as error:
        raise SourceError(f"the date {words[:60]!r} cannot be read; write it as YYYY-MM-DD") from error


def _plan(names: Sequence[str]) -> list[_Place]:
    """Return what is to be read, each file once.

    Raises UsageError where no source is named or none is there.
    """
    if not names:
        raise UsageError("no source is named; name files, folders or globs, or - for stdin")
    found = {name: _named(name) for name in names}
    missing = [name for name, places in found.items() if not places]
    if len(missing) == len(found):
        raise UsageError(_missing(*missing))
    places = [place for name in found for place in found[name] or [KeptAside(name, _missing(name))]]
    return _distinct([*(_Folder(name) for name in found if not is_address(name)), *places])


def _named(name: str) -> list[_Place]:
    """Return what a name stands for: stdin, a file, the files of a folder or glob; nothing if not there."""
    if name == _STDIN:
        return [None]
    if is_address(name):
        return [_addressed(name)]
    path = Path(name)
    try:
        if path.is_dir():
            return _below(path)
        if path.exists() or path.is_symlink():  # a link that leads nowhere is told of when it is read
            return [File(path, path.name)]
    except OSError as error:
        return [KeptAside(name, _refusal(error))]
    matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
    return [place for match in matches for place in _matched(name, Path(match))]


def _addressed(name: str) -> _Place:
    try:
        return _Address(plain(name))
    except SourceError as error:
        return KeptAside(shortened(masked(name)), str(error))


def _matched(pattern: str, path: Path) -> list[_Place]:
    """Return the files that a match of a glob stands for: named below the fixed part of the pattern."""
    if path.is_dir():
        return [] if "**" in pattern else _below(path)
    fixed = re.split(r"[^/\\]*[*?\[]", pattern, maxsplit=1)[0]
    return [File(path, path.relative_to(fixed).as_posix())] if _loader_for(path.name) else []


def _below(folder: Path) -> list[_Place]:
    """Return the files in and below a folder; where there are none, that it is kept aside."""
    places = _walked(folder)
    if any(isinstance(place, File | KeptAside) for place in places):
        return places
    return [KeptAside(str(folder), f"no file in this folder has a loader; there are loaders for {_endings()}")]


def _walked(folder: Path) -> list[_Place]:
    """Return the files in and below a folder that a loader takes, sorted, without hidden ones, after the folders."""
    problems: list[OSError] = []
    files: list[_Place] = []
    walked: list[_Place] = []
    for root, folders, names in os.walk(folder, onerror=problems.append):
        walked.append(_Folder(root))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _loader_for(name):
                path = Path(root, name)
                files.append(File(path, path.relative_to(folder).as_posix()))
    refused = [KeptAside(str(error.filename), _refusal(error)) for error in problems]
    return walked + files + refused


def _distinct(places: Iterable[_Place]) -> list[_Place]:
    """Drop what is named twice, and tell files of one relative path apart by the folders above them."""
    first: dict[object, _Place] = {}
    for place in places:
        first.setdefault(os.path.realpath(place.path) if isinstance(place, File) else place, place)
    unique = list(first.values())
    while twice := _twice(unique):
        unique = [_longer(place) if _name(place) in twice else place for place in unique]
    return unique


def _name(place: _Place) -> str | None:
    return place.name if isinstance(place, File) else None


def _twice(places: Iterable[_Place]) -> set[str | None]:
    counted = Counter(name for place in places if (name := _name(place)) is not None)
    return {name for name, number in counted.items() if number > 1}


def _longer(place: _Place) -> _Place:
    """Put one more folder before the name of a file."""
    if not isinstance(place, File):
        return place
    parts = Path(os.path.realpath(place.path.parent), place.path.name).parts
    wanted = len(Path(place.name).parts) + 1
    return replace(place, name=Path(*parts[-wanted:]).as_posix())


def _items(
    places: Iterable[_Place], stdin: BinaryIO | None, seen: Callable[[str], None], fetch: Fetch
) -> Iterator[tuple[str, Item]]:
    """Yield each item with the name of its source."""
    for place in places:
        if isinstance(place, KeptAside):
            yield place.source, place
            continue
        name = _called(place)
        seen(name)
        if isinstance(place, _Folder):
            continue
        try:
            if isinstance(place, _Address | Page):
                page = fetch(place.name) if isinstance(place, _Address) else place
                seen(page.address)
                yield from ((page.address, item) for item in _of_page(page))
            else:
                loader, content = _file(place) if place else _stream(stdin)
                yield from ((name, item) for item in _loaded(loader, Source(name, _unmarked(content))))
        except SourceError as error:
            yield name, KeptAside(name, str(error))


def _called(place: File | Page | _Address | _Folder | None) -> str:
    """Return how a note calls a place."""
    if isinstance(place, _Address):
        return shortened(place.name)
    if isinstance(place, Page):
        return shortened(place.address)
    return place.name if place else _STDIN


def _of_page(page: Page) -> Iterator[Item]:
    """Yield the articles of a page, dated and with their address where they carry none."""
    for item in _of_content(page) if page.otherwise is None else _readable(page, page.otherwise):
        yield _completed(item, page) if isinstance(item, Article) else item


def _readable(page: Page, otherwise: Page) -> list[Item]:
    try:
        return list(_of_content(page))
    except SourceError:
        return list(_of_content(otherwise))


def _of_content(page: Page) -> Iterator[Item]:
    content = _unmarked(page.content)
    loader = _loader_for(page.ending) if page.ending else _sniffed(content)
    if loader is None:
        raise SourceError(f"no loader takes {page.ending}; there are loaders for {_endings()}")
    _check_size(len(content), loader)
    return _loaded(loader, Source(page.address, content))


def _completed(article: Article, page: Page) -> Article:
    if article.url is None and article.id == page.address and is_address(page.address):
        article = replace(article, url=page.address)
    if article.published is None and page.published:
        article = replace(article, published=page.published, date_source="given")
    return article


def _loaded(loader: Loader, source: Source) -> Iterator[Item]:
    with _answerable(loader):
        for item in loader.load(source):
            if not isinstance(item, Article | KeptAside):
                raise SourceError(
                    f"loader {loader.name!r} gave a {type(item).__name__} for an article; mend the loader"
                )
            yield item


@contextmanager
def _answerable(loader: Loader) -> Iterator[None]:
    """Turn whatever a loader raises into a SourceError that names it.

    Anybody can write a loader, and none may end a load: this is the one place that catches what it cannot name.
    """
    try:
        yield
    except KgError:
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error}".rstrip(": ")
        raise SourceError(f"loader {loader.name!r} broke off with {said}; mend the loader or the source") from error


def _file(place: File) -> tuple[Loader, bytes]:
    loader = _loader_for(place.path.name)
    if loader is None:
        raise SourceError(f"no loader takes this file; there are loaders for {_endings()}, and - reads stdin")
    if not _is_unicode(place.name):
        raise SourceError("its name is not UTF-8; rename it, so that it can be the id of an article")
    try:
        status = place.path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise SourceError("this is not a file that can be read twice; pipe it in and name -")
        _check_size(status.st_size, loader)
        return loader, place.path.read_bytes()
    except OSError as error:
        raise SourceError(_refusal(error)) from error


def _stream(stdin: BinaryIO | None) -> tuple[Loader, bytes]:
    """Read stdin with the first loader that knows how it starts, else as plain text."""
    content = _piped(stdin)
    loader = _sniffed(_unmarked(content))
    if loader is None:
        raise SourceError("no loader takes plain text; name a file instead of -")
    _check_size(len(content), loader)
    return loader, content


def _sniffed(start: bytes) -> Loader | None:
    return next((loader for loader in loaders() if _knows(loader, start)), None) or _loader_for(".txt")


def _piped(stdin: BinaryIO | None) -> bytes:
    if stdin is None and sys.stdin is None:
        raise SourceError("standard input is closed; pipe an article in, or name a file")
    try:
        return (stdin or sys.stdin.buffer).read(MANY_BYTES + 1)
    except OSError as error:
        raise SourceError(_refusal(error)) from error


def _knows(loader: Loader, start: bytes) -> bool:
    with _answerable(loader):
        return loader.sniff(start)


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_size(size: int, loader: Loader) -> None:
    if size > loader.max_bytes:
        raise SourceError(f"it is too large, more than {loader.max_bytes // 1_000_000} MB; split it into its articles")


def _unmarked(content: bytes) -> bytes:
    """Return content without byte-order mark, UTF-16 as UTF-8.

    Raises SourceError where it is empty, binary or not the UTF-16 that it says.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeDecodeError as error:
            raise SourceError(f"byte {error.start} is not UTF-16 as its mark says; save it as UTF-8") from error
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content.strip():
        raise SourceError("it is empty; there is nothing to read")
    if b"\0" in content[:_BINARY_HEAD]:
        raise SourceError("it is binary, no text: it holds zero bytes; save the text as UTF-8")
    return content


def _once(items: Iterable[tuple[str, Item]], published: str | None, seen: dict[str, tuple[str, str]]) -> Iterator[Item]:
    """Check the articles, and let of those with one id and one text only the first through.

    `seen` holds digest of text and source of those that came through, by id.
    """
    for name, item in items:
        checked = _checked(item, published) if isinstance(item, Article) else item
        if isinstance(checked, KeptAside):
            yield checked
            continue
        if checked.id not in seen:
            seen[checked.id] = checked.sha256, name
            yield checked
        elif seen[checked.id][0] != checked.sha256:
            reason = f"{seen[checked.id][1]} holds another text of the same id; give each its own"
            yield KeptAside(f"{name}: {checked.id}", reason)


def _checked(article: Article, published: str | None) -> Item:
    """Return an article with its date in ISO 8601, or why it is kept aside."""
    if fault := _fault(article):
        return KeptAside(shortened(str(article.id)), fault)
    if article.published is None:
        return replace(article, published=published, date_source="given") if published else article
    try:
        iso = iso_date(article.published)
    except SourceError as error:
        return KeptAside(article.id, str(error))
    return article if iso == article.published else replace(article, published=iso)


def _fault(article: Article) -> str | None:
    """Return what keeps an article from being read, None where nothing does."""
    try:
        msgspec.json.decode(msgspec.json.encode(article), type=Article)
    except (msgspec.ValidationError, TypeError) as error:
        return f"this is no article: {error}"
    except UnicodeEncodeError:
        return "it holds halves of characters (lone surrogates); save it as UTF-8"
    if not article.text.strip():
        return "it has no text; there is nothing to read"
    if "\0" in article.text:
        return "its text holds zero characters; save the text without them"
    if len(article.text) > MAX_CHARACTERS:
        return f"it is longer than {MAX_CHARACTERS:,} characters; split it"
    return None


def has_loader(name: str) -> bool:
    """Return whether a loader takes a file of this name."""
    return _loader_for(name) is not None


def _loader_for(name: str) -> Loader | None:
    """Return the loader of the longest suffix that a file name ends in."""
    matches = [
        (len(suffix), loader) for loader in loaders() for suffix in loader.suffixes if name.lower().endswith(suffix)
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def _endings() -> str:
    return ", ".join(sorted(suffix for loader in loaders() for suffix in loader.suffixes))


def _refusal(error: OSError) -> str:
    cure = "give yourself the right to read it" if isinstance(error, PermissionError) else "mend or move it"
    return f"it cannot be read: {error.strerror or error}; {cure}"


def _missing(*names: str) -> str:
    """Say that named sources are not there, and what is, in the nearest folder of the first."""
    parent = Path(names[0]).parent
    while not parent.is_dir():
        parent = parent.parent
    absent = f"there is no file, folder or match {', '.join(map(repr, names))}"
    try:
        there = sorted(entry.name + "/" * entry.is_dir() for entry in islice(parent.iterdir(), 200))
    except OSError as error:
        return f"{absent}, as far as can be told of {parent}: {_refusal(error)}"
    shown = ", ".join([entry for entry in there if not entry.startswith(".")][:10])
    return f"{absent}; in {parent} there are {shown or 'no files'}"
