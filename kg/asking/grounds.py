"""Why an actor of a record is whom it is: the article's text read again, by the code that decided."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.coding.account import Account, account_of
from kg.coding.statements import find_statements, speakers_within
from kg.knowledge.tables import origin, tables
from kg.model import Actor, Event, Mention, Place, Record
from kg.reading.document import Reading
from kg.reading.gazetteer import actors_by_name, places_by_name
from kg.reading.read import read
from kg.reading.reasons import PassedOver, Reason


@dataclass(frozen=True, slots=True)
class Told:
    """A mention, the rule that put it to its actor, and what the rule went by."""

    mention: Mention
    rule: str
    by: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What decided on an actor: the line of its row and the row's source, the rows passed over, each mention's rule.

    `row` is empty for an actor that no table has; `changed` says that the record was made with other tables.
    """

    row: str
    source: str
    passed_over: tuple[PassedOver, ...]
    mentions: tuple[Told, ...]
    changed: bool


def ground_of(record: Record, actor: Actor) -> Ground:
    """Return what decided on an actor of a record.

    Raises ModelError where the spaCy model is missing.
    """
    (reading,) = read([record.article])
    rules = {span: (rule, by) for span, rule, by in _rules(reading, actor.id)}
    known = next((row for row in tables().actors if row.id == actor.id), None)
    place, row = origin(known) if known else ("", None)
    grounds = reading.mentioned.grounds.get(actor.id)
    return Ground(
        row=place,
        source=row.source if row else "",
        passed_over=grounds.passed_over if grounds else (),
        mentions=tuple(
            Told(each, *rules.get((each.start, each.end), ("not read again", ""))) for each in actor.mentions
        ),
        changed=record.made_with is not None and record.made_with.tables != tables().digest,
    )


def event_account(record: Record, event: Event) -> Account | None:
    """Return why an event of a record is coded as it is; None where its trigger is not found again.

    Raises ModelError where the spaCy model is missing.
    """
    (reading,) = read([record.article])
    return account_of(event, reading)


def reason_of(record: Record, place: Place) -> Reason | None:
    """Return why a name of several bearers is a place of a record; None where it has one, or nothing told them apart.

    Raises ModelError where the spaCy model is missing.
    """
    name = record.article.text[place.start : place.end]
    if len(places_by_name().get(name, ())) + len(actors_by_name().get(name, ())) < 2:
        return None
    (reading,) = read([record.article])
    spans = ((each.start, each.end, each.why) for each in reading.places_at.values())
    return next((why for start, end, why in spans if (start, end) == (place.start, place.end)), None)


def _rules(reading: Reading, identifier: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Yield span, rule and what it went by of each mention of an actor; of the same span the last one counts."""
    for token in (reading.doc[at] for at, country in reading.adjective_at.items() if country.lower() == identifier):
        yield (token.idx, token.idx + len(token)), "national adjective", token.text
    for at, speaker in speakers_within(reading, find_statements(reading)).at.items():
        if speaker == identifier:
            token = reading.doc[at]
            yield (token.idx, token.idx + len(token)), "speaker of a quote", ""
    grounds = reading.mentioned.grounds.get(identifier)
    for span, reason in grounds.reasons.items() if grounds else ():
        yield span, reason.rule, reason.by
