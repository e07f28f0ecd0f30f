"""The HTTP API: answers, refusals with the way out, who is let in, and a description that holds."""

import json
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import anyio
import httpx
import pytest
from httpx import ASGITransport
from jsonschema import Draft202012Validator
from timed import Timed
from web_runs import Api, Place, refused, serving

from kg.asking.questions import queries
from kg.stores.embedded import EmbeddedStore
from kg.web.api import api as api_of
from kg.web.door import door
from kg.web.fitting import PROGRAM
from kg.web.tools import Served, call

TOKEN = "harbour-lights-at-dusk-1984"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
JSON = {"Content-Type": "application/json"}


def test_both_stores_give_the_same_answers(place: Place, api: Api) -> None:
    asked = [
        ("/status", {}),
        ("/queries/timeline", {"actor": "Merkel", "modality": "all"}),
        ("/queries/co_participants", {"min_events": 1, "limit": 3}),
        ("/actors", {"name": "Smith"}),
        ("/events/harbour-post%2F1/e1", {}),
    ]
    with serving(place) as other:
        for path, parameters in asked:
            reply = other.get(path, **parameters)
            assert (reply.status, reply.json) == (200, api.get(path, **parameters).json)
        text = "MATCH (a:Actor {id: $id}) RETURN a.full_name AS name"
        cypher = other.post("/cypher", {"cypher": text, "parameters": {"id": "kremlin"}})
        assert cypher.json["rows"] == [{"name": "Kremlin"}]
        assert other.post("/cypher", {"cypher": "CREATE (a:Actor {id: 'x'})"}).status == 422


def test_answer_names_query_parameters_columns_and_evidence(api: Api) -> None:
    found = api.get("/queries/who_accused_whom", other="Butina").json
    assert found["query"] == "who_accused_whom"
    assert found["parameters"]["other"] == "Maria Butina"
    assert set(found["rows"][0]) == set(found["columns"]) >= {"accuser", "accused", "evidence", "event_id"}
    assert "Maria Butina" in found["rows"][0]["evidence"]
    assert found["truncated"] is False


def test_limit_cuts_and_says_so(api: Api) -> None:
    found = api.get("/queries/timeline", limit=1).json
    assert (len(found["rows"]), found["truncated"]) == (1, True)
    assert "limit" in found["note"]


def test_question_in_english_is_answered_by_a_canned_one(api: Api) -> None:
    found = api.post("/ask", {"question": "Who accused Maria Butina?"}).json
    assert found["query"] == "who_accused_whom"
    assert found["rows"] == api.get("/queries/who_accused_whom", other="Maria Butina").json["rows"]


def test_question_that_is_not_understood_comes_with_others(api: Api) -> None:
    reply = api.post("/ask", {"question": "Who frobnicated Maria Butina?"})
    assert reply.status == 422
    assert "frobnicated" in reply.json["error"]
    assert api.post("/ask", {"question": reply.json["suggestions"][0]}).status == 200


def test_queries_are_listed_as_they_are_on_the_shelf(api: Api) -> None:
    listed = api.get("/queries").json["queries"]
    assert [each["query"] for each in listed] == [query.name for query in queries()]
    choices = {each["name"]: each["choices"] for each in listed[-1]["parameters"]}
    assert choices["modality"][:2] == ["facts", "all"]


