"""Static pictures: legible, the same every time, and nothing in a name is more than letters."""

import io
import re
import sys
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from matplotlib.image import imread

from kg.asking.parts import Happening, Part, Party, Role, select
from kg.asking.wording import plain
from kg.errors import KgError, UsageError
from kg.exports import _drawn_curve, _drawn_network, _drawn_timeline
from kg.exports._pictures import PICTURES, draw
from kg.exports._seen import NOTHING, NOTHING_BETWEEN, NOTHING_DATED, Seen, center, seen
from kg.exports._sheet import BLUE, RED, SMALL, wide, wrapped
from kg.stores.base import Store

ODD = "$x_1$ ^ \u202eabc\u202c \x0b 漢字 <b>bold</b> שלום a\\b {c} %d"
A4 = (595.3, 841.9)


@pytest.fixture(scope="module")
def everything(part: Part) -> Seen:
    return seen(part)


@pytest.fixture(scope="module")
def nothing(embedded: Store) -> Seen:
    return seen(select(embedded, parameters={"from": "1900-01-01", "to": "1900-01-02"}))


def drawn(found: Seen, picture: str, form: str = "svg") -> bytes:
    out = io.BytesIO()
    draw(found, out, picture, form)
    return out.getvalue()


def texts(data: bytes) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(data).iter("{http://www.w3.org/2000/svg}text")]


def told(data: bytes) -> str:
    return " ".join(texts(data))


def named(found: Seen, name: str) -> Seen:
    """Return events with all parties renamed."""

    def roles(given: tuple[Role, ...]) -> tuple[Role, ...]:
        return tuple(replace(role, party=replace(role.party, name=name)) for role in given)

    events = (replace(each, sources=roles(each.sources), targets=roles(each.targets)) for each in found.events)
    return replace(found, events=tuple(events))


def crowd(found: Seen, size: int) -> Seen:
    """Return a circle of so many actors, each of whom did something to the next two."""
    parties = [
        Party(f"p{number:02}", f"The Right Honourable Number {number}", "person", "", "") for number in range(size)
    ]
    model = next(each for each in found.events if each.quad == "verbal-conflict")
    events = tuple(
        replace(model, id=f"e{at}-{step}", sources=(Role(one, ""),), targets=(Role(parties[(at + step) % size], ""),))
        for at, one in enumerate(parties)
        for step in (1, 2)
    )
    return replace(found, events=events)


