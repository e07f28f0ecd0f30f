"""Canned questions over hand-made records, on both stores."""

from itertools import chain

import pytest
from asking.hand_made import Draft
from asking.shelf import made_of_another

from kg.asking.canned import ask
from kg.asking.questions import queries
from kg.errors import UsageError
from kg.stores.base import Store

DISCUSSED = "who_discussed_what_with_whom"
ALL_FILTERS = (
    {},
    {"modality": "all"},
    {"modality": "denied"},
    {"actor": "Putin"},
    {"other": "Donald Trump"},
    {"actor": "Donald Trump", "other": "Putin"},
    {"topic": "TRADE"},
    {"from": "2018-07-16"},
    {"to": "2018-07-10"},
    {"from": "2018-07-05", "to": "2018-07-16"},
    {"type": "consult"},
    {"place": "hels"},
    {"place": "rus"},
    {"article": "northern-wire/7", "event": "e1"},
    {"outlet": "wire"},
    {"min_events": "2"},
    {"words": "PUTIN"},
    {"kind": "state"},
)


def told(store: Store, name: str, columns: str, **parameters: str) -> list[tuple[object, ...]]:
    """Return some columns of an answer; a parameter called `day` stands for `from`."""
    given = {"from" if key == "day" else key: value for key, value in parameters.items()}
    rows = ask(store, name, given).rows
    places = [rows.columns.index(column) for column in columns.split()]
    return [tuple(row[place] for place in places) for row in rows.rows]


def test_discussion_gives_topics_place_day_speakers_and_evidence(store: Store) -> None:
    columns = "actor other topic place date modality according_to outlet evidence"
    assert told(store, DISCUSSED, columns, topic="referendum") == [
        (
            "Donald Trump",
            "Vladimir Putin",
            "referendum",
            "Helsinki",
            "2018-07-16",
            "actual",
            "Anatoly Antonov; Kremlin",
            "Northern Wire; Harbour Post",
            "Vladimir Putin and Donald Trump discussed a referendum in Ukraine in Helsinki on Monday, "
            "said Anatoly Antonov.",
        )
    ]


def test_evidence_is_the_sentence_that_holds_the_topic(store: Store) -> None:
    evidence = "The Kremlin said that their talks had touched on trade too."
    assert told(store, DISCUSSED, "topic evidence", topic="trade") == [("trade", evidence)]


def test_symmetric_pair_stands_once_in_alphabetical_order(store: Store) -> None:
    assert told(store, DISCUSSED, "actor other date", to="2018-07-10") == [
        ("France", "Germany", "2018-07-01/2018-07-10"),
        ("France", "Poland", "2018-07-01/2018-07-10"),
        ("Germany", "Poland", "2018-07-01/2018-07-10"),
    ]


def test_actor_that_is_asked_for_comes_first(store: Store) -> None:
    assert told(store, DISCUSSED, "actor other", actor="Poland") == [
        ("Poland", "France"),
        ("Poland", "Germany"),
    ]
    assert set(told(store, DISCUSSED, "actor other", actor="putin")) == {("Vladimir Putin", "Donald Trump")}


def test_other_that_is_asked_for_comes_second(store: Store) -> None:
    assert told(store, DISCUSSED, "actor other", other="Germany") == [
        ("France", "Germany"),
        ("Poland", "Germany"),
    ]


def test_visitor_comes_before_the_visited(store: Store) -> None:
    visits = told(store, DISCUSSED, "actor other place modality", modality="possible")
    assert visits == [("Angela Merkel", "Russia", "Moscow", "possible")]
    assert told(store, DISCUSSED, "actor other", actor="Maduro") == [("Nicolás Maduro", "Angela Merkel")]


def test_event_without_topic_has_one_row_with_an_empty_one(store: Store) -> None:
    rows = told(store, DISCUSSED, "topic outlet", actor="Maduro")
    assert rows == [("", "Northern Wire")]


def test_event_told_by_two_outlets_stands_once(store: Store) -> None:
    rows = told(store, DISCUSSED, "topic outlet corroboration", actor="Putin", other="Donald Trump")
    outlets = "Northern Wire; Harbour Post"
    assert rows == [("referendum", outlets, 2), ("trade", outlets, 2)]


