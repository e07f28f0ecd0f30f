"""Actors named by what they are: 'the Russian ambassador', 'US prosecutors', 'the two presidents'."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.tables import ActorRow, AgentRow, adjectives, holders, remembered, tables
from kg.knowledge.words import word_lists
from kg.reading.cast import Cast, Member
from kg.reading.gazetteer import actors_by_lower_name
from kg.reading.lemmas import Lemmatizer
from kg.reading.persons import gender_of_noun

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

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
    """A noun phrase that names an actor by what it is, by tokens; `country` is an ISO3 code that its words tell."""

    start: int
    end: int
    head: int
    agent: AgentRow
    plural: bool
    definite: bool
    country: str | None
    owner: int | None  # the token of a possessor or modifier that is itself an actor


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
    return Description(
        start=start + (token.doc[start].tag_ in ("DT", "PRP$")),
        end=token.i + 1,
        head=token.i,
        agent=agent,
        plural=token.tag_ in ("NNS", "NNPS"),
        definite=first in words["determiners", "definite"] or token.doc[start].dep_ == "poss",
        country=country,
        owner=owners[-1] if owners else None,
    )


def _is_below(token: "Token", head: "Token") -> bool:
    return head.i == token.head.i or any(ancestor.i == head.i for ancestor in token.ancestors)


def _of_phrase(token: "Token") -> Iterator[int]:
    """The object of 'of' after a noun: 'the president of Ukraine'."""
    for child in token.rights:
        if child.lower_ == "of" and child.dep_ == "prep":
            yield from (grandchild.i for grandchild in child.children if grandchild.dep_ == "pobj")


def accredited_to(token: "Token", named: dict[int, Member]) -> str | None:
    """Return the country or body that 'to' names after an ambassador."""
    for child in token.rights:
        if child.lower_ == "to" and child.dep_ == "prep":
            for grandchild in child.children:
                if grandchild.i in named:
                    member = named[grandchild.i]
                    return member.country if member.kind == "state" else member.id
    return None


def name_beside(token: "Token", named: dict[int, Member]) -> Member | None:
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
    if token.dep_ == "attr":
        subjects = [child.i for child in token.head.lefts if child.dep_ == "nsubj" and child.i in named]
        return named[subjects[0]] if subjects and token.head.lower_ in ("is", "was", "’s", "'s") else None
    return None


def resolved(description: Description, doc: "Doc", cast: Cast, named: dict[int, Member]) -> tuple[Member, ...]:
    """Return the actors that a description stands for: one, two for 'the two presidents', a new one if need be."""
    pair = _pair(description, doc, cast)
    if pair:
        return pair
    member = (
        _by_table(description, doc, cast, named) or _before(description, cast) or _own(description, doc, cast, named)
    )
    return (member,)


def _pair(description: Description, doc: "Doc", cast: Cast) -> tuple[Member, ...]:
    words = word_lists("words")
    said = {token.lower_ for token in doc[max(description.start - 1, 0) : description.head]}
    if not (description.plural and said & words["pairs", "determiners"]):
        return ()
    gender = gender_of_noun(description.agent.noun)
    persons = [
        member
        for member in _latest(cast, description.head)
        if member.kind == "person" and member.is_named and _is_of(gender, member)
    ]
    for at in sorted(cast.companies, reverse=True):
        if at < description.head and len(cast.companies[at]) == 2 and set(cast.companies[at]) <= set(persons):
            return cast.companies[at]
    fitting = [member for member in persons if _answers_to(member, description)] if len(persons) > 2 else persons
    return tuple(fitting[:2]) if len(fitting) >= 2 else tuple(persons[:2]) if len(persons) >= 2 else ()


def _is_of(gender: str | None, member: Member) -> bool:
    """Whether nothing is known against a member's being of a gender."""
    return gender is None or member.gender in (None, gender)


def _latest(cast: Cast, before: int) -> list[Member]:
    """Return the members mentioned before a token, the latest first."""
    last = {member.key: max((start for start, _ in member.mentions if start < before), default=-1) for member in cast}
    return sorted((member for member in cast if last[member.key] >= 0), key=lambda member: -last[member.key])


def _answers_to(member: Member, description: Description) -> bool:
    """Whether one of the words for a member is the description's: 'prime minister' answers to 'minister'."""
    noun = description.agent.noun
    return any(title == noun or title.endswith(f" {noun}") for title in member.nouns)


def _by_table(description: Description, doc: "Doc", cast: Cast, named: dict[int, Member]) -> Member | None:
    """Return the holder of the office on the day, or the organ that the tables know by these words."""
    organ = _organ(doc[description.start : description.end].text)
    if organ:
        return cast.of_row(organ)
    owner = named.get(description.owner) if description.owner is not None else None
    of = description.country or (owner.id if owner else None)
    if description.plural or description.agent.organ or of is None or cast.day is None:
        return None
    to = accredited_to(doc[description.head], named)
    rows = holders(description.agent.noun, of, day=cast.day, to=to)
    return cast.of_row(rows[0]) if len(rows) == 1 else None


def _organ(text: str) -> ActorRow | None:
    rows = actors_by_lower_name().get(text.lower(), ())
    return rows[0] if rows and rows[0].kind != "person" else None


def _before(description: Description, cast: Cast) -> Member | None:
    """Return the latest member that the same words stood for, where the description points back."""
    if not description.definite and not description.agent.organ and not description.plural:
        return None
    for member in _latest(cast, description.head):
        if _answers_to(member, description) and description.country in (None, member.country):
            return member
    return _body_before(description, cast)


def _body_before(description: Description, cast: Cast) -> Member | None:
    """Return the organisation named last, for 'the company' and the like."""
    if description.plural or not description.definite or description.agent.kind != "organisation":
        return None
    named = [member for member in _latest(cast, description.head) if member.is_named and member.kind == "organisation"]
    return named[0] if named and description.country is None else None


def _own(description: Description, doc: "Doc", cast: Cast, named: dict[int, Member]) -> Member:
    """Return a member of its own: an organ or a group by its words, a person by the place in the text as well."""
    name = _canonical_name(description, doc, named)
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
            place=place,
        )
    )


def _canonical_name(description: Description, doc: "Doc", named: dict[int, Member]) -> str:
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
        and not (token.i in named and named[token.i].kind == "state")
    ]
    numbers = [token.text for token in words if token.tag_ == "CD"]
    return " ".join([*numbers, adjective, *kept])


@remembered
def _adjectives_by_country() -> dict[str, str]:
    return {row.iso3: row.adjectives[0] for row in tables().countries if row.adjectives}
