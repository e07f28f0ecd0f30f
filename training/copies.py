"""Near copies: texts that share most of their runs of words, names and numbers left out of account."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

WORDS = 4  # in a shingle
SHARED = 0.5  # of the shingles of the shorter text

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_NUMBER = re.compile(r"\d+")


def shingles(text: str, size: int = WORDS) -> frozenset[tuple[str, ...]]:
    """Return the runs of words of a text, in lower case; a name, a number and a run of them is one blank.

    The first word of the text counts as no name.
    """
    words: list[str] = []
    for at, word in enumerate(_WORD.findall(text)):
        blank = bool(_NUMBER.search(word)) or (at > 0 and word[:1].isupper())
        if not blank:
            words.append(word.lower())
        elif not words or words[-1] != "_":
            words.append("_")
    return frozenset(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))


def near_copies(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the number of each text that is a near copy, with that of an earlier one that it resembles most."""
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    sizes: list[int] = []
    for number, text in enumerate(texts):
        own = shingles(text)
        shared = Counter(other for shingle in own for other in holders[shingle])
        likeness = {other: count / min(len(own), sizes[other]) for other, count in shared.items()}
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] >= SHARED:
            yield number, best
        sizes.append(len(own))
        for shingle in own:
            holders[shingle].append(number)
