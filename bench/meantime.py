"""How kg reads the events that MEANTIME annotates as well: who takes part, if it is certain, and if it happened.

MEANTIME (Minard et al., 2016; CC BY 4.0) is read from KG_SHARED. An event is shared where kg's trigger and an annotated
mention have a word in common. Participants are those of the PropBank arguments Arg0 to Arg4 that are persons or
organisations; kg's source and target are right where a mention of theirs shares a word with one of the participant's
chain. Those of a chain without a type count neither way. `roles` asks for the side as well: Arg0 is the source, the
others are the target.

Certain is what kg holds to be actual, ongoing, planned, denied or negated, in MEANTIME `CERTAIN`; uncertain is the
rest, there `POSSIBLE` and `PROBABLE`. Negative is what kg holds to be denied or negated, there `NEG`. What is left open
there is left out.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench._resampling import Figure, accuracy, f1
from bench.reading.corpora import by_half, shared
from kg.evaluation import Rate, Tally
from kg.model import Article, Event, Record
from kg.pipeline import extract

GOLD = "data/meantime/meantime_cat.jsonl"
_ARGUMENTS = ("Arg0", "Arg1", "Arg2", "Arg3", "Arg4")
_ACTORS = ("PER", "ORG")
_UNSURE = ("possible", "requested", "conditional")
_NOT = ("denied", "negated")
_CERTAIN = {"CERTAIN": True, "POSSIBLE": False, "PROBABLE": False}
_POSITIVE = {"POS": True, "NEG": False}
_CLOSING = frozenset(",.;:!?)%") | {"'s", "n't", "''"}
_OPENING = frozenset("($") | {"``"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant: whether as the doer, all mentions of its chain, and whether it is an actor (None: not told)."""

    is_source: bool
    spans: tuple[Span, ...]
    is_actor: bool | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated event mention: its words, participants, certainty and polarity (None where left open)."""

    span: Span
    participants: tuple[Participant, ...]
    certain: bool | None
    positive: bool | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A document with what is right in it."""

    id: str
    participants: Tally
    roles: Tally
    certainty: Rate
    polarity: Rate
    shared: int


def measure() -> dict[str, object]:
    """Return the figures over all documents and over both halves."""
    return {name: figures(part) for name, part in by_half(list(judge()), lambda each: each.id).items()}


def figures(judged: Sequence[Judged]) -> dict[str, Figure | int]:
    """Return the figures over judged documents, and how many events are shared."""
    return {
        "shared_events": sum(each.shared for each in judged),
        "participants": f1([each.participants for each in judged]),
        "roles": f1([each.roles for each in judged]),
        "certainty": accuracy([each.certainty for each in judged]),
        "polarity": accuracy([each.polarity for each in judged]),
    }


def judge() -> Iterator[Judged]:
    """Yield each document judged.

    Raises CorpusError where the corpus is absent.
    """
    documents = [json.loads(line) for line in shared(GOLD).read_text("utf-8").splitlines()]
    texts = [_text(document) for document in documents]
    articles = [
        Article(id=document["doc"], text=text, published=_iso(document["doc_date"]))
        for document, (text, _) in zip(documents, texts, strict=True)
    ]
    for document, (_, offsets), record in zip(documents, texts, extract(articles), strict=True):
        if isinstance(record, Record):
            yield _judged(document["doc"], tuple(_annotated(document, offsets)), record)


def _iso(day: str | None) -> str | None:
    """Return a day as YYYY-MM-DD, also where the corpus writes it MM-DD-YYYY."""
    if day is None:
        return None
    first, second, third = day.split("-")
    return day if len(first) == 4 else f"{third}-{first}-{second}"


def _text(document: Mapping[str, Any]) -> tuple[str, list[Span]]:
    """Return the text of a document, its headline and its date as paragraphs, with the characters of each token."""
    text, offsets, before = "", [], -1
    for token, sentence in zip(document["tokens"], document["sentence"], strict=True):
        if sentence != before and text:
            text += "\n\n" if before < 2 else " "
        elif text and token not in _CLOSING and not text.endswith(tuple(_OPENING)):
            text += " "
        before = sentence
        offsets.append((len(text), len(text) + len(token)))
        text += token
    return text, offsets


