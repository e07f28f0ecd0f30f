"""Actors named by what they are: 'the Russian ambassador', 'US prosecutors', 'the two presidents'."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.tables import ActorRow, AgentRow, adjectives, offices_of, remembered, tables
from kg.knowledge.words import word_lists
from kg.model import Kind
from kg.reading.cast import Cast, Heads, Member
from kg.reading.companies import in_company, in_reach, in_text_order, is_told, number_of
from kg.reading.gazetteer import actors_by_lower_name
from kg.reading.lemmas import Lemmatizer
from kg.reading.offices import go_by, holder, titles_held
from kg.reading.persons import gender_of_noun
from kg.reading.pronouns import salience

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BODIES: tuple[Kind, ...] = ("organisation", "government", "igo")
_INSIDE = (
    "det",
    "amod",
    "compound",
    "poss",
    "nummod",
    "nmod",
    "npadvmod",
    "case",
    "punct",
    "quantmod",
    "advmod",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A noun phrase that names an actor by what it is, by tokens.

    `country` is an ISO3 code that its words tell, `countries` are those of a phrase for one actor of each, `owner` is
    the token of a possessor or modifier that is itself an actor, `past` tells of a former holder of an office.
    """

    start: int
    end: int
    head: int
    agent: AgentRow
    plural: bool
    definite: bool
    country: str | None
    countries: tuple[str, ...]
    owner: int | None
    past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known where a description stands: who was spoken of, whom each token stands for, and where.

    `named` gives the member whose name covers a token, `heads` whom each mention stands for, by its head, and `order`
    the number of each token's sentence.
    """

    doc: "Doc"
    cast: Cast
    named: Mapping[int, Member]
    heads: Heads
    order: Sequence[int]


@remembered
def _agents() -> dict[str, AgentRow]:
    return {row.noun: row for row in tables().agents}


def find_descriptions(
    doc: "Doc", lemmas: Lemmatizer, named: dict[int, Member], adjective_at: dict[int, str]
) -> Iterator[Description]:
    """Yield the descriptions in a text; `named` gives the member whose name covers a token."""
    for token in doc:
        if token.tag_ not in ("NN", "NNS", "NNP", "NNPS") or token.i in named:
            continue
        agent = _agent(token, lemmas)
        if agent is not None:
            yield _description(token, agent, named, adjective_at)


def _agent(token: "Token", lemmas: Lemmatizer) -> AgentRow | None:
    lemma = lemmas.form(token.lower_, "NNS" if token.tag_ in ("NNS", "NNPS") else "NN")
    if token.i and token.nbor(-1).dep_ in ("compound", "amod"):
        longer = _agents().get(f"{token.nbor(-1).lower_} {lemma}")
        if longer:
            return longer
    after = token.doc[token.i + 1 : token.i + 3]
    if len(after) == 2 and after[0].lower_ == "of" and (longer := _agents().get(f"{lemma} {after.text.lower()}")):
        return longer
    return _agents().get(lemma) or _agents().get(token.lower_)


def _description(
    token: "Token", agent: AgentRow, named: dict[int, Member], adjective_at: dict[int, str]
) -> Description:
    start = token.i
    while start and token.doc[start - 1].dep_ in _INSIDE and _is_below(token.doc[start - 1], token):
        start -= 1
    inside = range(start, token.i)
    owners = [i for i in (*inside, *_of_phrase(token)) if i in named]
    country = next((adjective_at[i] for i in reversed(inside) if i in adjective_at), None)
    if country is None and owners:
        country = named[owners[-1]].country if named[owners[-1]].kind in ("state", "government") else None
    words = word_lists("words")
    first = token.doc[start].lower_
    of = [i for at in _of_phrase(token) for i in (at, *(each.i for each in token.doc[at].conjuncts))]
    told = (adjective_at.get(i) or _country_of(named.get(i)) for i in (*range(token.left_edge.i, token.i), *of))
    return Description(
        start=start + (token.doc[start].tag_ in ("DT", "PRP$")),
        end=token.i + 1,
        head=token.i,
        agent=agent,
        plural=token.tag_ in ("NNS", "NNPS"),
        definite=first in words["determiners", "definite"] or token.doc[start].dep_ == "poss",
        country=country,
        countries=tuple(dict.fromkeys(filter(None, told))),
        owner=owners[-1] if owners else None,
        past=any(token.doc[i].lower_ in words["descriptions", "past"] for i in inside),
    )


def _country_of(member: Member | None) -> str | None:
    return member.country if member and member.kind == "state" else None


def _is_below(token: "Token", head: "Token") -> bool:
    return head.i == token.head.i or any(ancestor.i == head.i for ancestor in token.ancestors)


def _of_phrase(token: "Token") -> Iterator[int]:
    """The object of 'of' after a noun: 'the president of Ukraine'."""
    for child in token.rights:
        if child.lower_ == "of" and child.dep_ == "prep":
            yield from (grandchild.i for grandchild in child.children if grandchild.dep_ == "pobj")


def accredited_to(token: "Token", named: Mapping[int, Member]) -> str | None:
    """Return the country or body that 'to' names after an ambassador."""
    for child in token.rights:
        if child.lower_ == "to" and child.dep_ == "prep":
            for grandchild in child.children:
                if grandchild.i in named:
                    member = named[grandchild.i]
                    return member.country if member.kind == "state" else member.id
    return None


def name_beside(token: "Token", named: Mapping[int, Member]) -> Member | None:
    """Return the named actor that a description stands beside: 'president Putin', 'Putin, the president'."""
    if token.dep_ in ("compound", "nmod") and token.head.i in named and named[token.head.i].kind == "person":
        return named[token.head.i]
    if token.dep_ == "appos" and token.head.i in named and named[token.head.i].kind == "person":
        return named[token.head.i]
    for child in token.children:
        if child.dep_ == "appos" and child.i in named:
            return named[child.i]
    for i in _of_phrase(token):  # 'co-founder of Google, Sergey Brin'
        for child in token.doc[i].children:
            if child.dep_ == "appos" and child.i in named and named[child.i].kind == "person":
                return named[child.i]
    return None


def subject_of(token: "Token", heads: Heads) -> Member | None:
    """Return the actor that a noun is said to be: 'she was the envoy'."""
    verb = token.head
    if token.dep_ != "attr" or verb.lower_ not in word_lists("words")["copulas", "verbs"]:
        return None
    subjects = [child.i for child in verb.lefts if child.dep_ == "nsubj" and child.i in heads]
    is_denied = any(child.dep_ == "neg" for child in verb.children)
    members = heads[subjects[0]][1] if subjects and not is_denied else ()
    return members[0] if len(members) == 1 else None


def resolved(description: Description, scene: Scene) -> tuple[Member, ...]:
    """Return the actors that a description stands for: one, several for 'the two presidents', a new one if need be."""
    several = _together(description, scene) or _each_holder(description, scene.cast)
    if several:
        return several
    member = (
        _by_table(description, scene)
        or _before(description, scene)
        or _salient(description, scene)
        or _own(description, scene)
    )
    return (member,)


def opposite(token: "Token", scene: Scene) -> Member | None:
    """Return the other of two: for 'his American counterpart' the American spoken of, else who has the same office."""
    of = possessor(token, scene)
    if of is None or token.lower_ not in word_lists("words")["descriptions", "opposite"]:
        return None
    country = next((adjectives()[child.text] for child in token.lefts if child.text in adjectives()), None)
    for member in in_reach(token, scene.cast, scene.order):
        if member.kind == "person" and member is not of and country in (None, member.country):
            return member
    return _same_office(of, country, scene.cast)


def _same_office(member: Member, country: str | None, cast: Cast) -> Member | None:
    if member.row is None or country is None or cast.day is None:
        return None
    found = (holder(title, country, cast.day) for title in titles_held(member.row, cast.day))
    row = next(filter(None, found), None)
    return cast.of_row(row) if row else None


def _together(description: Description, scene: Scene) -> tuple[Member, ...]:
    """Return the persons that 'the two leaders', 'neither minister' and 'the presidents' stand for together."""
    head = scene.doc[description.head]
    number = number_of(head)
    is_known = is_told(head) if number else description.plural and description.definite
    if description.agent.kind != "person" or not is_known:
        return ()
    gender = gender_of_noun(description.agent.noun)
    persons = [
        member
        for member in in_reach(head, scene.cast, scene.order)
        if member.kind == "person" and _is_of(gender, member)
    ]
    fitting = [member for member in persons if _answers_to(member, description)]
    if number is None:
        return in_text_order(fitting) if len(fitting) > 1 and description.country is None else ()
    company = in_company(head, number, persons, scene.cast, scene.order)
    latest = fitting if len(fitting) >= number else persons
    return company or (in_text_order(latest[:number]) if len(latest) >= number else ())


def _each_holder(description: Description, cast: Cast) -> tuple[Member, ...]:
    """Return the holders of an office in several countries: 'the presidents of Ukraine and Poland'."""
    if not description.plural or len(description.countries) < 2 or cast.day is None or description.past:
        return ()
    rows = [holder(description.agent.noun, country, cast.day) for country in description.countries]
    found = [cast.of_row(row) for row in rows if row]
    return tuple(found) if len(found) == len(rows) else ()


def _is_of(gender: str | None, member: Member) -> bool:
    """Whether nothing is known against a member's being of a gender."""
    return gender is None or member.gender in (None, gender)


