"""Reports: every sentence is of the graph and leads to the characters that assert it, whatever they hold."""

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import chain

import pytest
from markdown_it import MarkdownIt
from odd_records import SHOWN

from kg.asking import briefing
from kg.asking.briefing import Briefing, of_actors, of_event
from kg.asking.parts import read
from kg.asking.wording import plain
from kg.errors import MissingError, UsageError
from kg.reports import Page, forms, page
from kg.reports._cited import sources
from kg.reports._page import Section
from kg.stores.base import Store

NAMES = ("Vladimir Putin", "Angela Merkel", "Anatoly Antonov", "Nicolás Maduro", "kremlin", "fra")


def told(store: Store, name: str, **given: str) -> Page:
    return page(of_actors(store, name, **given))


def written(form: str, report: Page) -> str:
    return forms()[form].write(report)


def section(report: Page, heading: str) -> Section:
    return next((each for each in report.sections if each.heading == heading), Section(heading))


def texts(report: Page, heading: str) -> list[str]:
    return [item.text for item in section(report, heading).items]


def test_forms_are_the_modules_that_write() -> None:
    assert {name: form.ENDING for name, form in forms().items()} == {
        "bibtex": ".bib",
        "csl": ".json",
        "html": ".html",
        "md": ".md",
    }


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_leads_to_the_characters_that_assert_it(store: Store, name: str) -> None:
    report = told(store, name)
    items = list(chain.from_iterable(each.items for each in report.sections))
    assert items
    by_number = {note.number: note for note in report.notes}
    assert list(by_number) == list(range(1, len(by_number) + 1))
    for item in items:
        assert item.notes, item.text
        assert set(item.notes) <= by_number.keys()
    for note in report.notes:
        record = store.record(note.paper.id)
        assert record is not None
        assert note.text == plain(record.article.text[note.start : note.end])


def test_meeting_told_twice_is_one_sentence_with_its_voices(store: Store) -> None:
    (met,) = texts(told(store, "Vladimir Putin", other="Donald Trump"), "Timeline")
    assert met == (
        "2018-07-16 (day implied): Donald Trump – Vladimir Putin: “met” (CONSULT), in Helsinki, about referendum "
        "(told by 1 of 2 outlets); trade (told by 1 of 2 outlets). Told by Northern Wire. "
        "In Harbour Post according to Kremlin (asserts), Anatoly Antonov (asserts). "
        "2 outlets tell of the event independently."
    )


def test_pair_of_which_one_goes_meanwhile_is_left_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert of_actors(store, "fra").clashes
    monkeypatch.setattr(briefing, "read", lambda store, keys: read(store, list(keys)[1:]))
    assert of_actors(store, "fra").clashes == ()


def test_what_is_no_fact_is_told_as_what_it_is(store: Store) -> None:
    report = told(store, "Angela Merkel")
    assert texts(report, "Not told as facts") == [
        "Day not known: told as possible, not as a fact: Angela Merkel → Russia: “visit” (CONSULT, visit), in Moscow. "
        "Told by Harbour Post."
    ]
    assert not any("“visit”" in text for text in texts(report, "Timeline"))


def test_denials_name_who_denies_what(store: Store) -> None:
    denials = texts(told(store, "Anatoly Antonov"), "Denials")
    assert [text for text in denials if "“denied” (DENY)" in text] == [
        "Day not known: Anatoly Antonov: “denied” (DENY), about [(doer not told): “meddling” (ASSAULT), told as "
        "denied]. Told by Harbour Post."
    ]
    poisoned = texts(told(store, "rus"), "Denials")
    assert any("told as denied, not as a fact: Russia: “poisoned” (ASSAULT)" in text for text in poisoned)
    assert all("In rumours according to Kremlin (denies)." in text for text in poisoned if "poisoned" in text)


