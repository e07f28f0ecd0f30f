"""The program as a whole: help, options, errors and exit codes."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from cli_runs import Kg, Outcome
from click.testing import CliRunner

from kg.cli.main import program

DOCS = Path(__file__).resolve().parents[2] / "docs" / "cli.md"
EVERYWHERE = {"--store", "-q", "--quiet", "-v", "--verbose", "-h", "--help", "--version"}
PROMISED = [
    "load",
    "extract",
    "query",
    "queries",
    "cypher",
    "status",
    "init",
    "doctor",
    "export",
    "remove",
    "dump",
    "restore",
    "eval",
    "explain",
    "config",
]


def commands(group: click.Group, prefix: str = "kg") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        nested = isinstance(command, click.Group)
        found |= commands(command, f"{prefix} {name}") if nested else {f"{prefix} {name}": command}
    return found


def flags(command: click.Command) -> set[str]:
    options = (parameter for parameter in command.params if isinstance(parameter, click.Option))
    return {flag for option in options for flag in (*option.opts, *option.secondary_opts)}


def sections() -> dict[str, str]:
    """Return the text of docs/cli.md below each heading that names a command."""
    parts = re.split(r"^### `(kg [a-z ]*[a-z])(?: [^`]*)?`\n", DOCS.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_promised_command_is_there() -> None:
    assert set(PROMISED) <= program().commands.keys()


@pytest.mark.parametrize("name", sorted(commands(program())))
def test_every_command_helps_and_takes_the_common_options(name: str) -> None:
    shown = CliRunner().invoke(program(), [*name.split()[1:], "--help"])
    assert shown.exit_code == 0
    assert "--store" in shown.output
    assert commands(program())[name].get_short_help_str(limit=66)[-3:] != "..."


def test_the_docs_tell_of_every_command_and_no_other() -> None:
    assert sections().keys() == commands(program()).keys()


@pytest.mark.parametrize("name", sorted(commands(program())))
def test_the_docs_tell_of_every_option_and_no_other(name: str) -> None:
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", sections()[name]))
    own = flags(commands(program())[name])
    assert own - EVERYWHERE <= told
    assert told <= own | EVERYWHERE


def test_help_loads_nothing_heavy() -> None:
    heavy = {"spacy", "neo4j", "networkx", "trafilatura", "kglite", "rich"}
    code = "import sys; from kg.cli.main import main; main(['--help']); "
    code += f"sys.exit(str({heavy} & sys.modules.keys() or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_options_stand_before_or_after_the_command(kg: Kg) -> None:
    assert "flag --store" in kg("--store", "here", "config", "show").out
    assert "flag --store" in kg("config", "show", "--store", "here").out


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["load"],
        ["load", "a.txt", "--records", "-"],
        ["query", "who_met_whom", "-p", "actor"],
        ["query", "who_met_whom", "--limit", "0"],
        ["query", "who_met_whom", "--format", "xml"],
        ["query", "who_met_whom", "--limit", "9" * 20],
        ["cypher", "RETURN 1", "--timeout", "nan"],
        ["cypher", "RETURN 1", "--timeout", "1e999"],
        ["export", "graphml", "--from", "yesterday"],
        ["export", "graphml", "--from", "20180710"],
        ["export", "graphml", "--to", "2018-W28-2"],
        ["load", "--records", "missing.jsonl"],
    ],
)
def test_wrong_use_ends_with_2(kg: Kg, arguments: list[str]) -> None:
    outcome = kg(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert "Error: " in outcome.err
    assert "Traceback" not in outcome.err


def test_an_address_with_a_password_is_refused_and_not_repeated(kg: Kg) -> None:
    outcome = kg("--store", "bolt://ada:hunter2@localhost", "status")
    assert outcome.code == 2
    assert "hunter2" not in outcome.out + outcome.err


def test_verbose_shows_where_an_error_came_from(kg: Kg) -> None:
    assert "Traceback" in kg("-v", "--store", "bolt://ada:hunter2@localhost", "status").err


def test_an_unknown_key_is_named_with_those_there_are(kg: Kg) -> None:
    Path("kg.toml").write_text('shop = "x"\n')
    outcome = kg("config", "show")
    assert outcome.code == 2
    known = "codebook, database, judgements, password, patience, store, tables, token, user"
    assert outcome.err == f"Error: kg.toml: unknown key 'shop'; there are {known}\n"


def test_config_masks_the_password(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2")
    outcome = kg("config", "show", "--format", "table")
    assert "hunter2" not in outcome.out
    assert "environment NEO4J_PASSWORD" in outcome.out


def test_interruption_ends_quietly(kg: Kg) -> None:
    reader, writer = os.pipe()
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    with os.fdopen(reader) as waiting, os.fdopen(writer, "w"):
        outcome = kg("cypher", "-", stdin=waiting)
    signal.signal(signal.SIGALRM, before)
    assert outcome == Outcome(130, "", "")


def test_interruption_while_the_program_is_starting_ends_quietly() -> None:
    code = (
        "import signal, sys; from kg.cli.main import main; "
        "signal.signal(signal.SIGALRM, signal.default_int_handler); "
        "signal.setitimer(signal.ITIMER_REAL, 0.01); sys.exit(main(['--help']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_the_entry_imports_next_to_nothing() -> None:
    late = {"click", "msgspec", "kg.model", "kg.cli.options", "kg.knowledge.tables"}
    code = f"import sys, kg.cli.main; sys.exit(str({late} & sys.modules.keys() or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""


def test_the_help_names_nothing_that_only_the_source_tree_has() -> None:
    shown = CliRunner().invoke(program(), ["--help"]).output
    assert "kg load ARTICLES" in shown
    assert "seeds" not in shown


@pytest.mark.parametrize(
    ("redirected", "said"),
    [
        ("config show >&-", "Error: cannot write to standard output: Bad file descriptor"),
        ("extract good.txt >&-", "Error: cannot write to standard output: Bad file descriptor"),
        ("extract - <&-", "kept aside: -: it is empty"),
        ("cypher - <&-", "Error: "),
        ("restore - <&-", "Error: this is no dump of kg"),
    ],
)
def test_a_closed_stream_is_told_in_one_line(loaded: Kg, redirected: str, said: str) -> None:
    Path("good.txt").write_text("Anna Berg met Carl Dorn in Oslo.")
    code = "import sys; from kg.cli.main import main; sys.exit(main())"
    line = f"{shlex.quote(sys.executable)} -c {shlex.quote(code)} {redirected}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("command", [["config", "show"], ["status"], ["nonsense"]])
def test_a_closed_stderr_leaves_stdout_to_data(loaded: Kg, command: list[str]) -> None:
    code = "import sys; from kg.cli.main import main; sys.exit(main())"
    line = shlex.join([sys.executable, "-c", code, *command]) + " 2>&-"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == (2 if command == ["nonsense"] else 0)
    assert "Error" not in done.stdout


@pytest.mark.parametrize("command", [["cypher", "-"], ["restore", "-"]])
def test_a_stdin_that_cannot_be_read_is_named(loaded: Kg, command: list[str]) -> None:
    code = "import sys; from kg.cli.main import main; sys.exit(main())"
    line = shlex.join([sys.executable, "-c", code, *command]) + " 0>/dev/null"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Error: cannot read ")
    assert done.stderr.count("\n") == 1


def test_cypher_of_a_question_answers_as_the_question_does(loaded: Kg) -> None:
    text = loaded("queries", "who_met_whom")
    described = json.loads(loaded("queries", "who_met_whom", "--format", "jsonl").out)
    defaults = {each["name"]: each["default"] for each in described["parameters"]}
    assert described["cypher"] in text.out
    given = [option for name, value in (defaults | {"limit": 5}).items() for option in ("-p", f"{name}={value}")]
    asked = loaded("query", "who_met_whom", "--format", "jsonl")
    assert asked.out
    assert loaded("cypher", "-", *given, "--format", "jsonl", stdin=text.out).out == asked.out


def test_unknown_question_has_no_cypher(loaded: Kg) -> None:
    outcome = loaded("queries", "who_meet_whom")
    assert (outcome.code, outcome.out) == (2, "")
    assert "did you mean who_met_whom" in outcome.err
