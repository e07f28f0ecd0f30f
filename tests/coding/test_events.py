"""Who did what to whom, when and where, whether it happened, and according to whom."""

import pytest

from kg.model import Article, Event, Record
from kg.pipeline import extract


def record(text: str, published: str | None = "2018-07-20") -> Record:
    """Extract a text."""
    (found,) = extract([Article(id="a", text=text, published=published)])
    assert isinstance(found, Record)
    return found


def only(text: str, event_type: str) -> tuple[Event, list[str], list[str]]:
    """Extract a text and return its only event of a type with the names of source and target."""
    found = record(text)
    (event,) = [event for event in found.events if event.type == event_type]
    names = {actor.id: actor.name for actor in found.actors}
    return event, [names[actor] for actor in event.source], [names[actor] for actor in event.target]


@pytest.mark.parametrize(
    "text",
    [
        "Germany criticised Russia.",
        "Russia was criticised by Germany.",
        "Germany, which criticised Russia, left early.",
        "Germany left early after criticising Russia.",
        "Germany’s criticism of Russia was harsh.",
    ],
)
def test_source_and_target_whatever_the_grammar(text: str) -> None:
    _, source, target = only(text, "ACCUSE")
    assert (source, target) == (["Germany"], ["Russia"])


def test_passive_without_agent_has_no_source() -> None:
    _, source, target = only("Maria Butina was arrested.", "COERCE")
    assert (source, target) == ([], ["Maria Butina"])


def test_coordinated_actors_all_take_part() -> None:
    _, source, target = only("France and Germany criticised Russia and China.", "ACCUSE")
    assert (source, target) == (["France", "Germany"], ["Russia", "China"])


def test_parties_of_a_symmetric_event_are_divided() -> None:
    event, source, target = only("Vladimir Putin and Donald Trump met in Helsinki on Monday.", "CONSULT")
    assert event.symmetric
    assert sorted(source + target) == ["Donald Trump", "Vladimir Putin"]
    assert len(source) == len(target) == 1


def test_national_adjective_brings_in_its_state() -> None:
    event, source, _ = only("The Norwegian criticism of NATO was harsh.", "ACCUSE")
    assert source == ["Norway"]
    assert event.source == ("nor",)


def test_day_and_place_of_the_clause() -> None:
    event, _, _ = only("Vladimir Putin met Donald Trump in Helsinki on Monday.", "CONSULT")
    assert event.place is not None
    assert event.place.name == "Helsinki"
    assert event.time is not None
    assert (event.time.start, event.time.end, event.time.text) == ("2018-07-16", "2018-07-16", "Monday")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Germany criticised Russia.", "actual"),
        ("Germany did not criticise Russia.", "negated"),
        ("Germany may criticise Russia.", "possible"),
        ("Germany will criticise Russia.", "planned"),
        ("Germany plans to criticise Russia.", "planned"),
        ("Germany is criticising Russia.", "ongoing"),
        ("If Germany criticises Russia, the talks end.", "conditional"),
        ("Germany denied criticising Russia.", "denied"),
    ],
)
def test_modality(text: str, modality: str) -> None:
    event, _, _ = only(text, "ACCUSE")
    assert event.modality == modality


def test_event_within_a_statement_is_told_according_to_its_speaker() -> None:
    found = record("Ukraine said that Russia attacked the town.")
    (event,) = [event for event in found.events if event.type == "ASSAULT"]
    (attribution,) = event.attributions
    assert attribution.speaker == "ukr"
    assert attribution.statement == found.statements[0].id


def test_discussion_at_a_summit_is_part_of_it_and_takes_its_day_and_place() -> None:
    found = record(
        "Vladimir Putin and Donald Trump discussed Syria during their Helsinki summit this week. "
        "Both praised Monday’s summit in Helsinki."
    )
    discussed, summit = [event for event in found.events if event.type == "CONSULT"]
    assert discussed.part_of == summit.id
    assert len(summit.mentions) == 2
    assert discussed.time is not None
    assert discussed.time.start == discussed.time.end == "2018-07-16"
    assert [topic.text for topic in discussed.topics] == ["Syria"]


def test_events_know_trigger_sentence_and_rule() -> None:
    text = "It rained. Germany criticised Russia."
    (event,) = record(text).events
    (trigger,) = event.mentions
    assert text[trigger.start : trigger.end] == trigger.text == "criticised"
    assert text[slice(*trigger.sentence)] == "Germany criticised Russia."
    assert event.rule is not None
    assert event.rule.startswith("accuse:")


def test_the_same_text_gives_the_same_record() -> None:
    text = "Vladimir Putin met Donald Trump in Helsinki on Monday. “We agreed,” Mr Putin said."
    assert record(text) == record(text)


