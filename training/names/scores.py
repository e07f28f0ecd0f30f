"""How well a pipeline names persons, organisations, places and events in texts that it was not trained on."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bench.reading.corpora import GoldName, GumText, Half, crossner_dev, gum_news, half_of
from bench.reading.gum_names import gum_names
from bench.reading.names import CORE, Pair, bare, compared, crossner_names, labels, longest, tallies
from kg.evaluation import Tally
from kg.reading.entities import entities

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def scores(nlp: "Language") -> dict[str, dict[str, float]]:
    """Return the F1 in % by label on both halves of GUM's news and on CrossNER politics (dev), spans normalised."""
    news = gum_news()
    pairs: dict[Half, list[Pair]] = {"develop": [], "check": []}
    for text, doc in zip(news, nlp.pipe(text.article.text for text in news), strict=True):
        pairs[half_of(text.article.id)] += _on_gum(text, doc)
    politics = [pair for found in _on_crossner(nlp) for pair in found]
    return {
        "gum_develop": _f1(pairs["develop"], CORE),
        "gum_check": _f1(pairs["check"], CORE),
        "crossner": _f1(politics, (*CORE, "EVENT")),
    }


def _on_gum(text: GumText, doc: "Doc") -> tuple[Pair, ...]:
    gold = longest(_bare(text.article.text, gum_names(text, joined=True)))
    predicted = longest(_bare(text.article.text, (name for name in _names(doc) if name.label != "EVENT")))
    return compared(gold, predicted, "gum")


def _on_crossner(nlp: "Language") -> Iterator[tuple[Pair, ...]]:
    texts = crossner_dev()
    for text, doc in zip(texts, nlp.pipe(text.article.text for text in texts), strict=True):
        gold = longest(_bare(text.article.text, crossner_names(text)))
        yield compared(gold, longest(_bare(text.article.text, _names(doc))), "crossner")


def _names(doc: "Doc") -> Iterator[GoldName]:
    known = labels()["spacy"]
    for entity in entities(doc):
        if entity.label in known:
            span = doc[entity.start : entity.end]
            yield GoldName(span.start_char, span.end_char, known[entity.label])


def _bare(text: str, names: Iterable[GoldName]) -> Iterator[GoldName]:
    return (bare(text, name) for name in names)


def _f1(pairs: Iterable[Pair], of: tuple[str, ...]) -> dict[str, float]:
    found = tallies(pairs, of=of)
    core = sum((found[label] for label in CORE), Tally())
    return {label: _percent(tally) for label, tally in {**found, "core": core}.items()}


def _percent(tally: Tally) -> float:
    return round(200 * tally.right / max(tally.predicted + tally.wanted, 1), 1)