@pytest.mark.parametrize("picture", PICTURES)
def test_picture_fits_a_page_in_letters_of_eight_points(everything: Seen, picture: str) -> None:
    data = drawn(everything, picture)
    root = ElementTree.fromstring(data)
    width, height = (float(root.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    assert width <= A4[0]
    assert height <= A4[1]
    sizes = [float(size) for size in re.findall(rb"font-size: ([\d.]+)px", data)]
    assert len(sizes) == len(texts(data))
    assert min(sizes) >= SMALL


@pytest.mark.parametrize(
    ("picture", "form"),
    [("network", "svg"), ("timeline", "svg"), ("curve", "svg"), ("network", "png"), ("curve", "pdf")],
)
def test_same_events_give_the_same_bytes_without_a_day(everything: Seen, picture: str, form: str) -> None:
    data = drawn(everything, picture, form)
    assert data == drawn(everything, picture, form)
    for mark in (b"CreationDate", b"dc:date", b"tIME"):
        assert mark not in data


@pytest.mark.parametrize("picture", PICTURES)
def test_caption_tells_selection_outlets_and_versions(everything: Seen, picture: str) -> None:
    words = told(drawn(everything, picture))
    for part in (
        "Selection: modality all. 13 events from 3 outlets: Harbour Post, Northern Wire, Letters & <b>Co</b>",
        "Among them, not told as facts: 2 denied, 1 possible.",
        "model hand 1.0, codebook aaaaaaaaaaaaaaaa, tables bbbbbbbbbbbbbbbb",
    ):
        assert part in words


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_nothing_found_is_a_picture_that_says_so(nothing: Seen, picture: str, form: str) -> None:
    data = drawn(nothing, picture, form)
    assert data.startswith({"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}[form])
    if form == "svg":
        assert NOTHING in texts(data)


@pytest.mark.parametrize(
    ("picture", "told"), [("timeline", NOTHING_DATED), ("curve", NOTHING_DATED), ("network", NOTHING_BETWEEN)]
)
def test_events_that_cannot_be_drawn_are_not_denied(everything: Seen, picture: str, told: str) -> None:
    odd = tuple(
        replace(event, first="", last="", date="", targets=(), symmetric=False) for event in everything.events[:2]
    )
    words = texts(drawn(replace(everything, events=odd), picture, "svg"))
    assert told in words
    assert NOTHING not in words


def test_png_is_read_and_pdf_holds_its_letters(everything: Seen) -> None:
    pixels = imread(io.BytesIO(drawn(everything, "timeline", "png")))
    assert pixels.shape[1] == 1500
    colours = {tuple(pixel) for pixel in (255 * pixels[::3, ::3, :3]).round().astype(int).reshape(-1, 3).tolist()}
    assert {tuple(bytes.fromhex(colour[1:])) for colour in (BLUE, RED, "#ffffff")} <= colours
    assert (pixels[0, 0, :3] == 1).all()
    assert b"/FontFile2" in drawn(everything, "network", "pdf")


@pytest.mark.parametrize("picture", ["network", "timeline"])
@pytest.mark.parametrize("form", ["svg", "png", "pdf"])
def test_names_are_letters_and_no_formulas(everything: Seen, picture: str, form: str) -> None:
    data = drawn(named(everything, ODD), picture, form)
    if form == "svg":
        root = ElementTree.fromstring(data)
        assert {each.tag.split("}")[1] for each in root.iter()}.isdisjoint({"script", "b", "img", "image", "a"})
        assert "$x_1$ ^ abc" in told(data)
        assert "\u202e" not in told(data)
        assert "漢字" in told(data)


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\ud800b", "a\u2066b\u2069"])
def test_controls_are_left_out(text: str) -> None:
    assert plain(text) == "ab"


def test_lines_are_no_wider_than_asked_for() -> None:
    text = "The Ministry of Foreign Affairs of the Russian Federation and Donaudampfschifffahrtsgesellschaftskapitän"
    assert all(wide(line) <= 90 for line in wrapped(text, 90))
    assert "".join(wrapped(text, 90)).replace(" ", "") == text.replace(" ", "")
    assert wrapped(text, 90, most=2)[-1].endswith("…")


@pytest.mark.parametrize("size", [3, 12, 40])
def test_labels_of_a_network_do_not_overlap(everything: Seen, size: int) -> None:
    found = crowd(everything, size)
    _, dots, bottom = _drawn_network._placed(found, _drawn_network._ties(found.events))
    assert bottom < A4[1] - 150
    boxes = [
        (*dot.at, dot.radius, max(wide(line) for line in dot.label) / 2, 10 * len(dot.label)) for dot in dots.values()
    ]
    assert len(boxes) > 2
    for (ax, ay, ar, aw, ah), (bx, by, br, bw, bh) in combinations(boxes, 2):
        beside = abs(ax - bx) >= max(aw, ar) + max(bw, br)
        above = ay + ar + ah <= by - br or by + br + bh <= ay - ar
        assert beside or above


def test_network_tells_how_many_are_left_out(everything: Seen) -> None:
    words = told(drawn(crowd(everything, 40), "network"))
    assert re.search(r"(\d+) actors with the most reports; (\d+) others left out", words)
    assert "left out" not in told(drawn(everything, "network"))


def test_lines_tell_tone_reports_and_direction(everything: Seen) -> None:
    ties = {(tie.ends, tie.tone): tie for tie in _drawn_network._ties(everything.events)}
    met = ties[("donald-trump", "vladimir-putin"), "cooperation"]
    assert (met.reports, met.acts) == (2, frozenset())
    blamed = ties[("angela-merkel", "donald-trump"), "conflict"]
    assert (blamed.reports, blamed.acts) == (1, {("angela-merkel", "donald-trump")})


def test_who_takes_part_in_all_stands_in_the_title(embedded: Store) -> None:
    found = seen(select(embedded, parameters={"actor": "Donald Trump"}))
    assert center(found) == ("donald-trump",)
    assert "With whom Donald Trump had to do" in texts(drawn(found, "network"))


def test_timeline_tells_days_parties_words_and_modality(everything: Seen) -> None:
    words = told(drawn(everything, "timeline"))
    for part in ("2018-07-01 to 2018-07-10", "Donald Trump –", "met ×2", "events without a date"):
        assert part in words


def test_timeline_keeps_to_a_page_and_tells_what_it_left_out(everything: Seen) -> None:
    found = crowd(everything, 60)
    sheet, height = _drawn_timeline.draw(found)
    assert (sheet.width, height) <= A4
    assert height <= A4[1]
    assert re.search(r"\d+ events told by fewer outlets, or known less well, left out", told(drawn(found, "timeline")))


def test_timeline_tells_what_is_no_fact(everything: Seen) -> None:
    assert "Hollow" not in told(drawn(everything, "timeline"))
    found = replace(everything, events=tuple(replace(each, modality="planned") for each in everything.events))
    words = told(drawn(found, "timeline"))
    assert "(planned)" in words
    assert "Hollow: not told as a fact" in words


def days(event: Happening, first: str, last: str, score: float | None) -> Happening:
    return replace(event, id=f"{event.id}{first}{score}", first=first, last=last, goldstein=score)


def test_curve_is_the_mean_of_each_step_and_joins_neighbours_alone(everything: Seen) -> None:
    one = everything.events[0]
    events = [
        days(one, "2018-01-03", "2018-01-03", 4.0),
        days(one, "2018-01-31", "2018-02-02", -1.0),
        days(one, "2018-02-10", "2018-02-10", None),
        days(one, "2018-02-11", "2018-02-11", -8.0),
        days(one, "2019-05-01", "2019-05-01", 3.0),
    ]
    assert _drawn_curve._step(events) == "month"
    bins = _drawn_curve._bins(_drawn_curve._axis("month", events), events)
    assert [(each.number, each.mean, sum(each.tones.values())) for each in bins] == [
        (0, 1.5, 2),
        (1, -8.0, 2),
        (16, 3.0, 1),
    ]
    assert [[each.number for each in run] for run in _drawn_curve._runs(bins)] == [[0, 1], [16]]


@pytest.mark.parametrize(("last", "step"), [("2018-05-01", "week"), ("2021-01-01", "month"), ("2049-01-01", "year")])
def test_curve_takes_the_step_that_the_days_want(everything: Seen, last: str, step: str) -> None:
    one = everything.events[0]
    found = replace(everything, events=(days(one, "2018-01-03", "2018-01-03", 1.0), days(one, last, last, 1.0)))
    assert f"Events a {step}" in texts(drawn(found, "curve"))


def test_curve_leaves_out_what_is_known_less_well_than_a_step(everything: Seen) -> None:
    one = everything.events[0]
    found = replace(
        everything,
        events=(
            days(one, "2018-01-03", "2018-01-03", 1.0),
            days(one, "2018-01-04", "2018-01-04", 1.0),
            days(one, "2018-01-01", "2018-12-31", 1.0),
            days(one, "", "", 1.0),
        ),
    )
    words = told(drawn(found, "curve"))
    assert "1 event known less well than to the week left out. 1 event without a date left out." in words


def test_unknown_picture_is_refused(everything: Seen) -> None:
    with pytest.raises(UsageError, match="no picture 'timelin'; did you mean timeline"):
        drawn(everything, "timelin")


@pytest.fixture
def without_matplotlib(monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.exports import _sheet

    _sheet._advance.cache_clear()
    _sheet._font.cache_clear()
    monkeypatch.setitem(sys.modules, "matplotlib", None)


@pytest.mark.usefixtures("without_matplotlib")
def test_missing_matplotlib_is_named(everything: Seen) -> None:
    with pytest.raises(KgError, match=r"matplotlib is not installed; get it with `pip install matplotlib`"):
        drawn(everything, "network")
