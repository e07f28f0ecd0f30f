"""Questions in plain English: each of a long list is read exactly as it is meant, or refused, and can be answered."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.asking.canned import queries
from kg.asking.plain.answer import ask
from kg.asking.plain.known import Known
from kg.asking.plain.near import explained
from kg.asking.plain.read import LONGEST, Reading, check_answerable, understand
from kg.asking.plain.times import stretches
from kg.asking.plain.vocabulary import Frame, frames, words
from kg.errors import KgError, QuestionError
from kg.model import Record
from kg.pipeline import extract, load
from kg.shelf import folder
from kg.sources import read
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore

QUESTIONS = [json.loads(line) for line in (Path(__file__).parent / "questions.jsonl").read_text("utf-8").splitlines()]
ANSWERED = [each for each in QUESTIONS if "query" in each]
REFUSED = [each for each in QUESTIONS if "told" in each]
FLOOR = 0.99  # of the questions that are to be answered; measured 1.00

Asked = dict[str, Any]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with EmbeddedStore(tmp_path_factory.mktemp("plain") / "store") as store:
        store.prepare()
        load(store, (item for item in extract(read([str(folder("seeds"))])) if isinstance(item, Record)))
        yield store


@pytest.fixture(scope="module")
def known(seeds: Store) -> Known:
    return Known(seeds)


def reading_of(asked: Asked) -> Reading:
    first, count = tuple(asked.get("first", ())), asked.get("count", False)
    return Reading(asked["question"], asked["query"], asked["parameters"], first, count)


def read_or_refused(question: str, known: Known) -> Reading | QuestionError:
    try:
        reading = understand(question, known)
        check_answerable(reading)
    except QuestionError as error:
        return explained(error, question, known)
    return reading


def test_the_questions_are_many_and_ask_every_query() -> None:
    assert len({each["question"] for each in QUESTIONS}) == len(QUESTIONS) >= 150
    told_by_the_timeline = {"events"}
    assert {query.name for query in queries()} - {each["query"] for each in ANSWERED} == told_by_the_timeline


def test_nearly_all_questions_are_read_exactly(known: Known) -> None:
    outcomes = [(reading_of(asked), read_or_refused(asked["question"], known)) for asked in ANSWERED]
    wrong = [(meant, found) for meant, found in outcomes if isinstance(found, Reading) and found != meant]
    refused = [f"{meant.question}: {found}" for meant, found in outcomes if isinstance(found, QuestionError)]
    assert wrong == []
    assert len(refused) <= (1 - FLOOR) * len(outcomes), refused


@pytest.mark.parametrize("asked", REFUSED, ids=lambda asked: asked["question"][:40])
def test_what_is_not_understood_is_told(known: Known, asked: Asked) -> None:
    found = read_or_refused(asked["question"], known)
    assert isinstance(found, QuestionError), found
    assert [part for part in asked["told"] if part.lower() not in str(found).lower()] == [], found


def test_every_question_that_is_read_can_be_answered(seeds: Store) -> None:
    answers = [ask(seeds, asked["question"]) for asked in ANSWERED]
    assert sum(bool(answer.rows.rows) for answer in answers) > 0.7 * len(answers)


def test_the_referendum_in_helsinki_comes_with_its_sentence(seeds: Store) -> None:
    answer = ask(seeds, "Who did Putin discuss a referendum in eastern Ukraine with in Helsinki?")
    rows = [dict(zip(answer.rows.columns, row, strict=True)) for row in answer.rows.rows]
    assert [(row["other"], row["place"]) for row in rows] == [("Donald Trump", "Helsinki")]
    assert "referendum in eastern Ukraine" in str(rows[0]["evidence"])


@pytest.mark.parametrize(
    ("question", "column"),
    [
        ("When did Trump meet Putin?", "date"),
        ("Where did Trump meet Putin?", "place"),
        ("According to whom did Trump meet Putin?", "according_to"),
        ("What is Maria Butina accused of?", "of"),
        ("What did Maria Butina deny?", "denied"),
    ],
)
def test_what_is_asked_for_stands_first(seeds: Store, question: str, column: str) -> None:
    answer = ask(seeds, question)
    assert answer.rows.columns[0] == column
    assert sorted(answer.rows.columns) == sorted(ask(seeds, question.replace("Maria", "maria")).rows.columns)


def test_events_are_counted_once_however_few_rows_are_shown(seeds: Store) -> None:
    every = ask(seeds, "How often did Putin discuss anything with Trump?")
    few = ask(seeds, "How often did Putin discuss anything with Trump?", limit=1)
    keys = [every.rows.columns.index(column) for column in ("article", "event_id")]
    assert every.count == few.count == len({tuple(row[key] for key in keys) for row in every.rows.rows})
    assert every.count < len(every.rows.rows)
    assert len(few.rows.rows) == 1
    assert few.rows.truncated


def test_a_wrong_name_is_offered_right(known: Known) -> None:
    found = read_or_refused("Who met Putni in Helsinki?", known)
    assert isinstance(found, QuestionError)
    assert "kg ask 'Who met Vladimir Putin in Helsinki?'" in found.suggestions


def test_of_several_actors_each_is_offered(known: Known) -> None:
    found = read_or_refused("Who met Skripal?", known)
    assert isinstance(found, QuestionError)
    assert {f"kg ask 'Who met {name} Skripal?'" for name in ("Sergei", "Yulia")} <= set(found.suggestions)


def test_nonsense_is_answered_with_questions_that_can_be_asked(known: Known) -> None:
    found = read_or_refused("flibber the wobbly gromble", known)
    assert isinstance(found, QuestionError)
    assert found.suggestions
    for suggestion in found.suggestions:
        question = suggestion.removeprefix("kg ask ").strip("'")
        assert isinstance(read_or_refused(question, known), Reading)


def test_a_long_question_is_refused_and_nothing_of_it_read(known: Known) -> None:
    with pytest.raises(QuestionError, match=f"10000 characters; ask in at most {LONGEST}"):
        understand("who " * 2499 + "met?", known)


def test_any_words_are_read_or_refused(known: Known) -> None:
    drawn = random.Random(7)
    vocabulary = [*sorted(words()), *("Putin", "Ukraine", "Russian", "'s", ",", "July", "31", "2018", "qux", "US") * 9]
    for _ in range(500):
        read_or_refused(" ".join(drawn.choice(vocabulary) for _ in range(drawn.randint(1, 8))), known)


def test_without_articles_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "store") as store:
        store.prepare()
        with pytest.raises(KgError, match="kg load"):
            ask(store, "Who met Putin?")


def test_either_store_gives_the_same_answer(embedded: Store, filled_neo4j: Store) -> None:
    for question in ("Whom did Vladimir Putin meet?", "Who denied what?", "When did Merkel criticise Donald Trump?"):
        one, other = (ask(store, question) for store in (embedded, filled_neo4j))
        assert (one.reading, one.rows) == (other.reading, other.rows)


@pytest.mark.parametrize("frame", frames(), ids=lambda frame: f"{frame.query} {frame.example}")
def test_a_frame_fills_parameters_of_its_query(frame: Frame) -> None:
    query = next(query for query in queries() if query.name == frame.query)
    filled = {name for slot in (frame.subject, frame.object, frame.possessor, *frame.slots.values()) for name in slot}
    assert filled <= {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("frame", [each for each in frames() if "ARTICLE" not in each.example], ids=lambda f: f.example)
def test_the_example_of_a_frame_asks_its_query(known: Known, frame: Frame) -> None:
    assert understand(frame.example.format(actor="Angela Merkel"), known).query == frame.query


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("since March 2018", "2018-03-01", ""),
        ("after July 2018", "2018-08-01", ""),
        ("before 2016", "", "2015-12-31"),
        ("until March 2018", "", "2018-03-31"),
        ("in july 2018", "2018-07-01", "2018-07-31"),
        ("between march and june", "2021-03-01", "2021-06-30"),
        ("from 1 July 2018 to 20 July 2018", "2018-07-01", "2018-07-20"),
        ("since 2015 until 2017", "2015-01-01", "2017-12-31"),
        ("on Saturday, 21 July 2018", "2018-07-21", "2018-07-21"),
        ("last week", "2022-02-07", "2022-02-13"),
        ("on 16 July", "2021-07-16", "2021-07-16"),
    ],
)
def test_times_are_told_from_the_newest_article(known: Known, text: str, first: str, last: str) -> None:
    (found,) = stretches(f"Who met {text}", lambda: known.days()[1], ahead=False)
    assert (found.first, found.last) == (first, last)


def test_a_year_needs_no_dated_article() -> None:
    def no_day() -> Any:
        raise QuestionError("no article has a date")

    assert stretches("in 2018", no_day, ahead=False)
    with pytest.raises(QuestionError):
        stretches("last week", no_day, ahead=False)
