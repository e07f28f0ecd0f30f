"""Whether a phrase looks forward: by the auxiliaries of its verb, or the verb that governs it."""

from typing import TYPE_CHECKING

from kg.knowledge.words import word_lists
from kg.reading.lemmas import Lemmatizer

if TYPE_CHECKING:
    from spacy.tokens import Token

_STEPS = 6  # up from a phrase to its verb
_IS = ("is", "are", "'s", "’s", "'re", "’re")


def looks_forward(token: "Token", lemmas: Lemmatizer) -> bool:
    """Tell whether the verb above a token is in the future: 'will meet', 'is to meet', 'plan to meet'."""
    verb = _verb(token)
    return verb is not None and (_is_future(verb) or _is_after_future(verb, lemmas))


def _verb(token: "Token") -> "Token | None":
    for _ in range(_STEPS):
        if token.tag_[:2] == "VB":
            return token
        token = token.head
    return None


def is_to_be(verb: "Token") -> bool:
    """Tell whether a 'be' says what is to come: 'is to be held', but not 'it is important to meet'."""
    infinitive = any(child.dep_ == "xcomp" and is_infinitive(child) for child in verb.children)
    judged = any(child.dep_ in ("acomp", "attr") for child in verb.children)
    return verb.lower_ in _IS and infinitive and not judged


def _is_future(verb: "Token") -> bool:
    planned = word_lists("modality")["auxiliaries", "planned"]
    return is_to_be(verb) or any(child.dep_ == "aux" and child.lower_ in planned for child in verb.children)


def is_infinitive(verb: "Token") -> bool:
    """Tell whether 'to' marks a verb."""
    return any(child.tag_ == "TO" for child in verb.children)


def _is_after_future(verb: "Token", lemmas: Lemmatizer) -> bool:
    """Whether an infinitive follows 'is', 'going' or a verb of planning, or goes with one that does."""
    above = verb.head
    if above.i == verb.i or above.tag_[:2] != "VB":
        return False
    if verb.dep_ == "conj":
        return _is_future(above) or _is_after_future(above, lemmas)
    if not is_infinitive(verb):
        return False
    return is_to_be(above) or above.lower_ == "going" or lemmas.of(above) in word_lists("modality")["verbs", "planned"]
