"""Which of the events found are told of: those of the public, and none within what another is about."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.coding.circumstances import length_before, phrases
from kg.coding.coreference import Coded, sets_the_scene
from kg.coding.grammar import SUBJECTS, children, governor, is_verb, walk_up
from kg.coding.modality import is_word
from kg.coding.ownership import is_own
from kg.coding.participants import Participants
from kg.coding.senses import Judged
from kg.coding.triggers import Hit
from kg.knowledge.codebook import TypeFile, codebook
from kg.knowledge.scores import goldstein
from kg.knowledge.words import word_lists
from kg.model import FACTS, Event, EventType, Modality
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = ("AGREE", "CONSULT", "CONCEDE", "REQUEST", "SAY")
"""What unnamed people do among themselves every day."""

_PUTS_OFF = ("REQUEST", "THREATEN", "AGREE", "REJECT", "PROTEST")
"""The types whose content is put off: what is asked, threatened, promised, refused or protested against."""

_ANSWERS = ("REJECT", "DENY", "CONCEDE")
"""The types that answer what somebody has said before."""

_ASKS = ("REQUEST", "THREATEN")
"""The types of which the very act in the content has not been done."""

# Chances below which a word that may be background is none of its own event:
_UNLIKELY = 0.2  # a noun in the content of another event
_UNSURE_OF_NOUN = 0.4  # one for what may come, of which one side or none is told
_UNSURE_OF_CLAUSE = 0.5  # a verb in a clause that goes with another
_UNSURE_OF_DATED = 0.1  # the same in one that tells its own day
_UNSURE_OF_ADJECTIVE = 0.3
_UNLIKELY_REFUSED = 0.3  # a noun for what is refused: 'opposed the deployment'
_SURE = 0.7  # a word likelier than this is what its sentence tells of, and beside it
_UNLIKELY_BESIDE = 0.3  # a noun, or a verb below another word, less likely than this is background
_LIKELY = 0.5  # beside a word likelier than this
_UNSURE_OF_UNTOLD = 0.7  # a noun less likely than this, and of which no side is told, is background
_BELOW = ("xcomp", "ccomp", "conj", "pcomp", "acl", "relcl")
"""Functions of the verbs below another word, those of time and cause left out."""

_COMING = ("planned", "possible", "conditional")
_TOLD = ("nsubj", "nsubjpass", "ROOT")  # functions in which a noun is what a sentence tells of
_LEGS = 3  # steps up from a demand to the protest that it is made by

Found = tuple[Judged, Participants]


def tells_something(coded: Coded) -> bool:
    """Tell whether anything is known of an event: who took part, when or where it was, or what it was about."""
    event = coded.event
    return bool(event.source or event.target or event.time or event.place or event.topics)


def is_public(coded: Coded, reading: Reading) -> bool:
    """Tell whether an event is more than some people's own affair, 'visitors met fans', or fate: 'killed 12 people'."""
    event = coded.event
    if event.type not in _VERBAL and (event.type != "ASSAULT" or event.source):
        return True
    plain = {
        actor.id
        for actor in reading.mentioned.actors
        if actor.kind in ("person", "group")
        and not actor.country
        and actor.id not in reading.mentioned.named
        and not (actor.cameo or "").startswith("IGO")
    }
    parties = {*event.source, *event.target}
    return not parties or not parties <= plain


