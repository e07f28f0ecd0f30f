"""Commands that serve other programs: serve, mcp."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kg.cli import judging, options, terminal
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.web.records import GivenArticle, Loaded

DEFAULT_PORT = 8765


@click.command()
@click.option("--api", is_flag=True, help="Serve the HTTP API.")
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
def serve(*, api: bool, host: str, port: int, token_file: Path | None) -> None:
    """Answer over HTTP, reading only.

    Prints the address, and its description is at /openapi.json there. On another host than this machine every request
    needs `Authorization: Bearer TOKEN`, here too where a token is given. SIGTERM and Ctrl-C end it.
    """
    from kg.web.door import door
    from kg.web.fitting import PROGRAM
    from kg.web.serving import listening, serve_api
    from kg.web.tools import Served

    if not api:
        raise UsageError("the explorer is not there yet; `kg serve --api` serves the HTTP API")
    let_in = door(host, _token(token_file))
    with options.opened(read_only=True) as store, listening(host, port) as (listener, address):
        store.counts()
        serve_api(Served(store, PROGRAM), let_in, listener, lambda: terminal.emit([address]))


@click.command()
@click.option("--allow-load", is_flag=True, help="Let agents load articles that they give as text.")
@click.pass_context
def mcp(context: click.Context, /, *, allow_load: bool) -> None:
    """Serve agents over stdin and stdout, as an MCP server.

    They can ask canned questions and questions in English, look up actors, see the evidence of events and run Cypher
    that reads. It needs `pip install 'kg[mcp]'`.
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
    with terminal.readable(str(file)):
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
