"""The files that pages are shown with: style, script, licences; each under an address that changes with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from kg.model import digest

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file, its type, and some digits that depend on its content."""

    body: bytes
    type: str
    version: str


@cache
def assets() -> Mapping[str, Asset]:
    """Return the files by name."""
    found = {}
    picture = files("kg.exports") / "_page"
    for each in (*(files("kg.web") / "static").iterdir(), picture / "page.css", picture / "bundle.js"):
        kind = _TYPES.get(each.name.rpartition(".")[2])
        if kind:
            body = each.read_bytes()
            found[each.name] = Asset(body, kind, digest(body.decode("utf-8"))[:8])
    return MappingProxyType(found)


def address_of(name: str) -> str:
    """Return the address of a file, as it is now."""
    return f"/static/{name}?v={assets()[name].version}"
