"""A reading coded: its events and statements, and the record that holds them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.coding.attribution import attributions, denied
from kg.coding.beside import Told
from kg.coding.contents import refined
from kg.coding.coreference import Coded, joined
from kg.coding.homes import at_home
from kg.coding.modality import is_word, modality
from kg.coding.narrative import carried
from kg.coding.participants import Participants, Speakers, meets, participants
from kg.coding.roles import completed
from kg.coding.selection import Selection, as_announced, is_public, tells_something, with_demands
from kg.coding.senses import Judged, judged
from kg.coding.speech import Said
from kg.coding.statements import find_statements, speakers_within
from kg.coding.times import is_ahead, time_of
from kg.coding.topics import topic
from kg.coding.triggers import Hit, find_triggers
from kg.coding.venues import place_of
from kg.knowledge.scores import goldstein
from kg.knowledge.tables import actor_by_id
from kg.model import FACTS, Actor, Event, Mention, Record, Stamp, Statement, Trigger, short_id
from kg.reading.document import Reading

REVIVED = 0.5  # a word likelier to tell of an event than this is one if the model alone finds whom its frame needs


def code(reading: Reading, stamp: Stamp) -> Record:
    """Return the record of an article: its actors, events and statements, all in the order of the text."""
    said = find_statements(reading)
    speakers = speakers_within(reading, said)
    happenings = joined(tuple(_events(reading, said, speakers)), reading.mentioned.countries)
    told = (each for each in happenings if tells_something(each) and is_public(each, reading))
    events = tuple(carried(told, reading))
    statements = tuple(each.statement for each in said)
    record = Record(
        article=reading.article,
        sentences=reading.parsed.sentences,
        actors=tuple(_with_speakers(_actors(reading, events, statements), reading, speakers)),
        events=events,
        statements=statements,
        made_with=stamp,
    )
    return at_home(record, reading)


def _events(reading: Reading, said: tuple[Said, ...], speakers: Speakers) -> Iterator[Coded]:
    hits = judged(find_triggers(reading), reading)
    ruled = (_ruled(each, reading, speakers) for each in hits)
    told = [(each, who) for each, who in ruled if each.chance >= REVIVED or meets(each.hit.sense.frame, who.who)]
    who_of = completed([who for _, who in told], reading, speakers)
    found = with_demands([(each, who) for (each, _), who in zip(told, who_of, strict=True) if who is not None])
    selection = Selection(found, reading)
    for each, who in found:
        event = as_announced(_event(each, who, reading, said), each.hit)
        if selection.keeps(each, who, event.modality):
            yield Coded(event, (each.hit,))


def _ruled(each: Judged, reading: Reading, speakers: Speakers) -> tuple[Judged, Told]:
    """Return a trigger with whom its frame finds, or the frame that holds where that is one party only."""
    who = participants(each.hit, reading, speakers)
    alone = each.hit.sense.alone if len({*who.source, *who.target}) == 1 else None
    if alone is None:
        return each, Told(each.hit, who)
    hit = replace(each.hit, sense=alone)
    return replace(each, hit=hit), Told(hit, participants(hit, reading, speakers))


def _event(each: Judged, found: Participants, reading: Reading, said: tuple[Said, ...]) -> Event:
    hit = each.hit
    around = [one for one in said if one.statement.start <= hit.token.idx < one.statement.end]
    if is_word(hit):  # what was asked or said has been, although it is rejected
        around = [one for one in around if one.stance != "denies"]
    happened = denied(modality(hit, reading).modality, around)
    if happened in FACTS and is_ahead(hit, reading):
        happened = "planned"
    entry, group = hit.sense.entry, hit.sense.group
    fine = refined(group, found.topics, entry.modes, reading)
    return Event(
        id="e" + short_id(reading.article.id, entry.type, hit.token.idx, group.cameo),
        type=entry.type,
        mode=fine.mode,
        contexts=group.contexts,
        cameo=fine.cameo,
        quad=entry.quad,
        goldstein=goldstein(fine.cameo),
        plover_score=entry.plover_score,
        symmetric=hit.sense.frame.symmetric,
        source=found.source,
        target=found.target,
        topics=tuple(topic(head, reading, {*found.source, *found.target}) for head in found.topics),
        place=place_of(hit, reading),
        time=time_of(hit, happened, reading),
        modality=happened,
        attributions=tuple(attributions(around, hit, found, reading)),
        mentions=(_trigger(hit, reading),),
        confidence=round(each.chance, 2),
        rule=f"{entry.type.lower()}:{group.frame}:{hit.sense.part}:{' '.join((hit.sense.head, *hit.sense.others))}",
    )


def _trigger(hit: Hit, reading: Reading) -> Trigger:
    """Return the trigger's words: all of them where they stand together, else the head alone."""
    first, last = hit.tokens[0], hit.tokens[-1]
    between = [token for token in reading.doc[first.i : last.i] if token.i not in {each.i for each in hit.tokens}]
    if len(between) > len(hit.tokens) or any(token.i in reading.mentioned.name_tokens for token in between):
        first = last = hit.token
    start, end = first.idx, last.idx + len(last)
    return Trigger(start, end, reading.article.text[start:end], reading.sentence(hit.token))


def _actors(reading: Reading, events: tuple[Event, ...], statements: tuple[Statement, ...]) -> Iterator[Actor]:
    """Yield the actors that are named, take part in something or are spoken of again, and states of an adjective."""
    used = {actor for event in events for actor in (*event.source, *event.target)}
    used |= {each.speaker for event in events for each in event.attributions}
    used |= {actor for each in statements for actor in (each.speaker, each.addressee) if actor}
    known = {actor.id for actor in reading.mentioned.actors}
    for actor in reading.mentioned.actors:
        if actor.id in used or actor.id in reading.mentioned.named or len(actor.mentions) > 1:
            yield actor
    for missing in sorted(used - known):
        yield _untold_state(missing, reading)


def _with_speakers(actors: Iterable[Actor], reading: Reading, speakers: Speakers) -> Iterator[Actor]:
    """Yield the actors with the 'I' and 'we' of what they are quoted with among their mentions."""
    for actor in actors:
        tokens = [reading.doc[at] for at, speaker in speakers.at.items() if speaker == actor.id]
        own = [Mention(token.idx, token.idx + len(token), token.text, "pronoun") for token in tokens]
        mentions = sorted([*actor.mentions, *own], key=lambda mention: (mention.start, -mention.end))
        yield replace(actor, mentions=tuple(mentions)) if own else actor


def _untold_state(identifier: str, reading: Reading) -> Actor:
    """Return the state that national adjectives or places alone name: 'the Russian invasion', 'a curfew in Kazan'."""
    row = actor_by_id(identifier)
    country = identifier.upper()
    mentions = [
        Mention(token.idx, token.idx + len(token), token.text, "name")
        for token in reading.doc
        if reading.adjective_at.get(token.i) == country
    ]
    for at, place in sorted(reading.places_at.items()) if not mentions else ():
        if reading.state_of_place(reading.doc[at]) == country:
            mentions.append(Mention(place.start, place.end, reading.article.text[place.start : place.end], "metonym"))
    return Actor(
        id=row.id,
        name=row.name,
        kind=row.kind,
        country=row.country,
        cameo=row.cameo,
        qid=row.qid,
        mentions=tuple(mentions),
    )
