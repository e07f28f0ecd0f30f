"""Actors named by what they are: 'the Russian ambassador', 'US prosecutors', 'the two presidents'."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.tables import ActorRow, AgentRow, actor_by_id, adjectives, is_held, offices_of, remembered, tables
from kg.knowledge.titles import is_earlier, is_others, is_then, meanings, titles, told_alone
from kg.knowledge.words import word_lists
from kg.reading.cast import Cast, Decision, Member
from kg.reading.dates import DateSpan
from kg.reading.gazetteer import actors_by_lower_name
from kg.reading.lemmas import Lemmatizer
from kg.reading.offices import day_told, ended, held, years_told
from kg.reading.reasons import Reason, of_office

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_TITLE = ("compound", "amod", "nmod")
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
    """A noun phrase that names an actor by what it is, by tokens; `country` is an ISO3 code that its words tell.

    `title` is its noun with the words that belong to it, `words` are all of its words, `day` is the ISO day that its
    clause tells with a year.
    """

    start: int
    end: int
    head: int
    agent: AgentRow
    plural: bool
    definite: bool
    title: str
    words: frozenset[str]
    day: str | None
    country: str | None
    owner: int | None  # the token of a possessor or modifier that is itself an actor


@remembered
def _agents() -> dict[str, AgentRow]:
    return {row.noun: row for row in tables().agents}


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of the tables in a text, with the words that belong to it: 'secretary of state'; by tokens."""

    start: int
    end: int
    agent: AgentRow
    title: str


def find_descriptions(
    doc: "Doc",
    lemmas: Lemmatizer,
    named: dict[int, Member],
    adjective_at: dict[int, str],
    dates: Mapping[int, DateSpan],
) -> Iterator[Description]:
    """Yield the descriptions in a text; `named` gives the member whose name covers a token."""
    covered, years = 0, years_told(doc, dates)
    for token in doc:
        if token.i < covered or token.tag_ not in ("NN", "NNS", "NNP", "NNPS") or token.i in named:
            continue
        noun = _noun(token, lemmas, named)
        if noun is not None:
            found = _description(token, noun, named, adjective_at, day_told(token, years))
            covered = noun.end
            if found.owner is not None or noun.agent.noun not in titles().owned["nouns"]:
                yield found


def _noun(token: "Token", lemmas: Lemmatizer, named: dict[int, Member]) -> Noun | None:
    """Return the longest noun of the tables that a token is the head of."""
    lemma = lemmas.form(token.lower_, "NNS" if token.tag_ in ("NNS", "NNPS") else "NN")
    if _words().isdisjoint(_parts(lemma)) and token.lower_ not in _agents():
        return None
    for start in _starts(token, named):
        before = [word.lower_ for word in token.doc[start : token.i]]
        for end in _ends(token, named):
            after = [word.lower_ for word in token.doc[token.i + 1 : end]]
            title = " ".join([*before, lemma, *after])
            agent = _agent(title)
            if agent:
                return Noun(start, end, agent, title)
    agent = _agents().get(token.lower_)
    return Noun(token.i, token.i + 1, agent, token.lower_) if agent else None


def _starts(token: "Token", named: dict[int, Member]) -> Iterator[int]:
    """Yield where a noun of several words can begin, the farthest first."""
    start = token.i
    while start and start > token.i - 3 and token.doc[start - 1].dep_ in _TITLE and start - 1 not in named:
        start -= 1
    yield from range(start, token.i + 1)


def _ends(token: "Token", named: dict[int, Member]) -> Iterator[int]:
    """Yield where a noun of several words can end: after what 'of' or 'for' lead to, or with itself."""
    whole = token.i + 1
    for child in token.rights:
        if child.i == whole and child.lower_ in ("of", "for"):
            whole = child.right_edge.i + 1
    for end in range(min(whole, token.i + 6), token.i, -1):
        if named.keys().isdisjoint(range(token.i, end)):
            yield end


def _agent(title: str) -> AgentRow | None:
    """Return the noun of the tables that a title is, by its words, by what it means, or without 'former' and such."""
    if title in _agents():
        return _agents()[title]
    plain = " ".join(word for word in title.replace("-", " ").split() if not (is_others([word]) or is_earlier([word])))
    return next((_agents()[name] for name in (*meanings(title), plain) if name in _agents()), None)


