"""The articles that a report cites as BibTeX, in UTF-8; BibLaTeX reads it too."""

import re
from collections.abc import Iterator

from kg.asking.wording import plain
from kg.reports._cited import Source, address, day, quoted, sources
from kg.reports._page import Page

ENDING = ".bib"

_NAMED = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_SPECIAL = re.compile(r"[\\{}~^<>|&%$#_]")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]")


def write(page: Page) -> str:
    """Return an entry for each article, the quotations in its note: of a newspaper where the outlet is known."""
    return "\n".join(_entry(source) for source in sources(page))


def _entry(source: Source) -> str:
    kind = "article" if source.paper.outlet else "misc"
    fields = ",\n".join(f"  {name} = {value}" for name, value in _fields(source))
    return f"@{kind}{{{source.key},\n{fields}\n}}\n"


def _fields(source: Source) -> Iterator[tuple[str, str]]:
    paper, published = source.paper, day(source.paper.published)
    yield "title", f"{{{{{_escaped(paper.headline or paper.id)}}}}}"
    if paper.outlet:
        yield "journal", f"{{{_escaped(paper.outlet)}}}"
    if published:
        yield "year", f"{{{published[0]:04}}}"
    if len(published) > 1 and 1 <= published[1] <= 12:
        yield "month", _MONTHS[published[1] - 1]
    if len(published) > 2:
        yield "date", f"{{{published[0]:04}-{published[1]:02}-{published[2]:02}}}"
    if url := address(paper):
        yield "url", f"{{{_UNSAFE.sub(_percent, url)}}}"
    yield "note", f"{{{_escaped(quoted(source.notes))}}}"


def _escaped(text: str) -> str:
    """Return a text in which nothing is a command of TeX, and no brace stands by itself."""
    return _SPECIAL.sub(lambda sign: _NAMED.get(sign[0], f"\\{sign[0]}"), plain(text))


def _percent(sign: "re.Match[str]") -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8"))
