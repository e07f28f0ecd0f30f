"""Who takes part in an event, as learned from the corpus: it checks and completes what the frames find.

Multinomial logistic regression over hashed features, one row for each actor in the sentence of a trigger: is it the
event's source, its target, or neither? What the frame found is among the features.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from kg.coding.grammar import PASSIVE_SUBJECTS, children, first_named, is_passive, is_verb, with_conjuncts
from kg.coding.participants import Participants, Speakers, actors_of, meets, parties
from kg.coding.triggers import Hit
from kg.knowledge.tables import capitals
from kg.knowledge.words import word_lists
from kg.reading import weights
from kg.reading.document import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Token

    Array = NDArray[Any]

BUCKETS = 1 << 17
NEITHER, SOURCE, TARGET = 0, 1, 2
"""The classes of the model."""

ADDED = 0.4  # an actor likelier than this takes a role of a verb in which the frame found nobody
ADDED_TO_NOUN = 0.85  # the same of nouns and adjectives, around which roles are looser
DROPPED = 0.05  # an actor less likely than this does not have the role in which the frame found it

_FARTHEST = 10  # tokens between a trigger and an actor whose words still count
_CROSSES = tuple(
    tuple(line.split())
    for line in """
    path; path type; path lemma; path type frame; path passive part; path found
    up; up type; down; down type; last; step part passive
    found; found type; found others; found others type; found others type frame; found kind; found lemma
    found others order rank; kind; kind type; kind type others found; kind order rank; named kind
    order type; order part passive; order distance; order distance type; order rank; order rank type passive
    order rank lemma; count; function; function type; function lemma; function order
    above label; above2 label2 function; word; word type; part label0; top path; length; first
    country found others; country type others found; country kind found others
    clause; clause type; clause found others; clause order part passive; clause kind others
    """.replace("\n", ";").split(";")
    if line.strip()
)
"""Which facts of an actor beside a trigger make a feature, alone or together."""


_LABELLED = tuple(("+".join(cross), cross) for cross in _CROSSES)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A token that stands for actors in the sentence of a trigger."""

    token: "Token"
    actors: tuple[str, ...]

    @property
    def first(self) -> int:
        """The first token of those that it is named with."""
        return first_named(self.token).i


@dataclass(frozen=True, slots=True)
class Told:
    """A trigger, and who takes part in its event as far as its frame tells."""

    hit: Hit
    who: Participants


def completed(told: Sequence[Told], reading: Reading, speakers: Speakers) -> Iterator[Participants | None]:
    """Yield who takes part in each event: those whom the frame and the model find; None where its needs are not met."""
    beside = Beside(told, reading, speakers)
    for each in told:
        candidates = beside.candidates(each.hit)
        if not candidates:
            yield each.who if meets(each.hit.sense.frame, each.who) else None
            continue
        rows = [beside.features(each, candidate, candidates) for candidate in candidates]
        chances = weights.linear(weights.ROLES).chances_of_rows(rows).tolist()
        yield _agreed(each, candidates, [*map(_possible(each, reading), candidates, chances)])


def _possible(told: Told, reading: Reading) -> Callable[[Candidate, list[float]], list[float]]:
    """Return what leaves no chance of a role where there is none.

    That is to a topic, to a source that is cited, to who acts in a clause set against that of the trigger; of a target
    where the frame lacks one, and to who acts in what is announced; of a doer to the subject of a passive where the
    frame takes the object for the target.
    """
    frame, verb = told.hit.sense.frame, told.hit.token
    topics = {token.i for head in told.who.topics for token in with_conjuncts(head)}
    undergoers = (
        {token.i for head in _undergoers(verb) for token in head.subtree} if "object" in frame.target else set()
    )

    def left(candidate: Candidate, chance: list[float]) -> list[float]:
        token = candidate.token
        if token.i in topics or _is_cited(token, reading) or _acts_apart(token, verb):
            return [1.0, 0.0, 0.0]
        if token.i in undergoers and not told.who.source:
            chance = [chance[NEITHER] + chance[SOURCE], 0.0, chance[TARGET]]
        if not frame.target or _acts_in_news(token, told.hit):
            return [chance[NEITHER] + chance[TARGET], chance[SOURCE], 0.0]
        return chance

    return left


