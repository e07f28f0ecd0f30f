"""The wheel holds all that kg needs and runs from anywhere; tracked files hold nothing of one machine."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHELF = ("loaders", "queries", "seeds")
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w")
REGISTRY = re.compile(r"https?://[\w.-]*(?:pypi\.org|pythonhosted\.org|/simple/)|--(?:extra-)?index-url|--find-links")
LOCK_FILES = {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    uv = str(Path(sys.executable).with_name("uv"))
    build = [
        uv,
        "build",
        "--quiet",
        "--offline",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
    ]
    subprocess.run([*build, "--out-dir", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("kg-*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel unpacks to and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*install, "--target", str(folder), str(wheel)], check=True)
    return folder


def kg(installed: Path, folder: Path, *arguments: str) -> str:
    """Return what the installed program prints, run in another folder."""
    program = f"import kg, sys; assert kg.__file__.startswith({str(installed)!r}); "
    program += "from kg.cli.main import main; sys.exit(main())"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("KG_", "NEO4J_"))}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        capture_output=True,
        check=False,
        cwd=folder,
        env=environment | {"PYTHONPATH": str(installed)},
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("shelf", SHELF)
def test_wheel_holds_the_shelf(wheel: Path, shelf: str) -> None:
    inside = {Path(name).name for name in ZipFile(wheel).namelist() if name.startswith(f"kg/_shelf/{shelf}/")}
    assert {path.name for path in (ROOT / shelf).iterdir() if path.is_file()} <= inside


def test_wheel_claims_no_name_but_its_own(wheel: Path) -> None:
    assert {name.split("/")[0] for name in ZipFile(wheel).namelist()} <= {
        "kg",
        f"{wheel.name.rsplit('-', 3)[0]}.dist-info",
    }


def test_installed_kg_helps_from_another_folder(installed: Path, tmp_path: Path) -> None:
    assert "Commands:" in kg(installed, tmp_path, "--help")


def test_installed_kg_knows_its_queries(installed: Path, tmp_path: Path) -> None:
    assert "who_discussed_what_with_whom" in kg(installed, tmp_path, "queries")


def test_installed_kg_extracts_its_own_seeds(installed: Path, tmp_path: Path) -> None:
    seed = min((installed / "kg" / "_shelf" / "seeds").glob("*.txt"))
    assert kg(installed, tmp_path, "extract", str(seed)).startswith('{"article":')


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY], ids=["machine path", "registry"])
def test_tracked_files_are_free_of(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if path != Path(__file__).resolve()
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").splitlines(), 1)
        if forbidden.search(line)
    ]
    assert found == []


def test_no_lock_file_is_tracked() -> None:
    assert LOCK_FILES.isdisjoint(path.name for path in tracked())


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_requirement_is_pinned_by_hash(path: Path) -> None:
    requirements = re.sub(r"\\\n", "", path.read_text("utf-8")).splitlines()
    pins = [line for line in requirements if line and not line.lstrip().startswith("#")]
    assert pins
    assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def tracked() -> Iterator[Path]:
    """Yield the files that git tracks, and those it would on the next add; none outside a clone."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a clone of the repository: nothing is tracked")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    yield from (path for path in paths if path.is_file())