def test_undated_events_come_last_and_pass_no_filter_on_days(store: Store) -> None:
    assert [date for (date,) in told(store, "timeline", "date")][-6:] == [""] * 6
    assert "" not in chain.from_iterable(told(store, "timeline", "date", day="1900-01-01"))
    assert "" not in chain.from_iterable(told(store, "timeline", "date", to="2100-01-01"))


def test_range_of_days_passes_where_it_touches_the_days_asked_for(store: Store) -> None:
    assert told(store, "timeline", "date", day="2018-07-10", to="2018-07-15") == [("2018-07-01/2018-07-10",)]
    assert told(store, "timeline", "date", day="2018-07-11", to="2018-07-15") == []


def test_facts_alone_are_given_unless_all_is_asked_for(store: Store) -> None:
    assert set(told(store, "timeline", "modality")) == {("actual",), ("ongoing",)}
    everything = set(told(store, "timeline", "modality", modality="all"))
    assert everything == {("actual",), ("ongoing",), ("possible",), ("denied",)}
    assert ask(store, "timeline", {}, modality="all").rows == ask(store, "timeline", {"modality": "all"}).rows


def test_telephone_call_is_no_meeting(store: Store) -> None:
    met = told(store, "who_met_whom", "actor other mode date")
    assert ("France", "Germany", "phone", "2018-07-01/2018-07-10") not in met
    assert ("Donald Trump", "Vladimir Putin", "", "2018-07-16") in met
    assert ("Angela Merkel", "Nicolás Maduro", "visit", "") in met


def test_accusation_and_criticism_are_told_apart(store: Store) -> None:
    assert told(store, "who_accused_whom", "accuser accused of", other="Butina") == [
        ("US prosecutors", "Maria Butina", "being an agent"),
        ("", "Maria Butina", "conspiracy"),
    ]
    assert told(store, "who_criticised_whom", "critic criticised topic date") == [
        ("Angela Merkel", "Donald Trump", "defence spending", "2018-07-16/2018-07-20")
    ]


def test_denial_without_topic_gives_the_event_it_is_about(store: Store) -> None:
    assert told(store, "who_denied_what", "speaker denied") == [("Anatoly Antonov", "meddling")]


def test_all_modalities_add_events_that_a_speaker_denies(store: Store) -> None:
    assert told(store, "who_denied_what", "speaker denied modality", modality="all") == [
        ("Anatoly Antonov", "meddling", "actual"),
        ("Kremlin", "poisoned", "denied"),
    ]


def test_statement_comes_with_topic_addressee_and_all_its_sentences(store: Store) -> None:
    columns = "speaker said about addressee wording date published outlet evidence"
    assert told(store, "what_did_they_say", columns, actor="Antonov") == [
        (
            "Anatoly Antonov",
            "We did not interfere.” “Never.",
            "meddling",
            "Angela Merkel",
            "word for word",
            "2018-07-19",
            "2018-07-20",
            "Harbour Post",
            "Anatoly Antonov denied meddling, and told Angela Merkel: “We did not interfere.” “Never.”",
        )
    ]


def test_timeline_joins_actors_and_topics(store: Store) -> None:
    columns = "date event words source target topics"
    assert told(store, "timeline", columns, actor="Putin", other="Donald Trump") == [
        ("2018-07-16", "CONSULT", "met", "Donald Trump", "Vladimir Putin", "referendum; trade"),
    ]
    assert told(store, "timeline", "source target", type="protest") == [("Donald Trump; Ivanka Trump", "")]


def test_co_participants_are_counted_over_events_and_articles(store: Store) -> None:
    rows = told(store, "co_participants", "actor other events articles first_day last_day", actor="Putin")
    assert rows[0] == ("Vladimir Putin", "Donald Trump", 1, 2, "2018-07-16", "2018-07-16")
    assert told(store, "co_participants", "events", min_events="2") == []
    assert ("Donald Trump", "Ivanka Trump", 1) in told(store, "co_participants", "actor other events")


def test_evidence_of_co_participants_is_of_their_first_day(store: Store) -> None:
    draft = Draft(("Angela Merkel telephoned Nicolás Maduro.",), id="telephone")
    pair = {"source": ("angela-merkel",), "target": ("nicolas-maduro",)}
    draft.event("e1", "CONSULT", "telephoned", time=("2018-07-03", "2018-07-03", None), **pair)
    store.put([draft.record()])
    try:
        rows = told(store, "co_participants", "events first_day evidence", actor="Maduro")
    finally:
        store.remove(["telephone"])
    assert rows == [(2, "2018-07-03", "Angela Merkel telephoned Nicolás Maduro.")]


