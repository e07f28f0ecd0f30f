"""What pages and other programs read of a graph: searches, lists, profiles, accounts, on both stores."""

import pytest

from kg.asking.accounts import accounts
from kg.asking.circle import circle
from kg.asking.comparing import compared
from kg.asking.listing import listed
from kg.asking.overview import overview
from kg.asking.parts import read
from kg.asking.profile import profile
from kg.asking.search import actors, like, search
from kg.asking.ties import answers_to, ties_of
from kg.asking.whole import whole
from kg.errors import MissingError, UsageError
from kg.stores.base import Store

SUMMIT = ("harbour-post/1", "e1")


def test_actor_whose_name_it_is_comes_first(store: Store) -> None:
    assert [each.id for each in actors(store, "trump", limit=5)] == ["donald-trump", "ivanka-trump"]
    assert [each.id for each in actors(store, "nicolas MADURO", limit=5)] == ["nicolas-maduro"]
    found = actors(store, "Moscow", limit=5)
    assert [(each.id, each.by) for each in found] == [("rus", "Moscow")]
    assert actors(store, "trump", limit=1)[0].id == "donald-trump"


def test_search_finds_of_every_kind(store: Store) -> None:
    found = search(store, "  helsinki ")
    assert [row["place"] for row in found.places.mappings()] == ["Helsinki"]
    assert {row["article"] for row in found.articles.mappings()} == {"harbour-post/1", "northern-wire/7"}
    assert [row["topic"] for row in search(store, "defence").topics.mappings()] == ["defence spending"]
    assert not search(store, "xyzzy")
    assert not search(store, "  ")


def test_names_like_a_wrong_one_are_found(store: Store) -> None:
    assert [each.id for each in like(store, "vladmir-putn")] == ["vladimir-putin"]
    assert like(store, "qqqq") == ()


def test_pages_of_events_follow_each_other(store: Store) -> None:
    whole_list = listed(store, {"modality": "all"}, size=100)
    assert (whole_list.more, whole_list.total) == (False, len(whole_list.events))
    pages = [listed(store, {"modality": "all"}, number=number, size=3) for number in (1, 2, 3, 4, 5)]
    assert [event.id for page in pages for event in page.events] == [event.id for event in whole_list.events]
    assert [page.more for page in pages] == [True, True, True, True, False]
    with pytest.raises(UsageError, match="no page 0"):
        listed(store, {}, number=0)


def test_profile_counts_facts_apart_from_the_rest(store: Store) -> None:
    found = profile(store, "angela-merkel")
    assert (found.types, found.unrealised) == ({"ACCUSE": 1, "CONSULT": 1}, {"possible": 1})
    assert found.quads == {"verbal-conflict": 1, "verbal-cooperation": 1}
    assert [(each.month, each.conflict, each.cooperation) for each in found.months] == [("2018-07", 1, 0), ("", 0, 1)]
    assert found.articles == 2
    assert found.outlets == ("Northern Wire", "Harbour Post")
    assert profile(store, "anatoly-antonov").said.rows[0][1] == "We did not interfere.” “Never."
    with pytest.raises(MissingError, match="nobody"):
        profile(store, "nobody")


def test_each_article_gives_its_own_account(store: Store) -> None:
    (summit,) = read(store, [SUMMIT])
    told = {each.telling.paper.id: each for each in accounts(store, summit)}
    assert told["harbour-post/1"].words == ("discussed", "talks")
    assert told["harbour-post/1"].voices == ("Kremlin asserts", "Anatoly Antonov asserts")
    assert told["northern-wire/7"].words == ("met",)
    assert told["northern-wire/7"].voices == ()
    assert {each.date for each in told.values()} == {"2018-07-16"}


def test_outlets_differ_where_they_say_something_else(store: Store) -> None:
    (summit,) = read(store, [SUMMIT])
    found = compared(store, summit, one="Harbour Post")
    assert (found.one, found.other) == ("Harbour Post", "Northern Wire")
    assert {line.what for line in found.lines if not line.same} == {"in the words", "about", "according to"}
    (alone,) = read(store, [("letters", "e1")])
    with pytest.raises(MissingError, match="only Letters"):
        compared(store, alone)


def test_ties_lead_both_ways(store: Store) -> None:
    (denial,) = read(store, [("harbour-post/1", "e3")])
    (denied,) = read(store, [("harbour-post/1", "e4")])
    assert [each.id for each in ties_of(store, denial).about] == [denied.id]
    assert [each.id for each in ties_of(store, denied).told_about] == [denial.id]
    assert answers_to(store, denial) == ()


def test_whole_article_is_its_text_and_its_events(store: Store) -> None:
    found = whole(store, "harbour-post/1")
    assert "".join(piece.text for piece in found.pieces) == found.record.article.text
    assert list(found.events) == [event.id for event in found.record.events]
    assert found.events["e1"].corroboration == 2
    with pytest.raises(MissingError, match="no article"):
        whole(store, "nowhere")


def test_overview_tells_the_latest_first(store: Store) -> None:
    found = overview(store)
    assert found.days == ("2018-07-17", "2018-07-20")
    assert [each.first for each in found.latest] == sorted((each.first for each in found.latest), reverse=True)
    assert "Donald Trump" in {row["actor"] for row in found.actors.mappings()}
    assert [row["outlet"] for row in found.outlets.mappings()][:1] == ["Harbour Post"]


def test_circle_holds_the_events_of_an_actor_or_of_the_most_active(store: Store) -> None:
    names = {party.id for event in circle(store, "Putin").events() for party in event.parties}
    assert names == {"vladimir-putin", "donald-trump"}
    assert {"angela-merkel", "prosecutors"} <= {party.id for e in circle(store).events() for party in e.parties}
