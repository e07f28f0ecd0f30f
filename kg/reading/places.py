"""Which places the names of a text stand for: 'Paris, Texas', 'the state of Georgia', 'Trafalgar Square in London'."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.knowledge.tables import PlaceRow, metonyms, remembered, tables
from kg.knowledge.words import word_lists
from kg.reading.document import PlaceMention
from kg.reading.entities import Entity
from kg.reading.gazetteer import Found, places_by_name
from kg.reading.names import is_locative
from kg.reading.reasons import Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PLACES = ("GPE", "LOC", "FAC")
_ACRONYM = 4  # letters, at most
_NEAR = 500  # kilometres from the middle of a region to its towns, as a rule
_DEGREE = 111  # kilometres


def settled(doc: "Doc", found: Sequence[Found], adjective_at: Mapping[int, str]) -> tuple[Found, ...]:
    """Return the names of the tables with the rows that the text means, the likeliest place first.

    A name before the region or country that it lies in is a place and no state: 'Lebanon, Pennsylvania'. Of a state
    and a region of one name it is the region beside its offices ('the governor of Georgia'), else whichever the other
    places of the text lie in.
    """
    setting = _setting(doc, found, adjective_at)
    within = _within(doc, found, setting)
    return tuple(within.get(item.start) or _likeliest(doc, item, setting) for item in found)


def places_at(
    doc: "Doc", found: Sequence[Found], marked: Iterable[Entity], persons: Collection[int]
) -> dict[int, PlaceMention]:
    """Return the places by the head of their name: of the tables, states, and what the model takes for places.

    `persons` are the tokens of persons' names.
    """
    row_at = {item.start: row for item in found if (row := _row(item)) is not None}
    told = {(item.start, item.end) for item in found if item.start in row_at}
    unknown = [each for each in marked if each.label in _PLACES and (each.start, each.end) not in told]
    longer = {entity: _row_beside(doc, entity, row_at) for entity in unknown}
    inner = {at for entity, row in longer.items() if row for at in range(entity.start, entity.end)}
    places: dict[int, PlaceMention] = {}
    for entity, row in longer.items():
        span = doc[entity.start : entity.end]
        if is_locative(span.root):
            why = Reason("lies in a place beside it", row.name) if row else None
            places[span.root.i] = PlaceMention(span.start_char, span.end_char, span.text, row, why)
    for item in found:
        span = doc[item.start : item.end]
        is_told = item.start in row_at and item.start not in inner and span.root.i not in persons
        if is_told and not _sends(item, span.root):
            known = row_at[item.start]
            places[span.root.i] = PlaceMention(span.start_char, span.end_char, known.name, known, item.why)
    return places


def _row(item: Found) -> PlaceRow | None:
    if item.places:
        return item.places[0]
    states = [row for row in item.actors if row.kind == "state" and item.text not in row.metonyms]
    return _countries().get(states[0].country or "") if states else None


@remembered
def _countries() -> dict[str, PlaceRow]:
    return {row.country: row for row in tables().places if row.kind == "country" and row.country}


def _row_beside(doc: "Doc", entity: Entity, row_at: Mapping[int, PlaceRow]) -> PlaceRow | None:
    """Return the place that a name no table has is said to lie in: 'the Old Hall in Ada', 'Ada province'."""
    link = doc[entity.end].lower_ if entity.end < len(doc) else ""
    words = word_lists("words")
    if doc[entity.end - 1].lower_ in words["locatives", "nouns"]:
        return row_at.get(entity.start)
    if entity.end - entity.start > 1 and doc[entity.end - 2].lower_ == "of":
        return row_at.get(entity.end - 1)
    return row_at.get(entity.end + 1) if link == "," or link in words["locatives", "prepositions"] else None


def _sends(item: Found, token: "Token") -> bool:
    """Whether a state is only the one whose embassy or base stands somewhere: 'outside the US embassy'."""
    is_state = any(row.kind == "state" for row in item.actors)
    posts = word_lists("words")["locatives", "posts"]
    return is_state and token.dep_ in ("compound", "poss", "nmod", "amod") and token.head.lower_ in posts


def _within(doc: "Doc", found: Sequence[Found], setting: "Setting") -> dict[int, Found]:
    """Return by first token the names that a region or country after a comma places, and those of the regions."""
    placed: dict[int, Found] = {}
    for one, other in pairwise(found):
        if other.start != one.end + 1 or doc[one.end].text != ",":
            continue
        container = _container(one, _by_setting(other, setting), is_list=_is_list(doc, one, other))
        if container is None:
            continue
        inside = tuple(row for row in one.places if _lies_in(row, container))
        rows = inside or (_unknown_place(one.text, container),)
        why = Reason("lies in a place beside it", container.name)
        placed[one.start] = replace(one, actors=(), places=rows, why=why)
        if container.kind == "region":
            why = Reason("holds the place before it", one.text)
            placed[other.start] = replace(other, actors=(), places=(container,), why=why)
    return placed


def _by_setting(item: Found, setting: "Setting") -> Found:
    """Return a name with its places sorted by how much of the text lies in their countries."""
    rows = sorted(item.places, key=lambda row: -setting.favours(row.country))
    favoured = rows[0].country if rows and setting.favours(rows[0].country) else None
    why = Reason("other places of the text", favoured) if favoured and len(rows) > 1 else None
    return replace(item, places=tuple(rows), why=why)


def _lies_in(row: PlaceRow, container: PlaceRow) -> bool:
    """Whether a place may lie in a region or country: 'Portland, Maine' is not the one that is near to Oregon."""
    if row.kind == "country" or row.country != container.country:
        return False
    distance = _kilometres(row, container)
    if container.kind == "country" or distance < _NEAR:
        return True
    regions = (each for each in tables().places if each.kind == "region" and each.country == row.country)
    return all(3 * _kilometres(row, each) > distance for each in regions)


def _kilometres(one: PlaceRow, other: PlaceRow) -> float:
    width = math.cos(math.radians(one.lat))
    return _DEGREE * math.hypot(one.lat - other.lat, width * (one.lon - other.lon))


def _container(one: Found, other: Found, *, is_list: bool) -> PlaceRow | None:
    """Return the region or country that the first of two names lies in where the second stands for one."""
    is_state = any(row.kind == "state" and one.text not in row.metonyms for row in one.actors)
    towns = {row.country for row in one.places if row.kind == "city"}
    regions = {row.country for row in one.places if row.kind == "region"}
    wider = [row for row in other.places if row.country and row.kind != "city"]
    known = [row for row in wider if row.country in (towns if row.kind == "region" or is_state else towns | regions)]
    if known or is_list or other.text in metonyms():
        return next(iter(known), None)
    others = {row.country for row in one.places if row.country}
    far = [row for row in wider if row.country not in others and (towns or is_state) and _may_hold(row, is_state)]
    return next(iter(far), None)


def _may_hold(row: PlaceRow, is_state: bool) -> bool:
    """Whether a town or a namesake of a state may lie in a region or country: of the namesake it is a region."""
    return row.kind == "region" or not is_state


def _is_list(doc: "Doc", one: Found, other: Found) -> bool:
    """Whether two names stand in a list: 'Norland, Sudland and Ada'."""
    before = doc[one.start - 1].text if one.start else ""
    after = doc[other.end].lower_ if other.end < len(doc) else ""
    follows_more = after == "," and other.end + 1 < len(doc) and doc[other.end + 1].lower_ in ("and", "or")
    return after in ("and", "or", "&") or follows_more or before == ","


def _unknown_place(name: str, container: PlaceRow) -> PlaceRow:
    return replace(container, name=name, kind="city", aliases=())


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a text is set: how many of its names lie in each country without doubt, and whose adjectives it has."""

    places: Counter[str]
    adjectives: frozenset[str]

    def favours(self, country: str | None) -> int:
        """Return how much speaks for a country."""
        return self.places[country or ""] + (country in self.adjectives)


