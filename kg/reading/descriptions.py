"""Actors named by what they are: 'the Russian ambassador', 'US prosecutors', 'the two presidents'."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.tables import ActorRow, AgentRow, actor_by_id, adjectives, offices_of, remembered, tables
from kg.knowledge.titles import is_earlier, is_others, is_then, meanings, titles, told_alone
from kg.knowledge.words import word_lists
from kg.model import Kind
from kg.reading.cast import Cast, Decision, Heads, Member, decided
from kg.reading.companies import in_company, in_reach, in_text_order, is_told, number_of
from kg.reading.dates import DateSpan
from kg.reading.days_told import day_told, years_told
from kg.reading.gazetteer import actors_by_lower_name
from kg.reading.lemmas import Lemmatizer
from kg.reading.offices import ended, go_by, held, terms_of
from kg.reading.persons import gender_of_noun, persons_by_surname
from kg.reading.pronouns import salience
from kg.reading.reasons import Reason, of_office

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BODIES: tuple[Kind, ...] = ("organisation", "government", "igo")
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
    """A noun phrase that names an actor by what it is, by tokens.

    `title` is its noun with the words that belong to it, `words` are all of its words, `day` is the ISO day that its
    clause tells with a year. `country` is an ISO3 code that its words tell, `countries` are those of a phrase for one
    actor of each, `owner` is the token of a possessor or modifier that is itself an actor. `home` is the country that
    its words, owner or place tell, `body` the CAMEO code of its international body: 'UN inspectors'.
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
    countries: tuple[str, ...]
    owner: int | None
    home: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class Countries:
    """The ISO3 codes that tokens tell: national adjectives, and names of states and places."""

    by_adjective: Mapping[int, str]
    by_place: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is known where a description stands: who was spoken of, whom each token stands for, and where.

    `named` gives the member whose name covers a token, `heads` whom each mention stands for, by its head, `order` the
    number of each token's sentence, and `told` how often the text tells of a country.
    """

    doc: "Doc"
    cast: Cast
    named: Mapping[int, Member]
    heads: Heads
    order: Sequence[int]
    told: Counter[str]


@remembered
def _agents() -> dict[str, AgentRow]:
    return {row.noun: row for row in tables().agents}


def is_organ(name: str) -> bool:
    """Tell whether a name is a noun for an organ that any state may have: 'Congress', 'Supreme Court'."""
    agent = _agents().get(name.lower())
    return agent is not None and agent.organ


def is_of_another(name: str, homes: Collection[str | None], told: Counter[str]) -> bool:
    """Tell whether an organ that several states have is of none that a name can mean: 'Congress' in news of Peru.

    `homes` are the countries of those of that name, `told` how often the text tells of which: once says too little.
    """
    if not homes or not is_organ(name):
        return False
    return not any(told[home or ""] for home in homes) and max(told.values(), default=0) > 1


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
    countries: Countries,
    dates: Mapping[int, DateSpan],
) -> Iterator[Description]:
    """Yield the descriptions in a text; `named` gives the member whose name covers a token."""
    covered, years = 0, years_told(doc, dates)
    for token in doc:
        if token.i < covered or token.tag_ not in ("NN", "NNS", "NNP", "NNPS") or token.i in named:
            continue
        noun = _noun(token, lemmas, named)
        if noun is not None:
            found = _description(token, noun, named, countries, day_told(token, years))
            covered = noun.end
            needs_owner = noun.agent.noun in titles().owned["nouns"]
            if found.owner is not None or not needs_owner or _is_of_organ(token, lemmas, named):
                yield found


def _is_of_organ(token: "Token", lemmas: Lemmatizer, named: dict[int, Member]) -> bool:
    """Tell whether 'of' leads from a noun to an organ without a name: 'the head of Chad's election commission'."""
    below = (_noun(token.doc[i], lemmas, named) for i in _of_phrase(token))
    return any(noun is not None and noun.agent.organ for noun in below)


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
    token: "Token", noun: Noun, named: dict[int, Member], countries: Countries, day: str | None
) -> Description:
    adjective_at = countries.by_adjective
    start = noun.start
    while start and token.doc[start - 1].dep_ in _INSIDE and _is_below(token.doc[start - 1], token):
        start -= 1
    inside = range(start, token.i)
    owners = [i for i in (*inside, *_of_phrase(token)) if i in named]
    country = next((adjective_at[i] for i in reversed(inside) if i in adjective_at), None)
    words = word_lists("words")
    if country is None and owners:
        country = named[owners[-1]].country if named[owners[-1]].kind in ("state", "government") else None
    if country is None and not owners:
        country = next(filter(None, (_country_of(named.get(i)) for i in _where(token))), None)
    homes = [*_homes(token, noun, [named[i] for i in owners], countries, named)]
    first = token.doc[start].lower_
    of = [i for at in _of_phrase(token) for i in (at, *(each.i for each in token.doc[at].conjuncts))]
    told = (adjective_at.get(i) or _country_of(named.get(i)) for i in (*range(token.left_edge.i, token.i), *of))
    return Description(
        start=start + (token.doc[start].tag_ in ("DT", "PRP$")),
        end=noun.end,
        head=token.i,
        agent=noun.agent,
        plural=token.tag_ in ("NNS", "NNPS"),
        definite=first in words["determiners", "definite"] or token.doc[start].dep_ == "poss",
        title=noun.title,
        words=frozenset(part for word in token.doc[start : noun.end] for part in _parts(word.lower_)),
        day=day,
        country=country,
        countries=tuple(dict.fromkeys(filter(None, told))),
        owner=owners[-1] if owners else None,
        home=country or next(iter(homes), None),
        body=_body_of([named[i] for i in owners]) if country is None else None,
    )


