"""What the exported page costs in a browser: bytes, time to make, and when something is drawn, beside a bare page.

The page is made by the same functions as `kg export html`, of synthetic events. The bare page holds sigma and as many
dots and lines with their places, and nothing else. Each is opened several times in turn, and the least counts, which
other work on the machine disturbs least. `first_paint` is from the start of navigation to the first paint that Chromium
tells of and by which the network is drawn, `again` from a press on a filter to the frame after it, in milliseconds.
Needs Chromium, and `npm ci` in kg/exports/_page for the bare page.

KG_PAGE_SIZES (5000,50000) and KG_PAGE_ROUNDS (7) set the numbers of actors and how often each page is opened.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench._happenings import events
from kg.errors import KgError
from kg.exports import html
from kg.exports._told import Data, told

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SIZES, ROUNDS = "5000,50000", "7"
FOLDER = Path(html.__file__).parent / "_page"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ("--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader")
PATIENCE = 120_000  # milliseconds

PAINTED = """(() => {
  const at = (name) => performance.getEntriesByName(name)[0]?.startTime;
  return at("first-contentful-paint") && at("kg-drawn") && Math.max(at("first-contentful-paint"), at("kg-drawn"));
})()"""
PRESSED = """() => {
  const start = performance.now();
  document.getElementById("tone-conflict").click();
  return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))));
}"""

BARE = """
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
const data = JSON.parse(document.getElementById("data").textContent);
const graph = new MultiDirectedGraph();
data.dots.forEach(([x, y], at) => graph.addNode(at, { x, y, size: 3, color: "#4477aa", label: `Actor ${at}` }));
data.lines.forEach(([one, other]) => graph.addEdge(one, other, { size: 1, color: "#aaaaaa" }));
new Sigma(graph, document.getElementById("kg"));
performance.mark("kg-drawn");
"""
BARE_PAGE = (
    '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>bare</title>'
    "<style>html, body, #kg {{ height: 100%; margin: 0; }}</style>"
    '<div id="kg"></div><script type="application/json" id="data">{data}</script><script>{script}</script></html>'
)


def measure() -> dict[str, float | int]:
    """Return the figures for each number of actors. Raises KgError without Chromium or the libraries of the page."""
    figures: dict[str, float | int] = {}
    with tempfile.TemporaryDirectory(prefix="kg-page-") as place:
        script = _bare_script(Path(place))
        for size in map(int, os.environ.get("KG_PAGE_SIZES", SIZES).split(",")):
            found = _measured(size, Path(place), script)
            figures |= {f"{name}_{size}": value for name, value in found.items()}
    return figures


def _measured(size: int, place: Path, script: str) -> dict[str, float | int]:
    start = perf_counter()
    data = told(events(size, 2 * size), selection="synthetic", made_with="bench")
    ours, bare = place / f"page-{size}.html", place / f"bare-{size}.html"
    ours.write_text(html.page(data), "utf-8")
    made = perf_counter() - start
    bare.write_text(BARE_PAGE.format(data=json.dumps(_bare(data)), script=script), "utf-8")
    painted, bare_painted, again = _times(ours, bare, int(os.environ.get("KG_PAGE_ROUNDS", ROUNDS)))
    return {
        "seconds_to_make": round(made, 1),
        "bytes": ours.stat().st_size,
        "bare_bytes": bare.stat().st_size,
        "communities": len(data["communities"]),
        "first_paint": round(painted),
        "bare_first_paint": round(bare_painted),
        "ratio": round(painted / bare_painted, 2),
        "again": round(again),
    }


def _bare(data: Data) -> dict[str, list[list[int]]]:
    """Return the dots and lines that the page draws when all are asked for, with no words to them."""
    dots = [[actor.get("x", 0), actor.get("y", 0)] for actor in data["actors"]]
    lines = {
        (min(ends), max(ends)) for event in data["events"] if len(ends := event["sources"] + event["targets"]) == 2
    }
    return {"dots": dots, "lines": [list(line) for line in sorted(lines)]}


def _bare_script(place: Path) -> str:
    """Return the script of the bare page, bundled as that of the page is."""
    program = FOLDER / "node_modules" / ".bin" / "esbuild"
    if not program.exists():
        raise KgError("no libraries for the bare page; run npm ci in kg/exports/_page")
    target = place / "bare.js"
    bundle = [str(program), "--bundle", "--minify", "--format=iife", "--log-level=error", f"--outfile={target}"]
    subprocess.run(bundle, input=BARE, cwd=FOLDER, check=True, text=True)
    return target.read_text("utf-8")


def _times(ours: Path, bare: Path, rounds: int) -> tuple[float, float, float]:
    """Return how many milliseconds either page took to its first drawing, and ours to answer a filter."""
    first: dict[Path, list[float]] = {ours: [], bare: []}
    again: list[float] = []
    with _chromium() as browser:
        for _ in range(rounds):
            for path, times in first.items():
                with _opened(browser, path) as page:
                    times.append(float(page.evaluate(PAINTED)))
                    if path is ours:
                        again.append(float(page.evaluate(PRESSED)))
    return min(first[ours]), min(first[bare]), min(again)


@contextmanager
def _opened(browser: "Browser", path: Path) -> Iterator["Page"]:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(path.as_uri(), timeout=PATIENCE)
    while not page.evaluate(PAINTED):
        page.wait_for_timeout(20)
    yield page
    page.close()


@contextmanager
def _chromium() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    path = _program(PROGRAMS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def _program(names: Sequence[str]) -> str:
    for path in filter(None, map(shutil.which, names)):
        return path
    raise KgError("no Chromium to measure with")