def _latest(cast: Cast, before: int) -> list[Member]:
    """Return the members mentioned before a token, the latest first."""
    last = {member.key: max((start for start, _ in member.mentions if start < before), default=-1) for member in cast}
    return sorted((member for member in cast if last[member.key] >= 0), key=lambda member: -last[member.key])


def _answers_to(member: Member, description: Description) -> bool:
    """Whether one of the words for a member is the description's: 'prime minister' answers to 'minister'."""
    return go_by(member.nouns, description.agent.noun, leads=_leads_a_state(description))


def _leads_a_state(description: Description) -> bool:
    return description.owner is None or description.country is not None


def _by_table(description: Description, scene: Scene) -> Member | None:
    """Return the holder of the office on the day, or the organ that the tables know by these words."""
    cast, named = scene.cast, scene.named
    organ = _organ(scene.doc[description.start : description.end].text)
    if organ:
        return cast.of_row(organ)
    owner = named.get(description.owner) if description.owner is not None else None
    of = description.country or (owner.id if owner else None)
    if description.plural or description.past or description.agent.organ or of is None or cast.day is None:
        return None
    to = accredited_to(scene.doc[description.head], named)
    row = holder(description.agent.noun, of, cast.day, to)
    return cast.of_row(row) if row else None


def _organ(text: str) -> ActorRow | None:
    rows = actors_by_lower_name().get(text.lower(), ())
    return rows[0] if rows and rows[0].kind != "person" else None


