"""Judging with the program: merge, split, correct, retract, undo, and the file that keeps it."""

import json
import os
from pathlib import Path

import pytest
from cli_runs import Kg, Outcome, record

from kg.model import encode
from kg.stores.contents import contents
from kg.stores.embedded import EmbeddedStore

ROOT = Path(__file__).resolve().parents[2]
FILE = Path("kg-data.judgements.jsonl")


def graph(store: str = "kg-data") -> list[str]:
    with EmbeddedStore(Path(store), read_only=True) as opened:
        return contents(opened)


def answered(kg: Kg, *arguments: str) -> list[dict[str, object]]:
    outcome = kg("query", *arguments, "--format", "jsonl")
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


def actors(kg: Kg) -> set[object]:
    return {row["actor"] for row in answered(kg, "actors")}


def judgements(kg: Kg) -> list[dict[str, object]]:
    return [json.loads(line) for line in kg("judgements", "show", "--format", "jsonl").out.split("\n") if line]


def done(outcome: Outcome) -> str:
    assert outcome.code == 0, outcome.err
    return outcome.err


def refused(outcome: Outcome, code: int = 2) -> str:
    assert (outcome.code, outcome.out) == (code, ""), outcome
    assert outcome.err.startswith("Error: ")
    assert outcome.err.count("\n") == 1
    return outcome.err


def load_later(kg: Kg) -> None:
    Path("later.jsonl").write_bytes(encode(record("later.txt", "Carl Dorn met Eva Falk in Bergen.")) + b"\n")
    done(kg("load", "--records", "later.jsonl"))


def test_merged_actors_are_one_and_reloading_respects_it(loaded: Kg) -> None:
    before = graph()
    told = done(loaded("merge", "Anna Berg", "Carl Dorn", "--reason", "a pen name", "--by", "Mo"))
    assert "same anna-berg carl-dorn -> Anna Berg" in told
    assert actors(loaded) == {"Anna Berg"}
    load_later(loaded)
    assert actors(loaded) == {"Anna Berg", "Eva Falk"}
    assert loaded("remove", "later.txt").code == 0
    done(loaded("undo"))
    assert graph() == before
    assert [each["in_force"] for each in judgements(loaded)] == [False, False]


def test_a_merge_says_who_the_other_becomes(loaded: Kg) -> None:
    load_later(loaded)
    done(loaded("merge", "Anna Berg", "Carl Dorn"))
    done(loaded("merge", "Eva Falk", "Anna Berg"))
    assert actors(loaded) == {"Eva Falk"}


@pytest.mark.parametrize("other", ["anna-berg", "Berg", "Nobody Atall"])
def test_merging_one_with_itself_or_with_nobody_is_refused(loaded: Kg, other: str) -> None:
    refused(loaded("merge", "Anna Berg", other))
    assert not FILE.exists()


def test_split_is_somebody_else_in_those_articles_only(loaded: Kg) -> None:
    before = graph()
    done(loaded("split", "Carl Dorn", "--in", "visit.txt", "--as", "Carl Dorn the younger"))
    sources = {(row["article"], row["source"]) for row in answered(loaded, "timeline", "--modality", "all")}
    assert ("visit.txt", "Carl Dorn the younger") in sources
    assert actors(loaded) == {"Anna Berg", "Carl Dorn", "Carl Dorn the younger"}
    assert "kg undo" in refused(loaded("split", "Carl Dorn the younger", "--in", "visit.txt", "--as", "Eva"), 1)
    done(loaded("undo"))
    assert graph() == before


def test_split_of_who_was_merged_parts_the_merged_one(loaded: Kg) -> None:
    load_later(loaded)
    done(loaded("merge", "Anna Berg", "Carl Dorn"))
    done(loaded("split", "Anna Berg", "--in", "later.txt", "--as", "Somebody Else"))
    assert actors(loaded) == {"Anna Berg", "Eva Falk", "Somebody Else"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["Carl Dorn", "--in", "meeting.txt", "--as", "Carl Dorn"],
        ["Carl Dorn", "--in", "meeting.txt", "--as", "carl-dorn"],
        ["Carl Dorn", "--in", "meeting.txt", "--as", " "],
        ["Nobody", "--in", "meeting.txt", "--as", "Eva Falk"],
    ],
)
def test_split_that_means_nothing_is_refused(loaded: Kg, arguments: list[str]) -> None:
    refused(loaded("split", *arguments))
    assert not FILE.exists()


