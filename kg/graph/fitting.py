"""Whether two accounts can be of one event, and how much they have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from kg.graph.accounts import STATES, Account, is_mutual
from kg.graph.keys import place_id
from kg.graph.terms import content_words, terms
from kg.model import Actor, Event, Place

ENOUGH = 2
"""Words that sentences must share where the rest does not say enough: no day, no name in common, another type."""

_CALL = "phone"
_TELLING = 4  # digits of a CAMEO code that says what is asked, promised or refused


class _Parties(IntEnum):
    """Whether those who took part are the same."""

    SAME = 0
    UNSURE = 1
    APART = 2


@dataclass(frozen=True, slots=True)
class _Side:
    """The actors on one side of an account."""

    account: Account
    actors: Sequence[Actor]

    @property
    def countries(self) -> set[str]:
        return {actor.country for actor in self.actors if actor.country}

    @property
    def others(self) -> frozenset[str]:
        """The words for the parties on the other side."""
        away = [actor for actor in (*self.account.source, *self.account.target) if actor not in self.actors]
        return content_words(" ".join(mention.text for actor in away for mention in actor.mentions))

    def of(self, country: str) -> "_Side":
        """Return the actors of a country."""
        return _Side(self.account, [actor for actor in self.actors if actor.country == country])

    def can_be(self, other: "_Side") -> bool:
        """Tell whether a side that is left open, or has no name and country, is another that its article names.

        Nobody must be named there who could be meant as well.
        """
        known = self.account.judged.record.actors
        named = [actor for actor in known if any(_same(actor, one) for one in other.actors)]
        return bool(named) and all(_is_only(actor, named, known) for actor in self.actors)


def fit(first: Account, second: Account) -> bool:
    """Tell whether two accounts can be of one event, and tell enough in common for it."""
    return not difference(first, second)


def contradict(first: Account, second: Account) -> bool:
    """Tell whether two accounts cannot be of one event, whatever others tell: by days, place, or who took part."""
    return (
        not _days_fit(first, second)
        or not _places_fit(first.event, second.event)
        or _parties(first, second) is _Parties.APART
    )


def difference(first: Account, second: Account) -> str:
    """Return in what two accounts differ too much to be of one event: '' where they can be."""
    one, other = first.event, second.event
    if not _days_fit(first, second):
        return "days"
    if not _places_fit(one, other):
        return "place"
    if _parties(first, second) is not _Parties.SAME:
        return "parties"
    if not _topics_fit(first, second):
        return "topics"
    is_known = one.type == other.type and first.is_dated and second.is_dated
    return "" if is_known or _share_words(first, second) else "words"


def common(first: Account, second: Account) -> int:
    """Return how much two accounts have in common."""
    one, other = first.event, second.event
    same = [
        one.type == other.type,
        one.cameo == other.cameo,
        one.mode == other.mode,
        one.mentions[0].text.casefold() == other.mentions[0].text.casefold(),
        one.place is not None and other.place is not None and place_id(one.place) == place_id(other.place),
    ]
    return sum(same) + len(_all(one) & _all(other)) + len(first.words & second.words)


def _share_words(first: Account, second: Account, *, without: frozenset[str] = frozenset()) -> bool:
    """Tell whether sentences share enough words: a name counts for two."""
    shared = (first.words & second.words) - without
    return len(shared) + len(shared & first.names & second.names) >= ENOUGH


def _days_fit(first: Account, second: Account) -> bool:
    return first.span[0] <= second.span[1] and second.span[0] <= first.span[1]


def _places_fit(one: Event, other: Event) -> bool:
    """Tell whether both can have been in one place; a call is in none, and what is in a town is no call."""
    if _CALL in (one.mode, other.mode):
        return one.mode == other.mode or all(_calls(each) for each in (one, other))
    if one.place is None or other.place is None or one.place.name == other.place.name:
        return True
    is_whole = _is_state(one.place) or _is_state(other.place)
    return is_whole and one.place.country == other.place.country is not None


def _is_state(place: Place) -> bool:
    """Tell whether a place is a whole country."""
    return place.lat is None or place.name in terms().countries


def _calls(event: Event) -> bool:
    """Tell whether an event is a call, or can be one."""
    return event.mode == _CALL or (event.mode is None and (event.place is None or _is_state(event.place)))


def _parties(first: Account, second: Account) -> _Parties:
    one, other = first.event, second.event
    if is_mutual(one) or is_mutual(other):
        return _sides(*(_Side(each, (*each.source, *each.target)) for each in (first, second)))
    if {*one.source} & {*other.target} or {*one.target} & {*other.source}:
        return _Parties.APART
    doers = _sides(_Side(first, first.source), _Side(second, second.source))
    return max(doers, _sides(_Side(first, first.target), _Side(second, second.target)))


def _sides(mine: _Side, theirs: _Side) -> _Parties:
    """Compare two sides: the countries of one are to be among those of the other, and nobody in another's place."""
    if not mine.actors and not theirs.actors:
        return _known(_share_words(mine.account, theirs.account))
    if not mine.actors or not theirs.actors:
        is_near = 1 in (mine.account.days, theirs.account.days) or _share_words(mine.account, theirs.account)
        return _known(is_near and (mine.can_be(theirs) or theirs.can_be(mine)))
    here, there = mine.countries, theirs.countries
    if here and there and not (here <= there or there <= here):
        return _Parties.APART
    shared = here & there
    if not shared:
        return _persons(mine, theirs)
    return max(
        _Parties.SAME
        if any(actor.kind in STATES for actor in (*ours.actors, *others.actors))
        else _persons(ours, others)
        for ours, others in ((mine.of(country), theirs.of(country)) for country in shared)
    )


