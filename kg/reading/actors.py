"""The actors of a text: every mention, by name, by description or by pronoun, brought together."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.tables import adjectives
from kg.knowledge.words import word_lists
from kg.model import Actor, Article, Form
from kg.reading.cast import Cast, Decision, Heads, Member, actor_of, decided
from kg.reading.companies import (
    ARGUMENTS,
    counted_before,
    each_other,
    enter_companies,
    in_company,
    is_of_several,
    latest_company,
    latest_state,
    listed_after,
    parties_before,
    spoken_of_together,
    state_of,
)
from kg.reading.dates import DateSpan
from kg.reading.descriptions import (
    Countries,
    Description,
    Scene,
    find_descriptions,
    is_of_another,
    is_organ,
    name_beside,
    opposite,
    possessor,
    resolved,
    salient_person,
    subject_of,
    unnamed_before,
)
from kg.reading.entities import Entity
from kg.reading.gazetteer import Found, places_by_name
from kg.reading.layout import Block
from kg.reading.lemmas import Lemmatizer
from kg.reading.names import NameSpan, named_spans
from kg.reading.persons import gender_of_noun
from kg.reading.pronouns import antecedent, is_plural, pronoun_kinds
from kg.reading.quotes import find_quotes
from kg.reading.reasons import PassedOver, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A parsed text with what the steps of reading share: its layout, the sentence of each token, names of tables.

    `adjective_at` holds the ISO3 code of each national adjective, by its token.
    """

    article: Article
    doc: "Doc"
    lemmas: Lemmatizer
    blocks: tuple[Block, ...]
    sentences: tuple[tuple[int, int], ...]
    sentence_of: tuple[int, ...]
    found: tuple[Found, ...]
    entities: tuple[Entity, ...]
    adjective_at: dict[int, str]

    @property
    def country_at(self) -> dict[int, str]:
        """The ISO3 code of each token of a name of a state or a place."""
        told: dict[int, str] = {}
        for item in self.found:
            states = (row.country for row in item.actors[:1] if row.kind == "state")
            country = next(filter(None, (*(row.country for row in item.places[:1]), *states)), None)
            told |= {at: country for at in range(item.start, item.end) if country}
        return told

    @property
    def day(self) -> str | None:
        """The ISO day of publication."""
        return self.article.published[:10] if self.article.published else None


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why an actor is whom it is: by the characters of each mention the reason, and the rows that were passed over."""

    reasons: dict[tuple[int, int], Reason]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The actors of a text, and by the head token of each mention the actors' ids and the mention's tokens.

    `named` holds the ids of those that a proper name stands for, `name_tokens` the tokens of all names, `person_tokens`
    of them those of persons, `grounds` why each actor is whom it is.
    """

    actors: tuple[Actor, ...]
    named: frozenset[str]
    name_tokens: frozenset[int]
    person_tokens: frozenset[int]
    at: dict[int, tuple[str, ...]]
    spans: dict[int, tuple[int, int]]
    grounds: dict[str, Grounds]

    @property
    def countries(self) -> dict[str, str | None]:
        """The country of each actor, by its id."""
        return {actor.id: actor.country for actor in self.actors}


def find_actors(parsed: Parsed, dates: Mapping[int, DateSpan]) -> Mentioned:
    """Return every actor of a text with all its mentions; `dates` gives the date expressions by token."""
    cast = Cast(parsed.article.id, parsed.day)
    found = named_spans(parsed.doc, parsed.found, parsed.entities, day=parsed.day)
    told = _countries_told(parsed)
    names = [
        span
        for span in found
        if not _in_dateline(span, parsed) and not is_of_another(span.text, {row.country for row in span.rows}, told)
    ]
    named = _enter_names(parsed.doc, cast, names)
    heads: Heads = {
        parsed.doc[start:end].root.i: ((start, end), (member,)) for member in cast for start, end in member.mentions
    }
    enter_companies(parsed.doc, cast, heads)
    _enter_others(parsed, cast, named, heads, dates, told)
    _settle(cast, parsed, told)
    members = _joined(cast)
    offsets = [(token.idx, token.idx + len(token)) for token in parsed.doc]
    return Mentioned(
        actors=tuple(actor_of(member, offsets, parsed.article.text, parsed.day) for member in members),
        grounds={member.id: _grounds(member, offsets) for member in members},
        named=frozenset(member.id for member in cast if member.is_named),
        name_tokens=frozenset(named),
        person_tokens=frozenset(at for at, member in named.items() if member.kind == "person"),
        at={head: tuple(dict.fromkeys(member.id for member in members)) for head, (_, members) in heads.items()},
        spans={head: span for head, (span, _) in heads.items()},
    )


