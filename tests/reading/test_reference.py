"""Pronouns and descriptions stand for those spoken of before: by gender, country, number and office."""

import pytest

from kg.model import Article
from kg.reading.persons import gender_of, gender_of_noun
from kg.reading.read import read


def meant(text: str, words: str) -> set[str]:
    """Return the names of the actors that the last occurrence of some words stands for."""
    (reading,) = read([Article(id="a", text=text, published="2018-07-20")])
    end = text.rindex(words) + len(words)
    return {actor.name for actor in reading.mentioned.actors for mention in actor.mentions if mention.end == end}


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Ségolène Lind", "female"),
        ("Olaf Lind", "male"),
        ("Queen Lind", "female"),
        ("Xi Jinping", "male"),
        ("Robin Lind", None),
        ("Lind", None),
    ],
)
def test_name_tells_a_gender(name: str, gender: str | None) -> None:
    assert gender_of(name) == gender


def test_noun_tells_a_gender_by_its_last_word() -> None:
    assert gender_of_noun("military spokesman") == "male"
    assert gender_of_noun("crown princess") == "female"
    assert gender_of_noun("minister") is None


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Donald Trump called Angela Merkel on Monday. She thanked him.", "She", {"Angela Merkel"}),
        ("Donald Trump called Angela Merkel on Monday. She thanked him.", "him", {"Donald Trump"}),
        ("Ingrid Lind met Robin Okafor, a spokesman for the union. He left.", "He", {"Robin Okafor"}),
        ("Mrs Okafor met Robin Lind. Mr Lind left. He was tired.", "He", {"Robin Lind"}),
    ],
)
def test_pronoun_agrees_in_gender(text: str, words: str, names: set[str]) -> None:
    assert meant(text, words) == names


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Olaf Lind met Hans Okafor in Oslo. He warned him.", "him", {"Hans Okafor"}),
        ("Olaf Lind met Hans Okafor in Oslo. He wrote to him.", "him", {"Hans Okafor"}),
        ("Olaf Lind met Hans Okafor in Oslo. He defended himself.", "himself", {"Olaf Lind"}),
        ("Olaf Lind met Hans Okafor in Oslo. He praised his plan.", "his", {"Olaf Lind"}),
    ],
)
def test_two_pronouns_of_one_verb_are_two_persons(text: str, words: str, names: set[str]) -> None:
    assert meant(text, words) == names


def test_title_of_a_woman_is_not_for_a_man_of_that_name() -> None:
    text = "Hillary Clinton met Bill Clinton. Mrs Clinton left."
    assert meant(text, "Clinton") == {"Hillary Clinton"}


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Vladimir Putin arrived on Monday. The Russian leader smiled.", "Russian leader", {"Vladimir Putin"}),
        ("Kim Jong-un met Moon Jae-in. The South Korean leader left.", "South Korean leader", {"Moon Jae-in"}),
        ("Vladimir Putin met Donald Trump. He thanked his American counterpart.", "counterpart", {"Donald Trump"}),
        ("Vladimir Putin spoke. He blamed his American counterpart.", "counterpart", {"Donald Trump"}),
        ("Emmanuel Macron met Angela Merkel. He thanked his host.", "host", {"Angela Merkel"}),
        ("Mark Rutte met Donald Trump. The Dutchman smiled.", "Dutchman", {"Mark Rutte"}),
        ("Police arrested Ingrid Lind on Monday. The 34-year-old was charged.", "34-year-old", {"Ingrid Lind"}),
        ("Police arrested Ingrid Lind on Monday. The activist went on hunger strike.", "activist", {"Ingrid Lind"}),
        ("Angela Merkel spoke. Her country backed the plan.", "country", {"Germany"}),
        ("Barack Obama criticised Donald Trump. The former US president left.", "president", {"Barack Obama"}),
        ("Sergei Lavrov called the US secretary of state.", "US secretary of state", {"Mike Pompeo"}),
    ],
)
def test_description_stands_for_the_person_it_fits(text: str, words: str, names: set[str]) -> None:
    assert meant(text, words) == names


def test_former_holder_is_not_who_holds_the_office() -> None:
    assert "Mauricio Macri" not in meant("The former Argentine president was charged.", "president")


