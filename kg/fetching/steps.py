"""What a look at a feed or a folder brings, one thing at a time."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.model import KeptAside
from kg.sources import File, Page

Place = File | Page | KeptAside


def nothing() -> None:
    """Do nothing: there is nothing to remember."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was found: what to load, and what to do once that is stored.

    `seen` names sources that were looked into besides, and `unchanged` counts what was found as it was.
    """

    place: Place | None = None
    remember: Callable[[], None] = nothing
    seen: tuple[str, ...] = ()
    unchanged: int = 0
