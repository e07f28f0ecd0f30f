"""The nodes and relationships of a part as the store has them."""

import json

import pytest

from kg.asking.parts import Part, select
from kg.asking.raw import WAYS, Contents
from kg.model import Label, Link
from kg.stores.base import Store
from kg.stores.contents import contents


def lines(found: Contents) -> list[str]:
    """Return them as `kg.stores.contents.contents` has those of a whole store."""
    nodes = [
        json.dumps([label, {key: node[key] for key in sorted(node)}], ensure_ascii=False)
        for label in Label
        for node in found.nodes(label)
    ]
    edges = [
        json.dumps(
            [
                json.dumps([way.start]), tie.start, way.link, json.dumps([way.end]), tie.end,
                {key: tie.properties[key] for key in sorted(tie.properties)},
            ],
            ensure_ascii=False,
        )
        for way in WAYS
        for tie in found.ties(way)
    ]  # fmt: skip
    return sorted(nodes + edges)


@pytest.mark.parametrize("which", ["hostile", "seeds"])
def test_whole_part_is_all_of_the_graph(request: pytest.FixtureRequest, which: str) -> None:
    part: Part = request.getfixturevalue(f"{which}_part")
    assert part.whole
    assert lines(Contents(part)) == contents(request.getfixturevalue(f"{which}_store"))


def test_every_type_of_relationship_has_a_way() -> None:
    assert {way.link for way in WAYS} == set(Link)
    assert len({way.name for way in WAYS}) == len(WAYS)


@pytest.mark.parametrize(
    "parameters", [{"modality": "all"}, {"standing": "all"}, {"modality": "all", "standing": "all", "actor": "Putin"}]
)
def test_what_was_chosen_is_not_whole(embedded: Store, parameters: dict[str, str]) -> None:
    assert not select(embedded, parameters=parameters).whole


def test_another_question_is_not_whole(embedded: Store) -> None:
    assert not select(embedded, query="timeline", parameters={"actor": "Putin"}, modality="all").whole


def ids(found: Contents) -> dict[str, int]:
    return {label: len(found.ids[label]) for label in Label}


def test_part_holds_what_its_events_need(embedded: Store) -> None:
    found = Contents(select(embedded, parameters={"actor": "Putin"}))
    assert ids(found) == {
        "Article": 2, "Sentence": 3, "Event": 1, "Statement": 0, "Actor": 4, "Topic": 2, "Place": 1, "Dyad": 1,
    }  # fmt: skip
    ties = {way.name: len(list(found.ties(way))) for way in WAYS}
    assert {name: count for name, count in ties.items() if count} == {
        "PART_OF-Sentence-Article": 3, "APPEARS_IN": 6, "MENTIONED_IN": 6, "SOURCE_OF": 1, "TARGET_OF": 1, "BETWEEN": 1,
        "ACCORDING_TO": 2, "EVIDENCED_BY": 3, "HAS_TOPIC-Event-Topic": 2, "TOOK_PLACE_AT": 1, "TOLD_IN": 2,
    }  # fmt: skip


def test_part_holds_the_statement_that_vouches_with_its_own(hostile_store: Store) -> None:
    found = Contents(select(hostile_store, parameters={"type": "ACCUSE", "from": "2021-04-30"}))
    assert (len(found.ids[Label.EVENT]), len(found.ids[Label.STATEMENT]), len(found.ids[Label.SENTENCE])) == (1, 1, 2)
    ties = {way.name: len(list(found.ties(way))) for way in WAYS}
    assert (ties["SAID"], ties["STATED_IN"], ties["HAS_TOPIC-Statement-Topic"]) == (1, 1, 1)


def test_relationships_of_a_part_lead_to_its_nodes_alone(seeds_store: Store) -> None:
    part = select(seeds_store, parameters={"actor": "Putin"})
    found = Contents(part)
    assert 0 < len(found.ids[Label.EVENT]) < seeds_store.counts().events
    for way in WAYS:
        for tie in found.ties(way):
            assert tie.start in found.ids[way.start]
            assert tie.end in found.ids[way.end]


def test_ties_come_in_the_same_order(seeds_part: Part) -> None:
    one, other = Contents(seeds_part), Contents(seeds_part)
    for way in WAYS:
        assert list(one.ties(way)) == list(other.ties(way))
