"""Turtle: events in the Simple Event Model with PROV-O and Web Annotation, for triple stores."""

from typing import BinaryIO

from kg.asking.parts import Part
from kg.exports._clean import escaped
from kg.exports._triples import NAMES, graphs

_PREFIX = "@prefix "


def write(part: Part, out: BinaryIO) -> None:
    """Write the prefixes, then the triples of one event after the other.

    Raises KgError where rdflib is not installed.
    """
    out.write("".join(f"{_PREFIX}{name}: <{namespace}> .\n" for name, namespace in NAMES.items()).encode())
    for graph in graphs(part):
        lines = graph.serialize(format="turtle").splitlines(keepends=True)
        first = next((at for at, line in enumerate(lines) if not line.startswith(_PREFIX)), len(lines))
        out.write(escaped("".join(lines[first:]).rstrip("\n")).encode() + b"\n")
