"""What agents and programs can do with a graph: one table, from which the MCP server and the HTTP API are made."""

import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from kg.asking import canned, cypher
from kg.asking.names import resolve
from kg.asking.questions import CannedQuery, nearest, parameters_used, queries
from kg.errors import MissingError, QueryError, QuestionError, UsageError
from kg.model import Rows, Value
from kg.stores.base import Counts, Store
from kg.stores.within import within
from kg.web.fitting import Bounds, fitted
from kg.web.records import (
    LONGEST_NAME,
    Answer,
    Ask,
    AskedFor,
    EventEvidence,
    FindActors,
    GivenArticle,
    ListQueries,
    LoadArticles,
    Loaded,
    Question,
    Questions,
    RunCypher,
    RunQuery,
    Status,
)
from kg.web.refusals import refuse_controls

_MISSING = re.compile(r"Object missing required field `(.*?)`")
_PLACE = re.compile(r" - at `(?:key in )?\$\.?(.*)`$")
_ACTORS, _EVIDENCE = "actors", "evidence_of"
_EMPTY = "the store is empty: load articles first, with `kg load`"

MOST_SECONDS = 30.0
"""How long the store may be asked for one answer; a Cypher text says itself how long it may run."""

Load = Callable[[Sequence[GivenArticle]], Loaded]
"""Stores articles that are given as text."""


@dataclass(frozen=True, slots=True)
class Served:
    """The store that is asked, how long answers may be, and what loads articles, where that is allowed."""

    store: Store
    bounds: Bounds
    load: Load | None = None


@dataclass(frozen=True, slots=True)
class Tool:
    """Something that can be done: what it says of itself, the records that it takes and gives, and the function.

    `at_a_time` is how many calls may run together.
    """

    name: str
    help: str
    takes: type[msgspec.Struct]
    gives: type
    run: Callable[[Served, Any], Any]
    at_a_time: int = 8
    writes: bool = False


def offered(served: Served) -> tuple[Tool, ...]:
    """Return the tools that may be used."""
    return tuple(tool for tool in TOOLS if served.load or not tool.writes)


def suggestions(error: Exception) -> tuple[str, ...]:
    """Return the questions near one that was not understood, and commands that ask something near it."""
    found = error.suggestions if isinstance(error, QuestionError) else ()
    return tuple(words[2] if (words := shlex.split(each))[:2] == ["kg", "ask"] else each for each in found)


def call(served: Served, name: str, arguments: Mapping[str, object], *, strict: bool = True) -> Any:
    """Return what a tool gives for arguments; without `strict`, texts that read as numbers are numbers.

    Raises MissingError where there is no such tool, UsageError naming an argument that is unknown or wrong, and what
    stores and questions raise.
    """
    tools = {tool.name: tool for tool in offered(served)}
    if name not in tools:
        raise MissingError(f"no tool {name!r}; {nearest(name, tools)}")
    tool = tools[name]
    in_time = replace(served, store=within(served.store, MOST_SECONDS))
    return tool.run(in_time, _taken(tool.takes, arguments, strict=strict))


