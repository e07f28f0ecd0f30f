"""The graph in the formats of other programs: one module per format, found by being in this folder."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import BinaryIO, Protocol, runtime_checkable

from kg.asking.parts import Part
from kg.shelf import plug_ins

__all__ = ["Choosy", "Drawing", "Folder", "Format", "formats"]


@runtime_checkable
class Format(Protocol):
    """A module or an object that writes a part of the graph into one file."""

    def write(self, part: Part, out: BinaryIO) -> None:
        """Write a part of the graph; the same part gives the same bytes."""


@runtime_checkable
class Drawing(Protocol):
    """A module or an object that draws one of several pictures of a part of the graph into one file."""

    PICTURES: tuple[str, ...]

    def write(self, part: Part, out: BinaryIO, *, picture: str = ...) -> None:
        """Write one of the `PICTURES`, unless told otherwise the first one; the same part gives the same bytes."""


@runtime_checkable
class Folder(Protocol):
    """A module or an object that writes a part of the graph into several files."""

    def write_files(self, part: Part, folder: Path) -> None:
        """Write a part of the graph into a folder that is there and empty; the same part gives the same bytes."""


@runtime_checkable
class Choosy(Protocol):
    """A module or an object that leaves events out."""

    def left_out(self, part: Part) -> str:
        """Return which events of a part are left out, how many and why, in one line; empty where none is."""


def formats() -> Mapping[str, Format | Folder]:
    """Return the export formats by name, sorted: the modules here that write, and those of other packages.

    An entry point of the group `kg.exports` gives a module or an object as described here.
    """
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    own = {name: import_module(f"{__name__}.{name}") for name in names}
    found: dict[str, object] = {**plug_ins("kg.exports"), **own}
    return {name: form for name, form in sorted(found.items()) if isinstance(form, Format | Folder)}
