"""What a record must fulfil to stand in a graph: ids that are unique, and references that lead somewhere."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.errors import SourceError
from kg.model import Event, Record, Statement, encode

LONGEST_KEY = 1000
"""Code points; two keys and an event type fit into the 8,167 bytes of an index entry of Neo4j."""

CONTEXT_SEPARATOR = ";"


def check(record: Record) -> None:
    """Raise SourceError, naming the article and the fault, where a record cannot stand in a graph.

    Every store refuses such a record, and with it the batch that it comes in.
    """
    try:
        encode(record)
    except UnicodeEncodeError as error:
        raise SourceError(f"record of article {record.article.id[:200]!r} is no valid Unicode: {error}") from error
    for fault in _faults(record):
        raise SourceError(f"record of article {record.article.id[:200]!r}: {fault}; extract the article again")


def check_spans(record: Record) -> None:
    """Raise SourceError, naming the article and the span, where offsets do not lead to the stored string."""
    text = record.article.text
    for start, end, stored in _spans(record):
        if not 0 <= start <= end or text[start:end] != stored:
            raise SourceError(
                f"record of article {record.article.id[:200]!r}: characters {start} to {end} are not {stored[:60]!r}; "
                "extract the article again"
            )


def _spans(record: Record) -> Iterator[tuple[int, int, str]]:
    """Yield the offsets of every stored string with the string."""
    told: tuple[Event | Statement, ...] = (*record.events, *record.statements)
    yield from ((mention.start, mention.end, mention.text) for actor in record.actors for mention in actor.mentions)
    yield from ((trigger.start, trigger.end, trigger.text) for event in record.events for trigger in event.mentions)
    yield from ((topic.start, topic.end, topic.text) for each in told for topic in each.topics)
    yield from ((statement.start, statement.end, statement.text) for statement in record.statements)


def _faults(record: Record) -> Iterator[str]:
    actors = {actor.id for actor in record.actors}
    events = {event.id for event in record.events}
    yield from _key_faults(record)
    yield from _repeated("sentence", (str(list(span)) for span in record.sentences))
    yield from _repeated("actor", (actor.id for actor in record.actors))
    yield from _repeated("event", (event.id for event in record.events))
    yield from _repeated("statement", (statement.id for statement in record.statements))
    yield from _unknown("actor", _named_actors(record), actors)
    yield from _unknown("event", _named_events(record), events)
    if not record.sentences and (record.statements or any(actor.mentions for actor in record.actors)):
        yield "it has mentions but no sentences"
    for event in record.events:
        yield from _event_faults(event, set(record.sentences))


def _event_faults(event: Event, sentences: set[tuple[int, int]]) -> Iterator[str]:
    if not event.mentions:
        yield f"event {event.id!r} has no mention"
    for trigger in event.mentions:
        if trigger.sentence not in sentences:
            yield f"event {event.id!r} names a sentence {list(trigger.sentence)} that is not there"
    for context in event.contexts:
        if not context or CONTEXT_SEPARATOR in context:
            yield f"event {event.id!r} has a context {context!r}, empty or with {CONTEXT_SEPARATOR!r}"


def _key_faults(record: Record) -> Iterator[str]:
    keys = [record.article.id, *(event.id for event in record.events)]
    keys += [key for actor in record.actors for key in (actor.id, actor.name)]
    keys += [statement.id for statement in record.statements]
    for key in keys:
        if not key or len(key) > LONGEST_KEY:
            yield f"an id or a name has {len(key)} characters, not 1 to {LONGEST_KEY}: {key[:40]!r}"


def _named_actors(record: Record) -> Iterator[str]:
    for event in record.events:
        yield from (*event.source, *event.target)
        yield from (attribution.speaker for attribution in event.attributions)
    for statement in record.statements:
        yield statement.speaker
        if statement.addressee is not None:
            yield statement.addressee


def _named_events(record: Record) -> Iterator[str]:
    for event in record.events:
        yield from event.about
        if event.part_of is not None:
            yield event.part_of


def _repeated(kind: str, ids: Iterable[str]) -> Iterator[str]:
    yield from (f"{kind} {id_!r} stands there {n} times" for id_, n in Counter(ids).items() if n > 1)


def _unknown(kind: str, named: Iterable[str], known: set[str]) -> Iterator[str]:
    yield from (f"{kind} {id_!r} is named but not there" for id_ in named if id_ not in known)
