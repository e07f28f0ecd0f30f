"""A record as people have judged it: actors who are the same made one, parts that are wrong taken out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.graph.judgements import Groups, Identity, Judgement
from kg.model import Actor, Event, Record, digest, encode, renamed


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether people let something stand (`right`) or not (`wrong`, `withdrawn`), and who says so why."""

    verdict: str
    note: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A record as judged, the standing of its events by their ids, and that of the article.

    `digest` depends on the record and on all that was judged of it.
    """

    record: Record
    digest: str
    events: Mapping[str, Standing] = field(default_factory=dict)
    article: Standing | None = None

    def standing(self, event: str) -> Standing | None:
        """Return the standing of an event, that of its article before its own."""
        return self.article or self.events.get(event)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Judgements in force, ready to be applied."""

    same: Mapping[str, Identity]
    split: Mapping[tuple[str, str], Identity]
    marks: Mapping[str, Sequence[Judgement]]


def verdicts(in_force: Sequence[Judgement]) -> Verdicts:
    """Return the judgements in force, ready to be applied to records; their order makes no difference."""
    ordered = sorted(in_force, key=lambda each: (each.at, each.id))
    return Verdicts(_same(ordered), _split(ordered), _marks(ordered))


def touched(judgements: Iterable[Judgement], standing: Sequence[Judgement]) -> tuple[set[str], set[str]]:
    """Return the actors and the articles that judgements are about.

    Among the actors are all that are the same as one of them by the judgements `standing` before or after: any of them
    may be whom an article has now.
    """
    same = [each.actors for each in standing if each.verdict == "same"]
    groups = Groups(same)
    found = list(judgements)
    moved = {groups.of(actor) for each in found if each.verdict == "same" for actor in each.actors}
    actors = {actor for pair in same for actor in pair if groups.of(actor) in moved}
    return actors, {article for each in found for article in each.articles}


def judged(record: Record, found: Verdicts) -> Judged:
    """Return a record as it is judged."""
    article = record.article.id
    identities = {actor.id: who for actor in record.actors if (who := identity(actor.id, article, found))}
    marks = found.marks.get(article, ())
    if not identities and not marks:
        return Judged(record, digest(encode(record).decode()))
    become = {actor.id: _as(actor, identities[actor.id]) for actor in record.actors if actor.id in identities}
    changed = renamed(_without(record, [each for each in marks if each.part and each.verdict == "wrong"]), become)
    events = _standings(marks)
    own = next((Standing(each.verdict, _note(each)) for each in marks if each.verdict == "withdrawn"), None)
    key = f"{encode(changed).decode()} {sorted(events.items(), key=lambda item: item[0])} {own}"
    return Judged(changed, digest(key), events, own)


def _same(in_force: Sequence[Judgement]) -> dict[str, Identity]:
    """Return who each actor is that was found the same as another: of several, the one judged last."""
    pairs = [each for each in in_force if each.verdict == "same"]
    groups = Groups(each.actors for each in pairs)
    chosen: dict[str, Identity] = {}
    for each in pairs:
        if each.identity:
            chosen[groups.of(each.actors[0])] = each.identity
    return {actor: chosen[groups.of(actor)] for each in pairs for actor in each.actors}


def _split(in_force: Sequence[Judgement]) -> dict[tuple[str, str], Identity]:
    return {
        (article, each.actors[0]): each.identity
        for each in in_force
        if each.verdict == "split" and each.identity
        for article in each.articles
    }


def _marks(in_force: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = defaultdict(list)
    for each in in_force:
        for article in dict.fromkeys(each.articles) if each.verdict in ("right", "wrong", "withdrawn") else ():
            found[article].append(each)
    return found


def identity(actor: str, article: str, found: Verdicts) -> Identity | None:
    """Return whom an actor of an article was judged to be, None where nobody did."""
    parted = found.split.get((article, actor))
    return found.same.get(parted.id, parted) if parted else found.same.get(actor)


def _as(actor: Actor, who: Identity) -> Actor:
    return replace(actor, id=who.id, name=who.name, kind=who.kind, country=who.country, qid=who.qid)


def _without(record: Record, wrong: Sequence[Judgement]) -> Record:
    by_event: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in wrong:
        by_event[each.event or ""].add((str(each.part), str(each.value)))
    if not by_event:
        return record
    return replace(record, events=tuple(_pruned(event, by_event.get(event.id, set())) for event in record.events))


def _pruned(event: Event, wrong: set[tuple[str, str]]) -> Event:
    if not wrong:
        return event
    place = event.place
    return replace(
        event,
        source=tuple(actor for actor in event.source if ("source", actor) not in wrong),
        target=tuple(actor for actor in event.target if ("target", actor) not in wrong),
        topics=tuple(topic for topic in event.topics if ("topic", topic.name) not in wrong),
        place=None if place is None or ("place", place.name) in wrong else place,
        attributions=tuple(each for each in event.attributions if ("according_to", each.speaker) not in wrong),
    )


def _standings(marks: Iterable[Judgement]) -> dict[str, Standing]:
    """Return how events stand; one of which only parts were judged is right for the rest."""
    found: dict[str, Standing] = {}
    for each in sorted(marks, key=lambda each: each.part is not None):
        if each.event:
            before = found.get(each.event, Standing("right" if each.part else each.verdict, ""))
            found[each.event] = Standing(before.verdict, "; ".join(filter(None, (before.note, _note(each)))))
    return found


def _note(judgement: Judgement) -> str:
    what = f"{judgement.part} {judgement.value} " if judgement.part else ""
    why = f": {judgement.reason}" if judgement.reason else ""
    return f"{what}{judgement.verdict}, says {judgement.by}{why}"
