"""Trained weights that come with kg, and how they are put into the pipeline that they were trained for.

`python -m training NAME` makes the file of a name again; docs/training.md says from what.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

NAMES = "names.npz"
WORDS = "words.npz"
SENSES = "senses.npz"
MODALITY = "modality.npz"
ROLES = "roles.npz"
# SHA-256 of each file: parameters of the entity recognizer, static vectors of words, and the linear models.
DIGESTS = {
    NAMES: "646fe94ea2a0b454349bfff48638fca71895ff577232910f7e4df0bfc323b5db",
    WORDS: "166a6a4026bfb13fdb7c27b000afc6f3d3b2d7c30fc72d6e662de6ea6a1693cd",
    SENSES: "eccaf71a27ccfdf1d3c35b3ae8202c553071bff47a8c9bae15b84616dac11749",
    ROLES: "9e484c2ed55a7c17b2be724c259262e730b8e1ef2b7449712ecfd3c157568eaa",
    MODALITY: "1f2febeaedee1090d8ed5f9889a3f219420c1a89b7a209b82d909fd0dd5d39f2",
}


def fit(nlp: "Language") -> None:
    """Put the weights for names into the entity recognizer of the pinned pipeline, in place.

    Raises ModelError where they are damaged or were made for another recognizer.
    """
    put(nlp, {name: array.astype("float32") for name, array in _arrays(NAMES).items()})


def _arrays(name: str) -> dict[str, Any]:
    """Return the arrays of a file of weights.

    Raises ModelError where the file is missing or damaged.
    """
    import numpy

    file = files("kg.reading.weights") / name
    content = file.read_bytes() if file.is_file() else b""
    if hashlib.sha256(content).hexdigest() != DIGESTS[name]:
        raise ModelError(f"the weights in {name} are not those that kg was made with; install kg again")
    with numpy.load(BytesIO(content)) as arrays:
        return {key: arrays[key] for key in arrays.files}


def put(nlp: "Language", weights: dict[str, Any]) -> None:
    """Set the parameters of the entity recognizer, named as `parameters` names them, in place.

    Raises ModelError where names or shapes are not those of the recognizer.
    """
    current = parameters(nlp)
    if {name: array.shape for name, array in current.items()} != {name: array.shape for name, array in weights.items()}:
        raise ModelError(f"the weights in {NAMES} were made for another model; use en_core_web_sm 3.8.0")
    for position, node in enumerate(_model(nlp).walk()):
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, weights[f"{position}.{name}"])


def parameters(nlp: "Language") -> dict[str, Any]:
    """Return the parameters of the entity recognizer: arrays by the place of their layer and their name in it."""
    return {
        f"{position}.{name}": node.get_param(name)
        for position, node in enumerate(_model(nlp).walk())
        for name in node.param_names
        if node.has_param(name)
    }


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over hashed features: weights of shape (buckets, classes), 0 for bucket 0, and a bias."""

    weights: Any
    bias: Any

    def chances(self, buckets: Any) -> Any:
        """Return the probability of each class by the softmax of its scores: (n, features) to (n, classes)."""
        return _softmax(self.weights[buckets].sum(axis=1) + self.bias)


def _softmax(scores: Any) -> Any:
    import numpy

    raised = numpy.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


@cache
def linear(name: str) -> Linear:
    """Return the linear model of a file: SENSES, MODALITY or ROLES.

    Raises ModelError where the file is damaged.
    """
    arrays = _arrays(name)
    table = arrays["weights"].astype("float32")
    table[0] = 0  # the bucket of what is absent
    return Linear(table, arrays["bias"].astype("float32"))


@dataclass(frozen=True, slots=True)
class _Words:
    """Static vectors: the row of each known word by its key, the vectors, and to which kinds of word a row belongs."""

    rows: dict[int, int]
    vectors: Any
    kinds: Any


@cache
def _words() -> _Words:
    import numpy

    arrays = _arrays(WORDS)
    vectors = arrays["vectors"].astype("float32") * arrays["scale"]
    kinds = arrays["kinds"].astype("uint64") + 1
    rows = dict(zip(arrays["keys"].tolist(), arrays["rows"].tolist(), strict=True))
    nothing = numpy.zeros((1, vectors.shape[1]), dtype="float32")
    return _Words(rows, numpy.vstack([vectors, nothing]), numpy.vstack([kinds, numpy.zeros((1, 3), dtype="uint64")]))


@cache
def word_key(word: str) -> int:
    """Return the number that stands for a word in hashes: 64 bits, the same everywhere, never 0."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little") or 1


def word_vectors(words: Iterable[str]) -> Any:
    """Return the static vectors of words: shape (n, 48), zeros for unknown ones."""
    return _words().vectors[_rows(word_key(word) for word in words)]


def word_kinds(keys: Any) -> Any:
    """Return to which of 64, 256 and 1000 kinds of word each belongs, by their keys: shape (n, 3), 0 for unknown."""
    return _words().kinds[_rows(keys.tolist())]


def _rows(keys: Iterable[int]) -> list[int]:
    unknown = len(_words().vectors) - 1
    return [_words().rows.get(key, unknown) for key in keys]


def _model(nlp: "Language") -> Any:
    recognizer: Any = nlp.get_pipe("ner")
    return recognizer.model
