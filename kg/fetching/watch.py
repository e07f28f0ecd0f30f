"""Watching: rounds over feeds and folders, each bringing what is new or changed and remembering what was brought."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kg.errors import FetchError, KgError, SourceError
from kg.fetching import feeds
from kg.fetching.fetch import Answer, Fetcher, page_of
from kg.fetching.folders import SETTLE_SECONDS, Folders, Look, key_of
from kg.fetching.memory import EntryMemory, FeedMemory, Memory
from kg.fetching.pace import LONGEST_REST
from kg.fetching.stop import Stop, StoppedError
from kg.model import KeptAside, shortened
from kg.sources import File, Page

EVERY_FEED = 900.0
"""Seconds between two looks at a feed, unless told otherwise."""

EVERY_FOLDER = 60.0
"""Seconds between two looks at a folder, unless told otherwise."""

BATCH = 20
"""How many items are loaded and remembered at a time."""

MOST_TRIES = 5
"""How often the page of an entry is asked for when it cannot be had for now."""

ABSENT_ENTRIES = 2_000
"""How many entries that are no longer in their feed are remembered: some come back."""

_GONE = 410

Place = File | Page | KeptAside


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of the articles of a round; `unchanged` counts all files, entries and articles found as they were."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    kept_aside: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.added + other.added,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.kept_aside + other.kept_aside,
        )


Load = Callable[[Sequence[Place], Collection[str]], Figures]
"""Loads what was found and tells what became of it; the names given are of sources that were looked into besides."""


@dataclass(frozen=True, slots=True)
class Targets:
    """What is watched: addresses of feeds, in the form of `kg.addresses.plain`, and folders and files."""

    feeds: tuple[str, ...]
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing that was found: what to load, what was looked into, and what to do once that is stored."""

    place: Place | None
    remember: Callable[[], None]
    seen: tuple[str, ...] = ()


