"""What a shell offers to type next."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runs import Kg
from click.shell_completion import ShellComplete

from kg.cli.main import program


def offered(*words: str, incomplete: str) -> set[str]:
    found = ShellComplete(program(), {}, "kg", "_KG_COMPLETE").get_completions(list(words), incomplete)
    return {item.value for item in found}


@pytest.mark.parametrize(
    ("words", "incomplete", "expected"),
    [
        ([], "quer", {"query", "queries"}),
        (["query"], "who_d", {"who_discussed_what_with_whom", "who_denied_what"}),
        (["query", "who_met_whom", "-p"], "o", {"other=", "outlet="}),
        (["query", "who_met_whom", "-p"], "modality=a", {"modality=all", "modality=actual"}),
        (["query", "who_met_whom", "--evidence"], "i", {"ids"}),
        (["export"], "g", {"gdelt", "gexf", "graphml"}),
        (["export", "svg", "--picture"], "t", {"timeline"}),
        (["report", "Merkel", "--format"], "b", {"bibtex"}),
    ],
)
def test_names_are_completed(words: list[str], incomplete: str, expected: set[str]) -> None:
    assert offered(*words, incomplete=incomplete) == expected


@pytest.mark.parametrize(
    ("question", "incomplete", "expected"),
    [
        ("who_met_whom", "actor=a", {"actor=Anna Berg"}),
        ("who_met_whom", "other=", {"other=Anna Berg", "other=Carl Dorn"}),
        ("who_met_whom", "topic=FISH", {"topic=fishing treaty"}),
        ("events_at", "place=o", {"place=Oslo"}),
        ("articles", "outlet=the", {"outlet=The Harbour Post"}),
        ("most_mentioned", "place=o", set()),
        ("who_met_whom", "from=2", set()),
    ],
)
def test_names_in_the_store_are_completed(loaded: Kg, question: str, incomplete: str, expected: set[str]) -> None:
    assert offered("--store", "kg-data", "query", question, "-p", incomplete=incomplete) == expected


def test_no_store_completes_nothing_and_says_nothing(kg: Kg, capfd: pytest.CaptureFixture[str]) -> None:
    assert offered("--store", "nowhere", "query", "who_met_whom", "-p", incomplete="actor=A") == set()
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["actor", "=", "A"], "Anna\\ Berg"),
        (["actor", "="], "Anna\\ Berg"),
        (["act"], "actor="),
        (["actor", "=", "Anna", "-p", "other", "=", "C"], "Carl\\ Dorn"),
    ],
)
def test_bash_is_given_what_stands_behind_the_equals_sign(
    loaded: Kg, tmp_path: Path, typed: list[str], expected: str
) -> None:
    (tmp_path / "bin").mkdir()
    kg = tmp_path / "bin" / "kg"
    code = "import sys; from kg.cli.main import main; sys.exit(main())"
    kg.write_text(f'#!/bin/sh\nexec {shlex.join([sys.executable, "-c", code])} "$@"\n')
    kg.chmod(0o755)
    words = ["kg", "--store", "kg-data", "query", "who_met_whom", "-p", *typed]
    script = (
        'eval "$(_KG_COMPLETE=bash_source kg)"\n'
        f"COMP_WORDS=({shlex.join(words)}); COMP_CWORD={len(words) - 1}\n"
        '_kg_completion kg; printf "%s\\n" "${COMPREPLY[@]}"'
    )
    environment = os.environ | {"PATH": f"{kg.parent}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert expected in done.stdout.splitlines(), done.stderr
