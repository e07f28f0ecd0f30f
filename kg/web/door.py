"""Who may come in over HTTP: a token, the right Host, and bodies that are not too large."""

import hmac
import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from anyio import fail_after

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection, Request

MOST_BYTES = 1_000_000
"""The largest body of a request."""

PATIENCE = 30
"""Seconds within which a body must come."""

SHORTEST_TOKEN = 16
COOKIE = "kg-pass"
"""The cookie of a browser that was let in."""

_TOKEN = re.compile(r"[!-~]+")
_HOST = re.compile(r"(\[[^]]*\]|[^:]*)(?::\d+)?")
_OWN_NAMES = ("localhost", "127.0.0.1", "::1")


class RefusedError(KgError):
    """A request that is not let in; `status` is that of HTTP."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def body_of(request: "Request") -> bytes:
    """Return the body of a request.

    Raises RefusedError where it is larger than `MOST_BYTES`, is broken off, or takes longer than `PATIENCE`.
    """
    from starlette.requests import ClientDisconnect

    body = bytearray()
    try:
        with fail_after(PATIENCE):
            async for part in request.stream():
                body += part
                if len(body) > MOST_BYTES:
                    raise RefusedError(413, f"the body is larger than {MOST_BYTES:,} bytes; send less")
    except ClientDisconnect as error:
        raise RefusedError(400, "the request was broken off; send it again") from error
    except TimeoutError as error:
        raise RefusedError(408, f"the body did not come within {PATIENCE} seconds; send it at once") from error
    return bytes(body)


@dataclass(frozen=True, slots=True)
class Door:
    """What a request must bring: a token, where there is one; a Host out of `hosts`, where that is not empty."""

    token: str | None
    hosts: frozenset[str]

    def check(self, request: "HTTPConnection") -> None:
        """Raise RefusedError where a request may not come in."""
        self.check_host(request)
        if self.token is not None and not self.has_token(request):
            raise RefusedError(401, "a token is needed; send the header `Authorization: Bearer TOKEN`")

    def check_host(self, request: "HTTPConnection") -> None:
        """Raise RefusedError where a request asks for another host.

        On loopback a Host of another name is a page of another site that had its name resolved to this machine.
        """
        host = _host(request.headers.get("host", ""))
        if self.hosts and host not in self.hosts:
            raise RefusedError(421, f"no {host[:100]!r} here; ask for {' or '.join(sorted(self.hosts))}")

    def lets_in(self, request: "HTTPConnection") -> bool:
        """Return whether a request may see what the store holds."""
        try:
            self.check_host(request)
        except RefusedError:
            return False
        return self.token is None or self.has_pass(request) or self.has_token(request)

    def has_token(self, request: "HTTPConnection") -> bool:
        """Return whether the header of a request holds the token."""
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        return scheme.casefold() == "bearer" and self.is_token(given.strip())

    def is_token(self, given: str) -> bool:
        """Return whether a text is the token."""
        return self.token is not None and _same(given, self.token)

    def has_pass(self, request: "HTTPConnection") -> bool:
        """Return whether a browser that showed the token once says so in its cookie."""
        return _same(request.cookies.get(COOKIE, ""), self.its_pass)

    @property
    def its_pass(self) -> str:
        """What the cookie holds: made from the token, which nobody can tell from it."""
        return hmac.new((self.token or "").encode(), b"kg explorer", "sha256").hexdigest()


def door(host: str, token: str | None) -> Door:
    """Return what requests to a server on a host must bring.

    Raises UsageError for a token that cannot be sent or is too short, and where there is none and other machines reach
    the host.
    """
    if token is not None and not (_TOKEN.fullmatch(token) and len(token) >= SHORTEST_TOKEN):
        raise UsageError(
            f"a token has at least {SHORTEST_TOKEN} letters, digits and signs of ASCII, and no spaces; `openssl rand "
            "-hex 32` makes one"
        )
    if is_loopback(host):
        return Door(token, frozenset({*_OWN_NAMES, host.casefold()}))
    if token is None:
        raise UsageError(
            f"other machines reach {host}: give a token with --token-file FILE or KG_TOKEN, or leave --host out"
        )
    return Door(token, frozenset())


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.casefold() == "localhost"


def _host(header: str) -> str:
    found = _HOST.fullmatch(header.strip().casefold())
    return found[1].strip("[]") if found else header


def _same(given: str, secret: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
