"""JSON-LD: the triples of `turtle`, with a context of its own, so that nothing is fetched to read it."""

from typing import TYPE_CHECKING, Any, BinaryIO

from kg.asking.parts import Part
from kg.exports._clean import as_json
from kg.exports._triples import NAMES, graphs

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


def write(part: Part, out: BinaryIO) -> None:
    """Write the context, then each thing with what one event tells of it, one a line.

    Raises KgError where rdflib is not installed.
    """
    out.write(f'{{"@context":{as_json(NAMES)},"@graph":['.encode())
    before = "\n"
    for graph in graphs(part):
        for subject in sorted({str(subject) for subject in graph.subjects()}):
            out.write(f"{before}{as_json(_thing(graph, subject))}".encode())
            before = ",\n"
    out.write(b"\n]}\n")


def _thing(graph: "Graph", subject: str) -> dict[str, Any]:
    from rdflib import RDF, URIRef

    found: dict[str, Any] = {"@id": subject}
    for predicate, value in sorted(graph.predicate_objects(URIRef(subject)), key=repr):
        if predicate == RDF.type:
            found.setdefault("@type", []).append(_short(str(value)))
        else:
            found.setdefault(_short(str(predicate)), []).append(_value(value))
    return found


def _value(value: "Node") -> Any:
    from rdflib import Literal

    if not isinstance(value, Literal):
        return {"@id": str(value)}
    return {"@value": str(value), "@type": _short(str(value.datatype))} if value.datatype else str(value)


def _short(iri: str) -> str:
    """Return an IRI by its prefix, which the context resolves."""
    for name, namespace in NAMES.items():
        if iri.startswith(namespace):
            return f"{name}:{iri.removeprefix(namespace)}"
    return iri
