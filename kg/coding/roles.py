"""Who takes part in an event, as learned from the corpus: it checks and completes what the frames find.

Multinomial logistic regression over hashed features (`kg.coding.beside`), one row for each actor in the sentence of a
trigger: is it the event's source, its target, or neither? What the frame found is among the features.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from kg.coding.beside import Beside, Candidate, Told
from kg.coding.grammar import PASSIVE_SUBJECTS, children, is_passive, is_verb, with_conjuncts
from kg.coding.participants import Participants, Speakers, meets, parties
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.reading import weights
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

NEITHER, SOURCE, TARGET = 0, 1, 2
"""The classes of the model."""

ADDED = 0.4  # an actor likelier than this takes a role of a verb in which the frame found nobody
ADDED_TO_NOUN = 0.85  # the same of nouns and adjectives, around which roles are looser
DROPPED = 0.05  # an actor less likely than this does not have the role in which the frame found it


def completed(told: Sequence[Told], reading: Reading, speakers: Speakers) -> Iterator[Participants | None]:
    """Yield who takes part in each event: those whom the frame and the model find; None where its needs are not met."""
    beside = Beside(told, reading, speakers)
    events = [(each, beside.candidates(each.hit)) for each in told]
    chances = iter(weights.linear(weights.ROLES).chances(beside.features(events)).tolist())
    for each, candidates in events:
        if candidates:
            own = list(islice(chances, len(candidates)))
            yield _agreed(each, candidates, [*map(_possible(each, reading), candidates, own)])
        else:
            yield each.who if meets(each.hit.sense.frame, each.who) else None


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