BAD = [
    ("/queries/timelin", {}, 404, "timeline"),
    ("/queries?words=xyzzy", {}, 404, "xyzzy"),
    ("/queries/timeline", {"actr": "x"}, 422, "actor"),
    ("/queries/timeline", {"actor": "Vladmir Putin"}, 422, "Vladimir Putin"),
    ("/queries/timeline", {"actor": "John Smith"}, 422, "GBR"),
    ("/queries/timeline", {"from": "2018-02-30"}, 422, "calendar"),
    ("/queries/timeline", {"from": "2018-08-01", "to": "2018-07-01"}, 422, "exchange"),
    ("/queries/timeline", {"modality": "fact"}, 422, "facts"),
    ("/queries/timeline", {"limit": "many"}, 422, "limit"),
    ("/queries/timeline", {"limit": 0}, 422, "limit"),
    ("/queries/timeline?actor=Merkel&actor=Putin", {}, 422, "twice"),
    ("/queries/co_participants", {"min_events": "-1"}, 422, "min_events"),
    ("/queries/timeline", {"actor": "x" * 10_000}, 422, "actor"),
    ("/queries/timeline", {"actor": "a\0b"}, 422, "actor"),
    ("/actors", {}, 422, "name is missing"),
    ("/actors", {"name": "a\0b"}, 422, "U+0000"),
    ("/actors", {"name": "x" * 10_000}, 422, "name"),
    ("/events/harbour-post%2F1/e99", {}, 404, "told_by"),
    ("/events/nowhere/e1", {}, 404, "articles"),
    ("/status", {"x": 1}, 422, "x"),
    ("/elsewhere", {}, 404, "/openapi.json"),
]


@pytest.mark.parametrize(("path", "asked", "status", "told"), BAD)
def test_what_cannot_be_answered_is_refused_with_the_way_out(
    api: Api, path: str, asked: dict[str, object], status: int, told: str
) -> None:
    reply = api.get(path, **asked)
    assert reply.status == status
    assert told in reply.json["error"]


BODIES = [
    (b"{", 400, "not JSON"),
    (b"\xff", 400, "not JSON"),
    (b"[" * 100_000, 400, "not JSON"),
    (b"[]", 422, "no object"),
    (b"{}", 422, "cypher"),
    (b'{"cypher": 1}', 422, "cypher"),
    (b'{"cypher": "RETURN 1 AS x", "limits": 1}', 422, "limit"),
    (b'{"cypher": "RETURN 1 AS x", "timeout": 1e9}', 422, "timeout"),
    (b'{"cypher": "RETURN $x AS x"}', 422, "$x"),
    (b'{"cypher": "RETURN $x AS x", "parameters": {"x": 1180591620717411303424}}', 422, "parameters"),
    (b'{"cypher": "RETURN $x AS x", "parameters": {"x": ' + b"[" * 900 + b"]" * 900 + b"}}", 422, "array"),
    (b'{"cypher": "RETURN \'\\u0007\' AS x"}', 422, "U+0007"),
    (b'{"cypher": "MATCH (a) DETACH DELETE a"}', 422, "reading"),
    (b'{"cypher": "LOAD CSV FROM \'x\' AS row RETURN row"}', 422, "LOAD CSV"),
    (b'{"cypher": "' + b"x" * 2_000_000 + b'"}', 413, "larger"),
]


@pytest.mark.parametrize(("body", "status", "told"), BODIES, ids=[told for _, _, told in BODIES])
def test_bad_bodies_are_refused(api: Api, body: bytes, status: int, told: str) -> None:
    reply = api.send("POST", "/cypher", body, JSON)
    assert reply.status == status
    assert told in reply.json["error"]


def test_body_that_is_not_said_to_be_json_is_refused(api: Api) -> None:
    """A page of another site can have a browser send such a body, but no JSON without asking first."""
    reply = api.send("POST", "/cypher", b'{"cypher": "RETURN 1 AS x"}', {"Content-Type": "text/plain"})
    assert (reply.status, "application/json" in str(reply.json["error"])) == (415, True)


def test_wrong_method_names_the_right_ones(api: Api) -> None:
    reply = api.send("DELETE", "/status")
    assert (reply.status, set(reply.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})


@pytest.mark.parametrize("host", ["harbour.example", "localhost.harbour.example:80", "", "127.0.0.1.harbour.example"])
def test_other_hosts_are_refused_on_loopback(api: Api, host: str) -> None:
    assert api.get("/status", {"Host": host}).status == 421
    assert api.get("/elsewhere", {"Host": host}).status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:9999", "127.0.0.1", "[::1]:80"])
def test_names_of_this_machine_are_let_in(api: Api, host: str) -> None:
    assert api.get("/status", {"Host": host}).status == 200


