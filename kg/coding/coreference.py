"""Events of one article that are one happening, joined, and those that took place within another.

Two triggers are of one event when type and parties agree and neither day, place, topic nor modality contradicts, or
when the later is a definite noun ('the summit', 'Monday's talks') for an event of its type that nothing contradicts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kg.coding.grammar import children, governor, is_noun, is_verb
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.model import FACTS, Attribution, Event, Time
from kg.reading.tense import is_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token

_ANSWERS = ("REJECT", "CONCEDE")
_JUDGEMENTS = ("ACCUSE", "PROTEST", "SUPPORT")
_TALKS = ("CONSULT", "SAY")
_STEM = 4  # letters that a verb and its noun have in common: 'seize', 'seizure'


@dataclass(frozen=True, slots=True)
class Coded:
    """An event and the hits that told of it."""

    event: Event
    hits: tuple[Hit, ...]


def joined(coded: tuple[Coded, ...], countries: Mapping[str, str | None]) -> tuple[Coded, ...]:
    """Return the events, each happening once, in the order of the text, parts within the whole they belong to.

    `countries` gives the country of each actor: a state and its leader can be the same party.
    """
    kept: list[Coded] = []
    for each in coded:
        at = _earlier(each, kept, countries)
        if at is None:
            kept.append(each)
        else:
            kept[at] = Coded(_union(kept[at].event, each.event), (*kept[at].hits, *each.hits))
    answered = [replace(each, event=_answering(each.event, kept[:at])) for at, each in enumerate(kept)]
    answered = [replace(each, event=_judging(each.event, answered[:at], answered)) for at, each in enumerate(answered)]
    answered = [replace(each, event=_furthering(each, answered[:at])) for at, each in enumerate(answered)]
    return tuple(replace(each, event=_within(each, answered)) for each in answered)


def _earlier(each: Coded, kept: list[Coded], countries: Mapping[str, str | None]) -> int | None:
    """Return the place of the event that another repeats: with the same parties, else the latest it points to."""
    if served := [i for i, other in enumerate(kept) if _serves(each, other)]:
        return served[-1]
    if bare := [i for i, other in enumerate(kept) if _is_bare_repeat(other, each)]:
        return bare[-1]
    fitting = [
        i for i, other in enumerate(kept) if _compatible(other.event, each.event) and not _are_apart(other, each)
    ]
    agreeing = [i for i in fitting if _agree(kept[i].event, each.event)]
    pointed = [i for i in reversed(fitting) if _points_back(kept[i], each, countries)]
    return next(iter([*agreeing, *pointed]), None)


def _serves(one: Coded, other: Coded) -> bool:
    """Whether an act is that of an earlier verb: the talk that a meeting is for, or what its doer speaks of.

    'met to discuss energy', 'met for talks on energy', 'insisted on its demands'.
    """
    token = one.hits[0].token
    if one.event.type != other.event.type:
        return False
    above = governor(token)
    if one.event.type != "CONSULT":
        is_object = is_noun(token) and token.dep_ in ("dobj", "pobj") and above is not None and is_verb(above)
        return is_object and _is_told_by(above, other) and one.event.source == other.event.source
    is_purpose = is_infinitive(token) if token.dep_ == "advcl" else token.dep_ == "xcomp"
    is_purpose = is_purpose or (token.dep_ == "pobj" and token.head.lower_ == "for")
    parties = {*one.event.source, *one.event.target} <= {*other.event.source, *other.event.target}
    return is_purpose and parties and _is_told_by(above, other)


def _is_told_by(word: "Token | None", other: Coded) -> bool:
    return word is not None and any(word.i == hit.token.i for hit in other.hits)


def _is_bare_repeat(one: Coded, other: Coded) -> bool:
    """Whether the later is the earlier one's noun again with nothing said of it: 'a referendum', 'the referendum'."""
    event, hit = other.event, other.hits[0]
    if event.source or event.target or event.time or event.place or not is_noun(hit.token):
        return False
    return one.event.type == event.type and any(
        each.sense.head == hit.sense.head and is_noun(each.token) for each in one.hits
    )


def _are_apart(one: Coded, other: Coded) -> bool:
    """Whether two verbs tell two acts: by words of a sentence ('arrested and questioned') or by their codes."""
    first, second = one.hits[-1], other.hits[0]
    if _are_two_acts(one.event, other.event) and is_verb(first.token) and is_verb(second.token):
        return True
    verbs = is_verb(first.token) and is_verb(second.token) and second.token.dep_ == "conj"
    return verbs and second.token.head.i == first.token.i and first.sense.head != second.sense.head