def test_what_one_article_tells_and_another_denies_is_a_contradiction(store: Store) -> None:
    told_so, denied = (
        Draft(("Poland accused Angela Merkel of lying on Tuesday.",), id="told-so", published="2018-07-12"),
        Draft(("Poland never accused Angela Merkel of lying on Tuesday.",), id="denied", published="2018-07-13"),
    )
    pair = {"source": ("pol",), "target": ("angela-merkel",), "time": ("2018-07-10", "2018-07-10", "on Tuesday")}
    told_so.event("e1", "ACCUSE", "accused", **pair)
    denied.event("e1", "ACCUSE", "accused", modality="denied", **pair)
    store.put([told_so.record(), denied.record()])
    try:
        rows = told(store, "contradictions", "event source target article denied_article", actor="Merkel")
        seen = told(store, "told_by", "words contradicted_by", article="told-so")
    finally:
        store.remove(["told-so", "denied"])
    assert rows == [("ACCUSE", "Poland", "Angela Merkel", "told-so", "denied")]
    assert seen == [("accused", 1)]


def test_articles_are_listed_with_the_number_of_their_events(store: Store) -> None:
    assert told(store, "articles", "article headline outlet published url events") == [
        ("northern-wire/7", "", "Northern Wire", "2018-07-17", "", 4),
        ("letters", "", "Letters & <b>Co</b>", "2018-07-18", "", 1),
        (
            "harbour-post/1",
            "Two presidents & a referendum",
            "Harbour Post",
            "2018-07-20",
            "https://harbour.example/1",
            7,
        ),
        ("rumours", "", "", "", "", 2),
    ]
    assert told(store, "articles", "article", day="2018-07-18", to="2018-07-18") == [("letters",)]
    assert told(store, "articles", "article", words="REFERENDUM") == [("harbour-post/1",)]


def test_article_without_events_is_listed(store: Store) -> None:
    store.put([Draft(("Nothing came to pass.",), id="silence").record()])
    try:
        rows = told(store, "articles", "article events", article="silence")
    finally:
        store.remove(["silence"])
    assert rows == [("silence", 0)]


def test_place_is_found_by_words_or_country(store: Store) -> None:
    assert told(store, "events_at", "place words", place="helsinki") == [("Helsinki", "met")]
    assert told(store, "events_at", "place words", place="rus", modality="all") == [("Moscow", "visit")]


def test_sources_of_an_event_are_its_sentences(store: Store) -> None:
    rows = told(store, "sources_of", "outlet published words evidence", article="harbour-post/1", event="e1")
    assert [row[:3] for row in rows] == [
        ("Northern Wire", "2018-07-17", "met"),
        ("Harbour Post", "2018-07-20", "discussed"),
        ("Harbour Post", "2018-07-20", "talks"),
    ]
    pair = told(store, "sources_of", "outlet", actor="Putin", other="Donald Trump", type="CONSULT")
    assert set(pair) == {("Harbour Post",), ("Northern Wire",)}


def test_sources_of_a_named_event_are_given_whatever_its_modality(store: Store) -> None:
    assert told(store, "sources_of", "words", article="rumours", event="e1") == [("poisoned",)]


def test_words_that_something_bears_may_have_no_answer(store: Store) -> None:
    assert told(store, "acts", "source", place="Helsinki", type="PROTEST") == []
    assert told(store, "who_attacked_whom", "source", topic="trade", outlet="Harbour", modality="all") == []


def test_events_that_enough_outlets_tell_are_given(store: Store) -> None:
    assert told(store, "acts", "source target corroboration", min_sources="2") == [
        ("Donald Trump", "Vladimir Putin", 2),
        ("Donald Trump", "Vladimir Putin", 2),
    ]
    assert ("Donald Trump", "Vladimir Putin") not in told(store, "single_source_claims", "source target")
    assert told(store, "most_corroborated", "source target corroboration")[0] == ("Donald Trump", "Vladimir Putin", 2)


