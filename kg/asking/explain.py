"""Why an event or an actor is in the graph: the words, the rule, the codebook entry, who vouches for it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial

from kg.asking.grounds import Told, event_account, ground_of, reason_of
from kg.coding.account import Account
from kg.errors import UsageError
from kg.graph.judged import Verdicts, identity, judged, verdicts
from kg.knowledge.codebook import codebook
from kg.knowledge.rows import names_of
from kg.knowledge.tables import tables
from kg.model import Actor, Article, Attribution, Event, Place, Record, Time, Trigger
from kg.reading.reasons import PassedOver

Line = tuple[str, str]

LISTED_AT_MOST = 10
NOTHING_JUDGED = verdicts(())


def explain(record: Record, thing: str, found: Verdicts = NOTHING_JUDGED) -> str:
    """Return the account of an event, by id, or of an actor, by id, name or mention, in lines of label and text.

    Spans are given as start-end into the article's text; in the evidence, `>>` and `<<` enclose the trigger.
    `found` is what people have judged. Raises UsageError where the record holds no such event or actor.
    """
    lines = list(_lines(record, thing, found))
    margin = max(len(label) for label, _ in lines) + 2
    return "\n".join(f"{label:<{margin}}{text}".rstrip() for label, text in lines)


def described(record: Record, thing: str, found: Verdicts = NOTHING_JUDGED) -> dict[str, object]:
    """Return the same account as an object to write as JSON."""
    event = _event(record, thing)
    if event:
        lines = list(_of_event(record, event, found))
        return {label: [text for other, text in lines if other == label] for label, _ in lines}
    return _described(record, _actor(record, thing, found), found)


def _lines(record: Record, thing: str, found: Verdicts) -> Iterator[Line]:
    event = _event(record, thing)
    return _of_event(record, event, found) if event else _of_actor(record, _actor(record, thing, found), found)


def _event(record: Record, thing: str) -> Event | None:
    return next((event for event in record.events if event.id == thing), None)


def _actor(record: Record, thing: str, judged: Verdicts) -> Actor:
    """Return the actor whose id, name, proper name in the text, other mention or other name in the tables a text is.

    Last comes the name of whom people judged it to be.
    """
    wanted = thing.casefold()
    ways: tuple[Callable[[Actor], list[str]], ...] = (*_NAMES, partial(_names_as_judged, record, judged))
    for names in ways:
        found = [actor for actor in record.actors if any(wanted == name.casefold() for name in names(actor))]
        if len(found) > 1:
            raise UsageError(
                f"{thing!r} names several actors in {record.article.id}: {_some(list(map(_named, found)))}"
            )
        if found:
            return found[0]
    events = [f"{event.id} ({event.type} {event.mentions[0].text!r})" for event in record.events]
    raise UsageError(
        f"no event or actor {thing!r} in {record.article.id}; there are the events {_some(events)} "
        f"and the actors {_some([actor.name for actor in record.actors])}"
    )


def _names_as_judged(record: Record, judged: Verdicts, actor: Actor) -> list[str]:
    who = identity(actor.id, record.article.id, judged)
    return [who.id, who.name] if who else []


def _proper_names(actor: Actor) -> list[str]:
    return [mention.text for mention in actor.mentions if mention.form in ("name", "handle", "metonym")]


def _other_mentions(actor: Actor) -> list[str]:
    return [mention.text for mention in actor.mentions]


def _names_of_tables(actor: Actor) -> list[str]:
    return [text for row in tables().actors if row.id == actor.id for text in names_of(row)]


_NAMES: tuple[Callable[[Actor], list[str]], ...] = (
    lambda actor: [actor.id],
    lambda actor: [actor.name],
    _proper_names,
    _other_mentions,
    _names_of_tables,
)
"""The names of an actor, those that say most of whom is meant first."""


def _named(actor: Actor) -> str:
    return f"{actor.name} ({actor.id})"


def _some(names: Sequence[str]) -> str:
    rest = len(names) - LISTED_AT_MOST
    return (", ".join(names[:LISTED_AT_MOST]) or "none") + (f" and {rest} more" if rest > 0 else "")


def _of_event(record: Record, event: Event, found: Verdicts) -> Iterator[Line]:
    yield "event", event.id
    yield "article", _headline(record.article)
    if standing := judged(record, found).standing(event.id):
        yield "judged", standing.note
    account = event_account(record, event)
    yield from _coding(event)
    yield from _decided(record, event, account)
    yield from _participants(record, event, account)
    yield from _circumstances(record, event)
    yield from (("according to", _voice(record, each)) for each in event.attributions)
    if not event.attributions:
        yield "according to", "the article itself"
    yield from (("evidence", _evidence(record.article.text, trigger)) for trigger in event.mentions)


def _of_actor(record: Record, actor: Actor, found: Verdicts) -> Iterator[Line]:
    ground = ground_of(record, actor)
    yield "actor", _named(actor)
    yield "article", _headline(record.article)
    if who := identity(actor.id, record.article.id, found):
        yield "judged", f"{who.name} ({who.id})"
    yield "kind", actor.kind
    yield from _known(country=actor.country, CAMEO=actor.cameo, Wikidata=actor.qid)
    yield (
        "row",
        f"{ground.row}: {ground.source}" if ground.row else "none: a new actor, whom no row of the tables is for",
    )
    if ground.changed:
        yield "note", "the tables have changed since the article was loaded"
    yield from (("passed over", _passed_over(each)) for each in ground.passed_over[:LISTED_AT_MOST])
    yield from (("mention", _mention(each)) for each in ground.mentions)


def _passed_over(other: PassedOver) -> str:
    return f"{other.row.name} ({other.row.id}): {other.why}"


def _mention(told: Told) -> str:
    mention = told.mention
    because = f"{told.rule}: {told.by}" if told.by else told.rule
    return f"{_span(mention.text, mention.start, mention.end)} as {mention.form}, {because}"


def _described(record: Record, actor: Actor, found: Verdicts) -> dict[str, object]:
    ground = ground_of(record, actor)
    who = identity(actor.id, record.article.id, found)
    return {
        **{name: getattr(actor, name) for name in ("id", "name", "kind", "country", "cameo", "qid")},
        "article": record.article.id,
        "judged": {"id": who.id, "name": who.name} if who else None,
        "row": {"place": ground.row, "source": ground.source} if ground.row else None,
        "tables_changed": ground.changed,
        "passed_over": [{"id": each.row.id, "name": each.row.name, "why": each.why} for each in ground.passed_over],
        "mentions": [{**asdict(each.mention), "rule": each.rule, "by": each.by} for each in ground.mentions],
    }


def _headline(article: Article) -> str:
    parts = (article.id, article.title, article.source, article.published or "date not known")
    return " | ".join(filter(None, parts))


def _coding(event: Event) -> Iterator[Line]:
    entry = codebook().of(event.type)
    yield "type", f"{event.type}: {entry.definition}" if entry else event.type
    yield from _known(CAMEO=event.cameo, mode=event.mode, contexts=", ".join(event.contexts))
    yield from _known(Goldstein=event.goldstein, PLOVER=event.plover_score)
    yield "quad class", event.quad
    yield "rule", event.rule or "not recorded"
    yield "confidence", f"{event.confidence:.2f}"


def _decided(record: Record, event: Event, account: Account | None) -> Iterator[Line]:
    """Yield the frame and the modality with the word that tells it, as the text is read now."""
    if account is None:
        yield "modality", event.modality
        yield "note", "its trigger is not found again: text, codebook or tables have changed since it was loaded"
        return
    frame = account.frame
    slots = (("source", frame.source), ("target", frame.target), ("topic", frame.topic), ("needs", frame.needs))
    yield (
        "frame",
        "; ".join(f"{name}: {', '.join(told)}" for name, told in slots if told) + "; symmetric" * frame.symmetric,
    )
    cue = f": {_span(record.article.text[slice(*account.cue)], *account.cue)}" if account.cue else ""
    because = f"{account.told.why}{cue}"
    if event.modality != account.told.modality:
        because = "whoever says so denies it" if event.modality == "denied" else "its day is still to come"
    yield "modality", f"{event.modality}, {because}"


def _participants(record: Record, event: Event, account: Account | None) -> Iterator[Line]:
    roles = ("party", "party") if event.symmetric else ("source", "target")
    slots = {(str(part.role), part.actor): part.slot for part in account.parts} if account else {}
    for name, role, ids in zip(roles, ("source", "target"), (event.source, event.target), strict=True):
        for each in ids:
            slot = slots.get((role, each))
            yield name, _participant(record, event, each) + (f", {slot}" if slot else "")


def _participant(record: Record, event: Event, actor_id: str) -> str:
    """Return an actor with the mentions in the event's sentences, or else with the first of all."""
    actor = next((actor for actor in record.actors if actor.id == actor_id), None)
    if actor is None:
        return actor_id
    near = [each for each in actor.mentions if any(_inside(each.start, trigger) for trigger in event.mentions)]
    spans = (_span(each.text, each.start, each.end) for each in near or actor.mentions[:1])
    return f"{actor.name} ({actor.id}): {', '.join(spans)}"


