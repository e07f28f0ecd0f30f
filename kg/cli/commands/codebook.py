"""Commands on the codebook: codebook check, codebook show."""

from pathlib import Path

import click

from kg.cli import terminal
from kg.config import own_files


@click.group()
def codebook() -> None:
    """The codebook of event types: what it holds, and what is wrong with files of your own."""


@codebook.command()
@click.argument("files", nargs=-1, metavar="[FILE...]", type=click.Path(path_type=Path))
@click.pass_context
def check(context: click.Context, files: tuple[Path, ...]) -> None:
    """Look for mistakes in codebook files of your own.

    Codes their examples too. Prints each mistake with file, line and cure, and ends with 1 where there is any. FILE, or
    a folder of such, is checked in place of those that `codebook` in kg.toml or KG_CODEBOOK name.
    """
    from kg.knowledge.codebook import review, using
    from kg.pipeline import example_problems

    paths = files or own_files("codebook").paths
    book, problems = review(paths)
    told = [str(problem) for problem in problems]
    if not told:
        with using(lambda: paths):
            told = list(example_problems(book.own_examples))
    terminal.emit(map(terminal.printable, told))
    if not told:
        groups = sum(len(entry.triggers) for entry in book.types)
        terminal.note(f"no mistake: {len(book.types)} types, {groups} groups of triggers, {book.digest}")
    context.exit(1 if told else 0)


@codebook.command()
@click.argument("types", nargs=-1, metavar="[TYPE...]")
def show(types: tuple[str, ...]) -> None:
    """Print the codebook, or some of its types, as Markdown.

    Definitions, modes, codes with their triggers, and examples; files of your own are in it.
    """
    from kg.knowledge.codebook import codebook as book
    from kg.knowledge.codebook_page import page

    terminal.emit(page(book(), types))