def _settle(cast: Cast, parsed: Parsed, told: Counter[str]) -> None:
    """Give organs and officials of no told country that of the text, where it tells of one country alone.

    Where it tells of several, the police, courts and the like are those of the country that it is written in.
    """
    scene = next(iter(told)) if len(told) == 1 else None
    home = scene or _written_in(parsed)
    for member in cast:
        if _is_of_scene(member) and (scene or member.sector in word_lists("words")["states", "organs"]):
            member.country = home


def _countries_told(parsed: Parsed) -> Counter[str]:
    """Return how often a text tells of a country by a name, place or adjective; 'Congress' alone tells of none."""
    named = [item for item in parsed.found if not is_organ(item.text)]
    told = Counter(filter(None, [_written_in(parsed), *parsed.adjective_at.values()]))
    for item in named:
        told.update(
            filter(None, {*(row.country for row in item.places[:1]), *(row.country for row in item.actors[:1])})
        )
    return told


def _written_in(parsed: Parsed) -> str | None:
    """Return the country of the place in the first dateline, if it is in one alone: 'OSLO, May 3 (Agency) -'."""
    for block in parsed.blocks:
        if block.body_start > block.start:
            place = re.split(r"[,(]| [-–—]", parsed.article.text[block.start : block.body_start])[0].strip().title()
            countries = {row.country for row in places_by_name().get(place, ())}
            return next(iter(countries)) if len(countries) == 1 else None
    return None


def _is_of_scene(member: Member) -> bool:
    """Whether an actor of no told country is of the country that a text is about: an organ, a people, 'protesters'."""
    words = word_lists("words")
    is_told = member.row or member.country or member.body
    is_free = not member.nouns & words["descriptions", "opposed"]
    is_people = member.kind == "group" and not member.sector
    return not is_told and is_free and (member.sector in words["states", "sectors"] or is_people)


def _in_dateline(span: NameSpan, parsed: Parsed) -> bool:
    """Whether a name stands in a dateline: the place of writing acts on nobody."""
    at = parsed.doc[span.start].idx
    return any(block.start <= at < block.body_start for block in parsed.blocks if block.kind != "post")


def _enter_names(doc: "Doc", cast: Cast, spans: Iterable[NameSpan]) -> dict[int, Member]:
    """Enter every name into the cast, full names before short ones, and return the member at each token."""
    members: dict[int, Member] = {}
    for span in sorted(spans, key=_turn):
        gender = _gender(doc, span)
        member, reason = cast.named(span, gender)
        member.mention((span.start, span.end), span.form, reason)
        member.gender = member.gender or gender
        members.update(dict.fromkeys(range(span.start, span.end), member))
    _enter_inner_names(doc, cast, members, spans)
    return members


def _turn(span: NameSpan) -> tuple[bool, bool, bool, int]:
    """Return when a name is entered: known ones first, then those in full, then those with an office before them."""
    return not span.rows, span.end - span.start == 1, not span.beside.titles, span.start


def _enter_inner_names(doc: "Doc", cast: Cast, members: Mapping[int, Member], spans: Iterable[NameSpan]) -> None:
    """Enter the names within the names of bodies: the person of 'Ada Lind Foundation', the state of 'US Senate'."""
    inner = {member.name.split()[0]: member for member in cast if member.kind == "person" and " " in member.name}
    inner |= {
        span.text.split()[0]: members[span.start] for span in spans if span.kind == "state" and span.form == "name"
    }
    known = {(members[span.start], span.text) for span in spans} | {(member, member.name) for member in inner.values()}
    for span in spans:
        for at in range(span.start, span.end - 1) if span.kind not in ("person", "state") else ():
            if (member := inner.get(doc[at].text)) is None:
                continue
            for end in range(at + 1, span.end):
                if (member, doc[at:end].text) in known and doc[end - 1].dep_ in ("compound", "nmod"):
                    member.mention((at, end), "name", Reason("name within a name", span.text))


