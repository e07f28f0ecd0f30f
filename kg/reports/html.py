"""A report as one HTML page: no script, no address but those of the articles, ready for print."""

import base64
import hashlib
from collections.abc import Iterator
from html import escape
from importlib.resources import files

from kg.asking.wording import plain
from kg.reports._cited import address
from kg.reports._page import Item, Note, Page, Section

ENDING = ".html"


def write(page: Page) -> str:
    """Return the report as a page whose policy allows its own style and nothing else."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    style = (files("kg.reports") / "_style.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    yield from ("<!doctype html>", '<html lang="en">', "<head>", '<meta charset="utf-8">')
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(page.title)}</title>"
    yield from (f"<style>{style}</style>", "</head>", "<body>", "<main>")
    yield from (f"<h1>{escape(page.title)}</h1>", f"<p>{escape(page.lead)}</p>")
    for section in page.sections:
        yield from _section(section)
    if page.notes:
        yield from ("<section>", "<h2>Notes</h2>", '<ol class="notes">')
        yield from map(_note, page.notes)
        yield from ("</ol>", "</section>")
    yield from (f"<footer>{escape(page.foot)}</footer>", "</main>", "</body>", "</html>")


def _section(section: Section) -> Iterator[str]:
    yield from ("<section>", f"<h2>{escape(section.heading)}</h2>")
    if section.figures:
        yield "<table>"
        rows = ((escape(label), escape(text)) for label, text in section.figures)
        yield from (f'<tr><th scope="row">{label}</th><td>{text}</td></tr>' for label, text in rows)
        yield "</table>"
    if section.items:
        yield from ("<ul>", *map(_item, section.items), "</ul>")
    if section.left_out:
        yield f'<p class="rest">{escape(section.left_out)}</p>'
    yield "</section>"


def _item(item: Item) -> str:
    numbers = "".join(f'<a href="#n{number}">[{number}]</a>' for number in item.notes)
    return f"<li>{escape(item.text)} {numbers}</li>"


def _note(note: Note) -> str:
    paper = note.paper
    parts = [escape(plain(paper.outlet))] if paper.outlet else []
    parts += [f"<cite>{escape(plain(paper.headline))}</cite>"] if paper.headline else []
    parts += [escape(paper.published[:10])] if paper.published else []
    parts.append(_address(note))
    told = f"{', '.join(parts)}, characters {note.start}–{note.end}: <q>{escape(note.text)}</q>"
    return f'<li id="n{note.number}" value="{note.number}">{told}</li>'


def _address(note: Note) -> str:
    url = address(note.paper)
    shown = escape(url or plain(note.paper.id))
    return f'<a href="{shown}" rel="noreferrer">{shown}</a>' if url else shown
