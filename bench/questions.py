"""How well questions in plain English are answered that others wrote: those of KG_SHARED about its sample articles.

`seed/` holds the articles, `eval/seed_questions.jsonl` the questions with the answers that people expect. For each the
reading is printed, or what was not understood, and the rows. An expected answer is there where every content word of it
stands in the rows; `agree` are the questions of which one is, `in_full` those of which all are.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.reading.corpora import shared
from kg.asking.plain.answer import Answered, ask
from kg.errors import QuestionError
from kg.evaluation.spans import content_words
from kg.model import Record
from kg.pipeline import extract, load
from kg.sources import read
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore

ARTICLES = "seed"
QUESTIONS = "eval/seed_questions.jsonl"


def measure() -> dict[str, object]:
    """Return each question with its answer, and how many are understood and agree."""
    asked = [json.loads(line) for line in shared(QUESTIONS).read_text("utf-8").splitlines()]
    with TemporaryDirectory() as folder, EmbeddedStore(Path(folder) / "store") as store:
        store.prepare()
        load(store, (item for item in extract(read([str(shared(ARTICLES))])) if isinstance(item, Record)))
        answers = {each["question"]: _answer(store, each["question"]) for each in asked}
    found = [_found(answers[each["question"]], each["answer"]) for each in asked]
    return {
        **{question: "\n".join(_told(answer)) for question, answer in answers.items()},
        "questions": len(asked),
        "understood": sum(isinstance(answer, Answered) for answer in answers.values()),
        "agree": sum(map(any, found)),
        "in_full": sum(map(all, found)),
    }


def _answer(store: Store, question: str) -> Answered | QuestionError:
    try:
        return ask(store, question)
    except QuestionError as error:
        return error


def _found(answer: Answered | QuestionError, expected: Sequence[str]) -> list[bool]:
    """Return for each expected answer whether all its content words stand in the rows."""
    rows = answer.rows.rows if isinstance(answer, Answered) else ()
    there = content_words(" ".join(str(value) for row in rows for value in row))
    return [content_words(each) <= there for each in expected]


def _told(answer: Answered | QuestionError) -> Iterator[str]:
    if isinstance(answer, QuestionError):
        yield f"  {answer}"
        return
    given = (f"{key}={value}" for key, value in answer.reading.parameters.items())
    yield f"  {' '.join((answer.reading.query, *given))}"
    for row in answer.rows.rows:
        yield f"    {' | '.join(str(value) for value in row if value not in ('', None))}"
