"""Where the gold and the article lie that quality is measured on: outside the repository, under KG_SHARED."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    if not (folder / "eval" / "gold").is_dir():
        pytest.skip("no gold to measure on: set KG_SHARED to the folder that holds eval/gold")
    return folder
