"""Names, descriptions and pronouns come together as actors."""

import pytest

from kg.model import Actor, Article
from kg.reading.read import read


def actors(text: str, published: str | None = "2018-07-20") -> dict[str, Actor]:
    """Read a text and return its actors by name."""
    (reading,) = read([Article(id="a", text=text, published=published)])
    return {actor.name: actor for actor in reading.mentioned.actors}


def texts(actor: Actor) -> list[str]:
    return [mention.text for mention in actor.mentions]


def test_mentions_are_the_very_strings_of_the_text() -> None:
    text = "Mr Putin’s envoy met #Merkel 🇩🇪 in Minsk. He left."
    for actor in actors(text).values():
        for mention in actor.mentions:
            assert text[mention.start : mention.end] == mention.text


def test_titles_and_genitives_stay_outside_of_names() -> None:
    found = actors("Mr Putin’s visit pleased Mrs Merkel’s party.")
    assert "Putin" in texts(found["Vladimir Putin"])
    assert "Merkel" in texts(found["Angela Merkel"])


def test_family_name_is_the_person_named_in_full() -> None:
    found = actors("Ingrid Dahlstrom arrived on Monday. Dahlstrom declined to comment.")
    assert texts(found["Ingrid Dahlstrom"]) == ["Ingrid Dahlstrom", "Dahlstrom"]


def test_office_without_a_name_is_its_holder_on_the_day() -> None:
    assert "Donald Trump" in actors("The US president left.", "2018-07-20")
    assert "Barack Obama" in actors("The US president left.", "2015-07-20")


@pytest.mark.parametrize(
    ("text", "name", "mention"),
    [
        ("In 2009, the US president flew to Oslo.", "Barack Obama", "US president"),
        (
            "The US president flew to Oslo and met the Egyptian president in 2009.",
            "Hosni Mubarak",
            "Egyptian president",
        ),
        ("The US president was born in 1946.", "Donald Trump", "US president"),
        ("The Pentagon chief arrived on Friday.", "Jim Mattis", "Pentagon chief"),
        (
            "Nawaz Sharif, the former Pakistani prime minister, left. The former prime minister slept.",
            "Nawaz Sharif",
            "former prime minister",
        ),
        ("The then US president visited Moscow in 1994.", "Bill Clinton", "then US president"),
        ("Barack Obama smiled. The former US president left.", "Barack Obama", "former US president"),
        ("The US secretary of state arrived on Friday.", "Mike Pompeo", "US secretary of state"),
        ("The UN secretary-general arrived on Friday.", "Antonio Guterres", "UN secretary-general"),
        ("The NATO chief arrived on Friday.", "Jens Stoltenberg", "NATO chief"),
        ("The FBI director arrived on Friday.", "Christopher Wray", "FBI director"),
        ("The US vice-president arrived on Friday.", "Mike Pence", "US vice-president"),
        ("The White House press secretary arrived.", "Sarah Sanders", "White House press secretary"),
        ("The Kremlin spokesman arrived on Friday.", "Dmitry Peskov", "Kremlin spokesman"),
        ("The special counsel arrived on Friday.", "Robert Mueller", "special counsel"),
        ("The Pope arrived on Friday.", "Pope Francis", "Pope"),
        ("The home secretary arrived on Friday.", "Sajid Javid", "home secretary"),
        ("The South Korean president arrived on Friday.", "Moon Jae-in", "South Korean president"),
        ("The Russian leader arrived on Friday.", "Vladimir Putin", "Russian leader"),
    ],
)
def test_office_is_held_by_whom_its_words_and_the_day_tell(text: str, name: str, mention: str) -> None:
    assert mention in texts(actors(text)[name])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The former US president arrived on Friday.", "Donald Trump"),
        ("Donald Trump smiled. The former US president left.", "Donald Trump"),
        ("The Russian deputy foreign minister arrived on Friday.", "Sergey Lavrov"),
        ("Emmanuel Macron smiled. The French president-elect left.", "Emmanuel Macron"),
        ("The acting US president arrived on Friday.", "Donald Trump"),
        ("The home secretary of Norland arrived on Friday.", "Sajid Javid"),
    ],
)
def test_office_of_another_or_of_old_is_not_the_holders(text: str, name: str) -> None:
    found = actors(text)
    assert name not in found or texts(found[name]) == [name]


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("The US president left.", "Donald Trump", "office"),
        ("Vladimir Putin left.", "Vladimir Putin", "name of the tables"),
        ("Putin left.", "Vladimir Putin", "family name of a head"),
        ("Mueller left.", "Robert Mueller", "family name of the tables"),
        ("Moscow protested.", "Russia", "metonym of the tables"),
        ("Ingrid Dahlstrom left.", "Ingrid Dahlstrom", "new name"),
    ],
)
def test_mention_keeps_the_rule_that_put_it_to_its_actor(text: str, name: str, rule: str) -> None:
    (reading,) = read([Article(id="a", text=text, published="2018-07-20")])
    actor = next(actor for actor in reading.mentioned.actors if actor.name == name)
    assert [reason.rule for reason in reading.mentioned.grounds[actor.id].reasons.values()] == [rule]


