"""What was known when, through the program: history, query --as-of, news."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from cli_runs import Kg, meeting, record

from kg.model import Record, encode

TOMORROW = "2999-01-01"
BEFORE = "2000-01-01"


def rows(kg: Kg, *arguments: str) -> list[dict[str, object]]:
    outcome = kg(*arguments, "--format", "jsonl")
    assert outcome.code == 0, outcome.err
    return [json.loads(line) for line in outcome.out.splitlines()]


def load(kg: Kg, *records: Record) -> None:
    Path("more.jsonl").write_bytes(b"".join(encode(each) + b"\n" for each in records))
    outcome = kg("load", "--records", "more.jsonl")
    assert outcome.code == 0, outcome.err


def abroad(name: str, outlet: str) -> Record:
    """Return the record of a meeting of two people of different countries."""
    told = meeting()
    actors = tuple(replace(actor, country={"anna-berg": "NOR"}.get(actor.id)) for actor in told.actors)
    return replace(told, article=replace(told.article, id=name, source=outlet), actors=actors)


def loaded_at(kg: Kg, article: str) -> str:
    """Return the moment at which the version of an article that stands was stored."""
    return str(rows(kg, "history", article)[-1]["first_seen"])


def test_history_shows_each_version(loaded: Kg) -> None:
    load(loaded, record("meeting.txt", "Anna Berg met nobody."))
    first, second = rows(loaded, "history", "meeting.txt")
    assert (first["version"], first["events"], second["version"], second["events"]) == (1, 1, 2, 0)
    assert first["last_seen"] == second["first_seen"]
    assert second["last_seen"] == ""
    assert [row["version"] for row in rows(loaded, "history", "meeting.txt", "e1")] == [1]


def test_history_of_what_is_not_there_is_wrong_use(loaded: Kg) -> None:
    assert loaded("remove", "visit.txt").code == 0
    for arguments in (["visit.txt"], ["meeting.txt", "e9"], ["nowhere.txt", "e1"]):
        outcome = loaded("history", *arguments)
        assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)


def test_query_is_answered_as_of_a_day_or_a_time(loaded: Kg) -> None:
    then = loaded_at(loaded, "meeting.txt")
    load(loaded, record("meeting.txt", "Anna Berg met nobody."))
    assert rows(loaded, "query", "timeline") == []
    for when in (then, then.replace("+00:00", "Z")):
        assert len(rows(loaded, "query", "timeline", "--as-of", when)) == 1
    assert rows(loaded, "query", "timeline", "--as-of", TOMORROW) == []


@pytest.mark.parametrize("arguments", [[], ["-p", "actor=Anna Berg"], ["-p", "actor=anna-berg"]])
def test_before_the_first_load_there_are_no_rows(loaded: Kg, arguments: list[str]) -> None:
    assert rows(loaded, "query", "timeline", "--as-of", BEFORE, *arguments) == []


def test_nobody_at_all_is_wrong_use_at_any_time(loaded: Kg) -> None:
    for when in (BEFORE, TOMORROW):
        outcome = loaded("query", "timeline", "--as-of", when, "-p", "actor=Nobody Atall")
        assert (outcome.code, outcome.err.count("\n")) == (2, 1)


def test_judgements_made_later_do_not_count(loaded: Kg) -> None:
    then = loaded_at(loaded, "visit.txt")
    assert loaded("correct", "meeting.txt", "e1", "wrong").code == 0
    assert rows(loaded, "query", "timeline") == []
    assert len(rows(loaded, "query", "timeline", "--as-of", then)) == 1
    assert rows(loaded, "query", "timeline", "--as-of", TOMORROW) == []


def test_removed_articles_are_forgotten(loaded: Kg) -> None:
    then = loaded_at(loaded, "meeting.txt")
    assert loaded("remove", "meeting.txt").code == 0
    assert rows(loaded, "query", "timeline", "--as-of", then) == []


def test_news_tells_what_the_last_load_brought(loaded: Kg) -> None:
    assert [row["news"] for row in rows(loaded, "news", "--since", "LAST")] == ["event"]
    assert len(rows(loaded, "news", "--since", BEFORE, "--modality", "all")) == 2
    assert rows(loaded, "news", "--since", TOMORROW) == []
    load(loaded, abroad("one.txt", "The Harbour Post"))
    load(loaded, abroad("other.txt", "The Gazette"))
    (row,) = rows(loaded, "news", "--since", "LAST", "--actor", "Anna Berg", "--other", "Carl Dorn")
    assert (row["news"], row["article"]) == ("corroboration", "other.txt")
    assert loaded("news", "--since", "LAST", "--actor", "Nobody Atall").code == 2


def test_nothing_is_news_where_nothing_is_loaded(kg: Kg) -> None:
    assert kg("init").code == 0
    assert rows(kg, "news", "--since", "LAST") == rows(kg, "news", "--since", BEFORE) == []
    assert rows(kg, "query", "timeline", "--as-of", TOMORROW) == []


@pytest.mark.parametrize("when", ["", "soon", "last", "2026-02-30", "0001-01-01T00:00+14:00", "\udcff", "9" * 5000])
def test_what_is_no_time_is_wrong_use(loaded: Kg, when: str) -> None:
    for command in (["news", "--since", when], ["query", "timeline", "--as-of", when]):
        outcome = loaded(*command)
        assert (outcome.code, outcome.out) == (2, "")
        assert "Traceback" not in outcome.err
