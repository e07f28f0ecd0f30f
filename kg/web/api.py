"""The HTTP API: each tool at its address, answers and refusals in JSON."""

from collections.abc import Mapping
from functools import partial

import msgspec
from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import KgError, UsageError
from kg.web.door import Door, RefusedError, body_of
from kg.web.openapi import description
from kg.web.records import Refusal
from kg.web.refusals import status_of
from kg.web.routes import DESCRIPTION, QUERY, WAYS, Way
from kg.web.tools import Served, call, suggestions

_JSON = "application/json"
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


def api(served: Served, door: Door) -> ASGIApp:
    """Return the application that answers for a store, to those whom the door lets in."""
    told = msgspec.json.encode(description(token=door.token is not None))

    async def describe(_: Request) -> Response:
        return Response(told, media_type=_JSON)

    app = Starlette(
        routes=[*(_route(served, way) for way in WAYS), Route(DESCRIPTION, describe)],
        exception_handlers={KgError: _refuse, HTTPException: _refuse, Exception: _refuse},
    )
    app.router.redirect_slashes = False
    return _guarded(app, door)


def _guarded(app: ASGIApp, door: Door) -> ASGIApp:
    async def enter(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            door.check(HTTPConnection(scope))
        except RefusedError as error:
            await _refusal(error)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return enter


def _route(served: Served, way: Way) -> Route:
    at_a_time = CapacityLimiter(way.tool.at_a_time)

    async def answer(request: Request) -> Response:
        arguments = await _sent(request) if way.method == "POST" else _asked(request, way)
        run = partial(call, served, way.tool.name, arguments, strict=way.method == "POST")
        found = await to_thread.run_sync(run, limiter=at_a_time)
        return Response(msgspec.json.encode(found), media_type=_JSON)

    return Route(way.path.replace("{article}", "{article:path}"), answer, methods=[way.method])


def _asked(request: Request, way: Way) -> Mapping[str, object]:
    """Return the arguments that an address holds, and those behind its question mark.

    Raises UsageError where one is given twice.
    """
    pairs = request.query_params.multi_items()
    asked = dict(pairs)
    for name in asked:
        if sum(name == other for other, _ in pairs) > 1:
            raise UsageError(f"{name} is given twice; give it once")
    if way is QUERY:
        limit = {"limit": asked.pop("limit")} if "limit" in asked else {}
        return {**request.path_params, **limit, "parameters": asked}
    return {**asked, **request.path_params}


async def _sent(request: Request) -> Mapping[str, object]:
    """Return the object of a body.

    Raises RefusedError where the body is not said to be JSON, which no other site can have a browser send, is too
    large, or is no object.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != _JSON:
        raise RefusedError(415, f"the body must be JSON; send the header `Content-Type: {_JSON}`")
    body = await body_of(request)
    try:
        found = msgspec.json.decode(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, f"the body is not JSON: {error}; see {DESCRIPTION}") from error
    if not isinstance(found, dict):
        raise RefusedError(422, f"the body is no object; see {DESCRIPTION}")
    return found


async def _refuse(_: Request, error: Exception) -> Response:
    return _refusal(error)


def _refusal(error: Exception) -> Response:
    """Return what is told of an error: of one that is not ours, nothing but that it happened."""
    if isinstance(error, HTTPException):
        status, told = error.status_code, f"{error.detail}; {DESCRIPTION} tells the addresses and their methods"
    elif isinstance(error, KgError):
        status, told = status_of(error), str(error)
    else:
        status, told = 500, "a mistake of kg; what it printed tells more"
    headers = dict(getattr(error, "headers", None) or (_CHALLENGE if status == 401 else {}))
    refusal = Refusal(error=told, suggestions=suggestions(error))
    return Response(msgspec.json.encode(refusal), status, headers, _JSON)