@pytest.mark.parametrize(
    ("text", "words", "rule"),
    [
        ("US President Trump met his Russian counterpart.", "Trump", "office before the name"),
        ("US President Trump met his Russian counterpart.", "Russian counterpart", "same office elsewhere"),
        ("Angela Merkel praised Donald Trump. Her guest left.", "guest", "other of two"),
        ("Angela Merkel spoke. Her country backed the plan.", "country", "own country"),
        ("Norway protested. The country backed the plan.", "country", "state named last"),
        ("Angela Merkel met Emmanuel Macron. The German left.", "German", "person of the country"),
        ("A man left. The 34-year-old was ill.", "34-year-old", "person of the age"),
        ("Ingrid Dahlstrom spoke. The activist left.", "activist", "person spoken of most"),
        ("Angela Merkel and Emmanuel Macron spoke. The two leaders left.", "two leaders", "named together last"),
        ("Angela Merkel met Emmanuel Macron. The two leaders left.", "two leaders", "several named before"),
        ("Norway and Sweden spoke. Both countries left.", "countries", "spoken of together"),
        ("Norway and Sweden thanked each other.", "other", "each other"),
        (
            "The navy rescued 40 migrants on Monday and saved 30 more on Tuesday.",
            "30 more",
            "further ones of those counted before",
        ),
        ("Angela Merkel met Emmanuel Macron. They left.", "They", "parties of the sentence before"),
        ("Barack Obama criticised Donald Trump. The former US president left.", "former US president", "former office"),
        ("A lawyer spoke. The lawyer, Ingrid Dahlstrom, left.", "lawyer", "named later"),
    ],
)
def test_every_way_of_reference_keeps_its_rule(text: str, words: str, rule: str) -> None:
    (reading,) = read([Article(id="a", text=text, published="2018-07-20")])
    told = [item for grounds in reading.mentioned.grounds.values() for item in grounds.reasons.items()]
    assert rule in {reason.rule for (start, end), reason in told if text[start:end] == words}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mrs Putin left.", "the title before the name tells another gender"),
        ("Norse nurse Paul Ryan, 34, a plumber, sang.", "what stands beside the name tells of somebody else"),
    ],
)
def test_famous_namesake_is_passed_over_with_the_reason(text: str, why: str) -> None:
    (reading,) = read([Article(id="a", text=text, published="2018-07-20")])
    assert why in {other.why for grounds in reading.mentioned.grounds.values() for other in grounds.passed_over}


def test_rows_that_a_name_cannot_mean_are_kept_with_the_reason() -> None:
    (reading,) = read([Article(id="a", text="Alistair Putin left.", published="2018-07-20")])
    (grounds,) = reading.mentioned.grounds.values()
    assert [(other.row.id, other.why) for other in grounds.passed_over] == [
        ("vladimir-putin", "the given names differ")
    ]


def test_title_refers_back_to_the_person_who_was_given_it() -> None:
    found = actors("Ingrid Dahlstrom, the Norwegian ambassador, spoke first. The ambassador left at noon.")
    assert "ambassador" in texts(found["Ingrid Dahlstrom"])


def test_the_two_leaders_are_the_two_persons_named_before() -> None:
    found = actors("Vladimir Putin met Angela Merkel in Sochi. The two leaders discussed gas.")
    assert "two leaders" in texts(found["Vladimir Putin"])
    assert "two leaders" in texts(found["Angela Merkel"])


def test_pronoun_of_the_other_gender_passes_over_a_person() -> None:
    found = actors("Mrs Dahlstrom thanked Mr Okafor. She left.")
    assert "She" in texts(found["Dahlstrom"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Moscow denied it.", "state"),
        ("NATO agreed.", "igo"),
        ("The Norwegian foreign ministry denied it.", "government"),
        ("Kenyan police arrested them.", "government"),
        ("Protesters blocked the road.", "group"),
    ],
)
def test_kind_of_actor(text: str, kind: str) -> None:
    assert next(iter(actors(text).values())).kind == kind


def test_capital_after_a_preposition_of_place_is_no_actor() -> None:
    assert "Germany" not in actors("Okafor spoke in Berlin.")
    assert "Germany" in actors("Okafor spoke after Berlin denied the report.")


def test_an_actor_that_no_table_has_keeps_its_id_in_every_article() -> None:
    one = actors("Ingrid Dahlstrom arrived on Monday.")["Ingrid Dahlstrom"]
    other = actors("On Friday, Senator Ingrid Dahlstrom spoke to reporters.")["Ingrid Dahlstrom"]
    assert one.id == other.id


def test_person_named_like_a_capital_is_no_state() -> None:
    found = actors("Torvina Paris, a sailor, sued the yard. Paris won the case.")
    assert texts(found["Torvina Paris"])[-1] == "Paris"
    assert "France" not in found


def test_name_of_which_only_some_given_names_agree_is_another_person() -> None:
    found = actors("Mohamed Osman Mohamed arrived in Kisumu on Monday.")
    assert "Mohamed Abdullahi Mohamed" not in found


