"""The blocks of an article."""

from datetime import date

import pytest

from kg.reading.capitals import recased
from kg.reading.layout import blocks, readable
from kg.reading.model import parsed

TEXT = """The ministers met on Tuesday.

Glad to be in Oslo. — Ane Berg (@aneberg) March 5, 2019

The ministers outside the town hall (Per Lund/NTB)

They left late."""


def test_posts_and_captions_are_told_from_paragraphs() -> None:
    found = blocks(TEXT)
    assert [block.kind for block in found] == ["paragraph", "post", "caption", "paragraph"]


def test_post_knows_its_author_handle_and_day() -> None:
    post = blocks(TEXT)[1]
    assert post.author is not None
    assert post.handle is not None
    assert TEXT[slice(*post.author)] == "Ane Berg"
    assert TEXT[slice(*post.handle)] == "@aneberg"
    assert post.day == date(2019, 3, 5)
    assert TEXT[post.start : post.body_end] == "Glad to be in Oslo."


def test_white_space_around_blocks_is_left_out() -> None:
    (block,) = blocks("\n\n  One line.  \n\n")
    assert "\n\n  One line.  \n\n"[block.start : block.end] == "One line."


def test_dateline_is_no_part_of_the_first_sentence() -> None:
    text = "OSLO, May 3 (North Wire) — The ministers met."
    (block,) = blocks(text)
    assert text[block.body_start :] == "The ministers met."


@pytest.mark.parametrize(
    ("kind", "aside"),
    [
        ("byline", "By Ada Lind"),
        ("byline", "By Ada Lind and Per Berg"),
        ("byline", "BY ADA LIND"),
        ("byline", "By Ada van Lind, North Wire political editor"),
        ("tail", "(Reporting by Ada Lind and Per Berg; Editing by Eva Moe)"),
        ("tail", "Additional reporting by Ada Lind in Oslo"),
        ("tail", "North Wire writers Ada Lind in Oslo and Per Berg contributed to this report."),
        ("credit", "REUTERS/Ada Lind"),
        ("credit", "Image copyright North Pictures"),
        ("credit", "Photograph: Ada Lind/North Wire"),
        ("link", "Read more: Envoy leaves Oslo as talks fail"),
        ("link", "RELATED: Envoy leaves Oslo"),
        ("link", "Read more\n\n- Envoy leaves Oslo\n\n- Talks fail"),
        ("link", "Sign up for our newsletter"),
    ],
)
def test_asides_are_blocks_of_their_own_that_nobody_reads(kind: str, aside: str) -> None:
    text = f"The ministers met.\n\n{aside}\n\nThey left late."
    assert [block.kind for block in blocks(text)] == ["paragraph", kind, "paragraph"]
    assert readable(text).split() == "The ministers met. They left late.".split()
    assert len(readable(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "By Friday, ministers will decide",
        "By then the envoy had left Oslo.",
        "Related parties were heard by the court.",
        "Reporting by the commission shows that the envoy lied.",
        "Watch what the envoy does.",
        "The minister met the envoy (left) in Oslo.",
    ],
)
def test_text_that_begins_like_an_aside_is_read(text: str) -> None:
    assert [block.kind for block in blocks(text)] == ["paragraph"]
    assert readable(text) == text


def test_aside_within_a_paragraph_is_cut_off() -> None:
    text = "The ministers met. (Reporting by Ada Lind; editing by Per Berg)"
    assert [block.kind for block in blocks(text)] == ["paragraph", "tail"]
    text = "Image copyright North Pictures Image caption The ministers met"
    assert readable(text).strip() == "The ministers met"


@pytest.mark.parametrize(
    "text",
    [
        "He wrote:\n\nGlad to be here.\n\nSo glad! — Ane Berg (@aneberg) March 5, 2019",
        "Ane Berg ✔ @aneberg March 5, 2019\n\nGlad to be here.",
        "@aneberg (March 5, 2019): Glad to be here.",
        "Glad to be here.\n\n— Ane Berg (@aneberg) March 5, 2019",
    ],
)
def test_post_begins_after_its_header_and_ends_before_its_signature(text: str) -> None:
    post = next(block for block in blocks(text) if block.kind == "post")
    assert text[post.body_start : post.body_end] == "Glad to be here."
    assert post.day == date(2019, 3, 5)
    assert post.handle is not None
    assert text[slice(*post.handle)] == "@aneberg"


def test_handle_of_who_wrote_the_article_leads_to_no_post() -> None:
    assert {block.kind for block in blocks("Ane Berg @aneberg\n\nThe ministers met.")} == {"paragraph"}


def test_items_of_a_list_are_blocks() -> None:
    text = "The ministers met:\n• in Oslo\n• in Bergen"
    assert [text[block.start : block.end] for block in blocks(text)][1:] == ["• in Oslo", "• in Bergen"]


def test_headline_in_capitals_is_read_in_the_case_of_the_text() -> None:
    text = "NORTH ENVOY LEAVES IRAN AS EU MEETS\n\nThe North sent an envoy. The EU met in May."
    assert recased(text) == "North envoy leaves Iran as EU meets\n\nThe North sent an envoy. The EU met in May."


@pytest.mark.parametrize("text", ["ENVOY LEAVES OSLO.\nTHE TALKS FAILED.", "NATO\n\nThe ministers met."])
def test_text_in_capitals_and_short_names_stay_as_they_are(text: str) -> None:
    assert recased(text) == text


@pytest.mark.parametrize("dateline", ["", "OSLO - ", "NEW YORK, May 3 (Agency) - "])
def test_point_of_the_compass_begins_a_name_and_is_no_sentence(dateline: str) -> None:
    (doc,) = parsed([f"{dateline}North Korea on Monday launched a ship."])
    assert [*doc.sents][-1].text == "North Korea on Monday launched a ship."
