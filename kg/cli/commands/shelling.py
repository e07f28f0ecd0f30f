"""The command that asks again and again: shell."""

import sys
from collections.abc import Iterator, Mapping

import click

from kg.cli import options, rows, terminal
from kg.cli.parameters import scalars
from kg.errors import KgError
from kg.files import readable


@click.command()
@options.parameter_option()
@options.limit_option()
@options.timeout_option()
@options.format_option(*rows.FORMATS)
def shell(*, pairs: Mapping[str, str], limit: int | None, timeout: float | None, form: str | None) -> None:
    """Ask again and again: Cypher that reads, and canned questions.

    Cypher ends with a semicolon; a line that begins with the name of a canned question asks it; `:help` tells the
    rest. What is typed is kept between runs. On a pipe the statements come from stdin, and the first that is wrong
    ends it.
    """
    from kg.cli.shell import QUIT, Shell, statements

    with options.opened(read_only=True) as store:
        asked = Shell(store, scalars(pairs), limit, timeout, form)
        if not sys.stdin.isatty():
            for statement in statements(_lines()):
                if statement == QUIT:
                    break
                asked.do(statement)
            return
        from kg.cli.prompt import typed

        terminal.note(f"{store.address}: Cypher ends with ;  -  :help tells the rest")
        for statement in typed(store):
            if statement == QUIT:
                break
            try:
                asked.do(statement)
            except KgError as error:
                terminal.report(error)
            except KeyboardInterrupt:
                terminal.note("interrupted")


def _lines() -> Iterator[str]:
    with readable("standard input"):
        yield from sys.stdin