def _is_cited(token: "Token", reading: Reading) -> bool:
    """Whether a token names a source: 'according to Yonhap, quoting KCNA'."""
    while token.dep_ in ("appos", "compound", "poss", "conj"):
        token = token.head
    above = token.head
    if token.dep_ == "pobj":
        return above.head.lower_ == "according"
    return (
        token.dep_ == "dobj" and above.tag_ == "VBG" and reading.lemma(above) in word_lists("speech")["citing", "verbs"]
    )


def _acts_in_news(token: "Token", hit: Hit) -> bool:
    """Whether a token is the subject of what is said: 'announced that the state would pay'."""
    clause = token.head
    is_said = hit.sense.entry.type == "SAY" and clause.dep_ == "ccomp" and clause.head.i == hit.token.i
    return is_said and token.dep_ == "nsubj"


def _acts_apart(token: "Token", trigger: "Token") -> bool:
    """Whether a token is the subject of a clause set against that of a trigger: 'although the House approved it'."""
    return token.dep_ == "nsubj" and (_is_against(token.head, trigger) or _is_against(trigger, token.head))


def _is_against(clause: "Token", verb: "Token") -> bool:
    contrasts = word_lists("words")["adjuncts", "contrasts"]
    marks = children(clause, "mark", "advmod") if clause.dep_ == "advcl" and clause.head.i == verb.i else []
    return any(mark.lower_ in contrasts for mark in marks)


def _undergoers(verb: "Token") -> list["Token"]:
    """Return the subjects of a passive, its own or of the passive that it is coordinated with."""
    if not is_passive(verb):
        return []
    own = children(verb, *PASSIVE_SUBJECTS)
    return own or (_undergoers(verb.head) if verb.dep_ == "conj" else [])


def _agreed(told: Told, candidates: Sequence[Candidate], chances: Sequence[Sequence[float]]) -> Participants | None:
    frame, who = told.hit.sense.frame, told.who
    added = ADDED if is_verb(told.hit.token) else ADDED_TO_NOUN
    if frame.symmetric:
        either = [(NEITHER, chance[SOURCE] + chance[TARGET], 0.0) for chance in chances]
        found = _kept((*who.source, *who.target), SOURCE, candidates, either)
        if len(found) < 2:
            found = tuple(dict.fromkeys([*found, *_likely(SOURCE, added, candidates, either)]))
        first = tuple(actor for actor in who.source if actor in found)
        source, target = parties(first, tuple(actor for actor in found if actor not in first))
    else:
        source = _kept(who.source, SOURCE, candidates, chances) or _likely(SOURCE, added, candidates, chances)
        target = _kept(who.target, TARGET, candidates, chances) or _likely(TARGET, added, candidates, chances)
        target = tuple(actor for actor in target if actor not in source)
    agreed = replace(who, source=source, target=target)
    return next((each for each in (agreed, who) if meets(frame, each)), None)


def _kept(
    actors: Sequence[str], role: int, candidates: Sequence[Candidate], chances: Sequence[Sequence[float]]
) -> tuple[str, ...]:
    """Return those of the actors found whom the model does not find very unlikely, nor all those named with them."""
    best: dict[int, float] = {}
    for candidate, chance in zip(candidates, chances, strict=True):
        best[candidate.first] = max(best.get(candidate.first, 0.0), chance[role])
    unlikely = {actor for candidate in candidates for actor in candidate.actors if best[candidate.first] < DROPPED} - {
        actor for candidate in candidates for actor in candidate.actors if best[candidate.first] >= DROPPED
    }
    return tuple(actor for actor in actors if actor not in unlikely)


