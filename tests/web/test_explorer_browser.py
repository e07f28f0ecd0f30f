"""The explorer as people use it: a real Chromium over a running `kg serve` on the sample articles."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from asking.hand_made import records
from axe_playwright_python.sync_playwright import Axe
from chromium import SLOW_DRIVER, chromium, wait_until
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect
from web_runs import Api, Place, showing

from kg.pipeline import extract, load
from kg.shelf import folder as shelf
from kg.sources import read
from kg.stores.embedded import EmbeddedStore

LONG = 60_000  # milliseconds, on a busy machine
HELSINKI = "/article/https%3A%2F%2Fnorthern-courier.example%2F2018%2F07%2F16%2Fputin-trump-helsinki"


@dataclass
class Seen:
    """A tab, every address that it asked for, and every complaint that it made."""

    page: Page
    address: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a download, or a search of which the next letter was typed
            self.complaints.append(f"{request.url}: {request.failure}")

    def _said(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning") and SLOW_DRIVER not in said.text:
            self.complaints.append(said.text)

    def open(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Place:
    path = tmp_path_factory.mktemp("seeds") / "store"
    with EmbeddedStore(path) as store:
        store.prepare()
        load(store, extract(read([str(shelf("seeds"))])))
    return Place(str(path))


@pytest.fixture(scope="module")
def running(seeds: Place) -> Iterator[Api]:
    with showing(seeds) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 1280, "height": 900})
    found.set_default_timeout(LONG)
    yield found
    found.close()


@pytest.fixture
def tab(context: BrowserContext, running: Api) -> Iterator[Seen]:
    """A tab that must not complain, and must ask nobody but this machine."""
    seen = Seen(context.new_page(), running.address)
    yield seen
    assert seen.complaints == []
    assert {urlsplit(url).hostname for url in seen.asked} == {"127.0.0.1"}


@pytest.fixture
def plain(browser: Browser, running: Api) -> Iterator[Seen]:
    """A tab without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(LONG)
    seen = Seen(context.new_page(), running.address)
    yield seen
    assert seen.complaints == []
    assert not any("htmx" in url for url in seen.asked)
    context.close()


def test_reader_goes_from_a_name_to_the_words_that_say_so(tab: Seen) -> None:
    page = tab.open("/")
    page.get_by_role("searchbox").press_sequentially("putin", delay=20)
    page.locator("#live").get_by_role("link", name="Vladimir Putin", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vladimir Putin")
    page.get_by_label("From", exact=True).fill("2018-07-01")
    page.get_by_label("To", exact=True).fill("2018-07-31")
    page.get_by_label("Quad class").select_option("conflict")
    page.wait_for_url(re.compile(r"quad=conflict"))
    expect(page.locator("#events h2")).to_contain_text("(5)")
    expect(page.locator("#events article.event").first).to_have_class(re.compile("conflict"))
    assert page.locator("#events .chip.quad").all_inner_texts() == [
        text for text in page.locator("#events .chip.quad").all_inner_texts() if "conflict" in text
    ]
    page.go_back()
    expect(page.locator("#events h2")).not_to_contain_text("(5)")
    expect(page.get_by_role("heading", level=1)).to_have_text("Vladimir Putin")
    page.go_forward()
    expect(page.locator("#events h2")).to_contain_text("(5)")
    expect(page.get_by_role("searchbox")).to_be_visible()
    page.locator("#events a.words").first.click()
    expect(page.locator(".telling mark").first).to_be_visible()
    page.locator(".telling figcaption a").first.click()
    target = page.locator(".prose :target")
    expect(target).to_be_in_viewport()
    expect(page.locator(".prose a.m-event").first).to_be_visible()


def test_page_of_an_article_marks_what_was_read(tab: Seen) -> None:
    page = tab.open(HELSINKI)
    actor = page.locator(".prose a.m-actor").first
    before = actor.evaluate("node => getComputedStyle(node).backgroundColor")
    page.get_by_label("actor", exact=True).uncheck()
    assert actor.evaluate("node => getComputedStyle(node).backgroundColor") != before
    trigger = page.locator(".prose a.m-event").first
    expect(trigger).to_have_text("discussed")
    expect(trigger).to_have_attribute("title", re.compile("event: CONSULT Vladimir Putin and Donald Trump"))
    trigger.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Vladimir Putin and Donald Trump")


def test_outlets_are_compared(tab: Seen) -> None:
    page = tab.open(f"{HELSINKI}")
    page.locator(".event-line a.words", has_text="discussed").first.click()
    page.get_by_role("link", name="Compare outlets").click()
    page.get_by_label("The other").select_option("Meridian Wire")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("columnheader", name="Meridian Wire")).to_be_visible()
    expect(page.locator("tr.differs")).not_to_have_count(0)


def test_question_is_asked_with_its_form_and_taken_home(tab: Seen) -> None:
    page = tab.open("/queries")
    page.get_by_role("link", name="Who accused whom of what").click()
    page.get_by_label("Other", exact=True).press_sequentially("Butin", delay=20)
    expect(page.locator("#l-other option").first).to_have_attribute("value", "Maria Butina")
    page.get_by_label("Other", exact=True).fill("Maria Butina")
    page.get_by_role("main").get_by_role("button", name="Ask").click()
    expect(page.locator("tbody tr").first).to_contain_text("Maria Butina")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV").click()
    assert Path(str(taken.value.path())).read_text("utf-8").startswith("accuser,accused,")


