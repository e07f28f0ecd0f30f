"""A picture as SVG, for the web and for drawing programs; texts stay texts."""

from typing import BinaryIO

from kg.asking.parts import Part
from kg.exports._pictures import PICTURES, write_picture

__all__ = ["PICTURES", "write"]


def write(part: Part, out: BinaryIO, *, picture: str = PICTURES[0]) -> None:
    """Write one of `PICTURES` of a part of the graph."""
    write_picture(part, out, picture, "svg")
