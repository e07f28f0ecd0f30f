"""The static vectors of words: those of a spaCy pipeline, made small.

`KG_VECTORS=FOLDER python -m training words --out FILE` takes the vectors of the pipeline in FOLDER, en_core_web_md 3.8,
for the lemmas that en_core_web_sm knows, brings them to 48 dimensions by singular value decomposition, and divides the
words into 64, 256 and 1000 kinds (k-means over directions).
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import KgError
from kg.reading import model
from kg.reading.weights import word_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

WIDTH = 48
KINDS = (64, 256, 1000)
_CLIPPED = 99.9  # percentile of the values from which on they are cut


def train(out: Path | None) -> Iterator[str]:
    """Yield, line by line, what was made from what; write the vectors, if asked.

    Raises KgError where KG_VECTORS names no pipeline with vectors.
    """
    import numpy as np

    words, rows, vectors = _vectors(os.environ.get("KG_VECTORS"))
    yield f"{len(words)} words with {len(vectors)} vectors"
    small = _small(vectors)
    kinds = _kinds(small)
    if out:
        scale = np.float32(np.percentile(np.abs(small), _CLIPPED) / 127)
        keys = np.array([word_key(word) for word in words], dtype=np.uint64)
        order = np.argsort(keys)
        with out.open("wb") as file:
            np.savez_compressed(
                file,
                vectors=np.clip(np.round(small / scale), -127, 127).astype(np.int8),
                scale=scale,
                kinds=kinds.astype(np.uint16),
                keys=keys[order],
                rows=rows[order].astype(np.uint16),
            )


def _vectors(folder: str | None) -> "tuple[list[str], Array, Array]":
    """Return the words that both pipelines know, the row of each, and the rows."""
    import numpy as np
    import spacy
    from spacy.lookups import Lookups

    if not folder or not (Path(folder) / "vocab").is_dir():
        raise KgError("KG_VECTORS names no folder of a spaCy pipeline with vectors, such as en_core_web_md 3.8.0")
    vocab = spacy.blank("en").vocab.from_disk(Path(folder) / "vocab")
    index = Lookups().from_disk(model.load().path / "lemmatizer" / "lookups").get_table("lemma_index")
    lemmas = sorted({word for words in index.values() for word in words if word.replace("-", "").isalpha()})
    known = [word for word in lemmas if int(vocab.vectors.find(key=vocab.strings[word])) >= 0]
    found = np.array([int(vocab.vectors.find(key=vocab.strings[word])) for word in known])
    used, rows = np.unique(found, return_inverse=True)
    return known, rows, vocab.vectors.data[used]


def _small(vectors: "Array") -> "Array":
    """Return vectors of WIDTH dimensions, of mean 0 and deviation 1 over all."""
    import numpy as np

    directions = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-8)
    left, weights, _ = np.linalg.svd(directions - directions.mean(axis=0), full_matrices=False)
    small: Array = left[:, :WIDTH] * weights[:WIDTH] / (left[:, :WIDTH] * weights[:WIDTH]).std()
    return small


def _kinds(small: "Array") -> "Array":
    """Return the number of each word's kind for every number of kinds: shape (words, 3)."""
    import numpy as np
    from sklearn.cluster import KMeans

    directions = small / (np.linalg.norm(small, axis=1, keepdims=True) + 1e-8)
    return np.stack([KMeans(k, n_init=1, random_state=0).fit(directions).labels_ for k in KINDS], axis=1)
