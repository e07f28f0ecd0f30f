"""Where an event took place: the place nearest to its trigger."""

from typing import TYPE_CHECKING

from kg.coding.circumstances import near
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.model import Place
from kg.reading.document import PlaceMention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


def place_of(hit: Hit, reading: Reading) -> Place | None:
    """Return where the event of a trigger took place: a locative phrase of its own clause, or a modifier."""
    for token in near(hit):
        mention = reading.places_at.get(token.i)
        if mention and _is_venue(token, hit):
            return _place(mention)
    return None


def _is_venue(token: "Token", hit: Hit) -> bool:
    words = word_lists("words")
    if token.dep_ == "pobj" and token.head.lower_ in words["locatives", "prepositions"]:
        return True
    if token.dep_ == "pobj" and token.head.lower_ == "to" and hit.sense.group.mode == "visit":
        return True
    return token.dep_ in ("compound", "nmod") and token.head.lower_ in words["locatives", "venues"]


def _place(mention: PlaceMention) -> Place:
    row = mention.row
    return Place(
        name=mention.name,
        country=row.country if row else None,
        lat=row.lat if row else None,
        lon=row.lon if row else None,
        start=mention.start,
        end=mention.end,
    )
