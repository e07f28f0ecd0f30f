"""The page in a browser: what is pressed leads to the sentence, nothing is asked of the network, all can use it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from chromium import SLOW_DRIVER, chromium, wait_until

from bench._happenings import events
from kg.asking.parts import Part, select
from kg.exports import _told, html
from kg.pipeline import extract, load
from kg.shelf import folder
from kg.sources import read
from kg.stores.embedded import EmbeddedStore

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage

HELSINKI = "discussed"
VIEWS = ("network", "map", "timeline", "table")


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of all that the sample articles tell."""
    place = tmp_path_factory.mktemp("page")
    with EmbeddedStore(place / "store") as store:
        load(store, extract(read([str(folder("seeds"))])))
        with (place / "seeds.html").open("wb") as out:
            html.write(select(store, modality="all"), out)
    return place / "seeds.html"


@pytest.fixture(scope="module")
def hostile(part: Part, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the hand-made records, with links and names that mean harm."""
    data = _told.told(part.events(), selection=part.selection, made_with=part.made_with)
    for at, url in enumerate(
        ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", " java\tscript:alert(1)")
    ):
        data["papers"][at]["url"] = url
    data["actors"][0]["label"] = "\u202eabc\u2067 \"' onclick=alert(1) </title><script>alert(2)</script>"
    data["actors"][0]["qid"] = 'Q1" onmouseover=alert(1)'
    data["about"]["title"] = "</title><script>alert(3)</script>"
    path = tmp_path_factory.mktemp("hostile") / "hostile.html"
    path.write_text(html.page(data), "utf-8")
    return path


class Opened:
    """A page in the browser, with what it asked for, said and warned of."""

    def __init__(self, browser: "Browser", path: Path, **options: Any) -> None:
        given = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"} | options
        self.context = browser.new_context(**given)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.said.append("a dialog"), dialog.dismiss()))
        self.address = path.as_uri()
        self.page.goto(self.address)
        wait_until(self.page, "performance.getEntriesByName('kg-ready').length")

    def hear(self, message: "ConsoleMessage") -> None:
        """Keep what the page complains of; a driver without a card says that it is slow."""
        if message.type in ("error", "warning") and SLOW_DRIVER not in message.text:
            self.said.append(message.text)

    def asks(self, question: str, *arguments: Any) -> Any:
        """Return what the page answers to a function of its own parts."""
        return self.page.evaluate(f"(given) => {{ const {{ page }} = kgPage; return ({question}); }}", list(arguments))

    def press(self, spot: dict[str, float]) -> None:
        self.page.mouse.move(spot["x"], spot["y"])
        self.page.mouse.click(spot["x"], spot["y"])

    def dot(self, key: str) -> dict[str, float]:
        return self.asks("page.parts.stage.net.where(given[0])", key)

    def ties(self) -> list[dict[str, Any]]:
        return self.asks("page.parts.stage.chosen.ties.map(({key, one, other, quad}) => ({key, one, other, quad}))")

    def heading(self) -> str:
        return _plain(self.page.locator(".panel h2").first.inner_text())


def _plain(text: str) -> str:
    return re.sub("[\u2066-\u2069]", "", text).strip()


@pytest.fixture
def opened(browser: "Browser", seeds: Path) -> Iterator[Opened]:
    opened = Opened(browser, seeds)
    yield opened
    assert opened.said == []
    assert opened.requests == [opened.address]
    opened.context.close()


def test_page_of_the_seeds_is_small(seeds: Path) -> None:
    assert seeds.stat().st_size < 500_000


def test_few_actors_are_shown_first_and_all_when_asked(opened: Opened) -> None:
    many = opened.asks("page.graph.actors.filter((actor) => actor.x !== undefined).length")
    assert opened.asks("page.parts.stage.chosen.dots.length") <= 60 < many
    opened.page.click("#show-all")
    assert opened.asks("page.parts.stage.chosen.dots.length") == many


WRITTEN = """() => {
  const texts = [];
  const write = CanvasRenderingContext2D.prototype.fillText;
  CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {
    texts.push(text);
    write.call(this, text, ...at);
  };
  kgPage.page.parts.stage.net.renderer.refresh();
  return texts;
}"""
"""The names that the network writes, taken where they are written."""


def test_narrow_window_shows_fewer_actors_and_names_the_busiest(browser: "Browser", seeds: Path) -> None:
    opened = Opened(browser, seeds, viewport={"width": 390, "height": 800})
    dots = opened.asks("page.parts.stage.chosen.dots.map(({ label }) => label)")
    assert 10 < len(dots) <= 25
    assert set(dots[:8]) <= set(opened.page.evaluate(WRITTEN))
    opened.page.get_by_role("tab", name="Map").click()
    frame = opened.page.locator("svg.world").bounding_box()
    for name in opened.page.locator("svg.world text").all():
        box = name.bounding_box()
        assert frame["x"] <= box["x"], name.inner_html()
        assert box["x"] + box["width"] <= frame["x"] + frame["width"], name.inner_html()
    opened.context.close()


def test_search_finds_an_actor_and_shows_what_it_did(opened: Opened) -> None:
    opened.page.click("#search")
    opened.page.keyboard.type("putin")
    opened.page.keyboard.press("Enter")
    assert opened.heading() == "Vladimir Putin"
    cards = opened.page.locator(".panel article.event").all_inner_texts()
    assert cards
    assert all("Vladimir Putin" in card for card in cards)


def test_dot_that_is_pressed_leads_to_its_events(opened: Opened) -> None:
    opened.press(opened.dot("maria-butina"))
    assert opened.heading() == "Maria Butina"
    assert opened.page.locator(".panel blockquote mark").count() > 0


def test_lines_that_are_pressed_lead_to_the_sentence(opened: Opened) -> None:
    opened.page.click("#search")
    opened.page.keyboard.type("putin")
    opened.page.keyboard.press("Enter")
    opened.page.keyboard.press("o")
    both = {"donald-trump", "vladimir-putin"}
    (tie,) = (
        tie for tie in opened.ties() if {tie["one"], tie["other"]} == both and tie["quad"] == "verbal-cooperation"
    )
    opened.press(opened.asks("page.parts.stage.net.whereTie(given[0])", tie["key"]))
    assert sorted(opened.heading().removesuffix(": verbal cooperation").split(" – ")) == [
        "Donald Trump",
        "Vladimir Putin",
    ]
    marked = opened.page.locator(".panel blockquote p", has=opened.page.locator(f"mark:text-is('{HELSINKI}')"))
    assert any("Helsinki" in text for text in marked.all_inner_texts())
    link = opened.page.locator(".panel blockquote a").first
    assert re.match("https?://", str(link.get_attribute("href")))
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_filters_leave_conflict_of_one_month(opened: Opened) -> None:
    opened.page.click("#tone-conflict")
    _brush(opened, "2018-07")
    first, last = ((date(2018, 7, day) - date(1970, 1, 1)).days for day in (1, 31))
    told = opened.asks("page.fits().map(({quad, from, to}) => [quad, from, to])")
    assert told
    assert {quad for quad, _, _ in told} == {"verbal-conflict", "material-conflict"}
    assert all(start <= last and end >= first for _, start, end in told)
    assert {tie["quad"] for tie in opened.ties()} == {"verbal-conflict", "material-conflict"}
    opened.page.click("#reset")
    assert opened.asks("page.fits().length === page.graph.events.length")


def _brush(opened: Opened, month: str) -> None:
    """Drag over the step of the strip that is a month."""
    steps = opened.asks(
        "page.parts.strip.span().bins.map(({from}) => new Date(from * 864e5).toISOString().slice(0, 7))"
    )
    box = opened.page.locator(".track").bounding_box()
    assert box is not None
    wide = box["width"] / len(steps)
    x, y = box["x"] + wide * (steps.index(month) + 0.5), box["y"] + 10
    opened.page.mouse.move(x - wide * 0.2, y)
    opened.page.mouse.down()
    opened.page.mouse.move(x + wide * 0.2, y, steps=3)
    opened.page.mouse.up()


def test_days_are_brushed_by_the_keyboard(opened: Opened) -> None:
    opened.page.focus("#handle-from")
    before = opened.page.get_attribute("#handle-from", "aria-valuetext")
    for _ in range(3):
        opened.page.keyboard.press("ArrowRight")
    assert opened.page.get_attribute("#handle-from", "aria-valuenow") == "3"
    assert opened.page.get_attribute("#handle-from", "aria-valuetext") != before
    assert opened.page.evaluate("document.activeElement.id") == "handle-from"
    opened.page.keyboard.press("Home")
    assert opened.asks("page.state.get().filters.from") is None


@pytest.mark.parametrize(
    ("box", "value", "question"),
    [
        ("#modalities-denied", None, "event.modality !== 'denied'"),
        ("#kinds-person", None, "event.parties.some((party) => page.graph.actors[party].kind !== 'person')"),
        ("#least", "2", "event.corroboration >= 2"),
        ("#outlet", "Lakeside Tribune", "event.outlets.includes('Lakeside Tribune')"),
    ],
)
def test_filter_leaves_what_fits(opened: Opened, box: str, value: str | None, question: str) -> None:
    if value is None:
        opened.page.uncheck(box)
    else:
        opened.page.select_option(box, value)
    fitting = opened.asks(f"page.graph.events.filter((event) => {question}).length")
    assert 0 < opened.asks("page.fits().length") == fitting < opened.asks("page.graph.events.length")


def test_type_is_filtered(opened: Opened) -> None:
    opened.page.click("summary#types")
    opened.page.uncheck("#types-CONSULT")
    assert opened.asks("page.fits().length") == opened.asks(
        "page.graph.events.filter(({type}) => type !== 'CONSULT').length"
    )
    assert opened.page.evaluate("document.activeElement.id") == "types-CONSULT"


def test_map_leads_to_the_events_of_a_place(opened: Opened) -> None:
    opened.page.click("#tab-map")
    opened.page.locator(".place[aria-label*='Helsinki']").press("Enter")
    assert opened.heading() == "Helsinki, Finland"
    assert "Helsinki" in opened.page.locator(".panel article.event").first.inner_text()


def test_timeline_leads_to_the_events_of_a_time(opened: Opened) -> None:
    opened.page.click("#tab-timeline")
    opened.page.locator(".moment[aria-label^='Consult']").first.click()
    assert opened.heading().startswith("Consult, ")
    assert opened.page.locator(".panel article.event").count() > 0


def test_table_tells_every_event(opened: Opened) -> None:
    opened.page.click("#tab-table")
    while opened.page.locator(".table .more").is_visible():
        opened.page.click(".table .more")
    assert opened.page.locator("tbody tr").count() == opened.asks("page.graph.events.length")
    opened.page.locator("tbody button").first.click()
    assert opened.page.locator(".panel article.event").count() == 1


def test_keyboard_goes_from_neighbour_to_neighbour(opened: Opened) -> None:
    opened.page.focus(".picture")
    opened.page.keyboard.press("Enter")
    first = opened.asks("page.state.get().selected.key")
    for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
        opened.page.keyboard.press(key)
    second = opened.asks("page.state.get().selected.key")
    assert opened.page.locator("[role=status]").inner_text().startswith("\u2068")
    opened.page.keyboard.press("t")
    assert second in opened.asks("page.state.get().selected.key.split('|')")
    opened.page.keyboard.press("Escape")
    assert opened.asks("page.state.get().selected") is None
    assert first


def test_tabs_are_reached_by_arrows(opened: Opened) -> None:
    opened.page.focus("#tab-network")
    for view in (*VIEWS[1:], VIEWS[0]):
        opened.page.keyboard.press("ArrowRight")
        assert opened.page.evaluate("document.activeElement.id") == f"tab-{view}"
        assert opened.page.locator(f"#view-{view}").is_visible()


def test_conflict_is_told_apart_without_colour(opened: Opened) -> None:
    looks = opened.asks(
        "page.parts.stage.net.renderer.getGraph().mapEdges((key, {look, tie}) => [tie.quad, tie.stand, look.join('')])"
    )
    patterns: dict[str, set[str]] = {}
    for quad, stand, look in looks:
        patterns.setdefault(look, set()).add(f"{quad} {stand}")
    assert len({quad for quad, _, _ in looks}) >= 4
    assert [
        told for told in patterns.values() if len(told) > 1 and told != {"material-cooperation fact", "neutral fact"}
    ] == []


def test_opening_an_actor_brings_in_what_lies_around(opened: Opened) -> None:
    more = """{
      about: {}, places: [], papers: [{outlet: "Coast Radio"}],
      actors: [{id: "new-one", label: "New One", kind: "person"}, {id: given[0], label: "", kind: "person"}],
      events: [{id: "new:e1", type: "CONSULT", quad: "verbal-cooperation", sources: [0], targets: [1],
        papers: [0]}],
      quotes: [[[["New One ", "met", " her."]]]],
    }"""
    opened.asks(f"(page.options.more = async () => ({more}), page.open(given[0]))", "maria-butina")
    wait_until(opened.page, "kgPage.page.state.get().scope.kind === 'actor'")
    assert "new-one" in opened.asks("page.parts.stage.chosen.dots.map(({key}) => key)")
    opened.press(opened.dot("new-one"))
    assert opened.page.locator(".panel blockquote").inner_text().startswith("New One met her.\n\nCoast Radio")
    assert opened.page.locator(".panel mark").inner_text() == "met"


def test_communities_open(browser: "Browser", tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_told, "MOST_DRAWN", 100)
    monkeypatch.setattr(_told._layout, "MOST_SPRUNG", 50)
    path = tmp_path / "many.html"
    path.write_text(html.page(_told.told(events(300, 600))), "utf-8")
    opened = Opened(browser, path)
    first = opened.asks("page.parts.stage.chosen.dots[0]")
    assert first["kind"] == "community"
    opened.press(opened.dot(first["key"]))
    assert opened.heading().startswith("Around ")
    spot = opened.dot(first["key"])
    opened.page.wait_for_timeout(400)
    opened.page.mouse.dblclick(spot["x"], spot["y"])
    assert opened.page.locator("#back").is_visible()
    assert opened.asks("page.parts.stage.chosen.total") <= first["members"]
    assert {dot["kind"] for dot in opened.asks("page.parts.stage.chosen.dots")}.isdisjoint({"community"})
    opened.page.click("#back")
    opened.page.click("#search")
    opened.page.keyboard.type(opened.asks("page.graph.actors[0].label"))
    opened.page.keyboard.press("Enter")
    assert opened.asks("page.state.get().scope.kind") == "actor"
    assert opened.said == []
    opened.context.close()


def test_page_without_events_says_so(browser: "Browser", tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(html.page(_told.told([])), "utf-8")
    opened = Opened(browser, path)
    for view in VIEWS:
        opened.page.click(f"#tab-{view}")
    assert "No event fits" in opened.page.locator(".panel").inner_text()
    assert opened.said == []
    opened.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nobody_is_kept_out(browser: "Browser", seeds: Path, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    opened = Opened(browser, seeds, color_scheme=scheme)
    opened.asks("page.state.set({ filters: { ...page.state.get().filters, least: 2 } })")
    for view, chosen in ((VIEWS[0], None), *((view, "vladimir-putin") for view in VIEWS)):
        opened.page.click(f"#tab-{view}")
        if chosen:
            opened.asks("page.choose(given[0])", chosen)
        found = Axe().run(opened.page).response["violations"]
        grave = [
            f"{each['id']}: {each['nodes'][0]['html'][:150]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]
        assert grave == [], view
    opened.context.close()


def test_theme_follows_the_system_and_the_button(browser: "Browser", seeds: Path) -> None:
    opened = Opened(browser, seeds, color_scheme="dark")
    assert opened.page.get_attribute("html", "data-theme") == "dark"
    opened.page.click("#theme")
    assert opened.page.get_attribute("html", "data-theme") == "light"
    assert (
        opened.page.evaluate("getComputedStyle(document.querySelector('.panel')).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    opened.context.close()


def test_network_is_on_paper(opened: Opened) -> None:
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    inked = """() => {
      const copy = document.querySelector(".on-paper canvas");
      const { data } = copy.getContext("2d").getImageData(0, 0, copy.width, copy.height);
      return data.filter((value, at) => at % 4 === 3 && value > 100).length;
    }"""
    assert opened.page.evaluate(inked) > 5_000


def test_texts_that_mean_harm_do_none(browser: "Browser", hostile: Path) -> None:
    opened = Opened(browser, hostile)
    for actor in opened.asks("page.graph.actors.map(({id}) => id)"):
        opened.asks("page.choose(given[0])", actor)
    for view in VIEWS:
        opened.page.click(f"#tab-{view}")
        opened.asks("page.choose(page.graph.actors[0].id)")
    opened.page.fill("#search", "<img")
    opened.page.wait_for_timeout(100)
    assert opened.said == []
    assert opened.requests == [opened.address]
    assert opened.page.locator("img, script:not(#data) ~ script ~ script, [onclick], [onmouseover]").count() == 0
    hrefs = opened.page.eval_on_selector_all("a", "links => links.map((link) => link.protocol)")
    assert set(hrefs) <= {"http:", "https:"}
    assert opened.page.locator("h1 bdi").inner_text() == "</title><script>alert(3)</script>"
    opened.context.close()


def test_links_are_of_the_web_alone(browser: "Browser", hostile: Path) -> None:
    opened = Opened(browser, hostile)
    seen = set()
    for actor in opened.asks("page.graph.actors.map(({id}) => id)"):
        opened.asks("page.choose(given[0])", actor)
        seen |= set(
            opened.page.eval_on_selector_all(
                "blockquote footer", "all => all.map((each) => each.textContent + each.querySelectorAll('a').length)"
            )
        )
    assert any("Two presidents" in text and text.endswith("0") for text in seen)
    opened.context.close()


def test_names_written_from_right_to_left_stay_by_themselves(browser: "Browser", hostile: Path) -> None:
    opened = Opened(browser, hostile)
    opened.asks("page.choose(page.graph.actors[0].id)")
    assert opened.page.locator(".panel h2 bdi").evaluate("(name) => getComputedStyle(name).unicodeBidi") == "isolate"
    outside = """() => [...document.querySelectorAll("#kg *")].flatMap((each) => [...each.childNodes])
      .filter((node) => node.nodeType === 3 && node.data.includes("\\u202e"))
      .filter((node) => !node.parentElement.closest("bdi") && !node.data.includes("\\u2068")).length"""
    assert opened.page.evaluate(outside) == 0
    opened.context.close()
