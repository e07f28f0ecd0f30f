"""Names that are also auxiliaries: 'May', marked as names before the text is tagged and parsed."""

from typing import TYPE_CHECKING

from kg.knowledge.tables import aliases
from kg.knowledge.words import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_STAND_IN = "cameron"
"""A word that is a family name and nothing else: the model sees it in place of the name."""


def mark_name_words(doc: "Doc") -> "Doc":
    """Return a text with the words marked that are names here and auxiliaries or months elsewhere."""
    words = [token for token in doc if token.text in word_lists("words")["name_words", "words"]]
    bearers = {token.text for token in words if _is_named_in_full(token)}
    for token in words:
        is_bearers = token.text in bearers and not _is_month(token) and not _asks(token)
        if _is_named_in_full(token) or is_bearers or _acts(token):
            token.norm_ = _STAND_IN
    return doc


def is_name_word(token: "Token") -> bool:
    """Tell whether a word that could be an auxiliary or a month is none: 'Theresa May', but not 'in May'."""
    return token.text not in word_lists("words")["name_words", "words"] or token.norm_ == _STAND_IN


def _is_named_in_full(token: "Token") -> bool:
    """Whether a known given name or a title stands before a word: 'Theresa May', 'Mrs May'."""
    if token.i == 0:
        return False
    before = token.nbor(-1).text
    return f"{before} {token.text}" in aliases() or word_lists("words").owner("titles", before) is not None


def _is_month(token: "Token") -> bool:
    before = token.nbor(-1).lower_ if token.i else ""
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return before[:1].isdigit() or after[:1].isdigit() or before in word_lists("words")["name_words", "before_months"]


def _asks(token: "Token") -> bool:
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    lists = word_lists("words")
    return bool(token.is_sent_start) and lists.owner("pronouns", after) is not None


def _acts(token: "Token") -> bool:
    """Whether a form follows that no auxiliary can govern: 'May said'."""
    after = token.nbor().lower_ if token.i + 1 < len(token.doc) else ""
    return after in word_lists("words")["name_words", "verbs"] and not _is_month(token)
