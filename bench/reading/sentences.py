"""Sentences: gold, predicted, and how many of them begin alike, or are the same from the first to the last character.

One boundary too many or too few is one mistake among the beginnings, and up to three among whole sentences.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bench.reading.corpora import GumText
from kg.evaluation import Tally

if TYPE_CHECKING:
    from spacy.tokens import Doc

Span = tuple[int, int]


def gold_sentences(text: GumText) -> frozenset[Span]:
    """Return the sentences of a document by characters."""
    return frozenset((text.tokens[start].start, text.tokens[end - 1].end) for start, end in text.sentences)


def sentences_of_model(doc: "Doc") -> frozenset[Span]:
    """Return the sentences that a spaCy pipeline found, without white space around them; empty ones are left out."""
    spans = ((sentence.start_char, sentence.text) for sentence in doc.sents)
    return frozenset(
        (start + len(text) - len(text.lstrip()), start + len(text.rstrip())) for start, text in spans if text.strip()
    )


def same_sentences(gold: Iterable[Span], predicted: Iterable[Span]) -> Tally:
    """Return how many of the predicted sentences are gold ones."""
    wanted, found = set(gold), set(predicted)
    return Tally(len(wanted & found), len(found), len(wanted))


def same_starts(gold: Iterable[Span], predicted: Iterable[Span]) -> Tally:
    """Return how many of the predicted sentences begin where a gold one does."""
    wanted, found = {start for start, _ in gold}, {start for start, _ in predicted}
    return Tally(len(wanted & found), len(found), len(wanted))
