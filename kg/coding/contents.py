"""The CAMEO code of a request, promise, refusal or protest by what it is about.

CAMEO's branches 02, 03, 10, 12 and 14 (Schrodt, 2012) go through the same contents, digit for digit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kg.knowledge.codebook import TriggerGroup
from kg.knowledge.contents import Content, contents
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_GENERAL = frozenset({"020", "030", "100", "120", "130", "140", "141", "142", "143", "144", "145"})


@dataclass(frozen=True, slots=True)
class Refined:
    """A CAMEO code and a mode."""

    cameo: str
    mode: str | None


def refined(group: TriggerGroup, heads: Iterable["Token"], modes: Sequence[str], reading: Reading) -> Refined:
    """Return the code of a group of triggers, made more special by the topics under some heads where it is general."""
    fitting = [(content, code) for content in contents() if (code := _code_of(content, group.cameo))]
    if fitting:
        lemmas = [reading.lemma(token) for head in heads for token in head.subtree]
        for content, code in fitting:
            if _tells(content, lemmas):
                mode = content.mode if content.mode in modes else None
                return Refined(code, group.mode or mode)
    return Refined(group.cameo, group.mode)


@cache
def _code_of(content: Content, cameo: str) -> str | None:
    """Return the code that a category makes of a code: of a general one, or within its branch, '1241' of '124'."""
    code = content.codes.get(cameo) or content.codes.get(cameo[:2])
    return code if code and code != cameo and (cameo in _GENERAL or code.startswith(cameo)) else None


def _tells(content: Content, lemmas: Sequence[str]) -> bool:
    single, several = _words(content)
    if not single.isdisjoint(lemmas):
        return True
    text = f" {' '.join(lemmas)} "
    return any(f" {words} " in text for words in several)


@cache
def _words(content: Content) -> tuple[frozenset[str], tuple[str, ...]]:
    return (
        frozenset(word for word in content.words if " " not in word),
        tuple(word for word in content.words if " " in word),
    )