def test_split_where_the_actor_is_not_named_is_refused(loaded: Kg) -> None:
    load_later(loaded)
    assert "does not name Anna Berg" in refused(loaded("split", "Anna Berg", "--in", "later.txt", "--as", "Eva Falk"))


def test_wrong_event_is_left_out_and_explained(loaded: Kg) -> None:
    before = graph()
    done(loaded("correct", "meeting.txt", "e1", "wrong", "--reason", "it was called off", "--by", "Mo"))
    assert answered(loaded, "timeline") == []
    assert [row["judged"] for row in answered(loaded, "timeline", "-p", "standing=all")] == [
        "wrong, says Mo: it was called off"
    ]
    assert "wrong, says Mo: it was called off" in loaded("explain", "meeting.txt", "e1").out
    explained = json.loads(loaded("explain", "meeting.txt", "e1", "--format", "json").out)
    assert explained["judged"] == ["wrong, says Mo: it was called off"]
    done(loaded("undo"))
    assert graph() == before
    assert "judged" not in json.loads(loaded("explain", "meeting.txt", "e1", "--format", "json").out)


def test_wrong_part_is_taken_out_of_the_event(loaded: Kg) -> None:
    done(loaded("correct", "meeting.txt", "e1", "wrong", "--part", "topic=fishing treaty", "--by", "Mo"))
    (row,) = answered(loaded, "timeline")
    assert (row["topics"], row["judged"]) == ("", "topic fishing treaty wrong, says Mo")
    assert "there is Anna Berg" in refused(loaded("correct", "meeting.txt", "e1", "wrong", "--part", "source=Putin"))


def test_part_is_known_by_the_name_that_people_judged_right(loaded: Kg) -> None:
    load_later(loaded)
    done(loaded("merge", "Eva Falk", "Carl Dorn"))
    done(loaded("correct", "meeting.txt", "e1", "wrong", "--part", "target=Eva Falk"))
    (row,) = answered(loaded, "timeline")
    assert row["target"] == ""
    assert loaded("explain", "meeting.txt", "Eva Falk").code == 0
    assert json.loads(loaded("explain", "meeting.txt", "carl-dorn", "--format", "json").out)["judged"] == {
        "id": "eva-falk",
        "name": "Eva Falk",
    }


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["meeting.txt", "e9", "wrong"], 2),
        (["nowhere.txt", "e1", "wrong"], 1),
        (["meeting.txt", "e1", "wrong", "--part", "source=Nobody"], 2),
        (["meeting.txt", "e1", "wrong", "--part", "according_to=Nobody"], 2),
    ],
)
def test_correcting_what_is_not_there_is_refused(loaded: Kg, arguments: list[str], code: int) -> None:
    refused(loaded("correct", *arguments), code)


@pytest.mark.parametrize("part", ["source", "source=", "colour=red", "=x", ""])
def test_part_of_no_form_is_wrong_use(loaded: Kg, part: str) -> None:
    assert loaded("correct", "meeting.txt", "e1", "wrong", "--part", part).code == 2


def test_correction_outlives_a_text_without_the_event(loaded: Kg, records: Path) -> None:
    done(loaded("correct", "meeting.txt", "e1", "wrong"))
    done(loaded("correct", "meeting.txt", "e1", "wrong", "--part", "topic=fishing treaty"))
    stored = records.read_bytes()
    records.write_bytes(encode(record("meeting.txt", "Nothing happened in Oslo.")) + b"\n")
    done(loaded("load", "--records", str(records)))
    assert answered(loaded, "timeline", "-p", "standing=all") == []
    records.write_bytes(stored)
    done(loaded("load", "--records", str(records)))
    assert answered(loaded, "timeline") == []


def test_retracted_article_keeps_its_record(loaded: Kg) -> None:
    def stored() -> list[str]:
        return [line for line in loaded("dump").out.splitlines() if '"article":{' in line]

    before, records = graph(), stored()
    done(loaded("retract", "meeting.txt", "meeting.txt", "--reason", "made up"))
    assert stored() == records
    assert answered(loaded, "timeline") == []
    assert len(answered(loaded, "timeline", "-p", "standing=all")) == 1
    assert "says so already" in done(loaded("retract", "meeting.txt"))
    assert len(judgements(loaded)) == 1
    done(loaded("undo"))
    assert graph() == before
    refused(loaded("retract", "meeting.txt", "nowhere.txt"), 1)


