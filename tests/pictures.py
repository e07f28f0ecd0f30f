"""The pictures of the docs, taken of the page as it is now: `python tests/pictures.py` writes them anew.

Needs Chromium and Pillow, which matplotlib brings. The page of many actors is of synthetic events, those that
`python -m bench page` measures with.
"""

import io
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from chromium import chromium, wait_until

from kg.asking.parts import select
from kg.exports import html
from kg.exports._told import Data, told
from kg.pipeline import extract, load
from kg.shelf import folder
from kg.sources import read
from kg.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
SIZE = {"width": 1360, "height": 850}
COLOURS = 200
MANY = 6_000

Steps = Callable[["Page"], None]


def main() -> None:
    """Write every picture; a name alone writes that one."""
    asked = sys.argv[1:]
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        pages = _pages(Path(place))
        for name, (page, scheme, steps) in _states().items():
            if not asked or name in asked:
                _take(browser, pages[page], PICTURES / f"page-{name}.png", scheme, steps)


def _pages(place: Path) -> Mapping[str, Path]:
    with EmbeddedStore(place / "store") as store:
        load(store, extract(read([str(folder("seeds"))])))
        for name, modality in (("facts", "facts"), ("all", "all")):
            with (place / f"{name}.html").open("wb") as out:
                html.write(select(store, modality=modality), out)
    (place / "many.html").write_text(html.page(_many()), "utf-8")
    return {path.stem: path for path in place.glob("*.html")}


def _many() -> Data:
    sys.path.append(str(ROOT))
    from bench._happenings import events

    return told(events(MANY, 2 * MANY), selection="synthetic", made_with="synthetic events, for measuring")


def _states() -> Mapping[str, tuple[str, str, Steps]]:
    """Return for each picture the page, the colours, and what is done before it is taken."""
    return {
        "network": ("facts", "light", lambda page: None),
        "dark": ("facts", "dark", lambda page: None),
        "actor": ("all", "light", lambda page: _search(page, "Putin")),
        "line": ("all", "dark", _line),
        "filtered": ("facts", "light", _filtered),
        "map": ("facts", "light", _map),
        "timeline": ("facts", "dark", lambda page: page.click("#tab-timeline")),
        "table": ("facts", "light", lambda page: page.click("#tab-table")),
        "many": ("many", "light", lambda page: None),
    }


def _search(page: "Page", name: str) -> None:
    page.click("#search")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.keyboard.press("o")
    page.evaluate("document.activeElement.blur()")


def _line(page: "Page") -> None:
    """Press the middle of the line of words between two presidents."""
    _search(page, "Donald Trump")
    spot = page.evaluate(
        """() => { const { stage } = kgPage.page.parts; const both = ["donald-trump", "vladimir-putin"];
        const tie = stage.chosen.ties.find((each) => both.includes(each.one) && both.includes(each.other)
          && each.quad === "verbal-cooperation"); return stage.net.whereTie(tie.key); }"""
    )
    page.mouse.click(spot["x"], spot["y"])
    page.mouse.move(5, 5)


def _filtered(page: "Page") -> None:
    page.click("#tone-conflict")
    page.fill("#day-from", "2018-07-01")
    page.fill("#day-to", "2018-07-31")
    page.evaluate("document.activeElement.blur()")


def _map(page: "Page") -> None:
    page.click("#tab-map")
    page.mouse.move(860, 150)
    for _ in range(4):
        page.mouse.wheel(0, -100)
    page.locator(".place[aria-label*='Helsinki']").click()
    page.mouse.move(5, 5)


def _take(browser: "Browser", path: Path, target: Path, scheme: str, steps: Steps) -> None:
    page = browser.new_page(viewport=SIZE, color_scheme=scheme, reduced_motion="reduce")
    page.goto(path.as_uri())
    wait_until(page, "performance.getEntriesByName('kg-ready').length")
    steps(page)
    page.wait_for_timeout(300)
    _write(page.screenshot(), target)
    page.close()


def _write(picture: bytes, target: Path) -> None:
    """Write a picture with few colours, which is a third of the bytes."""
    from PIL import Image

    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE, kmeans=4, dither=Image.Dither.NONE)
        few.save(target, optimize=True)


if __name__ == "__main__":
    main()