class Selection:
    """Which acts are told of: none that another event is about, and no mere background."""

    def __init__(self, found: Iterable[Found], reading: Reading) -> None:
        self._reading = reading
        self._sentence_of = reading.parsed.sentence_of
        self._heads: dict[int, list[tuple[Hit, Token]]] = {}
        self._types: dict[int, EventType] = {}
        self._likeliest: dict[int, list[tuple[float, int]]] = {}
        self._told_in: dict[tuple[EventType, str], set[int]] = {}
        for each, who in found:
            top = self._likeliest.setdefault(self._sentence_of[each.hit.token.i], [])
            top[:] = sorted([*top, (each.chance, each.hit.token.i)])[-2:]
            self._types[each.hit.token.i] = each.hit.sense.entry.type
            self._told_in.setdefault(_word(each), set()).add(self._sentence_of[each.hit.token.i])
            if each.hit.sense.entry.type in (*_PUTS_OFF, *_ANSWERS):
                told = self._heads.setdefault(self._sentence_of[each.hit.token.i], [])
                told.extend((each.hit, head) for head in who.topics)

    def keeps(self, each: Judged, who: Participants, modality: Modality) -> bool:
        """Tell whether an act with its participants and modality is an event of its own."""
        is_aside = self._is_aside(each) if each.hit.sense.part == "verb" else _is_scenery(each, who, modality)
        is_aside = is_aside or self._is_beside(each, who)
        return not (is_aside or self._is_content(each, modality) or self._is_answered(each, who))

    def _is_beside(self, each: Judged, who: Participants) -> bool:
        """Whether an unlikely noun, or verb below another word, stands in a sentence that surely tells of another.

        A noun is none of which both sides are told, or that another sentence tells of as well, nor a meeting at which
        something was done: 'discussed the war at a summit'.
        """
        token, part = each.hit.token, each.hit.sense.part
        if each.hit.sense.entry.type == "CONSULT" and sets_the_scene(token):
            return False
        is_told = bool(who.source and who.target) or len(self._told_in[_word(each)]) > 1
        if part == "noun" and is_told:
            return False
        top = self._likeliest[self._sentence_of[token.i]]
        likeliest = max((chance for chance, at in top if at != token.i), default=0.0)
        if part == "noun" and not (who.source or who.target) and likeliest >= _LIKELY:
            return each.chance < _UNSURE_OF_UNTOLD
        return likeliest >= _SURE and each.chance < _UNLIKELY_BESIDE and (part == "noun" or token.dep_ in _BELOW)

    def _is_content(self, each: Judged, modality: Modality) -> bool:
        """Whether an act is what another event is about: asked for, put off, or a noun unlikely to tell of one."""
        around = [
            (by, head)
            for by, head in self._heads.get(self._sentence_of[each.hit.token.i], ())
            if by is not each.hit and by.sense.entry.type in _PUTS_OFF
        ]
        above = [(by, head) for by, head in around if _is_within(each.hit.token, head)]
        said = each.hit.token.head if each.hit.sense.part == "adjective" else each.hit.token  # the 'be' of 'be ready'
        own = {by.sense.entry.type for by, head in above if head.i == said.i}
        if each.hit.sense.part != "noun" and own & {*_ASKS}:
            return True
        if each.hit.sense.part != "verb":
            is_refused = "REJECT" in own and not is_word(each.hit) and each.chance < _UNLIKELY_REFUSED
            return is_refused or (bool(above) and modality not in FACTS and each.chance < _UNLIKELY)
        return bool(above) and modality not in FACTS

    def _is_answered(self, each: Judged, who: Participants) -> bool:
        """Whether a noun tells of what is refused, or of what is answered and nobody is told to have said."""
        around = self._heads.get(self._sentence_of[each.hit.token.i], ())
        answers = {by.sense.entry.type for by, head in around if by is not each.hit and head.i == each.hit.token.i}
        return is_word(each.hit) and ("REJECT" in answers or (not who.source and bool(answers & {*_ANSWERS})))

    def _is_aside(self, each: Judged) -> bool:
        """Whether a verb that is hardly an event stands in a clause that only goes with another: 'after he lost'."""
        token = each.hit.token
        above = governor(token)
        contrasts = any(mark.lower_ in word_lists("words")["adjuncts", "contrasts"] for mark in children(token, "mark"))
        serves = above is not None and self._types.get(above.i) == each.hit.sense.entry.type  # 'met to discuss'
        least = _UNSURE_OF_DATED if self._has_own_day(each.hit) else _UNSURE_OF_CLAUSE
        return token.dep_ in ("advcl", "acl") and each.chance < least and not (serves or contrasts)

    def _has_own_day(self, hit: Hit) -> bool:
        """Whether a clause tells when it was, or how long before the other: 'two days after they left'."""
        if hit.token.dep_ != "advcl":
            return False
        return bool(length_before(hit.token)) or any(is_own(at, hit, self._reading) for at in phrases(hit.token))


