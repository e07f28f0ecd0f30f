"""The layouts of event data: each value in its column, rows for the pairs that the format knows."""

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from exports.test_formats import written

from kg.asking.parts import Part, read, select
from kg.exports import Choosy, gdelt, icews, plover, polecat
from kg.exports._event_data import code, countries, day, number, settlement, titles
from kg.knowledge.codebook import codebook
from kg.knowledge.tables import tables
from kg.stores.base import Store

Rows = list[dict[str, str]]

POLECAT = (
    "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
    "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,"
    "Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,"
    "Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,"
    "Feature Type,Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version"
)
ICEWS = (
    "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
    "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude"
)


@pytest.mark.parametrize("form", [plover, polecat])
def test_types_that_plover_has_not_are_counted(part: Part, nothing: Part, form: Choosy) -> None:
    kinds = Counter(event.type for event in part.events())
    assert kinds["DENY"] == 1
    assert form.left_out(part) == "1 event of the types DENY, ELECT and SAY left out, which PLOVER has not"
    assert form.left_out(nothing) == ""


def table(name: str, part: Part) -> Rows:
    """Return the rows of a file with a header by column, as a reader of CSV with tabs finds them."""
    text = written(name, part).decode()
    found = list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    assert all(None not in row and None not in row.values() for row in found)
    assert len(found) == text.count("\n") - 1
    return found


def numbered(file: Path, columns: int) -> list[list[str]]:
    """Return the rows of a file without header, each of so many columns."""
    text = file.read_bytes().decode()
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True))
    assert {len(row) for row in found} <= {columns}
    assert len(found) == text.count("\n")
    return found


@pytest.fixture(scope="module")
def gdelt_files(part: Part, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], list[list[str]]]:
    folder = tmp_path_factory.mktemp("gdelt")
    gdelt.write_files(part, folder)
    assert sorted(file.name for file in folder.iterdir()) == ["events.export.CSV", "mentions.CSV"]
    return numbered(folder / "events.export.CSV", 61), numbered(folder / "mentions.CSV", 16)


def test_headers_are_those_of_the_formats(nothing: Part) -> None:
    assert written("polecat", nothing).decode() == POLECAT.replace(",", "\t") + "\n"
    assert written("icews", nothing).decode() == ICEWS.replace(",", "\t") + "\n"
    assert (len(polecat.COLUMNS), len(icews.COLUMNS), len(gdelt.EVENTS), len(gdelt.MENTIONS)) == (40, 20, 61, 16)


def test_polecat_has_each_value_in_its_column(part: Part) -> None:
    (row,) = (row for row in table("polecat", part) if row["Placename"] == "Helsinki")
    known = {column: value for column, value in row.items() if value != "None"}
    assert known.pop("Version").startswith("kg ")
    assert known == {
        "Event ID": "c484371fa5b8d93aee49_CONSULT_e1",
        "Event Date": "2018-07-16",
        "Event Type": "CONSULT",
        "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Donald Trump",
        "Actor Country": "USA",
        "Actor Name Raw": "Donald Trump",
        "Recipient Name": "Vladimir Putin",
        "Recipient Country": "RUS",
        "Recipient Name Raw": "Vladimir Putin",
        "Placename": "Helsinki",
        "City": "Helsinki",
        "Country": "FIN",
        "Latitude": "60.17",
        "Longitude": "24.94",
        "Raw Placename": "Helsinki",
        "Source": "Northern Wire",
        "Publication Date": "2018-07-17",
        "Story People": "Vladimir Putin; Donald Trump; Ivanka Trump; Angela Merkel; Nicolás Maduro",
    }


def test_polecat_tells_mode_and_leaves_out_what_it_has_no_type_for(part: Part) -> None:
    rows = table("polecat", part)
    assert {row["Event Type"] for row in rows} == {"CONSULT", "ACCUSE", "PROTEST", "ASSAULT"}
    (row,) = (row for row in rows if row["Event Mode"] == "disapprove")
    assert (row["Event Type"], row["Actor Name"], row["Recipient Name"], row["Quad Code"]) == (
        "ACCUSE", "Angela Merkel", "Donald Trump", "VERBAL CONFLICT",
    )  # fmt: skip
    protests = [row for row in rows if row["Event Type"] == "PROTEST"]
    assert [(row["Actor Name"], row["Recipient Name"]) for row in protests] == [
        ("Donald Trump", "None"),
        ("Ivanka Trump", "None"),
    ]


