"""A question in plain English answered by the canned query that it asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.asking import canned
from kg.asking.plain.known import Known
from kg.asking.plain.near import explained
from kg.asking.plain.read import Reading, check_answerable, column_of, understand
from kg.errors import QuestionError, UsageError
from kg.model import Rows
from kg.stores.base import Store

_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Answered:
    """How a question was read, every parameter of its query, the rows, and the number of events where it is asked."""

    reading: Reading
    parameters: dict[str, str | int]
    rows: Rows
    count: int | None = None


def ask(store: Store, question: str, *, limit: int | None = None) -> Answered:
    """Return the answer of a question, the columns first that it asks for; without a limit, the first 1,000 rows.

    Raises QuestionError, with what was understood and commands that ask something near, where the question is not.
    """
    known = Known(store)
    if not known.has_articles:
        raise QuestionError(f"{store.address} holds no articles; `kg load ARTICLES` loads some")
    try:
        return _answered(store, known, question, canned.DEFAULT_LIMIT if limit is None else limit)
    except (QuestionError, UsageError) as error:
        raise explained(error, question, known) from error


def _answered(store: Store, known: Known, question: str, most: int) -> Answered:
    reading = understand(question, known)
    check_answerable(reading)
    answer = canned.ask(store, reading.query, reading.parameters, limit=_ALL if reading.count else most)
    rows = Rows(
        answer.rows.columns, answer.rows.rows[:most], truncated=answer.rows.truncated or len(answer.rows.rows) > most
    )
    count = _events(answer.rows) if reading.count else None
    return Answered(reading, answer.parameters, _led(rows, reading.first), count)


def _events(rows: Rows) -> int:
    """Return of how many events rows tell, where one may have several."""
    keys = [rows.columns.index(column) for column in ("article", "event_id") if column in rows.columns]
    return len({tuple(row[key] for key in keys) for row in rows.rows}) if keys else len(rows.rows)


def _led(rows: Rows, first: Sequence[str]) -> Rows:
    """Return rows with the columns in front that are asked for."""
    front = [column for asked in first if (column := column_of(asked, rows.columns))]
    order = [rows.columns.index(column) for column in dict.fromkeys((*front, *rows.columns))]
    return replace(
        rows,
        columns=tuple(rows.columns[at] for at in order),
        rows=tuple(tuple(row[at] for at in order) for row in rows.rows),
    )
