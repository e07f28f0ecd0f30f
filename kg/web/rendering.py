"""Pages as HTML: the templates, the words and signs in them, and text in which nothing but text is left."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.asking.parts import Quote
from kg.asking.questions import queries
from kg.asking.spans import Mark, Piece, pieces
from kg.asking.wording import counted, share
from kg.web import addresses
from kg.web.assets import address_of
from kg.web.site import Asked, Site, View

if TYPE_CHECKING:
    from jinja2 import Environment

_REFUSED = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RANGE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:/(\d{4})-(\d\d)-(\d\d))?")
_COMMAND = re.compile(r"`(?:kg query )?(\w+)[^`]*`")
_MONTHS = "January February March April May June July August September October November December".split()
SIGNS = {
    "verbal-cooperation": "+", "material-cooperation": "⊕", "verbal-conflict": "−", "material-conflict": "⊖",
    "neutral": "·",
}  # fmt: skip
STANCES = {
    "asserts": "says so",
    "denies": "denies it",
    "alleges": "alleges it",
    "promises": "promises it",
    "speculates": "thinks it possible",
}


def rendered(view: View, site: Site, asked: Asked, *, leaving: bool, stranger: bool = False) -> str:
    """Return a page as HTML, or the part of it that changes; `leaving` gives the way out to who came with a token.

    A `stranger`, who was not let in, is not told where the store is.
    """
    template = environment().get_template(view.template)
    store = "" if stranger else site.store.address
    return template.render(view=view, asked=asked, store=store, desk=site.desk, leaving=leaving, **view.told)


@cache
def environment() -> "Environment":
    """Return the templates with all that they may use."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("kg.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_inert,
    )
    found.globals.update(
        actor_page=addresses.actor_page,
        article_page=addresses.article_page,
        event_page=addresses.event_page,
        with_query=addresses.with_query,
        outside=addresses.outside,
        address_of=address_of,
        signs=SIGNS,
        stances=STANCES,
        marked=marked,
        share=share,
        with_questions=with_questions,
    )
    found.filters.update(day=day, spaced=spaced, number=number, plural=counted)
    return found


def day(text: str) -> str:
    """Return ISO days as people write them: `16 July 2018`, `1–10 July 2018`; other texts stay as they are."""
    found = _RANGE.fullmatch(text)
    if not found:
        return text
    first, last = (tuple(map(int, group)) if group[0] else None for group in (found.groups()[:3], found.groups()[3:]))
    return _days(first, last or first) if first else text


def _days(first: tuple[int, ...], last: tuple[int, ...]) -> str:
    year, month, number = last
    end = f"{number} {_MONTHS[month - 1]} {year}"
    if first == last:
        return end
    if _is_month(first, last):
        return f"{_MONTHS[month - 1]} {year}"
    if first[:2] == last[:2]:
        return f"{first[2]}–{end}"
    begun = f"{first[2]} {_MONTHS[first[1] - 1]}"
    return f"{begun} – {end}" if first[0] == year else f"{begun} {first[0]} – {end}"


def _is_month(first: tuple[int, ...], last: tuple[int, ...]) -> bool:
    if first[:2] != last[:2] or first[2] != 1:
        return False
    try:
        date(last[0], last[1], last[2] + 1)
    except ValueError:
        return True
    return False


def spaced(text: str) -> str:
    """Return a word of the graph as it is read: `armed_group` and `verbal-conflict` with a space."""
    return text.replace("_", " ").replace("-", " ")


def number(value: int) -> str:
    """Return a number with commas between its thousands."""
    return f"{value:,}"


def with_questions(text: str) -> Iterator[tuple[str, str]]:
    """Yield a text in pieces: words, and where these stand for a question or the command that asks it, its name."""
    titles = {query.name: query.title for query in queries()}
    at = 0
    for found in _COMMAND.finditer(text):
        if found[1] in titles:
            yield text[at : found.start()], ""
            yield f"“{titles[found[1]]}”", found[1]
            at = found.end()
    yield text[at:], ""


def marked(quote: Quote) -> tuple[Piece, ...]:
    """Return a sentence in pieces, its triggers marked."""
    marks = (Mark(start, end, "event", "", words) for start, end, words in quote.words)
    return pieces(quote.text, marks, start=quote.start)


def _inert(value: Any) -> Any:
    """Return what is put into a page, texts without the characters that HTML refuses."""
    from markupsafe import Markup

    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _REFUSED.sub("\ufffd", value)