def test_parties_of_a_meeting_have_one_row_in_polecat_and_two_in_icews(part: Part) -> None:
    one = [(row["Actor Name"], row["Recipient Name"]) for row in table("polecat", part) if row["Event Mode"] == "phone"]
    assert one == [("France", "Germany"), ("France", "Poland"), ("Germany", "Poland")]
    both = [(row["Source Name"], row["Target Name"]) for row in table("icews", part) if row["CAMEO Code"] == "041"]
    assert sorted(both) == sorted([*one, *((other, each) for each, other in one)])


def test_icews_has_each_value_in_its_column(part: Part) -> None:
    rows = table("icews", part)
    (row,) = (row for row in rows if row["City"] == "Helsinki" and row["Source Name"] == "Donald Trump")
    own, story = int(row["Event ID"]), int(row["Story ID"])
    assert 0 < min(own, story) <= max(own, story) < 2**53
    assert {column: value for column, value in row.items() if value and not column.endswith(" ID")} == {
        "Event Date": "2018-07-16",
        "Source Name": "Donald Trump",
        "Source Country": "United States",
        "Event Text": "Consult",
        "CAMEO Code": "040",
        "Target Name": "Vladimir Putin",
        "Target Country": "Russia",
        "Sentence Number": "1",
        "Publisher": "Northern Wire",
        "City": "Helsinki",
        "Country": "Finland",
        "Latitude": "60.17",
        "Longitude": "24.94",
    }
    (accused,) = (row for row in rows if row["CAMEO Code"] == "1125")
    assert (accused["Event Text"], accused["Sentence Number"]) == ("Accuse of espionage, treason", "5")
    assert len({row["Event ID"] for row in rows}) == len(rows)
    assert all(row["Source Name"] and row["Target Name"] and row["CAMEO Code"] for row in rows)


def test_gdelt_event_has_each_value_under_its_number(gdelt_files: tuple[list[list[str]], list[list[str]]]) -> None:
    events, _ = gdelt_files
    (row,) = (row for row in events if row[52] == "Helsinki, Finland" and row[6] == "Donald Trump")
    assert {number: value for number, value in enumerate(row) if value and number} == {
        1: "20180716", 2: "201807", 3: "2018", 4: "2018.5370",
        5: "USA", 6: "Donald Trump", 7: "USA", 15: "RUS", 16: "Vladimir Putin", 17: "RUS",
        26: "040", 27: "040", 28: "04", 29: "1", 31: "3", 32: "2", 33: "2",
        35: "0", 43: "0", 51: "4", 52: "Helsinki, Finland", 56: "60.17", 57: "24.94",
        59: "20180717000000", 60: "northern-wire/7",
    }  # fmt: skip
    (accused,) = (row for row in events if row[26] == "1125")
    assert accused[26:30] == ["1125", "112", "11", "3"]
    (charged,) = (row for row in events if row[26] == "115")
    assert (charged[5:15], charged[15:18]) == ([""] * 10, ["RUS", "Maria Butina", "RUS"])


def test_gdelt_mention_has_each_value_under_its_number(
    embedded: Store, gdelt_files: tuple[list[list[str]], list[list[str]]]
) -> None:
    events, mentions = gdelt_files
    texts = dict(embedded.query("MATCH (x:Article) RETURN x.id AS id, x.text AS text").rows)
    (own,) = (row[0] for row in events if row[52] == "Helsinki, Finland" and row[6] == "Donald Trump")
    found = [row[1:] for row in mentions if row[0] == own]
    harbour, length = texts["harbour-post/1"], str(len(texts["harbour-post/1"]))
    assert found == [
        ["20180717000000", "20180717000000", "2", "Northern Wire", "northern-wire/7", "1", "0", "17", "13", "1", "100",
         str(len(texts["northern-wire/7"])), "", "", ""],
        ["20180717000000", "20180720093000", "1", "Harbour Post", "https://harbour.example/1", "1",
         str(harbour.index("Donald Trump")), "0", str(harbour.index("discussed")), "1", "100", length, "", "", ""],
        ["20180717000000", "20180720093000", "1", "Harbour Post", "https://harbour.example/1", "2", "-1", "-1",
         str(harbour.index("talks")), "1", "100", length, "", "", ""],
    ]  # fmt: skip


