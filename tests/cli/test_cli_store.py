"""Loading, counting, asking, removing, dumping and exporting, on an embedded store."""

import json
import os
from pathlib import Path

import pytest
from cli_runs import Kg, meeting

from kg.model import encode

NOTHING = {"articles": 0, "sentences": 0, "actors": 0, "events": 0, "statements": 0, "topics": 0, "places": 0}


def status(kg: Kg) -> dict[str, int]:
    return json.loads(kg("status", "--format", "json").out)


def test_load_prints_a_summary_and_a_second_one_changes_nothing(kg: Kg, records: Path) -> None:
    first = kg("load", "--records", str(records), "--format", "json")
    assert (first.code, json.loads(first.out)) == (
        0,
        {"added": 2, "updated": 0, "unchanged": 0, "kept_aside": 0},
    )
    again = kg("load", "--records", str(records))
    assert again.out.split() == ["added", "0", "updated", "0", "unchanged", "2", "kept", "aside", "0"]


def test_records_come_from_stdin_too(kg: Kg) -> None:
    outcome = kg("load", "--records", "-", "--format", "json", stdin=encode(meeting()).decode() + "\n")
    assert json.loads(outcome.out)["added"] == 1


def test_a_broken_record_is_kept_aside_and_the_rest_goes_in(kg: Kg, records: Path) -> None:
    records.write_bytes(b'{"article": {"id": "x"\n' + records.read_bytes() + b"\n[]\n\xff\n")
    outcome = kg("load", "--records", str(records), "--format", "json")
    assert outcome.code == 3
    assert json.loads(outcome.out) == {"added": 2, "updated": 0, "unchanged": 0, "kept_aside": 3}
    reasons = outcome.err.splitlines()
    assert [line.split(": ")[1].rsplit(":")[-1] for line in reasons] == ["1", "5", "6"]
    assert all("not an extraction record" in line for line in reasons)


def test_quiet_leaves_stderr_to_what_went_wrong(kg: Kg, records: Path) -> None:
    assert kg("-q", "load", "--records", str(records)).err == ""
    records.write_bytes(b"{}\n")
    outcome = kg("-q", "load", "--records", str(records))
    assert outcome.code == 3
    assert outcome.err.startswith(f"kept aside: {records}:1: not an extraction record")


def test_what_was_kept_aside_can_be_looked_up(kg: Kg, records: Path) -> None:
    records.write_bytes(b"{}\n[]\n")
    kg("load", "--records", str(records))
    listed = [json.loads(line) for line in kg("status", "--kept-aside").out.splitlines()]
    assert [line["source"] for line in listed] == [f"{records}:1", f"{records}:2"]
    assert all("not an extraction record" in line["reason"] for line in listed)
    shown = json.loads(kg("status", "--kept-aside", "--format", "json").out)
    assert shown == {"columns": ["source", "reason"], "rows": listed}
    assert kg("status", "--kept-aside", "--format", "csv").out.splitlines()[0] == "source,reason"


def test_status_counts(loaded: Kg) -> None:
    counted = status(loaded)
    assert list(counted) == [*NOTHING, "kept_aside", "schema"]
    assert (counted["articles"], counted["actors"], counted["events"]) == (2, 2, 2)


def test_status_is_a_table_unless_told(loaded: Kg) -> None:
    assert loaded("status").out.splitlines()[0].split() == ["articles", "2"]
    assert json.loads(loaded("status", "--format", "jsonl").out)["articles"] == 2
    assert loaded("status", "--format", "csv").out.splitlines()[0].startswith("articles,sentences,")


def test_init_twice_is_once(kg: Kg) -> None:
    assert kg("init").code == kg("init").code == 0
    assert status(kg) | {"schema": 0} == {**NOTHING, "kept_aside": 0, "schema": 0}


def test_removing_is_the_inverse_of_loading(loaded: Kg) -> None:
    outcome = loaded("remove", "meeting.txt", "visit.txt")
    assert (outcome.code, outcome.out) == (0, "meeting.txt\nvisit.txt\n")
    assert NOTHING.items() <= status(loaded).items()


def test_removing_what_is_not_there(loaded: Kg) -> None:
    partly = loaded("remove", "meeting.txt", "other.txt")
    assert (partly.code, partly.out) == (3, "meeting.txt\n")
    assert "no article 'other.txt'" in partly.err
    nothing = loaded("remove", "other.txt")
    assert nothing.code == 1
    assert "`kg query articles` lists those there are" in nothing.err


