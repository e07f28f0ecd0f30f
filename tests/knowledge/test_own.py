"""Tables of the user's own: what they add, what they replace, what is refused and how it is mended."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.knowledge.tables import actor_by_id, aliases, holders, offices_of, remembered, review, tables, using

ACTORS = "id,name,kind,country,aliases\n"
OFFICES = "title,of,holder,cameo,start,end\n"
ADA = "ada-berg,Ada Berg,person,NOR,Ada B. Berg; Berg Ada\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def entities(folder: Path, *lines: dict[str, object]) -> Path:
    return write(folder, "people.ftm.json", "".join(f"{json.dumps(line)}\n" for line in lines))


def entity(key: str, schema: str = "Person", **properties: list[str]) -> dict[str, object]:
    return {"id": key, "schema": schema, "properties": properties}


@contextmanager
def added(*paths: Path) -> Iterator[None]:
    with using(lambda: paths):
        yield


def problems(*paths: Path) -> list[str]:
    """Return the problems of files, without the folder that they stand in."""
    return [problem.replace(f"{paths[0].parent}/", "") for problem in review(paths).problems]


def test_row_of_ones_own_is_known_by_all_its_names(tmp_path: Path) -> None:
    with added(write(tmp_path, "mine.csv", ACTORS + ADA)):
        assert actor_by_id("ada-berg").source == str(tmp_path / "mine.csv")
        assert [row.id for row in aliases()["Berg Ada"]] == ["ada-berg"]
    assert "Berg Ada" not in aliases()


def test_order_of_columns_blank_lines_and_the_mark_of_a_spreadsheet_are_free(tmp_path: Path) -> None:
    text = "\ufeffkind,name,id\r\n\r\nperson, Ada Berg ,ada-berg\r\n"
    with added(write(tmp_path, "mine.csv", text)):
        assert actor_by_id("ada-berg").name == "Ada Berg"


def test_office_of_ones_own_has_its_holder(tmp_path: Path) -> None:
    mine = write(tmp_path, "mine.csv", ACTORS + ADA)
    office = write(tmp_path, "posts.csv", OFFICES + "harbour master,NOR,ada-berg,NORGOV,2019-01-01,2021-01-01\n")
    with added(office, mine):
        assert [row.id for row in holders("harbour master", "NOR", day="2020-01-01")] == ["ada-berg"]
        assert [row.title for row in offices_of("ada-berg")] == ["harbour master"]


def test_place_of_ones_own_is_there(tmp_path: Path) -> None:
    with added(write(tmp_path, "mine.csv", "name,lat,lon,kind,country\nBerghavn,60.1,5.2,city,NOR\n")):
        assert [row.lat for row in tables().places if row.name == "Berghavn"] == [60.1]


def test_joint_office_of_ones_own_may_be_held_by_several(tmp_path: Path) -> None:
    people = write(tmp_path, "mine.csv", ACTORS + ADA + "carl-dorn,Carl Dorn,person,NOR,\n")
    terms = "harbour master,NOR,ada-berg,NORGOV,2019-01-01,\nharbour master,NOR,carl-dorn,NORGOV,2020-01-01,\n"
    posts = write(tmp_path, "posts.csv", OFFICES + terms)
    joint = write(tmp_path, "joint.csv", "title,of,why\nharbour master,NOR,two share it\n")
    assert "posts.csv, line 3: carl-dorn is harbour master of NOR while ada-berg is" in problems(people, posts)[0]
    assert problems(people, posts, joint) == []


@pytest.mark.parametrize("row", ["vladimir-putin,Vladimir Putin,person,yes", "vladimir-putin,V. V. Putin,person,yes"])
def test_row_that_says_so_takes_the_place_of_a_shipped_one(tmp_path: Path, row: str) -> None:
    with added(write(tmp_path, "mine.csv", f"id,name,kind,replaces\n{row}\n")):
        found = [actor for actor in tables().actors if actor.id == "vladimir-putin"]
        assert [(actor.name, actor.qid) for actor in found] == [(row.split(",")[1], None)]


def test_country_that_says_so_takes_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    with added(write(tmp_path, "mine.csv", "iso3,name,capital,replaces\nNOR,Norge,Oslo,yes\n")):
        assert actor_by_id("nor").name == "Norge"


def test_term_of_office_takes_the_place_of_that_of_the_same_holder_or_first_day(tmp_path: Path) -> None:
    terms = "president,FRA,emmanuel-macron,FRAGOV,2017-05-14,2027-05-13,yes\n"
    terms += "president,FRA,ada-berg,FRAGOV,2027-05-13,,\n"
    terms += "president,USA,ada-berg,USAGOV,2009-01-20,2017-01-20,yes\n"
    posts = write(tmp_path, "posts.csv", f"{OFFICES.strip()},replaces\n{terms}")
    with added(write(tmp_path, "mine.csv", ACTORS + ADA), posts):
        days = ("2027-05-12", "2027-05-13")
        assert [holders("president", "FRA", day=day)[0].id for day in days] == ["emmanuel-macron", "ada-berg"]
        assert [row.id for row in holders("president", "USA", day="2010-01-01")] == ["ada-berg"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            ACTORS + "vladimir-putin,Wladimir Putin,person,RUS,\n",
            "table mine.csv, line 2: 'vladimir-putin' stands in table actors.csv, line N already; take another id, or "
            "write yes in the column replaces to put this row in its place",
        ),
        (
            ACTORS + ADA + ADA,
            "table mine.csv, line 3: 'ada-berg' stands in table mine.csv, line N already; keep one row",
        ),
        (
            ACTORS + "ada-berg,Ada Berg,person,NOR,Donald Trump\n",
            "table mine.csv, line 2: 'Donald Trump' names ada-berg as well as donald-trump; drop it from one, or date "
            "the rows apart",
        ),
        (
            "id,name,kind,aliases\na,Alpha Dock,party,Beta Dock\nb,Beta Dock,igo,Alpha Dock\n",
            "table mine.csv, line 2: the aliases lead in a circle, a > b > a; drop 'Beta Dock' from those of a",
        ),
        (ACTORS + "a,Ada Berg,person,QQQ,\n", "table mine.csv, line 2: no country 'QQQ'; use an iso3 of countries.csv"),
        (
            "id,name,kind,start\na,Ada Berg,person,2019-02-30\n",
            "table mine.csv, line 2: '2019-02-30' is no date; write YYYY-MM-DD",
        ),
        (
            "id,name,kind,start,end\na,Ada Berg,person,2019-02-03,2018-01-01\n",
            "table mine.csv, line 2: ends 2018-01-01, not after its start 2019-02-03; mend the dates",
        ),
        (
            OFFICES + "harbour master,NOR,ada-berg,NORGOV,2019-01-01,\n",
            "table mine.csv, line 2: no holder 'ada-berg'; add a row to a table of actors",
        ),
        (
            OFFICES + "president,USA,barack-obama,USAGOV,2016-01-01,2018-01-01\n",
            "table mine.csv, line 2: barack-obama is president of USA while donald-trump is, in table offices.csv, "
            "line N; let one end where the other starts, by a row with yes in the column replaces, or list the office "
            "among the joint ones",
        ),
        (
            "id,name,kind,qid\na,Ada Berg,person,Q7747\n",
            "table mine.csv, line 2: Q7747 is vladimir-putin in table actors.csv, line N; mend one of the two",
        ),
        (
            "id,name,kind,metonyms\na,Alpha Dock,party,Moscow\n",
            "table mine.csv, line 2: 'Moscow' names rus in table countries.csv, line N; drop it here",
        ),
        (
            ACTORS + "ada-berg,Ada Berg,person,NOR,Berg\n",
            "table mine.csv, line 2: 'Berg' is the family name of ada-berg alone, found by itself; drop it",
        ),
        (
            "id,name,kind,handles\na,Ada Berg,person,AdaBerg\n",
            "table mine.csv, line 2: the handle 'AdaBerg' has no @; write '@AdaBerg'",
        ),
        (
            "id,name,kind,cameo\na,Ada Berg,person,ZZZGOV\n",
            "table mine.csv, line 2: 'ZZZGOV' is no CAMEO code; begin as in RUSGOV or IGOUNO",
        ),
        (
            OFFICES + "federal chancellor,DEU,angela-merkel,DEUGOV,2005-11-22,2021-12-08\n",
            "table mine.csv, line 2: 'federal chancellor' of DEU is 'chancellor' in the tables; write that",
        ),
        (
            OFFICES + "us president,USA,barack-obama,USAGOV,2009-01-20,2017-01-20\n",
            "table mine.csv, line 2: 'us president' of USA is 'president' in the tables; write that",
        ),
        (
            OFFICES + "harbour master,usa,barack-obama,USAGOV,2009-01-20,2017-01-20\n",
            "table mine.csv, line 2: no state or body 'usa'; write USA",
        ),
        (
            "id,name,kind,replaces\na,Ada Berg,person,yes\n",
            "table mine.csv, line 2: 'a' replaces no row of kg; leave the column replaces empty",
        ),
    ],
)
def test_row_at_odds_with_the_tables_names_file_line_and_cure(tmp_path: Path, text: str, problem: str) -> None:
    mine = write(tmp_path, "mine.csv", text)
    shown = [without_number(each) for each in problems(mine)]
    assert problem in shown
    with added(mine), pytest.raises(KnowledgeError, match=r"^table .*mine\.csv, line \d+: "):
        tables()


def without_number(problem: str) -> str:
    """Return a problem without the number of the line that it refers to."""
    return re.sub(r"( in table [^ ]+, line )\d+", r"\1N", problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"", "line 1: no header of a table; it must name at least the columns of one of: actors.csv id,name,kind; "),
        (b"who;what\n", "line 1: no header of a table; "),
        (b"id,name\n", "line 1: column 'kind' is missing; actors.csv needs id,name,kind"),
        (
            b"id,name,kind,colour\n",
            "line 1: column 'colour' is none of actors.csv, or stands twice; there are id,name,",
        ),
        (b"id,name,kind,name\n", "line 1: column 'name' is none of actors.csv, or stands twice"),
        (b"id,name,kind\na,Ada Berg\n", "line 2: 2 cells; there must be 3: id,name,kind"),
        (b"id,name,kind\na,Ada Berg,human\n", "line 2: kind is 'human'; it must be one of person, state, government, "),
        (b"id,name,kind\na b,Ada Berg,person\n", "line 2: id is 'a b'; it must be letters, digits and . _ : -"),
        (b"id,name,kind\na,,person\n", "line 2: name is empty; it is needed"),
        (b"id,name,kind,qid\na,Ada Berg,person,q12\n", "line 2: qid is 'q12'; it must be Q and digits, or empty"),
        (b"id,name,kind,replaces\na,Ada Berg,person,1\n", "line 2: replaces is '1'; write yes or leave it empty"),
        (b'id,name,kind\n"a"b,Ada Berg,person\n', "line 2: "),
        (b"id,name,kind\na,Ada Berg\xff,person\n", "line 2: not UTF-8; save the file in UTF-8"),
        (b"name,lat,lon,kind\nBerghavn,nan,5,city\n", "line 2: lat is 'nan'; it must be a number from -90 to 90"),
    ],
)
def test_broken_file_names_line_and_cure(tmp_path: Path, text: bytes, problem: str) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_bytes(text)
    assert problems(mine)[0].startswith(f"table mine.csv, {problem}")
    with added(mine), pytest.raises(KnowledgeError, match=r"mine\.csv, line "):
        tables()


def test_broken_line_hides_no_other_mistake_and_its_id_is_not_unknown(tmp_path: Path) -> None:
    people = write(tmp_path, "mine.csv", ACTORS + "a,Ada Berg,human,NOR,\nb,Donald Trump,person,NOR,\n")
    posts = write(tmp_path, "posts.csv", OFFICES + "harbour master,NOR,a,NORGOV,2019-01-01,\n")
    shown = problems(people, posts)
    assert [each.split(";")[0].split(", ")[1] for each in shown] == [
        "line 2: kind is 'human'",
        "line 3: 'Donald Trump' names b as well as donald-trump",
    ]


def test_circle_of_aliases_is_told_once(tmp_path: Path) -> None:
    text = "id,name,kind,aliases\na,Alpha Dock,party,Beta Dock\nb,Beta Dock,party,Alpha Dock\n"
    assert len(problems(write(tmp_path, "mine.csv", text))) == 1


def test_every_broken_line_is_told_and_the_refusal_says_how_many_more(tmp_path: Path) -> None:
    mine = write(tmp_path, "mine.csv", "id,name,kind\na,,person\nb,B,human\n")
    assert len(problems(mine)) == 2
    with added(mine), pytest.raises(KnowledgeError, match=r"\(1 more: kg actors check lists them\)"):
        tables()


def test_missing_file_and_one_of_another_kind_are_named(tmp_path: Path) -> None:
    strange = write(tmp_path, "mine.xlsx", "")
    assert problems(tmp_path / "gone.csv", strange) == [
        "table gone.csv cannot be read: No such file or directory; mend its path where it is named",
        "table mine.xlsx: its name must end in .csv, .json, .jsonl, .ndjson; rename it",
    ]


def test_own_tables_change_the_digest_and_only_by_what_they_hold(tmp_path: Path) -> None:
    one, same = write(tmp_path, "one.csv", ACTORS + ADA), write(tmp_path, "same.csv", ACTORS + ADA)
    digests = [tables().digest]
    for path in (one, same):
        with added(path):
            digests.append(tables().digest)
    one.write_text(ACTORS + ADA + "carl-dorn,Carl Dorn,person,NOR,\n")
    with added(one):
        digests.append(tables().digest)
    assert digests[1] == digests[2]
    assert len(set(digests)) == 3


def test_files_are_looked_at_when_the_tables_are_first_needed(tmp_path: Path) -> None:
    asked: list[str] = []

    def named() -> tuple[Path, ...]:
        asked.append("once")
        return (write(tmp_path, "mine.csv", ACTORS + ADA),)

    with using(named):
        assert asked == []
        assert tables() is tables()
        assert asked == ["once"]


def test_what_is_made_of_the_tables_follows_the_tables_in_use(tmp_path: Path) -> None:
    made: list[str] = []

    @remembered
    def count() -> int:
        made.append("again")
        return len(tables().actors)

    before = count()
    with added(write(tmp_path, "mine.csv", ACTORS + ADA)):
        assert (count(), count()) == (before + 1, before + 1)
    assert (count(), len(made)) == (before, 3)


def test_entity_becomes_an_actor(tmp_path: Path) -> None:
    person = entity("NK-1", name=["Ada Berg", "Ада Берг"], alias=["Ada Maria Berg", "Berg"], weakAlias=["AMB"])
    person["properties"] |= {"nationality": ["no"], "wikidataId": ["Q99999999"]}
    with added(entities(tmp_path, person)):
        row = actor_by_id("NK-1")
        assert (row.name, row.kind, row.country, row.qid) == ("Ada Berg", "person", "NOR", "Q99999999")
        assert row.aliases == ("Ada Maria Berg",)


@pytest.mark.parametrize(
    ("schema", "topics", "kind", "cameo"),
    [
        ("PublicBody", [], "government", "NOR"),
        ("Company", [], "organisation", "NOR"),
        ("Organization", ["pol.party"], "party", "NORPTY"),
        ("Organization", ["gov.igo"], "igo", "NORGOV"),
        ("Organization", ["poi", "gov.executive"], "government", "NORGOV"),
        ("LegalEntity", ["crime.terror"], "armed_group", "NORREB"),
    ],
)
def test_schema_and_topics_tell_the_kind_of_a_body(
    tmp_path: Path, schema: str, topics: list[str], kind: str, cameo: str
) -> None:
    body = entity("NK-1", schema, name=["Harbour Alliance"], topics=topics, jurisdiction=["no"])
    with added(entities(tmp_path, body)):
        assert (actor_by_id("NK-1").kind, actor_by_id("NK-1").cameo) == (kind, cameo)


@pytest.mark.parametrize("known", [{"wikidataId": ["Q7747"]}, {"country": ["ru"]}])
def test_entity_that_the_tables_have_gives_them_its_names(tmp_path: Path, known: dict[str, list[str]]) -> None:
    putin = entity("NK-1", name=["Vladimir Putin"], alias=["Wladimir Putin"], **known)
    with added(entities(tmp_path, putin)):
        assert [row.id for row in aliases()["Wladimir Putin"]] == ["vladimir-putin"]
        assert [row.id for row in aliases()["Vladimir Putin"]] == ["vladimir-putin"]
        assert len([row for row in tables().actors if row.name == "Vladimir Putin"]) == 1


@pytest.mark.parametrize(
    "others",
    [
        [entity("NK-1", name=["Vladimir Putin"], country=["no"])],
        [entity("NK-1", name=["Vladimir Putin"])],
        [entity("NK-1", name=["Ada Berg"], country=["no"]), entity("NK-2", name=["Ada Berg"], country=["se"])],
    ],
)
def test_namesakes_are_left_out_and_counted(tmp_path: Path, others: list[dict[str, object]]) -> None:
    path = entities(tmp_path, *others)
    found = review((path,))
    assert found.problems == ()
    assert f"0 actors new, 0 in the tables already; {len(others)} left out" in found.notes[0]
    with added(path):
        assert {row.id for row in tables().actors}.isdisjoint({"NK-1", "NK-2"})


def test_alias_that_somebody_else_has_is_left_out(tmp_path: Path) -> None:
    with added(entities(tmp_path, entity("NK-1", name=["Ada Berg"], alias=["Donald Trump", "Ada M. Berg"]))):
        assert actor_by_id("NK-1").aliases == ("Ada M. Berg",)


@pytest.mark.parametrize(
    ("post", "days", "expected"),
    [
        ("Harbour inspector of Norway", {"startDate": ["2019-02-01"]}, None),
        ("Interior minister", {"startDate": ["2019-02-01"]}, ("2019-02-01", None)),
        ("Interior minister", {"startDate": ["2019-02-01"], "endDate": ["2020-03-04"]}, ("2019-02-01", "2020-03-04")),
        ("Interior Minister of Norway", {"startDate": ["2019"], "endDate": ["2021-12"]}, ("2020-01-01", "2021-12-01")),
        ("Interior Minister of Norway", {"startDate": ["2019-12"]}, ("2020-01-01", None)),
        ("Interior minister", {"startDate": ["2019"], "endDate": ["2019"]}, None),
        ("Interior minister", {"startDate": ["2019"], "status": ["ended"]}, None),
        ("Interior minister", {"startDate": ["early"], "endDate": ["2020"]}, None),
        ("Interior minister", {"startDate": ["2019-02-31"]}, None),
        ("Interior minister", {}, None),
    ],
)
def test_occupancy_becomes_a_term_for_the_days_that_are_sure(
    tmp_path: Path, post: str, days: dict[str, list[str]], expected: tuple[str, str | None] | None
) -> None:
    lines = (
        entity("NK-1", name=["Ada Berg"], country=["no"]),
        entity("NK-2", "Position", name=[post], country=["no"]),
        entity("NK-3", "Occupancy", holder=["NK-1"], post=["NK-2"], **days),
    )
    with added(entities(tmp_path, *lines)):
        found = offices_of("NK-1")
        assert [(each.start, each.end) for each in found] == ([expected] if expected else [])
        assert {(each.title, each.of, each.cameo) for each in found} <= {("interior minister", "NOR", "NORGOV")}


def test_term_of_somebody_else_than_the_holder_in_the_tables_is_left_out(tmp_path: Path) -> None:
    lines = (
        entity("NK-1", name=["Ada Berg"]),
        entity("NK-2", "Position", name=["President of the United States"]),
        entity("NK-3", "Occupancy", holder=["NK-1"], post=["NK-2"], startDate=["2018-01-01"], endDate=["2018-02-01"]),
    )
    path = entities(tmp_path, *lines)
    assert review((path,)).problems == ()
    with added(path):
        assert offices_of("NK-1") == ()


@pytest.mark.parametrize(
    ("post", "title", "of"),
    [
        ("Minister of Foreign Affairs", "foreign minister", "NOR"),
        ("Minister of Finance", "finance minister", "NOR"),
        ("Mayor of Oslo", "mayor", "NOR"),
        ("State Secretary", "state secretary", "NOR"),
        ("Speaker of the Storting", "speaker", "storting"),
    ],
)
def test_post_becomes_a_title_of_the_tables(tmp_path: Path, post: str, title: str, of: str) -> None:
    lines = (
        entity("NK-1", name=["Ada Berg"], country=["no"]),
        entity("NK-2", "Position", name=[post], country=["no"]),
        entity("NK-3", "Occupancy", holder=["NK-1"], post=["NK-2"], startDate=["1971-02-01"], endDate=["1971-03-01"]),
    )
    with added(entities(tmp_path, *lines)):
        assert [(row.title, row.of) for row in offices_of("NK-1")] == [(title, of)]


def test_what_is_left_out_is_told_with_line_and_reason(tmp_path: Path) -> None:
    path = entities(
        tmp_path,
        entity("NK-1", name=["Ada Berg"]),
        entity("NK-1", name=["Carl Dorn"]),
        entity("NK-2", name=["Vladimir Putin"]),
        entity("NK-3", "Position", name=["Grand Vizier"], country=["no"]),
        entity("NK-4", "Occupancy", holder=["NK-1"], post=["NK-3"], startDate=["1971-02-01"]),
    )
    told = [note.rpartition("left out: ")[2] for note in review((path,)).notes[2:]]
    assert told == [
        "the id 'NK-1' stands in line 1 already",
        "'Vladimir Putin' is vladimir-putin in the tables, and nothing says that it is the same",
        "'Grand Vizier' is no title of agents.csv with a state or body",
    ]


@pytest.mark.parametrize("line", ["[]", "{", '{"id": 1, "schema": "Person"}', '{"schema": "Person"}'])
def test_broken_line_of_entities_names_line_and_cure(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, "people.jsonl", f"{json.dumps(entity('NK-1', name=['Ada Berg']))}\n{line}\n")
    (problem,) = problems(path)
    assert problem.startswith("table people.jsonl, line 2: no entity of FollowTheMoney: ")
    assert problem.endswith("; write one JSON object a line, with id, schema and properties")
