"""Parquet: tables that pyarrow reads with the types of their columns, and that lead to the characters."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.asking import parts
from kg.asking.parts import Part
from kg.errors import KgError
from kg.exports import parquet
from kg.stores.base import Store

pyarrow = pytest.importorskip("pyarrow", reason="pyarrow, which reads Parquet, is not installed")


def tables(part: Part, folder: Path) -> dict[str, Any]:
    from pyarrow.parquet import read_table

    parquet.write_files(part, folder)
    assert sorted(file.name for file in folder.iterdir()) == sorted(f"{name}.parquet" for name in parquet.TABLES)
    return {file.stem: read_table(file) for file in folder.iterdir()}


@pytest.fixture(scope="module")
def read(part: Part, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return tables(part, tmp_path_factory.mktemp("parquet"))


def test_columns_have_their_types(read: dict[str, Any]) -> None:
    types = {column.name: str(column.type) for column in read["events"].schema}
    assert types["contexts"] == "list<element: string>"
    assert (types["goldstein"], types["symmetric"], types["corroboration"]) == ("double", "bool", "int64")
    assert (types["first"], types["last"], types["date"], types["lat"]) == ("date32[day]",) * 2 + ("string", "double")
    assert {str(column.type) for column in read["articles"].schema} == {"string"}


def test_every_event_has_a_row_with_what_is_known(part: Part, read: dict[str, Any]) -> None:
    rows = {row["id"]: row for row in read["events"].to_pylist()}
    assert list(rows) == list(part.ids)
    for event in part.events():
        row = rows[event.id]
        assert (row["type"], row["modality"], row["words"]) == (event.type, event.modality, event.words)
        assert row["first"] == (date.fromisoformat(event.first) if event.first else None)
        assert row["place"] == (event.scene.name if event.scene else None)
        assert row["goldstein"] == event.goldstein
        assert row["contexts"] == list(event.contexts)
        assert row["about"] == list(event.about)


def test_tables_are_joined_by_ids(part: Part, read: dict[str, Any]) -> None:
    events = {row["id"] for row in read["events"].to_pylist()}
    actors = [row["id"] for row in read["actors"].to_pylist()]
    articles = [row["id"] for row in read["articles"].to_pylist()]
    assert (len(set(actors)), len(set(articles))) == (len(actors), len(articles))
    for name in ("participants", "attributions", "topics", "evidence"):
        rows = read[name].to_pylist()
        assert rows
        assert {row["event"] for row in rows} <= events
        assert {row["actor"] for row in rows if "actor" in row} <= set(actors)
        assert {row["article"] for row in rows if "article" in row} <= set(articles)
    sides = [(row["side"], row["name"]) for row in read["participants"].to_pylist()]
    assert len(sides) == sum(len(event.sources) + len(event.targets) for event in part.events())


def test_evidence_leads_to_the_characters(hostile_part: Part, hostile_store: Store, tmp_path: Path) -> None:
    texts = dict(hostile_store.query("MATCH (x:Article) RETURN x.id AS id, x.text AS text").rows)
    rows = tables(hostile_part, tmp_path)["evidence"].to_pylist()
    assert any("\u202e" in row["text"] for row in rows)
    for row in rows:
        text = texts[row["article"]]
        assert text[row["start"] : row["end"]] == row["text"]
        assert text[row["word_start"] : row["word_end"]] == row["word"]


def test_files_tell_versions_and_selection(part: Part, read: dict[str, Any]) -> None:
    for table in read.values():
        assert table.schema.metadata == {b"made_with": part.made_with.encode(), b"selection": b"modality all"}


def test_portions_are_row_groups(seeds_part: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pyarrow.parquet import ParquetFile

    monkeypatch.setattr(parts, "_PORTION", 100)
    parquet.write_files(seeds_part, tmp_path)
    with ParquetFile(tmp_path / "events.parquet") as file:
        sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert sizes[:-1] == [100] * (len(seeds_part.ids) // 100)
    assert sum(sizes) == len(seeds_part.ids)


def test_nothing_gives_tables_without_rows(nothing: Part, tmp_path: Path) -> None:
    found = tables(nothing, tmp_path)
    assert {table.num_rows for table in found.values()} == {0}
    assert found["events"].schema.names[:3] == ["id", "event_id", "article"]


def test_missing_library_is_told_with_the_way_out(part: Part, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(KgError, match=r"pip install pyarrow"):
        parquet.write_files(part, tmp_path)