def _word(each: Judged) -> tuple[EventType, str]:
    """Return the type and the word of a trigger, which tell what it repeats: 'the summit'."""
    return each.hit.sense.entry.type, each.hit.sense.head


def _is_within(token: "Token", head: "Token") -> bool:
    return head.i == token.i or head.is_ancestor(token)


def _is_scenery(each: Judged, who: Participants, modality: Modality) -> bool:
    """Whether a noun or an adjective only sets the scene: what nobody told of did, or what may come and is unsure."""
    if each.hit.sense.part == "adjective":
        return each.chance < _UNSURE_OF_ADJECTIVE
    if (who.source and who.target) or each.hit.token.dep_ in _TOLD:
        return False
    if modality in _COMING:
        return each.chance < _UNSURE_OF_NOUN
    is_whole = each.hit.sense.entry.type == "CONSULT"  # others took place within it
    return not (who.source or who.target or is_whole) and _tells_when(each.hit.token)


def _tells_when(noun: "Token") -> bool:
    """Whether a noun stands in a phrase that tells when or why something was: 'after riots'."""
    return noun.dep_ in ("pobj", "pcomp") and noun.head.lower_ in word_lists("words")["adjuncts", "prepositions"]


def with_demands(found: Sequence[Found]) -> list[Found]:
    """Return the events, the demands of protesters as what their protest is about: 'rallied to demand reforms'."""
    protests = {each.hit.token.i: at for at, (each, _) in enumerate(found) if each.hit.sense.entry.type == "PROTEST"}
    kept, dropped = list(found), set()
    for at, (each, who) in enumerate(found):
        token = each.hit.token
        if each.hit.sense.entry.type not in _ASKS or not is_verb(token) or children(token, *SUBJECTS):
            continue
        above = next((protests[head.i] for _, head in walk_up(token, _LEGS) if head.i in protests), None)
        if above is not None:
            protest, those = kept[above]
            target = those.target or tuple(actor for actor in who.target if actor not in those.source)
            kept[above] = (protest, replace(those, target=target, topics=who.topics or those.topics))
            dropped.add(at)
    return [pair for at, pair in enumerate(kept) if at not in dropped]


def as_announced(event: Event, hit: Hit) -> Event:
    """Return an act that its doer says will come as the threat or promise that it is: 'said it would shell the port'.

    A threat has been made, what is promised is still to come. What comes unless another acts is a threat.
    """
    by_doer = any(each.speaker in event.source for each in event.attributions)
    if event.modality not in ("planned", "conditional") or not by_doer:
        return event
    entry = _announced_as(event.type, hit)
    if entry is None:
        return event
    cameo = entry.announced.get(event.type, entry.roots[0] + "0")
    return replace(
        event,
        type=entry.type,
        cameo=cameo,
        quad=entry.quad,
        mode=None,
        modality="actual" if entry.type in _ASKS else event.modality,
        goldstein=goldstein(cameo),
        plover_score=entry.plover_score,
        attributions=tuple(each for each in event.attributions if each.speaker not in event.source),
    )


def _announced_as(type_: EventType, hit: Hit) -> TypeFile | None:
    """Return the type that the announcement of an act is of, None where it is none of its own."""
    entry = next((entry for entry in codebook().types if type_ in entry.announced), None)
    marks = {mark.lower_ for clause in children(hit.token, "advcl") for mark in children(clause, "mark")}
    return codebook().of("THREATEN") if entry and "unless" in marks else entry
