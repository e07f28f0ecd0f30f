"""When events took place: told in their own clause, carried along a narrative, or news of the week of writing."""

import pytest

from kg.model import Article, Event, Record
from kg.pipeline import extract

WEEK = ("2018-07-14", "2018-07-20")


def events(text: str) -> tuple[Event, ...]:
    """Extract a text published on a Friday and return its events."""
    (found,) = extract([Article(id="a", text=text, published="2018-07-20")])
    assert isinstance(found, Record)
    return found.events


def days(text: str, event_type: str) -> tuple[str, str] | None:
    """Return the first and last day of the only event of a type, None where it has none."""
    (event,) = [event for event in events(text) if event.type == event_type]
    return (event.time.start, event.time.end) if event.time else None


@pytest.mark.parametrize(
    ("text", "event_type", "first", "last"),
    [
        ("Israel bombed Homs in mid-June.", "ASSAULT", "2018-06-11", "2018-06-20"),
        ("A decade ago, Russia invaded Georgia.", "ASSAULT", "2008-01-01", "2008-12-31"),
        ("On Friday morning, Germany criticised Russia.", "ACCUSE", "2018-07-20", "2018-07-20"),
        ("Police arrested twelve people Thursday night.", "COERCE", "2018-07-19", "2018-07-19"),
        ("At Monday’s summit, Germany criticised Russia.", "ACCUSE", "2018-07-16", "2018-07-16"),
        ("Germany criticised Russia on Monday and Tuesday.", "ACCUSE", "2018-07-16", "2018-07-17"),
        ("Speaking in Oslo on Thursday, Trump criticised Germany.", "ACCUSE", "2018-07-19", "2018-07-19"),
        ("In an interview published on Monday, Trump criticised May.", "ACCUSE", "2018-07-16", "2018-07-16"),
        ("Germany criticised Russia a day after Russia bombed Homs on July 10.", "ACCUSE", "2018-07-11", "2018-07-11"),
        ("Germany criticised Russia a day after Russia bombed Homs on July 10.", "ASSAULT", "2018-07-10", "2018-07-10"),
        ("After attacking Syria in April, France invited Russia.", "ASSAULT", "2018-04-01", "2018-04-30"),
        ("Police arrested the activist in March and charged him with treason.", "ACCUSE", "2018-03-01", "2018-03-31"),
        ("In 2008, Russia invaded Georgia, criticising NATO.", "ACCUSE", "2008-01-01", "2008-12-31"),
        ("Merkel pledged on Monday to help Greece.", "AGREE", "2018-07-16", "2018-07-16"),
        ("France and Germany will hold talks until Friday.", "CONSULT", "2018-07-20", "2018-07-27"),
        ("Merkel will visit Moscow on Monday.", "CONSULT", "2018-07-23", "2018-07-23"),
        (
            "Norway praised Chad on Friday, two days after Sudan sanctioned Chad.",
            "SANCTION",
            "2018-07-18",
            "2018-07-18",
        ),
        ("Norway praised Chad on Friday, the day after Sudan bombed Chad.", "ASSAULT", "2018-07-19", "2018-07-19"),
        ("Norway praised Chad on Friday, a week after Sudan bombed Chad.", "ASSAULT", "2018-07-09", "2018-07-15"),
        ("Norway praised Chad on Tuesday after Sudan bombed Chad.", "ASSAULT", "2018-07-11", "2018-07-17"),
        (
            "Merkel and Macron sang on Thursday, two days after a meeting in Bonn.",
            "CONSULT",
            "2018-07-17",
            "2018-07-17",
        ),
        ("Norway condemned Sudan on Tuesday for an air strike on Chad.", "ASSAULT", "2018-07-14", "2018-07-20"),
        ("Israel bombed Homs shortly before midnight on Monday.", "ASSAULT", "2018-07-16", "2018-07-16"),
        ("Last Monday Norway criticised Chad.", "ACCUSE", "2018-07-16", "2018-07-16"),
        ("The treaty signed by Norway and Chad this week is long.", "SUPPORT", "2018-07-16", "2018-07-20"),
        ("Nobody forgot the pledge that Norway gave to Chad on Monday.", "AGREE", "2018-07-16", "2018-07-16"),
    ],
)
def test_clause_tells_when(text: str, event_type: str, first: str, last: str) -> None:
    assert days(text, event_type) == (first, last)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Trump criticised the 2015 deal.", "ACCUSE"),
        ("Germany criticised the annexation of Crimea in 2014.", "ACCUSE"),
        ("Germany accused Russia of meddling in the 2016 vote.", "ACCUSE"),
        ("Clinton, who lost the 2016 election, criticised Russia.", "ACCUSE"),
        ("Boris Johnson, who met Trump last month, criticised Russia.", "ACCUSE"),
        ("Ukraine, invaded by Russia in 2014, asked NATO for help.", "REQUEST"),
        ("Germany criticised sanctions imposed on Russia in 2014.", "ACCUSE"),
    ],
)
def test_day_of_something_else_is_not_the_event_s_own(text: str, event_type: str) -> None:
    assert days(text, event_type) == WEEK


