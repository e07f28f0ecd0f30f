"""One HTML page that shows the graph and the sentences behind it: no network, no address but its own."""

import base64
import hashlib
import json
from html import escape
from importlib.resources import files
from string import Template
from typing import Any, BinaryIO

from kg.asking.parts import Part
from kg.asking.wording import counted
from kg.exports._limit import refuse_too_many
from kg.exports._told import Data, told


def write(part: Part, out: BinaryIO) -> None:
    """Write a part of the graph as a page; the same part gives the same bytes."""
    out.write(page(data(part)).encode("utf-8"))


def data(part: Part) -> Data:
    """Return what the page of a part shows, with its sentences; raises KgError where there are too many events."""
    refuse_too_many(part, "html")
    return told(part.events(), selection=part.selection, made_with=part.made_with)


def page(shown: Data) -> str:
    """Return the page that shows data (`kg.exports._told.told`); it draws before it has read the sentences."""
    style, script = asset("page.css"), asset("bundle.js")
    about = shown["about"]
    return Template(asset("page.html")).substitute(
        title=escape(about["title"]),
        note=escape(f"{counted(len(shown['events']), 'event')}. {about['selection']}"),
        style=style,
        script=script,
        style_digest=_digest(style),
        script_digest=_digest(script),
        data=as_json({name: value for name, value in shown.items() if name != "quotes"}),
        quotes=as_json(shown["quotes"]),
    )


def asset(name: str) -> str:
    """Return a file of the page: `page.html`, `page.css` or `bundle.js`."""
    return (files("kg.exports") / "_page" / name).read_text("utf-8")


def as_json(value: Any) -> str:
    """Return a value as JSON without a `<`, so that no text in it can end the script that holds it."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
