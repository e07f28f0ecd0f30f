"""`kg ask`: what it prints where a question is understood, and where it is not."""

import json

import pytest
from cli_runs import Kg

NEVER = "\x07"


def test_rows_go_to_stdout_and_the_reading_to_stderr(loaded: Kg) -> None:
    outcome = loaded("ask", "Whom did Anna Berg meet in Oslo?", "--format", "jsonl")
    assert outcome.code == 0
    assert [json.loads(line)["other"] for line in outcome.out.splitlines()] == ["Carl Dorn"]
    assert outcome.err.splitlines()[0] == "who_met_whom actor=Anna Berg place=Oslo"


def test_json_holds_question_query_and_every_parameter(loaded: Kg) -> None:
    question = "Did Anna Berg discuss a fishing treaty with Carl Dorn?"
    shown = json.loads(loaded("ask", question, "--format", "json").out)
    assert list(shown) == ["question", "query", "parameters", "columns", "rows"]
    assert (shown["question"], shown["query"]) == (question, "who_discussed_what_with_whom")
    given = {key: value for key, value in shown["parameters"].items() if key in ("actor", "other", "topic", "modality")}
    assert given == {"actor": "Anna Berg", "other": "Carl Dorn", "topic": "fishing treaty", "modality": "facts"}
    assert shown["rows"][0]["evidence"].startswith("Anna Berg met Carl Dorn")


def test_a_number_that_is_asked_for_is_given(loaded: Kg) -> None:
    outcome = loaded("ask", "How often did Anna Berg meet Carl Dorn?", "--format", "json")
    assert json.loads(outcome.out)["count"] == 1
    assert "1 event\n" in outcome.err


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md"])
def test_what_is_not_understood_ends_in_an_error(loaded: Kg, form: str) -> None:
    outcome = loaded("ask", "Who met Anna Bergg?", "--format", form)
    assert outcome.code == 1
    assert "'Anna Bergg' (did you mean Anna Berg?)" in outcome.err
    assert "try: kg ask 'Who met Anna Berg?'" in outcome.err
    assert bool(outcome.out) == (form == "json")


def test_json_tells_problem_and_suggestions(loaded: Kg) -> None:
    shown = json.loads(loaded("ask", "Who met Anna Bergg?", "--format", "json").out)
    assert list(shown) == ["question", "query", "parameters", "problem", "suggestions", "columns", "rows"]
    assert (shown["query"], shown["rows"]) == (None, [])
    assert "Anna Bergg" in shown["problem"]
    assert "kg ask 'Who met Anna Berg?'" in shown["suggestions"]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        ("", "nothing is asked"),
        ("x" * 10_000, "10000 characters"),
        (f"Who met{NEVER} Anna Berg?", "control characters"),
        ("Who met Vladimir Putin?", "no article in kg-data speaks of Vladimir Putin"),
        ("Who met Anna Berg in Paris?", "no place in kg-data holds 'Paris'"),
    ],
)
def test_bad_questions_say_what_is_wrong(loaded: Kg, question: str, problem: str) -> None:
    outcome = loaded("ask", question)
    assert outcome.code == 1
    assert problem in outcome.err
    assert NEVER not in outcome.err


def test_an_empty_store_says_how_to_load(kg: Kg) -> None:
    kg("init")
    outcome = kg("ask", "Who met Anna Berg?")
    assert outcome.code == 1
    assert "kg load" in outcome.err
