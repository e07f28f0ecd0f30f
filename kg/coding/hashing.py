"""Hashed features of many rows at once: numbers that are mixed, column by column, and fall into buckets.

A bucket is a row of a table of weights; Weinberger et al. 2009, 'Feature hashing for large scale multitask learning'.
"""

import zlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


def salts(columns: Sequence[int]) -> "Array":
    """Return a number for each column, by which it is told from the others."""
    import numpy as np

    return np.array([(column + 1) * 0x165667B19E3779F9 % 2**64 for column in columns], dtype=np.uint64)


def mixed(salt: "Array | int", values: "Array", others: "Array") -> "Array":
    """Return a number for each pair of numbers, all of 64 bits and of one shape, the same everywhere."""
    import numpy as np

    result = values * np.uint64(0x9E3779B97F4A7C15) ^ others * np.uint64(0xC2B2AE3D27D4EB4F) ^ np.uint64(salt)
    result ^= result >> np.uint64(32)
    result *= np.uint64(0xD6E8FEB86659FD93)
    result ^= result >> np.uint64(29)
    return result


def bucketed(numbers: "Array", buckets: int, told: "Array | bool" = True) -> "Array":
    """Return the bucket of each number, from 1 to `buckets` - 1, and 0 where nothing is told."""
    import numpy as np

    return np.where(told, numbers % np.uint64(buckets - 1) + np.uint64(1), 0).astype(np.int32)


def hashed(features: Iterable[str], buckets: int) -> list[int]:
    """Return the buckets of texts, each once and in order: numbers from 1 to `buckets` - 1."""
    return sorted({1 + zlib.crc32(each.encode()) % (buckets - 1) for each in features})
