"""What the model of roles sees of an actor beside a trigger: the way between them, what the frame found, the words.

The actors of a sentence are looked at together. A feature is a bucket of a table of weights, found by hashing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.coding.grammar import first_named, is_passive, is_verb
from kg.coding.hashing import bucketed, mixed, salts
from kg.coding.participants import Participants, Speakers, actors_of
from kg.coding.triggers import Hit
from kg.knowledge.tables import capitals
from kg.reading import weights
from kg.reading.document import Reading

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Token

    Array = NDArray[Any]

BUCKETS = 1 << 18
_FARTHEST = 10  # tokens between a trigger and an actor whose words still count
_ELSEWHERE = 3  # roles of an actor in other events of the sentence that count
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

_FACTS = {name: at for at, name in enumerate(sorted({name for cross in _CROSSES for name in cross}))}
"""The place of each fact among them."""

_BETWEEN, _PAIR, _BEFORE, _AFTER, _ROLE, _ROLE_FOUND, _ROLE_TYPE = range(len(_CROSSES), len(_CROSSES) + 7)
"""The further features: words between and beside, roles elsewhere with the trigger's type or what the frame found."""


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


class Beside:
    """The triggers of a text with the actors in their sentences."""

    def __init__(self, told: Sequence[Told], reading: Reading, speakers: Speakers) -> None:
        import numpy as np

        self._reading = reading
        self._speakers = speakers
        self._kinds = {actor.id: actor.kind for actor in reading.mentioned.actors}
        self._countries = reading.mentioned.countries
        self._words = np.append(reading.doc.to_array("LOWER"), np.uint64(0))  # the last one stands for no token
        self._by_sentence: dict[int, list[Told]] = {}
        for each in told:
            self._by_sentence.setdefault(each.hit.token.sent.start, []).append(each)

    def candidates(self, hit: Hit) -> list[Candidate]:
        """Return the actors in the sentence of a trigger, outside of its own words."""
        own = {token.i for token in hit.tokens}
        tokens = (token for token in hit.token.sent if token.i not in own)
        found = (Candidate(token, tuple(self._actors_at(token))) for token in tokens)
        return [each for each in found if each.actors]

    def features(self, events: Sequence[tuple[Told, Sequence[Candidate]]]) -> "Array":
        """Return the features of the actors beside triggers, one after the other: buckets, 0 for none.

        The shape is (actors, features).
        """
        import numpy as np

        rows = [(told, candidate) for told, candidates in events for candidate in candidates]
        keys = np.array([*self._keys(events)], dtype=np.uint64).reshape(-1, len(_FACTS))
        parts = bucketed(_crossed(keys), BUCKETS), *self._near(rows, keys), *self._elsewhere(rows, keys)
        return np.concatenate(parts, axis=1)

    def _keys(self, events: Sequence[tuple[Told, Sequence[Candidate]]]) -> Iterator[list[int]]:
        """Yield the numbers of the facts of each actor."""
        for told, candidates in events:
            shared = self._of_trigger(told, candidates)
            for candidate in candidates:
                facts = shared | self._of_actor(told, candidate, candidates)
                yield [weights.word_key(facts[name]) for name in _FACTS]

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

    def _of_trigger(self, told: Told, candidates: Sequence[Candidate]) -> dict[str, str]:
        trigger, sense = told.hit.token, told.hit.sense
        return {
            "type": sense.entry.type,
            "frame": sense.group.frame,
            "lemma": self._reading.lemma(trigger),
            "part": sense.part,
            "passive": str(is_verb(trigger) and is_passive(trigger)),
            "label0": trigger.dep_,
            "others": "S" * bool(told.who.source) + "T" * bool(told.who.target),
            "count": str(min(len(candidates), 6)),
        }

    def _of_actor(self, told: Told, candidate: Candidate, candidates: Sequence[Candidate]) -> dict[str, str]:
        reading, token, trigger = self._reading, candidate.token, told.hit.token
        up, down, top = _path(trigger, token)
        low, high = sorted((token.i, trigger.i))
        between = sum(low < each.token.i < high for each in candidates)
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
            "found": "s" * bool({*source} & {*candidate.actors}) + "t" * bool({*target} & {*candidate.actors}),
            "kind": self._kind(candidate),
            "named": str(candidate.actors[0] in reading.mentioned.named),
            "country": self._shared_country(candidate, source) + self._shared_country(candidate, target),
            "order": "after" if token.i > trigger.i else "before",
            "rank": str(min(between, 3)),
            "distance": str(min(abs(token.i - trigger.i).bit_length(), 6)),
            "first": str(token.i == candidates[0].token.i),
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

    def _near(self, rows: "Sequence[tuple[Told, Candidate]]", keys: "Array") -> "Iterator[Array]":
        """Yield the words between actors and triggers, alone and in pairs, and those beside each actor."""
        import numpy as np

        nothing = len(self._words) - 1
        at = np.array([candidate.token.i for _, candidate in rows], dtype=np.int64).reshape(-1, 1)
        trigger = np.array([told.hit.token.i for told, _ in rows], dtype=np.int64).reshape(-1, 1)
        low, high = np.minimum(at, trigger), np.maximum(at, trigger)
        places = low + np.arange(1, _FARTHEST)
        order = keys[:, [_FACTS["order"]]]
        words = self._words[np.where((places < high) & (high - low < _FARTHEST), places, nothing)]
        following = words[:, 1:]
        yield bucketed(mixed(salts([_BETWEEN]), words, order), BUCKETS, words != 0)
        yield bucketed(mixed(salts([_PAIR]), mixed(0, words[:, :-1], following), order), BUCKETS, following != 0)
        beside = self._words[np.concatenate([np.where(at > 0, at - 1, nothing), at + 1], axis=1)]
        yield bucketed(mixed(salts([_BEFORE, _AFTER]), beside, np.zeros_like(beside)), BUCKETS, beside != 0)

    def _elsewhere(self, rows: "Sequence[tuple[Told, Candidate]]", keys: "Array") -> "Iterator[Array]":
        """Yield the roles that the actors have in other events of the sentence."""
        import numpy as np

        roles = np.zeros((len(rows), _ELSEWHERE), dtype=np.uint64)
        for row, (told, candidate) in enumerate(rows):
            for column, role in enumerate(islice(self._roles(told, candidate), _ELSEWHERE)):
                roles[row, column] = weights.word_key(role)
        found, others, type_ = (keys[:, [_FACTS[name]]] for name in ("found", "others", "type"))
        both = mixed(0, found, others)
        yield bucketed(mixed(salts([_ROLE]), roles, type_), BUCKETS, roles != 0)
        yield bucketed(mixed(salts([_ROLE_FOUND]), roles, both), BUCKETS, roles != 0)
        yield bucketed(mixed(salts([_ROLE_TYPE]), roles, mixed(0, both, type_)), BUCKETS, roles != 0)

    def _roles(self, told: Told, candidate: Candidate) -> list[str]:
        """Return in a fixed order the roles in other events, with their types and whether they are nearer."""
        at, roles = candidate.token.i, set()
        for other in self._by_sentence[told.hit.token.sent.start]:
            if other.hit is told.hit:
                continue
            near = "nearer" if abs(other.hit.token.i - at) < abs(told.hit.token.i - at) else "farther"
            type_, sides = other.hit.sense.entry.type, (("s", other.who.source), ("t", other.who.target))
            roles |= {f"{role} {near} {type_}" for role, who in sides if {*who} & {*candidate.actors}}
        return sorted(roles) or ["none"]


def _crossed(keys: "Array") -> "Array":
    """Return a number for each cross of the facts of each actor, shape (actors, crosses)."""
    import numpy as np

    parts = np.append(keys, np.zeros((len(keys), 1), dtype=np.uint64), axis=1)[:, _places()]
    numbers = mixed(_salts(), parts[..., 0], parts[..., 1])
    for further in range(2, parts.shape[-1]):
        numbers = mixed(0, numbers, parts[..., further])
    return numbers


@cache
def _places() -> "Array":
    """Return where the facts of each cross stand, shape (crosses, facts), after the last where it has fewer."""
    import numpy as np

    longest = max(map(len, _CROSSES))
    return np.array([[_FACTS[name] for name in cross] + [len(_FACTS)] * (longest - len(cross)) for cross in _CROSSES])


@cache
def _salts() -> "Array":
    return salts(range(len(_CROSSES)))


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
