"""Names of places stand for the place that the text means."""

import pytest

from kg.model import Article
from kg.reading.document import Reading
from kg.reading.read import read


def reading(text: str) -> Reading:
    (found,) = read([Article(id="a", text=text, published="2018-07-20")])
    return found


def places(text: str) -> dict[str, str | None]:
    """Read a text and return the country of each place by its words in the text."""
    found = reading(text)
    return {
        text[place.start : place.end]: place.row.country if place.row else None for place in found.places_at.values()
    }


def states(text: str) -> set[str]:
    return {actor.name for actor in reading(text).mentioned.actors if actor.kind == "state"}


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Two men were arrested in Athens, Ohio, on Sunday.", "Athens", "USA"),
        ("Two men were arrested in Warsaw, Indiana, on Sunday.", "Warsaw", "USA"),
        ("The bridge is in Hamilton, Ontario, and was closed.", "Hamilton", "CAN"),
        ("Officers searched a house in Newport, Wales, on Sunday.", "Newport", "GBR"),
        ("Soldiers left the city of Santiago, Cuba, on Sunday.", "Santiago", "CUB"),
        ("Officers searched a house in Peru, Illinois, on Sunday.", "Peru", "USA"),
        ("The workers marched through Bilbao, Spain, on Sunday.", "Bilbao", "ESP"),
    ],
)
def test_region_or_country_after_a_comma_places_a_town(text: str, place: str, country: str) -> None:
    assert places(text)[place] == country


def test_town_is_in_the_region_that_is_named_and_not_the_largest_of_its_name() -> None:
    (place,) = [
        each
        for each in reading("They met in Portland, Maine, on Sunday.").places_at.values()
        if each.name == "Portland"
    ]
    assert place.row is not None
    assert place.row.lon > -75


@pytest.mark.parametrize(
    "text", ["Warsaw, Indiana, officers arrested two men.", "Officers in Peru, Illinois, arrested two men."]
)
def test_town_in_a_region_is_no_state(text: str) -> None:
    assert not states(text)


def test_states_in_a_list_are_states() -> None:
    assert states("Berlin, France and Spain signed the treaty.") == {"Germany", "France", "Spain"}
    assert states("Peru, Chile, Bolivia and Ecuador signed the treaty.") == {"Peru", "Chile", "Bolivia", "Ecuador"}


@pytest.mark.parametrize(
    "text",
    [
        "The governor of Georgia signed the bill.",
        "The US state of Georgia signed up on Sunday.",
        "Georgia senators voted on the bill.",
        "Voters queued in Savannah. Georgia counted the votes, as Alabama did.",
        "MONTGOMERY, Ala. — The trial moved to Georgia. Officials in Tuscaloosa agreed.",
    ],
)
def test_georgia_among_american_places_or_offices_is_the_region(text: str) -> None:
    assert "Georgia" not in states(text)


@pytest.mark.parametrize(
    "text",
    [
        "Georgia accused Russia of spying.",
        "The president of Georgia left.",
        "Troops left Batumi. Georgia welcomed that.",
    ],
)
def test_georgia_is_the_state_otherwise(text: str) -> None:
    assert "Georgia" in states(text)


def test_city_with_a_mayor_stands_for_no_state() -> None:
    assert not states("Moscow's mayor opened the fair.")


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("Crowds gathered in Wenceslas Square in Prague on Sunday.", "Wenceslas Square", "CZE"),
        ("They dined at the Astoria Hotel in Brussels.", "Astoria Hotel", "BEL"),
        ("Fighting broke out in Homs province on Sunday.", "Homs", "SYR"),
    ],
)
def test_site_lies_where_the_text_says(text: str, place: str, country: str) -> None:
    found = places(text)
    assert next(value for name, value in found.items() if name.startswith(place)) == country


def test_state_whose_embassy_it_is_is_not_where_it_stands() -> None:
    assert set(places("A bomb went off outside the US embassy in Nairobi.")) == {"Nairobi"}


def test_name_of_a_person_is_no_place() -> None:
    assert "Jordan" not in places("Critics of Jordan Kessler spoke. The film of Jordan Kessler won.")


@pytest.mark.parametrize(
    ("text", "place", "rule"),
    [
        ("They met in Lebanon, Pennsylvania.", "Lebanon", "lies in a place beside it"),
        ("They met in Lebanon, Pennsylvania.", "Pennsylvania", "holds the place before it"),
        ("They met the governor of Georgia.", "Georgia", "office beside the place"),
        ("Voters in Atlanta, Savannah and Macon went to the polls in Georgia.", "Georgia", "other places of the text"),
    ],
)
def test_place_of_a_name_of_several_keeps_its_rule(text: str, place: str, rule: str) -> None:
    told = {text[each.start : each.end]: each.why for each in reading(text).places_at.values()}
    why = told[place]
    assert why is not None
    assert why.rule == rule
