"""The steps joined: articles in, records out, records into a store."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg import __version__
from kg.errors import KnowledgeError, LanguageError, SourceError
from kg.graph.checks import check, check_spans
from kg.knowledge.codebook import OwnExample, codebook
from kg.model import Article, KeptAside, Record, Stamp, shortened
from kg.stores.base import Store
from kg.stores.notes import about


@dataclass(frozen=True, slots=True)
class Summary:
    """What a load did: how many articles were added, updated and left unchanged, and what was kept aside."""

    added: int
    updated: int
    unchanged: int
    kept_aside: tuple[KeptAside, ...]


def extract(items: Iterable[Article | KeptAside]) -> Iterator[Record | KeptAside]:
    """Return the record of each article; what cannot be read comes out kept aside, before the records of its batch.

    Raises ModelError where the spaCy model is missing, and KnowledgeError where a table or a codebook file of the
    user's own is broken or an example in it does not code, before the first article is asked for.
    """
    made_with = _stamp()
    for problem in example_problems(codebook().own_examples):
        raise KnowledgeError(problem)
    return _extracted(items, made_with)


def example_problems(examples: Sequence[OwnExample]) -> Iterator[str]:
    """Yield what is wrong with examples of the user's own codebook files: file, line, how they code, and the cure."""
    from kg.coding.examples import wrong_examples

    for wrong in wrong_examples([(each.type, each.example) for each in examples]) if examples else ():
        yield f"codebook file {examples[wrong.number].place}: {wrong.message}"


def load(
    store: Store,
    items: Iterable[Record | KeptAside],
    *,
    batch: int = 20,
    progress: Callable[[int], None] | None = None,
    seen: Collection[str] = (),
) -> Summary:
    """Store records in batches of one transaction each, and return what became of them.

    `seen` holds, once all items are taken, the names of the sources that were looked into: what former loads noted
    of them and of their parts is taken away unless it was kept aside again.
    """
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    aside: list[KeptAside] = []
    pending = iter(items)
    while group := [_fit(item) for item in islice(pending, batch)]:
        records = [item for item in group if isinstance(item, Record)]
        left = [item for item in group if isinstance(item, KeptAside)]
        for outcome in store.put(records):
            counts[outcome] += 1
        store.set_aside(left)
        aside += left
        if progress:
            progress(len(group))
    _forget(store, seen, aside)
    return Summary(**counts, kept_aside=tuple(aside))


def _forget(store: Store, seen: Collection[str], aside: Sequence[KeptAside]) -> None:
    if not seen:
        return
    names = sorted({KeptAside(name, "").source for name in seen})
    store.forget_aside(names)
    again = set(about([item.source for item in aside], names))  # a source takes this run's notes on its parts along
    store.set_aside([item for item in aside if item.source in again])


def _extracted(items: Iterable[Article | KeptAside], made_with: Stamp) -> Iterator[Record | KeptAside]:
    from kg.coding.code import code
    from kg.reading.model import BATCH
    from kg.reading.read import read

    pending = iter(items)
    while batch := list(islice(pending, BATCH)):
        checked = [_checked(item) for item in batch]
        yield from (item for item in checked if isinstance(item, KeptAside))
        articles = [item for item in checked if isinstance(item, Article)]
        yield from (code(reading, made_with) for reading in read(articles))


def _checked(item: Article | KeptAside) -> Article | KeptAside:
    from kg.reading.language import require_english

    if isinstance(item, KeptAside):
        return item
    try:
        require_english(item)
    except LanguageError as error:
        return KeptAside(shortened(item.id), str(error))
    return item


def _fit(item: Record | KeptAside) -> Record | KeptAside:
    """Return a record that can stand in a graph as it is, any other kept aside."""
    if isinstance(item, KeptAside):
        return item
    try:
        check(item)
        check_spans(item)
    except SourceError as error:
        return KeptAside(shortened(item.article.id), str(error))
    return item


def _stamp() -> Stamp:
    """Return what records are made with now."""
    from kg.knowledge.tables import tables
    from kg.reading.model import load as load_model

    return Stamp(__version__, load_model().name, codebook().digest, tables().digest)