@pytest.mark.parametrize(
    "text",
    [
        "Years ago, Russia attacked Georgia.",
        "Russia attacked Georgia long ago.",
        "In the past, Russia has attacked Georgia.",
        "Russia attacked Georgia two days before the vote.",
        "Russia attacked Georgia before the election in June.",
        "Russia attacked Georgia ahead of the June 12 vote.",
        "Russia attacked Georgia after the June 24 election.",
        "Russia attacked Georgia three days after Germany left.",
        "Since fighting began on March 30, Russia has attacked Georgia.",
        "Russia attacked Georgia before Trump met Putin on June 12.",
    ],
)
def test_what_is_told_to_have_been_at_another_time_is_no_news(text: str) -> None:
    assert days(text, "ASSAULT") is None


@pytest.mark.parametrize(
    "text",
    [
        "Formerly an ally, Germany criticised Russia.",
        "Germany criticised Russia for the first time in seven years.",
        "After a visit to Oslo, Germany criticised Russia.",
    ],
)
def test_other_words_of_time_leave_news_to_the_week(text: str) -> None:
    assert days(text, "ACCUSE") == WEEK


@pytest.mark.parametrize(
    "text",
    [
        "Russia invaded Georgia in 2008. Germany criticised France.",
        "Russia invaded Georgia on July 4.\n\nGermany criticised France.",
        "Russia invaded Georgia on May 4. Germany criticised France.",
    ],
)
def test_day_is_not_carried_far(text: str) -> None:
    assert days(text, "ACCUSE") == WEEK


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("On July 4, Russia invaded Georgia. Germany criticised France.", "2018-07-04"),
        ("On May 4, Russia invaded Georgia. It criticised France.", "2018-05-04"),
    ],
)
def test_day_is_carried_to_the_next_sentence(text: str, first: str) -> None:
    assert days(text, "ACCUSE") == (first, first)


@pytest.mark.parametrize("text", ["It criticised France.", "Germany condemned the invasion."])
def test_what_follows_in_a_longer_past_has_no_day(text: str) -> None:
    assert days(f"Russia invaded Georgia in 2008. {text}", "ACCUSE") is None


def test_plan_does_not_take_the_day_on_which_it_was_made() -> None:
    assert days("On Monday, Germany planned a visit to France.", "CONSULT") is None


def test_week_of_news_ends_with_the_day_of_the_dateline() -> None:
    assert days("OSLO, July 16 (Agency) - Germany criticised Russia.", "ACCUSE") == ("2018-07-10", "2018-07-16")


def test_something_new_that_was_followed_by_news_is_news() -> None:
    text = "It rained.\n\nGermany criticised Russia after an invitation from Donald Trump."
    assert days(text, "REQUEST") == WEEK
