"""A store of schema 1: what every command says of it, and `kg migrate`."""

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from cli_runs import Kg, meeting, visit
from neo4j_server import Server
from schema_1 import write_folder, write_graph

from kg.model import KeptAside, encode
from kg.stores.dump import dumped

RECORDS = (meeting(), visit())
REFUSED = "kg-data has schema version 1, this kg writes 2; run `kg migrate`"


@pytest.fixture
def old(kg: Kg, tmp_path: Path) -> Kg:
    """Run kg beside a store of schema 1 that holds two articles."""
    write_folder(tmp_path / "kg-data", RECORDS, [KeptAside("feed.jsonl#3", "no text")])
    return kg


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a store, without those that SQLite makes for whoever reads."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("kg-data-*.jsonl"))


@pytest.mark.parametrize(
    "arguments",
    [
        *(["init"], ["status"], ["status", "--kept-aside"], ["remove", "meeting.txt"], ["dump"]),
        *(["restore", "dump.jsonl"], ["load", "--records", "records.jsonl"], ["query", "articles"]),
        *(["cypher", "MATCH (n) RETURN n"], ["export", "graphml"], ["actors", "unknown"]),
        ["explain", "meeting.txt", "e1"],
    ],
    ids=" ".join,
)
def test_every_command_refuses_an_older_store(old: Kg, records: Path, arguments: list[str]) -> None:
    Path("dump.jsonl").write_text("".join(dumped(RECORDS, 1)))
    outcome = old(*arguments)
    assert (outcome.code, outcome.out) == (4, "")
    assert REFUSED in outcome.err


def test_doctor_says_that_the_store_is_older(old: Kg) -> None:
    outcome = old("doctor", "--format", "json")
    found = {row["check"]: row for row in json.loads(outcome.out)["rows"]}
    assert outcome.code != 0
    assert (found["store"]["state"], found["store"]["found"]) == ("wrong", REFUSED)


def test_dry_run_says_what_would_be_done_and_changes_nothing(old: Kg, tmp_path: Path) -> None:
    before = files(tmp_path / "kg-data")
    outcome = old("migrate", "--dry-run", "--format", "json")
    told = json.loads(outcome.out)
    backup = Path(told.pop("backup"))
    assert told == {"store": "kg-data", "from": 1, "to": 2, "articles": 2}
    assert backup.parent == tmp_path
    assert re.fullmatch(r"kg-data-\d{8}T\d{6}Z\.jsonl", backup.name)
    assert not backup.exists()
    assert files(tmp_path / "kg-data") == before


def test_migrated_store_holds_what_it_held(old: Kg, tmp_path: Path) -> None:
    outcome = old("migrate")
    assert outcome.code == 0, outcome.err
    assert outcome.out.split()[:8] == ["store", "kg-data", "from", "1", "to", "2", "articles", "2"]
    status = json.loads(old("status", "--format", "json").out)
    assert (status["articles"], status["kept_aside"], status["schema"]) == (2, 1, 2)
    assert old("doctor").out.count("wrong") == 0
    assert [json.loads(line) for line in old("dump").out.splitlines()[1:3]] == [
        json.loads(encode(record)) for record in RECORDS
    ]


def test_backup_can_be_restored(old: Kg, tmp_path: Path) -> None:
    assert old("migrate").code == 0
    (backup,) = backups(tmp_path)
    assert json.loads(backup.read_text("utf-8").splitlines()[0]) == {"kg_dump": 1, "schema": 1, "articles": 2}
    assert old("--store", "other", "restore", str(backup)).code == 0
    assert old("--store", "other", "dump").out == old("dump").out


def test_backup_is_where_the_user_wants_it_or_not_made(old: Kg, tmp_path: Path) -> None:
    shutil.copytree(tmp_path / "kg-data", tmp_path / "second")
    assert old("migrate", "--backup", "mine.jsonl").code == 0
    assert Path("mine.jsonl").is_file()
    outcome = old("--store", "second", "migrate", "--no-backup", "--format", "json")
    assert (outcome.code, json.loads(outcome.out)["backup"]) == (0, None)
    assert not [*tmp_path.glob("*-*.jsonl")]