def _before(description: Description, scene: Scene) -> Member | None:
    """Return the latest member that the same words stood for, where the description points back."""
    if not description.definite and not description.agent.organ and not description.plural:
        return None
    fitting = [member for member in _latest(scene.cast, description.head) if _agrees(member, description, scene)]
    if not fitting:
        return _body_before(description, scene.cast)
    left = [member for member in fitting if _has_left(member, description, scene.cast.day)]
    serving = [member for member in fitting if member not in left]
    preferred = left or [each for each in serving if each.row is None] if description.past else serving or fitting
    if not preferred:
        return None
    member = next((each for each in preferred if description.agent.noun in each.nouns), preferred[0])
    member.of = member.of or possessor(scene.doc[description.head], scene)
    return member


def possessor(token: "Token", scene: Scene) -> Member | None:
    """Return whose a noun says that its bearer is: 'her lawyer', 'Lind's lawyer'."""
    owners = [child.i for child in token.lefts if child.dep_ == "poss" and child.i in scene.heads]
    of = scene.heads[owners[0]][1] if owners else ()
    return of[0] if len(of) == 1 else None


def unnamed_before(description: Description, member: Member, scene: Scene) -> Member | None:
    """Return the unnamed person who 'her lawyer, Ada Lind' now gets a name."""
    if not description.definite or description.plural:
        return None
    for other in _latest(scene.cast, description.head):
        is_person = other.kind == "person" and other is not member and not other.is_named
        if is_person and _agrees(other, description, scene) and _is_of(member.gender, other):
            return other
    return None


def _agrees(member: Member, description: Description, scene: Scene) -> bool:
    """Whether a word for a member is the description's, and neither number, country nor possessor contradicts."""
    of = possessor(scene.doc[description.head], scene)
    if member is of or (of and member.of and of is not member.of):
        return False
    alike = description.agent.kind == "government" or description.plural == member.plural
    return alike and _answers_to(member, description) and description.country in (None, member.country)


