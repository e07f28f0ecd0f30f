"""kg report: a briefing on stdout or in a file, and what it says to who asks for what is not there."""

import json
from pathlib import Path

import pytest
from cli_runs import Kg


def test_report_on_an_actor_is_markdown_on_stdout(loaded: Kg) -> None:
    outcome = loaded("report", "berg")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith("# Anna Berg\n")
    assert "2021-03-01: Anna Berg – Carl Dorn: “met” (CONSULT, visit), in Oslo, about fishing treaty." in outcome.out
    assert "told as possible, not as a fact: Carl Dorn → Anna Berg: “visit”" in outcome.out
    assert "characters 0–73: “Anna Berg met Carl Dorn in Oslo on Monday and discussed a fishing treaty.”" in outcome.out


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("md", "# Anna Berg and Carl Dorn"), ("html", "<!doctype html>"), ("bibtex", "@article{the-harbour-post-2021-")],
)
def test_report_on_two_actors_is_written_into_a_file(loaded: Kg, tmp_path: Path, form: str, beginning: str) -> None:
    outcome = loaded("report", "Anna Berg", "--other", "Dorn", "--format", form, "-o", "report")
    assert (outcome.code, outcome.out) == (0, "")
    assert (tmp_path / "report").read_text("utf-8").startswith(beginning)


def test_report_on_an_event(loaded: Kg) -> None:
    outcome = loaded("report", "--event", "meeting.txt", "e1", "--format", "csl")
    assert outcome.code == 0
    (item,) = json.loads(outcome.out)
    assert item["issued"] == {"date-parts": [[2021, 3, 2]]}
    assert item["container-title"] == "The Harbour Post"


def test_days_without_events_are_told_and_no_error(loaded: Kg) -> None:
    outcome = loaded("report", "Anna Berg", "--from", "1900-01-01", "--to", "1900-01-02")
    assert outcome.code == 0
    assert "No event fits this selection." in outcome.out
    assert "no event fits; the report says so" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["Anna Bergg"], "did you mean Anna Berg?"),
        (["Anna Berg", "--other", "Eva Falkk"], "no actor 'Eva Falkk'"),
        (["Anna Berg", "--other", "anna-berg"], "name two actors"),
        (["Anna Berg", "--from", "yesterday"], "is not a date"),
        (["Anna Berg", "--from", "2021-03-02", "--to", "2021-03-01"], "exchange them"),
        (["Anna Berg", "--format", "htm"], "no format 'htm' of reports; did you mean html?"),
        ([], "whom about?"),
        (["Anna Berg", "--event", "meeting.txt", "e1"], "leave NAME, --other, --from and --to out"),
        (["--event", "meeting.txt", "e9"], "no event 'e9' in article 'meeting.txt'"),
    ],
)
def test_what_is_not_there_is_refused(loaded: Kg, arguments: list[str], fault: str) -> None:
    outcome = loaded("report", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert fault in outcome.err
