"""An article read: parsed, and its actors, dates and places found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kg.knowledge.tables import PlaceRow, remembered, tables
from kg.model import Article
from kg.reading import model
from kg.reading.actors import Parsed, find_actors
from kg.reading.dates import DateSpan, day_of_writing, find_dates
from kg.reading.document import PlaceMention, Reading
from kg.reading.entities import Entity, entities
from kg.reading.gazetteer import Found, Gazetteer, national_adjectives
from kg.reading.layout import blocks
from kg.reading.lemmas import Lemmatizer
from kg.reading.names import is_locative
from kg.reading.tense import looks_forward

if TYPE_CHECKING:
    from spacy.tokens import Doc

BATCH = 32
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
        pairs = [(article.text, article) for article in batch]
        for doc, article in reader().model.nlp.pipe(pairs, as_tuples=True, batch_size=BATCH):
            yield _reading(article, doc)


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Yield the articles in batches that the model can hold: by number, and by characters for long ones."""
    batch: list[Article] = []
    for article in articles:
        full = len(batch) == BATCH or sum(len(each.text) for each in batch) + len(article.text) > BATCH_CHARACTERS
        if batch and full:
            yield batch
            batch = []
        batch.append(article)
    if batch:
        yield batch


def _reading(article: Article, doc: "Doc") -> Reading:
    sentences, sentence_of = _sentences(doc)
    parsed = Parsed(
        article=article,
        doc=doc,
        lemmas=reader().lemmas,
        blocks=blocks(article.text),
        sentences=sentences,
        sentence_of=sentence_of,
        found=reader().gazetteer.find(doc),
        entities=entities(doc),
        adjective_at=national_adjectives(doc),
    )
    dates = _dates(parsed)
    return Reading(
        parsed=parsed,
        mentioned=find_actors(parsed, dates),
        dates_at=dates,
        places_at=_places(doc, parsed.found, parsed.entities),
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


def _dates(parsed: Parsed) -> dict[int, DateSpan]:
    published = date.fromisoformat(parsed.day) if parsed.day else None
    dates = {}
    for span in find_dates(parsed.article.text, day_of_writing(parsed.article.text, published)):
        tokens = parsed.doc.char_span(span.start, span.end, alignment_mode="expand")
        if tokens is not None:
            dates[tokens.root.i] = replace(span, ahead=looks_forward(tokens.root, parsed.lemmas))
    return dates


def _places(doc: "Doc", found: tuple[Found, ...], marked: Sequence[Entity]) -> dict[int, PlaceMention]:
    """Return the places by the head of their name: of the tables, states, and what the model takes for places."""
    places: dict[int, PlaceMention] = {}
    for entity in marked:
        if entity.label in ("GPE", "LOC", "FAC"):
            span = doc[entity.start : entity.end]
            if is_locative(span.root):
                places[span.root.i] = PlaceMention(span.start_char, span.end_char, span.text)
    for item in found:
        span = doc[item.start : item.end]
        row = item.places[0] if item.places else _state_as_place(item)
        if row is not None:
            places[span.root.i] = PlaceMention(span.start_char, span.end_char, row.name, row)
    return places


@remembered
def _countries() -> dict[str, PlaceRow]:
    return {row.country: row for row in tables().places if row.kind == "country" and row.country}


def _state_as_place(item: Found) -> PlaceRow | None:
    states = [row for row in item.actors if row.kind == "state" and item.text not in row.metonyms]
    return _countries().get(states[0].country or "") if states else None