def test_telling_in_the_simple_past_goes_on_at_the_day_told_last() -> None:
    found = record("On Monday, Germany criticised Russia. It arrested Maria Butina.")
    assert [event.time and event.time.start for event in found.events] == ["2018-07-16", "2018-07-16"]


def test_undated_news_of_the_first_paragraph_is_of_the_week_of_publication() -> None:
    event, _, _ = only("Germany has criticised Russia.", "ACCUSE")
    assert event.time is not None
    assert (event.time.start, event.time.end, event.time.text) == ("2018-07-14", "2018-07-20", None)


@pytest.mark.parametrize("text", ["Germany had criticised Russia.", "Germany may criticise Russia."])
def test_what_went_before_or_did_not_happen_gets_no_day_of_its_own(text: str) -> None:
    event, _, _ = only(text, "ACCUSE")
    assert event.time is None


def test_without_a_day_of_publication_nothing_is_dated_by_it() -> None:
    (event,) = record("Germany criticised Russia on Monday.", published=None).events
    assert event.time is None


@pytest.mark.parametrize(
    "text",
    [
        "Emmanuel Macron met Olaf Scholz in Berlin on Sunday to discuss energy.",
        "Emmanuel Macron met Olaf Scholz in Berlin on Sunday for talks on energy.",
        "Emmanuel Macron and Olaf Scholz met in Berlin on Sunday to discuss energy.",
    ],
)
def test_what_a_meeting_is_for_is_its_topic(text: str) -> None:
    event, source, target = only(text, "CONSULT")
    assert sorted(source + target) == ["Emmanuel Macron", "Olaf Scholz"]
    assert [topic.name for topic in event.topics] == ["energy"]
    assert event.place is not None
    assert event.place.name == "Berlin"


def test_harm_that_its_doer_announces_is_a_threat() -> None:
    (event,) = record("Russia said it would bomb Ukraine.").events
    assert (event.type, event.cameo, event.modality) == ("THREATEN", "138", "actual")


def test_act_within_a_request_is_no_event_of_its_own() -> None:
    found = record("Germany urged Russia to release Maria Butina.").events
    assert [event.type for event in found] == ["REQUEST"]


@pytest.mark.parametrize(
    ("text", "event_type", "cameo"),
    [
        ("Serbia demanded economic aid from Germany.", "REQUEST", "1031"),
        ("Serbia demanded the release of three officers from Kosovo.", "REQUEST", "1053"),
        ("Turkey threatened Greece with an embargo.", "THREATEN", "1312"),
        ("Thousands of Georgians protested against the president's policy.", "PROTEST", "1412"),
        ("Serbia demanded a larger share from Kosovo.", "REQUEST", "100"),
    ],
)
def test_code_tells_what_is_asked_threatened_or_protested(text: str, event_type: str, cameo: str) -> None:
    event, _, _ = only(text, event_type)
    assert event.cameo == cameo


@pytest.mark.parametrize(
    ("text", "event_type", "nobody"),
    [
        ("The homes of Chadian lawyers were raided and their computers seized.", "COERCE", "source"),
        ("According to Reuters, quoting Xinhua, the warships have been placed on high alert.", "MOBILIZE", "source"),
    ],
)
def test_subjects_of_passives_and_cited_sources_do_nothing(text: str, event_type: str, nobody: str) -> None:
    for event in record(text).events:
        assert event.type != event_type or not getattr(event, nobody)


@pytest.mark.parametrize(
    ("text", "event_type", "cameo"),
    [
        ("Germany vowed to punish Greece.", "THREATEN", "138"),
        ("France threatened to expel three Russian diplomats.", "THREATEN", "136"),
        ("Israel declined to cooperate with the United Nations.", "REJECT", "121"),
    ],
)
def test_trigger_with_a_clause_is_one_of_several_words(text: str, event_type: str, cameo: str) -> None:
    event, source, target = only(text, event_type)
    assert event.cameo == cameo
    assert source
    assert target
    assert " to " in event.mentions[0].text


@pytest.mark.parametrize(
    "text", ["The rebels nearly captured the capital of Chad.", "The rebels almost seized the Chadian minister."]
)
def test_what_nearly_happened_did_not(text: str) -> None:
    (event,) = record(text).events
    assert event.modality == "negated"


def test_who_is_to_be_released_is_not_asked() -> None:
    event, _, target = only("The Russian foreign ministry began a campaign for Maria Butina's release.", "REQUEST")
    assert event.source
    assert not target


def test_administrations_are_of_the_country_of_their_leader() -> None:
    found = record("The Clinton administration condemned Libya.")
    assert {actor.name: actor.country for actor in found.actors} == {"Clinton administration": "USA", "Libya": "LBY"}


def test_names_listed_after_a_noun_act_with_it() -> None:
    _, source, target = only("Three carmakers, Ford, Chrysler and General Motors, criticised Germany.", "ACCUSE")
    assert source == ["Three carmakers", "Ford", "Chrysler", "General Motors"]
    assert target == ["Germany"]