def _parts(word: str) -> list[str]:
    return word.split("-")


@remembered
def _words() -> frozenset[str]:
    """Return every word that can stand in a noun for actors."""
    names = (*_agents(), *titles().synonyms)
    return frozenset(part for name in names for word in name.split() for part in _parts(word))


def _description(
    token: "Token", noun: Noun, named: dict[int, Member], adjective_at: dict[int, str], day: str | None
) -> Description:
    start = noun.start
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
        end=noun.end,
        head=token.i,
        agent=noun.agent,
        plural=token.tag_ in ("NNS", "NNPS"),
        definite=first in words["determiners", "definite"] or token.doc[start].dep_ == "poss",
        title=noun.title,
        words=frozenset(part for word in token.doc[start : noun.end] for part in word.lower_.split("-")),
        day=day,
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


def resolved(description: Description, doc: "Doc", cast: Cast, named: dict[int, Member]) -> tuple[Decision, ...]:
    """Return whom a description stands for, and why: one, two for 'the two presidents', a new actor if need be."""
    pair = _pair(description, doc, cast)
    if pair:
        return tuple((member, Reason("two named before")) for member in pair)
    return (
        _by_table(description, doc, cast, named)
        or _before(description, cast)
        or _by_title(description, cast)
        or _own(description, doc, cast, named),
    )


def _pair(description: Description, doc: "Doc", cast: Cast) -> tuple[Member, ...]:
    words = word_lists("words")
    said = {token.lower_ for token in doc[max(description.start - 1, 0) : description.head]}
    if not (description.plural and said & words["pairs", "determiners"]):
        return ()
    other = _other_gender(description.agent.noun)
    persons = [
        member
        for member in _latest(cast, description.head)
        if member.kind == "person" and member.is_named and (other is None or member.gender != other)
    ]
    for at in sorted(cast.companies, reverse=True):
        if at < description.head and len(cast.companies[at]) == 2 and set(cast.companies[at]) <= set(persons):
            return cast.companies[at]
    fitting = [member for member in persons if _answers_to(member, description)] if len(persons) > 2 else persons
    return tuple(fitting[:2]) if len(fitting) >= 2 else tuple(persons[:2]) if len(persons) >= 2 else ()


def _other_gender(noun: str) -> str | None:
    """Return the gender that a noun rules out: 'man' women."""
    gender = word_lists("words").owner("gender", noun)
    return {"male_nouns": "female", "female_nouns": "male"}.get(gender or "")


def _latest(cast: Cast, before: int) -> list[Member]:
    """Return the members mentioned before a token, the latest first."""
    last = {member.key: max((start for start, _ in member.mentions if start < before), default=-1) for member in cast}
    return sorted((member for member in cast if last[member.key] >= 0), key=lambda member: -last[member.key])


def _answers_to(member: Member, description: Description) -> bool:
    """Whether one of the words for a member is the description's: 'prime minister' answers to 'minister'."""
    noun = description.agent.noun
    return any(title == noun or title.endswith(f" {noun}") for title in member.nouns)


def _by_table(description: Description, doc: "Doc", cast: Cast, named: dict[int, Member]) -> Decision | None:
    """Return the holder of the office on the day, or the organ that the tables know by these words."""
    words = doc[description.start : description.end].text
    organ = _organ(words)
    if organ:
        return cast.of_row(organ), Reason("organ of the tables", words)
    if description.plural or description.agent.organ:
        return None
    to = accredited_to(doc[description.head], named)
    for title, of in _posts(description, named):
        found = _former(title, of, cast) if _is_of_old(description) else _held(title, of, to, description, cast)
        if found:
            return found
    return None


def _is_of_another(description: Description) -> bool:
    """Whether its words make its noun somebody else's office: 'president-elect'."""
    return is_others(description.words.difference(description.agent.noun.replace("-", " ").split()))


def _is_of_old(description: Description) -> bool:
    """Whether its words make it an earlier holder: 'the former president', 'the then president' of no day told."""
    return is_earlier(description.words) or (is_then(description.words) and description.day is None)