def test_guest_visits_the_host_whoever_of_them_is_told_first(store: Store) -> None:
    draft = Draft(("Poland received Nicolás Maduro, and later Maduro toured Germany.",), id="guests")
    draft.event("e1", "CONSULT", "received", cameo="043", mode="visit", source=("pol",), target=("nicolas-maduro",))
    draft.event("e2", "CONSULT", "toured", cameo="042", mode="visit", source=("nicolas-maduro",), target=("deu",))
    store.put([draft.record()])
    try:
        visits = told(store, "who_visited_whom", "source target words", actor="Maduro")
        hosts = told(store, "who_visited_whom", "source target", other="Poland")
    finally:
        store.remove(["guests"])
    assert visits == [("Nicolás Maduro", "Poland", "received"), ("Nicolás Maduro", "Germany", "toured")]
    assert hosts == [("Nicolás Maduro", "Poland")]


def test_next_act_of_the_other_side_follows(store: Store) -> None:
    draft = Draft(("France accused Poland.", "Poland accused Germany.", "Poland attacked France."), id="quarrel")
    days = (("2018-08-01", "2018-08-01", None), ("2018-08-02", "2018-08-02", None), ("2018-08-20", "2018-08-20", None))
    draft.event("e1", "ACCUSE", "accused", source=("fra",), target=("pol",), time=days[0])
    draft.event("e2", "ACCUSE", "accused Germany", source=("pol",), target=("deu",), time=days[1])
    draft.event("e3", "ASSAULT", "attacked", source=("pol",), target=("fra",), time=days[2])
    store.put([draft.record()])
    try:
        chain = told(store, "what_followed", "source target event answer answer_date answer_evidence", other="Poland")
        soon = told(store, "what_followed", "source", within="10")
    finally:
        store.remove(["quarrel"])
    assert chain == [("France", "Poland", "ACCUSE", "ASSAULT", "2018-08-20", "Poland attacked France.")]
    assert soon == []


def test_shortest_chain_connects_two_actors(store: Store) -> None:
    assert told(store, "connection", "step source target", actor="Ivanka", other="Putin") == [
        (1, "Ivanka Trump", "Donald Trump"),
        (2, "Donald Trump", "Vladimir Putin"),
    ]
    assert told(store, "connection", "step source target", actor="Ivanka", other="Maduro") == [
        (1, "Ivanka Trump", "Donald Trump"),
        (2, "Donald Trump", "Angela Merkel"),
        (3, "Angela Merkel", "Nicolás Maduro"),
    ]
    assert told(store, "connection", "step", actor="Ivanka", other="Poland") == []
    assert told(store, "connection", "step", actor="Merkel", other="Russia") == []
    assert told(store, "connection", "step", actor="Merkel", other="Russia", modality="possible") == [(1,)]


def test_go_between_deals_with_both(store: Store) -> None:
    columns = "go_between events_with_actor events_with_other evidence evidence_with_other"
    assert told(store, "go_betweens", columns, actor="Ivanka", other="Merkel") == [
        (
            "Donald Trump",
            1,
            1,
            "Donald Trump and Ivanka Trump protested.",
            "Angela Merkel criticised Donald Trump over defence spending.",
        )
    ]


def test_month_counts_events_by_quad_class_with_their_mean_on_goldstein_s_scale(store: Store) -> None:
    draft = Draft(("France attacked Poland.", "Poland met France.", "Poland bombed France."), id="months")
    pair = {"source": ("fra",), "target": ("pol",)}
    draft.event("e1", "ASSAULT", "attacked", goldstein=-9.0, time=("2019-03-31", "2019-04-02", None), **pair)
    draft.event("e2", "CONSULT", "met", goldstein=1.5, time=("2019-03-01", "2019-03-01", None), **pair)
    draft.event("e3", "ASSAULT", "bombed", time=("2019-04-01", "2019-04-01", None), **pair)
    store.put([draft.record()])
    columns = "month events verbal_cooperation verbal_conflict material_conflict goldstein evidence"
    try:
        months = told(store, "cooperation_and_conflict", columns, actor="Poland", day="2019-01-01")
        dyads = told(store, "most_active_dyads", "actor other events cooperation conflict goldstein", actor="Poland")
    finally:
        store.remove(["months"])
    assert months == [
        ("2019-03", 2, 1, 0, 1, -3.75, "Poland met France."),
        ("2019-04", 1, 0, 0, 1, None, "Poland bombed France."),
    ]
    assert dyads[0] == ("France", "Poland", 4, 2, 2, -3.75)


