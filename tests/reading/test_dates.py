"""Date expressions become the days that a reader would take them for."""

from datetime import date

import pytest

from kg.reading.dates import find_dates

PUBLISHED = date(2018, 7, 20)  # a Friday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("They met on Monday.", "2018-07-16", "2018-07-16"),
        ("They met on Friday.", "2018-07-20", "2018-07-20"),
        ("They met yesterday.", "2018-07-19", "2018-07-19"),
        ("The vote was on July 4.", "2018-07-04", "2018-07-04"),
        ("The vote was on 30 December.", "2017-12-30", "2017-12-30"),
        ("The treaty of 12 February 2015 holds.", "2015-02-12", "2015-02-12"),
        ("The treaty of February 12, 2015 holds.", "2015-02-12", "2015-02-12"),
        ("It was signed on 2015-02-12.", "2015-02-12", "2015-02-12"),
        ("It was signed in February 2015.", "2015-02-01", "2015-02-28"),
        ("It was signed in March.", "2018-03-01", "2018-03-31"),
        ("It was signed in November.", "2017-11-01", "2017-11-30"),
        ("It was signed in 2014.", "2014-01-01", "2014-12-31"),
        ("They met earlier this week.", "2018-07-16", "2018-07-20"),
        ("They met last week.", "2018-07-09", "2018-07-15"),
        ("They met last month.", "2018-06-01", "2018-06-30"),
        ("They meet next year.", "2019-01-01", "2019-12-31"),
        ("They met two days ago.", "2018-07-18", "2018-07-18"),
        ("They met two weeks ago.", "2018-07-02", "2018-07-08"),
        ("They met this past week.", "2018-07-09", "2018-07-15"),
        ("They met at the weekend.", "2018-07-14", "2018-07-15"),
        ("They met the year before.", "2017-01-01", "2017-12-31"),
        ("They met in the 1960s.", "1960-01-01", "1969-12-31"),
        ("They met in the sixties.", "1960-01-01", "1969-12-31"),
        ("They met in the 20th century.", "1900-01-01", "1999-12-31"),
        ("They met in 2014, and again.", "2014-01-01", "2014-12-31"),
    ],
)
def test_expression_becomes_a_range_of_days(text: str, first: str, last: str) -> None:
    (span,) = find_dates(text, PUBLISHED)
    assert text[span.start : span.end] == span.text
    assert (span.time().start, span.time().end) == (first, last)


def test_weekday_of_a_future_verb_is_the_coming_one() -> None:
    (span,) = find_dates("They will meet on Monday.", PUBLISHED)
    assert span.time(future=True).start == "2018-07-23"


@pytest.mark.parametrize("text", ["It cost $2,014.", "Some 2000 men", "on page 1918-b", "on 31 June 2018", "may I"])
def test_other_numbers_are_no_days(text: str) -> None:
    spans = find_dates(text, PUBLISHED)
    assert all(span.text in ("2000", "June 2018") for span in spans)


def test_relative_expressions_without_a_day_of_publication_stay_unresolved() -> None:
    assert [span.text for span in find_dates("On Monday and on 4 July, as in 2014.", None)] == ["2014"]
