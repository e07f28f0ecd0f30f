"""What a tool takes and gives: records that are checked, described and written as JSON from their types."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kg.model import Value

ROWS = 100
"""How many rows an answer holds where nobody says otherwise."""

MOST_ROWS = 10_000
MOST_NUMBER = 999_999_999
LONGEST_NAME = 500
LONGEST_TIMEOUT = 60.0  # seconds

_Name = Annotated[str, Meta(max_length=LONGEST_NAME)]
_Key = Annotated[str, Meta(min_length=1, max_length=2_000)]
_Whole = Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)]
_Limit = Annotated[int, Meta(ge=1, le=MOST_ROWS, description="at most so many rows")]


class ListQueries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which canned questions to list."""

    words: Annotated[_Name, Meta(description="only those whose name or description holds these words")] = ""


class RunQuery(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A canned question with its parameters."""

    query: Annotated[_Name, Meta(description="the name of a canned question")]
    parameters: Annotated[
        dict[_Name, str | _Whole],
        Meta(description="its parameters by name, as the list of questions tells them; days are YYYY-MM-DD"),
    ] = {}
    limit: _Limit = ROWS


class Ask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A question in plain English."""

    question: Annotated[
        str, Meta(min_length=1, max_length=2_000, description="such as: who did Merkel meet in July 2018?")
    ]
    limit: _Limit = ROWS


class FindActors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name to look up."""

    name: Annotated[_Name, Meta(min_length=1, description="an id, a full name, an alias, a surname or other words")]
    limit: _Limit = ROWS


class EventEvidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event, by the article and the event_id that a row of another answer gave."""

    article: Annotated[_Key, Meta(description="the id of an article that tells of the event")]
    event: Annotated[_Key, Meta(description="the event_id in that article")]
    limit: _Limit = ROWS


class RunCypher(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A Cypher text that reads."""

    cypher: Annotated[str, Meta(min_length=1, max_length=20_000, description="a text that only reads")]
    parameters: Annotated[
        dict[_Name, str | _Whole | float | bool | None], Meta(description="the values of its $parameters")
    ] = {}
    limit: _Limit = ROWS
    timeout: Annotated[float, Meta(gt=0, le=LONGEST_TIMEOUT, description="give up after so many seconds")] = 30.0


class Status(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Nothing to say: the status of the whole store."""


class GivenArticle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article given as text."""

    text: Annotated[str, Meta(min_length=1, max_length=500_000, description="the body of the article, in English")]
    id: Annotated[str, Meta(max_length=500, description="what it is known by; made from the text if empty")] = ""
    title: Annotated[str, Meta(max_length=2_000)] = ""
    published: Annotated[str, Meta(max_length=100, description="day of publication, YYYY-MM-DD; never guess it")] = ""
    source: Annotated[str, Meta(max_length=500, description="the outlet")] = ""
    url: Annotated[str, Meta(max_length=2_000, description="noted with the article; nothing is fetched")] = ""


class LoadArticles(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Articles to load."""

    articles: Annotated[list[GivenArticle], Meta(min_length=1, max_length=100)]


class AskedFor(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of a canned question; `choices` lists what it may hold, where that is a closed list."""

    name: str
    default: str | int
    help: str
    choices: tuple[str, ...] = ()


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A canned question: what it answers, its parameters and the columns of its rows."""

    query: str
    title: str
    answers: str
    parameters: tuple[AskedFor, ...]
    columns: tuple[str, ...]


class Questions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Canned questions; `note` tells where their parameters and columns were left out."""

    queries: tuple[Question, ...]
    note: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Rows, the query that gave them and its parameters.

    `truncated` tells whether there are more rows, and `note` what is to be known of the answer as a whole. `count` is
    given where a question asked for a number of events.
    """

    query: str
    parameters: dict[str, Value]
    columns: tuple[str, ...]
    rows: tuple[dict[str, Value], ...]
    truncated: bool
    question: str = ""
    count: int | None = None
    note: str = ""


class NotLoaded(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was not loaded, and why."""

    article: str
    reason: str


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """What became of articles that were given: how many of each, and why some were kept aside."""

    added: int
    updated: int
    unchanged: int
    kept_aside: int
    reasons: tuple[NotLoaded, ...]


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why there is no answer and what to do instead; `suggestions` are questions near one that was not understood."""

    error: str
    suggestions: tuple[str, ...] = ()
