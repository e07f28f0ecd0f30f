"""The annotated corpora that reading is measured on, as raw texts with their gold, read from the folder KG_SHARED.

`SOURCE.txt` beside each says where it is from: GUM (Zeldes 2017) and the politics part of CrossNER (Liu et al. 2021).
"""

import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Literal, TypeVar

from kg.errors import KgError
from kg.model import Article

Half = Literal["develop", "check"]
Days = tuple[date, date]
Item = TypeVar("Item")

ROOT = Path(__file__).resolve().parents[2]
GUM = "data/gum/dep"
GUM_DATES = "data/gum/gum_dates.jsonl"
CROSSNER = "data/crossner_politics/dev.txt"

_EDGE = re.compile(r"\((?P<opened>[^()]+)(?P<whole>\))?|(?P<closed>[^()]+)\)")


class CorpusError(KgError):
    """A corpus that is not there or not in the form that it came in."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word: its characters, its tag of the Penn Treebank, and in Universal Dependencies its head and relation.

    `head` is the index of a token of the text, or -1 for the root of a sentence.
    """

    start: int
    end: int
    form: str
    tag: str
    head: int
    relation: str


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A noun phrase by tokens, the type of what it names or refers to, and its coreference chain."""

    start: int
    end: int
    type: str
    chain: str


@dataclass(frozen=True, slots=True)
class GumText:
    """A document of GUM: the raw text, paragraphs parted by a blank line, with its tokens, sentences and mentions.

    Sentences are spans of tokens.
    """

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class GoldName:
    """A proper name by characters, and its label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class CrossnerText:
    """A sentence of CrossNER, its words joined by blanks, with its names and their types."""

    article: Article
    names: tuple[GoldName, ...]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A date expression by characters, its words, and its first and last day."""

    start: int
    end: int
    text: str
    days: Days


def half_of(document: str) -> Half:
    """Return the half that a document is in: by its id alone, so that new ones move none of the old."""
    return "check" if hashlib.sha256(document.encode()).digest()[0] % 2 else "develop"


def by_half(items: Sequence[Item], document: Callable[[Item], str]) -> dict[str, list[Item]]:
    """Return all items, and those of either half by the id of the document that each is of."""
    halves: tuple[Half, ...] = ("develop", "check")
    return {"all": [*items], **{half: [each for each in items if half_of(document(each)) == half] for half in halves}}


def gum_news() -> tuple[GumText, ...]:
    """Return the news of GUM in the order of their names.

    Raises CorpusError where there are none.
    """
    paths = sorted(shared(GUM).glob("GUM_news_*.conllu"))
    if not paths:
        raise CorpusError(f"no GUM_news_*.conllu in {GUM} below KG_SHARED; put the corpus there")
    return tuple(gum_text(path.read_text("utf-8")) for path in paths)


def crossner_dev() -> tuple[CrossnerText, ...]:
    """Return the sentences of CrossNER politics, development part; the id of each is its text.

    Raises CorpusError where the file is absent.
    """
    lines = shared(CROSSNER).read_text("utf-8").splitlines()
    sentences = (list(group) for full, group in groupby(lines, key=bool) if full)
    return tuple(crossner_text([line.split("\t") for line in sentence]) for sentence in sentences)


def gum_dates(texts: Sequence[GumText]) -> dict[str, tuple[GoldDate, ...]]:
    """Return the date expressions of each text that stand for known days, by document id.

    Those with bounds alone (durations and vague spans) are left out. Raises CorpusError where the file is absent.
    """
    lines = shared(GUM_DATES).read_text("utf-8").splitlines()
    found: dict[str, tuple[GoldDate, ...]] = defaultdict(tuple)
    by_id = {text.article.id: text for text in texts}
    for entry in map(json.loads, lines):
        text = by_id.get(entry["doc"])
        if text is not None:
            found[entry["doc"]] += tuple(_dates(text, entry["sent"], entry["dates"]))
    return dict(found)


def gum_text(conllu: str) -> GumText:
    """Return the one document that a CoNLL-U text of GUM holds."""
    builder = _Builder()
    for line in conllu.splitlines():
        builder.take(line)
    return builder.text()


def crossner_text(words: Sequence[Sequence[str]]) -> CrossnerText:
    """Return a sentence given as pairs of word and BIO tag."""
    text = " ".join(word for word, _ in words)
    names: list[GoldName] = []
    start = 0
    for word, tag in words:
        end = start + len(word)
        if tag.startswith("B-"):
            names.append(GoldName(start, end, tag[2:]))
        elif tag.startswith("I-"):
            names[-1] = GoldName(names[-1].start, end, names[-1].label)
        start = end + 1
    return CrossnerText(Article(id=text, text=text), tuple(names))


def days_of(value: str) -> Days:
    """Return the first and last day of an ISO 8601 year, month or day: '2014' is the whole year."""
    year, month, day = (*map(int, value.split("-")), 0, 0)[:3]
    if day:
        return date(year, month, day), date(year, month, day)
    first, following = (month or 1), date(year + (month in (0, 12)), month % 12 + 1 if month else 1, 1)
    return date(year, first, 1), following - timedelta(days=1)


def shared(below: str) -> Path:
    path = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared")) / below
    if not path.exists():
        raise CorpusError(f"no {below} in the folder that KG_SHARED names; put the corpus there or set KG_SHARED")
    return path


def _dates(text: GumText, sentence: int, dates: Sequence[dict[str, object]]) -> Iterator[GoldDate]:
    offset = text.sentences[sentence - 1][0]
    for found in dates:
        first, last = found.get("when") or found.get("from"), found.get("when") or found.get("to")
        if first and last:
            start = text.tokens[offset + int(str(found["start"]))].start
            end = text.tokens[offset + int(str(found["end"])) - 1].end
            days = days_of(str(first))[0], days_of(str(last))[1]
            yield GoldDate(start, end, text.article.text[start:end], days)


@dataclass(slots=True)
class _Builder:
    """A document while its lines are taken one by one."""

    id: str = ""
    day: str | None = None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    gap: str = ""
    tokens: list[Token] = field(default_factory=list)
    bounds: list[int] = field(default_factory=list)
    joined: tuple[int, str] = (0, "")  # the last number of a word of several tokens, and what follows that word
    open: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    mentions: list[GoldMention] = field(default_factory=list)

    def take(self, line: str) -> None:
        key, _, value = line.removeprefix("# ").partition(" = ")
        if line.startswith("#"):
            self._comment(key, value)
        elif line:
            self._row(line.split("\t"))

    def text(self) -> GumText:
        starts = (*self.bounds, len(self.tokens))
        article = Article(id=self.id, text="".join(self.pieces), published=self.day)
        return GumText(article, tuple(self.tokens), tuple(pairwise(starts)), tuple(self.mentions))

    def _comment(self, key: str, value: str) -> None:
        if key == "newdoc id":
            self.id = value
        elif key == "meta::dateCreated":
            self.day = value
        elif key == "newpar" and self.tokens:
            self.gap = "\n\n"
        elif key == "sent_id":
            self.bounds.append(len(self.tokens))

    def _row(self, cells: list[str]) -> None:
        number, form, tag, head, relation, notes = (cells[i] for i in (0, 1, 4, 6, 7, 9))
        after = "" if "SpaceAfter=No" in notes.split("|") else " "
        if "-" in number:
            self.joined = int(number.split("-")[1]), after
        elif "." not in number:
            self._token(form, tag, self.bounds[-1] + int(head) - 1 if head != "0" else -1, relation)
            last, after_word = self.joined
            self.gap = after if int(number) > last else after_word if int(number) == last else ""
            self.joined = self.joined if int(number) < last else (0, "")
            self._entities(next((note[7:] for note in notes.split("|") if note.startswith("Entity=")), ""))

    def _token(self, form: str, tag: str, head: int, relation: str) -> None:
        start = self.length + len(self.gap)
        self.pieces += self.gap, form
        self.length = start + len(form)
        self.tokens.append(Token(start, self.length, form, tag, head, relation))

    def _entities(self, note: str) -> None:
        """Take the edges of mentions, as '(7-person-giv:act-…' and '7)': opening, closing, or both for one token."""
        here = len(self.tokens)
        for edge in _EDGE.finditer(note):
            if edge["closed"]:
                start, kind = self.open[edge["closed"]].pop()
                self.mentions.append(GoldMention(start, here, kind, edge["closed"]))
                continue
            chain, kind = edge["opened"].split("-")[:2]
            if edge["whole"]:
                self.mentions.append(GoldMention(here - 1, here, kind, chain))
            else:
                self.open[chain].append((here - 1, kind))
