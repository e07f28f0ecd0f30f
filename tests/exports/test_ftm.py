"""FollowTheMoney: entities that its own library finds valid, each once."""

import json
from collections import defaultdict
from typing import Any

import pytest
from exports.test_formats import written

from kg.asking.parts import Part
from kg.knowledge.follow_the_money import supplement
from kg.knowledge.tables import tables

Entity = dict[str, Any]


def entities(part: Part) -> list[Entity]:
    return [json.loads(line) for line in written("ftm", part).splitlines()]


def named(part: Part) -> dict[str, list[Entity]]:
    """Return entities by schema."""
    found: defaultdict[str, list[Entity]] = defaultdict(list)
    for entity in entities(part):
        found[entity["schema"]].append(entity)
    return found


@pytest.mark.parametrize("which", ["part", "hostile_part", "seeds_part"])
def test_every_entity_is_valid_and_there_once(request: pytest.FixtureRequest, which: str) -> None:
    library = pytest.importorskip("followthemoney", reason="followthemoney, which checks entities, is not installed")
    found = entities(request.getfixturevalue(which))
    assert found
    assert len({entity["id"] for entity in found}) == len(found)
    for entity in found:
        library.model.get(entity["schema"]).validate(entity)
        proxy = library.model.get_proxy(entity)
        proxy.schema.validate(proxy.to_dict())
        kept = {name: len(values) for name, values in proxy.to_dict()["properties"].items()}
        cleaned = library.model.make_entity(entity["schema"])
        for name, values in entity["properties"].items():
            cleaned.add(name, values)
        assert {name: len(values) for name, values in cleaned.properties.items()} == kept


def test_links_lead_to_entities_of_the_file(seeds_part: Part) -> None:
    found = entities(seeds_part)
    there = {entity["id"] for entity in found}
    ends = [
        end
        for entity in found
        for name in ("subject", "object", "involved", "proof")
        for end in entity["properties"].get(name, ())
    ]
    assert ends
    assert set(ends) <= there


def test_what_follows_stands_before(part: Part) -> None:
    seen: set[str] = set()
    for entity in entities(part):
        assert {*entity["properties"].get("involved", ()), *entity["properties"].get("proof", ())} <= seen
        seen.add(entity["id"])


def test_event_tells_days_place_sources_and_who_vouches(part: Part) -> None:
    (event,) = (each for each in named(part)["Event"] if each["properties"].get("location") == ["Helsinki"])
    assert event["properties"]["name"] == ["Donald Trump, Vladimir Putin – met"]
    assert event["properties"]["startDate"] == event["properties"]["endDate"] == ["2018-07-16"]
    assert event["properties"]["country"] == ["fi"]
    assert event["properties"]["publisher"] == ["Northern Wire", "Harbour Post"]
    assert event["properties"]["sourceUrl"] == ["https://harbour.example/1"]
    assert set(event["properties"]["notes"]) == {"asserts: Kremlin", "asserts: Anatoly Antonov"}
    assert {"CONSULT", "040", "actual", "referendum", "trade"} <= set(event["properties"]["keywords"])
    assert event["properties"]["summary"][0] == "Donald Trump met Vladimir Putin in Helsinki."


def test_two_who_have_to_do_with_each_other_are_linked(part: Part) -> None:
    actors = {each["id"]: each["properties"]["name"][0] for each in entities(part) if "kg-actor-" in each["id"]}
    links = {
        (
            actors[link["properties"]["subject"][0]],
            link["properties"]["role"][0],
            actors[link["properties"]["object"][0]],
        )
        for link in named(part)["UnknownLink"]
    }
    assert ("Angela Merkel", "criticised", "Donald Trump") in links
    assert ("France", "spoke", "Germany") in links


def test_moment_of_publication_is_in_utc(hostile_part: Part, part: Part) -> None:
    moments = {each["properties"].get("publishedAt", [""])[0] for each in named(hostile_part)["Article"]}
    assert moments == {"2021-05-01T08:00:00", "2018-07-20T09:30:00", "2018-07-17", "2018-07-18", ""}


def test_schema_fits_the_kind(part: Part) -> None:
    kinds = {
        each["properties"]["name"][0]: schema
        for schema in ("Person", "PublicBody", "Organization")
        for each in named(part)[schema]
    }
    assert (kinds["Angela Merkel"], kinds["France"], kinds["Kremlin"]) == ("Person", "PublicBody", "PublicBody")


def test_kg_reads_the_actors_again(part: Part) -> None:
    """What was written is what `tables` of a user may be: the same names come back as rows, or as those of kg."""
    read = supplement(tables(), "export.ftm.json", written("ftm", part))
    assert read.problems == ()
