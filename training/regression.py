"""Multinomial logistic regression over hashed features: how it is fitted, scored and saved."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

STRENGTH = 0.2  # inverse of the L2 penalty
STEPS = 300


def fitted(rows: Any, classes: "Array", counts: "Array | None" = None) -> "tuple[Array, Array]":
    """Return weights, shape (buckets, classes), and biases for rows, a sparse matrix, that count once or `counts`."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, max_iter=STEPS).fit(rows, classes, sample_weight=counts)
    return model.coef_.T, model.intercept_


def matrix(buckets: "list[list[int]]", width: int) -> Any:
    """Return the sparse matrix of rows of buckets, 0 left out."""
    import numpy as np
    from scipy.sparse import csr_matrix

    kept = [[bucket for bucket in row if bucket] for row in buckets]
    ends = np.cumsum([0, *map(len, kept)])
    columns = np.fromiter((bucket for row in kept for bucket in row), dtype=np.int64, count=int(ends[-1]))
    return csr_matrix((np.ones(len(columns), dtype="float32"), columns, ends), shape=(len(kept), width))


def is_held_out(text: str) -> bool:
    """Tell whether a text is in the fifth that scores are measured on."""
    return hashlib.sha256(text.encode()).digest()[0] % 5 == 0


def save(weights: "Array", bias: "Array", out: Path) -> None:
    """Write a model into a file."""
    import numpy as np

    with out.open("wb") as file:
        np.savez_compressed(file, weights=weights.astype("float16"), bias=bias.astype("float32"))
