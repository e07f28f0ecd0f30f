"""The parts of the measurement, each on one corpus: its figures for kg and the bare model, and kg's mistakes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from bench.extraction import BATCH, bare_pipeline
from bench.reading import chains, dates, names, sentences
from bench.reading.corpora import CrossnerText, GoldName, GumText, Half, crossner_dev, gum_dates, gum_news, half_of
from bench.reading.gum_names import gum_names
from bench.reading.metrics import Coreference, Leaf, coreference
from bench.reading.names import CORE, Pair, bare
from kg.evaluation import Tally
from kg.reading.document import Reading
from kg.reading.read import read

if TYPE_CHECKING:
    from spacy.tokens import Doc

Table = dict[str, dict[str, Leaf]]
Text = TypeVar("Text", GumText, CrossnerText)
Names = tuple[GoldName, ...]

_AROUND = 40  # characters of the text shown on both sides of a mistake


@dataclass(frozen=True, slots=True)
class Mistake:
    """What kg got wrong: what kind of mistake, in which document, and the words in brackets with those around."""

    kind: str
    document: str
    words: str


@dataclass(frozen=True, slots=True)
class Result:
    """The figures of a part, by row and column, and the mistakes of kg."""

    figures: Table
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, slots=True)
class GumRead:
    """A document of GUM as kg and as the bare model read it."""

    text: GumText
    reading: Reading
    model: "Doc"


@dataclass(frozen=True, slots=True)
class CrossnerRead:
    """A sentence of CrossNER as kg and as the bare model read it."""

    text: CrossnerText
    reading: Reading
    model: "Doc"


@dataclass(frozen=True, slots=True)
class _Named:
    """The names of a text: its gold ones, those of kg and those of the bare model."""

    id: str
    text: str
    gold: Names
    kg: Names
    base: Names


def names_gum(half: Half | None) -> Result:
    """Return PER, ORG and LOC on GUM news, where names may hold others; mistakes are told with joined names."""
    known, joined = (_named(_gum_names(_gum(half), joined=joined), "gum", CORE) for joined in (False, True))
    rows = {f"{row}_joined": joined.figures[f"{row}_normalised"] for row in ("kg", "base")}
    return Result({**known.figures, **rows}, joined.mistakes)


def names_crossner(half: Half | None) -> Result:
    """Return PER, ORG, LOC and EVENT on CrossNER politics. Its names hold no others: the longest predicted counts."""
    texts = [
        _Named(
            read.text.article.id,
            read.text.article.text,
            names.crossner_names(read.text),
            names.longest(names.names_of_kg(read.reading)),
            names.names_of_model(read.model),
        )
        for read in _crossner(half)
    ]
    return _named(texts, "crossner", (*CORE, "EVENT"))


def sentences_gum(half: Half | None) -> Result:
    """Return how many sentences of GUM news begin where they should, and how many are whole."""
    reads = _gum(half)
    gold = [sentences.gold_sentences(read.text) for read in reads]
    ours = [frozenset(read.reading.parsed.sentences) for read in reads]
    theirs = [sentences.sentences_of_model(read.model) for read in reads]
    wrong = (
        _mistake(kind, read.text, span)
        for read, wanted, found in zip(reads, gold, ours, strict=True)
        for kind, spans in (("missed", wanted - found), ("spurious", found - wanted))
        for span in sorted(spans)
    )
    return Result({"kg": _sentences(gold, ours), "base": _sentences(gold, theirs)}, tuple(wrong))


def coreference_gum(half: Half | None) -> Result:
    """Return the CoNLL score on GUM news and its parts."""
    reads = _gum(half)
    linked = [chains.linked(read.text, read.reading) for read in reads]
    total = sum((coreference(found.gold, found.predicted) for found in linked), Coreference())
    wrong = (
        _mistake(kind, read.text, span)
        for read, found in zip(reads, linked, strict=True)
        for kind, span in chains.mistakes(read.text, found)
    )
    return Result({"kg": total.as_dict()}, tuple(wrong))


def dates_gum(half: Half | None) -> Result:
    """Return how many date expressions of GUM news are given the right days."""
    reads = _gum(half)
    gold = gum_dates([read.text for read in reads])
    found = [(read.text, dates.found_dates(gold.get(read.text.article.id, ()), read.reading)) for read in reads]
    rates = dates.rates(item for _, items in found for item in items)
    wrong = (
        _mistake(f"{item.kind} {item.group}", text, (item.gold.start, item.gold.end), note=_days(item))
        for text, items in found
        for item in items
        if item.kind != "right"
    )
    return Result({"kg": {name: rate.as_dict() for name, rate in rates.items()}}, tuple(wrong))


PARTS: dict[str, Callable[[Half | None], Result]] = {
    part.__name__: part for part in (names_gum, names_crossner, sentences_gum, coreference_gum, dates_gum)
}


@cache
def _all_gum() -> tuple[GumRead, ...]:
    return tuple(GumRead(text, reading, model) for text, reading, model in _read(gum_news()))


@cache
def _all_crossner() -> tuple[CrossnerRead, ...]:
    return tuple(CrossnerRead(text, reading, model) for text, reading, model in _read(crossner_dev()))


def _gum(half: Half | None) -> tuple[GumRead, ...]:
    return tuple(read for read in _all_gum() if half in (None, half_of(read.text.article.id)))


def _crossner(half: Half | None) -> tuple[CrossnerRead, ...]:
    return tuple(read for read in _all_crossner() if half in (None, half_of(read.text.article.id)))


def _read(texts: Sequence[Text]) -> Iterator[tuple[Text, Reading, "Doc"]]:
    """Yield each text with kg's reading of it, and the bare model's."""
    articles = [text.article for text in texts]
    parsed = bare_pipeline().pipe((article.text for article in articles), batch_size=BATCH)
    yield from zip(texts, read(articles), parsed, strict=True)


def _gum_names(reads: Iterable[GumRead], *, joined: bool) -> list[_Named]:
    return [
        _Named(
            read.text.article.id,
            read.text.article.text,
            gum_names(read.text, joined=joined),
            _of_core(names.names_of_kg(read.reading)),
            _of_core(names.names_of_model(read.model)),
        )
        for read in reads
    ]


def _of_core(found: Names) -> Names:
    return tuple(name for name in found if name.label != "EVENT")


def _named(texts: Sequence[_Named], corpus: str, of: Sequence[str]) -> Result:
    rows = {"kg": [text.kg for text in texts], "base": [text.base for text in texts]}
    figures = {}
    for row, predicted in rows.items():
        pairs = [names.compared(text.gold, found, corpus) for text, found in zip(texts, predicted, strict=True)]
        figures[row] = _columns(pairs, of)
        figures[f"{row}_normalised"] = _columns(_normalised(texts, predicted, corpus), of)
    pairs = _normalised(texts, rows["kg"], corpus)
    wrong = (
        Mistake(pair.kind, _short(text.id), _shown(text.text, _extent(pair)))
        for text, found in zip(texts, pairs, strict=True)
        for pair in found
        if pair.kind != "right"
    )
    return Result(figures, tuple(wrong))


def _normalised(texts: Sequence[_Named], predicted: Sequence[Names], corpus: str) -> list[tuple[Pair, ...]]:
    """Return the names of both sides compared without titles, determiners and genitives."""
    return [
        names.compared([bare(text.text, name) for name in text.gold], [bare(text.text, name) for name in found], corpus)
        for text, found in zip(texts, predicted, strict=True)
    ]


def _columns(pairs: Iterable[tuple[Pair, ...]], of: Sequence[str]) -> dict[str, Leaf]:
    """Return each label, the mean F1 of PER, ORG and LOC, and those three counted as one ('core')."""
    tallies = names.tallies([pair for found in pairs for pair in found], of=of)
    columns: dict[str, Leaf] = {label: tally.as_dict() for label, tally in tallies.items()}
    mean = sum(columns[label]["f1"] or 0.0 for label in CORE) / len(CORE)
    core = sum((tallies[label] for label in CORE), Tally())
    return {**columns, "mean": {"f1": round(mean, 4)}, "core": core.as_dict()}


def _extent(pair: Pair) -> tuple[int, int]:
    both = [name for name in (pair.gold, pair.predicted) if name]
    return min(name.start for name in both), max(name.end for name in both)


def _sentences(
    gold: Sequence[frozenset[sentences.Span]], found: Sequence[frozenset[sentences.Span]]
) -> dict[str, Leaf]:
    pairs = list(zip(gold, found, strict=True))
    starts = sum((sentences.same_starts(*pair) for pair in pairs), Tally())
    whole = sum((sentences.same_sentences(*pair) for pair in pairs), Tally())
    return {"starts": starts.as_dict(), "whole": whole.as_dict()}


def _days(item: dates.DateFound) -> str:
    given = f", not {'/'.join(map(str, item.days))}" if item.days else ""
    return f" {'/'.join(map(str, item.gold.days))}{given}"


def _mistake(kind: str, text: GumText, span: tuple[int, int], *, note: str = "") -> Mistake:
    return Mistake(kind, _short(text.article.id), _shown(text.article.text, span) + note)


def _short(document: str) -> str:
    return document.removeprefix("GUM_news_")[:20]


def _shown(text: str, span: tuple[int, int]) -> str:
    start, end = span
    before, after = text[max(start - _AROUND, 0) : start], text[end : end + _AROUND]
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
