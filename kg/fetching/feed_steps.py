"""Looks at feeds: their entries, the pages of those that are new or changed, and what to remember of both."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.errors import FetchError, SourceError
from kg.fetching import feeds
from kg.fetching.fetch import UNKNOWN, Answer, Fetcher, page_of
from kg.fetching.memory import EntryMemory, FeedMemory
from kg.fetching.pace import LONGEST_REST
from kg.fetching.steps import Step
from kg.fetching.stop import Stop
from kg.model import KeptAside, shortened

MOST_TRIES = 5
"""How often the page of an entry is asked for when it cannot be had for now."""

ABSENT_ENTRIES = 2_000
"""How many entries that are no longer in their feed are remembered: some come back."""

_GONE = 410


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an entry: its validators, and how often its page was asked for in vain since it changed."""

    entry: feeds.Entry
    memory: EntryMemory | None

    @property
    def is_done(self) -> bool:
        return self.memory is not None and self.memory.digest == self.entry.digest and not _is_owed(self.memory)

    @property
    def tries(self) -> int:
        return self.memory.failures if self.memory is not None and self.memory.digest == self.entry.digest else 0


class Feeds:
    """Looks at feeds, of which `memory` holds what is known by address; steps change it once they are stored."""

    def __init__(self, memory: dict[str, FeedMemory], fetcher: Fetcher, stop: Stop) -> None:
        self._memory = memory
        self._fetcher = fetcher
        self._stop = stop
        self._pages: dict[str, EntryMemory] = {}  # of this round, by id: several feeds may have one article

    def begin(self) -> None:
        """Begin a round: a page is fetched once in each, whatever the number of feeds that name it."""
        self._pages.clear()

    def known(self, name: str) -> FeedMemory:
        """Return what is known of a feed."""
        return self._memory.get(name, FeedMemory())

    def steps(self, name: str, every: float) -> Iterator[Step]:
        """Yield what a feed brings; `every` is the seconds to the next look, to back off by when it fails."""
        known = self.known(name)
        try:
            answer = self._fetcher.get(known.moved or name, known.validators)
            found = feeds.entries(answer) if answer.fresh else None
        except SourceError as error:
            yield self._failed(name, known, error, every)
            return
        recovered = (name,) if known.failures else ()
        if found is None:
            again = replace(known, fetched=time.time(), failures=0, not_before=0.0, moved=answer.moved or known.moved)
            yield Step(remember=lambda: self._keep(name, again), seen=recovered, unchanged=known.present)
            return
        self._memory.setdefault(name, known)
        entries = [_Known(entry, known.entries.get(entry.key)) for entry in found]
        for each in entries:
            self._stop.check()
            if not each.is_done:
                yield self._entry(name, each)
        present = [entry.key for entry in found]
        done = sum(each.is_done for each in entries)
        yield Step(remember=lambda: self._finished(name, answer, present), seen=recovered, unchanged=done)

    def _failed(self, name: str, known: FeedMemory, error: SourceError, every: float) -> Step:
        """Return that a feed cannot be had; the second time and later it is asked less and less often."""
        failures = known.failures + 1
        back_off = every * 2.0 ** min(failures - 2, 20) if failures > 1 else 0.0
        asked, gone, reason = 0.0, False, str(error)
        if isinstance(error, FetchError):
            asked, gone = error.wait or 0.0, error.status == _GONE
        if gone:
            reason = f"this feed is gone for good (status {_GONE}) and is not asked again; leave it out"
        not_before = time.time() + max(asked, min(back_off, LONGEST_REST))
        later = replace(known, failures=failures, not_before=not_before, gone=gone, moved=None)
        return Step(place=KeptAside(name, reason), remember=lambda: self._keep(name, later))

    def _entry(self, name: str, known: _Known) -> Step:
        """Return the page of an entry, else what the feed itself carries of it, else why there is nothing."""
        entry = known.entry
        if entry.address is None:
            reason = f"an entry of {name} with neither an address nor its text; nothing to read"
            place = feeds.page_of(entry) or KeptAside(shortened(entry.id), reason)
            return Step(place=place, remember=self._remembering(name, entry, EntryMemory(digest=entry.digest)))
        if entry.id in self._pages:
            now = replace(self._pages[entry.id], digest=entry.digest)
            return Step(remember=self._remembering(name, entry, now))
        try:
            return self._page(name, known, entry.address)
        except FetchError as error:
            return self._without_page(name, known, error)

    def _page(self, name: str, known: _Known, address: str) -> Step:
        """Return the page of an entry where it is not as it was.

        Raises FetchError where it cannot be had.
        """
        entry = known.entry
        answer = self._fetcher.get(address, known.memory.validators if known.memory else UNKNOWN)
        now = EntryMemory(digest=entry.digest, validators=answer.validators)
        remember = self._remembering(name, entry, now)
        if not answer.fresh:
            self._pages[entry.id] = now
            return Step(remember=remember, unchanged=1)
        page = replace(page_of(answer), published=entry.published, otherwise=feeds.page_of(entry))
        self._pages[entry.id] = now
        return Step(place=page, remember=remember, seen=(shortened(entry.id),))

    def _without_page(self, name: str, known: _Known, error: FetchError) -> Step:
        entry = known.entry
        unasked = error.wait is not None and error.status is None  # its host is left alone: that was no try
        failures = 0 if error.lasting else max(known.tries, 1) if unasked else known.tries + 1
        remember = self._remembering(name, entry, EntryMemory(digest=entry.digest, failures=failures))
        own = feeds.page_of(entry)
        if own is None and unasked:
            return Step(remember=remember)
        return Step(place=own or KeptAside(shortened(entry.id), str(error)), remember=remember)

    def _remembering(self, name: str, entry: feeds.Entry, now: EntryMemory) -> Callable[[], None]:
        def remember() -> None:
            entries = self._memory[name].entries
            entries.pop(entry.key, None)
            entries[entry.key] = now

        return remember

    def _finished(self, name: str, answer: Answer, present: Sequence[str]) -> None:
        """Remember a feed whose entries were all seen; while the page of one is owed, it is asked for in full again."""
        known, here = self._memory[name], set(present)
        absent = [key for key in known.entries if key not in here][-ABSENT_ENTRIES:]
        entries = {key: known.entries[key] for key in (*absent, *present)}
        owed = any(_is_owed(entries[key]) for key in present)
        now = FeedMemory(
            validators=UNKNOWN if owed else answer.validators,
            fetched=time.time(),
            moved=answer.moved or known.moved,
            present=len(present),
            entries=entries,
        )
        self._keep(name, now)

    def _keep(self, name: str, feed: FeedMemory) -> None:
        self._memory[name] = feed


def _is_owed(entry: EntryMemory) -> bool:
    return 0 < entry.failures < MOST_TRIES
