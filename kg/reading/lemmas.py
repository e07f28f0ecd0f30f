"""Lemmas from spaCy's own tables, looked up only for the words that ask for one."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from spacy.tokens import Token

WordClass = Literal["verb", "noun", "adj"]

# Penn Treebank tags to the word classes of the tables; the first of each set are base forms already.
_CLASSES: dict[str, WordClass] = {
    "VB": "verb", "VBP": "verb", "VBD": "verb", "VBG": "verb", "VBN": "verb", "VBZ": "verb",
    "NN": "noun", "NNS": "noun", "NNP": "noun", "NNPS": "noun",
    "JJ": "adj", "JJR": "adj", "JJS": "adj",
}  # fmt: skip
_BASE_FORMS = frozenset({"VB", "NN", "NNP", "JJ"})


class Lemmatizer:
    """Lemmas by word form and tag, with the rules, exceptions and index of a model's lemmatizer."""

    def __init__(self, model: Path) -> None:
        from spacy.lookups import Lookups

        tables = Lookups().from_disk(model / "lemmatizer" / "lookups")
        self._rules = tables.get_table("lemma_rules")
        self._exceptions = tables.get_table("lemma_exc")
        index = tables.get_table("lemma_index")
        self._index = {name: frozenset(index[name]) for name in ("verb", "noun", "adj")}
        self._cached = lru_cache(maxsize=50_000)(self._look_up)

    def of(self, token: "Token") -> str:
        """Return the lemma of a token by its tag, lower-cased."""
        return self.form(token.lower_, token.tag_)

    def form(self, form: str, tag: str) -> str:
        """Return the lemma of a lower-cased form under a Penn Treebank tag."""
        return self._cached(form, tag)

    def _look_up(self, form: str, tag: str) -> str:
        word_class = _CLASSES.get(tag)
        if word_class is None:
            return form
        if form in self._exceptions[word_class]:
            return str(self._exceptions[word_class][form][0])
        if tag in _BASE_FORMS:
            return form
        return self._by_rule(form, word_class)

    def _by_rule(self, form: str, word_class: WordClass) -> str:
        stems = [form[: len(form) - len(old)] + new for old, new in self._rules[word_class] if form.endswith(old)]
        known = [stem for stem in stems if stem in self._index[word_class]]
        if known:
            return str(known[0])
        if form in self._index[word_class] or not stems:
            return form
        return str(stems[0])