def test_church_is_the_body_named_before() -> None:
    found = actors("The Church of England rejected the plan. The Church had asked for more time.")
    assert "Church" in texts(found["Church of England"])


def test_what_a_person_is_said_to_be_is_the_person() -> None:
    found = actors("Angela Merkel was a legend. Emmanuel Macron, a keen rower, agreed.")
    assert "legend" in texts(found["Angela Merkel"])
    assert "keen rower" in texts(found["Emmanuel Macron"])


@pytest.mark.parametrize("text", ["Trump visited Oslo on Sunday.", "#Trump praised the deal.", "Trump said so."])
def test_family_name_of_a_head_of_the_day_is_that_person(text: str) -> None:
    assert "Donald Trump" in actors(text, "2018-07-20")


def test_family_name_that_several_heads_bear_is_a_person() -> None:
    assert [actor.kind for actor in actors("Merkel met Kim in Hanoi.").values()][:2] == ["person", "person"]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Theresa May left the room. Mr Okafor thought May was tired.", ["Theresa May", "May"]),
        ("The fair is held in May. Theresa May opened it on 3 May.", ["Theresa May"]),
        ("Mrs May praised the plan. May warned of delays.", ["May", "May"]),
    ],
)
def test_may_is_a_name_and_a_month(text: str, mentions: list[str]) -> None:
    assert texts(actors(text)["Theresa May"]) == mentions


@pytest.mark.parametrize(
    ("text", "name", "mention"),
    [
        ("The New York Times wrote so.", "New York Times", "New York Times"),
        ("He met Prince Charles on Sunday.", "Charles III", "Charles"),
        ("He met Crown Prince Mohammed bin Salman.", "Mohammed bin Salman", "Mohammed bin Salman"),
        ("Tonight Trump flies home.", "Donald Trump", "Trump"),
        ("On New Year's Eve Putin spoke to the nation.", "Vladimir Putin", "Putin"),
    ],
)
def test_articles_titles_and_times_stay_outside_of_known_names(text: str, name: str, mention: str) -> None:
    assert mention in texts(actors(text)[name])


@pytest.mark.parametrize("text", ["Jordan Kessler spoke first.", "The court fined Chad Barlow."])
def test_given_name_that_a_state_has_too_is_a_persons(text: str) -> None:
    assert [actor.kind for actor in actors(text).values()].count("state") == 0


@pytest.mark.parametrize(
    "text",
    [
        "Deputies arrested Tony Blair, 29, a roofer from Akron.",
        "The prize went to Canadian pianist Tony Blair.",
    ],
)
def test_namesake_of_a_famous_person_is_somebody_else(text: str) -> None:
    assert all(actor.id != "tony-blair" for actor in actors(text).values())


def test_office_before_a_family_name_tells_who_is_meant() -> None:
    found = actors("President Trump signed it. Melania Trump opened a school. Trump left at noon.")
    assert texts(found["Donald Trump"]).count("Trump") == 2


def test_organ_of_another_country_is_not_the_best_known_one() -> None:
    found = actors("Kenya's Supreme Court rejected the petition.")
    assert [actor.country for actor in found.values() if actor.kind == "government"] == ["KEN"]


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The rebels in Chad left on Monday.", "rebels", "TCD"),
        ("Students throughout Norway marched.", "Students", "NOR"),
        ("The army seized a port. Norway complained.", "army", "NOR"),
        ("The army seized a port. Norway and Chad complained.", "army", None),
        ("Tourists left. Norway complained.", "Tourists", None),
        ("OSLO - Police arrested a man. Chad and Norway complained.", "Police", "NOR"),
    ],
)
def test_country_is_that_of_the_place_or_of_the_only_one_told(text: str, words: str, country: str | None) -> None:
    (actor,) = (actor for actor in actors(text).values() if words in texts(actor))
    assert actor.country == country


def test_given_name_alone_is_the_person_named_in_full() -> None:
    found = actors("Ingrid Dahlstrom arrived on Monday. Reporters asked Ingrid about it.")
    assert texts(found["Ingrid Dahlstrom"]) == ["Ingrid Dahlstrom", "Ingrid"]


def test_halves_of_a_peninsula_are_the_states_that_the_text_names() -> None:
    found = actors("North Korea shelled South Korea on Monday. The South fired back at the North.")
    assert texts(found["South Korea"]) == ["South Korea", "South"]
    assert texts(found["North Korea"]) == ["North Korea", "North"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The president of Brazil said that Congress had rejected his plan. He left Brasilia.", "Congress"),
        ("LIMA, May 3 - In Peru, Congress dismissed the minister.", "Congress"),
        ("Congress voted to cut aid to Pakistan.", "United States Congress"),
        ("US lawmakers discussed aid to Peru and Chile. Congress will vote on Friday.", "United States Congress"),
    ],
)
def test_organ_that_many_states_have_is_that_of_the_news(text: str, name: str) -> None:
    (actor,) = [actor for actor in actors(text).values() if "Congress" in texts(actor)]
    assert actor.name == name
