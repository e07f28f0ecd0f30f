"""GraphML, read by Gephi, yEd, Cytoscape, igraph and networkx."""

from typing import BinaryIO

from kg.asking.parts import Part
from kg.exports._clean import cleaned
from kg.exports._limit import refuse_too_many
from kg.exports.network import network


def write(part: Part, out: BinaryIO) -> None:
    """Write the network with all attributes of nodes, edges and the graph itself.

    Raises KgError where there are more events than the format takes.
    """
    from networkx import write_graphml_xml

    refuse_too_many(part, "graphml")
    write_graphml_xml(cleaned(network(part)), out)
    out.write(b"\n")
