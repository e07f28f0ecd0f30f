"""The words of a question: their characters and every form that they may be of."""

import re
from dataclasses import dataclass
from functools import cache

from kg.asking.names import fold
from kg.reading import model
from kg.reading.lemmas import Lemmatizer

_WORD = re.compile(r"n't(?!\w)|'(?:s|ll|re|ve)?(?!\w)|(?:(?!n't(?!\w))[\w@])+(?:[-.&/]\w+)*|[^\w\s]")
_TAGS = ("VBZ", "VBD", "VBG", "NNS", "JJR")
_NOUN = ("NNS",)
_KEPT = (",", "'")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a comma: its characters, itself without capitals and accents, and this with its possible lemmas.

    `noun_forms` are those that it has as a noun.
    """

    start: int
    end: int
    text: str
    folded: str
    forms: frozenset[str]
    noun_forms: frozenset[str]


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a text whose apostrophes are plain, with commas but no other marks.

    Raises ModelError where the model is missing, whose tables give the lemmas.
    """
    return tuple(
        Token(match.start(), match.end(), match.group(), folded, _forms(folded, _TAGS), _forms(folded, _NOUN))
        for match in _WORD.finditer(text)
        for folded in (fold(match.group()),)
        if _is_word(folded)
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a name or a phrase, folded as those of tokens are."""
    return tuple(word for word in _WORD.findall(fold(text)) if _is_word(word))


def _is_word(folded: str) -> bool:
    return folded in _KEPT or len(folded) > 1 or folded.isalnum()


@cache
def _forms(folded: str, tags: tuple[str, ...]) -> frozenset[str]:
    return frozenset((folded, *(_lemmatizer().form(folded, tag) for tag in tags)))


@cache
def _lemmatizer() -> Lemmatizer:
    return Lemmatizer(model.folder())
