"""The part of the graph that an export shows."""

import pytest
from networkx import MultiDiGraph

from kg import __version__
from kg.errors import UsageError
from kg.exports import select
from kg.stores.base import Store


def names(graph: MultiDiGraph) -> list[tuple[str, str]]:
    return [(graph.nodes[source]["label"], graph.nodes[target]["label"]) for source, target in graph.edges()]


def words(graph: MultiDiGraph) -> set[str]:
    return {data["label"] for _, _, data in graph.edges(data=True)}


def test_edge_carries_what_is_known_of_the_event(graph: MultiDiGraph) -> None:
    (edge,) = (data for _, _, data in graph.edges(data=True) if data["label"] == "discussed")
    assert edge == {
        "label": "discussed",
        "event_type": "CONSULT",
        "mode": "",
        "cameo": "040",
        "source_code": "USA",
        "target_code": "RUS",
        "quad": "verbal-cooperation",
        "goldstein": 1.0,
        "plover_score": 2.5,
        "symmetric": True,
        "date": "2018-07-16",
        "modality": "actual",
        "place": "Helsinki",
        "topics": "referendum; trade",
        "according_to": "Anatoly Antonov; Kremlin",
        "outlet": "Harbour Post",
        "headline": "Two presidents & a referendum",
        "evidence": "Vladimir Putin and Donald Trump discussed a referendum in Ukraine in Helsinki on Monday, "
        "said Anatoly Antonov.\nThe Kremlin said that their talks had touched on trade too.",
        "article": "harbour-post/1",
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


def test_event_with_one_actor_has_no_edge(graph: MultiDiGraph) -> None:
    assert "denied" not in words(graph)
    assert "ivanka-trump" not in graph


def test_facts_alone_are_shown_unless_all_is_asked_for(embedded: Store, graph: MultiDiGraph) -> None:
    assert words(graph) - words(select(embedded)) == {"visit"}


def test_actor_days_and_events_narrow_the_selection(embedded: Store) -> None:
    assert names(select(embedded, actor="Putin")) == [
        ("Donald Trump", "Vladimir Putin"),
        ("Donald Trump", "Vladimir Putin"),
    ]
    assert words(select(embedded, first="2018-07-10", last="2018-07-15")) == {"spoke"}
    assert words(select(embedded, last="2018-07-16")) == {"spoke", "discussed", "met", "criticised"}
    assert words(select(embedded, events={("harbour-post/1", "e5")})) == {"accused"}


def test_unknown_actor_is_refused(embedded: Store) -> None:
    with pytest.raises(UsageError, match="did you mean Maria Butina"):
        select(embedded, actor="Butinna")


@pytest.mark.parametrize(
    ("days", "fault"),
    [
        ({"first": "20180710"}, "from='20180710' is not a date; write YYYY-MM-DD"),
        ({"last": "2018-W28-2"}, "to='2018-W28-2' is not a date"),
        ({"last": "2018-07-10T09:30:00"}, "is not a date"),
        ({"first": "2018-02-30"}, "is no day of the calendar"),
        ({"first": "2018-07-12", "last": "2018-07-10"}, "from=2018-07-12 is later than to=2018-07-10; exchange them"),
    ],
)
def test_days_that_are_none_or_stand_backwards_are_refused(embedded: Store, days: dict[str, str], fault: str) -> None:
    with pytest.raises(UsageError) as refusal:
        select(embedded, **days)
    assert fault in str(refusal.value)


def test_versions_and_selection_are_told(embedded: Store) -> None:
    graph = select(embedded, actor="merkel", first="2018-07-01")
    assert graph.graph == {
        "made_with": f"written by kg {__version__}; records by kg 0.1.0, model hand 1.0, "
        "codebook aaaaaaaaaaaaaaaa, tables bbbbbbbbbbbbbbbb",
        "selection": "actor Angela Merkel, from 2018-07-01, modality facts",
    }


def test_keys_of_edges_are_unique(graph: MultiDiGraph) -> None:
    keys = [key for _, _, key in graph.edges(keys=True)]
    assert len(keys) == len(set(keys))
