"""GraphML, read by Gephi, yEd, Cytoscape, igraph and networkx."""

from typing import TYPE_CHECKING, BinaryIO

from kg.exports._clean import cleaned

if TYPE_CHECKING:
    from networkx import MultiDiGraph


def write(graph: "MultiDiGraph", out: BinaryIO) -> None:
    """Write a graph with all attributes of nodes, edges and the graph itself."""
    from networkx import write_graphml_xml

    write_graphml_xml(cleaned(graph), out)
    out.write(b"\n")
