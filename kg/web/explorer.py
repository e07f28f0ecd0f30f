"""The explorer: pages of a live store for people, each at an address that can be shared; all but one only read."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pkgutil import iter_modules

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.errors import KgError, QuestionError
from kg.stores.within import within
from kg.web import gate, pages
from kg.web.addresses import local
from kg.web.assets import assets
from kg.web.csrf import Seal
from kg.web.door import Door, RefusedError
from kg.web.pages import review
from kg.web.refusals import status_of
from kg.web.rendering import rendered
from kg.web.site import Address, Asked, Moved, Sent, Site, View, asked
from kg.web.tools import MOST_SECONDS, suggestions

_YEAR = "public, max-age=31536000, immutable"
_HTTP = {
    404: "There is no such page.",
    405: "This address does not take what was sent to it; open a page, and use its forms.",
}


def explorer(site: Site, door: Door) -> ASGIApp:
    """Return the application that shows a store, to those whom the door lets in."""
    seal = Seal()

    def refuse(request: Request, error: Exception) -> Response:
        return _refusal(site, door, request, error)

    async def refused(request: Request, error: Exception) -> Response:
        return await to_thread.run_sync(refuse, request, error)

    app = Starlette(
        routes=[
            *(_route(site, door, seal, address) for address in addresses()),
            _judging(site, seal),
            *_login(door),
            Route("/static/{name}", _asset),
        ],
        exception_handlers={KgError: refused, HTTPException: refused, Exception: refused},
    )
    app.router.redirect_slashes = False
    return gate.gated(app, door, refuse)


def addresses() -> Iterator[Address]:
    """Yield the addresses of the modules in the folder of pages."""
    for module in iter_modules(pages.__path__, f"{pages.__name__}."):
        yield from import_module(module.name).ADDRESSES


def _route(site: Site, door: Door, seal: Seal, address: Address) -> Route:
    at_a_time = CapacityLimiter(address.at_a_time)

    async def answer(request: Request) -> Response:
        made = partial(_made, site, door, seal, address, request)
        return await to_thread.run_sync(made, limiter=at_a_time)

    return Route(address.path, answer, methods=["GET"])


def _made(site: Site, door: Door, seal: Seal, address: Address, request: Request) -> Response:
    given = asked(request.path_params, request.query_params.multi_items(), part=_wants_part(request))
    in_time = replace(site, store=within(site.store, MOST_SECONDS))
    page = address.show(in_time, given)
    if isinstance(page, Moved):
        return RedirectResponse(page.address, 303)
    if isinstance(page, Sent):
        return _sent(page)
    sealed = View(page.template, page.title, {**page.told, "seal": seal.mark}, page.crumbs, page.status)
    return _html(rendered(sealed, in_time, given, leaving=_leaving(door, request)), page.status)


def _wants_part(request: Request) -> bool:
    """Return whether the script of a page asks for what changes; going back it asks for the whole page."""
    asked_by_script, is_return = (
        request.headers.get(name) == "true" for name in ("hx-request", "hx-history-restore-request")
    )
    return asked_by_script and not is_return


def _html(text: str, status: int) -> Response:
    return Response(text.encode("utf-8"), status, media_type="text/html; charset=utf-8")


def _sent(page: Sent) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{page.name}"'} if page.name else {}
    return Response(page.body, headers=headers, media_type=page.type)


def _leaving(door: Door, request: Request) -> bool:
    return door.token is not None and door.has_pass(request)


def _judging(site: Site, seal: Seal) -> Route:
    one_by_one = CapacityLimiter(1)

    async def judge(request: Request) -> Response:
        sent = await gate.form(request)
        seal.check(request, sent.get("seal", ""))
        in_time = replace(site, store=within(site.store, MOST_SECONDS))
        moved = await to_thread.run_sync(review.judge, in_time, sent, limiter=one_by_one)
        return RedirectResponse(moved.address, 303)

    return Route("/review", judge, methods=["POST"])


def _login(door: Door) -> tuple[Route, Route, Route]:
    async def show(request: Request) -> Response:
        return RedirectResponse("/", 303) if door.token is None or door.has_pass(request) else _asks("", request, 200)

    async def enter(request: Request) -> Response:
        sent = await gate.form(request)
        if not door.is_token(sent.get("token", "").strip()):
            return _asks("This is not the token.", request, 401, to=sent.get("to", ""))
        return gate.let_in(door, local(sent.get("to", "")))

    async def leave(_: Request) -> Response:
        return gate.let_out()

    return (
        Route(gate.LOGIN, show, methods=["GET"]),
        Route(gate.LOGIN, enter, methods=["POST"]),
        Route(gate.LOGOUT, leave, methods=["POST"]),
    )


def _asks(problem: str, request: Request, status: int, *, to: str | None = None) -> Response:
    """Return the page that asks for the token and then leads on."""
    from kg.web.rendering import environment

    way = gate.path_of(request) + (f"?{request.url.query}" if request.url.query else "")
    told = {"problem": problem, "to": (local(way) if to is None else to) or "/"}
    return _html(environment().get_template("login.html").render(told), status)


async def _asset(request: Request) -> Response:
    found = assets().get(request.path_params["name"])
    if found is None:
        raise HTTPException(404)
    kept = _YEAR if request.query_params.get("v") == found.version else "no-cache"
    return Response(found.body, headers={"Cache-Control": kept}, media_type=found.type)


def _refusal(site: Site, door: Door, request: Request, error: Exception) -> Response:
    """Return the page that says why there is none: of an error that is not ours, nothing but that it happened."""
    if isinstance(error, RefusedError) and error.status == 401:
        problem = "This is not the token." if "token" in request.query_params else ""
        return _asks(problem, _without_token(request), 401)
    if isinstance(error, HTTPException):
        status, told = error.status_code, _HTTP.get(error.status_code, error.detail)
    elif isinstance(error, KgError):
        status, told = status_of(error), str(error)
    else:
        status, told = 500, "A mistake of kg; what it printed tells more."
    near = suggestions(error) if isinstance(error, QuestionError) else ()
    view = View(
        "refused.html", "Not found" if status == 404 else "Refused", {"problem": told, "near": near}, status=status
    )
    stranger = not door.lets_in(request)
    text = rendered(view, site, Asked({}, {}), leaving=_leaving(door, request), stranger=stranger)
    headers = dict(getattr(error, "headers", None) or {})
    return Response(text.encode("utf-8"), status, headers, "text/html; charset=utf-8")


def _without_token(request: Request) -> Request:
    """Return a request as it was sent, a token in its address left out."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "token"]
    return Request({**request.scope, "query_string": _encoded(pairs)})


def _encoded(pairs: list[tuple[str, str]]) -> bytes:
    from urllib.parse import urlencode

    return urlencode(pairs).encode("ascii")
