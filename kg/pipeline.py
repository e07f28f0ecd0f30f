"""The steps joined: articles in, records out, records into a store."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar

from kg.errors import KnowledgeError, LanguageError, SourceError
from kg.graph.checks import check, check_spans
from kg.knowledge.codebook import OwnExample, codebook, own_files
from kg.knowledge.tables import own_files as own_tables
from kg.model import Article, KeptAside, Record, Stamp, Unchanged, shortened
from kg.stamp import reader, stamp
from kg.stores.base import Store
from kg.stores.batches import made_from, now
from kg.stores.notes import about

Passed = TypeVar("Passed", bound=KeptAside | Unchanged)

_LOOKED_UP = 200  # articles that the store is asked about at a time


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
    return _extracted(items, _checked_stamp())


def extract_new(store: Store, items: Iterable[Article | KeptAside]) -> Iterator[Record | KeptAside | Unchanged]:
    """Return the record of each article that the store does not have as it would be read now; see `extract`.

    Nothing that reading needs is loaded where there is no such article.
    """
    pending = iter(_unread(store, items))
    for item in pending:
        if isinstance(item, Article):
            yield from _extracted(chain([item], pending), _checked_stamp())
        else:
            yield item


def outdated(store: Store) -> Iterator[Article]:
    """Yield the articles of a store that would be read otherwise now: kg, its model, tables or codebook are others."""
    read_with = reader()
    for record in store.records():
        if record.made_with is None or record.made_with.kg != read_with:
            yield record.article


def compared(store: Store, items: Iterable[Article | KeptAside]) -> Iterator[tuple[str, str] | KeptAside]:
    """Yield each article and what loading it would do, or what would be kept aside.

    An article is `new`, `changed`, `read anew` (it is the same, but kg would read it otherwise) or `unchanged`.
    """
    for item in _unread(store, items):
        checked = _checked(item) if isinstance(item, Article) else item
        if isinstance(checked, Unchanged):
            yield checked.article, "unchanged"
        elif isinstance(checked, KeptAside):
            yield checked
        else:
            yield checked.id, _difference(store, checked)


def _difference(store: Store, article: Article) -> str:
    stored = store.record(article.id)
    if stored is None:
        return "new"
    return "read anew" if stored.article == article else "changed"


def _unread(store: Store, items: Iterable[Article | KeptAside]) -> Iterator[Article | KeptAside | Unchanged]:
    """Yield the items, articles that need not be read as unchanged, unless they were otherwise earlier among them."""
    read_with = reader()
    otherwise: set[str] = set()
    pending = iter(items)
    while batch := list(islice(pending, _LOOKED_UP)):
        stored = store.made_from([item.id for item in batch if isinstance(item, Article)])
        for item in batch:
            if not isinstance(item, Article):
                yield item
            elif item.id not in otherwise and stored.get(item.id) == made_from(item, read_with):
                yield Unchanged(item.id)
            else:
                otherwise.add(item.id)
                yield item


def check_own_files() -> None:
    """Raise KnowledgeError where tables or codebook files of the user's own are broken, without them do nothing."""
    if own_files() or own_tables():
        _checked_stamp()


def _checked_stamp() -> Stamp:
    """Return what records are made with now, once the examples in the user's own codebook files are found to code."""
    made_with = stamp()
    for problem in example_problems(codebook().own_examples):
        raise KnowledgeError(problem)
    return made_with


def example_problems(examples: Sequence[OwnExample]) -> Iterator[str]:
    """Yield what is wrong with examples of the user's own codebook files: file, line, how they code, and the cure."""
    from kg.coding.examples import wrong_examples

    for wrong in wrong_examples([(each.type, each.example) for each in examples]) if examples else ():
        yield f"codebook file {examples[wrong.number].place}: {wrong.message}"


def load(
    store: Store,
    items: Iterable[Record | KeptAside | Unchanged],
    *,
    batch: int = 20,
    progress: Callable[[int], None] | None = None,
    seen: Collection[str] = (),
    again: str = "",
) -> Summary:
    """Store records in batches of one transaction each, and return what became of them.

    `seen` holds, once all items are taken, the names of the sources that were looked into: what former loads noted
    of them and of their parts is taken away unless it was kept aside again. `again` is noted with what is kept aside,
    as what repeats this load.
    """
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    aside: list[KeptAside] = []
    same: list[str] = []
    moment = now()
    pending = iter(items)
    while group := [_fit(item) for item in islice(pending, batch)]:
        records = [item for item in group if isinstance(item, Record)]
        left = [replace(item, again=again) for item in group if isinstance(item, KeptAside)]
        same += [item.article for item in group if isinstance(item, Unchanged)]
        for outcome in store.put(records, moment=moment) if records else ():
            counts[outcome] += 1
        if left:
            store.set_aside(left)
        aside += left
        if progress:
            progress(len(group))
    counts["unchanged"] += len(same)
    _forget(store, (*seen, *same), aside)
    return Summary(**counts, kept_aside=tuple(aside))


def _forget(store: Store, seen: Collection[str], aside: Sequence[KeptAside]) -> None:
    if not seen:
        return
    names = sorted({KeptAside(name, "").source for name in seen})
    store.forget_aside(names)
    again = set(about([item.source for item in aside], names))  # a source takes this run's notes on its parts along
    store.set_aside([item for item in aside if item.source in again])


def _extracted(items: Iterable[Article | Passed], made_with: Stamp) -> Iterator[Record | KeptAside | Passed]:
    from kg.coding.code import code
    from kg.reading.model import BATCH
    from kg.reading.read import read

    pending = iter(items)
    while batch := list(islice(pending, BATCH)):
        checked = [_checked(item) if isinstance(item, Article) else item for item in batch]
        yield from (item for item in checked if not isinstance(item, Article))
        articles = [item for item in checked if isinstance(item, Article)]
        yield from (code(reading, made_with) for reading in read(articles))


def _checked(article: Article) -> Article | KeptAside:
    from kg.reading.language import require_english

    try:
        require_english(article)
    except LanguageError as error:
        return KeptAside(shortened(article.id), str(error))
    return article


def _fit(item: Record | KeptAside | Unchanged) -> Record | KeptAside | Unchanged:
    """Return a record that can stand in a graph as it is, any other kept aside."""
    if not isinstance(item, Record):
        return item
    try:
        check(item)
        check_spans(item)
    except SourceError as error:
        return KeptAside(shortened(item.article.id), str(error))
    return item
