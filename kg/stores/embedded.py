"""The embedded store: a folder with records.db, the truth, and a kglite graph that is made from it.

Whenever the graph is asked it is compared with the digests of the records and brought up to date, so its file
may be missing, broken, of another version or behind: nothing is lost with it. Closing the store publishes it.
"""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from kg.errors import SourceError, StoreError
from kg.graph.delta import record_digest
from kg.graph.judged import Judged, Verdicts, judged, verdicts
from kg.graph.judgements import Judgement, decoded, in_force
from kg.graph.judgements import encode as encode_judgement
from kg.model import KeptAside, Label, Record, Rows, decode, encode
from kg.stores.base import SCHEMA_VERSION, Counts, Outcome, Version
from kg.stores.batches import entry, judged_articles, now, planned
from kg.stores.confined import confined as ask_confined
from kg.stores.kglite_graph import Graph, version
from kg.stores.records_db import RecordsDatabase, Row

_PROJECTION = 2
"""Raised when the same records give another graph than before: what was published is made anew then."""

_PAGE = 200  # articles brought into the graph at a time


class EmbeddedStore:
    """A store in a folder: one writer at a time, and any number of readers meanwhile."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._folder = folder
        self._database = RecordsDatabase(folder, read_only=read_only)
        self._lock = threading.RLock()
        self._graph: Graph | None = None
        self._version: tuple[int, int] | None = None  # of the records that the graph was last compared with
        self._published = True

    @property
    def address(self) -> str:
        """The folder."""
        return str(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        if exception[0] is None:
            self.close()
        else:
            self._database.close()

    def prepare(self) -> None:
        """Make the folder and record the schema version; a second call changes nothing.

        Raises SchemaError where it holds another schema or another program's data.
        """
        with self._lock:
            self._database.prepare()

    def put(self, records: Sequence[Record], *, moment: str | None = None) -> tuple[Outcome, ...]:
        """Store records in one transaction, each in place of its former one; return what became of each."""
        with self._lock:
            self._database.prepare()
            found = verdicts(in_force(self.judgements()))
            entries = [entry(record, found) for record in records]
            articles = {given.article for given in entries}
            plan = planned(entries, self._digests_of(articles))
            rows = [
                Row(given.article, given.digest, given.judged.digest, given.made_from, encode(given.record))
                for given in plan.write
            ]
            self._database.write(rows, articles, moment or now())
            if plan.write:
                self._written()
        return plan.outcomes

    def remove(self, articles: Sequence[str]) -> tuple[str, ...]:
        """Remove articles, all their versions and all that only they brought; return the ids that were there."""
        with self._lock:
            there = self._database.digests_of(articles)
            if there:
                self._database.remove(there)
                self._written()
        return tuple(sorted(there))

    def made_from(self, articles: Sequence[str]) -> Mapping[str, str]:
        """Return the digests of what the records of those of the articles that are stored were made from."""
        with self._lock:
            return self._database.made_from(articles)

    def versions(self, article: str) -> tuple[Version, ...]:
        """Return the versions of an article that were stored, the first one first."""
        with self._lock:
            return self._database.versions(article)

    def records_at(self, moment: str) -> Iterator[Record]:
        """Yield the records that were stored at a moment, by article id in code-point order."""
        for article, stored in self._database.records_at(moment):
            yield self._decoded(article, stored)

    def record_at(self, article: str, moment: str) -> Record | None:
        """Return the record of one article at a moment, or None where it was not stored then."""
        with self._lock:
            stored = self._database.record_at(article, moment)
        return None if stored is None else self._decoded(article, stored)

    def changed_since(self, moment: str) -> tuple[str, ...]:
        """Return the articles of which another version was stored after a moment."""
        with self._lock:
            return self._database.changed_since(moment)

    def last_change(self) -> str | None:
        """Return the moment at which a version was stored last, None where there was none."""
        with self._lock:
            return self._database.last_change()

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the judgements that were applied last."""
        with self._lock:
            return decoded(self._database.judgements())

    def judge(self, judgements: Sequence[Judgement]) -> int:
        """Apply judgements in place of the former ones; return how many articles are judged otherwise now."""
        after = in_force(judgements)
        with self._lock:
            self._database.prepare()
            before = in_force(self.judgements())
            affected = judged_articles(self._current().rows, before, after)
            digests = self._judged_digests(affected, verdicts(after))
            self._database.judge([encode_judgement(each) for each in judgements], digests)
            if digests:
                self._written()
        return len(digests)

    def records(self) -> Iterator[Record]:
        """Yield every record by article id in code-point order, as they were when the first was asked for."""
        for article, stored in self._database.records():
            yield self._decoded(article, stored)

    def record(self, article: str) -> Record | None:
        """Return the record of one article, or None where it is not stored."""
        with self._lock:
            stored = self._database.record(article)
        return None if stored is None else self._decoded(article, stored)

    def set_aside(self, items: Sequence[KeptAside]) -> None:
        """Note sources that were not loaded; a source noted before gets its new reason."""
        with self._lock:
            self._database.set_aside(items)

    def forget_aside(self, sources: Sequence[str]) -> None:
        """Take away the notes on these sources and on parts of them."""
        with self._lock:
            self._database.forget_aside(sources)

    def kept_aside(self) -> tuple[KeptAside, ...]:
        """Return what was set aside, by source."""
        with self._lock:
            return self._database.kept_aside()

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = None,
        timeout: float | None = None,
        confined: bool = False,
    ) -> Rows:
        """Run a Cypher text that reads, as the Protocol says."""
        if confined:
            return ask_confined(self._folder, cypher, parameters or {}, limit=limit, timeout=timeout)
        graph = self._current()
        return graph.query(cypher, parameters or {}, limit=limit, timeout=timeout)

    def counts(self) -> Counts:
        """Count what is stored."""
        graph = self._current()
        with self._lock:
            return Counts(
                articles=graph.count(Label.ARTICLE),
                sentences=graph.count(Label.SENTENCE),
                actors=graph.count(Label.ACTOR),
                events=graph.count(Label.EVENT),
                statements=graph.count(Label.STATEMENT),
                topics=graph.count(Label.TOPIC),
                places=graph.count(Label.PLACE),
                kept_aside=len(self._database.kept_aside()),
                schema=self._database.schema(),
            )

    def close(self) -> None:
        """Publish the graph for the next one to open the folder, and give the folder free.

        Raises StoreError where the store was written to and its graph cannot be published.
        """
        with self._lock:
            try:
                self.publish()
            finally:
                self._database.close()

    def publish(self) -> None:
        """Write the graph to its file where that is behind, as far as a reader may.

        Raises StoreError where the store was written to and the file cannot be written.
        """
        if self._database.locked and not self._published:
            self._current().save(self._file())
            for file in set(self._folder.glob("graph-*")) - {self._file()}:
                file.unlink()
        elif not self._published and self._graph is not None:
            with suppress(StoreError):  # a reader's folder may be unwritable, and the graph can be made again
                self._graph.save(self._file())
        self._published = True

    def _decoded(self, article: str, stored: bytes) -> Record:
        try:
            return decode(stored)
        except SourceError as error:
            raise StoreError(
                f"the record of article {article!r} in {self._folder} is damaged; load the article again, or restore "
                "a dump into an empty folder"
            ) from error

    def _digests_of(self, articles: Iterable[str]) -> dict[str, str]:
        """Return the digests of those of the articles that are stored; one whose record is damaged has an empty one."""
        found = self._database.digests_of(articles)
        return {article: digest if self._is_whole(article, digest) else "" for article, digest in found.items()}

    def _is_whole(self, article: str, digest: str) -> bool:
        stored = self._database.record(article)
        try:
            return stored is not None and record_digest(decode(stored)) == digest
        except SourceError:
            return False

    def _file(self) -> Path:
        return self._folder / f"graph-{version()}-{SCHEMA_VERSION}-{_PROJECTION}.kgl"

    def _written(self) -> None:
        self._version = None
        self._published = False

    def _current(self) -> Graph:
        """Return the graph of the records as they stand."""
        with self._lock:
            now = self._database.version()
            if self._graph is None or self._version != now:
                self._graph = self._compared(self._graph or Graph.load(self._file()))
                self._version = now
            return self._graph

    def _compared(self, graph: Graph | None) -> Graph:
        if graph is not None:
            try:
                return self._brought_up(graph)
            except StoreError:  # it does not fit the records, so it is made anew
                self._graph = None
        return self._brought_up(Graph.new())

    def _brought_up(self, graph: Graph) -> Graph:
        held, stored = graph.articles(), self._database.digests()
        gone = sorted(article for article, digest in held.items() if stored.get(article) != digest)
        come = sorted(article for article, digest in stored.items() if held.get(article) != digest)
        found = verdicts(in_force(self.judgements()))
        if gone:
            graph.change(gone, [], lambda articles: self._judged(articles, found))
        for start in range(0, len(come), _PAGE):
            arriving = self._judged(come[start : start + _PAGE], found)
            graph.change([], list(arriving.values()), lambda articles: self._judged(articles, found))
        self._published = self._published and not gone and not come
        return graph

    def _judged(self, articles: Iterable[str], found: Verdicts) -> dict[str, Judged]:
        records = ((article, self._database.record(article)) for article in articles)
        return {
            article: judged(self._decoded(article, stored), found) for article, stored in records if stored is not None
        }

    def _judged_digests(self, articles: Iterable[str], found: Verdicts) -> dict[str, str]:
        """Return the digests of articles as they are judged now, of those where that is new."""
        held = self._database.digests()
        return {
            article: each.digest
            for article, each in self._judged(articles, found).items()
            if held.get(article) != each.digest
        }
