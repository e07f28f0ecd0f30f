"""Where an event took place: the place nearest to its trigger."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.coding.circumstances import near
from kg.coding.grammar import children, is_noun, is_verb
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.model import Place
from kg.reading.document import PlaceMention, Reading
from kg.reading.names import is_located

if TYPE_CHECKING:
    from spacy.tokens import Token


def place_of(hit: Hit, reading: Reading) -> Place | None:
    """Return where the event of a trigger took place.

    It is told in a locative phrase of its own clause or by a modifier ('the Geneva talks'); of an attack it is what was
    attacked; else of a material event it is the only place that its sentence tells of.
    """
    is_verbal = hit.sense.entry.quad.startswith("verbal") and hit.sense.entry.type != "CONSULT"
    told = [reading.places_at[token.i] for token in near(hit, reading) if _is_told(token, hit, reading, is_verbal)]
    if told:
        return _place(_finest(told))
    if hit.sense.entry.type == "ASSAULT":
        for token in _attacked(hit):
            if token.i in reading.places_at:
                return _place(reading.places_at[token.i])
    is_material = not is_verbal and hit.sense.entry.quad != "neutral"
    return _only_one(hit, reading) if is_material and is_verb(hit.token) else None


def _is_told(token: "Token", hit: Hit, reading: Reading, is_verbal: bool) -> bool:
    """Whether a token of a trigger's clause tells the place of its event."""
    if token.i not in reading.places_at or not _is_venue(token, hit):
        return False
    return not (is_verbal and _is_within_object(token, hit)) and not _is_of_other_time(token, hit)


def _finest(told: Sequence[PlaceMention]) -> PlaceMention:
    """Return the place told first, of a country what is told within it: 'near Kazan in Russia'."""
    first = told[0]
    inner = [each for each in told[1:] if each.row and first.row and each.row.country == first.row.country]
    return inner[0] if inner and first.row and first.row.kind == "country" else first


def _is_venue(token: "Token", hit: Hit) -> bool:
    words = word_lists("words")
    if is_located(token):
        return True
    if token.dep_ == "pobj" and token.head.lower_ == "to" and hit.sense.group.mode == "visit":
        return True
    return token.dep_ in ("compound", "nmod") and token.head.lower_ in words["locatives", "venues"]


def _is_of_other_time(token: "Token", hit: Hit) -> bool:
    """Whether a place is that of what came before or after: 'sat at a table after a meeting in Oslo'."""
    limits, own = word_lists("dates"), {part.i for part in hit.tokens}
    for above in token.ancestors:
        if above.i in own or is_verb(above):
            return False
        if above.dep_ == "prep" and above.lower_ in limits["limits", "before"] | limits["limits", "after"]:
            return True
    return False


def _is_within_object(token: "Token", hit: Hit) -> bool:
    """Whether a phrase belongs to what is said rather than to the saying: 'backed a vote in the capital'."""
    objects = {thing.i for part in hit.tokens for thing in children(part, "dobj", "nsubjpass")}
    return any(above.i in objects for above in token.ancestors)


def _attacked(hit: Hit) -> Iterator["Token"]:
    """Yield what an attack is on: the object of its verb, or of 'of', 'on' and 'against' after its noun."""
    if not is_noun(hit.token):
        yield from children(hit.token, "dobj", "nsubjpass")
    for child in children(hit.token, "prep"):
        if child.lower_ in ("of", "on", "against"):
            yield from children(child, "pobj")


def _only_one(hit: Hit, reading: Reading) -> Place | None:
    located = [
        token
        for token in hit.token.sent
        if token.i in reading.places_at and is_located(token) and not _is_elsewhere(token, hit)
    ]
    told = [token for token in located if token.dep_ != "appos" or token.head.i not in reading.places_at]
    return _place(reading.places_at[told[0].i]) if len(told) == 1 else None


def _is_elsewhere(token: "Token", hit: Hit) -> bool:
    """Whether a place is that of another time, or of who does something else: 'they met, and nobody in Oslo knew'."""
    if _is_of_other_time(token, hit):
        return True
    doer = next((above for above in token.ancestors if above.dep_ in ("nsubj", "nsubjpass")), None)
    return doer is not None and not hit.token.is_ancestor(doer) and not doer.is_ancestor(hit.token)


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
