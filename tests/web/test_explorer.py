"""The explorer: pages over the hand-made records, what they refuse and how, and who is let in."""

import csv
import io
import json
import re
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import anyio
import httpx
import pages as web_pages
import pytest
from asking.hand_made import records
from pages import HTMX, Html, Pages, desk_of
from timed import Timed
from web_runs import Place, refused, showing

from kg.asking import review
from kg.asking.questions import queries
from kg.model import KeptAside
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore
from kg.stores.judgements_file import kept
from kg.web.door import COOKIE
from kg.web.gate import POLICY
from kg.web.rendering import with_questions

TOKEN = "harbour-lights-at-dusk-1984"
POST, WIRE = "harbour-post/1", "northern-wire/7"
SUMMIT = f"/event/{quote(WIRE, safe='')}/e1"
ARTICLE = f"/article/{quote(POST, safe='')}"
EVERY_PAGE = (
    "/",
    "/search?q=putin",
    "/actor/vladimir-putin",
    "/actor/odd",
    "/events?modality=all",
    SUMMIT,
    "/event/letters/e1",
    ARTICLE,
    "/article/letters",
    f"/compare?article={quote(POST, safe='')}&event=e1",
    "/queries",
    "/queries/timeline?modality=all",
    "/queries/who_accused_whom?go=1",
    "/ask",
    "/ask?q=Who+accused+Maria+Butina%3F",
    "/review",
    "/nowhere",
)


@pytest.fixture(scope="module")
def store(folder: Place) -> Iterator[Store]:
    with EmbeddedStore(Path(folder.store), read_only=True) as found:
        yield found


