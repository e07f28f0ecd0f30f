"""Which accounts in different articles are of one event."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_world import ACTORS, UNNAMED, records

from kg.graph.accounts import LONGEST, Account, accounts_of, opposite
from kg.graph.fitting import difference
from kg.graph.joining import joined, touched
from kg.graph.judged import Judged, Standing
from kg.model import Actor, Article, Event, Mention, Place, Record, Time, Topic, Trigger

WORLD = {**ACTORS, "guild": ("Teachers' Guild", "organisation", "DEU"), "rail": ("Rail Union", "organisation", "DEU")}
MONDAY = Time("2021-03-01", "2021-03-01", "Monday")
TUESDAY = Time("2021-03-02", "2021-03-02", "Tuesday")
WEEK = Time("2021-03-01", "2021-03-07", "last week")
ABUJA = Place(name="Abuja", country="NGA", lat=9.06, lon=7.5, start=0, end=1)
KANO = Place(name="Kano", country="NGA", lat=12.0, lon=8.5, start=0, end=1)
NIGERIA = Place(name="Nigeria", country="NGA", lat=10.0, lon=8.0, start=0, end=1)


def actor(key: str) -> Actor:
    name, kind, country = WORLD[key]
    form = "nominal" if key in UNNAMED else "name"
    return Actor(id=key, name=name, kind=kind, country=country, mentions=(Mention(0, 1, name, form),))  # type: ignore[arg-type]


def told(article: str, words: str = "", *, also: tuple[str, ...] = (), **fields: Any) -> Account:
    """Return the only account of an article: Germany coerces Nigeria on Monday, unless fields of the event differ."""
    source, target = fields.pop("source", ("deu",)), fields.pop("target", ("nga",))
    text = f"{words}."
    event = Event(
        **{"id": "e0", "type": "COERCE", "quad": "material-conflict", "modality": "actual", "time": MONDAY} | fields,
        source=source,
        target=target,
        mentions=(Trigger(0, 1, text[:1], (0, len(text))),),
    )
    record = Record(
        article=Article(id=article, text=text, published="2021-03-07"),
        sentences=((0, len(text)),),
        actors=tuple(actor(key) for key in dict.fromkeys((*source, *target, *also))),
        events=(event,),
        statements=(),
    )
    return next(accounts_of(Judged(record, "")))


def topics(*names: str) -> tuple[Topic, ...]:
    return tuple(Topic(name, 0, 1, name) for name in names)


def groups(accounts: Iterable[Account]) -> list[list[str]]:
    """Return the articles of each event that is told by several."""
    by_key: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.key:
            by_key[account.key].append(account)
    found = [[each.told_at[0] for each in group] for several in by_key.values() for group in joined(several)]
    return sorted(group for group in found if len(group) > 1)


def are_one(*accounts: Account) -> bool:
    return groups(accounts) == [[account.told_at[0] for account in accounts]]


def test_type_parties_and_day_make_one_event() -> None:
    assert are_one(told("a"), told("b"))


def test_two_days_are_never_one_event() -> None:
    assert not are_one(told("a", "seized barge cargo"), told("b", "seized barge cargo", time=TUESDAY))


def test_fact_denial_and_plan_are_looked_for_apart() -> None:
    fact, denied, ahead = (told("a", modality=modality) for modality in ("actual", "denied", "planned"))
    assert len({fact.key, denied.key, ahead.key}) == 3
    assert opposite(fact.key) == denied.key
    assert opposite(denied.key) == fact.key
    assert opposite(ahead.key) == ""


def test_leader_is_one_with_his_state() -> None:
    assert are_one(told("a", source=("ada",)), told("b"))


def test_two_persons_of_a_country_are_two_events() -> None:
    assert not are_one(told("a", source=("ada",)), told("b", source=("carl",)))


def test_side_that_is_left_open_is_the_party_that_its_article_names() -> None:
    assert are_one(told("a"), told("b", target=(), also=("nga",)))
    assert not are_one(told("a"), told("b", target=()))


def test_open_side_needs_words_in_common_where_neither_gives_a_day() -> None:
    first = told("a", "seized a barge", time=WEEK)
    assert are_one(first, told("b", "barge was seized", target=(), also=("nga",), time=WEEK))
    assert not are_one(first, told("b", "closed the port", target=(), also=("nga",), time=WEEK))


def test_sides_that_are_both_left_open_need_words_in_common() -> None:
    assert are_one(told("a", "seized a barge", target=()), told("b", "barge was seized", target=()))
    assert not are_one(told("a", "seized a barge", target=()), told("b", "closed the port", target=()))


def test_party_more_or_less_is_no_difference() -> None:
    assert are_one(told("a", target=("nga", "club")), told("b"))
    assert are_one(told("a", type="COERCE", target=("nga", "guild")), told("b"))


def test_other_country_is_another_event() -> None:
    assert not are_one(told("a", target=("guild",)), told("b", target=("ben",)))


def test_named_bodies_of_a_country_are_two_whatever_the_words() -> None:
    accounts = [told(key, "marched against Ada Brandt", source=(key,), target=("ada",)) for key in ("guild", "rail")]
    assert not are_one(*accounts)


def test_body_without_a_name_is_the_only_named_one_of_its_article() -> None:
    march = told("a", source=("guild",), target=("ada",))
    assert are_one(march, told("b", source=("crew",), target=("ada",), also=("guild",), time=MONDAY))
    assert not are_one(march, told("b", source=("crew",), target=("ada",), also=("guild", "rail")))


def test_body_without_a_name_is_another_of_which_the_same_is_told() -> None:
    words = "{} in Lagos harbour froze barge accounts"
    accounts = [told(key, words.format(key), target=(key,)) for key in ("club", "crew")]
    assert are_one(*accounts)
    assert not are_one(told("a", target=("club",)), told("b", target=("crew",)))


def test_events_at_home_are_joined() -> None:
    assert are_one(told("a", source=("guild",), target=("ada",)), told("b", source=("guild",), target=("deu",)))


def test_visit_is_a_meeting() -> None:
    visit = told("a", type="CONSULT", mode="visit", source=("ada",), target=("ben",))
    assert are_one(visit, told("b", type="CONSULT", symmetric=True, source=("ben",), target=("ada",)))


@pytest.mark.parametrize(("place", "expected"), [(None, True), (NIGERIA, True), (ABUJA, False)])
def test_call_is_no_meeting_in_a_town(place: Place | None, expected: bool) -> None:
    call = told("a", type="CONSULT", symmetric=True, mode="phone")
    assert are_one(call, told("b", type="CONSULT", symmetric=True, place=place)) is expected


def test_call_is_no_visit() -> None:
    call = told("a", type="CONSULT", symmetric=True, mode="phone")
    assert not are_one(call, told("b", type="CONSULT", mode="visit"))


@pytest.mark.parametrize(("place", "expected"), [(ABUJA, True), (NIGERIA, True), (None, True), (KANO, False)])
def test_two_towns_are_two_events(place: Place | None, expected: bool) -> None:
    assert are_one(told("a", place=ABUJA), told("b", place=place)) is expected


def test_what_is_said_about_something_else_is_another_event() -> None:
    first = told("a", "asked to open the dam", type="REQUEST", topics=topics("dam"))
    assert are_one(first, told("b", "wants the dam opened", type="REQUEST", topics=topics("opened gate")))
    assert not are_one(first, told("b", "wants cheaper grain", type="REQUEST", topics=topics("grain")))


def test_code_that_says_what_is_asked_stands_for_the_topic() -> None:
    first = told("a", "set her free", type="REQUEST", cameo="0253", topics=topics("set her free"))
    assert are_one(first, told("b", "release her", type="REQUEST", cameo="0253", topics=topics("release her")))
    second = told("b", "release her", type="REQUEST", cameo="025", topics=topics("release her"))
    assert not are_one(first, second)


def test_types_that_one_act_is_told_as_need_words_in_common() -> None:
    first = told("a", "imposed sanctions on gold flights", type="SANCTION")
    assert are_one(first, told("b", "blacklisted flights that moved gold"))
    assert not are_one(first, told("b", "arrested a gold dealer"))


def test_names_of_the_parties_days_and_countries_are_no_words_in_common() -> None:
    first = told("a", "Germany hit Nigerian gold on Monday in March", type="SANCTION")
    assert not are_one(first, told("b", "on Monday in March Germany banned Nigerian gold"))


def test_account_without_a_day_is_joined_by_its_words() -> None:
    dated = told("a", "bombed a depot near the railway", time=Time("2021-03-05", "2021-03-05", "Friday"))
    assert are_one(dated, told("b", "the depot by the railway was bombed", time=None))
    assert not are_one(dated, told("b", "the bridge was hit", time=None))


def test_account_without_a_day_is_of_the_month_before_publication() -> None:
    long_ago = Time("2021-02-01", "2021-02-01", "February 1")
    dated = told("a", "bombed a depot near the railway", time=long_ago)
    assert not are_one(dated, told("b", "the depot by the railway was bombed", time=None))


def test_name_in_common_counts_for_two_words() -> None:
    first = told("a", "imposed sanctions on Gazbank", type="SANCTION")
    assert are_one(first, told("b", "blacklisted the lender Gazbank"))
    assert not are_one(first, told("b", "arrested a dealer under sanctions"))


def test_account_that_tells_little_in_common_with_one_of_several_is_of_their_event() -> None:
    asked = [
        told("a", "asked to open the dam", type="REQUEST", topics=topics("dam")),
        told("b", "wants the dam opened for grain", type="REQUEST", topics=topics("dam opened for grain")),
    ]
    assert are_one(*asked, told("c", "demands grain", type="REQUEST", topics=topics("grain")))


def test_account_that_contradicts_one_of_several_is_not_of_their_event() -> None:
    accounts = [told("a", "seized a barge", place=ABUJA), told("b", "barge was seized"), told("c", place=KANO)]
    assert groups(accounts) == [["a", "b"]]


def test_span_joins_the_only_event_in_it_that_fits() -> None:
    accounts = [told("a", source=("ada",)), told("b", source=("carl",), time=TUESDAY)]
    assert groups([*accounts, told("c", source=("ada",), time=WEEK)]) == [["a", "c"]]


def test_span_of_two_events_that_fit_equally_well_stays_by_itself() -> None:
    assert groups([told("a"), told("b", time=TUESDAY), told("c", time=WEEK)]) == []


def test_span_of_which_no_event_fits_joins_others_like_it() -> None:
    other = told("a", source=("carl",))
    spans = [told(key, source=("ada",), time=WEEK) for key in ("b", "c")]
    assert groups([other, *spans]) == [["b", "c"]]


def test_spans_that_contradict_each_other_are_not_both_of_an_event() -> None:
    spans = [told("b", source=("ada",), time=WEEK), told("c", source=("carl",), time=WEEK)]
    assert groups([told("a"), *spans]) == [["a", "b"]]


def test_long_span_joins_nothing() -> None:
    assert told("a", time=Time("2021-01-01", "2021-12-31", "this year")).key == ""


@pytest.mark.parametrize(
    "fields", [{"source": ()}, {"type": "SAY", "target": ()}, {"type": "CONSULT", "symmetric": True, "target": ()}]
)
def test_account_of_too_little_is_not_looked_for(fields: dict[str, Any]) -> None:
    assert told("a", **fields).key == ""


def test_event_that_is_judged_wrong_is_joined_with_none() -> None:
    record = told("a").judged.record
    assert [each.key for each in accounts_of(Judged(record, "", {"e0": Standing("wrong", "says Mo")}))] == [""]


def test_difference_is_named() -> None:
    assert difference(told("a"), told("b")) == ""
    assert difference(told("a"), told("b", time=TUESDAY)) == "days"
    assert difference(told("a", source=("ada",)), told("b", source=("carl",))) == "parties"


def accounts_in(found: Iterable[Record]) -> list[Account]:
    articles = {record.article.id: record for record in found}
    return [*chain.from_iterable(accounts_of(Judged(record, "")) for record in articles.values())]


@given(found=st.lists(records, max_size=7), random=st.randoms(use_true_random=False))
def test_order_of_the_articles_does_not_matter(found: list[Record], random: Any) -> None:
    accounts = accounts_in(found)
    shuffled = random.sample(accounts, len(accounts))
    assert groups(accounts) == groups(shuffled)


@given(found=st.lists(records, max_size=7))
def test_event_has_one_day_and_an_article_tells_it_once(found: list[Record]) -> None:
    by_key: dict[str, list[Account]] = defaultdict(list)
    for account in accounts_in(found):
        by_key[account.key].append(account)
    for group in chain.from_iterable(joined(several) for key, several in by_key.items() if key):
        assert len({each.span for each in group if each.days == 1}) <= 1
        assert len({each.told_at[0] for each in group}) == len(group)


def some(chance: Random) -> list[Account]:
    """Return accounts of one key that are near each other: place, target and words tell which can be one."""
    days, places, targets = chance.choice((12, 20, 30, 45)), chance.choice((1, 3)), chance.choice((1, 3))
    found = []
    for number in range(chance.randint(3, 22)):
        first = date(2021, 3, 1) + timedelta(chance.randrange(days))
        last = first + timedelta(chance.choice((0, 0, 1, 3, LONGEST - 1, LONGEST - 1)))
        is_dated = first == last or chance.random() < 0.5
        account = told(
            f"a{number}",
            " ".join(chance.sample(("grain", "steel", "visas", "ports"), chance.randint(1, 3))),
            time=Time(first.isoformat(), last.isoformat(), "then") if is_dated else None,
            place=chance.choice((None, ABUJA, KANO)[:places]),
            target=chance.choice((("nga",), ("ada",), ("carl",))[:targets]),
        )
        found.append(account if is_dated else replace(account, span=(first, last)))
    return [each for each in found if each.key == found[0].key]


@pytest.mark.parametrize("part", range(4))
def test_events_that_a_change_touches_are_those_of_all_accounts(part: int) -> None:
    for number in range(500):
        chance = Random(part * 500 + number)
        accounts = some(chance)
        going, coming = (chance.sample(accounts, min(len(accounts) // 2, chance.randint(0, 2))) for _ in range(2))
        before = [each for each in accounts if each not in coming]
        after = [each for each in accounts if each not in going]
        events = {_names(group) for group in joined(before)}
        for span in sorted({each.span for each in (*going, *coming)}):
            found = touched(*span, lambda low, high: [each for each in after if each.touches(low, high)])  # noqa: B023
            changed = {name for group in found for name in _names(group)}
            events = {group for group in events if not changed & {*group}} | {_names(group) for group in found}
        gone = {each.told_at for each in going}
        assert {group for group in events if not gone & {*group}} == {_names(group) for group in joined(after)}


def _names(group: Iterable[Account]) -> tuple[tuple[str, str], ...]:
    return tuple(each.told_at for each in group)


def test_where_all_give_a_single_day_no_other_day_is_asked_for() -> None:
    asked: list[tuple[date, date]] = []

    def near(first: date, last: date) -> list[Account]:
        asked.append((first, last))
        return [told("a"), told("b")]

    assert len(touched(date(2021, 3, 1), date(2021, 3, 1), near)) == 1
    assert asked == [(date(2021, 3, 1), date(2021, 3, 1))]