def test_activist_is_not_a_person_known_by_an_office() -> None:
    assert "Angela Merkel" not in meant("Angela Merkel spoke. The activist left.", "activist")


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("The UN condemned the raid. The world body called for calm.", "world body", "United Nations"),
        ("The European Commission fined Oslo. The commission was firm.", "commission", "European Commission"),
        ("Ada Motors cut jobs. Three companies asked for help. The company was sorry.", "company", "Ada Motors"),
    ],
)
def test_description_stands_for_the_body_it_fits(text: str, words: str, name: str) -> None:
    assert meant(text, words) == {name}


TWO = {"Donald Trump", "Vladimir Putin"}
THREE = {"Angela Merkel", "Emmanuel Macron", "Theresa May"}


@pytest.mark.parametrize("words", ["The pair", "Neither leader", "Both", "The presidents", "The two", "They"])
def test_two_persons_are_spoken_of_together(words: str) -> None:
    assert meant(f"Donald Trump met Vladimir Putin in Oslo. {words} will discuss gas.", words) == TWO


@pytest.mark.parametrize("words", ["The trio", "The three leaders", "They", "The three"])
def test_three_persons_are_spoken_of_together(words: str) -> None:
    text = f"Theresa May, Angela Merkel and Emmanuel Macron met in Oslo. {words} will discuss gas."
    assert meant(text, words) == THREE


@pytest.mark.parametrize("words", ["Both countries", "The two sides", "Both sides", "The two countries"])
def test_two_states_are_spoken_of_together(words: str) -> None:
    assert meant(f"Norway and Chad signed the treaty. {words} praised it.", words) == {"Norway", "Chad"}


def test_both_countries_are_those_of_two_persons() -> None:
    text = "Donald Trump met Vladimir Putin in Oslo. Both countries praised the talks."
    assert meant(text, "countries") == {"United States", "Russia"}


@pytest.mark.parametrize("phrase", ["The Russian and Turkish presidents", "The presidents of Russia and Turkey"])
def test_office_of_several_countries_is_one_holder_of_each(phrase: str) -> None:
    assert meant(f"{phrase} met in Oslo.", "presidents") == {"Vladimir Putin", "Recep Tayyip Erdogan"}


@pytest.mark.parametrize("said", ["is an engineer", "was the envoy", "became a critic"])
def test_what_a_person_is_said_to_be_is_a_mention(said: str) -> None:
    assert meant(f"Ingrid Lind spoke. She {said}.", said.split()[-1]) == {"Ingrid Lind"}


def test_what_a_person_is_said_not_to_be_is_no_mention() -> None:
    assert "Ingrid Lind" not in meant("Ingrid Lind spoke. She is not a spy.", "spy")


@pytest.mark.parametrize(
    ("text", "words", "names"),
    [
        ("Norway and Chad criticised each other.", "each other", {"Norway", "Chad"}),
        ("Israel and Hamas agreed a truce. Neither side spoke.", "side", {"Israel", "Hamas"}),
        ("Norway signed the deal. The US ambassador said the country was a friend.", "country", {"Norway"}),
        ("Theresa May accused Vladimir Putin. The prime minister left.", "minister", {"Theresa May"}),
        ("The British foreign minister left.", "minister", {"Jeremy Hunt"}),
        ("A lawyer spoke. The lawyer, Ingrid Lind, was calm.", "lawyer", {"Ingrid Lind"}),
        ("Norway and Chad met in Oslo. The raid went on. They threatened sanctions.", "They", {"Norway", "Chad"}),
    ],
)
def test_reference_by_company_country_and_rank(text: str, words: str, names: set[str]) -> None:
    assert meant(text, words) == names


def test_persons_of_two_owners_are_two() -> None:
    text = "Ingrid Lind and Olaf Berg met. Her lawyer spoke. His lawyer left."
    (reading,) = read([Article(id="a", text=text, published="2018-07-20")])
    assert [actor.name for actor in reading.mentioned.actors].count("lawyer") == 2


def test_two_new_persons_are_not_two_of_before() -> None:
    text = "Donald Trump met Vladimir Putin. Police arrested two men."
    assert meant(text, "men") == {"two men"}


def test_mention_of_a_group_holds_whose_it_is() -> None:
    (reading,) = read([Article(id="a", text="Critics of the European Union left.", published="2018-07-20")])
    found = {mention.text for actor in reading.mentioned.actors for mention in actor.mentions}
    assert found == {"Critics of the European Union", "European Union"}
