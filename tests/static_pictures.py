"""The pictures of docs/reports.md: `python tests/static_pictures.py` draws them anew from the sample articles."""

import tempfile
from pathlib import Path

from notebook import STORE, load_seeds

import kg

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
DRAWN = {
    "network.png": {"name": "network", "actor": "Vladimir Putin"},
    "timeline.png": {"name": "timeline", "actor": "Maria Butina", "modality": "all"},
    "curve.png": {"name": "curve", "from_": "2018-01-01"},
}


def main() -> None:
    """Draw each picture into the folder of the docs."""
    with tempfile.TemporaryDirectory() as place:
        load_seeds(Path(place))
        with kg.open(str(Path(place) / STORE)) as graph:
            for file, given in DRAWN.items():
                graph.picture(**given).save(FOLDER / file)


if __name__ == "__main__":
    main()