def test_a_dump_restores_to_the_same_dump(loaded: Kg, tmp_path: Path) -> None:
    assert loaded("dump", "first.jsonl").code == 0
    assert loaded("--store", "copy", "restore", "first.jsonl").code == 0
    dumped = loaded("--store", "copy", "dump").out
    assert dumped == (tmp_path / "first.jsonl").read_text()
    assert loaded("--store", "third", "restore", "-", stdin=dumped).code == 0


def test_a_file_that_is_no_dump_is_refused_by_name(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe")
    outcome = kg("restore", "x.jsonl")
    assert outcome.code == 1
    assert outcome.err.startswith("Error: x.jsonl:1: not UTF-8")


def test_a_question_is_answered_with_its_parameters(loaded: Kg) -> None:
    outcome = loaded("query", "who_discussed_what_with_whom", "-p", "actor=carl dorn", "--format", "json")
    answer = json.loads(outcome.out)
    assert list(answer) == ["query", "parameters", "columns", "rows"]
    assert answer["query"] == "who_discussed_what_with_whom"
    assert answer["parameters"]["actor"] == "Carl Dorn"
    (row,) = answer["rows"]
    assert list(row) == answer["columns"]
    assert (row["other"], row["topic"], row["place"], row["date"]) == (
        "Anna Berg",
        "fishing treaty",
        "Oslo",
        "2021-03-01",
    )


def test_all_modalities_on_demand(loaded: Kg) -> None:
    assert len(loaded("query", "who_discussed_what_with_whom").out.splitlines()) == 1
    both = loaded("query", "who_discussed_what_with_whom", "--modality", "all").out
    assert {json.loads(line)["modality"] for line in both.splitlines()} == {"actual", "possible"}


def test_a_limit_is_kept_and_told(loaded: Kg) -> None:
    outcome = loaded("query", "who_discussed_what_with_whom", "--modality", "all", "--limit", "1")
    assert len(outcome.out.splitlines()) == 1
    assert "--limit gives more" in outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "who_knows"],
        ["query", "who_met_whom", "-p", "colour=red"],
        ["query", "who_met_whom", "-p", "actor=Nobody At All"],
        ["cypher", "CREATE (:Actor {id: 'x'})"],
        ["cypher", "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line"],
        ["cypher", "RETURN $x"],
        ["explain", "meeting.txt", "nothing"],
        ["export", "vhs"],
        ["export", "graphml", "-p", "actor=Anna Berg", "-p", "actor=Carl Dorn"],
        ["export", "graphml", "-p", "actor=Anna Berg", "--actor", "Carl Dorn"],
        ["export", "graphml", "-o", ""],
        ["report", "Butinn\udcffa"],
        ["--store", "bolt://[::1", "status"],
    ],
)
def test_what_cannot_be_asked_ends_with_2_and_one_line(loaded: Kg, arguments: list[str]) -> None:
    outcome = loaded(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Error: ")
    assert outcome.err.count("\n") == 1


def test_cypher_takes_typed_parameters_and_stdin(loaded: Kg) -> None:
    outcome = loaded(
        "cypher",
        "-",
        "-p",
        "n=5",
        "-p",
        'text="5"',
        "--format",
        "json",
        stdin="RETURN $n + 1 AS n, $text AS text",
    )
    shown = json.loads(outcome.out)
    assert shown["rows"] == [{"n": 6, "text": "5"}]
    assert shown["parameters"] == {"n": 5, "text": "5"}


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "9223372036854775808", "9" * 4000])
def test_a_number_that_no_query_can_take_is_refused(loaded: Kg, number: str) -> None:
    outcome = loaded("cypher", "RETURN $x AS x", "-p", f"x={number}")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Error: x is no number of 64 bits")


@pytest.mark.parametrize("value", ["9223372036854775807", "-9223372036854775807", "1e300", "true", "null"])
def test_what_json_and_64_bits_hold_is_a_parameter(loaded: Kg, value: str) -> None:
    outcome = loaded("cypher", "RETURN $x AS x", "-p", f"x={value}")
    assert json.loads(outcome.out) == {"x": json.loads(value)}


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_an_answer_that_is_no_number_is_null_in_json(loaded: Kg, form: str) -> None:
    outcome = loaded("cypher", "RETURN 1e308 * 1000 AS x", "--format", form)
    assert outcome.code == 0
    for word in ("Infinity", "NaN"):
        assert word not in outcome.out