def _inside(position: int, trigger: Trigger) -> bool:
    return trigger.sentence[0] <= position < trigger.sentence[1]


def _circumstances(record: Record, event: Event) -> Iterator[Line]:
    for topic in event.topics:
        yield "topic", f"{topic.name}: {_span(topic.text, topic.start, topic.end)}"
    others = {other.id: f"{other.id} ({other.type} {other.mentions[0].text!r})" for other in record.events}
    yield from (("about", others.get(each, each)) for each in event.about)
    if event.part_of:
        yield "part of", others.get(event.part_of, event.part_of)
    if event.place:
        yield "place", _where(record, event.place)
    if event.time:
        yield "date", _when(event.time)


def _where(record: Record, place: Place) -> str:
    name = ", ".join(filter(None, (place.name, place.country)))
    reason = reason_of(record, place)
    because = f", {reason.rule}: {reason.by}" if reason else ""
    return f"{name}: {_span(record.article.text[place.start : place.end], place.start, place.end)}{because}"


def _when(time: Time) -> str:
    days = time.start if time.start == time.end else f"{time.start}/{time.end}"
    return f"{days}: {time.text!r}" if time.text else days


def _voice(record: Record, attribution: Attribution) -> str:
    names = {actor.id: actor.name for actor in record.actors}
    speaker = f"{names.get(attribution.speaker, attribution.speaker)}, who {attribution.stance}"
    said = next((each for each in record.statements if each.id == attribution.statement), None)
    if said is None:
        return speaker
    cue = f", with {said.cue!r}" if said.cue else ""
    return f"{speaker}{cue}: {_span(said.text, said.start, said.end)}"


def _evidence(text: str, trigger: Trigger) -> str:
    start, end = trigger.sentence
    marked = f"{text[start : trigger.start]}>>{text[trigger.start : trigger.end]}<<{text[trigger.end : end]}"
    return f"{start}-{end}: {' '.join(marked.split())}"


def _span(text: str, start: int, end: int) -> str:
    return f"“{' '.join(text.split())}” {start}-{end}"


def _known(**values: str | float | None) -> Iterator[Line]:
    """Yield the values that are known under their labels."""
    yield from ((label, str(value)) for label, value in values.items() if value not in (None, ""))
