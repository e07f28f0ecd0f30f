"""The layout of GDELT 2.0: events in 61 columns and mentions in 16, between tabs, without header."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from kg.asking.parts import Happening, Paper, Part, Quote, Role, Scene, Telling
from kg.exports._event_data import (
    Coded,
    Pair,
    both_ways,
    code,
    coded,
    countries,
    day,
    first_of,
    number,
    row,
    settlement,
)

_ACTOR = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENTS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor{which}{name}" for which in (1, 2) for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{which}Geo_{name}" for which in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTIONS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName", "MentionIdentifier",
    "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset", "InRawText", "Confidence",
    "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
_LAST_ROOTS = (5, 8, 13)
_WEB, _CITATION = 1, 2
_NOWHERE, _COUNTRY, _US_STATE, _US_CITY, _CITY, _STATE = range(6)
_UNNAMED = -1
"""The offset of an actor that the sentence does not name."""


def write_files(part: Part, folder: Path) -> None:
    """Write `events.export.CSV`, a row for each Actor1 and Actor2 of the events with a CAMEO code, both ways for
    symmetric ones, and `mentions.CSV`, a row for each sentence of an article that tells of such a row.

    There is no column for modality.
    """
    with (folder / "events.export.CSV").open("wb") as events, (folder / "mentions.CSV").open("wb") as mentions:
        for each in coded(part):
            if each.event.cameo:
                for pair in both_ways(each.event):
                    own = _own(each.event, pair)
                    events.write(row(EVENTS, _event(each.event, pair, own)).encode())
                    for mention in _mentions(each, pair, own):
                        mentions.write(row(MENTIONS, mention).encode())


def _own(event: Happening, pair: Pair) -> int:
    return number("gdelt", event.id, *(role.party.id if role else "" for role in pair))


def _event(event: Happening, pair: Pair, own: int) -> dict[str, object]:
    papers = [telling.paper for telling in event.tellings]
    return {
        "GlobalEventID": own,
        **_days(event),
        **_actor("Actor1", pair[0]),
        **_actor("Actor2", pair[1]),
        "EventCode": event.cameo,
        "EventBaseCode": event.cameo[:3],
        "EventRootCode": event.cameo[:2],
        "QuadClass": _quad(event.cameo),
        "GoldsteinScale": event.goldstein,
        "NumMentions": sum(len(telling.quotes) for telling in event.tellings),
        "NumSources": len({paper.outlet or paper.id for paper in papers}),
        "NumArticles": len(papers),
        "Actor1Geo_Type": _NOWHERE,
        "Actor2Geo_Type": _NOWHERE,
        **_where(event.scene),
        "DATEADDED": _moment(papers[0]),
        "SOURCEURL": papers[0].url or papers[0].id,
    }


def _quad(cameo: str) -> int:
    """Return the quad class as GDELT has it, which goes by the CAMEO root: 01 to 05, 06 to 08, 09 to 13, 14 to 20."""
    return bisect_left(_LAST_ROOTS, int(cameo[:2])) + 1


def _days(event: Happening) -> dict[str, object]:
    """Return the columns of the date; of a span the month and the year in which it lies as a whole are known."""
    known = day(event)
    if known:
        year, month, on = (int(text) for text in known.split("-"))
        fraction = f"{year + ((month - 1) * 30 + on) / 365:.4f}"
        return {"Day": known.replace("-", ""), "MonthYear": year * 100 + month, "Year": year, "FractionDate": fraction}
    same = {length: event.first[:length] for length in (4, 7) if event.first[:length] == event.last[:length]}
    return {"MonthYear": same.get(7, "").replace("-", ""), "Year": same.get(4)}


def _actor(which: str, role: Role | None) -> dict[str, object]:
    if role is None:
        return {}
    known = code(role.cameo)
    values = (role.cameo, role.party.name, known.country, known.group, "", *first_of(known.religions, 2))
    return {f"{which}{name}": value for name, value in zip(_ACTOR, (*values, *first_of(known.types, 3)), strict=True)}


def _where(scene: Scene | None) -> dict[str, object]:
    if scene is None:
        return {"ActionGeo_Type": _NOWHERE}
    kinds = (_US_STATE, _US_CITY) if scene.country == "USA" else (_STATE, _CITY)
    kind = {"country": _COUNTRY, "region": kinds[0], "city": kinds[1]}[settlement(scene.name, scene.country)]
    country = countries().get(scene.country, "")
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_Fullname": ", ".join(dict.fromkeys(filter(None, (scene.name, country)))),
        "ActionGeo_Lat": scene.lat,
        "ActionGeo_Long": scene.lon,
    }


def _mentions(each: Coded, pair: Pair, own: int) -> Iterator[dict[str, object]]:
    added = _moment(each.event.tellings[0].paper)
    for telling in each.event.tellings:
        for quote in telling.quotes:
            yield {
                "GlobalEventID": own,
                "EventTimeDate": added,
                **_paper(telling.paper),
                "SentenceID": quote.number + 1,
                "Actor1CharOffset": _offset(each, pair[0], telling, quote),
                "Actor2CharOffset": _offset(each, pair[1], telling, quote),
                "ActionCharOffset": quote.words[0][0],
                "InRawText": 1,
                "Confidence": round(telling.confidence * 100),
                "MentionDocLen": each.length_of(telling.paper),
            }


def _paper(paper: Paper) -> dict[str, object]:
    return {
        "MentionTimeDate": _moment(paper),
        "MentionType": _WEB if paper.url else _CITATION,
        "MentionSourceName": paper.outlet or _host(paper.url),
        "MentionIdentifier": paper.url or paper.id,
    }


def _offset(each: Coded, role: Role | None, telling: Telling, quote: Quote) -> int:
    words = each.words_of(role, telling, quote)
    return words.start if words else _UNNAMED


def _moment(paper: Paper) -> str:
    """Return when an article was published as YYYYMMDDHHMMSS in UTC, midnight where the hour is not known."""
    try:
        found = datetime.fromisoformat(paper.published)
    except ValueError:
        return ""
    return (found.astimezone(UTC) if found.tzinfo else found).strftime("%Y%m%d%H%M%S")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
