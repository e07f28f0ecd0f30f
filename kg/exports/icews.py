"""The layout of ICEWS Coded Event Data: 20 columns between tabs, with a header."""

from collections.abc import Iterator
from typing import BinaryIO

from kg.asking.parts import Part, Role, Scene
from kg.exports._event_data import Coded, both_ways, coded, countries, day, number, row, sectors, settlement, titles

COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def write(part: Part, out: BinaryIO) -> None:
    """Write a row for each source and target of events with a CAMEO code, and both ways for symmetric ones.

    ICEWS has no row without a source or a target, and no column for modality.
    """
    out.write(row(COLUMNS, dict(zip(COLUMNS, COLUMNS, strict=True))).encode())
    for each in coded(part):
        for values in _rows(each):
            out.write(row(COLUMNS, values).encode())


def _rows(each: Coded) -> Iterator[dict[str, object]]:
    event = each.event
    telling, quote = each.first
    if not event.cameo:
        return
    what = {
        "Event Date": day(event),
        "Event Text": titles().get(event.cameo),
        "CAMEO Code": event.cameo,
        "Intensity": event.goldstein,
        "Story ID": number("article", telling.paper.id),
        "Sentence Number": quote.number + 1,
        "Publisher": telling.paper.outlet,
        **_where(event.scene),
    }
    for source, target in both_ways(event):
        if source and target:
            own = {"Event ID": number("icews", event.id, source.party.id, target.party.id)}
            yield own | what | _actor("Source", source) | _actor("Target", target)


def _actor(side: str, role: Role) -> dict[str, object]:
    return {
        f"{side} Name": role.party.name,
        f"{side} Sectors": ",".join(sectors(role.cameo)),
        f"{side} Country": countries().get(role.party.country),
    }


def _where(scene: Scene | None) -> dict[str, object]:
    if scene is None:
        return {}
    column = {"city": "City", "region": "Province"}.get(settlement(scene.name, scene.country))
    named = {column: scene.name} if column else {}
    return {**named, "Country": countries().get(scene.country), "Latitude": scene.lat, "Longitude": scene.lon}