def _homes(
    token: "Token", noun: Noun, owners: Sequence[Member], countries: Countries, named: Mapping[int, Member]
) -> Iterator[str]:
    """Yield of which countries those are whom a noun names: of their leader, party or organ, or of where they are."""
    if noun.agent.noun not in word_lists("words")["descriptions", "opposed"]:
        yield from (member.country for member in reversed(owners) if member.country)
    for i in (*_where(token), *_of_phrase(token)):
        yield from filter(None, [named[i].country if i in named else None, *_told(token.doc[i], countries)])
    if noun.agent.kind == "government" and noun.start:
        yield from _of_leaders(token.doc[noun.start - 1].text)


def _of_leaders(family: str) -> Iterator[str]:
    """Yield the country of the leaders of a family name where all are of one: 'the Clinton administration'."""
    heads = word_lists("words")["names", "heads"]
    rows = (
        row for row in persons_by_surname().get(family, ()) if any(each.title in heads for each in offices_of(row.id))
    )
    countries = {row.country for row in rows}
    if len(countries) == 1:
        yield from filter(None, countries)


def _told(noun: "Token", countries: Countries) -> Iterator[str]:
    """Yield the countries that a noun with what stands before it tells: 'the Norland coast', 'a suburb of Ada'."""
    for i in (noun.i, *range(noun.left_edge.i, noun.i), *_of_phrase(noun)):
        country = countries.by_place.get(i) or countries.by_adjective.get(i)
        if country:
            yield country


def _body_of(owners: Sequence[Member]) -> str | None:
    """Return the CAMEO code of the international body that a description belongs to."""
    rows = (member.row for member in owners if member.row and not member.country)
    return next((row.cameo for row in rows if row.cameo), None)


def _country_of(member: Member | None) -> str | None:
    return member.country if member and member.kind == "state" else None


def _is_below(token: "Token", head: "Token") -> bool:
    return head.i == token.head.i or any(ancestor.i == head.i for ancestor in token.ancestors)


