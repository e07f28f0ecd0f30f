"""Who takes part in an event: the slots of a trigger's frame filled with the actors that stand there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.coding.circumstances import carriers
from kg.coding.grammar import (
    SUBJECTS,
    children,
    company,
    is_noun,
    is_passive,
    is_verb,
    objects,
    prepositional,
    subjects,
    support_verb,
    with_conjuncts,
)
from kg.coding.triggers import Hit, is_blamed_for, senses
from kg.knowledge.codebook import Frame
from kg.knowledge.tables import capitals
from kg.knowledge.words import word_lists
from kg.reading.companies import listed_after
from kg.reading.document import Reading
from kg.reading.tense import is_infinitive

if TYPE_CHECKING:
    from spacy.tokens import Token


_BY_MODIFIERS = ("compound", "nmod", "amod")
_BY_ALL = ("poss", *_BY_MODIFIERS)
_WITHIN = ("in", "at")
_AT = ("at", "to", "against")  # before whom something is said against
_POINTING = ("CD", "DT", "PRP", "WDT", "WP")
_CORE = ("subject", "object")  # slots that no preposition leads to
_DEPTH = 4  # steps down from the head of a topic
_JUDGEMENTS = ("ACCUSE", "PROTEST", "REJECT", "SUPPORT")  # what is said of a deed is said to who did it
_ASIDES = frozenset({"relcl", "advcl", "appos", "parataxis", "acl"})


@dataclass(frozen=True, slots=True)
class Participants:
    """The ids of the actors in each role, and the head tokens of what the event is about."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    topics: tuple["Token", ...]


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who is speaking at a token: the actors that 'I' and 'we' stand for there."""

    at: dict[int, str]


def participants(hit: Hit, reading: Reading, speakers: Speakers) -> Participants:
    """Return who takes part in the event of a trigger, as far as its frame tells."""
    frame = hit.sense.frame
    doing, suffering = _sides(hit)
    source = _role(hit, doing, reading, speakers, _BY_MODIFIERS) or _chamber(hit, reading, speakers)
    inner = _role(hit, suffering, reading, speakers, _BY_ALL)
    if not source and hit.sense.entry.type == "CONSULT":
        present = tuple(actor for head in _before_or_after(hit.token) for actor in actors_of(head, reading, speakers))
        source = present if len({*present, *inner}) > 1 else ()
    target = tuple(actor for actor in inner if actor not in source)
    topics = _topics(hit, frame, reading, {*source, *target}, speakers)
    if frame.within_topic and not frame.symmetric and not target:
        target = _within(topics, source, reading, speakers)
    if frame.symmetric:
        source, target = parties(source, target)
    return Participants(source, target, topics)


def _sides(hit: Hit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the slots of source and target: who stands before a noun is the doer where 'of' tells whom it was done to.

    Thus in 'the rebels' release of the hostages', not in 'the hostages' release'.
    """
    source, target = tuple(hit.sense.frame.source), tuple(hit.sense.frame.target)
    if hit.sense.part == "noun" and {"subject", "of"} <= {*target} and prepositional(hit.token, "of"):
        return ("subject", *source), tuple(slot for slot in target if slot != "subject")
    return source, target


def _before_or_after(noun: "Token") -> list["Token"]:
    """Return who did what came before or after a meeting: 'they spoke again after a meeting in Oslo'."""
    limits = word_lists("dates")
    above = noun.head.head
    is_limit = noun.head.lower_ in limits["limits", "before"] | limits["limits", "after"]
    if noun.dep_ != "pobj" or not is_limit or not is_verb(above):
        return []
    return [each for head in subjects(above) for each in with_conjuncts(head)]


def _chamber(hit: Hit, reading: Reading, speakers: Speakers) -> tuple[str, ...]:
    """Return the organ within which something was done by nobody else: 'was rejected in the Senate'."""
    if not is_verb(hit.token) or not is_passive(hit.token):
        return ()
    organs = {actor.id for actor in reading.mentioned.actors if actor.kind == "government"}
    heads = [head for preposition in _WITHIN for head in prepositional(hit.token, preposition)]
    return tuple(actor for head in heads for actor in actors_of(head, reading, speakers) if actor in organs)


