"""The words that questions are made of, as `words.toml`, the codebook and the tables have them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from kg.asking.plain.tokens import Token, words_of
from kg.knowledge import codebook_records
from kg.knowledge.codebook import codebook
from kg.knowledge.codebook_records import PREPOSITION_SLOTS, TriggerGroup, TypeFile
from kg.knowledge.tables import remembered, tables
from kg.knowledge.words import word_lists

Slots = tuple[str, ...]
"""Parameters in the order in which they are tried."""

PARAMETER_OF = {"source": "actor", "target": "other", "topic": "topic"}
ACTS = "acts"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """Which words ask a query, and which parameters hold what stands where beside them; see `words.toml`."""

    query: str
    example: str = ""
    type: str = ""
    typed: bool = False
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    subject: Slots = ("actor",)
    object: Slots = ("other",)
    possessor: Slots = ("actor",)
    slots: Mapping[str, Slots] = field(default_factory=dict)
    symmetric: bool = False
    kinds: bool = False
    weak: bool = False
    needs: str = ""
    third: bool = False
    follows: bool = False
    place: str = ""
    other: str = ""

    def slot(self, preposition: str) -> Slots:
        """Return the parameters that what stands behind a preposition may go to, none where it is not of the frame."""
        return self.slots.get(preposition, self.subject if preposition == "by" else ())


@dataclass(frozen=True, slots=True)
class Sense:
    """What words may be: their kind, what of it, and for words that ask a query its frame, as a verb or a noun."""

    kind: str
    value: str = ""
    frame: Frame | None = None
    noun: bool = False


def senses_at(tokens: Sequence[Token], at: int) -> tuple[int, tuple[Sense, ...]]:
    """Return how many words the longest phrase has that begins at a place, none where none does, and all its senses."""
    longest = 0
    found: list[Sense] = []
    for form in tokens[at].forms:
        for phrase, sense in _phrases().get(form, ()):
            if len(phrase) >= max(longest, 1) and _stands(phrase, tokens, at, noun=sense.noun):
                found = found if len(phrase) == longest else []
                longest = len(phrase)
                found.append(sense)
    return longest, tuple(dict.fromkeys(found))


def is_word(folded: str) -> bool:
    """Return whether a word is one of the vocabulary, so that it is no name unless it is written as one."""
    return any(len(phrase) == 1 for phrase, _ in _phrases().get(folded, ()))


def words() -> Iterable[str]:
    """Return the words that begin a phrase."""
    return _phrases().keys()


@cache
def frames() -> tuple[Frame, ...]:
    """Return the frames of `words.toml`."""
    return msgspec.convert(_table()["frames"], tuple[Frame, ...])


def coded(token: Token) -> Frame | None:
    """Return a frame for a word of the codebook that is an event whatever stands beside it, of one meaning alone."""
    found = [frame for form in sorted(token.forms) for frame in _coded().get(form, ())]
    if not found or len({(frame.query, frame.type if frame.typed else "") for frame in found}) > 1:
        return None
    return found[0]


def frames_with(token_forms: Iterable[str], preposition: str) -> list[Frame]:
    """Return the frames of a verb that goes with a preposition: 'speak for'."""
    wanted = {f"{form} {preposition}" for form in token_forms}
    return [frame for frame in frames() if wanted & set(frame.verbs)]


def list_of(section: str, name: str) -> tuple[str, ...]:
    """Return one list of words."""
    return tuple(_table()[section][name])


def _stands(phrase: tuple[str, ...], tokens: Sequence[Token], at: int, *, noun: bool) -> bool:
    """Whether the words of a phrase stand at a place, the last one as a noun where it is to be one."""
    side = tokens[at : at + len(phrase)]
    if len(side) < len(phrase) or (noun and phrase[-1] not in side[-1].noun_forms):
        return False
    return all(word in token.forms for word, token in zip(phrase, side, strict=True))


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("kg.asking.plain") / "words.toml").read_text("utf-8"))


@remembered
def _phrases() -> dict[str, list[tuple[tuple[str, ...], Sense]]]:
    found: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for text, sense in (*_plain_words(), *_frame_words()):
        phrase = words_of(text)
        found.setdefault(phrase[0], []).append((phrase, sense))
    return found


def _plain_words() -> Iterator[tuple[str, Sense]]:
    table = _table()
    for section in ("openers", "light", "carriers", "sources", "occasions"):
        yield from ((word, Sense(section)) for word in table[section]["words"])
    for section in ("question", "auxiliaries", "moods", "kinds", "corroborated", "prepositions"):
        for name, listed in table[section].items():
            yield from ((word, Sense(section, name)) for word in listed)
    for name, listed in word_lists("modality").sections["auxiliaries"].items():
        yield from ((word, Sense("moods", name)) for word in listed)
    yield from ((word, Sense("preposition", word)) for word in (*sorted(PREPOSITION_SLOTS), "between"))
    yield from (("and", Sense("and")), (",", Sense("and")), ("'s", Sense("possessive")), ("'", Sense("possessive")))
    yield from ((word, Sense("light", "determiner")) for word in table["light"]["determiners"])
    yield from ((title, Sense("office", title)) for title in table["light"]["titles"])
    yield from ((title, Sense("office", title)) for title in sorted({row.title for row in tables().offices}))


def _frame_words() -> Iterator[tuple[str, Sense]]:
    for frame in frames():
        yield from ((word, Sense("frame", frame=frame)) for word in frame.verbs)
        yield from ((word, Sense("frame", frame=frame, noun=True)) for word in frame.nouns)
        yield from ((word, Sense("also", frame.query)) for word in frame.also)


@remembered
def _coded() -> dict[str, list[Frame]]:
    found: dict[str, list[Frame]] = {}
    for kind in codebook().types:
        for group in kind.triggers:
            for part, word in codebook_records.words_of(group):
                if " " not in word and part != "adjective" and not (group.only_with or group.not_with):
                    found.setdefault(word, []).append(_frame_of(kind, group, word, noun=part == "noun"))
    return found


def _frame_of(kind: TypeFile, group: TriggerGroup, word: str, *, noun: bool) -> Frame:
    """Return a frame for a word of the codebook: its slots lead to the parameters of their roles."""
    asked = {key: query for key, query in _table()["codebook"].items() if group.cameo.startswith(key)}
    query = next(iter(asked.values()), _table()["codebook"].get(kind.type, ACTS))
    slots: dict[str, Slots] = {}
    roles = kind.frames[group.frame]
    for role, parameter in PARAMETER_OF.items():
        for slot in getattr(roles, role):
            slots[slot] = (*slots.get(slot, ()), parameter)
    return Frame(
        query=query,
        type=kind.type,
        typed=query == ACTS,
        verbs=() if noun else (word,),
        nouns=(word,) if noun else (),
        subject=slots.pop("subject", ()),
        object=slots.pop("object", ()),
        slots=slots,
        symmetric=roles.symmetric,
    )
