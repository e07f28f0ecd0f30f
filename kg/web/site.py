"""What pages are made from and what they are: a site, what is asked of it, and the answers."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kg.asking.questions import nearest
from kg.errors import UsageError
from kg.graph.judgements import Judgement
from kg.stores.base import Store
from kg.stores.judgements_file import Added
from kg.web.refusals import refuse_controls
from kg.web.remembered import Remembered

LONGEST = 2_000
"""How many characters a value in an address may have."""

MOST_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """Where judgements are made: what adds a judgement, by whom and why; `by` judges unless another name is given."""

    by: str
    judge: Callable[[Judgement, str, str], Added]


@dataclass(frozen=True, slots=True)
class Site:
    """The store that is shown, the judgements on it, the desk, where judging is allowed, and what is remembered."""

    store: Store
    judgements: Callable[[Store], Sequence[Judgement]]
    desk: Desk | None = None
    remembered: Remembered = field(default_factory=Remembered)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address holds: in its path and behind its question mark, where what is empty is left out.

    `part` tells that only the changing part of the page is wanted.
    """

    path: Mapping[str, str]
    query: Mapping[str, str]
    part: bool = False

    def number(self, name: str, default: int) -> int:
        """Return a whole number of the address; raises UsageError where it is none."""
        text = self.query.get(name, str(default))
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise UsageError(f"{name}={text!r} is not a whole number")
        return int(text)


@dataclass(frozen=True, slots=True)
class View:
    """A page: its template, its title, what it tells, and what stands above it, as names and addresses."""

    template: str
    title: str
    told: Mapping[str, object] = field(default_factory=dict)
    crumbs: Sequence[tuple[str, str]] = ()
    status: int = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """Another address to go to."""

    address: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Bytes of a type, and the name of the file that they are to be kept in, where given."""

    body: bytes
    type: str
    name: str = ""


Page = View | Moved | Sent


@dataclass(frozen=True, slots=True)
class Address:
    """An address, what makes its page, and how many of it may be made together."""

    path: str
    show: Callable[[Site, Asked], Page]
    at_a_time: int = 8


def refuse_unknown(asked: Asked, known: Collection[str]) -> None:
    """Raise UsageError where an address gives what its page does not know, which a slip would otherwise leave out."""
    for name in asked.query:
        if name not in known:
            raise UsageError(f"no parameter {name[:100]!r}; {nearest(name, known)}")


def asked(path: Mapping[str, str], pairs: Sequence[tuple[str, str]], *, part: bool = False) -> Asked:
    """Return what an address holds.

    Raises UsageError naming a value that is given twice, too long or holds control characters.
    """
    if len(pairs) > MOST_FIELDS:
        raise UsageError(f"the address holds more than {MOST_FIELDS} parameters; give fewer")
    query = {name: value.strip() for name, value in pairs if value.strip()}
    for name, value in query.items():
        if sum(name == other and bool(text.strip()) for other, text in pairs) > 1:
            raise UsageError(f"{name[:100]} is given twice; give it once")
        if len(value) > LONGEST:
            raise UsageError(f"{name[:100]} is longer than {LONGEST:,} characters; give fewer")
        refuse_controls(name[:100], value)
    return Asked(path, query, part)