def test_what_is_told_here_and_denied_there_stands_together(store: Store) -> None:
    report = told(store, "Poland", other="France")
    (clash,) = section(report, "Told here, denied there").items
    fact, denial = clash.text.split(" Against it: ")
    assert fact.startswith("Told as a fact: 2018-05-02 (day implied): Poland → France: “accused” (ACCUSE)")
    assert "told as denied, not as a fact" in denial
    assert "In Meridian Wire according to Kremlin (denies)." in denial
    assert {report.notes[number - 1].paper.outlet for number in clash.notes} == {"Harbour Post", "Meridian Wire"}


def test_statements_are_words_or_the_sentences_that_report_them(store: Store) -> None:
    (direct,) = section(told(store, "Anatoly Antonov"), "Statements").items
    assert direct.text.startswith(
        "2018-07-19 (day implied): Anatoly Antonov, to Angela Merkel (“told”, word for word): “We "
    )
    (reported,) = texts(told(store, "kremlin"), "Statements")
    assert reported == (
        "Day not known: Kremlin (“insisted”, reported): “Russia poisoned nobody, the Kremlin insisted.”"
    )


def test_statements_of_two_actors_are_those_to_each_other(store: Store) -> None:
    assert len(texts(told(store, "Merkel", other="Antonov"), "Statements")) == 1
    assert texts(told(store, "Merkel", other="Maduro"), "Statements") == []


def test_numbers_are_those_of_the_events(store: Store) -> None:
    found = of_actors(store, "Donald Trump")
    figures = dict(section(page(found), "In numbers").figures)
    quads = Counter(event.quad for event in found.facts)
    assert figures["Events told as facts"] == str(len(found.facts)) == "3"
    assert figures["of these verbal cooperation"] == str(quads["verbal-cooperation"]) == "1"
    assert figures["of these verbal conflict"] == str(quads["verbal-conflict"]) == "1"
    assert figures["told by two outlets or more independently"] == "1"
    assert figures["2 outlets"] == "Harbour Post (2), Northern Wire (2)"
    assert figures["First and last day of facts"] == "2018-07-16, 2018-07-20"


def many(found: Briefing, number: int) -> Briefing:
    model = next(event for event in found.facts if event.corroboration == 1)
    events = [
        replace(model, id=f"x{at:03}", first=f"2018-01-{at % 28 + 1:02}", date="2018-01-01") for at in range(number)
    ]
    return replace(found, events=(*events, *(event for event in found.facts if event.corroboration > 1)))


def test_most_corroborated_events_stay_and_the_rest_is_counted(store: Store) -> None:
    report = page(many(of_actors(store, "Donald Trump"), 40))
    shown = section(report, "Timeline")
    assert len(shown.items) == 15
    assert sum("2 outlets tell of the event" in item.text for item in shown.items) == 1
    assert shown.left_out == (
        "26 events told by fewer outlets, without a day or less surely read left out; kg query timeline "
        "-p actor=donald-trump lists them."
    )


def test_report_on_an_event_tells_its_coding_and_accounts(store: Store) -> None:
    report = page(of_event(store, "harbour-post/1", "e1"))
    figures = dict(section(report, "How it is coded").figures)
    assert figures["Type"] == "CONSULT"
    assert figures["CAMEO"] == "040"
    assert figures["Outlets that tell of the event independently"] == "2"
    assert [text.split(":")[0] for text in texts(report, "Accounts")] == ["Northern Wire", "Harbour Post"]
    assert report.title == "Donald Trump – Vladimir Putin: “met” (CONSULT)"


@pytest.mark.parametrize(("article", "side"), [("told", "fact"), ("denied", "denial")])
def test_report_on_an_event_tells_who_contradicts_it(store: Store, article: str, side: str) -> None:
    found = of_event(store, article, "e1")
    (clash,) = found.clashes
    assert getattr(clash, side).id == found.event.id
    assert (clash.fact.article, clash.denial.article) == ("told", "denied")


def test_days_narrow_what_is_told(store: Store) -> None:
    report = told(store, "Donald Trump", first="2018-07-17", last="2018-07-31")
    assert [text[:24] for text in texts(report, "Timeline")] == ["2018-07-16 to 2018-07-20"]


