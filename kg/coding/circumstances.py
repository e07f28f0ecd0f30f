"""When and where an event took place: dates and places by the nearest attachment to its trigger."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.coding.grammar import is_noun, is_verb, support_verb
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.model import Modality, Place, Time
from kg.reading.document import PlaceMention, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = ("ccomp", "advcl", "relcl", "acl", "conj", "csubj", "parataxis")
_FUTURE: tuple[Modality, ...] = ("planned", "possible", "requested", "conditional")


def time_of(hit: Hit, modality: Modality, reading: Reading) -> Time | None:
    """Return the days on which the event of a trigger took or takes place, from its own clause."""
    for token in _near(hit):
        if token.i in reading.dates_at:
            return reading.dates_at[token.i].time(future=modality in _FUTURE)
    return None


def place_of(hit: Hit, reading: Reading) -> Place | None:
    """Return where the event of a trigger took place: a locative phrase of its own clause, or a modifier."""
    for token in _near(hit):
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


def _near(hit: Hit) -> Iterator["Token"]:
    """Yield the tokens of a trigger's clause, nearest attachment first: its own phrases, its verb's, those above."""
    seen: set[int] = set()
    heads = [*hit.tokens]
    verb = support_verb(hit.token)
    if verb is not None:
        heads.append(verb)
    above = _clause_head(hit.token)
    if above is not None:
        heads.append(above)
    for head in heads:
        for token in _phrases(head):
            if token.i not in seen:
                seen.add(token.i)
                yield token


def _clause_head(token: "Token") -> "Token | None":
    """Return the verb of the clause that a noun stands in, None where it stands in another noun's phrase."""
    while is_noun(token) or token.dep_ in ("prep", "pobj", "compound", "amod", "poss", "pcomp"):
        inner = token.dep_ == "pobj" and is_noun(token.head.head) and token.head.dep_ == "prep"
        if token.head.i == token.i or inner:
            return None
        token = token.head
    if token.dep_ == "xcomp" and is_verb(token.head):
        return token.head
    return token if is_verb(token) else None


def _phrases(head: "Token") -> Iterator["Token"]:
    """Yield the tokens below a head, outside of its subordinate clauses, breadth first."""
    level = [child for child in head.children if child.dep_ not in _CLAUSES or child.dep_ == "acl"]
    for _ in range(4):
        yield from level
        level = [child for token in level for child in token.children if child.dep_ not in _CLAUSES]


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