class Watch:
    """What is watched, what is known of it, and when it is due. `save` keeps the memory whenever a batch is stored."""

    def __init__(
        self, targets: Targets, memory: Memory, save: Callable[[Memory], None], fetcher: Fetcher, stop: Stop
    ) -> None:
        self._targets = targets
        self._memory = memory
        self._save = save
        self._fetcher = fetcher
        self._stop = stop
        self._folders = Folders(targets.paths)
        self._due: dict[str, float] = {}  # by address, the folders under an empty name
        self._refused: frozenset[str] = frozenset()
        self._pages: dict[str, EntryMemory] = {}  # of this round, by id: several feeds may have one article
        self._unchanged = 0

    def round(self, load: Load, *, every: float | None = None, once: bool = False) -> Figures:
        """Look at everything that is due, load what is new or changed, and return what became of it.

        `every` is in seconds; with `once` a file that is being written is waited for a moment. Where the stop is asked
        for, the round ends early, after the batch that is being loaded. Raises what `load` and the saving raise; what
        was not stored then is found again in the next round.
        """
        figures, self._unchanged = Figures(), 0
        self._pages.clear()
        steps = self._steps(every, once=once)
        try:
            while batch := list(islice(steps, BATCH)):
                figures += self._loaded(batch, load)
        except StoppedError:
            pass
        except KgError:
            self._due.clear()
            raise
        return figures + Figures(unchanged=self._unchanged)

    def seconds_to_next(self) -> float | None:
        """Return how long nothing is due, None where nothing will ever be: every feed is gone."""
        feeds = {name: self._memory.feeds.get(name, FeedMemory()) for name in self._targets.feeds}
        now = time.monotonic()
        waits = [max(self._due.get(name, 0.0) - now, feed.not_before - time.time())
                 for name, feed in feeds.items() if not feed.gone]  # fmt: skip
        if self._targets.paths:
            waits.append(self._due.get("", 0.0) - now)
        return max(min(waits), 0.0) if waits else None

    def _loaded(self, batch: Sequence[_Step], load: Load) -> Figures:
        places = [step.place for step in batch if step.place is not None]
        seen = {name for step in batch for name in step.seen}
        figures = load(places, seen) if places or seen else Figures()
        for step in batch:
            step.remember()
        self._save(self._memory)
        return figures

    def _steps(self, every: float | None, *, once: bool) -> Iterator[_Step]:
        if self._targets.paths and self._is_due(""):
            yield from self._files(every or EVERY_FOLDER, once=once)
        for name in self._targets.feeds:
            self._stop.check()
            if self._is_due(name):
                self._due[name] = time.monotonic() + (every or EVERY_FEED)
                yield from self._feed(name, every or EVERY_FEED)

    def _is_due(self, name: str) -> bool:
        feed = self._memory.feeds.get(name, FeedMemory())
        return time.monotonic() >= self._due.get(name, 0.0) and time.time() >= feed.not_before and not feed.gone

    # folders

    def _files(self, every: float, *, once: bool) -> Iterator[_Step]:
        look = self._folders.look(self._memory.files)
        if look.unsettled and once:
            self._stop.sleep(SETTLE_SECONDS + 0.1)
            look = self._folders.look(self._memory.files)
        self._due[""] = time.monotonic() + (min(every, SETTLE_SECONDS) if look.unsettled else every)
        self._unchanged += look.unchanged
        for file, now in look.ready:
            self._stop.check()
            path = key_of(file)
            yield _Step(file, lambda path=path, now=now: self._memory.files.__setitem__(path, now))  # type: ignore[misc]
        yield from self._refusals(look)
        if not look.refused and not self._memory.files.keys() <= look.there:
            yield _Step(None, lambda: self._forget_files(look))

    def _refusals(self, look: Look) -> Iterator[_Step]:
        former, self._refused = self._refused, frozenset(item.source for item in look.refused)
        yield from (_Step(item, _nothing) for item in look.refused)
        if mended := former - self._refused:
            yield _Step(None, _nothing, tuple(mended))

    def _forget_files(self, look: Look) -> None:
        for path in self._memory.files.keys() - look.there:
            del self._memory.files[path]

    # feeds

    def _feed(self, name: str, every: float) -> Iterator[_Step]:
        known = self._memory.feeds.get(name, FeedMemory())
        try:
            answer = self._fetcher.get(known.moved or name, known.validators)
            found = feeds.entries(answer) if answer.fresh else None
        except SourceError as error:
            yield self._failed(name, known, error, every)
            return
        recovered = (name,) if known.failures else ()
        if found is None:
            self._unchanged += known.present
            again = replace(known, fetched=time.time(), failures=0, not_before=0.0, moved=answer.moved or known.moved)
            yield _Step(None, lambda: self._keep(name, again), recovered)
            return
        if name not in self._memory.feeds:
            self._keep(name, known)
        for entry in found:
            self._stop.check()
            yield from self._entry(name, entry, known.entries.get(entry.key))
        yield _Step(None, lambda: self._finished(name, answer, [entry.key for entry in found]), recovered)

    def _failed(self, name: str, known: FeedMemory, error: SourceError, every: float) -> _Step:
        failures = known.failures + 1
        back_off = every * 2.0 ** min(failures - 2, 20) if failures > 1 else 0.0
        asked = (error.wait or 0.0) if isinstance(error, FetchError) else 0.0
        gone = isinstance(error, FetchError) and error.status == _GONE
        not_before = time.time() + max(asked, min(back_off, LONGEST_REST))
        later = replace(known, failures=failures, not_before=not_before, gone=gone)
        reason = (
            f"{error}" if not gone else "this feed is gone for good (status 410) and is not asked again; leave it out"
        )
        return _Step(KeptAside(name, reason), lambda: self._keep(name, later))

    def _entry(self, name: str, entry: feeds.Entry, known: EntryMemory | None) -> Iterator[_Step]:
        changed = known is None or known.digest != entry.digest
        if known is not None and not changed and not _is_owed(known):
            self._unchanged += 1
            return
        own = feeds.page_of(entry)
        if entry.address is None:
            aside = KeptAside(
                shortened(entry.id), f"an entry of {name} with neither an address nor its text; nothing to read"
            )
            yield _Step(own or aside, self._remembering(name, entry, EntryMemory(digest=entry.digest)))
            return
        if entry.id in self._pages:
            now = replace(self._pages[entry.id], digest=entry.digest)
            yield _Step(None, self._remembering(name, entry, now))
            return
        tries = known.failures if known is not None and not changed else 0
        try:
            page, now = self._page(entry, entry.address, known)
        except FetchError as error:
            yield self._without_page(name, entry, error, tries)
            return
        self._pages[entry.id] = now
        self._unchanged += page is None
        yield _Step(page, self._remembering(name, entry, now), (shortened(entry.id),) if page else ())

    def _page(self, entry: feeds.Entry, address: str, known: EntryMemory | None) -> tuple[Page | None, EntryMemory]:
        """Return the page of an entry, None where it is as it was, and what to remember of it."""
        answer = self._fetcher.get(address, known.validators if known else None)
        now = EntryMemory(digest=entry.digest, validators=answer.validators)
        if not answer.fresh:
            return None, now
        return replace(page_of(answer), published=entry.published, otherwise=feeds.page_of(entry)), now

    def _without_page(self, name: str, entry: feeds.Entry, error: FetchError, tries: int) -> _Step:
        """Return what the feed itself carries of an entry, else that it is kept aside."""
        unasked = error.wait is not None and error.status is None  # its host is left alone: that was no try
        failures = 0 if error.lasting else max(tries, 1) if unasked else tries + 1
        remember = self._remembering(name, entry, EntryMemory(digest=entry.digest, failures=failures))
        own = feeds.page_of(entry)
        if own is None and unasked:
            return _Step(None, remember)
        return _Step(own or KeptAside(shortened(entry.id), str(error)), remember)

    def _remembering(self, name: str, entry: feeds.Entry, now: EntryMemory) -> Callable[[], None]:
        def remember() -> None:
            entries = self._memory.feeds[name].entries
            entries.pop(entry.key, None)
            entries[entry.key] = now

        return remember

    def _finished(self, name: str, answer: Answer, present: Sequence[str]) -> None:
        """Remember a feed whose entries were all seen; while the page of one is owed, it is asked for in full again."""
        known, here = self._memory.feeds[name], set(present)
        absent = [key for key in known.entries if key not in here][-ABSENT_ENTRIES:]
        entries = {key: known.entries[key] for key in (*absent, *present)}
        owed = any(_is_owed(entries[key]) for key in present)
        now = FeedMemory(
            validators=FeedMemory().validators if owed else answer.validators,
            fetched=time.time(),
            moved=answer.moved or known.moved,
            present=len(present),
            entries=entries,
        )
        self._keep(name, now)

    def _keep(self, name: str, feed: FeedMemory) -> None:
        self._memory.feeds[name] = feed


def _is_owed(entry: EntryMemory) -> bool:
    return 0 < entry.failures < MOST_TRIES


def _nothing() -> None: ...
