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
    offices_of,
    origin,
    read,
    review,
    tables,
)

SHIPPED = Path(module.__file__).parent

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
            shutil.copy(SHIPPED / shipped, tmp_path / shipped)
        (tmp_path / name).write_bytes(content)
        return tmp_path

    return copy


def test_shipped_tables_have_no_problems() -> None:
    assert check(read(SHIPPED)) == ()
    assert review(()).problems == ()


def test_copy_of_the_tables_has_their_digest_and_a_changed_one_another(with_table: Folder) -> None:
    shipped = (SHIPPED / "agents.csv").read_bytes()
    assert read(with_table("agents.csv", shipped)) == tables()
    assert read(with_table("agents.csv", shipped + b"zymurgist,person,,false\n")).digest != tables().digest


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("agents.csv", b"", "table agents.csv, line 1: the header must be noun,kind,sector,organ"),
        ("agents.csv", b"noun,kind\n", "table agents.csv, line 1: the header must be noun,kind,sector,organ"),
        ("agents.csv", AGENT + b"spy,person,SPY\n", "table agents.csv, line 2: 3 cells; there must be 4: noun,"),
        ("agents.csv", AGENT + b"spy,person,SPY,false\nattach\xe9,person,GOV,false\n", "line 3: not UTF-8; save"),
        ("agents.csv", AGENT + b"spy,human,SPY,false\n", "line 2: kind is 'human'; it must be one of person, state, "),
        ("agents.csv", AGENT + b"spy,person,SPY,perhaps\n", "line 2: organ is 'perhaps'; it must be true or false, in"),
        ("agents.csv", AGENT + b",person,SPY,false\n", "line 2: noun is empty; it is needed, in ',person,SPY,false'"),
        ("agents.csv", AGENT + b'"spy"s,person,SPY,false\n', "table agents.csv, line 2: .*; mend the quotes"),
        ("places.csv", PLACE + b"Aspen,USA,91,-106.82,city,,atlas\n", "line 2: lat is '91'; it must be a number from"),
        ("places.csv", PLACE + b"Aspen,us,39.19,-106.82,city,,atlas\n", "line 2: country is 'us'; it must be three"),
        (
            "places.csv",
            PLACE + b"Aspen,USA,39.19,-106.82,town,,atlas\n",
            "line 2: kind is 'town'; .*city, region, coun",
        ),
        ("actors.csv", ACTOR + b"a,A,person,,,7747,,,,,,atlas\n", "line 2: qid is '7747'; it must be Q and digits"),
        ("actors.csv", ACTOR + b"a b,A,person,,,,,,,,,atlas\n", "line 2: id is 'a b'; it must be letters, digits and"),
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
            "table agents.csv, line 3: 'spy' stands in table agents.csv, line 2 already; keep one row",
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
            "offices.csv",
            OFFICE
            + b"president,USA,,barack-obama,USAGOV,2009-01-20,2017-01-20,atlas\n"
            + b"president,USA,,donald-trump,USAGOV,2016-11-08,,atlas\n",
            "table offices.csv, line 3: donald-trump is president of USA while barack-obama is, in table offices.csv, "
            "line 2; let one end where the other starts, or list the office among the joint ones",
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
    ("of", "joint", "allowed"),
    [("USA", b"president,,why\n", True), ("USA", b"president,USA,why\n", True), ("USA", b"president,FRA,why\n", False)],
)
def test_office_held_by_two_is_a_problem_unless_said(with_table: Folder, of: str, joint: bytes, allowed: bool) -> None:
    rows = b"president,USA,,barack-obama,USAGOV,2009-01-20,,x\npresident,USA,,donald-trump,USAGOV,2017-01-20,,x\n"
    folder = with_table("offices.csv", OFFICE + rows)
    (folder / "joint_offices.csv").write_bytes(b"title,of,why\n" + joint)
    assert (not any("while" in problem for problem in check(read(folder)))) == allowed


def test_actor_with_the_id_of_a_state_is_a_problem(with_table: Folder) -> None:
    problems = check(read(with_table("actors.csv", ACTOR + b"rus,Russians,group,,,,,,,,,atlas\n")))
    told = "'RUS' stands in table actors.csv, line 2 already; keep one row"
    assert [problem for problem in problems if problem.startswith("table countries.csv, line ") and told in problem]


def test_one_holder_twice_in_a_joint_office_is_a_problem(with_table: Folder) -> None:
    rows = b"senator,USA,,barack-obama,USALEG,2005-01-03,,x\nsenator,USA,,barack-obama,USALEG,2007-01-03,,x\n"
    problems = check(read(with_table("offices.csv", OFFICE + rows)))
    assert [problem for problem in problems if "barack-obama is senator of USA while barack-obama is" in problem]


@pytest.mark.parametrize(
    ("rows", "ring"),
    [
        (b"a,Alpha,party,,,,Beta,,,,2000-01-01,x\nb,Beta,party,,,,Alpha,,,2000-01-01,,x\n", "a > b > a"),
        (b"a,Alpha,party,,,,Beta,,,,,x\nb,Beta,group,,,,Gamma,,,,,x\nc,Gamma,igo,,,,Alpha,,,,,x\n", "a > b > c > a"),
        (b"a,Alpha,party,,,,Alpha,,,,,x\n", "a > a"),
    ],
)
def test_aliases_that_lead_in_a_circle_are_a_problem(with_table: Folder, rows: bytes, ring: str) -> None:
    problems = check(read(with_table("actors.csv", ACTOR + rows)))
    start = f"table actors.csv, line 2: the aliases lead in a circle, {ring}; drop "
    assert [problem for problem in problems if "circle" in problem and problem.startswith(start)]
    assert len([problem for problem in problems if "circle" in problem]) == 1


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


def test_offices_of_an_actor_come_by_their_first_day() -> None:
    starts = [office.start for office in offices_of("vladimir-putin")]
    assert starts == sorted(starts)
    assert len(starts) > 1


def test_row_of_an_actor_is_found_with_its_file_and_line() -> None:
    place, row = origin(actor_by_id("rus"))
    assert (place.startswith("table countries.csv, line "), row.name) == (True, "Russia")
    lines = (SHIPPED / "actors.csv").read_text("utf-8").splitlines()
    place, row = origin(actor_by_id("nato"))
    assert lines[int(place.rpartition(" ")[2]) - 1].startswith("nato,NATO,")


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