def test_every_event_of_gdelt_is_mentioned_and_ids_are_unique(seeds_part: Part, tmp_path: Path) -> None:
    gdelt.write_files(seeds_part, tmp_path)
    events, mentions = numbered(tmp_path / "events.export.CSV", 61), numbered(tmp_path / "mentions.CSV", 16)
    ids = [int(row[0]) for row in events]
    assert len(ids) > 100
    assert len(set(ids)) == len(ids)
    assert all(0 < own < 2**53 for own in ids)
    assert Counter(row[0] for row in mentions) == {row[0]: int(row[31]) for row in events}


def test_scores_codes_and_classes_are_those_of_the_event(seeds_part: Part, tmp_path: Path) -> None:
    events = [event for event in seeds_part.events() if event.cameo and event.goldstein is not None]
    quads = {**dict.fromkeys(range(1, 6), "1"), **dict.fromkeys(range(6, 9), "2"), **dict.fromkeys(range(9, 14), "3")}
    scored = {(event.cameo, str(event.goldstein), quads.get(int(event.cameo[:2]), "4")) for event in events}
    gdelt.write_files(seeds_part, tmp_path)
    found = {(row[26], row[30], row[29]) for row in numbered(tmp_path / "events.export.CSV", 61)}
    assert len(found) > 20
    assert found <= scored
    assert {(row["CAMEO Code"], row["Intensity"]) for row in table("icews", seeds_part)} <= {
        (cameo, score) for cameo, score, _ in scored
    }
    typed = {(event.type, event.mode or "None", str(event.plover_score)) for event in events}
    shown = {(row["Event Type"], row["Event Mode"], row["Intensity"]) for row in table("polecat", seeds_part)}
    assert len(shown) > 20
    assert shown <= typed


def test_sectors_of_office_holders_are_told(seeds_part: Part) -> None:
    rows = [row for row in table("polecat", seeds_part) if row["Actor Name"] == "Vladimir Putin"]
    assert {row["Primary Actor Sector"] for row in rows} == {"GOV"}
    named = [row for row in table("icews", seeds_part) if row["Source Name"] == "Vladimir Putin"]
    assert {row["Source Sectors"] for row in named} == {"Government"}


def test_ids_do_not_change_with_what_is_chosen(embedded: Store, part: Part, tmp_path: Path) -> None:
    few = {row["Event ID"] for row in table("icews", select(embedded, parameters={"actor": "Putin"}))}
    assert few
    assert few < {row["Event ID"] for row in table("icews", part)}


def test_only_facts_are_there_unless_all_is_asked_for(embedded: Store, part: Part) -> None:
    facts = select(embedded)
    visits = [row["Target Name"] for row in table("icews", facts) if row["CAMEO Code"] == "042"]
    assert visits == ["Nicolás Maduro"]
    assert len(table("icews", part)) == len(table("icews", facts)) + 1


def records(part: Part) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written("plover", part).splitlines()]


def test_plover_record_has_the_fields_of_the_manual(part: Part) -> None:
    (record,) = (record for record in records(part) if record.get("event_loc", {}).get("name") == "Helsinki")
    assert record.pop("coder").startswith("kg ")
    assert record == {
        "id": "c484371fa5b8d93aee49:e1",
        "date": "2018-07-16",
        "enddate": "2018-07-16",
        "source": [
            {"code": "USA", "actor_text": "Donald Trump", "identifier_text": "Donald Trump"},
            {"code": "RUS", "actor_text": "Vladimir Putin", "identifier_text": "Vladimir Putin"},
        ],
        "event": ["CONSULT"],
        "event_loc": {"name": "Helsinki", "latitude": 60.17, "longitude": 24.94, "cc3": "FIN"},
        "event_text": ["met"],
        "quad_code": 1,
        "text": "Donald Trump met Vladimir Putin in Helsinki.",
        "text_info": {"sequence": 1, "start": 0, "end": 44},
        "cite_info": {"citation": "northern-wire/7", "publication": "Northern Wire", "date": "2018-07-17"},
        "cameo": "040",
        "modality": "actual",
        "corroboration": 2,
    }


def test_plover_tells_country_and_sector_of_office_holders(seeds_part: Part) -> None:
    actors = [actor for record in records(seeds_part) for actor in record["source"]]
    putin = [actor for actor in actors if actor["identifier_text"] == "Vladimir Putin"]
    assert {(actor["code"], actor["sector"]) for actor in putin} == {("RUS", "GOV")}


