"""Annotated sentences of the corpora that the names are learned from, read from the folder KG_SHARED.

`SOURCE.txt` beside each says where it is from and under which licence: CrossNER politics (train), Wikigold, UNER
English EWT, the biographies, court opinions and interviews of GUM, and Re-DocRED.
"""

import hashlib
import json
import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.reading.corpora import GumText, gum_text
from bench.reading.gum_names import gum_names
from bench.reading.names import bare, longest
from kg.errors import KgError

ROOT = Path(__file__).resolve().parents[2]
_GENRES = ("bio", "court", "interview")
_PROPER = ("NNP", "NNPS")


@dataclass(frozen=True, slots=True)
class Name:
    """A name by words, `end` exclusive; `label` is PER, ORG, LOC, EVENT or OTHER."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its names; `unsure` are the words that may be names of other types than the corpus has."""

    corpus: str
    words: tuple[str, ...]
    names: tuple[Name, ...]
    unsure: frozenset[int] = frozenset()


@cache
def labels() -> dict[str, Any]:
    """Return the types of the corpora and the words that go with them, as `labels.toml` has them."""
    tables: dict[str, Any] = tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))
    return tables


def sentences() -> Iterator[Sentence]:
    """Yield the sentences of all corpora.

    Raises KgError where a corpus is absent.
    """
    for read, paths in corpora():
        for path in paths:
            yield from read(path)


def digest() -> str:
    """Return the SHA-256 over the files of all corpora, as 64 hex digits."""
    hashed = hashlib.sha256()
    for _, paths in corpora():
        for path in paths:
            hashed.update(path.read_bytes())
    return hashed.hexdigest()


def corpora() -> tuple[tuple[Callable[[Path], Iterator[Sentence]], tuple[Path, ...]], ...]:
    """Return for each corpus how it is read, and its files."""
    return (
        (_crossner, _files("crossner_politics/train.txt")),
        (_wikigold, _files("wikigold/wikigold.conll.txt")),
        (_uner, _files("uner_ewt/en_ewt-ud-dev.iob2")),
        (_gum, _files(*(f"gum/dep/GUM_{genre}_*.conllu" for genre in _GENRES))),
        (_redocred, _files("re_docred/dev_revised.json")),
    )


def tagged(corpus: str, rows: Sequence[tuple[str, str]]) -> Sentence:
    """Return a sentence given as pairs of word and tag: 'O', 'B-PER', 'I-PER'."""
    known = labels()[corpus]
    names: list[Name] = []
    before = "O"
    for at, (_, tag) in enumerate(rows):
        if tag.startswith("B-") or (tag != "O" and tag[2:] != before[2:]):
            names.append(Name(at, at + 1, tag[2:]))
        elif tag != "O":
            names[-1] = Name(names[-1].start, at + 1, tag[2:])
        before = tag
    return Sentence(
        corpus,
        tuple(word for word, _ in rows),
        tuple(Name(name.start, name.end, known[name.label]) for name in names if name.label in known),
    )


def _files(*patterns: str) -> tuple[Path, ...]:
    data = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared")) / "data"
    paths = tuple(path for pattern in patterns for path in sorted(data.glob(pattern)))
    if not paths:
        raise KgError(f"no {patterns[0]} in the folder data below KG_SHARED; put the corpus there or set KG_SHARED")
    return paths


def _blocks(path: Path) -> Iterator[list[str]]:
    lines = path.read_text("utf-8").split("\n")
    return (list(group) for full, group in groupby(lines, key=lambda line: bool(line.strip())) if full)


def _crossner(path: Path) -> Iterator[Sentence]:
    for block in _blocks(path):
        yield tagged("crossner", [_pair(line.split("\t")) for line in block])


def _wikigold(path: Path) -> Iterator[Sentence]:
    for block in _blocks(path):
        rows = [_pair(line.rsplit(" ", 1)) for line in block if "DOCSTART" not in line]
        if rows:
            yield tagged("wikigold", rows)


def _uner(path: Path) -> Iterator[Sentence]:
    for block in _blocks(path):
        yield tagged("uner", [_pair(line.split("\t")[1:3]) for line in block if not line.startswith("#")])


def _pair(cells: Sequence[str]) -> tuple[str, str]:
    return cells[0], cells[1]


def _gum(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a document; proper nouns outside of the names of persons, bodies and places are unsure."""
    text = gum_text(path.read_text("utf-8"))
    names = _gum_names(text)
    named = {at for name in names for at in range(name.start, name.end)}
    for first, last in text.sentences:
        tokens = text.tokens[first:last]
        within = (name for name in names if first <= name.start and name.end <= last)
        unsure = (at for at, token in enumerate(tokens) if token.tag in _PROPER and first + at not in named)
        yield Sentence(
            "gum",
            tuple(token.form for token in tokens),
            tuple(Name(name.start - first, name.end - first, name.label) for name in within),
            frozenset(unsure),
        )


def _gum_names(text: GumText) -> list[Name]:
    starts = {token.start: at for at, token in enumerate(text.tokens)}
    ends = {token.end: at + 1 for at, token in enumerate(text.tokens)}
    names = longest(bare(text.article.text, name) for name in gum_names(text, joined=True))
    return [
        Name(starts[name.start], ends[name.end], name.label)
        for name in names
        if name.start in starts and name.end in ends
    ]


def _redocred(path: Path) -> Iterator[Sentence]:
    for document in json.loads(path.read_text("utf-8")):
        mentions = [mention for entity in document["vertexSet"] for mention in entity]
        for number, words in enumerate(document["sents"]):
            here = {_redocred_name(mention) for mention in mentions if mention["sent_id"] == number}
            known = sorted(name for name in here if name[2] in labels()["redocred"])
            yield Sentence("redocred", tuple(word.strip() or "-" for word in words), tuple(_widest(known)))


def _redocred_name(mention: dict[str, Any]) -> tuple[int, int, str]:
    start, end = mention["pos"]
    return start, end, mention["type"]


def _widest(spans: Iterable[tuple[int, int, str]]) -> list[Name]:
    kept: list[Name] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        if not any(start < other.end and other.start < end for other in kept):
            kept.append(Name(start, end, labels()["redocred"][kind]))
    return sorted(kept, key=lambda name: name.start)