def test_nobody_is_made_up(store: Store) -> None:
    with pytest.raises(UsageError, match=r"no actor 'Butinna'.*did you mean Maria Butina"):
        told(store, "Butinna")
    with pytest.raises(UsageError, match=r"may be Donald Trump .* or Ivanka Trump"):
        told(store, "Trump")
    with pytest.raises(UsageError, match="are both Vladimir Putin"):
        told(store, "Putin", other="vladimir-putin")
    with pytest.raises(MissingError, match="no event 'e99' in article 'rumours'"):
        of_event(store, "rumours", "e99")


@pytest.mark.parametrize("form", forms())
def test_no_event_is_said_and_no_error(store: Store, form: str) -> None:
    report = told(store, "Merkel", first="1900-01-01", last="1900-01-02")
    assert report.lead == "No event fits this selection."
    assert [each.heading for each in report.sections] == ["Who it is"]
    assert written(form, report)


@pytest.mark.parametrize("form", forms())
def test_same_graph_gives_the_same_report(store: Store, form: str) -> None:
    assert written(form, told(store, "Merkel")) == written(form, told(store, "angela-merkel"))


def test_foot_tells_selection_and_versions(store: Store) -> None:
    foot = told(store, "Merkel", first="2018-07-01").foot
    assert "actor Angela Merkel, from 2018-07-01, modality all" in foot
    assert "codebook aaaaaaaaaaaaaaaa" in foot


def test_markup_in_articles_is_text_in_markdown(store: Store) -> None:
    source = written("md", told(store, "Maduro"))
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = [inner for token in reader.parse(source) for inner in (token, *(token.children or ()))]
    assert {token.type for token in tokens} <= {
        "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special",
        "bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close", "list_item_open",
        "list_item_close", "link_open", "link_close",
    }  # fmt: skip
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert all(re.match(r"https://[a-z]+\.example/", link) for link in links)
    shown = "".join(token.content for token in tokens if token.type in ("text", "text_special"))
    assert shown.count(SHOWN) >= 4
    assert "\x0b" not in source
    assert "\u202e" not in source


@pytest.mark.parametrize(
    "beginning", ["- a", "+ a", "# a", "1. a", "12) a", "= a", "> a", "* a", "~~~ a", "``` a", "| a |"]
)
def test_name_that_begins_like_markup_is_text(beginning: str) -> None:
    from kg.reports import md

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(f"- {md._begun(beginning)}\n")
    assert [token.type for token in tokens if token.type.endswith("_open")] == [
        "bullet_list_open", "list_item_open", "paragraph_open",
    ]  # fmt: skip
    inline = next(token for token in tokens if token.type == "inline")
    assert "".join(child.content for child in inline.children or ()) == beginning


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_page_runs_nothing_and_fetches_nothing(store: Store) -> None:
    source = written("html", told(store, "Maduro"))
    elements = Elements(source)
    assert {tag for tag, _ in elements.found} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "table", "tr", "th", "td",
        "ul", "ol", "li", "a", "cite", "q", "footer",
    }  # fmt: skip
    assert not any(name.startswith("on") or name in ("src", "style") for _, given in elements.found for name in given)
    ids = {given["id"] for _, given in elements.found if "id" in given}
    for tag, given in elements.found:
        if tag == "a":
            assert str(given["href"]).startswith("https://") or str(given["href"]).removeprefix("#") in ids
    assert elements.text.count(SHOWN) >= 4
    policy = next(
        given["content"] for _, given in elements.found if given.get("http-equiv") == "Content-Security-Policy"
    )
    style = source.split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


ENTRY = re.compile(r"@(article|misc)\{([A-Za-z0-9-]+),\n(.*?)\n\}\n", re.DOTALL)
FIELD = re.compile(r"  ([a-z]+) = (\{.*\}|[a-z]{3}),?")
COMMANDS = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "{", r"\textbraceright{}": "}", r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^", r"\textless{}": "<", r"\textgreater{}": ">", r"\textbar{}": "|", r"\&": "&", r"\%": "%",
    r"\$": "$", r"\#": "#", r"\_": "_",
}  # fmt: skip