def test_undo_of_what_is_not_in_force_is_refused(loaded: Kg) -> None:
    assert "nothing to undo" in refused(loaded("undo"))
    done(loaded("retract", "meeting.txt"))
    assert "`kg judgements show` lists" in refused(loaded("undo", "12345678"))
    (made,) = judgements(loaded)
    done(loaded("undo", str(made["id"]), str(made["id"])))
    refused(loaded("undo", str(made["id"])))


def test_the_file_gives_another_store_the_same_graph(loaded: Kg, records: Path) -> None:
    done(loaded("merge", "Anna Berg", "Carl Dorn"))
    done(loaded("retract", "visit.txt"))
    done(loaded("undo"))
    done(loaded("correct", "meeting.txt", "e1", "wrong"))
    done(loaded("--store", "other", "load", "--records", str(records)))
    assert graph("other") != graph()
    done(loaded("--store", "other", "judgements", "apply", str(FILE)))
    assert graph("other") == graph()
    assert Path("other.judgements.jsonl").read_bytes() == FILE.read_bytes()
    done(loaded("--store", "other", "judgements", "apply", str(FILE)))
    assert Path("other.judgements.jsonl").read_bytes() == FILE.read_bytes()


def test_what_is_applied_may_not_contradict_what_is_there(loaded: Kg) -> None:
    done(loaded("correct", "meeting.txt", "e1", "wrong"))
    before, kept = graph(), FILE.read_bytes()
    Path("mine.jsonl").write_text('{"verdict":"right","articles":["meeting.txt"],"event":"e1"}\n')
    assert "kg undo" in refused(loaded("judgements", "apply", "mine.jsonl"), 1)
    assert (graph(), FILE.read_bytes()) == (before, kept)


def test_an_edited_file_is_gone_by_with_the_next_load(loaded: Kg, records: Path) -> None:
    FILE.write_bytes(b'\xef\xbb\xbf\r\n{"verdict":"withdrawn","articles":["meeting.txt"]}\r\n\n')
    assert "1 judgements in force" in done(loaded("load", "--records", str(records)))
    assert answered(loaded, "timeline") == []
    FILE.write_text("")
    done(loaded("judgements", "apply"))
    assert len(answered(loaded, "timeline")) == 1