@pytest.mark.parametrize("form", ["graphml", "gexf", "html"])
def test_exports_are_written(loaded: Kg, tmp_path: Path, form: str) -> None:
    assert loaded("export", form, "-o", f"graph.{form}").code == 0
    assert b"Anna Berg" in (tmp_path / f"graph.{form}").read_bytes()


@pytest.mark.parametrize("picture", ["network", "timeline", "curve"])
def test_a_picture_is_chosen_by_its_name(loaded: Kg, picture: str) -> None:
    outcome = loaded("export", "svg", "--picture", picture)
    assert outcome.code == 0
    title = {"network": "had to do", "timeline": "day by day", "curve": "Cooperation and conflict"}[picture]
    assert title in outcome.out


def test_a_picture_that_is_none_is_refused(loaded: Kg) -> None:
    outcome = loaded("export", "svg", "--picture", "timelin")
    assert (outcome.code, outcome.out) == (2, "")
    assert "did you mean timeline?" in outcome.err
    outcome = loaded("export", "graphml", "--picture", "timeline")
    assert (outcome.code, outcome.out) == (2, "")
    assert "graphml is no picture; --picture is for svg, png and pdf" in outcome.err


def test_an_export_shows_what_a_question_finds(loaded: Kg) -> None:
    facts = loaded("export", "graphml", "--query", "who_met_whom", "-p", "actor=Anna Berg").out
    assert "meeting.txt" in facts
    assert "visit.txt" not in facts
    assert "visit.txt" in loaded("export", "graphml", "--query", "timeline", "--modality", "all").out


def test_an_export_of_days_the_wrong_way_round_is_refused(loaded: Kg) -> None:
    outcome = loaded("export", "graphml", "--from", "2021-03-02", "--to", "2021-03-01")
    assert (outcome.code, outcome.out) == (2, "")
    assert "exchange them" in outcome.err


def test_an_export_of_a_question_without_events_is_refused(loaded: Kg) -> None:
    assert loaded("export", "graphml", "--query", "co_participants").code == 2
    assert loaded("export", "graphml", "--query", "most_active_dyads", "-p", "topic=x").code == 2


def test_an_unknown_format_names_those_there_are(loaded: Kg) -> None:
    assert "graphml" in loaded("export", "vhs").err


@pytest.mark.parametrize("command", [["status"], ["query", "who_met_whom"], ["dump"], ["remove", "x"]])
def test_without_a_store_the_code_is_4(kg: Kg, command: list[str]) -> None:
    outcome = kg("--store", "nowhere", *command)
    assert outcome.code == 4
    assert "nowhere" in outcome.err
    assert not Path("nowhere").exists()


def test_a_database_that_is_not_there_is_4_and_one_line(kg: Kg, records: Path) -> None:
    outcome = kg("--store", "bolt://127.0.0.1:9", "load", "--records", str(records))
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.startswith("Error: ")
    assert outcome.err.count("\n") == 1


def test_the_doctor_finds_all_well(loaded: Kg) -> None:
    outcome = loaded("doctor", "--format", "jsonl")
    found = {line["check"]: line for line in map(json.loads, outcome.out.splitlines())}
    assert outcome.code == 0, outcome.out
    assert {
        "Python",
        "kg",
        "spaCy model",
        "codebook",
        "tables",
        "queries",
        "Java",
        "rights",
        "judgements",
        "store",
    } == found.keys()
    assert "2 articles" in found["store"]["found"]


def test_the_doctor_tells_a_lost_database_from_other_faults(kg: Kg, tmp_path: Path) -> None:
    assert kg("--store", "bolt://127.0.0.1:9", "doctor").code == 4
    (tmp_path / "file").write_text("x")
    outcome = kg("--store", "file", "doctor", "--format", "jsonl")
    assert outcome.code == 1
    assert "is a file" in outcome.out


@pytest.mark.parametrize("place", ["x" * 300, "round/store"])
def test_the_doctor_tells_of_a_place_that_cannot_be_looked_at(kg: Kg, place: str) -> None:
    Path("round").symlink_to("round")
    outcome = kg("--store", place, "doctor", "--format", "jsonl")
    found = {line["check"]: line for line in map(json.loads, outcome.out.splitlines())}
    assert outcome.code == 1
    assert found["rights"]["state"] == found["store"]["state"] == "wrong"
    assert "cannot be looked at" in found["rights"]["found"]


def test_a_folder_without_rights_is_said_once(kg: Kg, records: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("rights do not bind this user")
    outcome = kg("--store", str(closed / "store"), "load", "--records", str(records))
    assert (outcome.code, outcome.err.count("\n")) == (4, 1)