def _posts(description: Description, named: dict[int, Member]) -> Iterator[tuple[str, str]]:
    """Yield the offices that a description can mean: title, and state or body, the likeliest first."""
    owner = named.get(description.owner) if description.owner is not None else None
    title = description.title
    if _is_of_another(description):
        return
    if owner and owner.kind != "state":
        yield title, owner.id
        if title in titles().owned["nouns"] and owner.id in titles().ministries and owner.country:
            yield titles().ministries[owner.id], owner.country
    if description.country and (owner is None or owner.kind == "state" or " " in title):
        yield title, description.country


def _held(title: str, of: str, to: str | None, description: Description, cast: Cast) -> Decision | None:
    told = min(description.day, cast.day or description.day) if description.day else cast.day
    office = held(title, of, told, to) if told else None
    return (cast.of_row(actor_by_id(office.holder)), of_office(office, told)) if office and told else None


def _former(title: str, of: str, cast: Cast) -> Decision | None:
    """Return the latest earlier holder of an office whom the text names."""
    present = {member.row.id: member for member in cast if member.row}
    for office in ended(title, of, cast.day or "") if cast.day else ():
        if office.holder in present:
            return present[office.holder], Reason("former office", of_office(office, cast.day or "").by)
    return None


def _by_title(description: Description, cast: Cast) -> Decision | None:
    """Return the holder of an office that only one state or body has: 'the home secretary'."""
    if description.plural or not description.definite or description.country or description.owner is not None:
        return None
    of = told_alone(meanings(description.title)[0])
    if of is None or _is_of_another(description) or _is_of_old(description):
        return None
    return _held(description.title, of, None, description, cast)


def _organ(text: str) -> ActorRow | None:
    rows = actors_by_lower_name().get(text.lower(), ())
    return rows[0] if rows and rows[0].kind != "person" else None


def _before(description: Description, cast: Cast) -> Decision | None:
    """Return the latest member that the same words stood for, where the description points back."""
    if not description.definite and not description.agent.organ and not description.plural:
        return None
    if _is_of_another(description):
        return None
    for member in _latest(cast, description.head):
        if _is_of_old(description) and _serves(member, description, cast.day):
            continue
        if _answers_to(member, description) and description.country in (None, member.country):
            return member, Reason("same words before", description.agent.noun)
    return _body_before(description, cast)


def _serves(member: Member, description: Description, day: str | None) -> bool:
    """Whether a member holds the office of a description on a day."""
    offices = offices_of(member.row.id) if member.row and day else ()
    return any(office.title == description.agent.noun and is_held(office, day or "") for office in offices)


def _body_before(description: Description, cast: Cast) -> Decision | None:
    """Return the organisation named last, for 'the company' and the like."""
    if description.plural or not description.definite or description.agent.kind != "organisation":
        return None
    named = [member for member in _latest(cast, description.head) if member.is_named and member.kind == "organisation"]
    return (named[0], Reason("body named last", named[0].name)) if named and description.country is None else None


def _own(description: Description, doc: "Doc", cast: Cast, named: dict[int, Member]) -> Decision:
    """Return a member of its own: an organ or a group by its words, a person by the place in the text as well."""
    name = _canonical_name(description, doc, named)
    agent = description.agent
    kind = "group" if agent.kind == "person" and description.plural else agent.kind
    place = (cast.article, description.start) if kind == "person" else ()
    key = " ".join(map(str, (kind, name, description.country, *place)))
    alike = None if kind == "person" else cast.alike(name)
    if alike:
        return alike, Reason("name of the text", name)
    member = Member(key, name, kind, description.country, sector=agent.sector, nouns={agent.noun}, place=place)
    return cast.add(member), Reason("new description", name)


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
        if (token.i == description.head or token.lower_ not in dropped)
        and token.tag_ not in ("POS", "PRP$", "DT", "CD")
        and adjectives().get(token.text) != description.country
        and not (token.i in named and named[token.i].kind == "state")
    ]
    numbers = [token.text for token in words if token.tag_ == "CD"]
    return " ".join([*numbers, adjective, *kept])


@remembered
def _adjectives_by_country() -> dict[str, str]:
    return {row.iso3: row.adjectives[0] for row in tables().countries if row.adjectives}