def test_aid_that_is_sought_is_for_the_seeker() -> None:
    _, source, target = only("Chad is seeking $20 million in loans from Germany.", "AID")
    assert (source, target) == (["Germany"], ["Chad"])


@pytest.mark.parametrize(
    ("text", "event_type", "source", "target"),
    [
        ("The accusation against Chad, made by Norway, was repeated.", "ACCUSE", ["Norway"], ["Chad"]),
        ("Nobody forgot the pledge of $2 million that Norway gave to Chad.", "AGREE", ["Norway"], ["Chad"]),
        ("Norway condemned Sudan for an air strike on Chad.", "ASSAULT", ["Sudan"], ["Chad"]),
        ("Macron left Chad, to which he had paid a visit.", "CONSULT", ["Emmanuel Macron"], ["Chad"]),
        ("Norway and Chad waited while their ministers met in Oslo.", "CONSULT", ["Norway"], ["Chad"]),
    ],
)
def test_doer_is_found_through_the_clause_on_a_noun(
    text: str, event_type: str, source: list[str], target: list[str]
) -> None:
    assert only(text, event_type)[1:] == (source, target)


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Norway rejected the offer after Chad bombed Sudan.", "ASSAULT"),
        ("Jan Berg, whom President Emmanuel Macron dismissed, left.", "ELECT"),
        ("Nobody can match the pledge that Norway made to Chad in March.", "AGREE"),
    ],
)
def test_what_stands_beside_a_denial_is_a_fact(text: str, event_type: str) -> None:
    assert only(text, event_type)[0].modality == "actual"


@pytest.mark.parametrize(
    ("text", "event_type", "place"),
    [
        ("Israel bombed a village near Homs in Syria.", "ASSAULT", "Homs"),
        ("Merkel visited Chad after a quarrel in Oslo.", "CONSULT", None),
        ("When Norway and Chad held talks, nobody in Kano was told.", "CONSULT", None),
    ],
)
def test_place_is_the_finest_of_the_own_clause(text: str, event_type: str, place: str | None) -> None:
    event, _, _ = only(text, event_type)
    assert (event.place and event.place.name) == place


def test_infinitive_is_no_preposition() -> None:
    assert {event.type for event in record("Students gathered to protest taxes in Norway.").events} == {"PROTEST"}


def test_clause_that_tells_its_own_day_is_an_event_beside_another_of_its_type() -> None:
    found = record("Macron and Merkel met in Oslo on Tuesday, a week after they had conferred in Bonn.")
    assert [event.place and event.place.name for event in found.events] == ["Oslo", "Bonn"]


@pytest.mark.parametrize(
    "text",
    ["Norwegian rebels said they would release two pilots.", "Norway said it would lift its ban on Danish fish."],
)
def test_yielding_that_its_doer_announces_is_a_promise_still_to_come(text: str) -> None:
    (event,) = record(text).events
    assert (event.type, event.cameo, event.modality) == ("AGREE", "035", "planned")


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("Norwegian police arrested two men in connection with the unrest in Oslo.", "COERCE"),
        ("Norway accused Chad of meddling in the uprising.", "ACCUSE"),
        ("Chad rejected the ban on its cotton.", "REJECT"),
        ("Angry farmers blocked the bridge near Oslo.", "PROTEST"),
        ("Students rallied in Nairobi to protest against a plan to expel their leaders.", "PROTEST"),
        ("Norway insisted on its demands for compensation from Chad.", "REQUEST"),
    ],
)
def test_what_hardly_tells_of_an_event_is_background_beside_one_that_does(text: str, event_type: str) -> None:
    assert [event.type for event in record(text).events] == [event_type]


@pytest.mark.parametrize(
    ("text", "name", "cameo"),
    [
        ("Gunmen killed twelve people in Nairobi on Monday, Norwegian officials said.", "twelve people", "KENCVL"),
        ("Norwegian police arrested twelve people on Monday, Danish radio said.", "twelve people", "NORCVL"),
        ("Gunmen killed three tourists in Nairobi on Monday, Norwegian officials said.", "three tourists", "CVL"),
    ],
)
def test_civilians_are_of_the_place_or_of_the_organ_that_deals_with_them(text: str, name: str, cameo: str) -> None:
    (actor,) = [actor for actor in record(text).actors if actor.name == name]
    assert actor.cameo == cameo


def test_people_of_two_places_are_two_actors() -> None:
    kenyans, peruvians = (
        record(f"Soldiers killed twelve people in {place} on Monday.").events[0].target for place in ("Nairobi", "Lima")
    )
    assert kenyans != peruvians
    named = record("Soldiers killed twelve people in Nairobi on Monday. The twelve people were students.")
    assert {actor.id for actor in named.actors} >= {*kenyans}
