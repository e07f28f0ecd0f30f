"""Watching: rounds over feeds and folders, each bringing what is new or changed and remembering what was brought."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.errors import KgError
from kg.fetching.feed_steps import Feeds
from kg.fetching.fetch import Fetcher
from kg.fetching.folders import SETTLE_SECONDS, Folders
from kg.fetching.memory import Memory
from kg.fetching.steps import Place, Step, nothing
from kg.fetching.stop import Stop, StoppedError

EVERY_FEED = 900.0
"""Seconds between two looks at a feed, unless told otherwise."""

EVERY_FOLDER = 60.0
"""Seconds between two looks at a folder, unless told otherwise."""

BATCH = 20
"""How many things are loaded and remembered at a time."""

_FOLDERS = ""  # the folders together, among the addresses of feeds


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


class Watch:
    """What is watched, what is known of it, and when it is due. `save` keeps the memory whenever a batch is stored."""

    def __init__(
        self, targets: Targets, memory: Memory, save: Callable[[Memory], None], fetcher: Fetcher, stop: Stop
    ) -> None:
        self._targets = targets
        self._memory = memory
        self._save = save
        self._stop = stop
        self._feeds = Feeds(memory.feeds, fetcher, stop)
        self._folders = Folders(targets.paths, memory.files, stop)
        self._due: dict[str, float] = {}

    def round(self, load: Load, *, every: float | None = None, once: bool = False) -> Figures:
        """Look at everything that is due, load what is new or changed, and return what became of it.

        `every` is in seconds; with `once` a file that is being written is waited for a moment. Where the stop is asked
        for, the round ends early, after the batch that is being loaded. Raises what `load` and the saving raise; what
        was not stored then is found again in the next round.
        """
        figures = Figures()
        self._feeds.begin()
        steps = self._steps(every, once=once)
        try:
            while batch := list(islice(steps, BATCH)):
                figures += self._loaded(batch, load)
        except StoppedError:
            pass
        except KgError:
            self._due.clear()
            raise
        return figures

    def seconds_to_next(self) -> float | None:
        """Return how long nothing is due, None where nothing will ever be: every feed is gone."""
        waits = []
        for name in self._targets.feeds:
            feed = self._feeds.known(name)
            if not feed.gone:
                waits.append(max(self._seconds_to(name), feed.not_before - time.time()))
        if self._targets.paths:
            waits.append(self._seconds_to(_FOLDERS))
        return max(min(waits), 0.0) if waits else None

    def _loaded(self, batch: Sequence[Step], load: Load) -> Figures:
        places = [step.place for step in batch if step.place is not None]
        seen = {name for step in batch for name in step.seen}
        figures = load(places, seen) if places or seen else Figures()
        for step in batch:
            step.remember()
        if any(step.remember is not nothing for step in batch):
            self._save(self._memory)
        return figures + Figures(unchanged=sum(step.unchanged for step in batch))

    def _steps(self, every: float | None, *, once: bool) -> Iterator[Step]:
        if self._targets.paths and self._seconds_to(_FOLDERS) <= 0:
            yield from self._folders.steps(patient=once)
            pause = every or EVERY_FOLDER
            self._due_in(_FOLDERS, min(pause, SETTLE_SECONDS) if self._folders.unsettled else pause)
        for name in self._targets.feeds:
            self._stop.check()
            if self._is_due(name):
                self._due_in(name, every or EVERY_FEED)
                yield from self._feeds.steps(name, every or EVERY_FEED)

    def _is_due(self, name: str) -> bool:
        feed = self._feeds.known(name)
        return self._seconds_to(name) <= 0 and time.time() >= feed.not_before and not feed.gone

    def _seconds_to(self, name: str) -> float:
        return self._due.get(name, 0.0) - time.monotonic()

    def _due_in(self, name: str, seconds: float) -> None:
        self._due[name] = time.monotonic() + seconds