def _likely(
    role: int, least: float, candidates: Sequence[Candidate], chances: Sequence[Sequence[float]]
) -> tuple[str, ...]:
    """Return the likely actors, and of those named with them whoever is half as likely."""
    pairs = list(zip(candidates, chances, strict=True))
    firsts = {candidate.first for candidate, chance in pairs if chance[role] >= least}
    found = (each.actors for each, chance in pairs if each.first in firsts and chance[role] >= least / 2)
    return tuple(dict.fromkeys(actor for actors in found for actor in actors))


class Beside:
    """The triggers of a text with the actors in their sentences."""

    def __init__(self, told: Sequence[Told], reading: Reading, speakers: Speakers) -> None:
        self._told = told
        self._reading = reading
        self._speakers = speakers
        self._kinds = {actor.id: actor.kind for actor in reading.mentioned.actors}
        self._countries = reading.mentioned.countries
        self._by_sentence: dict[int, list[Told]] = {}
        for each in told:
            self._by_sentence.setdefault(each.hit.token.sent.start, []).append(each)

    def candidates(self, hit: Hit) -> list[Candidate]:
        """Return the actors in the sentence of a trigger, outside of its own words."""
        own = {token.i for token in hit.tokens}
        tokens = (token for token in hit.token.sent if token.i not in own)
        found = (Candidate(token, tuple(self._actors_at(token))) for token in tokens)
        return [each for each in found if each.actors]

    def features(self, told: Told, candidate: Candidate, candidates: Sequence[Candidate]) -> list[int]:
        """Return the features of an actor beside a trigger, each once: numbers from 1 to BUCKETS - 1."""
        facts = self._facts(told, candidate, candidates)
        names = [f"{label} {' '.join([facts[name] for name in cross])}" for label, cross in _LABELLED]
        found = (*names, *self._words(told, candidate, facts), *self._elsewhere(told, candidate, facts))
        return weights.hashed(found, BUCKETS)

    def _actors_at(self, token: "Token") -> Iterator[str]:
        """Yield the actors that a token stands for: of a mention, an adjective, or a place's state."""
        at = self._reading.mentioned.at
        if token.i in at or token.i in self._speakers.at:
            yield from actors_of(token, self._reading, self._speakers)
        elif token.i in self._reading.adjective_at:
            if token.head.i not in at or token.dep_ not in ("amod", "compound", "nmod"):
                yield self._reading.adjective_at[token.i].lower()
        elif state := self._reading.state_of_place(token):
            yield state.lower()

    def _facts(self, told: Told, candidate: Candidate, candidates: Sequence[Candidate]) -> dict[str, str]:
        reading, token, trigger, sense = self._reading, candidate.token, told.hit.token, told.hit.sense
        up, down, top = _path(trigger, token)
        others = [each.token.i for each in candidates]
        between = [i for i in others if min(token.i, trigger.i) < i < max(token.i, trigger.i)]
        preposition = token.head.lower_ if token.dep_ == "pobj" else ""
        source, target = told.who.source, told.who.target
        return {
            "path": f"{'^'.join(up)}|{'/'.join(down)}",
            "up": "^".join(up),
            "down": "/".join(down),
            "last": "/".join(down[-2:]),
            "step": f"{down[0] if down else ''} {up[-1] if up else ''}",
            "top": reading.lemma(top),
            "length": f"{len(up)} {len(down)}",
            "type": sense.entry.type,
            "frame": sense.group.frame,
            "lemma": reading.lemma(trigger),
            "part": sense.part,
            "passive": str(is_verb(trigger) and is_passive(trigger)),
            "label0": trigger.dep_,
            "found": "s" * bool({*source} & {*candidate.actors}) + "t" * bool({*target} & {*candidate.actors}),
            "others": "S" * bool(source) + "T" * bool(target),
            "kind": self._kind(candidate),
            "named": str(candidate.actors[0] in reading.mentioned.named),
            "country": self._shared_country(candidate, source) + self._shared_country(candidate, target),
            "order": "after" if token.i > trigger.i else "before",
            "rank": str(min(len(between), 3)),
            "distance": str(min(abs(token.i - trigger.i).bit_length(), 6)),
            "count": str(min(len(candidates), 6)),
            "first": str(token.i == min(others)),
            "function": f"{token.dep_} {preposition}",
            "label": token.dep_,
            "above": reading.lemma(token.head),
            "label2": token.head.dep_,
            "above2": reading.lemma(token.head.head),
            "word": reading.lemma(token),
            "clause": f"{_clause(trigger).i == _clause(token).i} {_relation(trigger, token)}",
        }

    def _kind(self, candidate: Candidate) -> str:
        token = candidate.token
        if token.i not in self._reading.mentioned.at:
            is_adjective = token.i in self._reading.adjective_at
            return "adjective" if is_adjective else "speaker" if token.i in self._speakers.at else self._place(token)
        return "pronoun" if token.tag_[:3] == "PRP" else self._kinds.get(candidate.actors[0], "")

    def _place(self, token: "Token") -> str:
        return "capital" if token.text in capitals() else "place"

    def _shared_country(self, candidate: Candidate, actors: Sequence[str]) -> str:
        """Tell whether an actor is of the country of others: 'same', 'other', or nothing where neither has one."""
        own, theirs = ({self._country(actor) for actor in each} - {None} for each in (candidate.actors, actors))
        if not own or not theirs:
            return "-"
        return "same" if own & theirs else "other"

    def _country(self, actor: str) -> str | None:
        return self._countries.get(actor, actor.upper())  # a state that only an adjective names

    def _words(self, told: Told, candidate: Candidate, facts: dict[str, str]) -> Iterator[str]:
        """Yield the words between actor and trigger and those beside the actor."""
        doc, at, trigger = self._reading.doc, candidate.token.i, told.hit.token.i
        low, high = min(at, trigger), max(at, trigger)
        if high - low < _FARTHEST:
            between = [token.lower_ for token in doc[low + 1 : high]]
            yield from (f"between {facts['order']} {word}" for word in between)
            yield from (f"between {facts['order']} {one} {other}" for one, other in pairwise(between))
        for i in (at - 1, at + 1):
            if 0 <= i < len(doc):
                yield f"beside {i - at} {doc[i].lower_}"

    def _elsewhere(self, told: Told, candidate: Candidate, facts: dict[str, str]) -> Iterator[str]:
        """Yield the roles that the actor has in other events of the sentence."""
        roles: set[tuple[str, str]] = set()
        for other in self._by_sentence[told.hit.token.sent.start]:
            if other.hit is told.hit:
                continue
            at, trigger = candidate.token.i, other.hit.token.i
            near = "nearer" if abs(trigger - at) < abs(told.hit.token.i - at) else "farther"
            sides = (("s", other.who.source), ("t", other.who.target))
            roles |= {(role + near, other.hit.sense.entry.type) for role, who in sides if {*who} & {*candidate.actors}}
        for role, type_ in sorted(roles) or [("", "")]:
            yield f"elsewhere {role} {type_} {facts['type']}"
            yield f"elsewhere {role} {facts['found']} {facts['others']}"
            yield f"elsewhere {role} {facts['found']} {facts['type']}"


def _path(trigger: "Token", token: "Token") -> tuple[list[str], list[str], "Token"]:
    """Return the labels from a trigger up to the token that governs both, those from there down, and that token."""
    above = {each.i for each in (trigger, *trigger.ancestors)}
    down = []
    while token.i not in above:
        down.append(_label(token))
        token = token.head
    up = []
    while trigger.i != token.i:
        up.append(_label(trigger))
        trigger = trigger.head
    return up, down[::-1], token


def _label(token: "Token") -> str:
    return f"{token.dep_}:{token.lower_}" if token.dep_ in ("prep", "agent", "dative") else token.dep_


def _clause(token: "Token") -> "Token":
    """Return the verb that a token belongs to."""
    while not is_verb(token) and token.head.i != token.i:
        token = token.head
    return token


def _relation(trigger: "Token", token: "Token") -> str:
    if trigger.is_ancestor(token):
        return "below"
    return "above" if token.is_ancestor(trigger) else "beside"
