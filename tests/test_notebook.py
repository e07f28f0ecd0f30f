"""The notebook of the docs gives what it shows."""

import json
from pathlib import Path

import notebook
import pytest


def test_cells_give_what_the_page_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = json.loads(notebook.NOTEBOOK.read_text("utf-8"))
    notebook.load_seeds(tmp_path)
    monkeypatch.chdir(tmp_path)
    shown = [cell["outputs"] for cell in page["cells"] if cell["cell_type"] == "code"]
    assert list(notebook.outputs(page)) == shown, "python tests/notebook.py writes it anew"
    assert any("text/html" in output["data"] for outputs in shown for output in outputs)
