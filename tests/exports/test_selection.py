"""The part of the graph that leaves, and the network that it is."""

from dataclasses import replace

import pytest
from networkx import MultiDiGraph

from kg import __version__
from kg.asking.parts import Part, Subject, read, select
from kg.errors import UsageError
from kg.exports.network import network
from kg.stores.base import Store


def names(graph: MultiDiGraph) -> list[tuple[str, str]]:
    return [(graph.nodes[source]["label"], graph.nodes[target]["label"]) for source, target in graph.edges()]


def words(part: Part) -> list[str]:
    return [event.words for event in part.events()]


def chosen(store: Store, **parameters: str) -> Part:
    return select(store, parameters={name.removesuffix("_"): value for name, value in parameters.items()})


def test_event_comes_with_all_that_is_told_of_it(embedded: Store) -> None:
    (event,) = read(embedded, [("harbour-post/1", "e1"), ("harbour-post/1", "e1")])
    assert (event.type, event.cameo, event.date, event.first, event.last) == (
        "CONSULT", "040", "2018-07-16", "2018-07-16", "2018-07-16",
    )  # fmt: skip
    assert [(role.party.name, role.cameo) for role in (*event.sources, *event.targets)] == [
        ("Donald Trump", "USA"),
        ("Vladimir Putin", "RUS"),
    ]
    assert [(voice.party.name, voice.stance) for voice in event.voices] == [
        ("Kremlin", "asserts"),
        ("Anatoly Antonov", "asserts"),
    ]
    assert [subject.name for subject in event.subjects] == ["referendum", "trade"]
    assert event.scene is not None
    assert (event.scene.name, event.scene.country) == ("Helsinki", "FIN")
    assert [(telling.paper.id, telling.event_id) for telling in event.tellings] == [
        ("northern-wire/7", "e1"),
        ("harbour-post/1", "e1"),
    ]
    assert event.corroboration == 2
    for telling in event.tellings:
        for quote in telling.quotes:
            assert [quote.text[start - quote.start : end - quote.start] for start, end, _ in quote.words] == [
                word for _, _, word in quote.words
            ]


def test_event_that_goes_while_it_is_read_is_left_out(embedded: Store) -> None:
    (event,) = read(embedded, [("harbour-post/1", "e2")])
    assert [each.id for each in Part(embedded, ("gone:e1", event.id), "", "").events()] == [event.id]


def test_topic_and_voice_count_the_outlets_that_tell_of_them(embedded: Store) -> None:
    (event,) = read(embedded, [("harbour-post/1", "e1")])
    assert event.topics == {"referendum": 1, "trade": 1}
    assert {(party.name, stance): told for (party, stance), told in event.vouchers.items()} == {
        ("Kremlin", "asserts"): 1,
        ("Anatoly Antonov", "asserts"): 1,
    }
    trade = replace(event.subjects[1], article="northern-wire/7")
    assert replace(event, subjects=(*event.subjects, trade)).topics == {"referendum": 1, "trade": 2}
    wire, post = event.tellings
    copied = replace(post, paper=replace(post.paper, copy_of=wire.paper.id))
    assert replace(event, subjects=(*event.subjects, trade), tellings=(wire, copied)).topics["trade"] == 1


def test_what_all_outlets_tell_counts_as_many_as_the_event(seeds_part: Part) -> None:
    for event in seeds_part.events():
        everywhere = tuple(Subject("t", "all", "", telling.paper.id, 0, 1) for telling in event.tellings)
        assert replace(event, subjects=everywhere).topics == {"all": event.corroboration}


