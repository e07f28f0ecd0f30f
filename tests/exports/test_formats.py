"""GraphML and GEXF: what is written can be read again."""

import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from networkx import MultiDiGraph, read_gexf, read_graphml

from kg.exports import formats, select
from kg.stores.base import Store

CONTROL = "\x0b"


def written(name: str, graph: MultiDiGraph) -> bytes:
    out = io.BytesIO()
    formats()[name].write(graph, out)
    return out.getvalue()


def plain(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return attributes without control characters, and without those that GEXF adds."""
    added = {"id", "networkx_key"}
    return {
        name: value.replace(CONTROL, "") if isinstance(value, str) else value
        for name, value in attributes.items()
        if name not in added
    }


def edges(graph: MultiDiGraph) -> list[tuple[str, str, dict[str, Any]]]:
    found = ((source, target, plain(data)) for source, target, data in graph.edges(data=True))
    return sorted(found, key=lambda edge: (edge[0], edge[1], edge[2]["article"], edge[2]["event"]))


def test_formats_are_the_modules_that_write() -> None:
    assert list(formats()) == ["gexf", "graphml", "html"]


@pytest.mark.parametrize(("name", "read"), [("graphml", read_graphml), ("gexf", read_gexf)])
def test_graph_comes_back(graph: MultiDiGraph, tmp_path: Path, name: str, read: Any) -> None:
    file = tmp_path / f"graph.{name}"
    file.write_bytes(written(name, graph))
    again = MultiDiGraph(read(file))
    assert {node: plain(data) for node, data in again.nodes(data=True)} == {
        node: plain(data) for node, data in graph.nodes(data=True)
    }
    assert edges(again) == edges(graph)


def test_graphml_tells_versions(graph: MultiDiGraph, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_bytes(written("graphml", graph))
    told = read_graphml(file, force_multigraph=True).graph
    assert (told["made_with"], told["selection"]) == (graph.graph["made_with"], "modality all")


def test_gexf_tells_versions_and_no_day_of_writing(graph: MultiDiGraph) -> None:
    root = ElementTree.fromstring(written("gexf", graph))
    meta = root.find("{*}meta")
    assert meta is not None
    assert meta.attrib == {}
    assert graph.graph["made_with"] in str(meta.findtext("{*}description"))


@pytest.mark.parametrize("name", formats())
def test_same_graph_gives_same_bytes(embedded: Store, graph: MultiDiGraph, name: str) -> None:
    assert written(name, select(embedded, modality="all")) == written(name, graph)


@pytest.mark.parametrize("name", formats())
def test_control_characters_are_left_out(graph: MultiDiGraph, name: str) -> None:
    data = written(name, graph)
    assert CONTROL.encode() not in data
    assert b"\\u000b" not in data


@pytest.mark.parametrize("name", formats())
def test_nothing_selected_is_no_error(embedded: Store, name: str) -> None:
    assert written(name, select(embedded, first="1900-01-01", last="1900-01-02"))