def test_backup_overwrites_nothing(old: Kg, tmp_path: Path) -> None:
    Path("mine.jsonl").write_text("mine")
    outcome = old("migrate", "--backup", "mine.jsonl")
    assert (outcome.code, outcome.out) == (1, "")
    assert "mine.jsonl is there already" in outcome.err
    assert Path("mine.jsonl").read_text() == "mine"
    assert REFUSED in old("status").err


def test_store_stays_as_it_is_where_the_backup_cannot_be_written(old: Kg) -> None:
    outcome = old("migrate", "--backup", "no-folder/mine.jsonl")
    assert (outcome.code, outcome.out) == (1, "")
    assert "cannot write to" in outcome.err
    assert REFUSED in old("status").err


def test_backup_and_none_exclude_each_other(old: Kg) -> None:
    assert old("migrate", "--backup", "mine.jsonl", "--no-backup").code == 2


def test_second_migration_has_nothing_to_do(old: Kg, tmp_path: Path) -> None:
    assert old("migrate").code == 0
    outcome = old("migrate")
    assert (outcome.code, outcome.out) == (0, "")
    assert "kg-data has schema version 2 already; there is nothing to do" in outcome.err
    assert len(backups(tmp_path)) == 1


def test_where_there_is_no_store_there_is_nothing_to_do(kg: Kg) -> None:
    outcome = kg("migrate")
    assert (outcome.code, outcome.out) == (0, "")
    assert "there is no store in kg-data" in outcome.err
    assert not Path("kg-data").exists()


def test_damaged_article_is_told_and_can_be_kept_aside(old: Kg, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "kg-data" / "records.db")) as database, database:
        database.execute("UPDATE records SET record = '{' WHERE article = 'visit.txt'")
    refused = old("migrate")
    assert (refused.code, refused.out) == (4, "")
    assert "'visit.txt' in kg-data has a record that is damaged; `kg migrate --keep-aside` goes on" in refused.err
    assert backups(tmp_path) == []
    outcome = old("migrate", "--keep-aside")
    assert outcome.code == 3
    assert "kept aside: visit.txt" in outcome.err
    assert json.loads(old("status", "--format", "json").out)["articles"] == 1


def test_newer_store_is_refused(old: Kg, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "kg-data" / "records.db")) as database:
        database.execute("PRAGMA user_version = 99")
    outcome = old("migrate")
    assert (outcome.code, outcome.out) == (4, "")
    assert "update kg" in outcome.err


def test_neo4j_is_brought_forward_with_a_backup_in_the_current_folder(
    kg: Kg, neo4j: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NEO4J_URI", neo4j.uri)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j.username)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j.password)
    write_graph(neo4j, RECORDS)
    for arguments in (["status"], ["query", "articles"], ["load", "--records", "-"], ["doctor"]):
        outcome = kg(*arguments)
        assert outcome.code == 4
        assert "has schema version 1, this kg writes 2; run `kg migrate`" in outcome.out + outcome.err
    dry = json.loads(kg("migrate", "--dry-run", "--format", "json").out)
    assert (dry["from"], dry["to"], dry["articles"]) == (1, 2, 2)
    assert re.fullmatch(r"[\w.-]+-\d+-\d{8}T\d{6}Z\.jsonl", Path(dry["backup"]).name)
    assert "run `kg migrate`" in kg("status").err
    outcome = kg("migrate", "--format", "json")
    assert outcome.code == 0, outcome.err
    backup = Path(json.loads(outcome.out)["backup"])
    assert backup.parent == tmp_path
    assert kg("--store", "other", "restore", str(backup)).code == 0
    assert kg("--store", "other", "dump").out == kg("dump").out
    assert "there is nothing to do" in kg("migrate").err
