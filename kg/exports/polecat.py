"""The layout of POLECAT, event data after PLOVER: 40 columns between tabs, with a header, `None` where unknown."""

from collections.abc import Iterator
from typing import BinaryIO

from kg import __version__
from kg.asking.parts import Part, Quote, Role, Telling
from kg.exports._event_data import UNPLOVER, Coded, code, coded, day, one_way, row, settlement
from kg.exports._event_data import left_out as left_out  # of the format too
from kg.graph.keys import local_id

COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
UNKNOWN = "None"
JOINED = "; "


def write(part: Part, out: BinaryIO) -> None:
    """Write a row for each actor and recipient of the events whose type is one of PLOVER and whose actor is known.

    Two parties of a symmetric event have one row. There is no column for modality.
    """
    out.write(row(COLUMNS, dict(zip(COLUMNS, COLUMNS, strict=True))).encode())
    for each in coded(part):
        if each.event.type not in UNPLOVER:
            for values in _rows(each):
                out.write(row(COLUMNS, values, UNKNOWN).encode())


def _rows(each: Coded) -> Iterator[dict[str, object]]:
    what = _event(each) | _place(each) | _story(each)
    for actor, recipient in one_way(each.event):
        if actor:
            yield what | _actor("Actor", actor, each) | (_actor("Recipient", recipient, each) if recipient else {})


def _event(each: Coded) -> dict[str, object]:
    event = each.event
    article = event.id.partition(":")[0]
    return {
        "Event ID": f"{article}_{event.type}_{local_id(event.id)}",
        "Event Date": day(event),
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.plover_score,
        "Quad Code": event.quad.replace("-", " ").upper(),
        "Contexts": JOINED.join(event.contexts),
    }


def _actor(side: str, role: Role, each: Coded) -> dict[str, object]:
    types = code(role.cameo).types
    return {
        f"{side} Name": role.party.name,
        f"{side} Country": role.party.country,
        f"Primary {side} Sector": next(iter(types), ""),
        f"{side} Sectors": JOINED.join(types),
        f"{side} Name Raw": _raw(role, each, *each.first),
    }


def _raw(role: Role, each: Coded, telling: Telling, quote: Quote) -> str:
    words = each.words_of(role, telling, quote)
    return words.text if words else ""


def _place(each: Coded) -> dict[str, object]:
    scene = each.event.scene
    if scene is None:
        return {}
    column = {"city": "City", "region": "Province"}.get(settlement(scene.name, scene.country))
    where = {"Country": scene.country, "Latitude": scene.lat, "Longitude": scene.lon, "Raw Placename": scene.words}
    return {"Placename": scene.name, **where, **({column: scene.name} if column else {})}


def _story(each: Coded) -> dict[str, object]:
    telling, _ = each.first
    paper, cast = telling.paper, each.cast
    return {
        "Source": paper.outlet,
        "Publication Date": paper.published[:10],
        "Story People": JOINED.join(cast.people),
        "Story Organizations": JOINED.join(cast.bodies),
        "Language": paper.language,
        "Version": f"kg {__version__}",
    }
