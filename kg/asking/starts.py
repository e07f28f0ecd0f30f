"""How a question begins: the parameters that questions have in common, and the ways to find what they are about."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import get_args

from kg.errors import QueryError
from kg.model import EventType
from kg.shelf import folder

EVENT_TYPES: tuple[str, ...] = get_args(EventType)

_COMMON = re.compile(r"// param: (.+)\n// where: (.+(?:\n//   .+)*)")
_BEGIN = re.compile(r"^// begin:(.*)\n", re.MULTILINE)
_PARAMETER = re.compile(r"([a-z][a-z0-9_]*) = (?:'([^']*)'|(\d+)) \| (\S.*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a canned query: a text, or a number where its default is one."""

    name: str
    default: str | int
    help: str


@dataclass(frozen=True, slots=True)
class Way:
    """A Cypher text that may be asked where some parameters are given and others are not.

    What it finds fits the parameters that it `holds`, so that nobody has to look again.
    """

    given: frozenset[str]
    absent: frozenset[str]
    text: str
    holds: frozenset[str] = frozenset()

    def fits(self, names: Set[str]) -> bool:
        """Tell whether it may be asked where the parameters of these names are given."""
        return self.given <= names and not self.absent & names


@dataclass(frozen=True, slots=True)
class Common:
    """A parameter that questions have in common, and the condition that it sets."""

    parameter: Parameter
    condition: str


@dataclass(frozen=True, slots=True)
class Starts:
    """What completes `MATCH (e:LABEL)`: common parameters by name, and ways to begin, the best ones first."""

    label: str
    common: Mapping[str, Common]
    ways: tuple[Way, ...]


@cache
def starts(label: str) -> Starts:
    """Return what the file of a label on the shelf says: `_event.cypher` of Event.

    Raises QueryError where there is none.
    """
    path = folder("queries") / f"_{label.lower()}.cypher"
    if not path.is_file():
        raise QueryError(f"MATCH (e:{label}) alone needs {path.name}, which is not there; write (e:{label} {{}})")
    head, *begun = _BEGIN.split(path.read_text("utf-8"))
    common = {}
    for line, condition in _COMMON.findall(head):
        told = parameter(path.name, line)
        common[told.name] = Common(told, condition.replace("\n// ", "\n  "))
    ways = tuple(_way(line, text) for line, text in zip(begun[::2], begun[1::2], strict=True))
    return Starts(label, MappingProxyType(common), ways)


def parameter(file: str, line: str) -> Parameter:
    """Return the parameter that a line of a header declares with a default.

    Raises QueryError naming the file.
    """
    match = _PARAMETER.fullmatch(line)
    if match is None:
        raise QueryError(f"{file}: '// param: {line}' is not of the form key = 'default' | what it filters")
    key, text, number, help_text = match.groups()
    return Parameter(key, text if number is None else int(number), help_text)


def types_asked(types: Sequence[str], *, chosen: bool) -> str:
    """Return a Cypher list of event types: those named, else all, or where `chosen` the one that `$type` says."""
    every = "[" + ", ".join(f"'{each}'" for each in types or EVENT_TYPES) + "]"
    return f"CASE WHEN $type = '' THEN {every} ELSE [$type] END" if chosen else every


def _way(line: str, text: str) -> Way:
    words, _, holds = line.partition("| holds ")
    names = words.split()
    absent = frozenset(name[1:] for name in names if name.startswith("-"))
    given = frozenset(name for name in names if not name.startswith("-"))
    return Way(given, absent, text, frozenset(holds.split()))


def where(conditions: Sequence[str]) -> str:
    """Return the line that sets conditions, empty where there are none."""
    return "WHERE " + "\n  AND ".join(f"({each})" for each in conditions) + "\n" if conditions else ""
