"""The articles that a report cites, each once, under a key that is the same in every list."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from kg.asking.parts import Paper
from kg.asking.wording import plain
from kg.model import short_id
from kg.reports._page import Note, Page

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Source:
    """An article, its key of ASCII letters, digits and hyphens, and what is quoted from it."""

    key: str
    paper: Paper
    notes: tuple[Note, ...]


def sources(page: Page) -> list[Source]:
    """Return the articles that the notes of a page cite, in their order, what is quoted in the order of the text."""
    in_order = sorted(page.notes, key=lambda note: (note.start, note.end))
    papers = {note.paper.id: note.paper for note in page.notes}
    return [
        Source(_key(paper), paper, tuple(note for note in in_order if note.paper.id == paper.id))
        for paper in papers.values()
    ]


def day(published: str) -> tuple[int, ...]:
    """Return year, month and day of a date or date-time as far as they are told, nothing where there is none."""
    match = _DAY.match(published)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def quoted(notes: Sequence[Note]) -> str:
    """Return what is quoted from an article, each with its span."""
    return "; ".join(f"characters {note.start}-{note.end}: “{note.text}”" for note in notes)


def address(paper: Paper) -> str:
    """Return the address of an article where it has one of http or https, else nothing."""
    url = plain(paper.url)
    return url.replace(" ", "%20") if re.match(r"https?://", url, re.IGNORECASE) else ""


def _key(paper: Paper) -> str:
    """Return a key that tells outlet and year, and depends on the id of the article alone to be unique."""
    bare = unicodedata.normalize("NFKD", paper.outlet).encode("ascii", "ignore").decode().lower()
    outlet = "-".join(re.findall(r"[a-z0-9]+", bare))[:30].strip("-")
    year = "".join(map(str, day(paper.published)[:1]))
    return "-".join(filter(None, (outlet or "article", year, short_id(paper.id))))