def test_no_other_site_is_allowed_to_read(api: Api) -> None:
    reply = api.get("/status", {"Origin": "https://harbour.example"})
    assert [name for name in reply.headers if name.startswith("access-control")] == []


def test_token_is_needed_wherever_one_is_given(folder: Place, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    with serving(folder, "--host", "0.0.0.0", "--token-file", str(file)) as running:
        local = Api(running.address.replace("0.0.0.0", "127.0.0.1"), running.process)
        assert local.get("/status", BEARER).status == 200
        assert local.get("/status", {**BEARER, "Host": "harbour.example"}).status == 200
        for wrong in (
            {},
            {"Authorization": TOKEN},
            {"Authorization": f"Bearer {TOKEN}x"},
            {"Authorization": "Bearer é"},
        ):
            reply = local.get("/openapi.json", wrong)
            assert (reply.status, reply.headers["www-authenticate"]) == (401, "Bearer")
        assert local.get("/openapi.json", BEARER).json["security"] == [{"token": []}]
    with serving(folder, KG_TOKEN=TOKEN) as running:
        assert (running.get("/status").status, running.get("/status", BEARER).status) == (401, 200)


@pytest.mark.parametrize(
    ("arguments", "variables", "code", "told"),
    [
        (["--host", "0.0.0.0"], {}, 2, "KG_TOKEN"),
        (["--host", "::"], {}, 2, "--token-file"),
        (["--host", "0.0.0.0"], {"KG_TOKEN": "short"}, 2, "16"),
        (["--host", "0.0.0.0"], {"KG_TOKEN": "with spaces in between"}, 2, "spaces"),
        (["--token-file", "nowhere"], {}, 1, "nowhere"),
        (["--host", "no.such.host.invalid"], {"KG_TOKEN": TOKEN}, 1, "--host"),
    ],
)
def test_what_would_not_be_safe_does_not_start(
    folder: Place, arguments: list[str], variables: dict[str, str], code: int, told: str
) -> None:
    ended, err = refused(folder, "serve", "--api", "--port", "0", *arguments, **variables)
    assert ended == code
    assert told in err


def test_taken_port_is_told(folder: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, err = refused(folder, "serve", "--api", "--port", str(taken.getsockname()[1]))
    assert code == 1
    assert "--port" in err


def test_missing_store_is_told_before_anything_is_served(tmp_path: Path) -> None:
    code, err = refused(Place(str(tmp_path / "nowhere")), "serve", "--api", "--port", "0")
    assert code == 4
    assert "kg load" in err


def test_database_that_cannot_be_used_is_a_503(tmp_path: Path) -> None:
    async def asked() -> httpx.Response:
        with EmbeddedStore(tmp_path / "nowhere", read_only=True) as store:
            app = ASGITransport(api_of(Served(store, PROGRAM), door("127.0.0.1", None)))
            async with httpx.AsyncClient(transport=app, base_url="http://127.0.0.1") as client:
                return await client.get("/status")

    reply = anyio.run(asked)
    assert reply.status_code == 503
    assert "kg load" in reply.json()["error"]


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("run_query", {"query": "timeline", "parameters": {"actor": "Merkel"}}),
        ("ask", {"question": "Who accused Maria Butina?"}),
        ("find_actors", {"name": "Putin"}),
        ("event_evidence", {"article": "harbour-post/1", "event": "e1"}),
        ("run_cypher", {"cypher": "MATCH (a:Actor) RETURN a.id AS id"}),
    ],
)
def test_every_question_to_the_store_ends_in_time(folder: Place, tool: str, arguments: dict[str, object]) -> None:
    with EmbeddedStore(Path(folder.store), read_only=True) as store:
        timed = Timed(store)
        assert call(Served(timed, PROGRAM), tool, arguments).rows
    assert timed.all_end()


