"""Names of actors in a text: from the tables, from the model's entities, and by agreement over the whole document."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.knowledge.tables import ActorRow, adjectives, metonyms, remembered, tables
from kg.knowledge.words import word_lists
from kg.model import Form, Kind
from kg.reading.entities import Entity
from kg.reading.gazetteer import Found, actors_by_name, places_by_name
from kg.reading.introductions import UNKNOWN, Introduction, introduction
from kg.reading.name_words import is_name_word
from kg.reading.persons import families_of_heads, surname

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_LABELS: dict[str, Kind] = {"PERSON": "person", "ORG": "organisation"}
_PROPER = ("NNP", "NNPS")
_OWNING = ("poss", "compound", "amod", "nmod")


@dataclass(frozen=True, slots=True, kw_only=True)
class NameSpan:
    """A proper name by tokens; `rows` are the actors of the tables that bear it, `country` what the name says."""

    start: int
    end: int
    text: str
    kind: Kind
    form: Form = "name"
    rows: tuple[ActorRow, ...] = ()
    country: str | None = None
    beside: Introduction = UNKNOWN


@dataclass(frozen=True, slots=True)
class Owner:
    """The state whose organ something is, or the region of that country."""

    country: str | None
    is_region: bool = False


def named_spans(
    doc: "Doc", found: Sequence[Found], marked: Sequence[Entity], *, day: str | None = None
) -> tuple[NameSpan, ...]:
    """Return the names of actors in a text, in order, none overlapping another; `day` is an ISO day."""
    heads = families_of_heads(day)
    owners = _owners(doc, found)
    full = [span for item in found for span in _named_like_a_city(doc, item)]
    persons = {
        entity.text.split()[-1] for entity in marked if entity.label == "PERSON" and entity.end - entity.start > 1
    }
    persons |= {doc[span.end - 1].text for span in full}
    known = [
        span
        for item in _without_foreign(found, owners)
        if item.actors and not (item.text in persons and item.text in metonyms())
        for span in _of_table(doc, item)
    ]
    places = [item for item in found if item.places and not item.actors]
    entities = [
        span for entity in marked for span in _of_model(doc, entity, heads, owners) if not _is_place(doc, span, places)
    ]
    spans = _surnames_as_persons(_united(known, [*full, *_titled(doc), *entities]))
    spans += [*_surnames_again(doc, spans)]
    spans += [*_heads_alone(doc, heads, spans), *_halves(doc, spans)]
    spans = [_part_of_people(doc, span) for span in spans]
    return tuple(sorted((_introduced(doc, span) for span in spans), key=lambda span: span.start))


def _halves(doc: "Doc", spans: Sequence[NameSpan]) -> Iterator[NameSpan]:
    """Yield 'the North' and 'the South' where the text names one state that begins so: 'North Korea'."""
    directions = word_lists("words")["names", "directions"]
    states = {row.id: span for span in spans for row in span.rows if span.kind == "state" and " " in span.text}
    taken = {i for span in spans for i in range(span.start, span.end)}
    for span in spans if directions else ():
        yield from _first_half(doc, span, directions)
    for token in doc[1:]:
        named = [span for span in states.values() if span.text.split()[0] == token.text]
        is_bare = token.text in directions and token.nbor(-1).lower_ == "the" and token.dep_ not in ("compound", "amod")
        if is_bare and len(named) == 1 and token.i not in taken:
            yield replace(named[0], start=token.i, end=token.i + 1, text=token.text)


def _first_half(doc: "Doc", span: NameSpan, directions: frozenset[str]) -> Iterator[NameSpan]:
    """Yield the first state of 'North and South Korea'."""
    at = span.start - 2
    if span.kind == "state" and at >= 0 and doc[at].text in directions and doc[at + 1].lower_ in ("and", "or"):
        name = " ".join([doc[at].text, *span.text.split()[1:]])
        rows = tuple(row for row in actors_by_name().get(name, ()) if row.kind == "state")
        if rows and rows != span.rows:
            yield replace(span, start=at, end=at + 1, text=name, rows=rows, country=rows[0].country)


def _part_of_people(doc: "Doc", span: NameSpan) -> NameSpan:
    """Return a people's name as that of its part in a country: 'Iraqi Kurds', 'Bosnian Serbs', 'ethnic Albanians'."""
    last = doc[span.end - 1]
    if last.text not in _peoples() or last.tag_ not in ("NNPS", "NNP", "NNS"):
        return span
    first = span.start if span.end - span.start > 1 else span.start - 1
    before = doc[first].text if first >= 0 else ""
    if first != span.end - 2 or not (before in adjectives() or before.lower() == "ethnic"):
        return span
    start = first if before in adjectives() else span.start
    name = doc[start : span.end].text
    return replace(span, start=start, text=name, kind="group", rows=(), country=adjectives().get(before), form="name")


