"""The pictures there are, and how one is written."""

from collections.abc import Callable, Mapping
from typing import BinaryIO

from kg.asking.parts import Part
from kg.asking.questions import nearest
from kg.errors import UsageError
from kg.exports import _drawn_curve, _drawn_network, _drawn_timeline
from kg.exports._seen import Seen, seen
from kg.exports._sheet import Form, Sheet, settled

_DRAWN: Mapping[str, Callable[[Seen], tuple[Sheet, float]]] = {
    "network": _drawn_network.draw,
    "timeline": _drawn_timeline.draw,
    "curve": _drawn_curve.draw,
}
PICTURES = tuple(_DRAWN)


def write_picture(part: Part, out: BinaryIO, picture: str, form: Form) -> None:
    """Write a picture of a part of the graph; raises what `draw` raises."""
    draw(seen(part), out, picture, form)


def ready(picture: str) -> None:
    """Raise UsageError where there is no such picture, and KgError where matplotlib is not installed."""
    if picture not in _DRAWN:
        raise UsageError(f"no picture {picture!r}; {nearest(picture, PICTURES)}")
    with settled():
        pass


def draw(found: Seen, out: BinaryIO, picture: str, form: Form) -> None:
    """Write a picture of events; the same events give the same bytes.

    Raises UsageError where there is no such picture, and KgError where matplotlib is not installed.
    """
    ready(picture)
    sheet, height = _DRAWN[picture](found)
    sheet.save(out, form, height)
