"""Near copies: texts that share most of their runs of words, names and numbers left out of account."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

WORDS = 4  # in a shingle
SHARED = 0.5  # of the shingles of the shorter text
ECHO_WORDS = 6  # in a run of words that another text has as well

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


def echoes(texts: Sequence[str], others: Iterable[str]) -> Iterator[int]:
    """Yield the number of each text of which other texts have half of the runs of six words."""
    runs_of = [_runs(text) for text in texts]
    wanted = {run for runs in runs_of for run in runs}
    heard = {run for other in others for run in _runs(other) if run in wanted}
    yield from (number for number, runs in enumerate(runs_of) if runs and len(runs & heard) >= SHARED * len(runs))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = [word.lower() for word in _WORD.findall(text)]
    return frozenset(tuple(words[at : at + ECHO_WORDS]) for at in range(len(words) - ECHO_WORDS + 1))


def texts_below(folder: Path) -> Iterator[str]:
    """Yield the lines of the texts of a folder of corpora: JSON Lines, and the sentences that CoNLL-U files tell."""
    for path in sorted(folder.rglob("*.jsonl")):
        yield from path.read_text("utf-8", errors="replace").splitlines()
    for path in sorted(folder.rglob("*.conllu")):
        lines = path.read_text("utf-8", errors="replace").splitlines()
        yield from (line.removeprefix("# text = ") for line in lines if line.startswith("# text = "))
