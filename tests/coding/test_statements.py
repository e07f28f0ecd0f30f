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


@pytest.mark.parametrize(
    "text",
    [
        "“We will not sign the treaty.\n\n“They have lied,” Angela Merkel said.",
        'Angela Merkel said: "We will not sign the treaty.\n\n"They have lied."\n\nNATO left.',
        "“We will not sign the treaty.” Angela Merkel said.\n\n“They have lied.”",
    ],
)
def test_quotation_over_paragraphs_is_one_statement_each(text: str) -> None:
    found = said(text)
    assert [words.rstrip(".") for _, words, _ in found] == ["We will not sign the treaty", "They have lied"]
    assert {speaker for speaker, _, _ in found} == {"Angela Merkel"}


@pytest.mark.parametrize(
    "text",
    [
        "Talks ended.\n\nThe talks were good.\n\n— Donald J. Trump (@realDonaldTrump) July 19, 2018",
        "Talks ended.\n\n@realDonaldTrump: The talks were good.",
        "Talks ended.\n\nDonald J. Trump ✔ @realDonaldTrump\n\nThe talks were good.",
        "Talks ended.\n\n“The talks were good.” @realDonaldTrump tweeted.",
        "Donald Trump wrote:\n\nThe talks were good.",
        'Donald Trump: "The talks were good."',
        "“The talks were good.” — Donald Trump",
        "Donald Trump: The talks were good.",
        "Donald Trump spoke.\n\nQ: How were the talks?\n\nA: The talks were good.",
    ],
)
def test_words_of_a_named_author_are_a_statement(text: str) -> None:
    assert said(text) == [("Donald Trump", "The talks were good.", True)]


def test_turn_of_an_interview_goes_on_to_the_next() -> None:
    text = (
        "Q: Will you sign it?\n\nAngela Merkel: We will not.\n\nIt is wrong.\n\nQ: Why?\n\nAngela Merkel: It is a trap."
    )
    assert [words for _, words, _ in said(text)] == ["We will not.\n\nIt is wrong.", "It is a trap."]


@pytest.mark.parametrize("lead", ["Angela Merkel said:", "Angela Merkel set out the demands:"])
def test_items_of_a_list_are_statements_of_who_leads_to_it(lead: str) -> None:
    assert said(f"{lead}\n- Iran must leave\n- talks must begin") == [
        ("Angela Merkel", "Iran must leave", False),
        ("Angela Merkel", "talks must begin", False),
    ]


def test_pronoun_beside_a_quotation_is_nobody_named_in_it() -> None:
    text = "Sergei Lavrov arrived in Oslo. “I told Mike Pompeo that it was wrong,” he said. “We shall not leave.”"
    assert {speaker for speaker, _, _ in said(text)} == {"Sergey Lavrov"}


def test_asides_hold_no_actors() -> None:
    body = "Angela Merkel met Theresa May. (Reporting by Per Holland)"
    text = f"By Ada Lind, BBC\n\n{body}\n\nRead more: Iran attacks Israel"
    (record,) = extract([Article(id="a", text=text, published="2018-07-20")])
    assert isinstance(record, Record)
    assert {actor.name for actor in record.actors} == {"Angela Merkel", "Theresa May"}
    assert [event.type for event in record.events] == ["CONSULT"]


def test_events_of_a_post_are_dated_from_its_own_day() -> None:
    text = "Iran attacked Israel today. — Donald J. Trump (@realDonaldTrump) July 2, 2018"
    (record,) = extract([Article(id="a", text=text, published="2018-07-20")])
    assert isinstance(record, Record)
    assert [event.time.start for event in record.events if event.time] == ["2018-07-02"]