BROKEN = {
    "json": b'{"verdict":\n',
    "unknown key": b'{"verdict":"withdrawn","articles":["a"],"colour":"red"}\n',
    "missing": b'{"verdict":"same","actors":["a","b"]}\n',
    "undo of nothing": b'{"verdict":"undo","undoes":"12345678"}\n',
    "latin": b'{"verdict":"withdrawn","articles":["\xe9"]}\n',
    "utf-16": '{"verdict":"withdrawn","articles":["a"]}\n'.encode("utf-16"),
    "binary": b"\x00\x01\x02\xff" * 100,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_broken_file_is_refused_by_name_before_anything_changes(loaded: Kg, content: bytes, records: Path) -> None:
    before = graph()
    FILE.write_bytes(content)
    for command in (
        ["judgements", "check", str(FILE)],
        ["judgements", "show"],
        ["judgements", "apply"],
        ["retract", "meeting.txt"],
        ["load", "--records", str(records)],
    ):
        assert FILE.name in refused(loaded(*command), 1)
    assert loaded("doctor").code == 1
    assert (graph(), FILE.read_bytes()) == (before, content)


def test_a_folder_in_place_of_the_file_is_refused(loaded: Kg) -> None:
    FILE.mkdir()
    assert FILE.name in refused(loaded("retract", "meeting.txt"), 1)
    FILE.rmdir()
    os.mkfifo(FILE)  # nobody writes to it
    assert "is no file" in refused(loaded("retract", "meeting.txt"), 1)


def test_what_never_ends_is_no_file_of_judgements(loaded: Kg) -> None:
    assert "larger than" in refused(loaded("judgements", "check", "/dev/zero"), 1)


def test_a_file_whose_name_is_too_long_is_refused(loaded: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_JUDGEMENTS", "x" * 300)
    refused(loaded("retract", "meeting.txt"), 1)


def test_a_file_that_cannot_be_written_leaves_the_graph_alone(loaded: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    before = graph()
    monkeypatch.setenv("KG_JUDGEMENTS", "nowhere/judged.jsonl")
    assert "judged.jsonl" in refused(loaded("retract", "meeting.txt"), 1)
    assert graph() == before


def test_no_right_to_write_is_told(loaded: Kg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        pytest.skip("rights do not bind this user")
    monkeypatch.setenv("KG_JUDGEMENTS", str(closed / "judged.jsonl"))
    assert "judged.jsonl" in refused(loaded("retract", "meeting.txt"), 1)


def test_a_store_that_another_writes_to_leaves_the_file_alone(loaded: Kg) -> None:
    with EmbeddedStore(Path("kg-data")) as other:
        other.prepare()
        assert "another process is writing" in refused(loaded("retract", "meeting.txt"), 4)
    assert not FILE.exists()


def test_judging_without_a_store_makes_none(kg: Kg) -> None:
    for command in (["merge", "a", "b"], ["retract", "a"], ["undo"], ["review", "--list"]):
        assert kg(*command).code == 4
    assert not Path("kg-data").exists()
    FILE.write_text('{"verdict":"withdrawn","articles":["a"]}\n')
    refused(kg("undo"), 4)
    assert not Path("kg-data").exists()


def test_what_is_typed_in_other_bytes_is_told_or_kept(loaded: Kg) -> None:
    done(loaded("retract", "meeting.txt", "--reason", "\udcff", "--by", "M\udcff"))
    assert json.loads(FILE.read_text())["reason"] == "\\udcff"
    for command in (["retract", "\udcff"], ["history", "\udcff"], ["merge", "\udcff", "Anna Berg"]):
        assert refused(loaded(*command))


def test_signs_that_end_lines_elsewhere_stay_in_theirs(loaded: Kg) -> None:
    done(loaded("retract", "meeting.txt", "--reason", "one\u2028two\x85three\nfour"))
    done(loaded("retract", "visit.txt"))
    assert [each["reason"] for each in judgements(loaded)] == ["one\u2028two\x85three\nfour", ""]


def test_who_judges_is_known(loaded: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_USER", "Eva")
    done(loaded("retract", "meeting.txt"))
    done(loaded("retract", "visit.txt", "--by", "Mo"))
    assert [each["by"] for each in judgements(loaded)] == ["Eva", "Mo"]


def test_dump_and_restore_carry_judgements_and_their_file(loaded: Kg) -> None:
    done(loaded("merge", "Anna Berg", "Carl Dorn"))
    dumped = loaded("dump").out
    done(loaded("--store", "other", "restore", "-", stdin=dumped))
    assert graph("other") == graph()
    assert loaded("--store", "other", "dump").out == dumped
    assert Path("other.judgements.jsonl").read_bytes() == FILE.read_bytes()
    FILE.unlink()
    done(loaded("undo"))
    assert len(FILE.read_text().splitlines()) == 2


def test_restoring_what_contradicts_the_file_is_refused(loaded: Kg) -> None:
    done(loaded("correct", "meeting.txt", "e1", "wrong"))
    dumped = loaded("dump").out
    Path("other.judgements.jsonl").write_text('{"verdict":"right","articles":["meeting.txt"],"event":"e1"}\n')
    refused(loaded("--store", "other", "restore", "-", stdin=dumped), 1)
    assert json.loads(loaded("--store", "other", "status", "--format", "json").out)["articles"] == 0


def test_the_setting_is_shown_and_checked(loaded: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str) -> dict[str, str]:
        lines = map(json.loads, loaded("doctor", "--format", "jsonl").out.splitlines())
        return next(line for line in lines if line["check"] == name)

    assert "is not there yet" in found("judgements")["found"]
    Path("kg.toml").write_text('judgements = "ours.jsonl"\n')
    done(loaded("retract", "meeting.txt"))
    assert found("judgements")["found"] == "ours.jsonl: 1 in force"
    shown = {
        line["setting"]: line
        for line in map(json.loads, loaded("config", "show", "--format", "jsonl").out.splitlines())
    }
    assert shown["judgements"]["value"] == "ours.jsonl"
    monkeypatch.setenv("KG_JUDGEMENTS", "theirs.jsonl")
    assert "theirs.jsonl is not there yet" in found("judgements")["found"]
