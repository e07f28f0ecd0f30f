"""Actors spoken of together: 'the pair', 'both countries', 'the three leaders'."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.knowledge.tables import ActorRow, remembered, tables
from kg.knowledge.words import word_lists
from kg.model import Kind
from kg.reading.cast import Cast, Heads, Member

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REACH = 3  # sentences
_ALIKE: tuple[tuple[Kind, ...], ...] = (
    ("person",),
    ("state", "government", "igo"),
    ("group", "armed_group", "party", "organisation"),
)
_NUMBERS = ("two", "three", "four", "five")

ARGUMENTS = ("nsubj", "nsubjpass", "dobj", "pobj")
"""Functions in which a word stands for somebody by itself."""


def enter_companies(doc: "Doc", cast: Cast, heads: Heads) -> None:
    """Enter the actors that are coordinated by name, by the token of the first."""
    found = {head: _coordinated(doc[head], heads) for head in heads}
    for row in _rows(doc, heads):
        cast.listed.update(row)
        found[row[0]] = tuple(dict.fromkeys(member for head in row for member in heads[head][1]))
        for head in row[1:]:
            found[head] = ()
    cast.companies.update({head: members for head, members in found.items() if len(members) > 1})


def listed_after(token: "Token") -> list["Token"]:
    """Return the names listed in apposition to a plural noun, set off: those of 'the makers, Ford and Chrysler'."""
    for child in token.children if token.tag_ in ("NNS", "NNPS") else ():
        row = [child, *child.conjuncts]
        if child.dep_ == "appos" and len(row) > 1 and token.doc[child.left_edge.i - 1].is_punct:
            return row
    return []


def _rows(doc: "Doc", heads: Heads) -> Iterator[list[int]]:
    """Yield the heads of three or more names of a kind in a row, 'A, B and C', whatever the parser makes of them."""
    row: list[int] = []
    ordered = sorted((span, head) for head, (span, _) in heads.items())
    for ((_, end), before), ((start, _), head) in pairwise(ordered):
        joint = {token.lower_ for token in doc[end:start]} if end < start <= end + 3 else {""}
        is_alike = heads[before][1][0].kind == heads[head][1][0].kind
        row = [*(row or [before]), head] if is_alike and joint <= {",", "and"} else []
        if "and" in joint:
            if len(row) > 2:
                yield row
            row = []


def _coordinated(token: "Token", heads: Heads) -> tuple[Member, ...]:
    """Return whom a mention and those coordinated with it stand for."""
    members = list(heads[token.i][1])
    for child in token.children:
        if child.dep_ == "conj":
            named = [each for each in (child, *child.children) if each.i in heads and each.dep_ in ("conj", "appos")]
            members += [member for each in named[-1:] for member in heads[each.i][1]]
            members += [member for member in _coordinated(child, heads) if child.i in heads] if child.i in heads else []
    return tuple(dict.fromkeys(members))


def latest_company(token: "Token", cast: Cast, heads: Heads, order: Sequence[int]) -> tuple[Member, ...]:
    """Return the actors named together last before a plural pronoun, in its sentence or the one before."""
    for head in sorted(heads, reverse=True):
        if head < token.i and 0 <= order[token.i] - order[head] <= 1 and _begins(token.doc[head], cast):
            company = cast.companies.get(head) or _coordinated(token.doc[head], heads)
            if len(company) > 1:
                return company
    return ()


def _begins(token: "Token", cast: Cast) -> bool:
    """Whether no name stands before this one in a row of names, nor a noun with 'of' above it."""
    if token.dep_ == "pobj" and token.head.lower_ == "of":
        return False
    return token.i in cast.companies if token.i in cast.listed else token.dep_ != "conj"


def parties_before(token: "Token", heads: Heads, order: Sequence[int]) -> tuple[Member, ...]:
    """Return the two persons of whom the sentence before says what one did to or with the other."""
    for head in sorted(heads, reverse=True):
        subject = token.doc[head]
        if head < token.i and order[token.i] - order[head] == 1 and _is_main_subject(subject):
            others = [each for each in _objects(subject.head) if each.i in heads]
            members = dict.fromkeys(member for each in (subject, *others) for member in heads[each.i][1])
            return tuple(members) if len(members) == 2 and all(one.kind == "person" for one in members) else ()
    return ()


def _is_main_subject(token: "Token") -> bool:
    return token.dep_ == "nsubj" and token.head.dep_ == "ROOT"


def _objects(verb: "Token") -> Iterator["Token"]:
    """Yield the object of a verb and whom 'with' adds."""
    for child in verb.rights:
        if child.dep_ == "dobj":
            yield child
        elif child.lower_ == "with":
            yield from child.children


def is_told(token: "Token") -> bool:
    """Tell whether a noun points to those known: 'the two', 'both', 'their two', but not 'two' alone."""
    words = word_lists("words")["determiners", "definite"] | word_lists("words")["determiners", "whole"]
    return any(child.lower_ in words or child.dep_ == "poss" for child in token.lefts)


def number_of(token: "Token") -> int | None:
    """Return of how many a noun speaks: 2 for 'both sides', 'neither leader' and 'the pair'; None where it says not."""
    words = word_lists("words")
    said = [token.lower_, *(child.lower_ for child in token.lefts if child.dep_ in ("det", "predet", "nummod", "cc"))]
    found = (words.owner("numbers", word) for word in said)
    name = next((name for name in found if name), None)
    return _NUMBERS.index(name) + 2 if name else None


def is_of_several(token: "Token") -> bool:
    """Tell whether a noun stands for any actors together: 'the pair', 'both sides', 'the two' countries."""
    words = word_lists("words")
    if token.lower_ in words["companies", "groups"]:
        has_article = any(child.lower_ == "the" for child in token.lefts)
        return has_article and not any(child.dep_ == "prep" for child in token.rights)
    if token.tag_ in ("CD", "DT"):
        return _stands_alone(token)
    nouns = words["companies", "states"] | words["companies", "parties"]
    return token.lower_ in nouns and is_told(token) and number_of(token) is not None


def counted_before(token: "Token", heads: Heads, order: Sequence[int]) -> Member | None:
    """Return the group of whom a number of further ones is told: 'saved 40 migrants and 30 more', 'two others'."""
    further = word_lists("words")["companies", "further"]
    is_number = token.tag_ == "CD" and any(child.lower_ in further for child in token.rights)  # '30 more' the other way
    is_counted = is_number or (token.lower_ in further and _is_counted(token))
    if not is_counted or token.dep_ not in (*ARGUMENTS, "conj"):
        return None
    for head in sorted((head for head in heads if head < token.i), reverse=True):
        if order[token.i] - order[head] > 1:
            return None
        (*_, members) = heads[head]
        if len(members) == 1 and members[0].plural and _is_counted(token.doc[head]):
            return members[0]
    return None


def _is_counted(token: "Token") -> bool:
    """'40 migrants', 'dozens of migrants', '30 more'."""
    numbers = word_lists("words")["quantities", "nouns"]
    before = [token.head.head] if token.dep_ == "pobj" and token.head.lower_ == "of" else []
    return any(each.tag_ == "CD" or each.lower_ in numbers for each in (*token.lefts, *before))


def _stands_alone(token: "Token") -> bool:
    """'Both', 'the two': a number of actors without a noun."""
    is_argument = token.dep_ in ARGUMENTS
    is_known = token.lower_ == "both" or is_told(token)
    return is_argument and is_known and number_of(token) is not None and not any(token.rights)


def spoken_of_together(token: "Token", cast: Cast, order: Sequence[int]) -> tuple[Member, ...]:
    """Return whom a noun stands for that `is_of_several`; nobody where as many are not in reach."""
    number = number_of(token)
    if number is None:
        return ()
    if token.lower_ not in word_lists("words")["companies", "states"]:
        if company := in_company(token, number, cast, cast, order):
            return company
        found = [_of_kinds(token, number, kinds, cast, order) for kinds in _ALIKE]
        return max(found, key=lambda members: min((_last(each, token.i) for each in members), default=-1))
    return _of_kinds(token, number, ("state",), cast, order) or _states_of(
        _of_kinds(token, number, ("person",), cast, order), cast
    )


def in_company(
    token: "Token",
    number: int | None,
    members: Iterable[Member],
    cast: Cast,
    order: Sequence[int],
) -> tuple[Member, ...]:
    """Return those of some members who were named together last, so many if `number` says so."""
    fitting = set(members)
    for at in sorted(cast.companies, reverse=True):
        company = cast.companies[at]
        is_near = at < token.i and 0 <= order[token.i] - order[at] <= _REACH and _begins(token.doc[at], cast)
        if is_near and len(company) in (number, number or len(company)) and set(company) <= fitting:
            return company
    return ()


def in_reach(token: "Token", cast: Cast, order: Sequence[int]) -> list[Member]:
    """Return the named actors of the last few sentences, the latest first."""
    near = [
        (max(starts), member)
        for member in cast
        if member.is_named
        and (
            starts := [
                start
                for start, _ in member.mentions
                if start < token.i and 0 <= order[token.i] - order[start] <= _REACH
            ]
        )
    ]
    return [member for _, member in sorted(near, key=lambda pair: -pair[0])]


def in_text_order(members: Iterable[Member]) -> tuple[Member, ...]:
    """Return actors in the order in which the text first speaks of them."""
    return tuple(sorted(members, key=lambda member: min(member.mentions)))


def each_other(token: "Token", cast: Cast, heads: Heads) -> tuple[Member, ...]:
    """Return the actors of whom a clause says what they did to each other, at 'other'."""
    if token.lower_ != "other" or not token.i or token.nbor(-1).lower_ != "each":
        return ()
    verb = token.head if token.head.dep_ != "prep" else token.head.head
    subjects = [child.i for child in verb.lefts if child.dep_ == "nsubj" and child.i in heads]
    members = (cast.companies.get(subjects[0]) or heads[subjects[0]][1]) if subjects else ()
    return members if len(members) > 1 else ()


def state_of(country: str | None, cast: Cast) -> Member | None:
    """Return the state of a country."""
    row = _states().get(country or "")
    return cast.of_row(row) if row else None


def latest_state(token: "Token", heads: Heads, order: Sequence[int]) -> Member | None:
    """Return the state of the last few sentences that was named last, not counting that of 'the US ambassador'."""
    for head in sorted(heads, reverse=True):
        _, members = heads[head]
        is_near = head < token.i and 0 <= order[token.i] - order[head] <= _REACH
        if is_near and token.doc[head].dep_ != "compound" and len(members) == 1 and members[0].kind == "state":
            return members[0]
    return None


def _of_kinds(
    token: "Token", number: int, kinds: tuple[Kind, ...], cast: Cast, order: Sequence[int]
) -> tuple[Member, ...]:
    fitting = [member for member in in_reach(token, cast, order) if member.kind in kinds]
    apart = [each for i, each in enumerate(fitting) if not _shares_a_country(each, fitting[:i])]
    latest = in_text_order(apart[:number]) if len(apart) >= number else ()
    return in_company(token, number, fitting, cast, order) or latest


def _shares_a_country(member: Member, others: list[Member]) -> bool:
    """Whether others hold a state, or an organ of one, of an actor's own country: they are one party."""
    return member.kind != "person" and member.country in {other.country for other in others if other.country}


def _last(member: Member, before: int) -> int:
    return max((start for start, _ in member.mentions if start < before), default=-1)


def _states_of(persons: tuple[Member, ...], cast: Cast) -> tuple[Member, ...]:
    states = dict.fromkeys(state for person in persons if (state := state_of(person.country, cast)))
    return tuple(states) if len(states) == len(persons) else ()


@remembered
def _states() -> dict[str, ActorRow]:
    return {row.country: row for row in tables().actors if row.kind == "state" and row.country}
