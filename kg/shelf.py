"""Where loaders/, queries/ and seeds/ lie: inside the installed package, or beside it in a working copy."""

import importlib.util
import sys
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType

from kg.errors import KgError

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Return the folder of that name, the wheel's copy before the working copy's.

    Raises KgError where neither is there.
    """
    for place in (_PACKAGE / "_shelf" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise KgError(f"the folder {name}/ is missing from this installation of kg; install kg again")


def modules(directory: Path, prefix: str) -> dict[str, ModuleType]:
    """Import every Python file of a folder by path and return the modules by file name, sorted."""
    return {path.stem: _import(path, f"{prefix}_{path.stem}") for path in sorted(directory.glob("[!_]*.py"))}


def plug_ins(group: str) -> dict[str, object]:
    """Return what other installed packages offer under an entry-point group such as `kg.loaders`."""
    return {point.name: point.load() for point in entry_points(group=group)}


def _import(path: Path, name: str) -> ModuleType:
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise KgError(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # before executing: dataclasses look their module up there
    spec.loader.exec_module(module)
    return module
