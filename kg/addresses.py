"""Addresses on the web as names of sources: which names are one, and the form in which one page has one."""

import re
from functools import cache
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

from kg.errors import SourceError
from kg.knowledge.words import word_lists

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}
_KEPT = "/%:@!$&'()*+,;=~-._"  # what stands in a path as it is; a percent sign has been escaped before


def is_address(name: str) -> bool:
    """Return whether a name of a source is an address rather than a file."""
    return _SCHEME.match(name.strip()) is not None


def plain(address: str) -> str:
    """Return an address in the form that tells pages apart: http or https, host in small letters and ASCII.

    Fragment, default port and parameters that only track readers are left out. Raises SourceError where it is no
    address, not of http or https, or holds a user or a password.
    """
    try:
        parts = urlsplit(address.strip())
        scheme, host, port = parts.scheme.lower(), _ascii(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError) as error:
        raise SourceError(f"this is no address: {error}; write it as https://host/path") from error
    if scheme not in _PORTS:
        raise SourceError(f"only http and https addresses are fetched, not {scheme}")
    if not host:
        raise SourceError("this address names no host; write it as https://host/path")
    if "@" in parts.netloc:
        raise SourceError("this address holds a user or a password, which would end up in ids; leave it out")
    named = f"[{host}]" if ":" in host else host
    netloc = named if port in (None, _PORTS[scheme]) else f"{named}:{port}"
    path = quote(parts.path or "/", safe=_KEPT, errors="replace")
    query = quote(_untracked(parts.query), safe=_KEPT + "?", errors="replace")
    return urlunsplit((scheme, netloc, path, query, ""))


def masked(address: str) -> str:
    """Return an address without what stands before `@` in its host, as it may be shown."""
    scheme, mark, rest = address.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{mark}{host.rpartition('@')[2]}{slash}{path}"


def _ascii(host: str) -> str:
    """Return a host in small ASCII letters; an address of IPv6 stays as it is."""
    return host if ":" in host else host.encode("idna").decode().lower()


def _untracked(query: str) -> str:
    names, beginnings = _tracking()
    return "&".join(pair for pair in query.split("&") if not _tracks(pair, names, beginnings))


def _tracks(pair: str, names: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    name = unquote_plus(pair.partition("=")[0]).lower()
    return name in names or name.startswith(beginnings)


@cache
def _tracking() -> tuple[frozenset[str], tuple[str, ...]]:
    lists = word_lists("addresses")
    return lists["tracking", "names"], tuple(sorted(lists["tracking", "beginnings"]))
