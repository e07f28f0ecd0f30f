"""Why a mention stands for its actor: the rule that decided, and what it went by."""

from dataclasses import dataclass
from typing import Literal

from kg.knowledge.tables import ActorRow, OfficeRow, place_of

Rule = Literal[
    "name of the tables",
    "other name of the tables",
    "handle of the tables",
    "metonym of the tables",
    "family name of the tables",
    "family name of a head",
    "office before the name",
    "name of the text",
    "family name of the text",
    "given name of the text",
    "short name of the text",
    "name within a name",
    "new name",
    "office",
    "former office",
    "organ of the tables",
    "said of a name",
    "named later",
    "same words before",
    "held the office before",
    "several named before",
    "body named last",
    "person spoken of most",
    "other of two",
    "same office elsewhere",
    "own country",
    "state named last",
    "person of the country",
    "person of the age",
    "new description",
    "named together last",
    "parties of the sentence before",
    "spoken of together",
    "each other",
    "further ones of those counted before",
    "nearest that fits",
    "lies in a place beside it",
    "holds the place before it",
    "office beside the place",
    "other places of the text",
]


@dataclass(frozen=True, slots=True)
class Reason:
    """The rule that put a mention to its actor, and what it went by: a name, an office, a row."""

    rule: Rule
    by: str = ""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A row of the tables that a name might have meant, and why it was not taken."""

    row: ActorRow
    why: str


def of_office(office: OfficeRow, day: str) -> Reason:
    """Return the reason of a description that names an office by the day it was held on."""
    to = f" to {office.to}" if office.to else ""
    days = f"{office.start} to {office.end or 'now'}"
    return Reason("office", f"{office.title} of {office.of}{to}, {days}, on {day}; {place_of(office)}")
