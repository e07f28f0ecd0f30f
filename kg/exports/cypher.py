"""A Cypher script that fills an empty Neo4j: constraints and indexes, nodes, relationships.

Texts stand in it as literals, without anything that could end them: quotes, backslashes, line ends, control characters
and marks of direction are escaped.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from unicodedata import category

from kg.asking.parts import Part
from kg.asking.raw import WAYS, Contents, Way
from kg.exports._clean import one_line
from kg.exports._schema import statements
from kg.model import Label, Value

MOST_ROWS = 100
MOST_LETTERS = 100_000
"""How many rows, and code points of them, one statement creates at most; Neo4j plans longer ones more slowly."""

_BY_NAME = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_DOUBTFUL = re.compile(r"\\[uU]|[^ -&(-\[\]-~]")
"""All but the plain letters of ASCII; of these the quote and the backslash."""

_HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}


def write(part: Part, out: BinaryIO) -> None:
    """Write statements that end in a semicolon and a line end, for `cypher-shell -f`; texts hold no line end.

    The nodes and relationships are those of `kg.asking.raw.Contents`; of the whole graph, all.
    """
    contents = Contents(part)
    for told in (part.made_with, part.selection):
        out.write(f"// {one_line(told)}\n".encode())
    for statement in statements():
        out.write(f"{statement};\n".encode())
    for label in Label:
        rows = (_map(properties) for properties in contents.nodes(label))
        for batch in _batches(rows):
            out.write(f"UNWIND [\n{batch}\n] AS row\nCREATE (n:{label}) SET n = row;\n".encode())
    for way in WAYS:
        for batch in _batches(_ties(contents, way)):
            ends = f"MATCH (a:{way.start} {{id: row.a}}) MATCH (b:{way.end} {{id: row.b}})"
            text = f"UNWIND [\n{batch}\n] AS row\n{ends}\nCREATE (a)-[r:{way.link}]->(b) SET r = row.r;\n"
            out.write(text.encode())


def literal(value: Value) -> str:
    """Return a value as a Cypher literal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    """Return a text as a literal, cut in two between a backslash and a `u`, which could be read as an escape."""
    return "'" + _DOUBTFUL.sub(lambda found: _escaped(found[0]), text) + "'"


def _escaped(found: str) -> str:
    if found in _BY_NAME:
        return _BY_NAME[found]
    if len(found) == 2:
        return "\\\\' + '" + found[1]
    if category(found) not in _HIDDEN:
        return found
    units = found.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex().upper()}" for at in range(0, len(units), 2))


def _map(properties: dict[str, Value]) -> str:
    return "{" + ", ".join(f"{name}: {literal(value)}" for name, value in properties.items()) + "}"


def _ties(contents: Contents, way: Way) -> Iterator[str]:
    for tie in contents.ties(way):
        yield f"{{a: {literal(tie.start)}, b: {literal(tie.end)}, r: {_map(tie.properties)}}}"


def _batches(rows: Iterable[str]) -> Iterator[str]:
    batch: list[str] = []
    letters = 0
    for row in rows:
        if batch and (len(batch) == MOST_ROWS or letters + len(row) > MOST_LETTERS):
            yield ",\n".join(batch)
            batch, letters = [], 0
        batch.append(row)
        letters += len(row)
    if batch:
        yield ",\n".join(batch)
