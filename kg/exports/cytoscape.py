"""Cytoscape JSON (.cyjs), read by Cytoscape, Cytoscape.js and networkx."""

import json
from typing import BinaryIO

from kg.asking.parts import Part
from kg.exports._clean import cleaned, escaped
from kg.exports._limit import refuse_too_many
from kg.exports.network import network


def write(part: Part, out: BinaryIO) -> None:
    """Write the network with all attributes of nodes and edges; versions and selection are the data of the graph.

    Raises KgError where there are more events than the format takes.
    """
    from networkx import cytoscape_data

    refuse_too_many(part, "cytoscape")
    graph = cleaned(network(part))
    document = cytoscape_data(graph, name="label")
    document["data"] = {"name": "kg", **graph.graph}
    for node in document["elements"]["nodes"]:
        node["data"]["name"] = node["data"]["label"]  # which Cytoscape shows
    for edge in document["elements"]["edges"]:
        edge["data"]["id"] = edge["data"]["key"]
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1)
    out.write(escaped(text).encode() + b"\n")
