"""Which accounts of events in different articles are of one event.

An account is what one article tells of an event. Accounts are of one event where type, parties, days and place fit and
nothing contradicts; what fits several events equally well stays by itself. Where no day is known, only accounts in the
very same words are of one event.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.graph.judged import Judged, Standing
from kg.graph.keys import place_id
from kg.model import FACTS, Actor, Event, Record, Time, short_id

LONGEST = 31
"""Days of the longest span that an account may give for its event to be found the same as another."""

REACH = 4 * LONGEST
"""Days around a span in which everything lies that decides what accounts in it are joined with."""

_DENIED = ("denied", "negated")
_VERBAL = ("ACCUSE", "AGREE", "DENY", "REJECT", "REQUEST", "SAY", "THREATEN")
"""Types of which there are many a day between the same parties: the topics tell them apart."""

_APART = frozenset({"phone"})
_WORDS = "words:"
_FEWEST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Account:
    """What one article tells of an event; `key` is empty where it can be found the same as no other."""

    judged: Judged
    position: int
    event: Event
    key: str

    @property
    def told_at(self) -> tuple[str, str]:
        """Article and id of the event in it."""
        return self.judged.record.article.id, self.event.id

    @property
    def order(self) -> tuple[str, str, int]:
        """Earlier articles first, undated ones last."""
        article = self.judged.record.article
        return article.published or "9999", article.id, self.position

    @property
    def standing(self) -> Standing | None:
        """Whether people let the event stand."""
        return self.judged.standing(self.event.id)

    @property
    def span(self) -> tuple[date, date]:
        """First and last possible day, of an account that has a key; one that goes by its words is of no day."""
        return (date.min, date.min) if self.key.startswith(_WORDS) else _span(self.event)


def accounts_of(judged: Judged) -> Iterator[Account]:
    """Yield the accounts of an article."""
    actors = {actor.id: actor for actor in judged.record.actors}
    for position, event in enumerate(judged.record.events):
        standing = judged.standing(event.id)
        barred = standing is not None and standing.verdict != "right"
        key = "" if barred else _key(event, actors) or _words_key(event, judged.record)
        yield Account(judged, position, event, key)


def opposite(key: str) -> str:
    """Return the key of accounts that say of the same parties that it did not happen, or that it did; else ''."""
    base, _, modality = key.partition(":")
    return {"fact": f"{base}:denied", "denied": f"{base}:fact"}.get(modality, "")


def is_denied(key: str) -> bool:
    """Tell whether a key is one of accounts that say that something did not happen."""
    return key.endswith(":denied")


def joined(accounts: Iterable[Account]) -> list[tuple[Account, ...]]:
    """Return accounts of one key in groups of those that are of one event, each group in its order.

    What lies more than `REACH` days away has no influence on a group.
    """
    ordered = sorted(accounts, key=_precision)
    exact = [each for each in ordered if _days(each) == 1]
    groups: list[list[Account]] = []
    for each in exact:
        _join(groups, each, [group for group in groups if group[0].span[0] == each.span[0]])
    settled = list(groups)
    free: list[list[Account]] = []
    for each in (each for each in ordered if _days(each) > 1):
        near = [group for group in settled if _covers(each, group[0].span[0])]
        if near:
            _join(groups, each, near)
        else:
            _join(free, each, free)
    return [tuple(sorted(group, key=lambda each: each.order)) for group in (*groups, *free)]


def is_free(account: Account, accounts: Iterable[Account]) -> bool:
    """Tell whether an account gives more than a day, and no other of them a single day within it."""
    return _days(account) > 1 and not any(_days(each) == 1 and _covers(account, each.span[0]) for each in accounts)


def fit(first: Account, second: Account) -> bool:
    """Tell whether days, place, parties, mode and topics of two accounts can be those of one event."""
    one, other = first.event, second.event
    return (
        _overlap(first, second)
        and _modes_fit(one, other)
        and _places_fit(one, other)
        and _parties_fit(first, second)
        and _topics_fit(one, other)
    )


def _precision(account: Account) -> tuple[object, ...]:
    vague = account.event.place is None, len(_all(account.event)) < 2
    return _days(account), account.span, vague, account.order


def _days(account: Account) -> int:
    first, last = account.span
    return (last - first).days + 1


def _covers(account: Account, day: date) -> bool:
    first, last = account.span
    return first <= day <= last


def _join(groups: list[list[Account]], account: Account, near: Sequence[list[Account]]) -> None:
    """Put an account into the one group that fits best; by itself where none does, or several do as well."""
    fitting = [group for group in near if all(_can_be_one(account, each) for each in group)]
    ranked = sorted(((_likeness(account, group), number) for number, group in enumerate(fitting)), reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        groups.append([account])
    else:
        fitting[ranked[0][1]].append(account)


def _can_be_one(first: Account, second: Account) -> bool:
    """Tell whether two accounts can be of one event: an article has told its own events apart already."""
    return first.told_at[0] != second.told_at[0] and fit(first, second)


def _likeness(account: Account, group: Sequence[Account]) -> int:
    """Return how much an account has in common with the account of a group that is most like it."""
    return max(_common(account.event, each.event) for each in group)


def _common(one: Event, other: Event) -> int:
    same = [
        one.cameo == other.cameo,
        one.mode == other.mode,
        one.mentions[0].text.casefold() == other.mentions[0].text.casefold(),
        one.place is not None and other.place is not None and place_id(one.place) == place_id(other.place),
    ]
    return sum(same) + len(_all(one) & _all(other)) + len(_topic_words(one) & _topic_words(other))


def _overlap(first: Account, second: Account) -> bool:
    return first.span[0] <= second.span[1] and second.span[0] <= first.span[1]


def _modes_fit(one: Event, other: Event) -> bool:
    return one.mode == other.mode or not _APART & {one.mode, other.mode}


def _places_fit(one: Event, other: Event) -> bool:
    if one.place is None or other.place is None or one.place.name == other.place.name:
        return True
    whole = one.place if one.place.lat is None else other.place
    return one.place.country == other.place.country is not None and whole.lat is None


def _parties_fit(first: Account, second: Account) -> bool:
    """Tell whether no side has persons that the other account has others in place of."""
    one, other = first.event, second.event
    if one.symmetric or other.symmetric:
        return _side_fits(first, second, _all(one), _all(other))
    crossed = {*one.source} & {*other.target} or {*one.target} & {*other.source}
    return (
        not crossed
        and _side_fits(first, second, {*one.source}, {*other.source})
        and _side_fits(first, second, {*one.target}, {*other.target})
    )


def _side_fits(first: Account, second: Account, one: set[str], other: set[str]) -> bool:
    mine, theirs = _by_country(first, one), _by_country(second, other)
    return all(_same_party(mine[country], theirs[country]) for country in mine.keys() & theirs.keys())


def _by_country(account: Account, ids: set[str]) -> dict[str, list[Actor]]:
    found: dict[str, list[Actor]] = {}
    for actor in account.judged.record.actors:
        if actor.id in ids:
            found.setdefault(_party(actor), []).append(actor)
    return found


def _same_party(mine: Sequence[Actor], theirs: Sequence[Actor]) -> bool:
    if {actor.id for actor in mine} & {actor.id for actor in theirs}:
        return True
    return not (_all_persons(mine) and _all_persons(theirs))


def _all_persons(actors: Sequence[Actor]) -> bool:
    return all(actor.kind == "person" for actor in actors)


def _topics_fit(one: Event, other: Event) -> bool:
    if one.type not in _VERBAL or not one.topics or not other.topics:
        return True
    return bool(_topic_words(one) & _topic_words(other))


def _topic_words(event: Event) -> set[str]:
    words = {word for topic in event.topics for word in f"{topic.name} {topic.text}".casefold().split()}
    return {word for word in words if len(word) > 3}


def _all(event: Event) -> set[str]:
    return {*event.source, *event.target}


def _key(event: Event, actors: Mapping[str, Actor]) -> str:
    """Return type, parties by country and class of modality of an event in one string; '' where too little is known."""
    if event.time is None or not _is_short(event.time):
        return ""
    source, target = (_parties(ids, actors) for ids in (event.source, event.target))
    sides = [sorted({*source, *target})] if event.symmetric else [source, target]
    if len({*source, *target}) < 2:
        return ""
    return f"{short_id(event.type, repr(sides))}:{_modality(event)}"


def _words_key(event: Event, record: Record) -> str:
    """Return what is the same for accounts in the same words; '' where these are few."""
    trigger = event.mentions[0]
    sentence = record.article.text[slice(*trigger.sentence)].split()
    if len(sentence) < _FEWEST_WORDS or (event.time is not None and _is_short(event.time)):
        return ""
    at = len(record.article.text[trigger.sentence[0] : trigger.start].split())
    return f"{_WORDS}{short_id(event.type, _modality(event), at, sorted(_all(event)), *sentence)}"


def _is_short(time: Time) -> bool:
    try:
        first, last = _days_of(time)
    except ValueError:
        return False
    return 0 <= (last - first).days < LONGEST


def _span(event: Event) -> tuple[date, date]:
    if event.time is None:
        raise ValueError(f"event {event.id!r} has no time")
    return _days_of(event.time)


def _days_of(time: Time) -> tuple[date, date]:
    return date.fromisoformat(time.start), date.fromisoformat(time.end)


def _parties(ids: Iterable[str], actors: Mapping[str, Actor]) -> list[str]:
    return sorted({_party(actors[id_]) for id_ in ids})


def _party(actor: Actor) -> str:
    """Return whom an actor stands for: its country, else itself."""
    return actor.country or actor.id


def _modality(event: Event) -> str:
    if event.modality in FACTS:
        return "fact"
    return "denied" if event.modality in _DENIED else "ahead"


def reached(first: date, last: date) -> tuple[date, date]:
    """Return the days around others in which everything lies that decides what accounts on them are joined with."""
    return _moved(first, -REACH), _moved(last, REACH)


def neighbourhood(
    first: date, last: date, near: Callable[[date, date], Sequence[Account]]
) -> tuple[date, date, Sequence[Account]]:
    """Return the days whose accounts of one key a change on some days can touch, and all accounts that decide on them.

    `near` gives the accounts of the key between two days.
    """
    while True:
        around = near(*reached(first, last))
        touched = [each for each in around if each.span[0] <= last and first <= each.span[1]]
        free = [each.span for each in touched if is_free(each, around)]
        wider = min([first, *(start for start, _ in free)]), max([last, *(end for _, end in free)])
        if wider == (first, last):
            return first, last, around
        first, last = wider


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max
