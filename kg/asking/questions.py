"""Canned queries as they lie on the shelf: one `.cypher` file each, checked against its header."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from kg.errors import QueryError, UsageError
from kg.shelf import folder, plug_ins

_HEADER = re.compile(r"// (title|answers|param): (\S.*)")
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*) = (?:'([^']*)'|(\d+)) \| (\S.*)")
_TOKENS = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|\$(\w+)""", re.DOTALL)
_ENDING = re.compile(r"\bLIMIT\s+\$limit\s*$")
_COLUMN = re.compile(r"\bAS (\w+)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a canned query: a text, or a number where its default is one."""

    name: str
    default: str | int
    help: str


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A question that kg knows: `answers` says in a sentence or two what its rows tell."""

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str


@cache
def queries() -> tuple[CannedQuery, ...]:
    """Return the canned queries on the shelf and those of other packages, by name.

    An entry point of the group `kg.queries` gives the path of a folder. Raises QueryError naming the file and
    what is wrong with it.
    """
    found: dict[str, CannedQuery] = {}
    for place in (folder("queries"), *(Path(str(each)) for each in plug_ins("kg.queries").values())):
        for path in sorted(place.glob("*.cypher")):
            found.setdefault(path.stem, canned_query(path.stem, path.read_text("utf-8")))
    return tuple(found[name] for name in sorted(found))


def find(name: str) -> CannedQuery:
    """Return the canned query of that name.

    Raises UsageError naming those of similar names.
    """
    shelf = {query.name: query for query in queries()}
    if name not in shelf:
        raise UsageError(f"no query {name!r}; {nearest(name, shelf)}")
    return shelf[name]


def canned_query(name: str, text: str) -> CannedQuery:
    """Return a query read from the text of its file, checked against its header.

    Raises QueryError naming the file and the parameter or line that is wrong.
    """
    header, body = _divided(name, text)
    told: dict[str, list[str]] = {"title": [], "answers": [], "param": []}
    for key, value in header:
        told[key].append(value)
    if len(told["title"]) != 1 or not told["answers"]:
        raise QueryError(f"{name}.cypher: the header needs one line '// title: ...' and a line '// answers: ...'")
    parameters = tuple(_parameter(name, line) for line in told["param"])
    _check(name, [parameter.name for parameter in parameters], body)
    columns = tuple(_COLUMN.findall(body.rpartition("RETURN")[2]))
    return CannedQuery(name, told["title"][0], " ".join(told["answers"]), parameters, columns, body)


def parameters_used(cypher: str) -> frozenset[str]:
    """Return the names of the parameters that a Cypher text uses, comments and texts in quotes left out."""
    return frozenset(name for name in _TOKENS.findall(cypher) if name)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a message: the names most like the one that is not known, or all where none is."""
    names = sorted(known)
    by_fold = {each.casefold(): each for each in names}
    close = [by_fold[each] for each in get_close_matches(name.casefold(), by_fold, n=3)]
    return f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(names) or 'none'}"


def _divided(name: str, text: str) -> tuple[list[tuple[str, str]], str]:
    lines = text.splitlines(keepends=True)
    header: list[tuple[str, str]] = []
    while len(header) < len(lines) and lines[len(header)].startswith("//"):
        match = _HEADER.fullmatch(lines[len(header)].rstrip())
        if match is None:
            where = f"{name}.cypher, line {len(header) + 1}"
            raise QueryError(f"{where}: a header line begins with '// title: ', '// answers: ' or '// param: '")
        header.append((match[1], match[2]))
    return header, "".join(lines[len(header) :]).strip() + "\n"


def _parameter(name: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if match is None:
        raise QueryError(f"{name}.cypher: '// param: {line}' is not of the form key = 'default' | what it filters")
    key, text, number, help_text = match.groups()
    return Parameter(key, text if number is None else int(number), help_text)


def _check(name: str, declared: list[str], body: str) -> None:
    used = parameters_used(body)
    for key in declared:
        if declared.count(key) > 1 or key == "limit":
            raise QueryError(f"{name}.cypher: parameter {key!r} is declared twice; every query has $limit by itself")
        if key not in used:
            raise QueryError(f"{name}.cypher: parameter {key!r} is declared, not used; drop its line")
    for key in sorted(used - set(declared) - {"limit"}):
        raise QueryError(f"{name}.cypher: parameter {key!r} is not declared; add '// param: {key} = ...'")
    if not _ENDING.search(_without_comments(body)):
        raise QueryError(f"{name}.cypher: it must end in LIMIT $limit")


def _without_comments(cypher: str) -> str:
    return _TOKENS.sub(lambda token: "" if token[0].startswith(("//", "/*")) else token[0], cypher)
