"""When an event took place: the date nearest to its trigger."""

from kg.coding.circumstances import near
from kg.coding.triggers import Hit
from kg.model import Modality, Time
from kg.reading.document import Reading

_FUTURE: tuple[Modality, ...] = ("planned", "possible", "requested", "conditional")


def time_of(hit: Hit, modality: Modality, reading: Reading) -> Time | None:
    """Return the days on which the event of a trigger took or takes place, from its own clause."""
    for token in near(hit):
        if token.i in reading.dates_at:
            return reading.dates_at[token.i].time(future=modality in _FUTURE)
    return None
