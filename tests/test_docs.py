"""Every command has help, every command and question stands in the docs, and what the docs name is there."""

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import click
import pytest
from msgspec.structs import fields

from kg.cli.main import program
from kg.graph.judgements import Judgement, decoded, in_force
from kg.knowledge.codebook import codebook
from kg.knowledge.codebook_page import page as page_of_codebook

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
QUERIES = sorted((ROOT / "queries").glob("*.cypher"))
KG = program()

LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
SHELLS = {"", "sh", "bash", "console"}
SHELL_SIGNS = {"|", ">", ">>", "<", "&&"}
TARGET = re.compile(r"`make (\w+)")


def commands(group: click.Group, name: str = "kg") -> Iterator[tuple[str, click.Command]]:
    for word, command in group.commands.items():
        yield f"{name} {word}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")


def told() -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES)


def kg_lines(page: Path) -> Iterator[list[str]]:
    """Yield the arguments of each call of kg in the shell blocks of a page, up to a pipe or a redirection."""
    blocks = [block for language, block in BLOCK.findall(page.read_text("utf-8")) if language in SHELLS]
    for block in blocks:
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0].split("/")[-1] == "kg":
                yield list(takewhile(lambda word: word not in SHELL_SIGNS, words[1:]))


def parse(command: click.Command, words: list[str]) -> None:
    """Read arguments as the program would, without running it; click raises what it would say to the user."""
    _, rest, _ = command.make_parser(click.Context(command)).parse_args(list(words))
    if isinstance(command, click.Group) and rest:
        assert rest[0] in command.commands, f"there is no command {rest[0]!r}"
        parse(command.commands[rest[0]], rest[1:])


COMMANDS = dict(commands(KG))


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_help(name: str) -> None:
    assert COMMANDS[name].help, f"{name} says nothing of what it does"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name: str) -> None:
    options = [p for p in COMMANDS[name].params if isinstance(p, click.Option)]
    assert [option.opts[0] for option in options if not option.help and not option.hidden] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_command_stands_in_the_docs(name: str) -> None:
    assert re.search(rf"\b{name}\b", told()), f"{name} stands neither in README.md nor in docs/"


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_question_stands_in_the_docs(path: Path) -> None:
    assert path.stem in told()


def test_page_of_the_codebook_is_as_kg_prints_it() -> None:
    printed = "\n".join(page_of_codebook(codebook()))
    assert (ROOT / "docs" / "codebook.md").read_text("utf-8").strip() == printed.strip(), (
        "kg codebook show > docs/codebook.md"
    )


def test_example_of_judgements_is_whole_and_its_table_names_every_field() -> None:
    page = (ROOT / "docs" / "judgements.md").read_text("utf-8")
    (example,) = (block for language, block in BLOCK.findall(page) if language == "jsonl")
    made = decoded(example.split("\n"))
    assert {each.verdict for each in made} >= {"same", "different", "split", "wrong", "withdrawn", "undo"}
    assert len(in_force(made)) == len(made) - 2
    rows = " ".join(line.split("|")[1] for line in page.splitlines() if line.startswith("| `"))
    assert set(re.findall(r"`(\w+)`", rows)) >= {field.name for field in fields(Judgement)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = [first or second for first, second in LINK.findall(page.read_text("utf-8"))]
    local = [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    assert [link for link in local if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_kg_commands_in_the_docs_can_be_typed(page: Path) -> None:
    for words in kg_lines(page):
        parse(KG, words)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_make_targets_in_the_docs_are_there(page: Path) -> None:
    rules = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(TARGET.findall(page.read_text("utf-8"))) <= rules
