"""Canned queries as they lie on the shelf: one `.cypher` file each, checked against its header."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from textwrap import indent

from kg.asking.starts import EVENT_TYPES, Parameter, Starts, Way, parameter, starts, types_asked, where
from kg.errors import QueryError, UsageError
from kg.shelf import folder, plug_ins

__all__ = ["CannedQuery", "Parameter", "canned_query", "find", "nearest", "parameters_used", "queries"]

_KEYS = ("title", "answers", "param", "of", "types", "events", "let", "called")
_HEADER = re.compile(rf"// ({'|'.join(_KEYS)}): (\s*\S.*)")
_COMMON = re.compile(r"([a-z][a-z0-9_]*)(?: \| (\S.*))?")
_FOUND = re.compile(r"^( *)MATCH \(e:(\w+)\).*\n", re.MULTILINE)
_TOKENS = re.compile(r"""//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`[^`]*`|\$(\w+)""", re.DOTALL)
_ENDING = re.compile(r"\bLIMIT\s+\$limit\s*$")
_COLUMN = re.compile(r"\bAS (\w+)")


@dataclass(frozen=True, slots=True)
class CannedQuery:
    """A question that kg knows: `answers` says in a sentence or two what its rows tell.

    `text` answers it whatever is given, `ways` sooner where what they need is given.
    """

    name: str
    title: str
    answers: str
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str
    ways: tuple[Way, ...] = ()

    def text_given(self, names: Set[str]) -> str:
        """Return the text to ask where the parameters of these names are given."""
        return next((way.text for way in self.ways if way.fits(names)), self.text)

    def file(self) -> str:
        """Return a file that holds it in whole: a header with its parameters, and the text."""
        told = [f"title: {self.title}", f"answers: {self.answers}"]
        told += [f"param: {each.name} = {_quoted(each.default)} | {each.help}" for each in self.parameters]
        return "".join(f"// {line}\n" for line in told) + self.text


def _quoted(default: str | int) -> str:
    return f"'{default}'" if isinstance(default, str) else str(default)


@dataclass(frozen=True, slots=True)
class _File:
    """A file taken apart: the lines of its header by key, and what stands below."""

    name: str
    header: Mapping[str, tuple[str, ...]]
    body: str


@cache
def queries() -> tuple[CannedQuery, ...]:
    """Return the canned queries on the shelf and those of other packages, by name.

    An entry point of the group `kg.queries` gives the path of a folder; a file whose name begins with `_` is no
    question. Raises QueryError naming the file and what is wrong with it.
    """
    texts: dict[str, str] = {}
    for place in (folder("queries"), *(Path(str(each)) for each in plug_ins("kg.queries").values())):
        for path in sorted(place.glob("[!_]*.cypher")):
            texts.setdefault(path.stem, path.read_text("utf-8"))
    return tuple(canned_query(name, texts[name], texts) for name in sorted(texts))


def find(name: str) -> CannedQuery:
    """Return the canned query of that name.

    Raises UsageError naming those of similar names.
    """
    shelf = {query.name: query for query in queries()}
    if name not in shelf:
        raise UsageError(f"no query {name!r}; {nearest(name, shelf)}")
    return shelf[name]


def canned_query(name: str, text: str, others: Mapping[str, str] | None = None) -> CannedQuery:
    """Return a query read from the text of its file, checked against its header.

    `others` holds the texts of the files that it may be made of, by name. Raises QueryError naming the file and the
    parameter or line that is wrong.
    """
    own = _divided(name, text)
    if len(own.header["title"]) != 1 or not own.header["answers"]:
        raise QueryError(f"{name}.cypher: the header needs one line '// title: ...' and a line '// answers: ...'")
    whole = _made_of(own, others or {})
    start = _start(whole)
    parameters = tuple(_parameter(name, line, start) for line in whole.header["param"])
    general, ways = _texts(whole, start)
    _check(name, [each.name for each in parameters], general)
    columns = tuple(_COLUMN.findall(general.rpartition("RETURN")[2]))
    return CannedQuery(
        name, own.header["title"][0], " ".join(own.header["answers"]), parameters, columns, general, ways
    )