def _has_left(member: Member, description: Description, day: str | None) -> bool:
    """Whether a member once held the office and no longer does on the day."""
    if member.row is None or day is None:
        return False
    noun, leads = description.agent.noun, _leads_a_state(description)
    held, before = titles_held(member.row, day), (office.title for office in offices_of(member.row.id))
    return go_by(before, noun, leads=leads) and not go_by(held, noun, leads=leads)


def _body_before(description: Description, cast: Cast) -> Member | None:
    """Return the body named last, for 'the company' and the like: of organs one with the word in its name."""
    kind, noun = description.agent.kind, description.agent.noun
    if description.plural or not description.definite or description.country or kind not in _BODIES:
        return None
    for member in _latest(cast, description.head):
        is_called_so = member.name.lower().endswith(f" {noun}")
        if member.is_named and (is_called_so or (member.kind == kind and kind != "government")):
            return member
    return None


def _salient(description: Description, scene: Scene) -> Member | None:
    """Return the person whom nothing keeps from being 'the activist'."""
    words, noun = word_lists("words"), description.agent.noun
    is_private = noun in words["descriptions", "private"]
    if description.plural or not _has_article(description, scene.doc):
        return None
    if not is_private and noun not in words["descriptions", "anybody"]:
        return None
    head = scene.doc[description.head]
    return salient_person(head, scene, gender=gender_of_noun(noun), country=description.country, is_private=is_private)


def salient_person(
    token: "Token",
    scene: Scene,
    *,
    gender: str | None = None,
    country: str | None = None,
    is_private: bool = False,
    is_named: bool = True,
) -> Member | None:
    """Return the person spoken of most in the last sentences who may be of a gender and is of a country.

    If `is_private`, it is one of whom no office is known; only if `is_named`, one with a name.
    """
    ranked = [
        (score, member)
        for member in scene.cast
        if member.kind == "person"
        and member.is_named >= is_named
        and not (is_private and member.nouns - _free_nouns())
        and _is_of(gender, member)
        and country in (None, member.country)
        and (score := salience(member, token, scene.cast, scene.order)) is not None
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _free_nouns() -> frozenset[str]:
    words = word_lists("words")
    return words["descriptions", "private"] | words["descriptions", "anybody"]


def _has_article(description: Description, doc: "Doc") -> bool:
    return description.start > 0 and doc[description.start - 1].lower_ == "the"


def _own(description: Description, scene: Scene) -> Member:
    """Return a member of its own: an organ or a group by its words, a person by the place in the text as well."""
    cast = scene.cast
    name = _canonical_name(description, scene.doc, scene.named)
    agent = description.agent
    kind = "group" if agent.kind == "person" and description.plural else agent.kind
    place = (cast.article, description.start) if kind == "person" else ()
    key = " ".join(map(str, (kind, name, description.country, *place)))
    return (None if kind == "person" else cast.alike(name)) or cast.add(
        Member(
            key,
            name,
            kind,
            description.country,
            sector=agent.sector,
            gender=gender_of_noun(agent.noun) if kind == "person" else None,
            nouns={agent.noun},
            plural=description.plural,
            of=possessor(scene.doc[description.head], scene) if kind == "person" else None,
            place=place,
        )
    )


def _canonical_name(description: Description, doc: "Doc", named: Mapping[int, Member]) -> str:
    """Return a name that does not depend on the wording: 'Russia's foreign ministry' as 'Russian foreign ministry'."""
    words = doc[description.start : description.end]
    adjective = _adjectives_by_country().get(description.country or "")
    if adjective is None:
        return words.text
    dropped = word_lists("words")["names", "undistinguishing"]
    kept = [
        token.text
        for token in words
        if token.lower_ not in dropped
        and token.tag_ not in ("POS", "PRP$", "DT", "CD")
        and adjectives().get(token.text) != description.country
        and token.text not in adjective.split()
        and not (token.i in named and named[token.i].kind == "state")
    ]
    numbers = [token.text for token in words if token.tag_ == "CD"]
    return " ".join([*numbers, adjective, *kept])


@remembered
def _adjectives_by_country() -> dict[str, str]:
    return {row.iso3: row.adjectives[0] for row in tables().countries if row.adjectives}
