"""Date expressions become the days that a reader would take them for."""

from datetime import date

import pytest

from kg.reading.dates import day_of_writing, find_dates

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
        ("In March, it was signed.", "2018-03-01", "2018-03-31"),
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
        ("They met over the past week.", "2018-07-13", "2018-07-20"),
        ("They met a decade ago.", "2008-01-01", "2008-12-31"),
        ("They met two centuries ago.", "1818-01-01", "1818-12-31"),
        ("They met a few days ago.", "2018-07-13", "2018-07-18"),
        ("They met overnight.", "2018-07-19", "2018-07-20"),
        ("They met twice in the past 24 hours.", "2018-07-19", "2018-07-20"),
        ("They met in the last 48 hours.", "2018-07-18", "2018-07-20"),
        ("They met in early July.", "2018-07-01", "2018-07-10"),
        ("They met early in June.", "2018-06-01", "2018-06-10"),
        ("They met in mid-June.", "2018-06-11", "2018-06-20"),
        ("They met at the end of June.", "2018-06-21", "2018-06-30"),
        ("They met in late July.", "2017-07-21", "2017-07-31"),
        ("They met in the first half of June.", "2018-06-01", "2018-06-15"),
        ("They met in late May 2016.", "2016-05-21", "2016-05-31"),
        ("They met in late 2017.", "2017-09-01", "2017-12-31"),
        ("They met at the beginning of 2016.", "2016-01-01", "2016-05-01"),
        ("They met early this week.", "2018-07-16", "2018-07-17"),
        ("They met late last year.", "2017-09-01", "2017-12-31"),
        ("They met in the second week of July.", "2018-07-08", "2018-07-14"),
        ("They met in the last week of June.", "2018-06-24", "2018-06-30"),
        ("They met in the summer of 2017.", "2017-06-01", "2017-08-31"),
        ("They met in spring 2016.", "2016-03-01", "2016-05-31"),
        ("They met last autumn.", "2017-09-01", "2017-11-30"),
        ("They met last winter.", "2017-12-01", "2018-02-28"),
        ("They meet next winter.", "2018-12-01", "2019-02-28"),
        ("They met this spring.", "2018-03-01", "2018-05-31"),
        ("They met in the spring.", "2018-03-01", "2018-05-31"),
    ],
)
def test_expression_becomes_a_range_of_days(text: str, first: str, last: str) -> None:
    (span,) = find_dates(text, PUBLISHED)
    assert text[span.start : span.end] == span.text
    assert (span.time().start, span.time().end) == (first, last)


def test_weekday_of_a_future_verb_is_the_coming_one() -> None:
    (span,) = find_dates("They will meet on Monday.", PUBLISHED)
    assert span.time(future=True).start == "2018-07-23"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("They came on July 10. On the 16th, they left.", "2018-07-16"),
        ("They came on July 3. Two days after, they left.", "2018-07-05"),
        ("They left a day after the ship sank on July 10.", "2018-07-11"),
        ("They left two days before the vote of July 12.", "2018-07-10"),
    ],
)
def test_a_day_is_told_from_another_one(text: str, first: str) -> None:
    assert first in [span.time().start for span in find_dates(text, PUBLISHED)]


@pytest.mark.parametrize("text", ["three days after they met", "on the 16th floor", "in the fall of the town"])
def test_what_names_no_day_is_left_unresolved(text: str) -> None:
    assert find_dates(text, PUBLISHED) == ()


def test_weeks_are_not_counted_from_a_month() -> None:
    assert [span.text for span in find_dates("They met in March. They left a week later.", PUBLISHED)] == ["in March"]


def test_weeks_are_counted_from_a_finer_day_that_the_paragraph_told() -> None:
    text = "They met on Tuesday about the fire in May. A ship had left the week before, on its own."
    assert [span.time().start for span in find_dates(text, PUBLISHED)][-1] == "2018-07-09"


def test_two_days_that_follow_each_other_are_a_stretch() -> None:
    first, _ = find_dates("They met on Monday and Tuesday.", PUBLISHED)
    assert (first.period().start, first.period().end) == ("2018-07-16", "2018-07-17")


def test_days_of_two_clauses_are_no_stretch() -> None:
    assert all(span.until is None for span in find_dates("They came on Monday and on Tuesday we left.", PUBLISHED))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("HELSINKI, July 16 (Agency) - They met.", "2018-07-16"),
        ("OSLO, 16 July (Agency) - They met.", "2018-07-16"),
        ("A heading\n\nOSLO, Norway, July 17, 2018 — They met.", "2018-07-17"),
        ("OSLO, May 2 (Agency) - They met.", "2018-07-20"),
        ("OSLO — They met on July 16.", "2018-07-20"),
    ],
)
def test_a_dateline_near_publication_is_the_day_of_writing(text: str, day: str) -> None:
    assert day_of_writing(text, PUBLISHED) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["It cost $2,014.", "Some 2000 men", "on page 1918-b", "on 31 June 2018", "may I"])
def test_other_numbers_are_no_days(text: str) -> None:
    spans = find_dates(text, PUBLISHED)
    assert all(span.text in ("2000", "June 2018") for span in spans)


def test_relative_expressions_without_a_day_of_publication_stay_unresolved() -> None:
    assert [span.text for span in find_dates("On Monday and on 4 July, as in 2014.", None)] == ["2014"]
