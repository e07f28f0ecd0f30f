"""How a text introduces a person: the office before the name, and what tells it from a famous namesake."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.tables import adjectives, remembered, tables
from kg.knowledge.words import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_LONGEST = 4  # words of a title that stand before a name


@dataclass(frozen=True, slots=True)
class Introduction:
    """What stands beside a person's name.

    `titles` are those of offices right before it, lower-cased; `nation` is the ISO3 code of the adjective of a
    description by a trade that is no office, 'Norse nurse Ada Lind'; `is_private` is true of 'Ada Lind, 34, a plumber'.
    """

    titles: tuple[str, ...] = ()
    nation: str | None = None
    is_private: bool = False


UNKNOWN = Introduction()


def introduction(doc: "Doc", start: int, end: int) -> Introduction:
    """Return how the name of a person is introduced; its tokens are given."""
    return Introduction(_titles(doc, start), _nation(doc, start), _is_private(doc, end))


def _titles(doc: "Doc", start: int) -> tuple[str, ...]:
    before = (doc[at:start].text.lower() for at in range(max(start - _LONGEST, 0), start))
    return tuple(title for title in before if title in _offices())


@remembered
def _offices() -> frozenset[str]:
    return frozenset(office.title for office in tables().offices)


def _nation(doc: "Doc", start: int) -> str | None:
    at = start - 1
    while at >= 0 and _is_trade(doc[at]):
        at -= 1
    return adjectives().get(doc[at].text) if 0 <= at < start - 1 else None


def _is_trade(token: "Token") -> bool:
    """Whether a noun says what a person does and is no office: 'nurse', 'plumber'."""
    sector = _sectors().get(token.lower_)
    is_trade = sector is None or sector in word_lists("words")["names", "private_sectors"]
    return token.tag_ == "NN" and token.is_lower and is_trade


@remembered
def _sectors() -> dict[str, str]:
    return {row.noun: row.sector for row in tables().agents}


def _is_private(doc: "Doc", end: int) -> bool:
    """Whether an age and a description follow: 'Ada Lind, 34, a plumber', 'Ada Lind, 34, of Norton'."""
    after = [token.lower_ for token in doc[end : end + 4]]
    is_aged = len(after) > 3 and after[0] == after[2] == "," and after[1].isdigit()
    return is_aged and after[3] in word_lists("words")["names", "private"]
