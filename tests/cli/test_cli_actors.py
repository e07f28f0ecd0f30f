"""Commands on the tables of the world, and tables of the user's own in a run of kg."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Kg

ADA = "id,name,kind,country,aliases\nada-berg,Ada Berg,person,NOR,Ada Maria Berg\n"
DOUBLE = "id,name,kind\nvladimir-putin,Wladimir Putin,person\n"


def name_tables(*names: str) -> None:
    Path("kg.toml").write_text(f"tables = {json.dumps(names)}\n")


def test_sound_tables_are_said_to_be_so(kg: Kg) -> None:
    outcome = kg("actors", "check")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith("no mistake in ")


def test_each_mistake_is_printed_with_file_line_and_cure(kg: Kg) -> None:
    Path("mine.csv").write_text("id,name,kind,country\na,Ada Berg,person,QQQ\nvladimir-putin,V. Putin,person,RUS\n")
    outcome = kg("actors", "check", "mine.csv")
    assert outcome.code == 1
    assert [line.split(":")[0] for line in outcome.out.splitlines()] == [
        "table mine.csv, line 3",
        "table mine.csv, line 2",
    ]
    assert "write yes in the column replaces" in outcome.out
    assert outcome.err == ""


def test_files_given_are_checked_in_place_of_those_of_the_settings(kg: Kg) -> None:
    Path("mine.csv").write_text(ADA)
    Path("wrong.csv").write_text(DOUBLE)
    name_tables("wrong.csv")
    assert kg("actors", "check").code == 1
    assert kg("actors", "check", "mine.csv").code == 0


def test_what_is_left_out_of_entities_is_told(kg: Kg) -> None:
    Path("people.jsonl").write_text('{"id":"NK-1","schema":"Person","properties":{"name":["Donald Trump"]}}\n')
    outcome = kg("actors", "check", "people.jsonl")
    assert outcome.code == 0
    assert "table people.jsonl: 0 actors new, 0 in the tables already; 1 left out" in outcome.err


def test_tables_named_by_the_environment_come_before_those_of_kg_toml(kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("mine.csv").write_text(ADA)
    Path("wrong.csv").write_text(DOUBLE)
    name_tables("wrong.csv")
    monkeypatch.setenv("KG_TABLES", os.pathsep.join(("mine.csv", "mine.csv")))
    assert kg("actors", "show", "ada-berg").code == 0
    shown = kg("config", "show", "--format", "jsonl").out.splitlines()
    assert json.loads(shown[-2]) == {
        "setting": "tables",
        "value": "mine.csv, mine.csv",
        "from": "environment KG_TABLES",
    }


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("kg.toml", 'tables = "mine.csv"', 'kg.toml: tables must be a list of paths such as ["my-actors.csv"]'),
        ("kg.toml", "tables = [1]", "kg.toml: tables must be a list of paths"),
        (
            "kg.toml",
            'tabels = ["a.csv"]',
            "kg.toml: unknown key 'tabels'; there are codebook, database, judgements, password,",
        ),
        ("pyproject.toml", "[tool.kg]\ntables = 1", "pyproject.toml [tool.kg]: tables must be a list of paths"),
    ],
)
def test_wrong_setting_is_wrong_use(kg: Kg, name: str, text: str, message: str) -> None:
    Path(name).write_text(text)
    outcome = kg("actors", "show", "Putin")
    assert outcome.code == 2
    assert outcome.err.startswith(f"Error: {message}")


def test_tables_of_pyproject_and_dotenv_count_too(kg: Kg) -> None:
    Path("mine.csv").write_text(ADA)
    Path("pyproject.toml").write_text('[tool.kg]\ntables = ["mine.csv"]\n')
    assert kg("actors", "show", "Ada Berg").code == 0
    Path("pyproject.toml").unlink()
    assert kg("actors", "show", "Ada Berg").code == 2
    Path(".env").write_text("KG_TABLES=mine.csv\n")
    assert kg("actors", "show", "Ada Berg").code == 0


def test_changed_table_is_read_again(kg: Kg) -> None:
    name_tables("mine.csv")
    Path("mine.csv").write_text(DOUBLE)
    assert kg("actors", "show", "Ada Berg").code == 1
    Path("mine.csv").write_text(ADA)
    assert kg("actors", "show", "Ada Berg").code == 0


@pytest.mark.parametrize("command", [["load", "news.txt"], ["extract", "news.txt"]])
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (DOUBLE, "table mine.csv, line 2: 'vladimir-putin' stands in table actors.csv"),
        (ADA + ADA.splitlines()[1], "table mine.csv, line 3: 'ada-berg' stands in table mine.csv, line 2 already"),
        ("id,name,kind,start\na,Ada Berg,person,2020-13-01\n", "table mine.csv, line 2: '2020-13-01' is no date"),
        ("id,name,kind,aliases\na,Ada Berg,person,Ada Berg\n", "table mine.csv, line 2: the aliases lead in a circle"),
        ("id,name\n", "table mine.csv, line 1: column 'kind' is missing"),
    ],
)
def test_broken_table_is_refused_before_the_store_is_touched(
    kg: Kg, command: list[str], text: str, problem: str
) -> None:
    Path("news.txt").write_text("date 2019-04-01 Ada Berg met Carl Dorn in Oslo on Monday.\n")
    Path("mine.csv").write_text(text)
    name_tables("mine.csv")
    outcome = kg(*command)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"Error: {problem}")
    assert not Path("kg-data").exists()


def test_broken_table_does_not_stop_what_needs_none(loaded: Kg) -> None:
    name_tables("gone.csv")
    assert loaded("status").code == 0
    assert loaded("query", "who_met_whom").code == 0
    assert loaded("query", "--help").code == 0


def test_doctor_tells_of_a_broken_table(kg: Kg) -> None:
    name_tables("gone.csv")
    outcome = kg("doctor", "--format", "jsonl")
    (found,) = (line for line in map(json.loads, outcome.out.splitlines()) if line["check"] == "tables")
    assert (outcome.code, found["state"]) == (1, "wrong")
    assert found["found"].startswith("table gone.csv cannot be read")


def test_actor_of_ones_own_is_found_in_texts_and_marks_the_record(tmp_path: Path) -> None:
    Path("news.txt").write_text("date 2019-04-01 Ada Maria Berg met Carl Dorn in Oslo on Monday.\n")
    Path("mine.csv").write_text(ADA)
    plain_record, own_record = map(extracted, ("", "mine.csv"))
    plain, own = ({actor["id"] for actor in record["actors"]} for record in (plain_record, own_record))
    assert "ada-berg" in own - plain
    assert plain_record["made_with"]["tables"] != own_record["made_with"]["tables"]


def extracted(tables: str) -> dict[str, Any]:
    """Return the record of news.txt that a new process makes, which has made nothing of other tables before."""
    program = "import sys; from kg.cli.main import main; sys.exit(main(['extract', 'news.txt']))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, env={**os.environ, "KG_TABLES": tables}
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "name", ["vladimir-putin", "Vladimir Putin", "VLADIMIR PUTIN", "Vladimir Vladimirovich Putin", "putin"]
)
def test_actor_is_shown_with_names_offices_and_line(kg: Kg, name: str) -> None:
    lines = kg("actors", "show", name).out.splitlines()
    assert lines[0].split(maxsplit=1) == ["actor", "Vladimir Putin (vladimir-putin)"]
    assert "president of RUS, 2012-05-07 to now, RUSGOV" in "\n".join(lines)
    assert lines[-1].startswith("from ")


def test_every_actor_that_a_name_fits_is_shown(kg: Kg) -> None:
    shown = kg("actors", "show", "Trump").out.split("\n\n")
    assert len(shown) > 1
    assert all("Trump" in each for each in shown)


def test_actor_is_shown_as_json_with_its_offices(kg: Kg) -> None:
    (found,) = json.loads(kg("actors", "show", "nato", "--format", "json").out)
    assert (found["id"], found["kind"], found["offices"]) == ("nato", "igo", [])


def test_row_shown_as_csv_can_take_its_own_place(kg: Kg) -> None:
    header, row = kg("actors", "show", "vladimir-putin", "--format", "csv").out.splitlines()
    Path("mine.csv").write_text(f"{header},replaces\n{row},yes\n")
    assert kg("actors", "check", "mine.csv").code == 0
    header, row = kg("actors", "show", "usa", "--format", "csv").out.splitlines()
    assert header.startswith("iso3,name,")


def test_unknown_name_is_answered_with_the_nearest(kg: Kg) -> None:
    outcome = kg("actors", "show", "Angela Merkle")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Error: no actor 'Angela Merkle' in the tables; did you mean Angela Merkel")


def test_actors_without_a_row_are_listed_by_how_often_they_are_named(loaded: Kg) -> None:
    found = [json.loads(line) for line in loaded("actors", "unknown").out.splitlines()]
    assert [(each["actor"], each["mentions"], each["articles"], each["kind"]) for each in found] == [
        ("Anna Berg", 2, 2, "person"),
        ("Carl Dorn", 2, 2, "person"),
    ]
    assert "Anna Berg" in found[0]["evidence"]


def test_actor_that_got_a_row_is_no_longer_unknown(loaded: Kg) -> None:
    Path("mine.csv").write_text("id,name,kind\nanna-berg,Anna Berg,person\n")
    name_tables("mine.csv")
    found = [json.loads(line) for line in loaded("actors", "unknown").out.splitlines()]
    assert [each["actor_id"] for each in found] == ["carl-dorn"]


def test_a_limit_tells_that_there_are_more(loaded: Kg) -> None:
    outcome = loaded("actors", "unknown", "--limit", "1")
    assert len(outcome.out.splitlines()) == 1
    assert outcome.err.startswith("only the first 1 rows")


def test_without_a_store_there_is_nobody_to_list(kg: Kg) -> None:
    outcome = kg("actors", "unknown")
    assert (outcome.code, outcome.out) == (4, "")
    assert outcome.err.startswith("Error: there is no store in kg-data")