@remembered
def _peoples() -> frozenset[str]:
    """Return the names of peoples, in the plural: 'Serbs', 'Kurds'."""
    groups = (name for name, rows in actors_by_name().items() if any(row.kind == "group" for row in rows))
    return frozenset([*groups, *(word for row in tables().countries for word in row.people)])


def _introduced(doc: "Doc", span: NameSpan) -> NameSpan:
    return replace(span, beside=introduction(doc, span.start, span.end)) if span.kind == "person" else span


def _heads_alone(doc: "Doc", heads: Collection[str], spans: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """Yield the family names of heads of the day that the model does not see, as at the beginning of a text."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    for token in doc:
        bare = token.text.lstrip("#")
        is_free = bare in heads and token.i not in taken and bare not in word_lists("words")["names", "not_names"]
        if is_free and is_name_word(token) and _stands_alone(token):
            yield NameSpan(start=token.i, end=token.i + 1, text=token.text, kind="person")


def _stands_alone(token: "Token") -> bool:
    """Whether a word is a name by itself: no part of a longer one, and no common noun that begins a sentence."""
    beside = [*token.doc[max(token.i - 1, 0) : token.i], *token.doc[token.i + 1 : token.i + 2]]
    titles = word_lists("words")
    is_part = any(each.tag_ in _PROPER and titles.owner("titles", each.text) is None for each in beside)
    is_hashtag = token.text[0] == "#" or (token.i > 0 and token.nbor(-1).text == "#")
    is_subject = token.dep_ in ("nsubj", "nsubjpass") and token.head.tag_ != "NN"
    is_name = token.tag_ in _PROPER or is_hashtag or is_subject or (token.tag_ == "NN" and not token.is_sent_start)
    return is_name and not is_part


def _without_foreign(found: Sequence[Found], owners: Mapping[int, Owner]) -> list[Found]:
    """Return the names without the organs of other countries: "Norland's Supreme Court" is not the best-known one."""
    foreign = {item.text for item in found if _is_foreign(item, owners.get(item.end - 1))}
    return [replace(item, actors=()) if item.text in foreign else item for item in found]


def _is_foreign(item: Found, owner: Owner | None) -> bool:
    if owner is None or not item.actors or item.actors[0].kind != "government":
        return False
    return owner.is_region or all(row.country != owner.country for row in item.actors)


def _owners(doc: "Doc", found: Iterable[Found]) -> dict[int, Owner]:
    """Return by token whose it is: of 'Court' in "Norland's Supreme Court" the state or region."""
    named = {doc[item.start : item.end].root.i: owner for item in found if (owner := _owner(item))}
    owners: dict[int, Owner] = {}
    for token in doc:
        people = adjectives().get(token.text)
        owner = named.get(token.i) or (Owner(people) if people else None)
        if owner and token.dep_ in _OWNING and token.i < token.head.i and not token.conjuncts:
            owners.setdefault(token.head.i, owner)
    return owners


def _owner(item: Found) -> Owner | None:
    if any(row.kind == "state" for row in item.actors):
        return Owner(item.actors[0].country)
    is_region = bool(item.places) and item.places[0].kind == "region"
    return Owner(item.places[0].country, is_region=True) if is_region else None


def _named_like_a_city(doc: "Doc", found: Found) -> Iterator[NameSpan]:
    """'Valeska Paris': a word that stands for a state, after a capitalised word that is nothing known, is a person."""
    first = found.start - 1
    if first < 0 or found.end - found.start != 1 or found.text not in metonyms():
        return
    before = doc[first]
    is_given_name = before.tag_ == "NNP" and before.dep_ == "compound" and before.head.i == found.start
    if is_given_name and before.is_title and not _is_known(before):
        yield NameSpan(start=first, end=found.end, text=doc[first : found.end].text, kind="person")


def _is_known(token: "Token") -> bool:
    """Whether a capitalised word is a title, a national adjective or a name of the tables."""
    return (
        word_lists("words").owner("titles", token.text) is not None
        or token.text in adjectives()
        or token.text in actors_by_name()
        or token.text in places_by_name()
    )


def _is_place(doc: "Doc", span: NameSpan, places: list[Found]) -> bool:
    """Whether a name is a place's: a family name that acts is a person's, though a place has it too."""
    acts = span.kind == "person" and doc[span.start : span.end].root.dep_ in ("nsubj", "nsubjpass")
    return not acts and any(place.start <= span.start and span.end <= place.end for place in places)


def is_locative(token: "Token") -> bool:
    """Tell whether a name stands after a preposition of place or motion: 'in Washington', 'to the town of Ada'."""
    words = word_lists("words")
    return _stands_after(token, words["locatives", "prepositions"] | words["locatives", "motion"])


def is_located(token: "Token") -> bool:
    """Tell whether a name stands after a preposition of place: 'in Washington', 'off the coast of Ada'."""
    return _stands_after(token, word_lists("words")["locatives", "prepositions"])


def _stands_after(token: "Token", prepositions: frozenset[str]) -> bool:
    head = token.head
    while token.dep_ in ("conj", "compound", "appos") and head.i != token.i:
        token, head = head, head.head
    if token.dep_ != "pobj" or head.dep_ != "prep":
        return False
    is_told = head.lower_ == "of" and head.head.lower_ in word_lists("words")["locatives", "nouns"]
    return _stands_after(head.head, prepositions) if is_told else head.lower_ in prepositions


def _of_table(doc: "Doc", found: Found) -> Iterator[NameSpan]:
    head = doc[found.start : found.end].root
    stands_for_state = found.text in metonyms()
    if stands_for_state and (is_locative(head) or head.dep_ == "compound"):
        return
    if _is_common_word(doc, found):
        return
    form: Form = "handle" if found.text.startswith("@") else "metonym" if stands_for_state else "name"
    start = _bare_start(doc, found)
    yield NameSpan(
        start=start,
        end=found.end,
        text=doc[start : found.end].text,
        kind=found.actors[0].kind,
        form=form,
        rows=found.actors,
        country=found.actors[0].country,
    )


def _bare_start(doc: "Doc", found: Found) -> int:
    """Return where a name begins without its article or a title: 'The Norland Times', 'Prince Ada'."""
    is_person = found.actors[0].kind == "person"
    titles = word_lists("words")
    start = found.start
    while start < found.end - 1 and (
        doc[start].lower_ == "the" or (is_person and titles.owner("titles", doc[start].text) is not None)
    ):
        start += 1
    return start


def _is_common_word(doc: "Doc", found: Found) -> bool:
    """Tell whether a name of one word is used as another word: 'us' for 'US', a verb at the sentence's start."""
    is_one_word = found.end - found.start == 1 and not found.text.startswith("@")
    return is_one_word and doc[found.start].tag_[:2] in ("VB", "RB", "IN", "PR")


def _of_model(doc: "Doc", entity: Entity, heads: Collection[str], owners: Mapping[int, Owner]) -> Iterator[NameSpan]:
    if entity.label == "NORP":
        yield from _people(doc[entity.start : entity.end])
    if start := _after_title(doc, entity):
        yield NameSpan(start=start, end=entity.end, text=doc[start : entity.end].text, kind="person")
        return
    kind = "person" if entity.text in heads and entity.text not in adjectives() else _LABELS.get(entity.label)
    if kind is None or not _looks_like_a_name(doc, entity.start, entity.end):
        return
    if kind == "organisation":
        kind = organisation_kind(entity.text)
    yield NameSpan(
        start=entity.start,
        end=entity.end,
        text=entity.text,
        kind=kind,
        country=_country_of(entity, kind, owners),
    )


def _after_title(doc: "Doc", entity: Entity) -> int | None:
    """Return where the name begins in 'Vice-President Ada Lind', which the model may take for a body."""
    for start in range(entity.end - 1, entity.start, -1):
        if " ".join(doc[entity.start : start].text.lower().replace("-", " ").split()) in _titles():
            return start
    return None


@remembered
def _titles() -> frozenset[str]:
    """Return the nouns of several words for persons: 'vice president'; with the hyphens as blanks."""
    persons = (row.noun.replace("-", " ") for row in tables().agents if row.kind == "person")
    return frozenset(noun for noun in persons if " " in noun)


def _country_of(entity: Entity, kind: Kind, owners: Mapping[int, Owner]) -> str | None:
    """Return the country that the name of a body tells, of an organ also the one whose it is."""
    if kind == "person":
        return None
    owner = owners.get(entity.end - 1) if kind == "government" else None
    return _country_within(entity.text) or (owner.country if owner else None)


def _people(entity: "Span") -> Iterator[NameSpan]:
    """'the Palestinians', 'Russians': a group; as modifiers they are adjectives and no actors."""
    root = entity.root
    if root.tag_ == "NNPS" and root.text in adjectives():
        yield NameSpan(start=root.i, end=root.i + 1, text=root.text, kind="group", country=adjectives()[root.text])


def _looks_like_a_name(doc: "Doc", start: int, end: int) -> bool:
    tokens = doc[start:end]
    proper = any(token.tag_ in _PROPER and token.text[:1].isupper() for token in tokens)
    return (
        proper
        and len(tokens) <= 8
        and "\n" not in tokens.text
        and "@" not in tokens.text
        and "://" not in tokens.text
        and tokens.text not in word_lists("words")["names", "not_names"]
        and tokens.text not in adjectives()
    )


def organisation_kind(name: str) -> Kind:
    """Return the kind that the words of an organisation's name tell."""
    words = word_lists("words")
    parts = set(name.split())
    if parts & words["organisations", "party"]:
        return "party"
    if parts & words["organisations", "government"] and "News" not in parts:
        return "government"
    return "organisation"


def _country_within(name: str) -> str | None:
    for word in name.split():
        if word in adjectives():
            return adjectives()[word]
        for row in actors_by_name().get(word, ()):
            if row.kind == "state":
                return row.country
    return None


def _titled(doc: "Doc") -> Iterator[NameSpan]:
    """'Mr Basya', 'Senator Shelby': a person even where the model sees none."""
    words = word_lists("words")
    titles = words["titles", "male"] | words["titles", "female"] | words["titles", "neutral"]
    for token in doc[:-1]:
        if token.text in titles and token.nbor().tag_ in _PROPER and token.nbor().text not in titles:
            end = token.i + 1
            while (
                end < len(doc)
                and doc[end].tag_ in _PROPER
                and doc[end].dep_ == "compound"
                and doc[end].head.i <= end + 2
            ):
                end += 1
            if end < len(doc) and doc[end].tag_ in _PROPER:
                yield NameSpan(start=token.i + 1, end=end + 1, text=doc[token.i + 1 : end + 1].text, kind="person")


def _united(known: list[NameSpan], others: list[NameSpan]) -> list[NameSpan]:
    """Return the spans of the tables with those of the model: a longer name of a person or body wins."""
    spans = list(known)
    for span in others:
        overlapping = [other for other in spans if other.start < span.end and span.start < other.end]
        if all(_gives_way(other, span) for other in overlapping):
            spans = [other for other in spans if other not in overlapping] + [span]
    return spans


def _gives_way(one: NameSpan, other: NameSpan) -> bool:
    longer = other.end - other.start > one.end - one.start
    if not one.rows:
        return longer
    if other.kind == "person":
        is_given = one.start == other.start and one.text in word_lists("words")["names", "given"]
        is_family = one.end == other.end and one.end - one.start == 1 and one.kind == "organisation"
        return longer and (one.kind == "person" or is_given or is_family)
    holds = longer and other.start <= one.start and one.end <= other.end
    return holds and not _only_placed(one, other) and (one.start > other.start or _is_continued(one, other))


def _is_continued(one: NameSpan, other: NameSpan) -> bool:
    """'Council of Europe', 'Norland Green Party': whether what follows a known name makes a longer one of it."""
    rest = other.text.removeprefix(one.text).split()
    words = word_lists("words")
    is_body = words.owner("organisations", rest[-1]) is not None
    return is_body or one.kind == "state" or rest[0] in words["names", "connectors"]


def _only_placed(one: NameSpan, other: NameSpan) -> bool:
    """'the US State Department': whether the longer name only says before the other of which country it is."""
    return one.end == other.end and other.text.removesuffix(one.text).strip() in _national()


@remembered
def _national() -> frozenset[str]:
    states = (name for name, rows in actors_by_name().items() if any(row.kind == "state" for row in rows))
    return frozenset([*adjectives(), *states])


def _surnames_as_persons(spans: list[NameSpan]) -> list[NameSpan]:
    """Return the spans with single words that the model took for bodies as persons where one is named so in full."""
    persons = {
        surname(span.text, span.country) for span in spans if span.kind == "person" and span.end - span.start > 1
    }
    return [
        replace(span, kind="person", country=None)
        if not span.rows and span.end - span.start == 1 and span.text in persons
        else span
        for span in spans
    ]


def _surnames_again(doc: "Doc", spans: list[NameSpan]) -> Iterator[NameSpan]:
    """Every further occurrence of the family name of a person who is named in full, and of names seen before."""
    taken = {i for span in spans for i in range(span.start, span.end)}
    persons: dict[str, NameSpan] = {}
    for span in spans:
        if span.kind == "person" and span.end - span.start > 1:
            persons.setdefault(surname(span.text, span.country), span)
    for token in doc:
        bare = token.text.lstrip("#")
        if bare in persons and token.i not in taken and token.tag_ != "POS" and is_name_word(token):
            yield replace(persons[bare], start=token.i, end=token.i + 1, text=token.text, rows=(), form="name")
