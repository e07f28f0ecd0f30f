"""The page: one file that needs nothing else, and in which text stays text."""

import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from networkx import MultiDiGraph

from kg.asking.parts import Part, Quote, select
from kg.exports import _told, html
from kg.exports._told import pieces, told
from kg.stores.base import Store

FOLDER = Path(html.__file__).parent / "_page"
VOID = {"meta"}


class Page(HTMLParser):
    """The elements of a page, the texts of its styles and scripts, and whether its tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: dict[str, list[str]] = {"style": [], "script": []}
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in self.contents:
            self.contents[tag].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.contents:
            self.contents[self.open[-1]][-1] += data

    def attribute(self, name: str) -> list[str]:
        return [str(attributes[name]) for _, attributes in self.elements if name in attributes]

    def data(self) -> dict[str, Any]:
        return json.loads(self.contents["script"][0]) | {"quotes": json.loads(self.contents["script"][2])}


def text_of(part: Part) -> str:
    out = io.BytesIO()
    html.write(part, out)
    return out.getvalue().decode("utf-8")


@pytest.fixture(scope="session")
def text(part: Part) -> str:
    return text_of(part)


@pytest.fixture(scope="session")
def page(text: str) -> Page:
    return Page(text)


@pytest.fixture(scope="session")
def data(page: Page) -> dict[str, Any]:
    return page.data()


def test_page_is_well_formed(page: Page) -> None:
    assert page.open == []
    assert [tag for tag, _ in page.elements if tag == "script"] == ["script"] * 3


def test_same_part_gives_the_same_bytes(part: Part, text: str) -> None:
    assert text_of(part) == text


def test_page_asks_for_no_other_address(page: Page) -> None:
    for name in ("src", "href", "action", "srcset", "poster", "xlink:href", "style"):
        assert page.attribute(name) == []
    for sign in ("url(", "@import", "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "EventSource", "new Worker"):
        assert sign not in "".join(page.contents["style"] + page.contents["script"][1:])
    assert {tag for tag, _ in page.elements}.isdisjoint({"link", "img", "iframe", "object", "embed", "base"})


def test_script_knows_no_address_but_names_and_one_link(page: Page) -> None:
    found = set(re.findall(r"https?://[^\s\"'`$]+", page.contents["script"][1] + page.contents["style"][0]))
    assert found == {"http://www.w3.org/2000/svg", "https://www.wikidata.org/wiki/"}


def test_policy_admits_the_page_s_own_script_and_style_alone(page: Page) -> None:
    (policy,) = (value for value in page.attribute("content") if "default-src" in value)
    script, style = page.contents["script"][1], page.contents["style"][0]
    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src '{digest(style)}'",
        f"script-src '{digest(script)}'",
        "base-uri 'none'",
        "form-action 'none'",
    ]


def digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_text_of_an_article_cannot_become_markup(text: str, page: Page, data: dict[str, Any]) -> None:
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "<" not in page.contents["script"][0] + page.contents["script"][2]
    (label,) = (actor["label"] for actor in data["actors"] if actor["kind"] == "organisation")
    assert label == "<img src=x onerror=alert(1)> & sons"
    assert any("</script><script>alert(1)</script>" in sentence for sentence in sentences(data))


def sentences(data: dict[str, Any]) -> list[str]:
    return ["".join(quote) for event in data["quotes"] for paper in event for quote in paper]


@pytest.mark.parametrize("path", sorted((FOLDER / "src").glob("*.js")), ids=lambda path: path.name)
def test_script_makes_no_markup_out_of_text(path: Path) -> None:
    source = path.read_text("utf-8")
    for sign in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", ".cssText"):
        assert sign not in source


def test_every_event_is_told_with_those_who_take_part(part: Part, data: dict[str, Any]) -> None:
    labels = [actor["id"] for actor in data["actors"]]
    found = [(event["id"], [labels[at] for at in event.get("sources", [])]) for event in data["events"]]
    assert found == [(event.id, [role.party.id for role in event.sources]) for event in part.events()]


def test_actors_who_have_to_do_with_another_have_a_place(graph: MultiDiGraph, data: dict[str, Any]) -> None:
    placed = {actor["id"] for actor in data["actors"] if "x" in actor}
    assert placed == {end for edge in graph.edges() if edge[0] != edge[1] for end in edge[:2]}


def test_places_of_actors_keep_apart(data: dict[str, Any]) -> None:
    boxes = [(actor["x"], actor["y"], 7 * len(actor["label"][:28])) for actor in data["actors"] if "x" in actor]
    for at, (ax, ay, awide) in enumerate(boxes):
        for bx, by, bwide in boxes[at + 1 :]:
            assert abs(ay - by) > 12 or abs(ax - bx) > (awide + bwide) / 2 - 1


def test_event_holds_what_is_told_of_it(data: dict[str, Any]) -> None:
    (event,) = (event for event in data["events"] if event.get("corroboration") == 2)
    assert (event["type"], event["first"], event["symmetric"]) == ("CONSULT", "2018-07-16", True)
    assert data["places"][event["place"]] == {"name": "Helsinki", "country": "Finland", "lat": 60.17, "lon": 24.94}
    assert event["topics"] == [["referendum", 1], ["trade", 1]]
    assert [(data["actors"][voice]["label"], by) for voice, _, by in event["voices"]] == [
        ("Kremlin", 1),
        ("Anatoly Antonov", 1),
    ]
    assert [data["papers"][paper]["outlet"] for paper in event["papers"]] == [
        "Northern Wire",
        "Harbour Post",
    ]


def test_triggers_are_every_second_piece_of_a_sentence(data: dict[str, Any]) -> None:
    marked = {piece for event in data["quotes"] for paper in event for quote in paper for piece in quote[1::2]}
    assert {"discussed", "talks", "met", "criticised", "denied"} <= marked


@pytest.mark.parametrize(
    ("words", "cut"),
    [
        ((), ["They met."]),
        (((15, 18, "met"),), ["They ", "met", "."]),
        (((15, 18, "met"), (16, 19, "et.")), ["They ", "met", "", ".", ""]),
        (((0, 12, "outside, Th"), (18, 40, ". Then")), ["", "Th", "ey met", ".", ""]),
    ],
)
def test_sentence_is_cut_at_its_triggers(words: tuple[tuple[int, int, str], ...], cut: list[str]) -> None:
    assert pieces(Quote(10, 19, "They met.", words)) == cut


def test_offsets_count_characters_beyond_the_first_plane() -> None:
    assert pieces(Quote(0, 9, "😀 They met", ((7, 10, "met"),))) == ["😀 They ", "met", ""]


def test_note_counts_one_event_in_the_singular(embedded: Store) -> None:
    only = Part(embedded, select(embedded).ids[:1], "", "")
    out = io.BytesIO()
    html.write(only, out)
    assert "1 event. " in out.getvalue().decode()


def test_page_tells_versions_and_selection(part: Part, data: dict[str, Any]) -> None:
    assert data["about"]["made_with"] == part.made_with
    assert data["about"]["selection"] == part.selection == "modality all"


def test_very_many_actors_are_told_by_communities(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_told, "MOST_DRAWN", 3)
    monkeypatch.setattr(_told._layout, "MOST_SPRUNG", 2)
    found = told(part.events())
    placed = [actor for actor in found["actors"] if "x" in actor]
    members = [sum(actor["community"] == at for actor in placed) for at, _ in enumerate(found["communities"])]
    assert [group["members"] for group in found["communities"]] == members == sorted(members, reverse=True)
    assert len(members) > 1
    assert len({(actor["x"], actor["y"]) for actor in placed}) == len(placed)


@pytest.mark.skipif(shutil.which("node") is None, reason="no node to read the script with")
def test_script_is_valid(page: Page, tmp_path: Path) -> None:
    script = tmp_path / "bundle.js"
    script.write_text(page.contents["script"][1], "utf-8")
    subprocess.run(["node", "--check", str(script)], check=True)


@pytest.mark.skipif(not (FOLDER / "node_modules").is_dir(), reason="npm ci was not run in kg/exports/_page")
def test_bundle_is_built_from_its_sources(tmp_path: Path) -> None:
    built = tmp_path / "bundle.js"
    target = os.path.relpath(built, FOLDER)
    subprocess.run(["node", "build.mjs", target], cwd=FOLDER, check=True)
    assert built.read_bytes() == (FOLDER / "bundle.js").read_bytes()


def test_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (FOLDER / "package-lock.json").read_text("utf-8")


def test_licences_of_what_is_bundled_are_listed() -> None:
    licences = (FOLDER / "LICENSES.txt").read_text("utf-8")
    head, _, _ = (FOLDER / "bundle.js").read_text("utf-8").partition("*/")
    bundled = re.findall(r"^  (\S+ \S+ \(\S+\))$", head, re.MULTILINE)
    assert {line.split()[0] for line in bundled} >= {"sigma", "graphology", "d3-geo", "topojson-client", "world-atlas"}
    assert [line for line in bundled if f"{line}\n=" not in licences] == []
    assert "no text comes with the package" not in licences