def _where(token: "Token") -> Iterator[int]:
    """Yield where those are whom a noun names: 'rebels in Chad', 'students throughout Chad'."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in word_lists("words")["locatives", "homes"]:
            yield from (grandchild.i for grandchild in child.children if grandchild.dep_ == "pobj")


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
    after = named.get(token.i + 1)
    if after and after.kind == "person" and token.tag_ in ("NN", "NNP") and token.text.istitle():
        return after  # 'President Putin', whatever the parser makes of it
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


def resolved(description: Description, scene: Scene) -> tuple[Decision, ...]:
    """Return whom a description stands for, and why: one, several for 'the two presidents', a new actor if need be."""
    several = _together(description, scene) or _each_holder(description, scene.cast)
    if several:
        return several
    return (
        _by_table(description, scene)
        or _before(description, scene)
        or _by_title(description, scene.cast)
        or _salient(description, scene)
        or _own(description, scene),
    )


def opposite(token: "Token", scene: Scene) -> Decision | None:
    """Return the other of two: for 'his American counterpart' the American spoken of, else who has the same office."""
    if token.lower_ not in word_lists("words")["descriptions", "opposite"]:
        return None
    of = possessor(token, scene)
    if of is None:
        return None
    country = next((adjectives()[child.text] for child in token.lefts if child.text in adjectives()), None)
    for member in in_reach(token, scene.cast, scene.order):
        if member.kind == "person" and member is not of and country in (None, member.country):
            return member, Reason("other of two", f"towards {of.name}")
    return _same_office(of, country, scene.cast)


def _same_office(member: Member, country: str | None, cast: Cast) -> Decision | None:
    if member.row is None or country is None or cast.day is None:
        return None
    found = (held(own.title, country, cast.day) for own in terms_of(member.row.id, cast.day))
    office = next(filter(None, found), None)
    if office is None:
        return None
    return cast.of_row(actor_by_id(office.holder)), Reason("same office elsewhere", of_office(office, cast.day).by)


def _together(description: Description, scene: Scene) -> tuple[Decision, ...]:
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
    company = in_company(head, number, persons, scene.cast, scene.order) if number else ()
    if company:
        return decided(company, Reason("named together last", description.agent.noun))
    latest = _latest_of(fitting, persons, number) if number or description.country is None else []
    return decided(in_text_order(latest), Reason("several named before", description.agent.noun))


def _latest_of(fitting: list[Member], persons: list[Member], number: int | None) -> list[Member]:
    """Return as many persons as are told, rather fitting ones; all fitting ones where no number is told."""
    if number is None:
        return fitting if len(fitting) > 1 else []
    latest = fitting if len(fitting) >= number else persons
    return latest[:number] if len(latest) >= number else []


def _each_holder(description: Description, cast: Cast) -> tuple[Decision, ...]:
    """Return the holders of an office in several countries: 'the presidents of Ukraine and Poland'."""
    if not description.plural or len(description.countries) < 2 or _is_of_old(description):
        return ()
    found = [_held(description.title, country, None, description, cast) for country in description.countries]
    return tuple(filter(None, found)) if all(found) else ()


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


def _by_table(description: Description, scene: Scene) -> Decision | None:
    """Return the holder of the office on the day, or the organ that the tables know by these words."""
    cast, named = scene.cast, scene.named
    words = scene.doc[description.start : description.end].text
    organ = _organ(words)
    if organ and not is_of_another(words, {organ.country}, scene.told):
        return cast.of_row(organ), Reason("organ of the tables", words)
    if description.plural or description.agent.organ:
        return None
    to = accredited_to(scene.doc[description.head], named)
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


def _posts(description: Description, named: Mapping[int, Member]) -> Iterator[tuple[str, str]]:
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


def _before(description: Description, scene: Scene) -> Decision | None:
    """Return the latest member that the same words stood for, where the description points back."""
    if not description.definite and not description.agent.organ and not description.plural:
        return None
    if _is_of_another(description):
        return None
    proper = _proper_modifiers(description, scene.doc)
    fitting = [
        member
        for member in _latest(scene.cast, description.head)
        if _agrees(member, description, scene) and (not proper or proper & set(member.name.split()))
    ]
    if not fitting:
        return _body_before(description, scene.cast)
    preferred = _preferred(fitting, description, scene.cast)
    if not preferred:
        return None
    member = next((each for each in preferred if description.agent.noun in each.nouns), preferred[0])
    member.of = member.of or possessor(scene.doc[description.head], scene)
    has_left = _is_of_old(description) and _has_left(member, description, scene.cast.day)
    return member, Reason("held the office before" if has_left else "same words before", description.agent.noun)


def _proper_modifiers(description: Description, doc: "Doc") -> set[str]:
    """Return the capitalised words before a noun that tell no country: 'Norland' of 'the Norland state government'."""
    if description.country is not None:
        return set()
    return {
        token.text for token in doc[description.start : description.head] if token.text[0].isupper() and token.i > 0
    }


def _preferred(members: list[Member], description: Description, cast: Cast) -> list[Member]:
    """Return those rather meant: by 'the minister' who has not left the office, by 'the former minister' who has.

    Where none is known to have left, the former minister is anybody who does not serve.
    """
    left = [member for member in members if _has_left(member, description, cast.day)]
    if _is_of_old(description):
        return left or [member for member in members if not _serves(member, description, cast.day)]
    return [member for member in members if member not in left] or members


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
    titles_of_all = (office.title for office in offices_of(member.row.id))
    is_office = go_by(titles_of_all, description.agent.noun, leads=_leads_a_state(description))
    return is_office and not _serves(member, description, day)


def _serves(member: Member, description: Description, day: str | None) -> bool:
    """Whether a member holds the office of a description on a day."""
    own = (office.title for office in terms_of(member.row.id, day)) if member.row else ()
    return go_by(own, description.agent.noun, leads=_leads_a_state(description))


def _body_before(description: Description, cast: Cast) -> Decision | None:
    """Return the body named last, for 'the company' and the like: of organs one with the word in its name."""
    kind, noun = description.agent.kind, description.agent.noun
    if description.plural or not description.definite or description.country or kind not in _BODIES:
        return None
    for member in _latest(cast, description.head):
        is_called_so = member.name.lower().endswith(f" {noun}")
        if member.is_named and (is_called_so or (member.kind == kind and kind != "government")):
            return member, Reason("body named last", member.name)
    return None


def _salient(description: Description, scene: Scene) -> Decision | None:
    """Return the person whom nothing keeps from being 'the activist'."""
    words, noun = word_lists("words"), description.agent.noun
    is_private = noun in words["descriptions", "private"]
    if description.plural or not _has_article(description, scene.doc):
        return None
    if not is_private and noun not in words["descriptions", "anybody"]:
        return None
    head = scene.doc[description.head]
    gender, country = gender_of_noun(noun), description.country
    found = salient_person(head, scene, gender=gender, country=country, is_private=is_private)
    return (found, Reason("person spoken of most", noun)) if found else None


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


def _own(description: Description, scene: Scene) -> Decision:
    """Return a member of its own: an organ or a group by its words, a person by the place in the text as well."""
    cast = scene.cast
    name = _canonical_name(description, scene.doc, scene.named)
    agent = description.agent
    kind = "group" if agent.kind == "person" and description.plural else agent.kind
    alike = None if kind == "person" else cast.alike(name)
    if alike:
        return alike, Reason("name of the text", name)
    place = (cast.article, description.start) if kind == "person" else ()
    member = Member(
        key=" ".join(map(str, (kind, name, description.home or description.body, *place))),
        name=name,
        kind=kind,
        country=description.home,
        sector=agent.sector,
        body=description.body,
        gender=gender_of_noun(agent.noun) if kind == "person" else None,
        nouns={agent.noun},
        plural=description.plural,
        of=possessor(scene.doc[description.head], scene) if kind == "person" else None,
        place=place,
    )
    return cast.add(member), Reason("new description", name)


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
        if (token.i == description.head or token.lower_ not in dropped)
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
