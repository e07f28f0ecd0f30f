"""Synthetic articles for measuring stores can stand in a graph, and go on as a feed would."""

from collections import Counter
from itertools import islice
from statistics import median

import pytest
from store_records import meeting, spying

from bench._synthetic import A_DAY, record, records, told
from kg.graph.checks import check, check_spans
from kg.model import encode

KINDS = (meeting(), spying())


def test_synthetic_records_can_be_stored_and_their_spans_lead_to_the_text() -> None:
    for each in islice(records(KINDS), 300):
        check(each)
        check_spans(each)


def test_synthetic_names_stand_in_the_text() -> None:
    for each in islice(records(KINDS), 30):
        texts = [mention.text for actor in each.actors for mention in actor.mentions if mention.form == "name"]
        assert texts
        assert not {"Vladimir Putin", "Donald Trump", "Maria Butina", "Russia"} & set(texts)


def test_the_same_seed_gives_the_same_records_from_any_number_on() -> None:
    lines = [encode(each) for each in islice(records(KINDS, seed=3), 40)]
    assert [encode(each) for each in islice(records(KINDS, seed=3, start=25), 15)] == lines[25:]
    assert [encode(each) for each in islice(records(KINDS, seed=4), 40)] != lines


def test_articles_come_day_by_day_each_under_its_own_id() -> None:
    found = [each.article for each in islice(records(KINDS), 3 * A_DAY)]
    days = [article.published for article in found]
    assert days == sorted(days)
    assert Counter(days) == dict.fromkeys(days, A_DAY)
    assert len({article.id for article in found}) == len(found)


def test_events_move_along_with_the_day_of_publication() -> None:
    first = next(iter(islice(records(KINDS[:1], start=0), 1)))
    later = record(KINDS[:1], told(365 * A_DAY, 0), 0)
    assert first.events[0].time.start == "2021-01-03"
    assert later.events[0].time.start in ("2022-01-02", "2022-01-03")


def test_some_articles_tell_again_what_others_told() -> None:
    tellings = [told(number, 0) for number in range(2_000)]
    again = [telling for telling in tellings if telling.story != telling.number]
    assert 0.05 <= len(again) / len(tellings) <= 0.1
    copy = next(telling for telling in again if telling.copied)
    original, copied = record(KINDS, told(copy.story, 0), 0), record(KINDS, copy, 0)
    assert copied.article.text.endswith(original.article.text)
    assert [actor.id for actor in copied.actors] == [actor.id for actor in original.actors]
    assert copied.article.id != original.article.id


@pytest.mark.parametrize("kind", KINDS, ids=["meeting", "spying"])
def test_a_few_actors_are_everywhere_and_most_are_rare(kind) -> None:
    count = Counter(actor.id for each in islice(records([kind]), 1_000) for actor in each.actors)
    shares = [number for _, number in count.most_common()]
    assert shares[0] > 20 * median(shares)
    assert sum(number == 1 for number in shares) > len(shares) / 3
