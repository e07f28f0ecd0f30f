"""What reading gives to coding: the parsed text, with actors, national adjectives, dates and places on its tokens."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.knowledge.tables import PlaceRow
from kg.model import Article
from kg.reading.actors import Mentioned, Parsed
from kg.reading.dates import DateSpan
from kg.reading.layout import Block
from kg.reading.reasons import Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named in the text: its characters, its name, its row where the table has one, and why it is that row."""

    start: int
    end: int
    name: str
    row: PlaceRow | None = None
    why: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A text as read. Keys of the mappings are token indexes: of the head of a date or a place.

    `written` is the day that the text tells its days from: the one that it bears itself, else that of publication.
    """

    parsed: Parsed
    mentioned: Mentioned
    dates_at: dict[int, DateSpan]
    places_at: dict[int, PlaceMention]
    written: date | None = None

    @property
    def article(self) -> Article:
        """The article that was read."""
        return self.parsed.article

    @property
    def doc(self) -> "Doc":
        """The parsed text."""
        return self.parsed.doc

    @property
    def adjective_at(self) -> dict[int, str]:
        """The ISO3 code of each national adjective, by its token."""
        return self.parsed.adjective_at

    def state_of_place(self, token: "Token") -> str | None:
        """Return the ISO3 code of the state that a place lies in, where a token is the head of the place's name."""
        place = self.places_at.get(token.i)
        return place.row.country if place and place.row else None

    def lemma(self, token: "Token") -> str:
        """Return the lemma of a token, lower-cased."""
        return self.parsed.lemmas.of(token)

    def block(self, token: "Token") -> Block | None:
        """Return the block that holds a token, or None between blocks."""
        return next((block for block in self.parsed.blocks if block.start <= token.idx < block.end), None)

    def sentence(self, token: "Token") -> tuple[int, int]:
        """Return the characters of the sentence of a token."""
        return self.parsed.sentences[self.parsed.sentence_of[token.i]]