def test_plover_tells_who_receives_and_what_did_not_happen(part: Part) -> None:
    found = {record["event_text"][0]: record for record in records(part)}
    assert [actor["code"] for actor in found["criticised"]["recipient"]] == ["USA"]
    assert (found["criticised"]["mode"], found["criticised"]["date"], found["criticised"]["enddate"]) == (
        ["disapprove"], "2018-07-16", "2018-07-20",
    )  # fmt: skip
    assert found["visit"]["context"] == ["hypothetical"]
    assert found["poisoned"]["context"] == ["negation"]
    assert found["accused"]["date"] is None
    assert {"denied", "charged"}.isdisjoint(found)


@pytest.mark.parametrize(
    ("text", "country", "types", "religions", "group"),
    [
        ("RUSGOV", "RUS", ("GOV",), (), ""),
        ("GBRGOVMIL", "GBR", ("GOV", "MIL"), (), ""),
        ("IGOUNO", "", ("IGO",), (), "UNO"),
        ("IGOWSTNAT", "WST", ("IGO",), (), "NAT"),
        ("IMGMOSALQ", "", ("IMG",), ("MOS",), "ALQ"),
        ("SYRREB", "SYR", ("REB",), (), ""),
        ("", "", (), (), ""),
    ],
)
def test_actor_code_is_told_in_its_parts(
    text: str, country: str, types: tuple[str, ...], religions: tuple[str, ...], group: str
) -> None:
    found = code(text)
    assert (found.country, found.types, found.religions, found.group) == (country, types, religions, group)


def test_every_part_of_the_codes_of_the_tables_has_a_place() -> None:
    sectors = {row.sector for row in tables().agents if row.sector}
    assert {each for each in sectors if code(each).types != (each,)} == set()


def test_every_code_of_the_codebook_has_a_title() -> None:
    codes = {trigger.cameo for kind in codebook().types for trigger in kind.triggers if trigger.cameo}
    assert codes
    assert codes - titles().keys() == set()


def test_a_week_stands_for_its_last_day_and_more_for_none(embedded: Store) -> None:
    week, more, one = read(embedded, [("harbour-post/1", "e2"), ("northern-wire/7", "e2"), ("northern-wire/7", "e1")])
    assert [day(event) for event in (week, more, one)] == ["2018-07-20", "", "2018-07-16"]


def test_place_is_a_country_a_region_or_a_city() -> None:
    assert settlement("Finland", "FIN") == "country"
    assert settlement("Texas", "USA") == "region"
    assert settlement("Helsinki", "FIN") == settlement("Nowhere", "FIN") == "city"
    assert countries()["FIN"] == "Finland"


def test_numbers_depend_on_each_part_and_its_place() -> None:
    found = [number("gdelt", "a", "b", "c"), number("gdelt", "a", "c", "b"), number("gdelt", "a", "bc", "")]
    assert len(set(found)) == 3


@pytest.mark.parametrize("name", ["polecat", "icews"])
def test_texts_stay_in_their_cells(hostile_part: Part, name: str) -> None:
    names = [value for row in table(name, hostile_part) for value in row.values() if "DETACH DELETE" in value]
    assert names
    assert not any(set(value) & set('\t\n\r"\u202e\u2028\x0b') for value in names)


def test_texts_stay_in_their_columns_of_gdelt(hostile_part: Part, tmp_path: Path) -> None:
    gdelt.write_files(hostile_part, tmp_path)
    (row,) = (row for row in numbered(tmp_path / "events.export.CSV", 61) if "DETACH DELETE" in row[6])
    assert row[15:18] == ["RUS", "Russia", "RUS"]
    assert row[60] == "https://x.example/?a='><b>&c=\\u0027"
    (mention,) = (each for each in numbered(tmp_path / "mentions.CSV", 16) if each[0] == row[0])
    assert mention[2] == "20210501080000"


def test_texts_stay_in_their_record(hostile_part: Part) -> None:
    (record,) = (record for record in records(hostile_part) if "DETACH DELETE" in record["text"])
    assert record["recipient"][0]["identifier_id"] == "https://www.wikidata.org/wiki/Q159"
    assert "\u202e" in record["text"]
    assert "\u202e" not in written("plover", hostile_part).decode()
