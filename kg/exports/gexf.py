"""GEXF 1.2, the format of Gephi."""

from typing import BinaryIO

from kg.asking.parts import Part
from kg.exports._clean import cleaned
from kg.exports.network import network


def write(part: Part, out: BinaryIO) -> None:
    """Write the network with all attributes of nodes and edges; its versions stand in the description."""
    from xml.etree.ElementTree import SubElement

    from networkx.readwrite.gexf import GEXFWriter

    plain = cleaned(network(part))
    for _, _, key, data in plain.edges(keys=True, data=True):
        data["id"] = key
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain)
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]  # today's date: the same graph is to give the same bytes
    SubElement(meta, "description").text = f"{plain.graph['made_with']}; {plain.graph['selection']}"
    writer.write(out)
    out.write(b"\n")