def test_edge_carries_what_is_known_of_the_event(graph: MultiDiGraph) -> None:
    (edge,) = (data for _, _, data in graph.edges(data=True) if data["place"] == "Helsinki")
    assert edge == {
        "label": "met",
        "event_type": "CONSULT",
        "mode": "",
        "cameo": "040",
        "source_code": "USA",
        "target_code": "RUS",
        "quad": "verbal-cooperation",
        "symmetric": True,
        "date": "2018-07-16",
        "date_first": "2018-07-16",
        "date_last": "2018-07-16",
        "modality": "actual",
        "place": "Helsinki",
        "topics": "referendum; trade",
        "according_to": "Anatoly Antonov; Kremlin",
        "outlet": "Northern Wire; Harbour Post",
        "headline": "",
        "url": "",
        "evidence": "Donald Trump met Vladimir Putin in Helsinki.\n"
        "Vladimir Putin and Donald Trump discussed a referendum in Ukraine in Helsinki on Monday, "
        "said Anatoly Antonov.\nThe Kremlin said that their talks had touched on trade too.",
        "corroboration": 2,
        "judged": "",
        "article": "northern-wire/7",
        "event": "e1",
        "confidence": 1.0,
    }


def test_node_carries_what_is_known_of_the_actor(graph: MultiDiGraph) -> None:
    assert graph.nodes["nicolas-maduro"] == {
        "label": "Nicolás Maduro",
        "kind": "person",
        "country": "VEN",
        "qid": "",
    }


def test_parties_of_a_symmetric_event_are_joined_pairwise(graph: MultiDiGraph) -> None:
    assert {("fra", "deu"), ("fra", "pol"), ("deu", "pol")} <= set(graph.edges())
    assert ("pol", "deu") not in graph.edges()


def test_event_with_one_actor_has_no_edge(part: Part, graph: MultiDiGraph) -> None:
    assert "denied" in words(part)
    assert "denied" not in {data["label"] for _, _, data in graph.edges(data=True)}
    assert "ivanka-trump" not in graph


def test_facts_alone_are_shown_unless_all_is_asked_for(embedded: Store, part: Part) -> None:
    assert set(words(part)) - set(words(select(embedded))) == {"visit", "meddling", "poisoned"}


def test_parameters_and_questions_narrow_the_selection(embedded: Store) -> None:
    assert names(network(chosen(embedded, actor="Putin"))) == [("Donald Trump", "Vladimir Putin")]
    assert words(chosen(embedded, from_="2018-07-10", to="2018-07-15")) == ["spoke"]
    assert words(select(embedded, query="who_criticised_whom")) == ["criticised"]


def test_unknown_actor_is_refused(embedded: Store) -> None:
    with pytest.raises(UsageError, match="did you mean Maria Butina"):
        chosen(embedded, actor="Butinna")


def test_question_without_events_is_refused(embedded: Store) -> None:
    with pytest.raises(UsageError, match="rows of co_participants are not events"):
        select(embedded, query="co_participants", parameters={"actor": "Putin"})


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ({"from_": "20180710"}, "from='20180710' is not a date; write YYYY-MM-DD"),
        ({"to": "2018-W28-2"}, "to='2018-W28-2' is not a date"),
        ({"to": "2018-07-10T09:30:00"}, "is not a date"),
        ({"from_": "2018-02-30"}, "is no day of the calendar"),
        ({"from_": "2018-07-12", "to": "2018-07-10"}, "from=2018-07-12 is later than to=2018-07-10; exchange them"),
    ],
)
def test_days_that_are_none_or_stand_backwards_are_refused(embedded: Store, days: dict[str, str], fault: str) -> None:
    with pytest.raises(UsageError) as refusal:
        chosen(embedded, **days)
    assert fault in str(refusal.value)


def test_versions_and_selection_are_told(embedded: Store) -> None:
    found = network(chosen(embedded, actor="merkel", from_="2018-07-01"))
    assert found.graph == {
        "made_with": f"written by kg {__version__}; records by kg 0.1.0, model hand 1.0, "
        "codebook aaaaaaaaaaaaaaaa, tables bbbbbbbbbbbbbbbb",
        "selection": "actor Angela Merkel, from 2018-07-01, modality facts",
    }


def test_keys_of_edges_are_unique(graph: MultiDiGraph) -> None:
    keys = [key for _, _, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))