def test_empty_store_says_how_to_load(nothing_loaded: Place) -> None:
    with serving(nothing_loaded) as running:
        assert "kg load" in running.get("/queries/timeline").json["note"]
        for reply in (
            running.get("/queries/timeline", actor="Merkel"),
            running.post("/ask", {"question": "Who met Angela Merkel?"}),
        ):
            assert reply.status == 422
            assert "kg load" in reply.json["error"]


def test_what_is_loaded_meanwhile_is_answered(nothing_loaded: Place, tmp_path: Path) -> None:
    with serving(nothing_loaded) as running:
        assert running.get("/status").json["articles"] == 0
        (tmp_path / "a.txt").write_text("Angela Merkel met Emmanuel Macron in Paris on Monday.")
        load = nothing_loaded.command("load", "--quiet", str(tmp_path / "a.txt"))
        subprocess.run(load, check=True, env=nothing_loaded.variables(), capture_output=True)
        assert running.get("/status").json["articles"] == 1


def test_many_at_a_time_get_their_own_answers(api: Api) -> None:
    names = ["Angela Merkel", "Vladimir Putin", "Maria Butina", "Donald Trump"] * 5

    def asked(name: str) -> object:
        return api.get("/queries/timeline", actor=name, modality="all").json["parameters"]["actor"]

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(asked, names)) == names


def test_sigterm_ends_it_with_0_and_nothing_said(folder: Place) -> None:
    with serving(folder) as running:
        assert running.get("/status").status == 200
        assert running.ended() == (0, "")


def test_sigterm_at_once_ends_it_too(folder: Place) -> None:
    with serving(folder) as running:
        assert running.ended() == (0, "")


def test_description_tells_every_query_and_its_parameters(api: Api) -> None:
    told = api.get("/openapi.json").json
    for query in queries():
        operation = told["paths"][f"/queries/{query.name}"]["get"]
        assert {each["name"] for each in operation["parameters"]} == {"limit", *(p.name for p in query.parameters)}
    assert set(told["paths"]) >= {"/queries", "/ask", "/cypher", "/actors", "/events/{article}/{event}", "/status"}
    assert "security" not in told


def test_answers_are_as_they_are_described(api: Api) -> None:
    told = api.get("/openapi.json").json
    for path, name in (("/queries/timeline", "Answer"), ("/queries", "Questions"), ("/status", "Counts")):
        schema = {"$ref": f"#/components/schemas/{name}", "components": told["components"]}
        Draft202012Validator(schema).validate(api.get(path).json)
    refusal = {"$ref": "#/components/schemas/Refusal", "components": told["components"]}
    Draft202012Validator(refusal).validate(api.get("/elsewhere").json)


def test_article_ids_with_slashes_are_found(api: Api) -> None:
    quoted, plain = (api.get(f"/events/{each}/e1") for each in (quote("harbour-post/1", safe=""), "harbour-post/1"))
    assert quoted.json == plain.json
    assert {row["article"] for row in plain.json["rows"]} >= {"harbour-post/1"}


@pytest.mark.parametrize(
    ("chosen", "at_least"),
    [
        (["--phases", "fuzzing", "--max-examples", "2"], 90),
        (["--phases", "coverage", "--include-path-regex", "/(actors|acts|queries|{event})$"], 250),
    ],
    ids=["every address", "every rule"],
)
def test_no_request_that_schemathesis_makes_breaks_it(
    api: Api, tmp_path: Path, chosen: list[str], at_least: int
) -> None:
    """All its checks hold but one: a name that fits the schema may still be nobody's."""
    assert api.post("/ask", {"question": "Who accused Maria Butina?"}).status == 200  # the model is loaded now
    report = tmp_path / "report.json"
    command = [str(Path(sys.executable).with_name("schemathesis")), "run", f"{api.address}/openapi.json", *chosen]
    options = ["--generation-deterministic", "--request-timeout", "60", "--exclude-checks", "positive_data_acceptance"]
    done = subprocess.run(
        [*command, *options, "--no-color", "--report-json-path", str(report)],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    found = json.loads(report.read_text())
    assert (found["failures"], found["errors"]) == ([], [])
    assert found["test_cases"]["generated"] >= at_least