def _known(is_same: bool) -> _Parties:
    return _Parties.SAME if is_same else _Parties.UNSURE


def _persons(mine: _Side, theirs: _Side) -> _Parties:
    """Compare actors who are not states: by name, by what is told of them, or who is known."""
    if any(_same(actor, other) for actor in mine.actors for other in theirs.actors):
        return _Parties.SAME
    if not any(_is_unnamed(actor) for actor in (*mine.actors, *theirs.actors)):
        return _Parties.APART
    is_told = _share_words(mine.account, theirs.account, without=mine.others | theirs.others)
    return _known(is_told or mine.can_be(theirs) or theirs.can_be(mine))


def _same(actor: Actor, other: Actor) -> bool:
    differ = actor.country is not None and other.country is not None and actor.country != other.country
    return actor.id == other.id or (actor.name == other.name and actor.kind == other.kind and not differ)


def _is_only(unnamed: Actor, some: Sequence[Actor], known: Sequence[Actor]) -> bool:
    """Tell whether an actor has no name, and some are all of its kind that have one."""
    named = [actor for actor in known if actor.kind == unnamed.kind and not _is_unnamed(actor)]
    return unnamed.country is None and _is_unnamed(unnamed) and bool(named) and all(actor in some for actor in named)


def _is_unnamed(actor: Actor) -> bool:
    return all(mention.form != "name" for mention in actor.mentions)


def _topics_fit(first: Account, second: Account) -> bool:
    """Tell whether what one is about stands in the sentence of the other, where there are many such events."""
    one, other = first.event, second.event
    if one.type not in terms().verbal or not one.topics or not other.topics:
        return True
    if one.cameo == other.cameo and len(one.cameo or "") >= _TELLING:
        return True
    return bool(_topic_words(one) & second.words or _topic_words(other) & first.words)


def _topic_words(event: Event) -> frozenset[str]:
    return content_words(" ".join(f"{topic.name} {topic.text}" for topic in event.topics))


def _all(event: Event) -> set[str]:
    return {*event.source, *event.target}
