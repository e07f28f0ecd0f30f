"""CSV files for the bulk import of Neo4j, `neo4j-admin database import full`, with the command to type."""

from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from kg.asking.parts import Part
from kg.asking.raw import NODES, WAYS, Contents, Types, Way
from kg.exports._schema import statements
from kg.model import Label, Value

COMMAND = "import.txt"
SCHEMA = "schema.cypher"


def write_files(part: Part, folder: Path) -> None:
    """Write a file for each label and each kind of relationship, the import command, and a script for afterwards.

    The nodes and relationships are those of `kg.asking.raw.Contents`; of the whole graph, all. A text stands in double
    quotes, which are doubled in it; a value that is not known is empty, an empty text is `""`.
    """
    contents = Contents(part)
    for label in Label:
        with (folder / f"{label}.csv").open("wb") as out:
            _nodes(contents, label, out)
    for way in WAYS:
        with (folder / f"{way.name}.csv").open("wb") as out:
            _relationships(contents, way, out)
    (folder / COMMAND).write_text(_command(), "utf-8")
    (folder / SCHEMA).write_text("".join(f"{statement};\n" for statement in statements()), "utf-8")


def _nodes(contents: Contents, label: Label, out: BinaryIO) -> None:
    types = NODES[label]
    _line(out, (f"id:ID({label})", *_columns(types), ":LABEL"))
    for node in contents.nodes(label):
        _line(out, (_cell(node["id"]), *(_cell(node.get(name)) for name in types), str(label)))


def _relationships(contents: Contents, way: Way, out: BinaryIO) -> None:
    _line(out, (f":START_ID({way.start})", f":END_ID({way.end})", *_columns(way.types), ":TYPE"))
    for tie in contents.ties(way):
        values = (_cell(tie.properties.get(name)) for name in way.types)
        _line(out, (_cell(tie.start), _cell(tie.end), *values, str(way.link)))


def _columns(types: Types) -> list[str]:
    return [f"{name}:{kind}" for name, kind in types.items()]


def _line(out: BinaryIO, cells: Iterable[str]) -> None:
    out.write(",".join(cells).encode() + b"\n")


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return '"' + value.replace('"', '""') + '"' if isinstance(value, str) else repr(value)


def _command() -> str:
    nodes = [f"--nodes=./{label}.csv" for label in Label]
    relationships = [f"--relationships=./{way.name}.csv" for way in WAYS]
    options = ["--multiline-fields=true", "--overwrite-destination", *nodes, *relationships]
    command = " \\\n  ".join(("neo4j-admin database import full neo4j", *options))
    return (
        f"In this folder, while the database is stopped; it is made anew, and what it held is lost:\n\n{command}\n\n"
        f"Then start it, and make the constraints and indexes:\n\ncypher-shell -d neo4j -f {SCHEMA}\n"
    )
