"""Take the pictures of docs/explorer.md anew: `python tests/explorer_pictures.py`, with chromium at hand."""

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE / "web"), str(HERE.parent)]

from chromium import chromium  # noqa: E402
from web_runs import Place, showing  # noqa: E402

from kg.pipeline import extract, load  # noqa: E402
from kg.shelf import folder  # noqa: E402
from kg.sources import read  # noqa: E402
from kg.stores.embedded import EmbeddedStore  # noqa: E402

PICTURES = HERE.parent / "docs" / "pictures"
LARGEST = 150_000  # bytes
SUMMIT = "https%3A%2F%2Fnorthern-courier.example%2F2018%2F07%2F16%2Fputin-trump-helsinki"


def main() -> None:
    """Load the sample articles, and take a picture of each page."""
    with tempfile.TemporaryDirectory() as place:
        store = Path(place) / "kg-data"
        with EmbeddedStore(store) as opened:
            opened.prepare()
            load(opened, extract(read([str(folder("seeds"))])))
        with showing(Place(str(store))) as running, chromium() as browser:
            page = browser.new_context(viewport={"width": 1040, "height": 660}, color_scheme="light").new_page()
            page.goto(f"{running.address}/article/{SUMMIT}")
            event = page.locator(".prose a.m-event").first.get_attribute("href") or ""
            found = {
                "actor": "/actor/vladimir-putin?quad=conflict&from=2018-07-01&to=2018-07-31",
                "article": f"/article/{SUMMIT}",
                "event": event,
                "compare": f"/compare?article={SUMMIT}&event={event.rpartition('/')[2]}&other=Meridian+Wire",
            }
            for name, path in found.items():
                page.goto(running.address + path)
                page.set_viewport_size({"width": 1040, "height": 860 if name == "actor" else 660})
                page.locator("footer code").evaluate("node => { node.textContent = 'kg-data' }")
                picture = PICTURES / f"explorer-{name}.png"
                picture.write_bytes(page.screenshot())
                if picture.stat().st_size > LARGEST:
                    sys.exit(f"{picture} is larger than {LARGEST:,} bytes")
                print(picture.relative_to(HERE.parent), picture.stat().st_size)  # noqa: T201


if __name__ == "__main__":
    main()
