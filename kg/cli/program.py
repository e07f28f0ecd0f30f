"""The commands gathered into one program, and their errors turned into one line and an exit code."""

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules

import click
from click.shell_completion import add_completion_class, shell_complete

from kg.cli import commands, options, terminal
from kg.cli.completing import Bash
from kg.config import own_files
from kg.errors import KgError, SourceError, UsageError
from kg.knowledge import codebook, tables

COMPLETION = "_KG_COMPLETE"
BROKEN_PIPE = 141  # what a shell reports for a program that wrote to a closed pipe

HELP = """Read news articles into a graph of political events: who did what to whom, when, where, about what,
according to whom. Every answer leads back to the sentence that asserts it.

\b
Begin with:
  kg doctor
  kg load ARTICLES
  kg query who_discussed_what_with_whom
  kg export html -o graph.html
"""


def run(arguments: Sequence[str] | None) -> int:
    """Run kg with the arguments given, or with those of the process, and return its exit code."""
    terminal.begin()
    try:
        code = _run(arguments)
        terminal.flush()
    except KgError as error:
        return _report(error)
    except UnicodeEncodeError as error:  # an argument of bytes that are no text, which no store can be asked for
        return _report(UsageError(f"{error.object[:60]!r} is not UTF-8; see the encoding of the terminal"))
    except BrokenPipeError:
        _drop_output()
        return BROKEN_PIPE
    return code


def program() -> click.Group:
    """Return the command group with every command of `kg.cli.commands`."""
    group = click.Group(
        "kg", help=HELP, params=options.everywhere(), context_settings={"help_option_names": ["-h", "--help"]}
    )
    group = click.version_option(package_name="kg", prog_name="kg")(group)
    for command in _commands():
        options.accept_everywhere(command)
        group.add_command(command)
    return group


def _commands() -> list[click.Command]:
    names = [module.name for module in iter_modules(commands.__path__)]
    modules = [import_module(f"{commands.__name__}.{name}") for name in names]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, click.Command) and value.callback and value.callback.__module__ == module.__name__
    }
    inside = {child for command in found if isinstance(command, click.Group) for child in command.commands.values()}
    return sorted(found - inside, key=lambda command: command.name or "")


def _run(arguments: Sequence[str] | None) -> int:
    group = program()
    if instruction := os.environ.get(COMPLETION):
        add_completion_class(Bash)
        return shell_complete(group, {}, "kg", COMPLETION, instruction)
    try:
        context = group.make_context("kg", list(sys.argv[1:] if arguments is None else arguments))
        own_tables = tables.using(lambda: own_files("tables").paths)
        own_codebook = codebook.using(lambda: own_files("codebook").paths)
        with context, own_tables, own_codebook:
            group.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    return 0


def _report(error: KgError) -> int:
    if terminal.verbose():
        traceback.print_exception(error)
    terminal.report(error)
    _drop_output()
    # one source kept aside leaves a load done in part, but an error that ends the program leaves nothing done
    return KgError.exit_code if isinstance(error, SourceError) else error.exit_code


def _drop_output() -> None:
    """Send what is still buffered for stdout nowhere: closing it at exit must not fail a second time."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
