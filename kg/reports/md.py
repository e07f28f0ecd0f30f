"""A report as Markdown (CommonMark): headings, lists, and the notes as a numbered list."""

import re
from collections.abc import Iterator

from kg.asking.wording import plain
from kg.reports._cited import address
from kg.reports._page import Item, Note, Page, Section

ENDING = ".md"

_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$^]|(?<=[a-z]):(?=//)|(?<=www)\.", re.IGNORECASE)
_BEGINNING = re.compile(r"([-+#=]|\d+(?=[.)]))")
_IN_ADDRESS = re.compile(r"[<>\\\s]")


def write(page: Page) -> str:
    """Return the report as Markdown; no text in it can be markup."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield from (f"# {_escaped(page.title)}", "", _escaped(page.lead))
    for section in page.sections:
        yield from _section(section)
    if page.notes:
        yield from ("", "## Notes", "")
        yield from (_note(note) for note in page.notes)
    yield from ("", _escaped(page.foot))


def _section(section: Section) -> Iterator[str]:
    yield from ("", f"## {_escaped(section.heading)}", "")
    yield from (f"- {_escaped(label)}: {_escaped(text)}" for label, text in section.figures)
    yield from (f"- {_item(item)}" for item in section.items)
    if section.left_out:
        yield from ("", _begun(section.left_out))


def _item(item: Item) -> str:
    numbers = "".join(rf"\[{number}\]" for number in item.notes)
    return f"{_begun(item.text)} {numbers}".rstrip()


def _note(note: Note) -> str:
    paper = note.paper
    headline = f"“{plain(paper.headline)}”" if paper.headline else ""
    parts = [_escaped(plain(part)) for part in (paper.outlet, headline, paper.published[:10]) if part]
    parts.append(_address(note))
    return f"{note.number}. {', '.join(parts)}, characters {note.start}–{note.end}: “{_escaped(note.text)}”"


def _address(note: Note) -> str:
    """Return the address as a link, where the article has one, or else its id."""
    url = address(note.paper)
    return f"<{url}>" if url and not _IN_ADDRESS.search(url) else _escaped(plain(url or note.paper.id))


def _escaped(text: str) -> str:
    """Return a text with a backslash before all that could be markup inside a line, the mark of an address included."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def _begun(text: str) -> str:
    """Return a text with a backslash before all that could be markup where a line or an item begins, too."""
    plain = _escaped(text)
    if begun := _BEGINNING.match(plain):
        at = begun.end() - 1 if begun[0] in "-+#=" else begun.end()
        return f"{plain[:at]}\\{plain[at:]}"
    return plain
