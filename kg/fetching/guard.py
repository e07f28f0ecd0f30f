"""Which machines may be asked: those of the public internet, unless private ones are allowed."""

import ipaddress
import socket

from kg.errors import FetchError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_UNICAST = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that is given out
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an address of IPv4
_SITE_LOCAL_RELAY = ipaddress.IPv4Network("192.88.99.0/24")  # RFC 7526: given back


def resolved(host: str, port: int, *, allow_private: bool) -> tuple[str, ...]:
    """Return the addresses of a host, to be connected to as they stand: asking again may bring others.

    Every spelling, such as 2130706433 or 0177.1 for 127.0.0.1, is what the system takes it for. Raises FetchError
    where there is no such host, or where any of its addresses is not public and `allow_private` is not given.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or error
        raise FetchError(f"the host {host} cannot be found: {said}; see whether it is spelt right") from error
    addresses = tuple(dict.fromkeys(str(each[4][0]) for each in found))
    for address in addresses:
        if not allow_private and not is_public(address):
            raise FetchError(
                f"{_called(host, address)} is not a public address; --allow-private fetches from it all the same",
                lasting=True,
            )
    return addresses


def is_public(address: str) -> bool:
    """Return whether an address is one of the public internet, as is one of IPv4 inside one of IPv6."""
    parsed: Address = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        inner = _inner(parsed)
        return is_public(str(inner)) if inner else parsed in _UNICAST and _is_global(parsed)
    return _is_global(parsed) and parsed not in _SITE_LOCAL_RELAY


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the address of IPv4 that one of IPv6 leads to."""
    if address in _TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_global(address: Address) -> bool:
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _called(host: str, address: str) -> str:
    return address if host == address else f"{host} ({address})"
