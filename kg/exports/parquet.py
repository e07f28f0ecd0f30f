"""Parquet: events and what belongs to them as tables, for pandas, Polars, DuckDB, R and Spark."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.asking.parts import Happening, Part
from kg.exports._missing import missing

if TYPE_CHECKING:
    from pyarrow import Schema

Row = dict[str, Any]

TABLES: Mapping[str, str] = {
    "events": "id event_id article type mode contexts:texts cameo quad goldstein:double plover_score:double "
    "symmetric:bool modality confidence:double rule date first:day last:day date_text words corroboration:int "
    "standing judged place_id place country lat:double lon:double about:texts within:texts against:texts",
    "participants": "event side position:int actor name kind country qid cameo",
    "attributions": "event position:int actor name stance article statement",
    "topics": "event position:int topic_id topic words article start:int end:int",
    "evidence": "event article event_id modality confidence:double date sentence:int start:int end:int text "
    "word_start:int word_end:int word",
    "articles": "id headline url outlet published language sha256 copy_of",
    "actors": "id name kind country qid",
}
"""Columns by table, each with its type where it is no text; what is not known is null."""


def write_files(part: Part, folder: Path) -> None:
    """Write a file for each table, a row group for each portion of events; an actor and an article have one row.

    Raises KgError where pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetWriter
    except ImportError as error:
        raise missing("pyarrow", "parquet") from error
    schemas = {name: _schema(columns, part) for name, columns in TABLES.items()}
    seen: set[tuple[str, str]] = set()
    with ExitStack() as files:
        writers = {
            name: files.enter_context(ParquetWriter(folder / f"{name}.parquet", schema))
            for name, schema in schemas.items()
        }
        for portion in part.portions():
            for name, rows in _rows(portion, seen).items():
                writers[name].write_table(pyarrow.Table.from_pylist(rows, schema=schemas[name]))


def _schema(columns: str, part: Part) -> "Schema":
    import pyarrow

    types = {
        "": pyarrow.string(),
        "texts": pyarrow.list_(pyarrow.string()),
        "double": pyarrow.float64(),
        "int": pyarrow.int64(),
        "bool": pyarrow.bool_(),
        "day": pyarrow.date32(),
    }
    fields = [(name, types[kind]) for name, _, kind in (word.partition(":") for word in columns.split())]
    return pyarrow.schema(fields, metadata={"made_with": part.made_with, "selection": part.selection})


def _rows(portion: list[Happening], seen: set[tuple[str, str]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    for event in portion:
        found["events"].append(_known(_event(event)))
        for name, rows in _beside(event).items():
            found[name] += map(_known, rows)
        for name, row in _described(event):
            if (name, row["id"]) not in seen:
                seen.add((name, row["id"]))
                found[name].append(_known(row))
    return found


def _known(row: Row) -> Row:
    return {name: None if value == "" else value for name, value in row.items()}


def _event(event: Happening) -> Row:
    names = (
        "id", "event_id", "article", "type", "mode", "cameo", "quad", "goldstein", "plover_score", "symmetric",
        "modality", "confidence", "rule", "date", "date_text", "words", "corroboration", "standing", "judged",
    )  # fmt: skip
    lists = ("contexts", "about", "within", "against")
    row: Row = {name: getattr(event, name) for name in names} | {name: list(getattr(event, name)) for name in lists}
    row |= {"first": _day(event.first), "last": _day(event.last)}
    if scene := event.scene:
        row |= {"place_id": scene.id, "place": scene.name, "country": scene.country, "lat": scene.lat, "lon": scene.lon}
    return row


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _beside(event: Happening) -> dict[str, list[Row]]:
    return {
        "participants": list(_participants(event)),
        "attributions": [
            {
                "event": event.id, "position": number, "actor": voice.party.id, "name": voice.party.name,
                "stance": voice.stance, "article": voice.article, "statement": voice.statement,
            }
            for number, voice in enumerate(event.voices)
        ],
        "topics": [
            {
                "event": event.id, "position": number, "topic_id": each.id, "topic": each.name, "words": each.words,
                "article": each.article, "start": each.start, "end": each.end,
            }
            for number, each in enumerate(event.subjects)
        ],
        "evidence": list(_evidence(event)),
    }  # fmt: skip


def _participants(event: Happening) -> Iterator[Row]:
    for side, roles in (("source", event.sources), ("target", event.targets)):
        for number, role in enumerate(roles):
            party = {"name": role.party.name, "kind": role.party.kind, "country": role.party.country}
            own = {"event": event.id, "side": side, "position": number, "actor": role.party.id, "qid": role.party.qid}
            yield {**own, **party, "cameo": role.cameo}


def _evidence(event: Happening) -> Iterator[Row]:
    """Yield a row for each trigger: its sentence in an article, and how this article has the event."""
    for telling in event.tellings:
        told = {"modality": telling.modality, "confidence": telling.confidence, "date": telling.date}
        own = {"event": event.id, "article": telling.paper.id, "event_id": telling.event_id, **told}
        for quote in telling.quotes:
            sentence = {"sentence": quote.number, "start": quote.start, "end": quote.end, "text": quote.text}
            for start, end, word in quote.words:
                yield {**own, **sentence, "word_start": start, "word_end": end, "word": word}


def _described(event: Happening) -> Iterator[tuple[str, Row]]:
    for party in (*event.parties, *(voice.party for voice in event.voices)):
        yield "actors", {name: getattr(party, name) for name in TABLES["actors"].split()}
    for telling in event.tellings:
        yield "articles", {name: getattr(telling.paper, name) for name in TABLES["articles"].split()}
