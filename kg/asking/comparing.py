"""What two outlets say of one event, side by side."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.asking.accounts import Account, accounts
from kg.asking.parts import Happening, Paper
from kg.asking.questions import nearest
from kg.asking.spans import THE_ARTICLE
from kg.errors import MissingError
from kg.stores.base import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is compared, what either side says of it, and whether both say the same."""

    what: str
    one: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether both say the same, capitals and order aside."""
        one, other = ({each.casefold() for each in side} for side in (self.one, self.other))
        return one == other


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outlets that tell of an event, the two that are compared, the accounts of either, and the lines."""

    outlets: tuple[str, ...]
    one: str
    other: str
    of_one: tuple[Account, ...]
    of_other: tuple[Account, ...]
    lines: tuple[Line, ...]


def outlet_of(paper: Paper) -> str:
    """Return the outlet of an article, or its id where no outlet is known."""
    return paper.outlet or paper.id


def outlets_of(happening: Happening) -> tuple[str, ...]:
    """Return the outlets that tell of an event, the earliest first."""
    return tuple(dict.fromkeys(outlet_of(each.paper) for each in happening.tellings))


def compared(store: Store, happening: Happening, *, one: str = "", other: str = "") -> Comparison:
    """Return what two outlets say of an event; those that are not given are the first that tell of it.

    Raises MissingError where an outlet does not tell of it, or fewer than two do.
    """
    told = accounts(store, happening)
    outlets = tuple(dict.fromkeys(outlet_of(each.telling.paper) for each in told))
    if len(outlets) < 2:
        raise MissingError(f"only {outlets[0]} tells of this event; there is nobody to compare it with")
    for each in filter(None, (one, other)):
        if each not in outlets:
            raise MissingError(f"{each!r} does not tell of this event; {nearest(each, outlets)}")
    first = one or next(each for each in outlets if each != other)
    second = other or next(each for each in outlets if each != first)
    of_one, of_other = (
        tuple(each for each in told if outlet_of(each.telling.paper) == name) for name in (first, second)
    )
    return Comparison(outlets, first, second, of_one, of_other, tuple(_lines(of_one, of_other)))


def _lines(of_one: Sequence[Account], of_other: Sequence[Account]) -> Iterator[Line]:
    for what, told in _COMPARED.items():
        one, other = (_distinct(text for each in side for text in told(each)) for side in (of_one, of_other))
        if one or other:
            yield Line(what, one, other)


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, texts)))


def _kind(account: Account) -> tuple[str, ...]:
    event = account.event
    return (f"{event.type}, {event.mode}" if event.mode else event.type,)


def _parties(account: Account) -> tuple[str, ...]:
    return tuple(sorted((*account.sources, *account.targets))) if account.event.symmetric else ()


def _source(account: Account) -> tuple[str, ...]:
    return () if account.event.symmetric else account.sources


def _target(account: Account) -> tuple[str, ...]:
    return () if account.event.symmetric else account.targets


def _place(account: Account) -> tuple[str, ...]:
    return (account.event.place.name,) if account.event.place else ()


_COMPARED: dict[str, Callable[[Account], tuple[str, ...]]] = {
    "kind of event": _kind,
    "in the words": lambda account: account.words,
    "who": _parties,
    "who did it": _source,
    "to whom": _target,
    "about": lambda account: tuple(each.name for each in account.event.topics),
    "where": _place,
    "when": lambda account: (account.date,),
    "whether it happened": lambda account: (account.event.modality,),
    "according to": lambda account: account.voices or (THE_ARTICLE,),
}
