"""Who sees the pages: those who ask this machine for itself, and where there is a token, those who showed it."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.web.addresses import local
from kg.web.door import COOKIE, Door, RefusedError, body_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOGIN, LOGOUT = "/login", "/logout"
FREE = re.compile(rf"/static/.*|{LOGIN}")
"""Addresses that answer without a token: what the page that asks for one needs."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
_MOST_FIELDS = 100
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-cache",
    "Vary": "HX-Request, HX-History-Restore-Request",
}


def gated(app: "ASGIApp", door: Door, refuse: Callable[[Request, RefusedError], Response]) -> "ASGIApp":
    """Return an application that lets in whom the door does, and sends headers that keep pages to themselves.

    A token behind the question mark of an address is exchanged for a cookie, and taken off the address.
    """

    async def enter(scope: "Scope", receive: "Receive", send: "Send") -> None:
        request = Request(scope)

        async def headed(message: "Message") -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_headers(message["headers"])
            await send(message)

        answer = _stopped(request, door, refuse)
        await (answer or app)(scope, receive, headed)

    return enter


def _with_headers(sent: object) -> list[tuple[bytes, bytes]]:
    """Return headers with those of every answer, as far as it does not have its own."""
    own = list(sent) if isinstance(sent, list) else []
    names = {name.lower() for name, _ in own}
    return own + [
        (name.lower().encode(), value.encode())
        for name, value in _HEADERS.items()
        if name.lower().encode() not in names
    ]


def _stopped(request: Request, door: Door, refuse: Callable[[Request, RefusedError], Response]) -> Response | None:
    """Return the answer to a request that is not let in, None for one that is."""
    try:
        door.check_host(request)
        if door.token is None:
            return None
        if request.method in ("GET", "HEAD") and "token" in request.query_params:
            return _exchanged(request, door)
        if FREE.fullmatch(request.scope["path"]) or door.lets_in(request):
            return None
        raise RefusedError(401, "a token is needed to read here")
    except RefusedError as error:
        return refuse(request, error)


def _exchanged(request: Request, door: Door) -> Response:
    pairs = request.query_params.multi_items()
    rest = urlencode([(name, value) for name, value in pairs if name != "token"])
    path = path_of(request)
    address = f"{path}?{rest}" if rest else path
    if not door.is_token(request.query_params["token"]):
        raise RefusedError(401, "this is not the token")
    return let_in(door, local(address))


def path_of(request: Request) -> str:
    """Return the path of an address as it was sent, so that `%25` stays what it is."""
    raw: bytes = request.scope.get("raw_path") or quote(request.scope["path"]).encode("ascii")
    return raw.partition(b"?")[0].decode("latin-1")


def let_in(door: Door, address: str) -> Response:
    """Return an answer that leads to an address with the cookie that opens it."""
    answer = RedirectResponse(address, 303)
    answer.set_cookie(COOKIE, door.its_pass, httponly=True, samesite="strict", path="/")
    return answer


def let_out() -> Response:
    """Return an answer that takes the cookie away."""
    answer = RedirectResponse(LOGIN, 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict", path="/")
    return answer


async def form(request: Request) -> dict[str, str]:
    """Return the fields of a form that was sent.

    Raises RefusedError where it is none, is too large, has a field twice, or does not come to its end in time.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind != "application/x-www-form-urlencoded":
        raise RefusedError(415, "send the form of the page")
    try:
        pairs = parse_qsl(
            (await body_of(request)).decode("utf-8"),
            keep_blank_values=True,
            max_num_fields=_MOST_FIELDS,
            errors="strict",
        )
    except ValueError as error:
        raise RefusedError(400, "the form is not UTF-8, or has too many fields; send the form of the page") from error
    if len(dict(pairs)) < len(pairs):
        raise RefusedError(400, "a field of the form is given twice; send the form of the page")
    return dict(pairs)
