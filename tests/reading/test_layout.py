"""The blocks of an article."""

from datetime import date

from kg.reading.layout import blocks

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
