"""An article read: parsed, and its actors, dates and places found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kg.knowledge.tables import remembered
from kg.model import Article
from kg.reading import model
from kg.reading.actors import Parsed, find_actors
from kg.reading.dates import DateSpan, day_of_writing, find_dates
from kg.reading.document import Reading
from kg.reading.entities import entities
from kg.reading.gazetteer import Gazetteer, national_adjectives
from kg.reading.layout import blocks, readable
from kg.reading.lemmas import Lemmatizer
from kg.reading.places import places_at, settled
from kg.reading.tense import looks_forward

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH_CHARACTERS = 200_000  # some 700 MB while they are parsed


@dataclass(frozen=True, slots=True)
class Reader:
    """A loaded model with the tables compiled for it."""

    model: model.Model
    gazetteer: Gazetteer
    lemmas: Lemmatizer


@remembered
def reader() -> Reader:
    """Return the reader of this process, loaded once.

    Raises ModelError where the model is missing.
    """
    loaded = model.load()
    return Reader(loaded, Gazetteer(loaded.nlp), Lemmatizer(loaded.path))


def read(articles: Iterable[Article]) -> Iterator[Reading]:
    """Yield each article as read, in order; texts are parsed in batches."""
    for batch in _batches(articles):
        docs = model.parsed(readable(article.text) for article in batch)
        yield from map(_reading, batch, docs)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the articles in batches that the model can hold: by number, and by characters for long ones."""
    batch: list[Article] = []
    for article in articles:
        full = len(batch) == model.BATCH or sum(len(each.text) for each in batch) + len(article.text) > BATCH_CHARACTERS
        if batch and full:
            yield batch
            batch = []
        batch.append(article)
    if batch:
        yield batch


def _reading(article: Article, doc: "Doc") -> Reading:
    sentences, sentence_of = _sentences(doc)
    adjective_at = national_adjectives(doc)
    parsed = Parsed(
        article=article,
        doc=doc,
        lemmas=reader().lemmas,
        blocks=blocks(article.text),
        sentences=sentences,
        sentence_of=sentence_of,
        found=settled(doc, reader().gazetteer.find(doc), adjective_at),
        entities=entities(doc),
        adjective_at=adjective_at,
    )
    written = day_of_writing(article.text, date.fromisoformat(parsed.day) if parsed.day else None)
    dates = _dates(parsed, written)
    mentioned = find_actors(parsed, dates)
    return Reading(
        parsed=parsed,
        mentioned=mentioned,
        dates_at=dates,
        places_at=places_at(doc, parsed.found, parsed.entities, mentioned.person_tokens),
        written=written,
    )


def _sentences(doc: "Doc") -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
    """Return the characters of each sentence without white space around it, and the sentence of each token."""
    spans: list[tuple[int, int]] = []
    owner = [0] * len(doc)
    for sentence in doc.sents:
        text = sentence.text
        start = sentence.start_char + len(text) - len(text.lstrip())
        end = start + len(text.strip())
        if end > start:
            spans.append((start, end))
        for token in sentence:
            owner[token.i] = max(len(spans) - 1, 0)
    return tuple(spans), tuple(owner)


def _dates(parsed: Parsed, written: date | None) -> dict[int, DateSpan]:
    dates = {}
    for span in _date_spans(parsed, written):
        tokens = parsed.doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is not None:
            dates[tokens.root.i] = replace(span, ahead=looks_forward(tokens.root, parsed.lemmas))
    return dates


def _date_spans(parsed: Parsed, written: date | None) -> Iterator[DateSpan]:
    """Yield the date expressions, those of a post resolved against its own day."""
    text, posts = parsed.doc.text, [block for block in parsed.blocks if block.day]
    for span in find_dates(text, written):
        if not any(post.start <= span.start < post.end for post in posts):
            yield span
    for post in posts:
        yield from (span for span in find_dates(text, post.day) if post.start <= span.start < post.end)
