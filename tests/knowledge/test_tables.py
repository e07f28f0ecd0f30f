"""The tables of the world are sound, a broken one says where and how to mend it, and look-ups answer."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.knowledge import tables as module
from kg.knowledge.tables import (
    NAMES,
    actor_by_id,
    adjectives,
    aliases,
    capitals,
    check,
    holders,
    metonyms,
    read,
    tables,
)

Folder = Callable[[str, bytes], Path]

OFFICE = b"title,of,to,holder,cameo,start,end,source\n"
ACTOR = b"id,name,kind,country,cameo,qid,aliases,metonyms,handles,start,end,source\n"
AGENT = b"noun,kind,sector,organ\n"
PLACE = b"name,country,lat,lon,kind,aliases,source\n"


@pytest.fixture
def with_table(tmp_path: Path) -> Folder:
    """Return a maker of a copy of the shipped tables in which one has other content."""

    def copy(name: str, content: bytes) -> Path:
        for shipped in NAMES:
            shutil.copy(Path(module.__file__).with_name(shipped), tmp_path / shipped)
        (tmp_path / name).write_bytes(content)
        return tmp_path

    return copy


def test_shipped_tables_have_no_problems() -> None:
    assert check(tables()) == ()


def test_copy_of_the_tables_has_their_digest_and_a_changed_one_another(with_table: Folder) -> None:
    shipped = Path(module.__file__).with_name("agents.csv").read_bytes()
    assert read(with_table("agents.csv", shipped)) == tables()
    assert read(with_table("agents.csv", shipped + b"zymurgist,person,,false\n")).digest != tables().digest


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("agents.csv", b"", "table agents.csv, line 1: the header must be noun,kind,sector,organ"),
        ("agents.csv", b"noun,kind\n", "table agents.csv, line 1: the header must be noun,kind,sector,organ"),
        ("agents.csv", AGENT + b"spy,person,SPY\n", "table agents.csv, line 2: 3 cells; there must be 4: noun,"),
        ("agents.csv", AGENT + b"spy,person,SPY,false\nattach\xe9,person,GOV,false\n", "line 3: not UTF-8; save"),
        ("agents.csv", AGENT + b"spy,human,SPY,false\n", "line 2: Invalid enum value 'human'.*; mend that cell"),
        ("agents.csv", AGENT + b"spy,person,SPY,perhaps\n", "line 2: .*organ.*; mend that cell of 'spy,person,SPY"),
        ("agents.csv", AGENT + b'"spy"s,person,SPY,false\n', "table agents.csv, line 2: .*; mend the quotes"),
        ("places.csv", PLACE + b"Aspen,USA,91,-106.82,city,,atlas\n", "table places.csv, line 2: .*lat.*; mend"),
        ("places.csv", PLACE + b"Aspen,us,39.19,-106.82,city,,atlas\n", "table places.csv, line 2: .*country.*; mend"),
    ],
)
def test_broken_table_names_file_line_and_cure(with_table: Folder, name: str, content: bytes, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        read(with_table(name, content))


def test_missing_table_is_named(with_table: Folder) -> None:
    folder = with_table("agents.csv", AGENT)
    (folder / "agents.csv").unlink()
    with pytest.raises(KnowledgeError, match=r"table agents\.csv cannot be read; install kg again"):
        read(folder)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        (
            "agents.csv",
            AGENT + b"spy,person,SPY,false\nspy,person,GOV,false\n",
            "table agents.csv, line 3: 'spy' stands 2 times; keep one row",
        ),
        (
            "agents.csv",
            AGENT + b"spy,person,SPY,false\nadmiral,person,MIL,false\n",
            "table agents.csv, line 3: 'admiral' stands too late; sort the file by its key",
        ),
        (
            "offices.csv",
            OFFICE + b"president,USA,,jane-roe,USAGOV,2001-01-20,,atlas\n",
            "table offices.csv, line 2: no holder 'jane-roe'; add a row to actors.csv",
        ),
        (
            "offices.csv",
            OFFICE + b"president,QQQ,,barack-obama,USAGOV,2001-01-20,,atlas\n",
            "table offices.csv, line 2: no state or body 'QQQ'; use an iso3 or the id of an actor",
        ),
        (
            "offices.csv",
            OFFICE + b"president,USA,,barack-obama,USAGOV,2009-1-20,,atlas\n",
            "table offices.csv, line 2: '2009-1-20' is no date; write YYYY-MM-DD",
        ),
        (
            "offices.csv",
            OFFICE + b"president,USA,,barack-obama,USAGOV,2017-01-20,2009-01-20,atlas\n",
            "table offices.csv, line 2: ends 2009-01-20, not after its start 2017-01-20; mend the dates",
        ),
        (
            "places.csv",
            PLACE + b"Aspen,QQQ,39.19,-106.82,city,,atlas\n",
            "table places.csv, line 2: no country 'QQQ'; use an iso3 of countries.csv",
        ),
    ],
)
def test_problem_of_a_readable_table_has_file_line_and_cure(
    with_table: Folder, name: str, content: bytes, problem: str
) -> None:
    assert problem in check(read(with_table(name, content)))


@pytest.mark.parametrize(
    ("years", "contested"),
    [((b",", b","), True), ((b"1990-01-01,2000-01-01", b"2000-01-01,"), False)],
)
def test_name_of_two_actors_is_a_problem_unless_they_are_dated_apart(
    with_table: Folder, years: tuple[bytes, bytes], contested: bool
) -> None:
    rows = b"a,Reform,party,,,,,,,%b,atlas\nb,New Reform,party,,,,Reform,,,%b,atlas\n" % years
    problem = "table actors.csv, line 3: 'Reform' names b as well as a; drop it from one, or date the rows apart"
    assert (problem in check(read(with_table("actors.csv", ACTOR + rows)))) == contested


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2018-07-20", "Donald Trump"),
        ("2017-01-20", "Donald Trump"),
        ("2017-01-19", "Barack Obama"),
        ("2015-06-01", "Barack Obama"),
    ],
)
def test_office_has_the_holder_of_the_day(day: str, name: str) -> None:
    assert [row.name for row in holders("president", "USA", day=day)] == [name]


def test_ambassadors_are_told_apart_by_whom_they_are_sent_to() -> None:
    assert [row.name for row in holders("ambassador", "RUS", day="2018-07-20", to="USA")] == ["Anatoly Antonov"]


def test_office_that_nobody_is_known_to_have_held_has_no_holder() -> None:
    assert holders("president", "USA", day="1700-01-01") == ()
    assert holders("grand vizier", "USA", day="2018-07-20") == ()


def test_actor_is_found_by_id_and_an_unknown_id_names_the_way_out() -> None:
    assert actor_by_id("rus").name == "Russia"
    with pytest.raises(KnowledgeError, match=r"no actor 'jane-roe' in the tables; add a row to actors\.csv"):
        actor_by_id("jane-roe")


def test_states_are_found_by_metonym_adjective_and_capital() -> None:
    assert [row.id for row in aliases()["Moscow"] if row.kind == "state"] == ["rus"]
    assert (metonyms()["Moscow"], adjectives()["Russian"], adjectives()["Russians"]) == ("RUS", "RUS", "RUS")
    assert capitals()["Tirana"] == "ALB"


def test_every_capital_is_a_place() -> None:
    named = {(name, row.country) for row in tables().places for name in (row.name, *row.aliases)}
    assert [row.capital for row in tables().countries if (row.capital, row.iso3) not in named] == []


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Donbas", "UKR", "region"),
        ("Kiev", "UKR", "city"),
        ("Crimea", "UKR", "region"),
        ("Hong Kong", "CHN", "city"),
        ("Middle East", None, "region"),
    ],
)
def test_places_are_known_by_their_spellings(name: str, country: str | None, kind: str) -> None:
    found = [row for row in tables().places if name in (row.name, *row.aliases)]
    assert [(row.country, row.kind) for row in found] == [(country, kind)]


def test_every_title_but_those_that_name_a_place_is_a_noun_for_persons() -> None:
    persons = {row.noun for row in tables().agents if row.kind == "person"}
    assert {row.title for row in tables().offices if " of " not in row.title} - persons == set()