def test_every_sentence_is_evidence_of_its_event(store: Store) -> None:
    rows = told(store, "evidence_of", "words outlet event_id", article="harbour-post/1", event="e1")
    assert rows == [
        ("met", "Northern Wire", "e1"),
        ("discussed", "Harbour Post", "e1"),
        ("talks", "Harbour Post", "e1"),
    ]


def test_limit_cuts_and_says_so(store: Store) -> None:
    whole, cut = ask(store, "timeline", {}), ask(store, "timeline", {}, limit=2)
    assert not whole.rows.truncated
    assert cut.rows.truncated
    assert cut.rows.rows == whole.rows.rows[:2]


def test_answer_tells_every_parameter_with_the_actor_s_full_name(store: Store) -> None:
    answer = ask(store, DISCUSSED, {"actor": "putin", "from": " 2018-07-01 "})
    assert answer.query == DISCUSSED
    assert answer.parameters == {
        "actor": "Vladimir Putin",
        "other": "",
        "topic": "",
        "from": "2018-07-01",
        "to": "",
        "place": "",
        "outlet": "",
        "speaker": "",
        "modality": "facts",
        "min_sources": 1,
        "standing": "current",
    }


@pytest.mark.parametrize(
    ("name", "parameters", "fault"),
    [
        ("who_discussed", {}, "no query 'who_discussed'; did you mean who_discussed_what_with_whom"),
        (DISCUSSED, {"acter": "x"}, "has no parameter 'acter'; did you mean actor"),
        (DISCUSSED, {"limit": "3"}, "has no parameter 'limit'; there are actor, from"),
        (DISCUSSED, {"from": "2018-02-30"}, "from='2018-02-30' is no day of the calendar"),
        (DISCUSSED, {"to": "20180716"}, "to='20180716' is not a date; write YYYY-MM-DD"),
        (DISCUSSED, {"to": "16 July 2018"}, "is not a date; write YYYY-MM-DD"),
        (DISCUSSED, {"from": "2018-07-02", "to": "2018-07-01"}, "from=2018-07-02 is later than to=2018-07-01"),
        (DISCUSSED, {"modality": "fact"}, "no modality 'fact'; did you mean facts"),
        ("timeline", {"type": "consul"}, "no type 'consul'; did you mean CONSULT"),
        ("co_participants", {"min_events": "two"}, "min_events='two' is not a whole number from 0 to 999999999"),
        ("co_participants", {"min_events": "9" * 20}, "is not a whole number from 0 to 999999999"),
        (DISCUSSED, {"actor": "Butinna"}, "did you mean Maria Butina?"),
        ("acts", {"place": "Helsinky"}, "holds 'Helsinky'; did you mean Helsinki?"),
        ("timeline", {"topic": "referendums"}, "holds 'referendums'; did you mean referendum?"),
        ("timeline", {"topic": "xyzzy"}, "holds 'xyzzy'; `kg query topics` lists them"),
        ("sources_of", {"outlet": "Norhtern Wire"}, "did you mean Northern Wire?"),
        ("acts", {"min_sources": "two"}, "min_sources='two' is not a whole number"),
        ("acts", {"type": "threat"}, "no type 'threat'; did you mean THREATEN"),
    ],
)
def test_wrong_question_is_refused(embedded: Store, name: str, parameters: dict[str, str], fault: str) -> None:
    with pytest.raises(UsageError) as refusal:
        ask(embedded, name, parameters)
    assert fault in str(refusal.value)


@pytest.mark.parametrize("name", [query.name for query in queries()])
def test_both_stores_give_equal_rows(embedded: Store, filled_neo4j: Store, name: str) -> None:
    declared = {parameter.name for query in queries() if query.name == name for parameter in query.parameters}
    for parameters in ALL_FILTERS[:2] if made_of_another(name) else ALL_FILTERS:
        if parameters.keys() <= declared:
            assert ask(filled_neo4j, name, parameters).rows == ask(embedded, name, parameters).rows, parameters


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_columns_are_those_of_the_text(embedded: Store, query: object) -> None:
    assert ask(embedded, query.name, {}).rows.columns == query.columns


@pytest.mark.parametrize("name", [query.name for query in queries()])
def test_any_limit_gives_the_first_rows_of_all(embedded: Store, name: str) -> None:
    whole = ask(embedded, name, {}, modality="all").rows.rows
    for most in range(1, len(whole) + 1):
        assert ask(embedded, name, {}, modality="all", limit=most).rows.rows == whole[:most]
