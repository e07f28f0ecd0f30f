"""Who said what."""

import pytest

from kg.model import Article, Record
from kg.pipeline import extract


def said(text: str) -> list[tuple[str, str, bool]]:
    """Extract a text and return speaker, words and directness of its statements."""
    (record,) = extract([Article(id="a", text=text, published="2018-07-20")])
    assert isinstance(record, Record)
    names = {actor.id: actor.name for actor in record.actors}
    return [(names[each.speaker], each.text, each.direct) for each in record.statements]


@pytest.mark.parametrize(
    "text",
    [
        "“We will not sign the treaty,” Angela Merkel said.",
        '"We will not sign the treaty," Angela Merkel said.',
        "Angela Merkel said: “We will not sign the treaty”",
        "Angela Merkel told reporters in Berlin, “We will not sign the treaty.",
    ],
)
def test_quotation_is_a_statement_of_the_one_beside_its_cue(text: str) -> None:
    ((speaker, words, direct),) = said(text)
    assert speaker == "Angela Merkel"
    assert words.rstrip(".") == "We will not sign the treaty"
    assert direct


def test_quotation_broken_by_its_cue_is_two_statements() -> None:
    text = "“We are ready,” Angela Merkel said. “We shall not sign it today.”"
    assert [words for _, words, _ in said(text)] == ["We are ready", "We shall not sign it today."]


def test_indirect_speech_is_the_clause_without_that() -> None:
    assert said("Angela Merkel said that the ministers had met in Oslo.") == [
        ("Angela Merkel", "the ministers had met in Oslo", False)
    ]


def test_speech_at_the_end_of_the_sentence() -> None:
    assert said("The ministers had met in Oslo, NATO said.") == [("NATO", "The ministers had met in Oslo", False)]


def test_according_to_names_the_speaker() -> None:
    assert said("According to the Kremlin, the ministers met in Oslo.") == [
        ("Kremlin", "the ministers met in Oslo", False)
    ]


def test_a_term_in_quotation_marks_is_no_statement() -> None:
    assert not said("Angela Merkel arrived in a “green car” on Monday.")


def test_post_is_a_statement_of_its_author() -> None:
    text = "The talks were good and we will meet again. — Donald J. Trump (@realDonaldTrump) July 19, 2018"
    assert said(text) == [("Donald Trump", "The talks were good and we will meet again.", True)]


def test_what_is_denied_is_the_statement() -> None:
    assert said("Maria Butina denied the charges.") == [("Maria Butina", "the charges", False)]


def test_quotation_may_follow_in_a_paragraph_of_its_own() -> None:
    text = "Angela Merkel wrote in a letter:\n\n“We will not sign the treaty this year.”"
    assert said(text) == [("Angela Merkel", "We will not sign the treaty this year.", True)]


def test_verb_of_the_next_sentence_does_not_take_a_quotation() -> None:
    text = "Angela Merkel said, “We will not sign the treaty.” NATO said little."
    assert [speaker for speaker, _, direct in said(text) if direct] == ["Angela Merkel"]
