"""When an event took place: the date nearest to its trigger."""

from collections.abc import Iterator

from kg.coding.circumstances import near
from kg.coding.grammar import children, is_noun, is_verb, support_verb
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.model import Modality, Time
from kg.reading.document import Reading

_FUTURE: tuple[Modality, ...] = ("planned", "possible", "requested", "conditional")


def time_of(hit: Hit, modality: Modality, reading: Reading) -> Time | None:
    """Return the days on which the event of a trigger took or takes place.

    They are told in its own clause, the finest of nested ones ('on February 6 this year'), else in a clause that sets
    it in time ('after he came on Monday').
    """
    future = modality in _FUTURE or None
    spans = [reading.dates_at[token.i] for token in near(hit) if token.i in reading.dates_at]
    ends = {span.until.start for span in spans if span.until}
    times = [span.period(future=future) for span in spans if span.start not in ends]
    times = times or [*_behind(hit, reading), *_beside(hit, reading)]
    finest = times[:1]
    for time in times[1:]:
        if finest[0].start <= time.start and time.end <= finest[0].end:
            finest = [time]
    return next((time for time in finest if future or not _is_to_come(time, reading)), None)


def _is_to_come(time: Time, reading: Reading) -> bool:
    """Whether the days lie after publication: nothing has happened on them, they belong to another word."""
    return reading.parsed.day is not None and time.start > reading.parsed.day


def _behind(hit: Hit, reading: Reading) -> Iterator[Time]:
    """Yield the days told after a noun with no verb in between: 'the annexation of the island in 2014'."""
    for token in reading.doc[hit.token.i + 1 : hit.token.sent.end] if is_noun(hit.token) else ():
        if token.i in reading.dates_at:
            yield reading.dates_at[token.i].period()
        if is_verb(token) or token.text == ",":
            return


def _beside(hit: Hit, reading: Reading) -> Iterator[Time]:
    """Yield the days told in clauses that set the trigger's verb in time."""
    verb = hit.token if is_verb(hit.token) else support_verb(hit.token)
    for clause in children(verb, "advcl") if verb is not None else ():
        if any(child.lower_ in word_lists("words")["adjuncts", "conjunctions"] for child in clause.lefts):
            for token in clause.subtree:
                if token.i in reading.dates_at:
                    yield reading.dates_at[token.i].period()
