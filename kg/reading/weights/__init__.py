"""Trained weights that come with kg, and how they are put into the pipeline that they were trained for.

`python -m training names` makes `names.npz`; docs/training.md says from what.
"""

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

NAMES = "names.npz"
# SHA-256 of names.npz: the parameters of the entity recognizer, as half-precision floats.
NAMES_DIGEST = "646fe94ea2a0b454349bfff48638fca71895ff577232910f7e4df0bfc323b5db"


def fit(nlp: "Language") -> None:
    """Put the weights for names into the entity recognizer of the pinned pipeline, in place.

    Raises ModelError where they are damaged or were made for another recognizer.
    """
    import numpy

    file = files("kg.reading.weights") / NAMES
    if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != NAMES_DIGEST:
        raise ModelError(f"the weights in {NAMES} are not those that kg was made with; install kg again")
    with file.open("rb") as opened, numpy.load(opened) as arrays:
        put(nlp, {name: arrays[name].astype("float32") for name in arrays.files})


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


WORDS = "words.npz"
WIDTH = 48


@cache
def _words() -> "tuple[dict[int, int], Any]":
    """Return the row of each known word by its key, and the vectors, the last one for unknown words."""
    import numpy

    with (files("kg.reading.weights") / WORDS).open("rb") as opened, numpy.load(opened) as arrays:
        vectors = arrays["vectors"].astype("float32") * arrays["scale"]
        rows = {int(key): int(row) for key, row in zip(arrays["keys"], arrays["rows"], strict=True)}
    return rows, numpy.vstack([vectors, numpy.zeros((1, WIDTH), dtype="float32")])


@cache
def word_key(word: str) -> int:
    """Return the number that stands for a word in hashes: 64 bits, the same everywhere, never 0."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little") or 1


def word_vectors(keys: Any) -> Any:
    """Return the static vectors of words by their keys: shape (n, WIDTH), zeros for unknown ones."""
    rows, vectors = _words()
    unknown = len(vectors) - 1
    return vectors[[rows.get(key, unknown) for key in keys.tolist()]]


def _model(nlp: "Language") -> Any:
    recognizer: Any = nlp.get_pipe("ner")
    return recognizer.model
