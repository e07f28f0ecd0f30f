"""A sheet to draw on with matplotlib, measured in points from its upper left corner, and saved without a date."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from kg.asking.wording import plain
from kg.exports._missing import missing

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.ft2font import FT2Font

    from kg.exports._layout import Point

Form = Literal["svg", "png", "pdf"]
Align = Literal["left", "center", "right"]

WIDTH = 540.0
"""Points: 190 mm, which leaves a margin of 10 mm on A4."""

TALLEST = 770.0
"""Points: 272 mm, as much as a page of A4 has room for."""

SMALL = 8.0
"""The least size of letters, in points."""

LINE = 1.25
"""Height of a line of text, in sizes of its letters."""

DOTS = 200
"""Dots per inch of a PNG."""

SHADES = 12
"""Steps from white to a colour in a PNG."""


INK, GREY, PALE = "#1a1a1a", "#5f5f5f", "#d9d9d9"
BLUE, RED = "#2166ac", "#b2182b"

_SETTINGS: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "svg.hashsalt": "kg",
    "svg.fonttype": "none",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.7,
}


class Sheet:
    """What is drawn so far: texts, lines and shapes, all placed in points from the upper left corner."""

    def __init__(self, title: str, description: str, width: float = WIDTH) -> None:
        self.title, self.description, self.width = plain(title), plain(description), width
        self._drawn: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def text(self, at: "Point", words: str, *, size: float = SMALL, align: Align = "left", **look: Any) -> None:
        """Write words with the upper edge of their line at a point; `$`, `_` and `^` are letters like others."""
        self._add("text.Text", *at, words, fontsize=size, ha=align, va="top", parse_math=False, **look)

    def line(self, points: Iterable["Point"], *, colour: str = INK, width: float = 1.0, **look: Any) -> None:
        """Draw a line through points."""
        across, down = zip(*points, strict=True)
        self._add("lines.Line2D", across, down, color=colour, linewidth=width, **look)

    def polygon(self, points: Iterable["Point"], *, colour: str = INK, **look: Any) -> None:
        """Draw a filled polygon."""
        self._add("patches.Polygon", list(points), closed=True, **({"facecolor": colour, "linewidth": 0} | look))

    def circle(self, at: "Point", radius: float, *, colour: str = INK, **look: Any) -> None:
        """Draw a filled circle."""
        self._add("patches.Circle", at, radius, **({"facecolor": colour, "linewidth": 0} | look))

    def box(self, at: "Point", width: float, height: float, *, colour: str = INK, **look: Any) -> None:
        """Draw a filled rectangle from its upper left corner."""
        self._add("patches.Rectangle", at, width, height, **({"facecolor": colour, "linewidth": 0} | look))

    def save(self, out: BinaryIO, form: Form, height: float) -> None:
        """Write the sheet, so many points tall; the same drawing gives the same bytes."""
        with settled():
            from matplotlib.figure import Figure

            figure = Figure(figsize=(self.width / 72, height / 72))
            axes = figure.add_axes((0, 0, 1, 1), xlim=(0, self.width), ylim=(height, 0))
            axes.set_axis_off()
            for order, artist in enumerate(self._artists()):
                artist.set_zorder(order)
                axes.add_artist(artist).set_clip_on(False)
            made = BytesIO()
            figure.savefig(made, format=form, dpi=DOTS, metadata=self._metadata(form))
        out.write(_few_colours(made) if form == "png" else made.getvalue())

    def _add(self, kind: str, *given: Any, **look: Any) -> None:
        self._drawn.append((kind, given, look))

    def _artists(self) -> "Iterator[Artist]":
        from importlib import import_module

        for kind, given, look in self._drawn:
            module, name = kind.split(".")
            yield getattr(import_module(f"matplotlib.{module}"), name)(*given, **look)

    def _metadata(self, form: Form) -> dict[str, str | None]:
        if form == "png":
            return {"Software": None}
        if form == "pdf":
            return {"Title": self.title, "Subject": self.description, "Creator": None, "CreationDate": None}
        return {"Title": self.title, "Description": self.description, "Creator": None, "Date": None}


def _few_colours(png: BytesIO) -> bytes:
    """Return a PNG that holds the colours of sheets and their shades towards white alone, about a third as large."""
    from PIL import Image

    shades = Image.new("P", (1, 1))
    shaded = [part for colour in (INK, GREY, BLUE, RED) for part in _shades(colour)]
    shades.putpalette([*shaded, *bytes.fromhex(PALE.removeprefix("#"))])
    smaller = BytesIO()
    with Image.open(png) as image:
        few = image.convert("RGB").quantize(palette=shades, dither=Image.Dither.NONE)
        few.save(smaller, "PNG", optimize=True, dpi=(DOTS, DOTS))
    return smaller.getvalue()


def _shades(colour: str) -> Iterator[int]:
    """Yield red, green and blue, from 0 to 255, of the steps from white to a colour."""
    for step in range(SHADES + 1):
        for part in bytes.fromhex(colour.removeprefix("#")):
            yield round(255 - (255 - part) * step / SHADES)


def wrapped(text: str, width: float, *, size: float = SMALL, most: int | None = None, bold: bool = False) -> list[str]:
    """Return the lines of a text no wider than so many points; of more than `most` the last ends in an ellipsis."""
    lines = [""]
    for word in _pieces(plain(text), width, size, bold):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and wide(longer, size=size, bold=bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    if most is not None and len(lines) > most:
        lines[most - 1 :] = [_cut(lines[most - 1], width, size, bold)]
    return lines


def wide(text: str, *, size: float = SMALL, bold: bool = False) -> float:
    """Return the width of a text in points."""
    return sum(_advance(sign, bold) for sign in text) * size


def _pieces(text: str, width: float, size: float, bold: bool) -> Iterator[str]:
    """Yield the words of a text, those wider than a line in pieces that fit."""
    for word in text.split():
        rest = word
        while wide(rest, size=size, bold=bold) > width and len(rest) > 1:
            fits = next((at for at in range(len(rest) - 1, 1, -1) if wide(rest[:at], size=size, bold=bold) <= width), 1)
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _cut(line: str, width: float, size: float, bold: bool) -> str:
    while line and wide(f"{line}…", size=size, bold=bold) > width:
        line = line[:-1].rstrip()
    return f"{line}…"


@cache
def _advance(sign: str, bold: bool) -> float:
    """Return how far a letter moves the next one on, in sizes of the letters; one that the font lacks, a whole size."""
    if ord(sign) not in _font(bold).get_charmap():
        return 1.0
    return float(_font(bold).load_char(ord(sign)).linearHoriAdvance) / 65536 / 100


@cache
def _font(bold: bool) -> "FT2Font":
    with settled():
        from matplotlib.font_manager import FontProperties, findfont
        from matplotlib.ft2font import FT2Font

        font = FT2Font(findfont(FontProperties(weight="bold" if bold else "normal")))  # our own: drawing resizes others
        font.set_size(100, 72)
        return font


@contextmanager
def settled() -> Iterator[None]:
    """Have matplotlib draw by its own defaults and ours, whatever a user has set.

    Raises KgError where it is not installed. What its font lacks is a box in PNG and PDF, and left to the reader's
    fonts in SVG: that is no reason for a warning.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise missing("matplotlib", "pictures") from error
    with matplotlib.rc_context(), warnings.catch_warnings():
        settings: Any = {**dict(matplotlib.rcParamsDefault), "backend": "agg", **_SETTINGS}
        matplotlib.rcParams.update(settings)
        warnings.filterwarnings("ignore", message="Glyph .* missing from", category=UserWarning)
        yield
