"""The picture of the events around an actor, or between the most active ones: the page of `kg export html`."""

import base64
import hashlib
import io
import re

from kg.asking.circle import circle
from kg.errors import KgError
from kg.exports import html
from kg.web.site import Asked, Place, Sent, Site

_BLOCK = re.compile(rb"<(script|style)(?![^>]*application/json)[^>]*>(.*?)</\1>", re.DOTALL)
_DATA = re.compile(rb'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def show(site: Site, asked: Asked) -> Sent:
    """Return the page of the picture, with a policy that admits its own script and style."""
    page = _page(site, asked)
    return Sent(page, "text/html; charset=utf-8", policy=_policy(page))


def data(site: Site, asked: Asked) -> Sent:
    """Return what the picture shows as JSON."""
    found = _DATA.search(_page(site, asked))
    if found is None:
        raise KgError("the page of `kg export html` holds no data")
    return Sent(found[1], "application/json")


def _page(site: Site, asked: Asked) -> bytes:
    out = io.BytesIO()
    html.write(circle(site.store, asked.query.get("actor", "")), out)
    return out.getvalue()


def _policy(page: bytes) -> str:
    digests: dict[bytes, list[str]] = {b"script": [], b"style": []}
    for kind, text in _BLOCK.findall(page):
        digests[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'")
    script, style = (" ".join(["'self'", *digests[kind]]) for kind in (b"script", b"style"))
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


PLACES = (
    Place("/graph", show, at_a_time=2),
    Place("/graph.json", data, at_a_time=2),
)
