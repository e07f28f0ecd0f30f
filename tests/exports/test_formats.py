"""Networks come back from what is written, and what holds for every format."""

import io
import json
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import pytest
from exports import hostile
from networkx import MultiDiGraph, cytoscape_graph, read_gexf, read_graphml

from kg.asking.parts import Part, select
from kg.errors import KgError
from kg.exports import Folder, _event_data, _limit, formats
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
    """Return attributes without control characters, and without those that GEXF and Cytoscape add."""
    added = {"id", "networkx_key", "start", "end", "spells", "value", "name", "source", "target", "key"}
    return {
        name: value.replace(CONTROL, "") if isinstance(value, str) else value
        for name, value in attributes.items()
        if name not in added
    }


def edges(graph: MultiDiGraph) -> list[tuple[str, str, dict[str, Any]]]:
    found = ((source, target, plain(data)) for source, target, data in graph.edges(data=True))
    return sorted(found, key=lambda edge: (edge[0], edge[1], edge[2]["article"], edge[2]["event"]))


def test_formats_are_the_modules_that_write() -> None:
    assert set(formats()) >= {
        "cypher", "cytoscape", "ftm", "gdelt", "gexf", "graphml", "html", "icews", "jsonld", "neo4j_csv", "parquet",
        "pdf", "plover", "png", "polecat", "svg", "turtle",
    }  # fmt: skip


def read_cytoscape(file: Path) -> MultiDiGraph:
    return cytoscape_graph(json.loads(file.read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "read"), [("graphml", read_graphml), ("gexf", read_gexf), ("cytoscape", read_cytoscape)]
)
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


def test_cytoscape_tells_versions_and_keys(part: Part, graph: MultiDiGraph) -> None:
    document = json.loads(written("cytoscape", part))
    assert document["data"] == {"name": "kg", "made_with": part.made_with, "selection": "modality all"}
    assert {edge["data"]["id"] for edge in document["elements"]["edges"]} == {
        key for _, _, key in graph.edges(keys=True)
    }
    names = {node["data"]["id"]: node["data"]["name"] for node in document["elements"]["nodes"]}
    assert set(names) == set(graph)
    assert names["angela-merkel"] == "Angela Merkel"


def spells(name: str, part: Part, tag: str) -> dict[str, list[tuple[str | None, str | None]]]:
    """Return when each node or edge is there, by label: its own days, then its spells."""
    root = ElementTree.fromstring(written(name, part))
    return {
        element.attrib["label"]: [
            (each.get("start"), each.get("end")) for each in (element, *element.findall(".//{*}spell"))
        ]
        for element in root.findall(f".//{{*}}{tag}")
    }


def test_gexf_has_the_days_of_events_and_none_where_they_are_not_known(part: Part) -> None:
    edges = spells("gexf", part, "edge")
    assert edges["criticised"] == [("2018-07-16", "2018-07-20")]
    assert edges["met"] == [(None, None)]
    assert edges["accused"] == [(None, None)]
    root = ElementTree.fromstring(written("gexf", part))
    network = root.find("{*}graph")
    assert network is not None
    assert (network.get("mode"), network.get("timeformat")) == ("dynamic", "date")


def test_gexf_shows_an_actor_while_it_acts_and_always_where_a_day_is_not_known(part: Part) -> None:
    nodes = spells("gexf", part, "node")
    assert nodes["France"] == [("2018-07-01", "2018-07-10")] * 2
    assert nodes["Donald Trump"] == [("2018-07-16", "2018-07-20")] * 2
    assert nodes["Angela Merkel"] == [(None, None)]


def test_gexf_gives_an_actor_a_spell_for_each_run_of_days(seeds_part: Part) -> None:
    found = spells("gexf", seeds_part, "node")
    several = {label: days for label, days in found.items() if len(days) > 2}
    assert several
    for own, *runs in several.values():
        assert own == (runs[0][0], runs[-1][1])
        assert all(str(before[1]) < str(after[0]) for before, after in pairwise(runs))


@pytest.mark.parametrize("name", formats())
def test_same_graph_gives_same_bytes(embedded: Store, part: Part, name: str) -> None:
    assert written(name, select(embedded, modality="all")) == written(name, part)


AS_THEY_ARE = ("cypher", "neo4j_csv", "parquet")
"""Formats that keep each character of a text, so that offsets into it hold; their own tests read them back."""


@pytest.mark.parametrize("name", sorted(formats().keys() - PACKED - set(AS_THEY_ARE)))
def test_control_characters_are_left_out(part: Part, name: str) -> None:
    data = written(name, part)
    assert CONTROL.encode() not in data
    assert b"\\u000b" not in data


@pytest.mark.parametrize("name", ["cytoscape", "gexf", "graphml", "html", "pdf", "png", "svg"])
def test_more_events_than_are_held_are_refused(part: Part, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_limit, "MOST_EVENTS", len(part.ids) - 1)
    form = "a picture" if name in ("pdf", "png", "svg") else name
    with pytest.raises(KgError, match=f"{form} takes at most 12 events, these are 13: choose an actor or days"):
        written(name, part)


@pytest.mark.parametrize("name", ["icews", "plover", "polecat"])
def test_texts_of_articles_are_read_for_gdelt_alone(part: Part, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(_event_data, "lengths")
    assert written(name, part)


OF_LINES = ("ftm", "plover")
"""Formats of one record a line: without events there is no line."""


@pytest.mark.parametrize("name", formats())
def test_nothing_selected_is_no_error(nothing: Part, name: str) -> None:
    assert bool(written(name, nothing)) == (name not in OF_LINES)


@pytest.mark.parametrize("name", formats())
def test_texts_that_try_to_be_more_are_no_error(hostile_part: Part, name: str) -> None:
    assert written(name, hostile_part)


@pytest.mark.parametrize(
    ("name", "read"), [("graphml", read_graphml), ("gexf", read_gexf), ("cytoscape", read_cytoscape)]
)
def test_texts_that_try_to_be_more_come_back_as_texts(hostile_part: Part, tmp_path: Path, name: str, read: Any) -> None:
    file = tmp_path / f"graph.{name}"
    file.write_bytes(written(name, hostile_part))
    labels = {data["label"] for _, data in read(file).nodes(data=True)}
    (label,) = (label for label in labels if "DETACH DELETE" in label)
    assert label.split() == "".join(each for each in hostile.NAME if each >= " " or each in "\t\r\n").split()


@pytest.mark.parametrize("name", ["cypher", "cytoscape", "ftm", "icews", "jsonld", "plover", "polecat", "turtle"])
def test_writing_keeps_its_direction(hostile_part: Part, name: str) -> None:
    assert not set(written(name, hostile_part).decode()) & set("\u202e\u202c\u200f\u2028\u2029")
