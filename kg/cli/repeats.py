"""Loads that can be repeated: noted with what they kept aside, so that it can be tried again."""

from pathlib import Path

import msgspec

from kg.addresses import is_address

_STDIN = "-"


class Repeat(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The sources of a load by their whole paths, and the date of those that carry none."""

    sources: tuple[str, ...] = ()
    addresses: str | None = None
    records: str | None = None
    published: str | None = None


def noted(
    sources: tuple[str, ...], *, addresses: str | None = None, records: str | None = None, published: str | None = None
) -> str:
    """Return a load as it is noted, '' where it reads from stdin and cannot be repeated."""
    if _STDIN in (*sources, addresses, records):
        return ""
    places = tuple(_plain(name) if is_address(name) else _whole(name) for name in sources)
    lists = {"addresses": addresses and _whole(addresses), "records": records and _whole(records)}
    return msgspec.json.encode(Repeat(sources=places, published=published and _plain(published), **lists)).decode()


def read(note: str) -> Repeat:
    """Return the load that a note is about."""
    return msgspec.json.decode(note, type=Repeat)


def _whole(name: str) -> str:
    return _plain(str(Path(name).absolute()))


def _plain(name: str) -> str:
    """Return a name as JSON can hold it, bytes that are not UTF-8 replaced."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