def _setting(doc: "Doc", found: Sequence[Found], adjective_at: Mapping[int, str]) -> Setting:
    certain = {item.text: _only_inner(item.places) for item in found}
    shouted = {token.text: _only_inner(places_by_name().get(token.text.title(), ())) for token in _shouted(doc)}
    places = Counter(country for country in (*certain.values(), *shouted.values()) if country)
    return Setting(places, frozenset(adjective_at.values()))


def _shouted(doc: "Doc") -> Iterator["Token"]:
    """Yield the longer words that are all in capitals, as the place of writing is."""
    return (token for token in doc if token.is_upper and len(token) > _ACRONYM)


def _only_inner(rows: Sequence[PlaceRow]) -> str | None:
    """Return the country of the only place of a name, None where it is a country itself or there are several."""
    return rows[0].country if len(rows) == 1 and rows[0].kind != "country" else None


def _likeliest(doc: "Doc", item: Found, setting: Setting) -> Found:
    """Return a name with its likeliest place first, and with no actors where it stands for a region or a town."""
    levels = _levels_beside(doc, item)
    region = _region_of_its_name(item)
    why = _why_region(item, region, levels, setting) if region else None
    if region and why:
        return replace(item, actors=(), places=(region,), why=why)
    if item.text in metonyms() and levels & {"local", "regional"}:
        return replace(item, actors=(), why=_office_beside(levels))
    return _by_setting(item, setting) if len(item.places) > 1 and not item.actors else item


def _region_of_its_name(item: Found) -> PlaceRow | None:
    """Return the region that a name stands for as well as for a state: Georgia, Washington."""
    is_state = any(row.kind == "state" for row in item.actors)
    return (
        next((row for row in item.places if row.kind == "region"), None) if is_state and len(item.places) > 1 else None
    )


def _why_region(item: Found, region: PlaceRow, levels: Collection[str], setting: Setting) -> Reason | None:
    if "regional" in levels:
        return _office_beside(levels)
    if "national" in levels or item.text in metonyms():
        return None
    country = region.country or ""
    is_set_there = setting.places[country] > max(setting.favours(row.country) for row in item.actors)
    return Reason("other places of the text", country) if is_set_there else None


def _office_beside(levels: Iterable[str]) -> Reason:
    return Reason("office beside the place", " and ".join(sorted(levels)))


def _levels_beside(doc: "Doc", item: Found) -> frozenset[str]:
    """Return the levels of the offices that stand beside a place: 'Georgia governor', 'the state of Georgia'."""
    root = doc[item.start : item.end].root
    beside = [*doc[item.end : item.end + 2]]
    if root.dep_ in ("poss", "compound", "nmod"):
        beside.append(root.head)
    if root.dep_ == "pobj" and root.head.lower_ == "of":
        beside.append(root.head.head)
    owners = (word_lists("words").owner("levels", token.lower_) for token in beside)
    return frozenset(owner for owner in owners if owner)
