"""The page: one file that needs nothing else, and in which text stays text."""

import base64
import hashlib
import io
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from networkx import MultiDiGraph

from kg.asking.parts import Part
from kg.exports import html

VOID = {"meta", "input", "line", "circle"}


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
        return json.loads(self.contents["script"][0])


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


def test_page_is_well_formed(page: Page) -> None:
    assert page.open == []
    assert [tag for tag, _ in page.elements if tag == "script"] == ["script", "script"]


def test_page_asks_for_no_other_address(text: str, page: Page) -> None:
    for name in ("src", "href", "action", "srcset", "poster", "xlink:href", "style"):
        assert page.attribute(name) == []
    for sign in ("url(", "@import", "fetch(", "import(", "XMLHttpRequest", "WebSocket", "http:", "https:"):
        assert sign not in "".join(page.contents["style"] + page.contents["script"][1:])
    assert {tag for tag, _ in page.elements}.isdisjoint({"link", "img", "iframe", "object", "embed", "base"})


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


def test_text_of_an_article_cannot_become_markup(text: str, page: Page) -> None:
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "<" not in page.contents["script"][0]
    (label,) = (node["label"] for node in page.data()["nodes"] if node["kind"] == "organisation")
    assert label == "<img src=x onerror=alert(1)> & sons"
    assert any("</script><script>alert(1)</script>" in event["evidence"] for event in page.data()["events"])


def test_script_makes_no_markup_out_of_text(page: Page) -> None:
    for sign in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function("):
        assert sign not in page.contents["script"][1]


def test_every_actor_and_pair_is_drawn_inside_the_view(graph: MultiDiGraph, page: Page) -> None:
    (view,) = page.attribute("viewbox")
    left, top, width, height = map(float, view.split())
    dots = [
        (float(str(attributes["cx"])), float(str(attributes["cy"])))
        for tag, attributes in page.elements
        if tag == "circle"
    ]
    assert len(dots) == len(graph) == len(page.attribute("data-node"))
    assert all(left < x < left + width and top < y < top + height for x, y in dots)
    assert len(page.attribute("data-link")) == len({frozenset(edge) for edge in graph.edges()})


def test_labels_keep_apart(text: str) -> None:
    boxes = [
        (float(x), float(y), 7 * len(label))
        for x, y, label in re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)">([^<]+)</text>', text)
    ]
    for at, (ax, ay, awide) in enumerate(boxes):
        for bx, by, bwide in boxes[at + 1 :]:
            assert abs(ay - by) > 12 or abs(ax - bx) > (awide + bwide) / 2 - 1


def test_page_tells_versions_and_numbers(graph: MultiDiGraph, text: str) -> None:
    assert graph.graph["made_with"] in text
    assert "13 actors, 8 events between them." in text


@pytest.mark.skipif(shutil.which("node") is None, reason="no node to read the script with")
def test_script_is_valid(page: Page, tmp_path: Path) -> None:
    script = tmp_path / "view.js"
    script.write_text(page.contents["script"][1], "utf-8")
    subprocess.run(["node", "--check", str(script)], check=True)