@pytest.fixture(scope="module")
def pages(store: Store) -> Pages:
    return Pages(store)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_page_is_whole_and_keeps_to_itself(pages: Pages, path: str) -> None:
    reply = pages.get(path)
    page = Html(reply.text)
    assert page.open == []
    assert page.inside("title").endswith("· kg")
    assert len(page.all("h1")) == 1
    assert reply.headers["content-security-policy"] == POLICY
    assert (reply.headers["x-content-type-options"], reply.headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert [each["src"].partition("?")[0] for each in page.all("script")] == ["/static/htmx.min.js"]
    labelled = {each["for"] for each in page.all("label") if "for" in each}
    fields = [
        each for tag in ("input", "select") for each in page.all(tag) if each.get("type") not in ("hidden", "checkbox")
    ]
    assert {each["id"] for each in fields} <= labelled
    addresses = [each.get(name, "") for _, each in page.elements for name in ("src", "href", "action", "hx-get")]
    outside = {each for each in addresses if not each.startswith(("/", "#"))} - {""}
    assert outside <= {"https://harbour.example/1"}


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_text_of_articles_stays_text(pages: Pages, path: str) -> None:
    reply = pages.get(path)
    page = Html(reply.text)
    assert "<script>alert" not in reply.text
    assert page.all("img") == []
    names = {name for _, attributes in page.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or name == "style"]
    assert page.all("style") == []
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", reply.text)


@pytest.mark.parametrize("path", [path for path in EVERY_PAGE if path not in ("/ask", "/nowhere", "/queries")])
def test_every_question_of_a_page_to_the_store_ends_in_time(store: Store, path: str) -> None:
    timed = Timed(store)
    assert Pages(timed).get(path).status_code == 200
    assert timed.all_end()


def test_hostile_name_is_shown_as_it_is(pages: Pages) -> None:
    assert pages.html("/actor/odd").inside("h1") == "<img src=x onerror=alert(1)> & \ufffdsons"


def test_start_tells_how_much_there_is_and_who_is_most_active(pages: Pages, store: Store) -> None:
    page = pages.html("/")
    assert f"{store.counts().articles} articles" in page.text
    assert {"/actor/vladimir-putin", "/actor/donald-trump", "/events?outlet=Harbour+Post"} <= set(page.links())
    assert "16 July 2018" in page.text


def test_empty_store_says_how_to_load(nothing_loaded: Place) -> None:
    with EmbeddedStore(Path(nothing_loaded.store), read_only=True) as empty:
        pages = Pages(empty)
        assert "kg --store" in pages.html("/").text
        assert "no articles" in pages.html("/ask", 422, q="Who met Angela Merkel?").text
        for path in ("/events", "/search?q=merkel", "/review", "/queries/timeline?go=1"):
            pages.html(path)


@pytest.mark.parametrize(
    ("words", "leads_to"),
    [
        ("putin", "/actor/vladimir-putin"),
        ("nicolas maduro", "/actor/nicolas-maduro"),
        ("NICOLÁS", "/actor/nicolas-maduro"),
        ("Moscow", "/actor/rus"),  # an alias of the tables
        ("moscow", "/events?place=Moscow&modality=all"),
        ("referend", "/events?topic=referendum&modality=all"),
        ("two presidents", ARTICLE),
        ("conspiracy", ARTICLE),  # a word of its text
        ("northern", f"/article/{quote(WIRE, safe='')}"),
    ],
)
def test_search_finds(pages: Pages, words: str, leads_to: str) -> None:
    assert leads_to in pages.html("/search", q=words).links()


def test_search_while_typing_gives_the_hits_alone(pages: Pages) -> None:
    reply = pages.get("/search", HTMX, q="merkel")
    assert "<html" not in reply.text
    assert "/actor/angela-merkel" in reply.text
    assert "HX-Request" in reply.headers["vary"]
    assert pages.get("/search", HTMX, q="xyzzy").text.count("Nothing found") == 1
    assert pages.get("/suggest/actor", actor="merk").text.strip() == '<option value="Angela Merkel"></option>'
    assert pages.get("/suggest/topic", topic="refer").text.strip() == '<option value="referendum"></option>'


def test_name_of_an_actor_leads_to_its_page(pages: Pages) -> None:
    reply = pages.get("/actor/Nicolas%20Maduro")
    assert (reply.status_code, reply.headers["location"]) == (303, "/actor/nicolas-maduro")


@pytest.mark.parametrize(
    ("name", "near"),
    [("vladmir-putin", {"/actor/vladimir-putin"}), ("John%20Smith", {"/actor/john-smith", "/actor/john-smith-2"})],
)
def test_actor_who_is_nobody_or_several_leads_to_those_who_are_meant(pages: Pages, name: str, near: set[str]) -> None:
    page = pages.html(f"/actor/{name}", 404)
    assert near <= set(page.links())


def test_actor_is_told_with_events_others_and_statements(pages: Pages) -> None:
    page = pages.html("/actor/anatoly-antonov")
    assert page.inside("h1") == "Anatoly Antonov"
    assert "We did not interfere" in page.text
    page = pages.html("/actor/vladimir-putin")
    assert "/actor/donald-trump" in page.links()
    assert SUMMIT in page.links()
    assert "event told by 2 outlets independently" in page.text
    assert "referendum (1 of 2 outlets); trade (1 of 2 outlets)" in page.text
    assert "Kremlin (says so, 1 of 2 outlets)" in page.text
    assert page.inside("mark") == "met"


def shown(page: Html) -> set[str]:
    """Return the events that a page lists."""
    return {link for link in page.links() if link.startswith("/event/")}


@pytest.mark.parametrize(
    ("actor", "filters", "events"),
    [
        ("angela-merkel", {}, {"harbour-post%2F1/e2", "northern-wire%2F7/e3"}),
        ("angela-merkel", {"quad": "conflict"}, {"harbour-post%2F1/e2"}),
        ("angela-merkel", {"quad": "verbal-cooperation"}, {"northern-wire%2F7/e3"}),
        ("angela-merkel", {"modality": "possible"}, {"harbour-post%2F1/e7"}),
        ("angela-merkel", {"type": "ACCUSE"}, {"harbour-post%2F1/e2"}),
        ("angela-merkel", {"other": "Maduro"}, {"northern-wire%2F7/e3"}),
        ("angela-merkel", {"outlet": "wire"}, {"northern-wire%2F7/e3"}),
        ("angela-merkel", {"from": "2018-07-01", "to": "2018-07-31"}, {"harbour-post%2F1/e2"}),
        ("donald-trump", {"min_sources": "2"}, {"northern-wire%2F7/e1"}),
        ("donald-trump", {"topic": "defence"}, {"harbour-post%2F1/e2"}),
        ("donald-trump", {"place": "FIN", "from": "", "type": " "}, {"northern-wire%2F7/e1"}),
    ],
)
def test_filters_narrow_the_events_of_an_actor(
    pages: Pages, actor: str, filters: dict[str, str], events: set[str]
) -> None:
    whole = pages.html(f"/actor/{actor}", **filters)
    assert shown(whole) == {f"/event/{each}" for each in events}
    part = pages.get(f"/actor/{actor}", HTMX, **filters)
    assert "<html" not in part.text
    assert shown(Html(part.text)) == shown(whole)
    back = pages.get(f"/actor/{actor}", {**HTMX, "HX-History-Restore-Request": "true"}, **filters)
    assert "<html" in back.text


def test_filters_stay_in_the_form(pages: Pages) -> None:
    page = pages.html("/events", quad="conflict", **{"from": "2018-07-01"}, topic="defence")
    assert {"value": "conflict", "selected": ""} in page.all("option")
    assert {each["value"] for each in page.all("input") if each.get("name") in ("from", "topic")} == {
        "2018-07-01",
        "defence",
    }


BAD = [
    ("/actor/angela-merkel?from=2018-02-30", 422, "calendar"),
    ("/events?from=yesterday", 422, "YYYY-MM-DD"),
    ("/events?from=2018-08-01&to=2018-07-01", 422, "exchange"),
    ("/events?type=CONSLT", 422, "CONSULT"),
    ("/events?quad=conflct", 422, "conflict"),
    ("/events?actor=Vladmir+Putin", 422, "Vladimir Putin"),
    ("/events?page=0", 422, "no page 0"),
    ("/events?page=two", 422, "whole number"),
    ("/events?page=99999999", 422, "page"),
    ("/events?page=14", 422, "there is one alone"),
    ("/events?form=2018-01-01", 422, "from"),
    ("/queries/who_met_whom?form=2018-01-01", 422, "from"),
    ("/graph?from=2018-01-01", 422, "actor"),
    ("/events?topic=a&topic=b", 422, "twice"),
    ("/events?topic=" + "x" * 3_000, 422, "longer"),
    ("/events?topic=a%1bb", 422, "U+001B"),
    ("/search?q=" + "x" * 500, 422, "200"),
    ("/search?q=a%00b", 422, "U+0000"),
    ("/actor/" + "x" * 3_000, 404, "no actor"),
    ("/actor/%00", 404, "no actor"),
    ("/article/nowhere", 404, "nowhere"),
    ("/article/..%2F..%2Fetc%2Fpasswd", 404, "no article"),
    ("/event/nowhere/e1", 404, "no event"),
    (SUMMIT[:-2] + "e99", 404, "e99"),
    ("/compare", 422, "which event"),
    (f"/compare?article={quote(POST, safe='')}&event=e1&one=Harbor", 422, "Harbour Post"),
    (f"/compare?article={quote(POST, safe='')}&event=e2", 422, "only Harbour Post"),
    ("/queries/timelin", 404, "timeline"),
    ("/queries/timeline?actor=John+Smith", 422, "GBR"),
    ("/queries/timeline/csv?actor=Nobody+Atall", 422, "no actor"),
    ("/queries/co_participants?min_events=-1", 422, "min_events"),
    ("/ask?q=Who+frobnicated+Maria+Butina%3F", 422, "frobnicated"),
    ("/graph?actor=Nobody+Atall", 422, "no actor"),
    ("/static/..%2Fexplorer.py", 404, "no such page"),
    ("/static/explorer.css/..", 404, "no such page"),
    ("/elsewhere", 404, "no such page"),
]


@pytest.mark.parametrize(("path", "status", "told"), BAD, ids=[path[:60] for path, *_ in BAD])
def test_what_cannot_be_shown_is_told_with_the_way_out(pages: Pages, path: str, status: int, told: str) -> None:
    page = pages.html(path, status)
    assert told in page.text


def test_wrong_filter_is_told_beside_the_form(pages: Pages) -> None:
    page = pages.html("/actor/angela-merkel?from=2018-02-30&other=Putin", 422)
    assert [each["value"] for each in page.all("input") if each.get("name") == "other"] == ["Putin"]
    assert any(each.get("role") == "alert" for each in page.all("p"))


def test_event_is_told_by_each_article_in_its_words(pages: Pages) -> None:
    page = pages.html(SUMMIT)
    assert page.inside("mark") == "met discussed talks"
    text = records()[0].article.text
    start = text.index("discussed")
    assert f"{ARTICLE}#c{start}" in page.links()
    assert {"Harbour Post", "Northern Wire"} <= {text for tag, text in page.texts if tag == "h3"}
    assert "Anatoly Antonov (says so, 1 of 2 outlets)" in page.text
    assert any(link.startswith("/compare?") for link in page.links())
    assert pages.html(f"/event/{quote(POST, safe='')}/e1").inside("mark") == "met discussed talks"


def test_contradictions_are_told_on_both_sides(seeds_like: Pages) -> None:
    denied, denial = "/event/fact/e1", "/event/denial/e1"
    assert denial in shown(seeds_like.html(denied))
    assert denied in shown(seeds_like.html(denial))


def test_what_the_other_side_did_next_is_told(seeds_like: Pages) -> None:
    page = seeds_like.html("/event/fact/e1")
    assert "/event/fact/e2" in shown(page)
    assert "What followed" in page.inside("h2")


def test_article_is_its_text_with_all_that_was_read_marked(pages: Pages) -> None:
    reply = pages.get(ARTICLE)
    (record,) = (each for each in records() if each.article.id == POST)
    prose = reply.text.split('<div class="prose"')[1].partition(">")[2].partition("</div>")[0]
    assert "".join(text for _, text in Html(prose).texts) == record.article.text
    page = Html(prose)
    first = next(each for each in page.all("a") if "m-event" in each["class"])
    assert first["href"] == f"/event/{quote(POST, safe='')}/e1"
    assert "/actor/anatoly-antonov" in page.links()
    titles = " ".join(each.get("title", "") for _, each in page.elements)
    for told in (
        "actor: Vladimir Putin, person, RUS",
        "event: CONSULT",
        "topic: trade",
        "place: Helsinki, FIN",
        "statement: ",
    ):
        assert told in titles


def test_only_the_web_is_linked_from_an_article(tmp_path: Path) -> None:
    base = records()[0]
    with EmbeddedStore(tmp_path / "store") as store:
        store.prepare()
        for name, url in (("a", "javascript:alert(1)"), ("b", "file:///x"), ("c", "https://harbour.example/1")):
            store.put([replace(base, article=replace(base.article, id=name, url=url))])
        pages = Pages(store)
        external = {
            name: [e["href"] for e in pages.html(f"/article/{name}").all("a") if "external" in e.get("rel", "")]
            for name in "abc"
        }
    assert external == {"a": [], "b": [], "c": ["https://harbour.example/1"]}


def test_outlets_are_compared_line_by_line(pages: Pages) -> None:
    page = pages.html("/compare", article=POST, event="e1", one="Northern Wire", other="Harbour Post")
    heads = [text for tag, text in page.texts if tag == "th" and text.strip()]
    assert heads[:2] == ["Northern Wire", "Harbour Post"]
    differs = [text.strip() for text in heads[2:]]
    assert {"in the words", "about", "according to", "where", "when"} <= set(differs)
    assert page.text.count("≠ differs") == 3  # words, topics, according to
    assert {"met", "discussed", "talks", "referendum", "trade"} <= {text for tag, text in page.texts if tag == "mark"}


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_each_question_has_a_form_with_its_parameters(pages: Pages, query: object) -> None:
    page = pages.html(f"/queries/{query.name}")
    names = {each.get("name") for tag in ("input", "select") for each in page.all(tag)}
    assert names - {"q", "go"} == {each.name for each in query.parameters}


def test_answer_of_a_question_is_a_table_with_links_and_files(pages: Pages) -> None:
    page = pages.html("/queries/who_accused_whom", other="Butina", modality="all")
    assert {"/event/harbour-post%2F1/e5", "/actor/Maria%20Butina", ARTICLE} <= set(page.links())
    (as_csv,) = (link for link in page.links() if "/csv?" in link)
    reply = pages.get(as_csv)
    assert reply.headers["content-disposition"] == 'attachment; filename="who_accused_whom.csv"'
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    told = pages.get(as_csv.replace("/csv", "/json")).json()
    assert [row["evidence"] for row in rows] == [row["evidence"] for row in told["rows"]]
    assert all("Maria Butina" in row["evidence"] for row in rows)
    assert told["parameters"]["other"] == "Maria Butina"


def test_question_in_english_is_answered_as_it_was_read(pages: Pages) -> None:
    page = pages.html("/ask", q="Who accused Maria Butina?")
    assert "/queries/who_accused_whom?other=Maria+Butina" in page.links()
    assert "US prosecutors" in page.text
    near = [
        link
        for link in pages.html("/ask", 422, q="Who frobnicated Maria Butina?").links()
        if link.startswith("/ask?q=")
    ]
    assert near
    pages.html(near[0])


def test_graph_asks_for_what_it_shows(pages: Pages) -> None:
    text = pages.get("/graph", actor="Putin").text
    assert 'data-from="/graph.json?actor=vladimir-putin"' in text
    assert pages.get("/graph.json", actor="vladimir-putin").json()["quotes"]
    around, whole = (json.dumps(pages.get("/graph.json", **asked).json()) for asked in ({"actor": "Putin"}, {}))
    for name, in_around in (("Vladimir Putin", True), ("Donald Trump", True), ("Maria Butina", False)):
        assert (f'"{name}"' in around, f'"{name}"' in whole) == (in_around, True)


def test_files_may_be_kept_where_their_address_tells_their_content(pages: Pages) -> None:
    (sheet,) = (each["href"] for each in pages.html("/").all("link") if each["rel"] == "stylesheet")
    assert "immutable" in pages.get(sheet).headers["cache-control"]
    assert pages.get("/static/explorer.css?v=old").headers["cache-control"] == "no-cache"
    assert pages.get(sheet).headers["x-content-type-options"] == "nosniff"
    assert "0BSD" in pages.get("/static/LICENSES.txt").text


@pytest.mark.parametrize("host", ["harbour.example", "127.0.0.1.harbour.example", ""])
def test_other_hosts_are_refused_on_loopback(pages: Pages, host: str) -> None:
    for path in ("/", "/static/explorer.css", "/login"):
        assert pages.get(path, {"Host": host}).status_code == 421


def test_pages_need_the_token_where_there_is_one(store: Store) -> None:
    pages = Pages(store, TOKEN, "0.0.0.0")
    for path in ("/", ARTICLE, "/search?q=putin", "/queries/timeline/csv", "/graph.json"):
        reply = pages.get(path)
        assert reply.status_code == 401
        assert "Putin" not in reply.text
    assert Html(pages.get("/events?type=ACCUSE").text).all("input")[0] == {
        "type": "hidden",
        "name": "to",
        "value": "/events?type=ACCUSE",
    }
    assert pages.get("/static/explorer.css").status_code == 200
    assert pages.get("/", {"Authorization": f"Bearer {TOKEN}"}).status_code == 200
    assert pages.get("/", {"Authorization": "Bearer wrong"}).status_code == 401
    assert Pages(store, TOKEN, "0.0.0.0", cookies={COOKIE: TOKEN}).get("/").status_code == 401


@pytest.mark.parametrize(
    ("host", "method", "path", "status"),
    [("0.0.0.0", "GET", "/static/nowhere.css", 404), ("0.0.0.0", "PUT", "/login", 405), ("127.0.0.1", "GET", "/", 421)],
)
def test_who_is_not_let_in_is_not_told_where_the_store_is(
    store: Store, host: str, method: str, path: str, status: int
) -> None:
    stranger = Pages(store, TOKEN if host == "0.0.0.0" else None, host)
    reply = stranger.send(method, path, headers={"Host": "harbour.example"})
    assert (reply.status_code, store.address in reply.text) == (status, False)
    known = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1"}
    assert store.address in stranger.send("GET", "/static/nowhere.css", headers=known).text


def test_what_begins_like_the_login_page_needs_the_token(store: Store) -> None:
    assert Pages(store, TOKEN, "0.0.0.0").get("/login-elsewhere").status_code == 401


def test_signs_of_an_address_outlast_the_login(store: Store) -> None:
    pages = Pages(store, TOKEN, "0.0.0.0")
    path = "/article/100%25%3Fa%2Fb"
    assert Html(pages.get(path).text).all("input")[0]["value"] == path
    assert pages.get(f"{path}?token={TOKEN}").headers["location"] == path


def test_what_an_address_does_not_take_is_told_with_the_way_out(pages: Pages) -> None:
    reply = pages.send("POST", "/events")
    assert (reply.status_code, set(reply.headers["allow"].split(", "))) == (405, {"GET", "HEAD"})
    assert "use its forms" in reply.text


def test_refusal_leads_to_the_question_that_lists_what_there_is(pages: Pages) -> None:
    page = pages.html("/article/nowhere", 404)
    assert "/queries/articles?go=1" in page.links()
    assert "kg query" not in page.text
    assert "“Which articles are there” lists those there are" in page.text


def test_command_that_asks_no_question_stays_as_it_is(pages: Pages) -> None:
    pieces = list(with_questions("`kg review` judges, `kg query topics` lists, `timeline` tells"))
    assert pieces == [
        ("`kg review` judges, ", ""),
        ("“Which topics are there”", "topics"),
        (" lists, ", ""),
        ("“Timeline”", "timeline"),
        (" tells", ""),
    ]
    assert "`" not in pages.html("/queries").text


def test_who_vouches_is_a_filter_with_names_to_choose(pages: Pages) -> None:
    page = pages.html("/events", speaker="Kremlin", modality="all")
    (field,) = (each for each in page.all("input") if each.get("name") == "speaker")
    assert field["value"] == "Kremlin"
    assert "Kremlin (says so, 1 of 2 outlets)" in page.text
    assert "Kremlin" in pages.html("/suggest/speaker", speaker="Krem").all("option")[0]["value"]


def test_spreadsheet_runs_no_text_of_a_file(tmp_path: Path) -> None:
    base = records()[0]
    odd = replace(base.article, title="=1+1", source="-x")
    with EmbeddedStore(tmp_path / "store") as store:
        store.prepare()
        store.put([replace(base, article=odd)])
        (row,) = csv.DictReader(io.StringIO(Pages(store).get("/queries/articles/csv").text))
        told = Pages(store).get("/queries/articles/json").json()["rows"][0]
    assert (row["headline"], row["outlet"], row["events"]) == ("'=1+1", "'-x", "7")
    assert (told["headline"], told["outlet"]) == ("=1+1", "-x")


def test_login_gives_a_cookie_that_scripts_and_other_sites_cannot_use(store: Store) -> None:
    pages = Pages(store, TOKEN, "0.0.0.0")
    wrong = pages.send("POST", "/login", data={"token": "wrong", "to": "/events"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
    login, first, out, after = pages.send_all(
        [
            ("POST", "/login", {"data": {"token": TOKEN, "to": "/events"}}),
            ("GET", "/events", {}),
            ("POST", "/logout", {}),
            ("GET", "/events", {}),
        ]
    )
    cookie = login.headers["set-cookie"]
    assert (login.status_code, login.headers["location"]) == (303, "/events")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert (first.status_code, out.status_code, after.status_code) == (200, 303, 401)
    assert "Log out" in first.text


@pytest.mark.parametrize(
    "to", ["//harbour.example", "https://harbour.example", "/\\harbour.example", "javascript:alert(1)"]
)
def test_login_leads_to_no_other_site(store: Store, to: str) -> None:
    reply = Pages(store, TOKEN, "0.0.0.0").send("POST", "/login", data={"token": TOKEN, "to": to})
    assert reply.headers["location"] == "/"


def test_token_in_an_address_is_exchanged_for_the_cookie(store: Store) -> None:
    pages = Pages(store, TOKEN, "0.0.0.0")
    reply = pages.get(f"/events?type=ACCUSE&token={TOKEN}")
    assert (reply.status_code, reply.headers["location"]) == (303, "/events?type=ACCUSE")
    assert COOKIE in reply.headers["set-cookie"]
    wrong = pages.get("/events?type=ACCUSE&token=wrong")
    assert wrong.status_code == 401
    assert 'value="/events?type=ACCUSE"' in wrong.text
    assert "not the token" in wrong.text


@pytest.fixture
def bergs(tmp_path: Path) -> Iterator[Pages]:
    """Pages of a store with two people who may be one, and a desk."""
    with EmbeddedStore(tmp_path / "store") as store:
        store.prepare()
        store.put(records())
    with EmbeddedStore(tmp_path / "store", read_only=True) as store:
        yield Pages(store, desk=desk_of(tmp_path / "store", tmp_path / "j.jsonl"), file=tmp_path / "j.jsonl")


def hidden(page: Html) -> dict[str, str]:
    """Return the hidden fields of the first pair that is shown."""
    found: dict[str, str] = {}
    for each in page.all("input"):
        if each.get("type") == "hidden":
            found.setdefault(each["name"], each["value"])
    return found


def test_candidates_are_judged_with_a_button(bergs: Pages) -> None:
    async def judged() -> tuple[Html, list[int], str, Html]:
        async with bergs.user() as user:
            before = Html((await user.get("/review")).text)
            fields = {**hidden(before), "verdict": "different", "by": "Eva"}
            wrong = [
                await user.post("/review", data={**fields, "seal": "guessed"}),
                await user.post("/review", data=fields, headers={"Sec-Fetch-Site": "cross-site"}),
                await user.post("/review", data=fields, headers={"Origin": "https://harbour.example"}),
                await user.post("/review", json=fields),
                await user.post("/review", data={**fields, "verdict": "maybe"}),
                await user.post("/review", data={**fields, "one": "kremlin"}),
                await user.post("/review", data={**fields, "by": "x" * 101}),
            ]
            assert not bergs.file.exists()
            done = await user.post("/review", data=fields, headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
            again = await user.post("/review", data=fields)
            after = Html((await user.get(done.headers["location"])).text)
            return before, [each.status_code for each in (*wrong, done, again)], done.headers["location"], after

    before, codes, place, after = anyio.run(judged)
    assert codes == [403, 403, 403, 415, 422, 404, 422, 303, 404]
    (line,) = map(json.loads, bergs.file.read_text().splitlines())
    asked = hidden(before)
    assert (line["verdict"], line["by"]) == ("different", "Eva")
    assert set(line["actors"]) == {asked["one"], asked["other"]}
    assert line["reason"]
    assert "kg undo" in after.text
    assert place.endswith("by=Eva")
    assert len(after.all("section")) == len(before.all("section")) - 1


def test_judgement_waits_while_another_program_writes(bergs: Pages) -> None:
    async def judged() -> list[httpx.Response]:
        async with bergs.user() as user:
            fields = {**hidden(Html((await user.get("/review")).text)), "verdict": "same"}
            with EmbeddedStore(Path(bergs.store.address)) as writer:
                writer.prepare()
                writer.set_aside([KeptAside("x", "y")])
                return [await user.post("/review", data=fields), await user.get("/review")]

    refused_now, still = anyio.run(judged)
    assert (refused_now.status_code, still.status_code) == (503, 200)
    assert "another process is writing" in refused_now.text
    assert not bergs.file.exists()


def test_broken_file_of_judgements_is_told(bergs: Pages) -> None:
    bergs.file.write_text("{}\n")
    reply = bergs.get("/review")
    assert "line 1 is no judgement" in reply.text
    assert "No two actors are left" not in reply.text
    assert bergs.get("/actor/vladimir-putin").status_code == 200


def test_who_reads_only_sees_candidates_without_buttons(pages: Pages) -> None:
    page = pages.html("/review")
    assert page.all("section")
    assert [each for each in page.all("form") if each.get("method") == "post"] == []
    assert pages.send("POST", "/review", data={"seal": "x"}).status_code == 403


def test_both_stores_give_the_same_pages(place: Place, pages: Pages) -> None:
    asked = (
        "/actor/angela-merkel?modality=all",
        SUMMIT,
        ARTICLE,
        "/search?q=helsinki",
        "/queries/timeline?modality=all",
    )
    with showing(place) as running:
        for path in asked:
            reply = running.get(path)
            assert reply.status == 200
            assert without_address(reply.body.decode(), place.store) == without_address(
                pages.get(path).text, pages.store.address
            )


def without_address(text: str, address: str) -> str:
    return text.replace(address, "STORE")


def test_serve_shows_the_explorer_and_ends_in_good_order(folder: Place) -> None:
    with showing(folder) as running:
        reply = running.get("/")
        assert (reply.status, reply.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert running.ended() == (0, "")


def test_what_is_loaded_meanwhile_is_shown(nothing_loaded: Place, tmp_path: Path) -> None:
    with showing(nothing_loaded) as running:
        assert b"Nothing is loaded yet" in running.get("/").body
        (tmp_path / "a.txt").write_text("Angela Merkel met Emmanuel Macron in Paris on Monday.")
        load = nothing_loaded.command("load", "--quiet", str(tmp_path / "a.txt"))
        subprocess.run(load, check=True, env=nothing_loaded.variables(), capture_output=True)
        assert b"Emmanuel Macron" in running.get("/").body


def test_judging_is_allowed_where_a_file_of_judgements_is_set(folder: Place, tmp_path: Path) -> None:
    file = str(tmp_path / "j.jsonl")
    with showing(folder, KG_JUDGEMENTS=file) as running:
        assert b'name="verdict"' in running.get("/review").body
    with showing(folder, "--read-only", KG_JUDGEMENTS=file) as running:
        assert b'name="verdict"' not in running.get("/review").body
    with showing(folder) as running:
        assert b'name="verdict"' not in running.get("/review").body


def test_taken_port_is_told(folder: Place) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        code, err = refused(folder, "serve", "--port", str(taken.getsockname()[1]))
    assert (code, "--port" in err) == (1, True)


def test_other_machines_need_a_token(folder: Place) -> None:
    code, err = refused(folder, "serve", "--host", "0.0.0.0", "--port", "0")
    assert (code, "KG_TOKEN" in err) == (2, True)


def test_very_many_of_one_name_are_not_all_compared(pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages.html("/review").all("section")
    monkeypatch.setattr(review, "MOST_ALIKE", 1)
    assert not pages.html("/review").all("section")


def test_review_page_reads_the_judgements_once(bergs: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def reading(store: Store, file: Path) -> object:
        read.append(file)
        return kept(store, file)

    monkeypatch.setattr(web_pages, "kept", reading)
    bergs.html("/review", done="x")
    assert read == [bergs.file]
