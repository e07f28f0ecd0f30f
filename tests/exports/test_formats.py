"""GraphML and GEXF: what is written can be read again."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import pytest
from networkx import MultiDiGraph, read_gexf, read_graphml

from kg.asking.parts import Part, select
from kg.exports import Folder, formats
from kg.stores.base import Store

CONTROL = "\x0b"
PACKED = {"pdf", "png"}
"""Formats whose bytes are not letters."""


def written(name: str, part: Part) -> bytes:
    """Return what a format writes; of several files their names and contents, one after the other."""
    form = formats()[name]
    if isinstance(form, Folder):
        with TemporaryDirectory() as folder:
            form.write_files(part, Path(folder))
            files = sorted(Path(folder).rglob("*"))
            return b"".join(file.name.encode() + file.read_bytes() for file in files)
    out = io.BytesIO()
    form.write(part, out)
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
    assert list(formats()) == ["gexf", "graphml", "html", "pdf", "png", "svg"]


@pytest.mark.parametrize(("name", "read"), [("graphml", read_graphml), ("gexf", read_gexf)])
def test_graph_comes_back(part: Part, graph: MultiDiGraph, tmp_path: Path, name: str, read: Any) -> None:
    file = tmp_path / f"graph.{name}"
    file.write_bytes(written(name, part))
    again = MultiDiGraph(read(file))
    assert {node: plain(data) for node, data in again.nodes(data=True)} == {
        node: plain(data) for node, data in graph.nodes(data=True)
    }
    assert edges(again) == edges(graph)


def test_graphml_tells_versions(part: Part, tmp_path: Path) -> None:
    file = tmp_path / "graph.graphml"
    file.write_bytes(written("graphml", part))
    told = read_graphml(file, force_multigraph=True).graph
    assert (told["made_with"], told["selection"]) == (part.made_with, "modality all")


def test_gexf_tells_versions_and_no_day_of_writing(part: Part) -> None:
    root = ElementTree.fromstring(written("gexf", part))
    meta = root.find("{*}meta")
    assert meta is not None
    assert meta.attrib == {}
    assert part.made_with in str(meta.findtext("{*}description"))


@pytest.mark.parametrize("name", formats())
def test_same_graph_gives_same_bytes(embedded: Store, part: Part, name: str) -> None:
    assert written(name, select(embedded, modality="all")) == written(name, part)


@pytest.mark.parametrize("name", sorted(formats().keys() - PACKED))
def test_control_characters_are_left_out(part: Part, name: str) -> None:
    data = written(name, part)
    assert CONTROL.encode() not in data
    assert b"\\u000b" not in data


@pytest.mark.parametrize("name", formats())
def test_nothing_selected_is_no_error(embedded: Store, name: str) -> None:
    assert written(name, select(embedded, parameters={"from": "1900-01-01", "to": "1900-01-02"}))
