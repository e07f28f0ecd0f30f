"""Commands that serve other programs: serve, mcp."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kg.cli import judging, options, terminal
from kg.errors import KgError
from kg.files import readable
from kg.stores.base import Store

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from kg.graph.judgements import Judgement
    from kg.web.door import Door
    from kg.web.records import GivenArticle, Loaded
    from kg.web.site import Desk

DEFAULT_PORT = 8765


@click.command()
@click.option("--api", is_flag=True, help="Serve the HTTP API in place of the explorer.")
@click.option("--read-only", is_flag=True, help="Let nobody judge in the explorer.")
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Where to listen; any but this machine needs a token."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0 takes one that is free."
)
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A file with the token that requests must bring.  [default: KG_TOKEN]",
)
def serve(*, api: bool, read_only: bool, host: str, port: int, token_file: Path | None) -> None:
    """Show the graph in a browser, or answer programs over HTTP.

    Prints the address: of the explorer, whose pages only read, but for the one on which people judge who is the same;
    or, with --api, of the HTTP API, described at /openapi.json there. On another host than this machine nobody gets in
    without the token, here too where one is given. SIGTERM and Ctrl-C end it.
    """
    from kg.web.door import door
    from kg.web.serving import listening
    from kg.web.serving import serve as answer

    let_in = door(host, _token(token_file))
    with options.opened(read_only=True) as store, listening(host, port) as (listener, address):
        store.counts()
        app = _api(store, let_in) if api else _explorer(store, let_in, None if read_only else _desk())
        answer(app, listener, lambda: terminal.emit([address]))


def _api(store: Store, let_in: "Door") -> "ASGIApp":
    from kg.web.api import api
    from kg.web.fitting import PROGRAM
    from kg.web.tools import Served

    return api(Served(store, PROGRAM), let_in)


def _explorer(store: Store, let_in: "Door", desk: "Desk | None") -> "ASGIApp":
    from kg.stores.judgements_file import kept
    from kg.web.explorer import explorer
    from kg.web.site import Site

    file = judging.path()
    return explorer(Site(store, lambda asked: kept(asked, file), desk), let_in)


def _desk() -> "Desk | None":
    """Return where judgements are made, None where no file of judgements is there and no setting names one."""
    from kg.stores.judgements_file import Added, judge, signed
    from kg.web.site import Desk

    file, found = judging.path(), options.chosen()
    if found.judgements.origin == "default" and not file.exists():
        return None

    def judged(judgement: "Judgement", by: str, reason: str) -> Added:
        with options.store_of(found) as store:
            return judge(store, file, [signed(judgement, by, reason)])

    return Desk(_login(), judged)


def _login() -> str:
    """Return who judges unless another name is given, empty where nobody is logged in."""
    try:
        return judging.user()
    except KgError:
        return ""


@click.command()
@click.option("--allow-load", is_flag=True, help="Let agents load articles that they give as text.")
@click.pass_context
def mcp(context: click.Context, /, *, allow_load: bool) -> None:
    """Serve agents over stdin and stdout, as an MCP server.

    They can ask canned questions and questions in English, look up actors, see the evidence of events and run Cypher
    that reads. It needs the package mcp: `pip install mcp`.
    """
    from kg.web.fitting import AGENT
    from kg.web.mcp_server import serve as answer
    from kg.web.tools import Served

    def load(articles: Sequence["GivenArticle"]) -> "Loaded":
        with context.scope(cleanup=False):  # of a thread, which has none of its own
            return _loaded(articles)

    if allow_load:
        with options.opened() as store:
            store.prepare()
    with options.opened(read_only=True) as store:
        store.counts()
        answer(Served(store, AGENT, load if allow_load else None))


def _token(file: Path | None) -> str | None:
    if file is None:
        return options.chosen().token.value
    with readable(str(file)):
        return file.read_text("utf-8").strip()


def _loaded(articles: Sequence["GivenArticle"]) -> "Loaded":
    from kg.pipeline import extract_new
    from kg.pipeline import load as store_all
    from kg.sources import read
    from kg.web.records import Loaded, NotLoaded

    lines = io.BytesIO(msgspec.json.Encoder().encode_lines(articles))
    with options.opened() as store:
        judging.brought_up(store)
        summary = store_all(store, extract_new(store, read(["-"], stdin=lines)))
    return Loaded(
        added=summary.added,
        updated=summary.updated,
        unchanged=summary.unchanged,
        kept_aside=len(summary.kept_aside),
        reasons=tuple(NotLoaded(article=each.source, reason=each.reason) for each in summary.kept_aside),
    )
