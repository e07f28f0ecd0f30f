"""GEXF 1.2 with the days of events, the format of Gephi and its timeline."""

from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.asking.parts import Part
from kg.exports._clean import cleaned
from kg.exports._limit import refuse_too_many
from kg.exports.network import network

if TYPE_CHECKING:
    from networkx import MultiDiGraph

_DAY = tuple[date, date]


def write(part: Part, out: BinaryIO) -> None:
    """Write the network with all attributes of nodes and edges; its versions stand in the description.

    An edge lasts from the first to the last possible day of its event, a node has a spell for each run of days in
    which one of its edges lasts. An edge whose days are not known has none, nor have its nodes: they are always there.
    Raises KgError where there are more events than the format takes.
    """
    from xml.etree.ElementTree import SubElement

    from networkx.readwrite.gexf import GEXFWriter

    refuse_too_many(part, "gexf")
    plain = cleaned(network(part))
    for _, _, key, data in plain.edges(keys=True, data=True):
        data["id"] = key
        _date(data)
    for node, data in plain.nodes(data=True):
        _date_node(data, _spells(plain, node))
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(plain)
    writer.graph_element.attrib |= {"mode": "dynamic", "timeformat": "date"}
    meta = writer.xml.find("meta")
    del meta.attrib["lastmodifieddate"]  # today's date: the same graph is to give the same bytes
    SubElement(meta, "description").text = f"{plain.graph['made_with']}; {plain.graph['selection']}"
    writer.write(out)
    out.write(b"\n")


def _date(edge: dict[str, Any]) -> None:
    if edge["date_first"]:
        edge["start"], edge["end"] = edge["date_first"], edge["date_last"] or edge["date_first"]


def _date_node(node: dict[str, Any], spells: list[_DAY]) -> None:
    if spells:
        node["start"], node["end"] = spells[0][0].isoformat(), spells[-1][1].isoformat()
        node["spells"] = [(first.isoformat(), last.isoformat()) for first, last in spells]


def _spells(graph: "MultiDiGraph", node: str) -> list[_DAY]:
    """Return the runs of days in which edges of a node last, none where an edge is not dated."""
    edges = [data for _, _, data in (*graph.in_edges(node, data=True), *graph.out_edges(node, data=True))]
    if not all("start" in edge for edge in edges):
        return []
    spells: list[_DAY] = []
    for first, last in sorted((date.fromisoformat(edge["start"]), date.fromisoformat(edge["end"])) for edge in edges):
        if spells and (first - spells[-1][1]).days <= 1:
            spells[-1] = (spells[-1][0], max(last, spells[-1][1]))
        else:
            spells.append((first, last))
    return spells