def slot_of(actor: str, role: str, hit: Hit, reading: Reading, speakers: Speakers) -> str | None:
    """Return the slot of a trigger's frame through which an actor came into a role, either role for a symmetric one."""
    frame = hit.sense.frame
    doing, suffering = _sides(hit)
    sides = {"source": (doing, _BY_MODIFIERS), "target": (suffering, _BY_ALL)}
    for name in ("source", "target") if frame.symmetric else (role,):
        slots, inside = sides[name]
        for slot in slots:
            if actor in _role(hit, [slot], reading, speakers, inside):
                return slot
    if role == "source" and actor in _chamber(hit, reading, speakers):
        return "in"
    is_within = frame.within_topic and actor in _within(
        _topics(hit, frame, reading, set(), speakers), (), reading, speakers
    )
    return "within the topic" if role == "target" and is_within else None


def meets(frame: Frame, found: Participants) -> bool:
    """Tell whether those are known whom a frame needs to tell of an event."""
    met = {
        "source": bool(found.source),
        "target": bool(found.target),
        "any": bool(found.source or found.target),
        "both": bool(found.source and found.target),
        "topic": bool(found.topics),
    }
    return all(met[need] for need in frame.needs)


def parties(source: tuple[str, ...], target: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide the parties of a symmetric event so that neither side is empty when two are known."""
    if source and target:
        return source, target
    parties = source or target
    return parties[:1], parties[1:]


def _role(
    hit: Hit, slots: Sequence[str], reading: Reading, speakers: Speakers, inside: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the actors in the first slot that holds any, or that stand in a function within what fills it.

    Else they are among the trigger's own words: 'summoned the envoy'.
    """
    for slot in slots:
        heads = slot_heads(hit, slot, reading)
        found = [actor for head in heads for actor in actors_of(head, reading, speakers)]
        if not found:
            things = [head for head in heads if inside == _BY_ALL or ("noun", reading.lemma(head)) not in senses()]
            is_judged = hit.sense.entry.type in _JUDGEMENTS
            inner = [_doers(head) if is_judged and _deeds(head, reading) else _inside(head, inside) for head in things]
            found = [actor for tokens in inner for actor in _first_actors(tokens, reading, speakers)]
        if not found and _speaks_to(hit, slot):
            states = (reading.state_of_place(head) for head in heads if head.text in capitals())
            found = [state.lower() for state in states if state]
        if found:
            return tuple(dict.fromkeys(found))
    return tuple(
        dict.fromkeys(actor for head in _own_words(hit, slots) for actor in actors_of(head, reading, speakers))
    )


def _speaks_to(hit: Hit, slot: str) -> bool:
    """Whether a slot holds who is spoken to: 'protested to Lima', 'a charge at Lima', but not 'flew to Lima'."""
    quad = hit.sense.entry.quad
    return quad.startswith("verbal") and (slot in hit.sense.others or (quad == "verbal-conflict" and slot in _AT))


def _own_words(hit: Hit, slots: Sequence[str]) -> list["Token"]:
    """Return the trigger's own words that fill a slot, of 'closed the US consulate' the state, which is meant."""
    others = [token for token in hit.tokens if token.i != hit.token.i and not children(token, "poss")]
    own = [token for token in others if not {*slots}.isdisjoint(_slots_of(token))]
    buildings = word_lists("words")["descriptions", "buildings"]
    return [token for each in own for token in children(each, *_BY_MODIFIERS) if each.lower_ in buildings] or own


def slot_heads(hit: Hit, slot: str, reading: Reading) -> list["Token"]:
    """Return the tokens that fill a grammatical slot of a trigger, coordinated ones one by one."""
    part = hit.sense.part
    if part == "noun":
        found = _noun_slot(hit, slot, reading)
    elif part == "adjective":
        found = _adjective_slot(hit, slot)
    else:
        found = _verb_slot(hit, slot)
    used = {token.i for token in hit.tokens}
    heads = [each for head in found for each in with_conjuncts(head) if each.i not in used]
    return [each for head in heads for each in _counted(head, reading)]


def _counted(head: "Token", reading: Reading) -> list["Token"]:
    """Return whom a number or a group is made of: the students of 'thousands of students', 'a group of students'."""
    is_count = head.lower_ in word_lists("words")["quantities", "nouns"] or head.tag_ == "CD"
    if is_count and head.i not in reading.mentioned.name_tokens:
        members = [each for thing in prepositional(head, "of") for each in with_conjuncts(thing)]
        return [each for member in members for each in _counted(member, reading)] or [head]
    return [head]


def _verb_slot(hit: Hit, slot: str) -> list["Token"]:
    verb = hit.token
    match slot:
        case "subject":
            return [*subjects(verb), *_company(hit)]
        case "object":
            return objects(verb)
        case "indirect":
            return [thing for thing in children(verb, "dative") if thing.tag_ not in ("IN", "TO")] + prepositional(
                verb, "to"
            ) * bool(children(verb, "dobj"))
        case "clause":
            told = children(verb, "ccomp", "xcomp") or _clauses_of(objects(verb))
            purposes = [child for child in children(verb, "advcl") if is_infinitive(child)]
            return told or purposes * (not hit.sense.frame.symmetric)
        case "between" | "among":
            return [head for token in hit.tokens for head in prepositional(token, slot)]
    heads = [hit.token, *(token for token in hit.tokens if token.i != verb.i), *children(verb, "prt")]
    found = [head for token in heads for head in prepositional(token, slot)]
    if not found and slot != "of":
        found = [head for thing in children(verb, "dobj") for head in _below(thing, slot)]
    return found


def _company(hit: Hit) -> list["Token"]:
    """Return with whom the doer does what a verb says: 'voted with the Greens', 'along with Chad', 'joined by Chad'."""
    frame, verb = hit.sense.frame, hit.token
    if is_passive(verb):
        return []
    own = children(verb, *SUBJECTS)
    found = [head for each in (verb, *own) for head in company(each)]
    if "with" not in (*frame.source, *frame.target, *frame.topic):
        found += prepositional(verb, "with")
    joined = [clause for each in own for clause in children(each, "acl") if clause.lower_ == "joined"]
    return found + [head for clause in joined for head in prepositional(clause, "by")]


def _below(noun: "Token", preposition: str) -> list["Token"]:
    """Return the objects of a preposition after a noun, or after what follows it: 'funds in loans from the state'."""
    found = prepositional(noun, preposition)
    inner = [thing for child in children(noun, "prep") for thing in children(child, "pobj")]
    return found or [head for thing in inner for head in _below(thing, preposition)]


def _clauses_of(heads: Iterable["Token"]) -> list["Token"]:
    return [child for head in heads for child in head.children if child.dep_ == "acl" and child.tag_ != "VBN"]


def _noun_slot(hit: Hit, slot: str, reading: Reading) -> list["Token"]:
    noun = hit.token
    verb = support_verb(noun)
    match slot:
        case "subject":
            return _noun_subject(noun, verb, reading)
        case "object":
            return prepositional(noun, "of") or _compound_objects(noun, reading) or _suffered(verb, reading)
        case "clause":
            return [child for child in children(noun, "acl", "ccomp", "xcomp") if _is_content(child)]
        case "indirect":
            return prepositional(noun, "to")
    found = [head for token in hit.tokens for head in prepositional(token, slot)]
    if not found and verb is not None and reading.lemma(verb) in word_lists("words")["support", "verbs"]:
        found = prepositional(verb, slot)
    told = [clause for clause in carriers(noun, reading) if _doers_of_support(clause)]
    return found or [head for clause in told for head in prepositional(clause, slot)]


def _is_content(clause: "Token") -> bool:
    """Whether a clause says what a noun is about, not which one it is: 'a call to leave', 'fears that they left'."""
    return is_infinitive(clause) or any(mark.lower_ in ("that", "whether") for mark in children(clause, "mark"))


def _noun_subject(noun: "Token", verb: "Token | None", reading: Reading) -> list["Token"]:
    """Return the doer of a nominal event: possessor, by-phrase, national adjective, or the support verb's subject."""
    words = word_lists("words")
    owners = children(noun, "poss") or prepositional(noun, "by")
    if owners:
        return owners
    modifiers = [
        child
        for child in noun.lefts
        if child.i in reading.adjective_at or (child.dep_ in ("compound", "nmod") and child.i in reading.mentioned.at)
    ]
    if modifiers:
        return modifiers
    if verb is None and noun.dep_ == "pobj" and noun.head.lower_ == "for":
        above = noun.head.head
        if reading.lemma(above) in words["support", "purpose"]:
            return subjects(above)
        if is_blamed_for(noun, reading) and children(noun, "prep"):
            return objects(above)
    lemma = reading.lemma(verb) if verb is not None else ""
    if verb is not None and lemma in words["support", "verbs"]:
        return subjects(verb) if lemma not in words["support", "passive"] else []
    return [doer for clause in carriers(noun, reading) for doer in _doers_of_support(clause)]


def _doers_of_support(verb: "Token") -> list["Token"]:
    """Return the doer of a support verb in a clause on its noun: 'the proposal that Norway made', 'made by Norway'."""
    return children(verb, "nsubj") or [thing for agent in children(verb, "agent") for thing in children(agent, "pobj")]


def _compound_objects(noun: "Token", reading: Reading) -> list["Token"]:
    owners = children(noun, "poss")
    return [child for child in children(noun, "compound") if child.i in reading.mentioned.at] if owners else []


def _suffered(verb: "Token | None", reading: Reading) -> list["Token"]:
    if verb is not None and reading.lemma(verb) in word_lists("words")["support", "passive"]:
        return subjects(verb)
    return []


def _adjective_slot(hit: Hit, slot: str) -> list["Token"]:
    adjective = hit.token
    if slot == "subject":
        if adjective.dep_ in ("acomp", "attr", "oprd") and is_verb(adjective.head):
            return subjects(adjective.head)
        return [adjective.head] if is_noun(adjective.head) else []
    if slot == "clause":
        return children(adjective, "xcomp", "ccomp")
    return [head for token in hit.tokens for head in prepositional(token, slot)]


def actors_of(token: "Token", reading: Reading, speakers: Speakers) -> Iterator[str]:
    """Yield the actors that a token stands for as the head of a mention, a national adjective, or 'I' and 'we'."""
    states = _states_of(token, reading)
    if len(states) > 1:
        yield from states
    elif token.i in reading.mentioned.at:
        for half in (each for each in children(token, "nmod") if each.i in reading.mentioned.at):
            yield from reading.mentioned.at[half.i] if half.nbor().lower_ in ("and", "or") else ()
        yield from reading.mentioned.at[token.i]
        yield from (actor for each in listed_after(token) for actor in reading.mentioned.at.get(each.i, ()))
    elif token.i in reading.adjective_at:
        yield reading.adjective_at[token.i].lower()
    elif token.i in speakers.at:
        yield speakers.at[token.i]
    else:
        for beside in children(token, "appos")[:1]:
            for each in with_conjuncts(beside):
                yield from actors_of(each, reading, speakers)


def _states_of(token: "Token", reading: Reading) -> list[str]:
    """Return the states of 'US and Chadian officials', 'their ministers', 'the governments of Chad and Libya'."""
    if token.tag_ not in ("NNS", "NNPS"):
        return []
    owners = [actor for child in children(token, "poss") for actor in reading.mentioned.at.get(child.i, ())]
    if len(owners) > 1 and token.i in reading.mentioned.at and all(_is_state(owner, reading) for owner in owners):
        return owners
    things = prepositional(token, "of") or prepositional(token, "from")
    seats = [each for thing in things for each in with_conjuncts(thing)]
    of = [actor for each in seats for actor in reading.mentioned.at.get(each.i, ())] if len(seats) > 1 else []
    if of and len(reading.mentioned.at.get(token.i, ())) == 1 and all(_is_state(actor, reading) for actor in of):
        return of
    before = [each for child in children(token, "amod", "nmod") for each in with_conjuncts(child)]
    told = [reading.adjective_at.get(each.i) or next(iter(reading.mentioned.at.get(each.i, ())), "") for each in before]
    return [each.lower() for each in told if each.isupper() or _is_state(each, reading)]


def _is_state(actor: str, reading: Reading) -> bool:
    return any(each.id == actor and each.kind == "state" for each in reading.mentioned.actors)


def _inside(token: "Token", functions: tuple[str, ...]) -> list["Token"]:
    """Return where an actor can stand within a phrase whose head is none: 'her questioning', 'a Ukrainian convoy'."""
    return children(token, *functions) + (prepositional(token, "of") if "poss" in functions else [])


def _doers(deed: "Token") -> list["Token"]:
    """Return where a noun has who did it, where 'of' leads to whom it was done to: 'police arrests of editors'."""
    return prepositional(deed, "by") + children(deed, *_BY_MODIFIERS)


def _deeds(noun: "Token", reading: Reading) -> bool:
    """Whether a noun tells what was done to somebody whom 'of' leads to, elections aside."""
    acts = senses().get(("noun", reading.lemma(noun)), ())
    slots = [[slot for slot in each.frame.target if slot not in _CORE][:1] for each in acts]
    return bool(acts) and all(each == ["of"] for each in slots) and all(each.entry.type != "ELECT" for each in acts)


def _first_actors(tokens: Iterable["Token"], reading: Reading, speakers: Speakers) -> Iterator[str]:
    """Yield the actors of the first of some tokens that stands for any."""
    for token in tokens:
        found = list(actors_of(token, reading, speakers))
        if found:
            yield from found
            return


def _within(heads: Iterable["Token"], source: tuple[str, ...], reading: Reading, speakers: Speakers) -> tuple[str, ...]:
    """Return the named actors nearest to the top of what is asked or promised: 'demanded that Hamas renounce'."""
    level = list(heads)
    for _ in range(_DEPTH):
        level = [child for token in level for child in token.children if not _is_beside(child, reading)]
        found = [
            actor
            for head in level
            for token in with_conjuncts(head)
            for actor in actors_of(token, reading, speakers)
            if actor not in source and (actor in reading.mentioned.named or token.i in reading.adjective_at)
        ]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _is_beside(token: "Token", reading: Reading) -> bool:
    """Whether a word under what is asked or promised names nobody who is to act: an aside, or whom the act is done to.

    Thus in 'the release of the hostages' and 'her release'.
    """
    if token.dep_ in _ASIDES:
        return True
    is_owner = token.dep_ == "poss" or token.lower_ == "of"
    return is_owner and _deeds(token.head, reading)


def _topics(hit: Hit, frame: Frame, reading: Reading, taken: set[str], speakers: Speakers) -> tuple["Token", ...]:
    """Return the heads of what an event is about: the first topic slot that does not merely name a participant."""
    for slot in frame.topic:
        heads = [
            head
            for head in (*_own(hit, slot, reading), *slot_heads(hit, slot, reading))
            if not _says_nothing(head, reading) and not taken & set(actors_of(head, reading, speakers))
        ]
        if heads:
            return tuple(heads)
    return ()


def _says_nothing(token: "Token", reading: Reading) -> bool:
    """Whether a word tells when, how long or how many, or only points: 'in May', 'for two years', 'four', 'which'."""
    is_number = token.tag_ in _POINTING and token.ent_type_ != "MONEY"
    return token.i in reading.dates_at or token.ent_type_ in ("DATE", "TIME") or is_number


def _own(hit: Hit, slot: str, reading: Reading) -> list["Token"]:
    """Return the trigger's own words that fill a slot and say more than the codebook: 'urged its early release'."""
    others = [token for token in hit.tokens if token.i != hit.token.i]
    own = [token for token in others if slot in _slots_of(token) or (slot == "own" and "object" in _slots_of(token))]
    told = [token for token in own if any(child.dep_ not in ("det", "aux") for child in token.children)]
    return [token for token in told if slot != "object" or ("noun", reading.lemma(token)) not in senses()][:1]


def _slots_of(token: "Token") -> tuple[str, ...]:
    match token.dep_:
        case "dobj" | "nsubjpass":
            return ("object",)
        case "pobj" | "pcomp":
            return (token.head.lower_,)
        case "xcomp" | "ccomp":
            return ("clause",)
    return ()