def _annotated(document: Mapping[str, Any], offsets: Sequence[Span]) -> Iterator[Annotated]:
    spans = {
        each["id"]: (offsets[min(each["tokens"])][0], offsets[max(each["tokens"])][1])
        for each in document["mentions"]
        if each["tokens"]
    }
    chain_of = {
        mention: relation["target"][0]
        for relation in document["relations"]
        if relation["type"] == "REFERS_TO" and relation["target"]
        for mention in relation["source"]
    }
    kinds = {each["id"]: each.get("ent_type") for each in document["instances"]}
    for event in document["mentions"]:
        if event["kind"] == "EVENT_MENTION" and event["id"] in spans:
            arguments = _arguments(event["id"], document["relations"])
            yield Annotated(
                spans[event["id"]],
                tuple(_participant(role, mention, spans, chain_of, kinds) for role, mention in arguments),
                _CERTAIN.get(event.get("certainty")),
                _POSITIVE.get(event.get("polarity")),
            )


def _arguments(event: str, relations: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for relation in relations:
        is_own = relation["type"] == "HAS_PARTICIPANT" and event in relation["source"]
        if is_own and relation.get("sem_role") in _ARGUMENTS:
            yield from ((relation["sem_role"], mention) for mention in relation["target"])


def _participant(
    role: str, mention: str, spans: Mapping[str, Span], chain_of: Mapping[str, str], kinds: Mapping[str, str | None]
) -> Participant:
    chain = chain_of.get(mention)
    together = [other for other, of in chain_of.items() if of == chain] if chain else [mention]
    kind = kinds.get(chain) if chain else None
    told = tuple(spans[each] for each in together if each in spans)
    return Participant(role == "Arg0", told, None if kind is None else kind in _ACTORS)


def _judged(document: str, annotated: Sequence[Annotated], record: Record) -> Judged:
    pairs = list(_shared_events(annotated, record.events))
    mentions = {actor.id: [(each.start, each.end) for each in actor.mentions] for actor in record.actors}
    tallies = [_participants(gold, event, mentions) for gold, event in pairs]
    certainty = [gold.certain == (event.modality not in _UNSURE) for gold, event in pairs if gold.certain is not None]
    polarity = [gold.positive == (event.modality not in _NOT) for gold, event in pairs if gold.positive is not None]
    return Judged(
        document,
        sum((who for who, _ in tallies), Tally()),
        sum((roles for _, roles in tallies), Tally()),
        Rate(sum(certainty), len(certainty)),
        Rate(sum(polarity), len(polarity)),
        len(pairs),
    )


def _shared_events(annotated: Sequence[Annotated], events: Iterable[Event]) -> Iterator[tuple[Annotated, Event]]:
    """Yield the annotated mentions with the events of kg that have a trigger there, each of both once."""
    free = list(annotated)
    for event in events:
        triggers = [(mention.start, mention.end) for mention in event.mentions]
        gold = next((each for each in free if _touches(each.span, triggers)), None)
        if gold is not None:
            free.remove(gold)
            yield gold, event


def _participants(gold: Annotated, event: Event, mentions: Mapping[str, list[Span]]) -> tuple[Tally, Tally]:
    """Return the tallies of the participants, whatever their side, and with their side."""
    found = [(True, actor) for actor in event.source] + [(False, actor) for actor in event.target]
    matched = [
        (side, next((each for each in gold.participants if _is(each, mentions.get(actor, []))), None))
        for side, actor in found
    ]
    counted = [(side, each) for side, each in matched if each is None or each.is_actor]
    wanted = {id(each): each for each in gold.participants if each.is_actor}
    right = {id(each) for _, each in counted if each is not None}
    sided = {id(each) for side, each in counted if each and (event.symmetric or side == each.is_source)}
    return Tally(len(right), len(counted), len(wanted)), Tally(len(sided), len(counted), len(wanted))


def _is(participant: Participant, spans: Sequence[Span]) -> bool:
    return any(_touches(span, spans) for span in participant.spans)


def _touches(span: Span, others: Iterable[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
