"""Why something is in the graph, as `kg explain` tells it."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from cli_runs import FIRST, Kg, meeting, record

from kg.asking.explain import explain
from kg.errors import UsageError
from kg.model import Actor, Article, Attribution, Mention, Place, Record, Statement
from kg.pipeline import extract


def told(record: Record, thing: str) -> dict[str, list[str]]:
    """Return the lines of an account by their labels."""
    found: dict[str, list[str]] = {}
    for line in explain(record, thing).splitlines():
        label, _, text = line.partition("  ")
        found.setdefault(label, []).append(text.strip())
    return found


def attributed() -> Record:
    """Return the record of a meeting that somebody else tells of."""
    record = meeting()
    words = "discussed a fishing treaty"
    start = FIRST.index(words)
    said = Statement(
        id="s1", speaker="eva-falk", text=words, start=start, end=start + len(words), cue="said", direct=False
    )
    speaker = Actor(id="eva-falk", name="Eva Falk", kind="person", mentions=(Mention(0, 4, "Anna", "nominal"),))
    event = replace(record.events[0], attributions=(Attribution("eva-falk", "alleges", "s1"),), about=("e1",))
    return replace(record, actors=(*record.actors, speaker), events=(event,), statements=(said,))


def test_an_event_is_told_with_its_coding_and_its_words() -> None:
    lines = told(meeting(), "e1")
    assert lines["type"][0].startswith("CONSULT")
    assert lines["CAMEO"] == ["043"]
    assert lines["rule"] == ["consult: meet"]
    assert [line.split(", ")[0] for line in lines["party"]] == [
        "Anna Berg (anna-berg): “Anna Berg” 0-9",
        "Carl Dorn (carl-dorn): “Carl Dorn” 14-23",
    ]
    assert lines["place"] == ["Oslo, NOR: “Oslo” 27-31"]
    assert lines["date"] == ["2021-03-01: 'Monday'"]
    assert lines["topic"] == ["fishing treaty: “a fishing treaty” 56-72"]
    assert lines["according to"] == ["the article itself"]
    assert lines["evidence"] == [f"0-73: {FIRST.replace('met', '>>met<<')}"]


def test_an_event_is_told_with_frame_slots_and_the_word_that_tells_its_modality() -> None:
    article = Article(id="plan", text="Norway will expel two Russian diplomats.", published="2018-07-20")
    (read,) = extract([article])
    assert isinstance(read, Record)
    lines = told(read, read.events[0].id)
    assert lines["frame"][0].startswith("source: subject; target: ")
    assert lines["modality"] == ["planned, a word of the text: “will” 7-11"]
    assert lines["source"] == ["Norway (nor): “Norway” 0-6, subject"]
    assert lines["target"][0].endswith("“two Russian diplomats” 18-39, object")


def test_an_event_whose_words_are_no_longer_there_says_so() -> None:
    other = replace(meeting(), article=replace(meeting().article, text=FIRST.replace("met", "sat")))
    assert told(other, "e1")["note"][0].startswith("its trigger is not found again")


def test_who_vouches_is_told_with_stance_and_words() -> None:
    lines = told(attributed(), "e1")
    assert lines["according to"] == ["Eva Falk, who alleges, with 'said': “discussed a fishing treaty” 46-72"]
    assert lines["about"] == ["e1 (CONSULT 'met')"]


def test_a_place_whose_name_others_bear_is_told_with_the_reason() -> None:
    text = "Anna Berg met Carl Dorn in London, Ontario, on Monday."
    start = text.index("London")
    (event,) = meeting().events
    there = replace(event, place=Place(name="London", country="CAN", start=start, end=start + 6))
    lines = told(record("meeting.txt", text, there), "e1")
    assert lines["place"] == [f"London, CAN: “London” {start}-{start + 6}, lies in a place beside it: Ontario"]


@pytest.mark.parametrize("thing", ["anna-berg", "Anna Berg", "anna berg"])
def test_an_actor_is_told_with_its_mentions(thing: str) -> None:
    lines = told(meeting(), thing)
    assert lines["actor"] == ["Anna Berg (anna-berg)"]
    assert lines["kind"] == ["person"]
    assert lines["country"] == ["NOR"]
    assert lines["row"] == ["none: a new actor, whom no row of the tables is for"]
    assert lines["mention"] == ["“Anna Berg” 0-9 as name, not read again"]


def test_what_is_not_there_is_answered_with_what_is() -> None:
    with pytest.raises(UsageError, match=r"e1 \(CONSULT 'met'\) and the actors Anna Berg, Carl Dorn"):
        explain(meeting(), "e9")


def test_the_command_tells_of_a_stored_article(loaded: Kg) -> None:
    outcome = loaded("explain", "meeting.txt", "e1")
    assert outcome.code == 0
    assert ">>met<<" in outcome.out


NEWS = "The US president warned Moscow on Friday. Donald Trump will meet Vladimir Putin. “I am ready,” Mr Trump said."


@pytest.fixture
def news(kg: Kg, tmp_path: Path) -> Kg:
    """Run kg beside a store that holds an article as read."""
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    assert kg("--store", "kg-data", "load", "news.txt", "--published", "2018-07-20").code == 0
    return kg


@pytest.mark.parametrize("thing", ["donald-trump", "Donald Trump", "US president", "Trump", "@realDonaldTrump"])
def test_an_actor_is_told_with_row_and_rules_by_any_of_its_names(news: Kg, thing: str) -> None:
    outcome = news("explain", "news.txt", thing)
    assert outcome.code == 0, outcome.err
    assert re.search(r"row +table actors\.csv, line \d+: ", outcome.out)
    assert re.search(
        r"office: president of USA, 2017-01-20 to 2021-01-20, on 2018-07-20; table offices\.csv", outcome.out
    )
    assert "as name, name of the tables: Donald Trump" in outcome.out
    assert "as name, family name of the text: Donald Trump" in outcome.out
    assert "as pronoun, speaker of a quote" in outcome.out


def test_an_actor_is_told_as_json(news: Kg) -> None:
    told = json.loads(news("explain", "news.txt", "Moscow", "--format", "json").out)
    assert told["row"]["place"].startswith("table countries.csv, line ")
    assert [(each["text"], each["rule"]) for each in told["mentions"]] == [("Moscow", "metonym of the tables")]


def test_an_event_is_told_as_json(loaded: Kg) -> None:
    told = json.loads(loaded("explain", "meeting.txt", "e1", "--format", "json").out)
    assert told["rule"] == ["consult: meet"]


def test_an_unknown_article_is_named(loaded: Kg) -> None:
    outcome = loaded("explain", "nothing.txt", "e1")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("Error: no article 'nothing.txt' in kg-data")