def parameters_used(cypher: str) -> frozenset[str]:
    """Return the names of the parameters that a Cypher text uses, comments and texts in quotes left out."""
    return frozenset(name for name in _TOKENS.findall(cypher) if name)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the end of a message: the names most like the one that is not known, or all where none is."""
    names = sorted(known)
    by_fold = {each.casefold(): each for each in names}
    close = [by_fold[each] for each in get_close_matches(name.casefold(), by_fold, n=3)]
    return f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(names) or 'none'}"


def _divided(name: str, text: str) -> _File:
    lines = text.splitlines(keepends=True)
    told: dict[str, list[str]] = {key: [] for key in _KEYS}
    count = 0
    while count < len(lines) and lines[count].startswith("//"):
        match = _HEADER.fullmatch(lines[count].rstrip())
        if match is None:
            known = ", ".join(f"'// {key}: '" for key in _KEYS)
            raise QueryError(f"{name}.cypher, line {count + 1}: a header line begins with one of {known}")
        told[match[1]].append(match[2])
        count += 1
    return _File(name, {key: tuple(each) for key, each in told.items()}, "".join(lines[count:]).strip() + "\n")


def _made_of(own: _File, others: Mapping[str, str]) -> _File:
    """Return a file that is of another one as if it were whole; one that is whole as it is."""
    if not own.header["of"]:
        return own
    name = own.header["of"][0]
    if own.body.strip() or name not in others:
        raise QueryError(f"{own.name}.cypher: '// of: {name}' needs that query, and no Cypher of its own below")
    base = _divided(name, others[name])
    if base.header["of"]:
        raise QueryError(
            f"{own.name}.cypher: {name} is of {base.header['of'][0]} itself; write '// of: {base.header['of'][0]}'"
        )
    dropped = {"type"} if own.header["types"] else set()
    lines = {_key(line): line for line in base.header["param"] if _key(line) not in dropped}
    header = {**own.header, "param": tuple((lines | {_key(line): line for line in own.header["param"]}).values())}
    return replace(own, header=header, body=_called(own, _let(own, base.body)))


def _key(line: str) -> str:
    return line.partition(" ")[0]


def _let(own: _File, body: str) -> str:
    """Return the body with other values for the names that it sets in lines of their own."""
    for line in own.header["let"]:
        name, _, value = line.partition(" = ")
        body, count = re.subn(rf"^(WITH .*, ).+( AS {name})$", rf"\g<1>{value}\g<2>", body, flags=re.MULTILINE)
        if count != 1:
            raise QueryError(f"{own.name}.cypher: '// let: {line}' fits no line 'WITH ..., ... AS {name}'")
    return body


def _called(own: _File, body: str) -> str:
    """Return the body with other names for its columns."""
    before, word, after = body.rpartition("RETURN")
    for pair in (each for line in own.header["called"] for each in line.split(", ")):
        old, _, new = pair.partition(" = ")
        if old not in _COLUMN.findall(after):
            raise QueryError(f"{own.name}.cypher: '// called: {pair}' names no column of {own.header['of'][0]}")
        after = re.sub(rf"(?<!\.)\b{old}\b", new, after)
    return before + word + after


def _parameter(name: str, line: str, start: Starts | None) -> Parameter:
    """Return the parameter of a line; one without a default is common, and has its help too unless it gives that."""
    match = _COMMON.fullmatch(line)
    if match is None:
        return parameter(f"{name}.cypher", line)
    if start is None or match[1] not in start.common:
        known = ", ".join(start.common) if start else "none"
        raise QueryError(f"{name}.cypher: '// param: {line}' gives no default; without one there are {known}")
    told = start.common[match[1]].parameter
    return replace(told, help=match[2] or told.help)


def _start(whole: _File) -> Starts | None:
    """Return what completes the lines `MATCH (e:LABEL)`, None where the header asks for nothing of it."""
    asks = whole.header["types"] or whole.header["events"] or any(map(_COMMON.fullmatch, whole.header["param"]))
    found = _FOUND.search(whole.body)
    if asks and not found:
        raise QueryError(f"{whole.name}.cypher: what its header says of events needs a line 'MATCH (e:Event)'")
    return starts(found[2]) if asks and found else None


def _texts(whole: _File, start: Starts | None) -> tuple[str, tuple[Way, ...]]:
    """Return the text that always answers, and those that do where something is given."""
    if start is None:
        return whole.body, ()
    shared = {_key(line) for line in whole.header["param"] if _COMMON.fullmatch(line)}
    types = types_asked(_types(whole), chosen="type" in shared)
    own = [f"e.event_type IN {types}"] if whole.header["types"] else []
    own += ["\n  ".join(whole.header["events"])] if whole.header["events"] else []

    def conditions(held: Set[str] = frozenset()) -> str:
        return where([*own, *(start.common[name].condition for name in start.common if name in shared - held)])

    def narrowed(body: str) -> str:
        return _FOUND.sub(lambda found: found[0] + indent(conditions(), found[1]), body)

    begun = f"MATCH (e:{start.label})\n"
    if not whole.body.startswith(begun):
        return narrowed(whole.body), ()
    named = {_key(line) for line in whole.header["param"]}
    named |= {"party", "dyad"} if "actor" in shared else {"voice"} if "actor" in named else set()
    rest = narrowed(whole.body.removeprefix(begun))
    unfit = {"type"} if whole.header["types"] else set()  # a way without types is none for a question of some
    ways = (way for way in start.ways if way.given <= named and not way.absent & unfit)
    return narrowed(whole.body), tuple(
        replace(way, text=way.text.replace("$types", types) + conditions(way.holds) + rest) for way in ways
    )


def _types(whole: _File) -> list[str]:
    types = [each for line in whole.header["types"] for each in line.split(", ")]
    for each in types:
        if each not in EVENT_TYPES:
            raise QueryError(f"{whole.name}.cypher: no event type {each!r}; there are {', '.join(EVENT_TYPES)}")
    return types


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