def test_question_in_english_is_answered(tab: Seen) -> None:
    page = tab.open("/")
    page.get_by_label("Ask in plain English").fill("Who accused Maria Butina?")
    page.get_by_role("main").get_by_role("button", name="Ask").click()
    expect(page.get_by_text("who_accused_whom")).to_be_visible()
    expect(page.locator("tbody tr").first).to_contain_text("Maria Butina")


def test_live_search_keeps_to_the_last_word_typed(tab: Seen) -> None:
    page = tab.open("/")
    page.get_by_role("searchbox").press_sequentially("helsinki", delay=10)
    expect(page.locator("#live")).to_contain_text("Helsinki")
    page.get_by_role("searchbox").fill("xyzzy")
    expect(page.locator("#live")).to_have_text(re.compile("Nothing found for .xyzzy."))
    page.get_by_role("searchbox").fill("")
    expect(page.locator("#live .hits")).to_have_count(0)


def test_picture_opens_around_an_actor(tab: Seen) -> None:
    page = tab.open("/graph?actor=Maria+Butina")
    wait_until(page, "performance.getEntriesByName('kg-ready').length")
    before = page.evaluate("kgPage.mount && document.querySelector('#kg').textContent.includes('Maria Butina')")
    assert before
    page.get_by_role("link", name="Busiest pairs").click()
    wait_until(page, "performance.getEntriesByName('kg-ready').length")
    page.get_by_role("combobox", name="Find an actor").or_(page.get_by_role("searchbox")).first.fill("Butina")
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2").first).to_contain_text("Maria Butina")
    expect(page.locator(".panel blockquote, .panel q, .panel mark").first).to_be_visible()


def test_without_javascript_everything_can_be_reached(plain: Seen) -> None:
    page = plain.open("/")
    page.get_by_role("searchbox").fill("putin")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("main").get_by_role("link", name="Vladimir Putin", exact=True).click()
    page.get_by_label("Quad class").select_option("conflict")
    page.get_by_label("From", exact=True).fill("2018-07-01")
    page.get_by_label("To", exact=True).fill("2018-07-31")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#events h2")).to_contain_text("(5)")
    page.locator("#events a.words").first.click()
    page.locator(".telling h3 + p a").first.click()
    expect(page.locator(".prose .m-event").first).to_be_visible()
    page.get_by_role("link", name="Ask", exact=True).click()
    page.get_by_label("Question").fill("Who accused Maria Butina?")
    page.get_by_role("main").get_by_role("button", name="Ask").click()
    expect(page.locator("tbody tr").first).to_contain_text("Maria Butina")


def test_two_are_judged_to_be_the_same(context: BrowserContext, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        store.prepare()
        store.put(records())
    file = tmp_path / "judged.jsonl"
    with showing(Place(str(tmp_path / "store")), KG_JUDGEMENTS=str(file)) as judging:
        page = Seen(context.new_page(), judging.address).open("/review")
        pairs = page.locator("section.candidates")
        expect(pairs.first).to_contain_text("John Smith")
        count = pairs.count()
        page.get_by_role("button", name=re.compile("Same.*John Smith and John Smith")).click()
        expect(page.get_by_role("status")).to_contain_text("kg undo")
        expect(pairs).to_have_count(count - 1)
        page.goto(f"{judging.address}/search?q=john+smith")
        expect(page.locator(".people li")).to_have_count(1)
    assert '"verdict":"same"' in file.read_text()


PAGES: dict[str, Callable[[Page], object]] = {
    "/": lambda page: page.get_by_role("heading", name="Latest events"),
    "/search?q=putin": lambda page: page.get_by_role("heading", name="Actors"),
    "/actor/vladimir-putin": lambda page: page.get_by_role("heading", name="With whom most"),
    "/actor/nobody": lambda page: page.get_by_role("alert"),
    "/events?quad=conflict&page=2": lambda page: page.get_by_text("Page 2"),
    HELSINKI: lambda page: page.get_by_role("heading", name="What it tells"),
    "/queries": lambda page: page.get_by_role("heading", name="Timeline"),
    "/queries/timeline?actor=Putin": lambda page: page.get_by_role("heading", name="Answer"),
    "/ask?q=Who+accused+Maria+Butina%3F": lambda page: page.get_by_role("heading", name="Answer"),
    "/ask?q=Who+frobnicated+Putin%3F": lambda page: page.get_by_role("alert"),
    "/review": lambda page: page.get_by_role("heading", name="Who is the same?"),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_page_can_be_read_by_all(browser: Browser, running: Api, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(running.address + path)
    expect(PAGES[path](page)).to_be_visible()
    assert serious(page) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_of_events_can_be_read_by_all(browser: Browser, running: Api, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(running.address + HELSINKI)
    page.locator(".event-line a.words", has_text="discussed").first.click()
    assert serious(page) == []
    page.get_by_role("link", name="Compare outlets").click()
    assert serious(page) == []
    context.close()


def test_narrow_screen_holds_the_page(browser: Browser, running: Api) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("/", "/actor/vladimir-putin", HELSINKI, "/queries/timeline?actor=Putin", "/review"):
        page.goto(running.address + path)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0, path
    context.close()


def serious(page: Page) -> list[str]:
    """Return what axe finds serious or critical."""
    found = [each for each in Axe().run(page).response["violations"] if each["impact"] in ("serious", "critical")]
    return [f"{each['id']}: {each['nodes'][0]['html'][:200]}" for each in found]