def read_bibtex(source: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Return kind and fields of each entry by its key; a strict reader, for the form that is written here alone."""
    found = {}
    assert ENTRY.sub("", source).strip() == ""
    for kind, key, body in ENTRY.findall(source):
        assert key not in found
        fields = {}
        for line in body.split("\n"):
            match = FIELD.fullmatch(line)
            assert match, line
            assert balanced(match[2]), line
            fields[match[1]] = match[2]
        found[key] = (kind, fields)
    return found


def balanced(value: str) -> bool:
    """Tell whether braces are closed where they were opened, as BibTeX counts them: those after a backslash too."""
    depth = 0
    for at, sign in enumerate(value):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0 or (depth == 0 and at < len(value) - 1 and value[0] == "{"):
            return False
    return depth == 0


def meant(value: str) -> str:
    """Return what TeX makes of a field; refuse a sign that it would take for a command."""
    inner = value.removeprefix("{").removesuffix("}")
    inner = inner[1:-1] if inner.startswith("{") else inner
    pieces = re.split("(" + "|".join(map(re.escape, COMMANDS)) + ")", inner)
    assert not any(re.search(r"[\\{}~^&%$#_<>|]", piece) for piece in pieces[::2])
    return "".join(COMMANDS.get(piece, piece) for piece in pieces)


@pytest.mark.parametrize("name", NAMES)
def test_bibtex_is_read_by_a_strict_reader(store: Store, name: str) -> None:
    report = told(store, name)
    entries = read_bibtex(written("bibtex", report))
    assert list(entries) == [source.key for source in sources(report)]
    for source in sources(report):
        kind, fields = entries[source.key]
        assert kind == ("article" if source.paper.outlet else "misc")
        assert meant(fields["title"]) == plain(source.paper.headline or source.paper.id)
        assert meant(fields["note"]).count("characters ") >= len(source.notes)
        for note in source.notes:
            assert f"characters {note.start}-{note.end}: “{note.text}”" in meant(fields["note"])


def test_bibtex_tells_day_and_address(store: Store) -> None:
    entries = read_bibtex(written("bibtex", told(store, "Merkel")))
    (fields,) = (fields for key, (_, fields) in entries.items() if key.startswith("harbour-post-2018-"))
    assert (fields["year"], fields["month"], fields["date"]) == ("{2018}", "jul", "{2018-07-20}")
    assert fields["url"] == "{https://harbour.example/1}"
    (odd,) = (
        fields
        for _, fields in read_bibtex(written("bibtex", told(store, "Maduro"))).values()
        if "evil" in str(fields.get("url"))
    )
    assert odd["url"] == "{https://evil.example/%3Cx%3E%20%7Dy%7B%5Cz%}"
    assert meant(odd["journal"]) == SHOWN


@pytest.mark.parametrize("name", NAMES)
def test_csl_items_are_as_the_schema_wants_them(store: Store, name: str) -> None:
    report = told(store, name)
    items = json.loads(written("csl", report))
    assert [item["id"] for item in items] == [source.key for source in sources(report)]
    for item in items:
        assert item["type"] == "article-newspaper"
        assert item.keys() <= {"id", "type", "title", "container-title", "URL", "language", "issued", "note"}
        assert all(isinstance(item[key], str) for key in item.keys() - {"issued"})
        for parts in item.get("issued", {"date-parts": []})["date-parts"]:
            assert 1 <= len(parts) <= 3
            assert all(type(part) is int for part in parts)
        assert re.match(r"characters \d+-\d+: “", item["note"])


def test_csl_tells_day_outlet_and_no_address_that_is_none(store: Store) -> None:
    by_outlet = {item.get("container-title"): item for item in json.loads(written("csl", told(store, "Putin")))}
    assert by_outlet["Harbour Post"]["issued"] == {"date-parts": [[2018, 7, 20]]}
    assert by_outlet["Harbour Post"]["URL"] == "https://harbour.example/1"
    assert "URL" not in by_outlet["Northern Wire"]
    (odd,) = (
        item for item in json.loads(written("csl", told(store, "Maduro"))) if item.get("container-title") == SHOWN
    )
    assert (odd["title"], odd["URL"]) == (SHOWN, "https://evil.example/<x>%20}y{\\z%")