def _gender(doc: "Doc", span: NameSpan) -> str | None:
    title = word_lists("words").owner("titles", doc[span.start - 1].text) if span.start else None
    return title if title in ("male", "female") else None


_FAR = 1_000_000  # more than a text has sentences


def _enter_others(
    parsed: Parsed,
    cast: Cast,
    named: dict[int, Member],
    heads: Heads,
    dates: Mapping[int, DateSpan],
    told: Counter[str],
) -> None:
    """Enter descriptions and pronouns in the order of the text, so that each may point to those before it."""
    countries = Countries(parsed.adjective_at, parsed.country_at)
    found = find_descriptions(parsed.doc, parsed.lemmas, named, countries, dates)
    described = {item.head: item for item in found}
    scene = Scene(doc=parsed.doc, cast=cast, named=named, heads=heads, order=_running_order(parsed), told=told)
    cast.quoted = _quoted(parsed)
    for token in parsed.doc:
        if token.i not in named and (members := _related(token, scene)):
            _enter(cast, heads, token.i, _words_of(token), members, "nominal")
        elif token.i in described:
            item = described[token.i]
            _enter(cast, heads, token.i, (item.start, _end(item, scene)), _described(item, scene), "nominal")
        elif token.tag_ == "NN" and (beside := _said_of(token, scene)):
            _enter(cast, heads, token.i, _words_of(token), decided([beside], _beside(beside)), "nominal")
        elif pronoun_kinds(token):
            members = _referred_to(token, cast, heads, scene.order)
            _enter(cast, heads, token.i, (token.i, token.i + 1), members, "pronoun")


def _said_of(token: "Token", scene: Scene) -> Member | None:
    """Return the actor that a noun in apposition tells of, or the person that one after 'is' does."""
    beside = name_beside(token, scene.named) if token.dep_ == "appos" else None
    subject = subject_of(token, scene.heads)
    return beside or (subject if subject and subject.kind == "person" else None)


def _words_of(token: "Token") -> tuple[int, int]:
    first = token.left_edge
    return first.i + (first.i < token.i and first.tag_ in ("DT", "PRP$")), token.i + 1


def _related(token: "Token", scene: Scene) -> tuple[Decision, ...]:
    """Return whom a noun stands for by whom was spoken of before: 'the pair', 'his counterpart', 'her country'."""
    if token.tag_ in ("NN", "NNS", "CD", "DT") and is_of_several(token):
        return decided(spoken_of_together(token, scene.cast, scene.order), Reason("spoken of together", token.text))
    if members := each_other(token, scene.cast, scene.heads):
        return decided(members, Reason("each other", token.head.text))
    if group := counted_before(token, scene.heads, scene.order):
        return decided([group], Reason("further ones of those counted before", group.name))
    other = opposite(token, scene) or _own_country(token, scene) or _told_apart(token, scene)
    return (other,) if other else ()


def _told_apart(token: "Token", scene: Scene) -> Decision | None:
    """Return the person in 'the Russian' and 'the 34-year-old'."""
    is_argument = token.dep_ in ARGUMENTS
    if not is_argument or not any(each.lower_ == "the" for each in token.lefts):
        return None
    if token.text in adjectives() and token.tag_ in ("NN", "NNP", "JJ"):
        country = adjectives()[token.text]
        person = salient_person(token, scene, gender=gender_of_noun(token.lower_), country=country)
        return (person, Reason("person of the country", country)) if person else None
    age = token.doc[max(token.i - 4, 0) : token.i + 1].text
    person = salient_person(token, scene, is_named=False) if age.endswith("-year-old") else None
    return (person, Reason("person of the age", age)) if person else None


def _own_country(token: "Token", scene: Scene) -> Decision | None:
    """Return the state of the person in 'her country', for 'the country' the state named last."""
    if token.tag_ != "NN" or token.lower_ not in word_lists("words")["states", "nouns"]:
        return None
    if [each.lower_ for each in token.children] == ["the"]:
        latest = latest_state(token, scene.heads, scene.order)
        return (latest, Reason("state named last", latest.name)) if latest else None
    of = possessor(token, scene)
    state = state_of(of.country, scene.cast) if of else None
    return (state, Reason("own country", of.name)) if of and state else None