def _are_two_acts(one: Event, other: Event) -> bool:
    """Whether two codes are of different branches of one type, arrests and seizures, or differ as their topics do."""
    codes = [(each.cameo or "")[:3] for each in (one, other)]
    is_general = any(code[2:] in ("", "0") for code in codes)
    return codes[0] != codes[1] and (not is_general or bool(one.topics) != bool(other.topics))


def _compatible(one: Event, other: Event) -> bool:
    return (
        one.type == other.type
        and _compatible_modality(one, other)
        and _compatible_times(one.time, other.time)
        and _compatible_topics(one, other)
        and (one.place is None or other.place is None or one.place.name == other.place.name)
    )


def _agree(one: Event, other: Event) -> bool:
    """Whether the parties are the same: of a symmetric event as a set, else role by role, an empty role being open."""
    if one.symmetric or other.symmetric:
        mine, theirs = {*one.source, *one.target}, {*other.source, *other.target}
        return bool(mine) and mine == theirs
    sources, targets = (set(one.source), set(other.source)), (set(one.target), set(other.target))
    if not all(not first or not second or first == second for first, second in (sources, targets)):
        return False
    return bool(sources[0] & sources[1] or targets[0] & targets[1])


def _points_back(one: Coded, other: Coded, countries: Mapping[str, str | None]) -> bool:
    """Whether the later is a definite noun for the earlier: the same head word, and no party that is not its own."""
    hit = other.hits[0]
    if not is_noun(hit.token) or not _is_definite(hit):
        return False
    mine, theirs = {*one.event.source, *one.event.target}, {*other.event.source, *other.event.target}
    their_countries, my_countries = ({countries.get(actor) for actor in actors} for actors in (theirs, mine))
    known = theirs <= mine or their_countries <= my_countries - {None}
    return any(each.sense.head == hit.sense.head for each in one.hits) and known


def _is_definite(hit: Hit) -> bool:
    determiners = [child for child in hit.token.lefts if child.dep_ in ("det", "poss")]
    words = word_lists("words")["determiners", "definite"]
    return any(child.lower_ in words or child.dep_ == "poss" for child in determiners)


def _compatible_modality(one: Event, other: Event) -> bool:
    return one.modality == other.modality or {one.modality, other.modality} == set(FACTS)


def _compatible_times(one: Time | None, other: Time | None) -> bool:
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)


def _compatible_topics(one: Event, other: Event) -> bool:
    """Whether both share a word that carries meaning, or one is about nothing said.

    A talk on a topic is no meeting, and an announcement no press conference.
    """
    if not one.topics or not other.topics:
        return one.topics == other.topics or one.type not in _TALKS
    return any(_alike(mine.name, theirs.name) for mine in one.topics for theirs in other.topics)


def _alike(one: str, other: str) -> bool:
    """Whether two topics share half of the words that carry meaning."""
    mine, theirs = ({word for word in name.split() if len(word) > 3} for name in (one, other))
    return 2 * len(mine & theirs) >= len(mine | theirs) > 0


def _union(one: Event, other: Event) -> Event:
    known = {topic.name for topic in one.topics}
    return replace(
        one,
        source=one.source or other.source,
        target=one.target or other.target,
        mentions=(*one.mentions, *other.mentions),
        topics=(*one.topics, *(topic for topic in other.topics if topic.name not in known)),
        place=one.place or other.place,
        time=_narrower(one.time, other.time),
        attributions=_vouched(one, other),
        confidence=max(one.confidence, other.confidence),
    )


def _vouched(one: Event, other: Event) -> tuple[Attribution, ...]:
    """Return who vouches for a joined event: all speakers, or nobody where the article once says so itself."""
    if not one.attributions or not other.attributions:
        return ()
    known = {each.speaker for each in one.attributions}
    return (*one.attributions, *(each for each in other.attributions if each.speaker not in known))


def _narrower(one: Time | None, other: Time | None) -> Time | None:
    if one is None or other is None:
        return one or other
    return one if (one.start >= other.start and one.end <= other.end) else other


def _answering(event: Event, before: list[Coded]) -> Event:
    """Return an answer to 'the demands' with whoever made them, in the latest request to the one who answers."""
    nouns = word_lists("words")["answered", "nouns"]
    about = {word for topic in event.topics for word in topic.name.lower().split()}
    if event.type not in _ANSWERS or event.target or not event.source or about.isdisjoint(nouns):
        return event
    for earlier in reversed(before):
        asked = earlier.event
        if asked.type == "REQUEST" and asked.source and {*event.source} & {*asked.target}:
            return replace(event, target=tuple(actor for actor in asked.source if actor not in event.source))
    return event


