"""The graph in the formats of other programs: one module per format, found by being in this folder."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, BinaryIO, Protocol, cast

from kg.exports.selection import select
from kg.shelf import plug_ins

if TYPE_CHECKING:
    from networkx import MultiDiGraph

__all__ = ["Format", "formats", "select"]


class Format(Protocol):
    """A module or an object that writes a graph."""

    def write(self, graph: "MultiDiGraph", out: BinaryIO) -> None:
        """Write a graph that `select` made; the same graph gives the same bytes."""


def formats() -> Mapping[str, Format]:
    """Return the export formats by name, sorted: the modules here that write, and those of other packages.

    An entry point of the group `kg.exports` gives a module or an object with `write(graph, out)`.
    """
    names = [module.name for module in iter_modules(__path__) if not module.name.startswith("_")]
    own = {name: import_module(f"{__name__}.{name}") for name in names}
    found = {**plug_ins("kg.exports"), **own}
    return {name: cast(Format, found[name]) for name in sorted(found) if hasattr(found[name], "write")}
