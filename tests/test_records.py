"""Records follow the schema, and every offset leads to the very string."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kg.errors import SourceError
from kg.model import Article, KeptAside, Record, decode, encode
from kg.pipeline import extract
from kg.shelf import folder
from kg.sources import read

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads((ROOT / "docs" / "extraction.schema.json").read_text("utf-8"))
SHARED = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="module")
def records() -> tuple[Record, ...]:
    """The records of all seed articles."""
    found = tuple(extract(read([str(folder("seeds"))])))
    assert not [item for item in found if isinstance(item, KeptAside)]
    return tuple(item for item in found if isinstance(item, Record))


def test_every_seed_is_there(records: tuple[Record, ...]) -> None:
    assert len(records) >= 12


def test_records_follow_the_schema(records: tuple[Record, ...]) -> None:
    for record in records:
        jsonschema.validate(json.loads(encode(record)), SCHEMA)


def test_offsets_lead_to_the_very_strings(records: tuple[Record, ...]) -> None:
    for record in records:
        for start, end, text in _spans(json.loads(encode(record))):
            assert record.article.text[start:end] == text


def _spans(value: Any) -> Iterator[tuple[int, int, str]]:
    """Every stored string with its offsets, wherever in a record; of a time the text has none."""
    if isinstance(value, list):
        for item in value:
            yield from _spans(item)
    elif isinstance(value, dict):
        if isinstance(value.get("start"), int) and "text" in value:
            yield value["start"], value["end"], value["text"]
        for item in value.values():
            yield from _spans(item)


def test_ids_are_unique_and_references_lead_somewhere(records: tuple[Record, ...]) -> None:
    for record in records:
        actors = [actor.id for actor in record.actors]
        events = [event.id for event in record.events]
        statements = [statement.id for statement in record.statements]
        for ids in (actors, events, statements):
            assert len(ids) == len(set(ids))
        for event in record.events:
            assert {*event.source, *event.target, *(each.speaker for each in event.attributions)} <= set(actors)
            assert {each.statement for each in event.attributions if each.statement} <= set(statements)
            assert not set(event.source) & set(event.target)
            assert event.part_of is None or event.part_of in events


def test_triggers_lie_in_their_sentences(records: tuple[Record, ...]) -> None:
    for record in records:
        for trigger in (trigger for event in record.events for trigger in event.mentions):
            assert trigger.sentence in record.sentences
            assert trigger.sentence[0] <= trigger.start < trigger.end <= trigger.sentence[1]


def test_seeds_show_every_kind_of_thing(records: tuple[Record, ...]) -> None:
    events = [event for record in records for event in record.events]
    assert {event.quad for event in events} == set(
        SCHEMA["properties"]["events"]["items"]["properties"]["quad"]["enum"]
    )
    assert {event.modality for event in events} >= {"actual", "planned", "possible", "negated", "denied"}
    assert {each.stance for event in events for each in event.attributions} >= {"asserts", "denies", "alleges"}
    assert any(event.place and event.time and event.topics and event.attributions for event in events)
    statements = [statement for record in records for statement in record.statements]
    assert {statement.direct for statement in statements} == {True, False}


def test_encoding_a_record_twice_gives_the_same_bytes(records: tuple[Record, ...]) -> None:
    for record in records:
        assert encode(decode(encode(record))) == encode(record)


@pytest.mark.parametrize("line", ["", "{}", "[]", '{"article": {"id": 1}}', "no json"])
def test_what_is_no_record_is_refused(line: str) -> None:
    with pytest.raises(SourceError, match="not an extraction record"):
        decode(line)


@pytest.mark.parametrize("text", ["", "   ", "\n\n\n", "“", "”“\"'", "A", "🇺🇸", "HE SAID: " * 50, "and " * 3000])
def test_odd_texts_are_read_without_complaint(text: str) -> None:
    (record,) = extract([Article(id="odd", text=text, language="en")])
    assert isinstance(record, Record)
    jsonschema.validate(json.loads(encode(record)), SCHEMA)


def test_another_language_is_kept_aside_by_name() -> None:
    text = "Der Präsident hat gestern mit der Kanzlerin über die Lage gesprochen und das Gesetz nicht unterschrieben."
    (kept,) = extract([Article(id="german", text=text)])
    assert isinstance(kept, KeptAside)
    assert kept.source == "german"


def test_schema_is_the_one_agreed_on() -> None:
    agreed = SHARED / "contract" / "extraction.schema.json"
    if not agreed.is_file():
        pytest.skip(f"{agreed.parent.parent.name}/ is absent: set KG_SHARED")
    assert json.loads(agreed.read_text("utf-8")) == SCHEMA