def _judging(event: Event, before: list[Coded], all_coded: list[Coded]) -> Event:
    """Return praise, blame or protest with whoever did what it is about: 'condemned the attack'."""
    if event.type not in _JUDGEMENTS or event.target or not event.source:
        return event
    deeds = [other for other in all_coded if other.event.id != event.id and _is_topic(other, event)]
    deeds = deeds or [deed for topic in event.topics for deed in _pointed_to(topic.text, before)]
    doers = dict.fromkeys(actor for deed in deeds for actor in deed.event.source if actor not in event.source)
    return replace(event, target=tuple(doers))


def _is_topic(deed: Coded, event: Event) -> bool:
    return any(topic.start <= hit.token.idx < topic.end for topic in event.topics for hit in deed.hits)


def _pointed_to(phrase: str, before: list[Coded]) -> list[Coded]:
    """Return the latest deed told by the word of a definite noun that says no more: 'attacked Bor', 'the attack'."""
    determiner, *words = phrase.lower().split()
    if len(words) != 1 or determiner not in word_lists("words")["determiners", "definite"]:
        return []
    stem = words[0][:_STEM]
    told = [each for each in before if any(hit.sense.head[:_STEM] == stem for hit in each.hits)]
    return [each for each in told if each.event.source and each.event.modality in FACTS][-1:]


def _furthering(each: Coded, before: list[Coded]) -> Event:
    """Return more of the same with whom it was done to before: 'further sanctions were imposed', 'additional aid'."""
    further = word_lists("words")["answered", "further"]
    is_more = any(child.lower_ in further for token in each.hits[0].tokens for child in token.lefts)
    if not is_more or each.event.target or each.event.symmetric:
        return each.event
    alike = [other.event for other in before if other.event.type == each.event.type and other.event.target]
    return replace(each.event, target=alike[-1].target) if alike else each.event


def _within(each: Coded, all_coded: list[Coded]) -> Event:
    """Return an event with what it took place within, and that event's day and place where it has none.

    That is the one whose phrase the event's clause holds ('discussed Syria at their summit', 'shot during riots'). Of a
    talk it is else the only meeting between the same parties, which are those of the talk where it tells none.
    """
    event = each.event
    is_talk = event.type == "CONSULT" and not _is_meeting(event)
    whole = _governing(each, all_coded) or (_only_meeting(event, all_coded) if is_talk else None)
    if whole is None or whole.id == event.id:
        return event
    if not is_talk:
        return replace(event, part_of=whole.id, time=event.time or whole.time, place=event.place or whole.place)
    return replace(
        event,
        part_of=whole.id,
        source=event.source if event.target else whole.source,
        target=event.target or whole.target,
        time=_narrower(event.time, whole.time) if _compatible_times(event.time, whole.time) else event.time,
        place=whole.place or event.place,
    )


def _is_meeting(event: Event) -> bool:
    return event.cameo in ("044", "043", "042") or not event.topics


def _governing(each: Coded, all_coded: list[Coded]) -> Event | None:
    """Return the event that a noun tells in a phrase of another's own clause which says when or where it was."""
    heads = {phrase.i for hit in each.hits for phrase in (*hit.tokens, *children(hit.token, "dobj", "nsubjpass"))}
    for other in all_coded:
        for hit in other.hits:
            above = governor(hit.token) if sets_the_scene(hit.token) else None
            if above is not None and above.i in heads and other.event.modality in FACTS:
                return other.event
    return None


def sets_the_scene(noun: "Token") -> bool:
    """Whether a noun tells during or at what its clause took place: 'at a summit'."""
    return noun.dep_ == "pobj" and noun.head.lower_ in word_lists("words")["adjuncts", "within"]


def _only_meeting(event: Event, all_coded: list[Coded]) -> Event | None:
    parties = {*event.source, *event.target}
    meetings = [
        other.event
        for other in all_coded
        if other.event.type == "CONSULT"
        and _is_meeting(other.event)
        and other.event.modality in FACTS
        and {*other.event.source, *other.event.target} == parties
        and len(parties) > 1
    ]
    same = len(meetings) == 1 and event.modality in FACTS and _compatible_times(event.time, meetings[0].time)
    return meetings[0] if same else None