def _enter(cast: Cast, heads: Heads, head: int, span: tuple[int, int], found: tuple[Decision, ...], form: Form) -> None:
    members = tuple(member for member, _ in found)
    for member, reason in found:
        member.mention(span, form, reason)
    if len(members) > 1:
        cast.shared.add(span)
        cast.companies[head] = members
    if members:
        heads[head] = (span, members)


def _beside(member: Member) -> Reason:
    return Reason("said of a name", member.name)


def _referred_to(token: "Token", cast: Cast, heads: Heads, order: Sequence[int]) -> tuple[Decision, ...]:
    if is_plural(token):
        if company := latest_company(token, cast, heads, order):
            return decided(company, Reason("named together last"))
        if parties := parties_before(token, heads, order):
            return decided(parties, Reason("parties of the sentence before"))
    member = antecedent(token, cast, order)
    if member and is_plural(token) and not member.plural:
        company = in_company(token, None, cast, cast, order)
        if member in company:
            return decided(company, Reason("named together last", f"with {member.name}"))
    return ((member, Reason("nearest that fits", "in number, gender and kind")),) if member else ()


def _quoted(parsed: Parsed) -> frozenset[int]:
    """Return the tokens that stand in quotation marks."""
    quotes = find_quotes(parsed.article.text, parsed.blocks)
    spans = (parsed.doc.char_span(quote.start, quote.end, alignment_mode="contract") for quote in quotes)
    return frozenset(token.i for span in spans for token in span or ())


def _end(item: Description, scene: Scene) -> int:
    """Return where a description ends, with the name after it that tells whose or what for: 'critics of the Church'."""
    for child in scene.doc[item.head].rights:
        if child.i == item.end and child.lower_ in ("of", "for"):
            for thing in child.children:
                if thing.dep_ == "pobj" and thing.i in scene.named and not thing.conjuncts:
                    return thing.i + 1
    return item.end


def _described(item: Description, scene: Scene) -> tuple[Decision, ...]:
    head = scene.doc[item.head]
    beside = None if listed_after(head) else name_beside(head, scene.named) or subject_of(head, scene.heads)
    if beside is None:
        return resolved(item, scene)
    if before := unnamed_before(item, beside, scene):
        _join(before, beside, scene)
    beside.of = beside.of or possessor(head, scene)
    beside.nouns.add(item.agent.noun)
    beside.gender = beside.gender or gender_of_noun(item.agent.noun)
    beside.country = beside.country or item.home
    beside.sector = beside.sector or item.agent.sector
    beside.body = beside.body or item.body
    return decided([beside], _beside(beside))


def _join(unnamed: Member, named: Member, scene: Scene) -> None:
    """Give the mentions of an unnamed person to the one who turns out to be meant."""
    for span, form in unnamed.mentions.items():
        named.mention(span, form, Reason("named later", unnamed.name))
    unnamed.mentions.clear()
    for head, (span, members) in scene.heads.items():
        if unnamed in members:
            scene.heads[head] = (span, tuple(named if each is unnamed else each for each in members))


def _running_order(parsed: Parsed) -> list[int]:
    """Return the number of each token's sentence for reference: posts and captions are far from the running text."""
    order = []
    number, last = 0, -1
    apart = {
        token.i: _FAR * (index + 1)
        for index, block in enumerate(parsed.blocks)
        if block.kind != "paragraph"
        for token in _tokens(parsed.doc, block)
    }
    for token in parsed.doc:
        sentence = parsed.sentence_of[token.i]
        if token.i not in apart and sentence != last:
            number, last = number + 1, sentence
        order.append(apart.get(token.i, 0) + (sentence if token.i in apart else number))
    return order


def _tokens(doc: "Doc", block: Block) -> Iterable["Token"]:
    return doc.char_span(block.start, block.end, alignment_mode="expand") or ()


def _joined(cast: Cast) -> tuple[Member, ...]:
    """Return the members by first mention; those that turn out to be one are joined."""
    joined: dict[str, Member] = {}
    for member in sorted((m for m in cast if m.mentions), key=lambda m: min(m.mentions)):
        first = joined.setdefault(member.id, member)
        first.mentions.update(member.mentions)
        first.reasons.update(member.reasons)
    return tuple(joined.values())


def _grounds(member: Member, offsets: Sequence[tuple[int, int]]) -> Grounds:
    reasons = {(offsets[start][0], offsets[end - 1][1]): why for (start, end), why in member.reasons.items()}
    return Grounds(reasons, member.passed_over)