def _taken(takes: type[msgspec.Struct], arguments: Mapping[str, object], *, strict: bool) -> msgspec.Struct:
    known = takes.__struct_fields__
    for given in arguments:
        if given not in known:
            raise UsageError(f"no argument {given!r}; {nearest(given, known)}")
    try:
        taken = msgspec.convert(dict(arguments), takes, strict=strict)
    except msgspec.ValidationError as error:
        raise UsageError(_told(str(error))) from error
    for place, text in _texts(msgspec.to_builtins(taken), ""):
        refuse_controls(place, text)
    return taken


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    """Yield every text in a value, and the name of what holds it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield place, str(key)
            yield from _texts(inner, str(key))
    elif isinstance(value, Sequence):
        for inner in value:
            yield from _texts(inner, place)


def _told(message: str) -> str:
    """Return what msgspec says of a wrong argument, its name in front."""
    place = _PLACE.search(message)
    words = _MISSING.sub(r"\1 is missing; give it", _PLACE.sub("", message))
    return f"{place[1]}: {words[0].lower()}{words[1:]}" if place and place[1] else words


def _list_queries(served: Served, asked: ListQueries) -> Questions:
    """Return the questions, where they are too many for an answer without their parameters and columns."""
    words = asked.words.casefold()
    listed = tuple(described(each) for each in queries() if words in f"{each.name} {each.answers}".casefold())
    if not listed:
        raise MissingError(f"no query whose name or description holds {asked.words!r}; {nearest(words, _names())}")
    whole = Questions(queries=listed)
    if len(msgspec.json.encode(whole)) <= served.bounds.answer:
        return whole
    names = tuple(msgspec.structs.replace(each, parameters=(), columns=()) for each in listed)
    return Questions(queries=names, note="`words` gives a part of them, with their parameters and columns")


def described(query: CannedQuery) -> Question:
    """Return a canned question as it is listed."""
    parameters = tuple(
        AskedFor(name=each.name, default=each.default, help=each.help, choices=canned.CHOICES.get(each.name, ()))
        for each in query.parameters
    )
    return Question(
        query=query.name, title=query.title, answers=query.answers, parameters=parameters, columns=query.columns
    )


def _names() -> list[str]:
    return [query.name for query in queries()]


def _run_query(served: Served, asked: RunQuery) -> Answer:
    if asked.query not in _names():
        raise MissingError(f"no query {asked.query!r}; {nearest(asked.query, _names())}")
    parameters = {key: str(value) for key, value in asked.parameters.items()}
    for key, value in parameters.items():
        if len(value) > LONGEST_NAME:
            raise UsageError(f"{key} is longer than {LONGEST_NAME} characters; give fewer")
    return _canned(served, asked.query, parameters, asked.limit)


def _canned(served: Served, name: str, parameters: Mapping[str, str], limit: int) -> Answer:
    with _emptiness_told(served):
        found = canned.ask(served.store, name, parameters, limit=limit)
    return _answer(served, name, found.parameters, found.rows)


@contextmanager
def _emptiness_told(served: Served) -> Iterator[None]:
    """Say of what an empty store does not know that it is empty."""
    try:
        yield
    except (UsageError, QuestionError) as error:
        if _is_empty(served):
            raise UsageError(f"{error}; {_EMPTY}") from error
        raise


def _is_empty(served: Served) -> bool:
    return not served.store.counts().articles


def _answer(
    served: Served, query: str, parameters: Mapping[str, Value], rows: Rows, note: str = "", **more: Any
) -> Answer:
    found, cut = fitted(rows, served.bounds)
    notes = (note, cut, _EMPTY if not rows.rows and _is_empty(served) else "")
    return Answer(
        query=query,
        parameters=dict(parameters),
        columns=rows.columns,
        rows=found,
        truncated=rows.truncated or len(found) < len(rows.rows),
        note="; ".join(filter(None, notes)),
        **more,
    )


def _ask(served: Served, asked: Ask) -> Answer:
    from kg.asking.plain.answer import ask

    with _emptiness_told(served):
        found = ask(served.store, asked.question, limit=asked.limit)
    return _answer(
        served, found.reading.query, found.parameters, found.rows, question=asked.question, count=found.count
    )


def _find_actors(served: Served, asked: FindActors) -> Answer:
    """Return the actor that a name means, then all whose full name holds it; the note says who is meant, or why not."""
    try:
        meant = resolve(served.store, asked.name)
    except UsageError as error:
        note, first = str(error), None
    else:
        note = f"{asked.name!r} means {meant.full_name} ({meant.id})"
        first = canned.ask(served.store, _ACTORS, {"name": meant.id}).rows
    found = canned.ask(served.store, _ACTORS, {"words": asked.name}, limit=asked.limit)
    rows = tuple(dict.fromkeys((*(first.rows if first else ()), *found.rows.rows)))
    shown = Rows(found.rows.columns, rows[: asked.limit], truncated=found.rows.truncated or len(rows) > asked.limit)
    return _answer(served, _ACTORS, found.parameters, shown, note)


def _event_evidence(served: Served, asked: EventEvidence) -> Answer:
    answer = _canned(served, _EVIDENCE, {"article": asked.article, "event": asked.event}, asked.limit)
    if not answer.rows:
        raise MissingError(
            f"no event {asked.event!r} in the article {asked.article!r}; the query `articles` lists the articles, and "
            "`told_by` the events of one"
        )
    return answer


def _run_cypher(served: Served, asked: RunCypher) -> Answer:
    for name in sorted(parameters_used(asked.cypher) - asked.parameters.keys()):
        raise QueryError(f"the Cypher text uses ${name}; give its value in `parameters`")
    rows = cypher.run(served.store, asked.cypher, asked.parameters, limit=asked.limit, timeout=asked.timeout)
    return _answer(served, asked.cypher, asked.parameters, rows)


def _status(served: Served, _: Status) -> Counts:
    return served.store.counts()


def _load_articles(served: Served, asked: LoadArticles) -> Loaded:
    if served.load is None:
        raise UsageError("loading is not allowed here; start `kg mcp --allow-load`")
    return served.load(asked.articles)


TOOLS = (
    Tool(
        "list_queries",
        "List the canned questions that the graph answers, such as who met, accused, threatened or sanctioned whom, "
        "with the parameters that each takes and the columns of its rows. `words` gives a part of them.",
        ListQueries,
        Questions,
        _list_queries,
    ),
    Tool(
        "run_query",
        "Answer one of the canned questions. Each row has the sentence that is its evidence, and `article` and "
        "`event_id`, by which event_evidence finds more.",
        RunQuery,
        Answer,
        _run_query,
    ),
    Tool(
        "ask",
        "Answer a question in plain English: it is turned into a canned question, which the answer names with its "
        "parameters. What is not understood is refused with questions that would be.",
        Ask,
        Answer,
        _ask,
        at_a_time=1,  # spaCy reads it
    ),
    Tool(
        "find_actors",
        "Look up people, states and organisations of the graph by a name. `note` says who is meant, or lists several "
        "that may be; the id in `actor_id` is never ambiguous as a parameter.",
        FindActors,
        Answer,
        _find_actors,
    ),
    Tool(
        "event_evidence",
        "Give every sentence that tells of an event, with its outlet, article, date and according to whom.",
        EventEvidence,
        Answer,
        _event_evidence,
    ),
    Tool(
        "run_cypher",
        "Run a Cypher text that reads the graph, for what no canned question answers. Main patterns: "
        "(:Actor {id, full_name, kind, country})-[:SOURCE_OF|TARGET_OF]->(:Event {event_type, modality, date, "
        "day_from, day_to, event_id, article}); (:Event)-[:EVIDENCED_BY]->(:Sentence {text}); "
        "(:Event)-[:TOLD_IN]->(:Article {id, headline, outlet, published}); (:Event)-[:HAS_TOPIC]->(:Topic "
        "{full_name}); (:Event)-[:TOOK_PLACE_AT]->(:Place {full_name}); (:Event)-[:ACCORDING_TO]->(:Actor); "
        "(:Actor)-[:SAID]->(:Statement {text}). Facts have the modality actual or ongoing.",
        RunCypher,
        Answer,
        _run_cypher,
        at_a_time=2,  # each may take a gigabyte
    ),
    Tool(
        "status",
        "Count the articles, actors, events and statements of the graph.",
        Status,
        Counts,
        _status,
    ),
    Tool(
        "load_articles",
        "Read articles that are given as text, in English, and store what they tell. An article takes the place of a "
        "former one of the same id.",
        LoadArticles,
        Loaded,
        _load_articles,
        at_a_time=1,
        writes=True,
    ),
)
