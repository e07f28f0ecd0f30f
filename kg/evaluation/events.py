"""Which predicted event is which gold event, and how much of it is right."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kg.evaluation.actors import Alignment
from kg.evaluation.figures import ByType, Figures, Rate, Reliability, Tally, fifth
from kg.evaluation.gold import Anchor, GoldArticle, GoldEvent, choices, words
from kg.evaluation.spans import Span, bare, content_words, length, sentence_of, sentences, spans_of, touches
from kg.model import Event, Place, Record, Time, Topic

LONGEST_TRIGGER = 100
"""A longer trigger, in characters, says nothing of where the event is told."""

DATE_SLACK = timedelta(days=7)
"""How much longer than the gold range a predicted range may be."""

Anchored = tuple[GoldEvent, list[Span]]


def score_events(gold: GoldArticle, record: Record, alignment: Alignment) -> Figures:
    """Return the figures of an article's events; what matches an optional gold event counts neither way."""
    matched = match_events(gold, record, alignment)
    neutral = _neutral(gold, record, matched)
    counted = [number for number in range(len(record.events)) if number not in neutral]
    pairs = [(matched[number], record.events[number]) for number in counted if number in matched]
    wanted = [event for event in gold.events if not event.optional]
    judged = [_judge(gold.text, want, have, alignment) for want, have in pairs]
    return sum(
        judged,
        Figures(
            events_found=Tally(len(pairs), len(counted), len(wanted)),
            events_whole=Tally(0, len(counted), len(wanted)),
            reliability=_reliability([(number in matched, record.events[number]) for number in counted]),
            by_type=_by_type(wanted, [(matched.get(n), record.events[n]) for n in counted]),
        ),
    )


def match_events(gold: GoldArticle, record: Record, alignment: Alignment) -> dict[int, GoldEvent]:
    """Return the gold event for the number of each predicted event that is one, each matched once at most."""
    bounds = sentences(gold.text)
    anchored = [(want, _anchor_spans(gold.text, want)) for want in gold.events]
    fits = [
        (_fit(want, have, bounds, alignment), -i, -j)
        for i, want in enumerate(anchored)
        for j, have in enumerate(record.events)
    ]
    ranked = sorted((fit for fit in fits if fit[0]), reverse=True)
    return {-j: gold.events[-i] for i, j in _one_to_one(ranked)}


def participants(event: GoldEvent | Event, *, one_role: bool, alignment: Alignment) -> set[tuple[str, str]]:
    """Return (role, actor key) pairs; with `one_role` source and target are not told apart."""
    names = ("party", "party") if one_role else ("source", "target")
    return {
        (name, alignment.get(actor, actor))
        for name, actors in zip(names, (event.source, event.target), strict=True)
        for actor in actors
    }


def date_fits(time: Time | None, gold: tuple[str, str]) -> bool:
    """Whether the ranges overlap and the predicted one is at most a week longer."""
    if not time or not time.start:
        return False
    try:
        start, end, first, last = (date.fromisoformat(day[:10]) for day in (time.start, time.end or time.start, *gold))
    except ValueError:
        return False
    return start <= last and first <= end and (end - start) <= (last - first) + DATE_SLACK


def place_fits(text: str, place: Place, gold: str) -> bool:
    """Whether the predicted name, or the words it was read from, is the gold place in whole words."""
    want = set(bare(gold).split())
    said = text[place.start : place.end] if place.end else ""
    read = (set(bare(name).split()) for name in (place.name, said))
    return any(
        have and ((want <= have and len(have) <= len(want) + 3) or have <= want)  # some words more
        for have in read
    )


def topics_found(gold: tuple[Anchor, ...], predicted: tuple[Topic, ...]) -> Tally:
    """Return the tally of topics; one predicted phrase answers one gold phrase, sharing half of its words."""
    free = [content_words(topic.text) for topic in predicted]
    right = 0
    for want in (content_words(words(topic)) for topic in gold):
        best = max(free, key=lambda have: len(want & have) / max(len(want | have), 1), default=set())
        shared = len(want & best)
        if want and shared / len(want) >= 0.5 and shared / max(len(best), 1) >= 0.3:
            free.remove(best)
            right += 1
    return Tally(right, len(predicted), len(gold))


def _anchor_spans(text: str, event: GoldEvent) -> list[Span]:
    anchors = (event.anchor, *event.more_anchors)
    return [span for anchor in anchors for span in spans_of(text, anchor)[:1]]


def _fit(want: Anchored, have: Event, bounds: list[Span], alignment: Alignment) -> float:
    gold, anchors = want
    if have.type not in {gold.type, *gold.alt_types}:
        return 0.0
    triggers = [span for span in _triggers(have) if length(span) <= LONGEST_TRIGGER]
    on_anchor = any(touches(trigger, anchors) for trigger in triggers)
    told_in = {sentence_of(bounds, anchor) for anchor in anchors}
    if not on_anchor and not any(sentence_of(bounds, trigger) in told_in for trigger in triggers):
        return 0.0
    same_type = 0.25 if have.type == gold.type else 0.0
    return 1.0 + 2.0 * on_anchor + _shared_actors(gold, have, alignment) + same_type


def _shared_actors(want: GoldEvent, have: Event, alignment: Alignment) -> float:
    wanted = {*want.source, *want.target}
    found = {alignment.get(actor) for actor in have.source + have.target}
    return len(wanted & found) / len(wanted | found) if wanted | found else 1.0


def _one_to_one(ranked: list[tuple[float, int, int]]) -> Iterator[tuple[int, int]]:
    golds, events = set(), set()
    for _, i, j in ranked:
        if i not in golds and j not in events:
            golds.add(i)
            events.add(j)
            yield i, j


def _triggers(event: Event) -> list[Span]:
    return [(mention.start, mention.end) for mention in event.mentions]


def _neutral(gold: GoldArticle, record: Record, matched: Mapping[int, GoldEvent]) -> set[int]:
    """Return the numbers of the predicted events that count neither way.

    They are those of optional gold events, and SAY events on the cue of a gold statement.
    """
    cues = [span for said in gold.statements if said.cue for span in spans_of(gold.text, said.cue)]
    optional = {number for number, want in matched.items() if want.optional}
    return optional | {
        number
        for number, event in enumerate(record.events)
        if number not in matched and event.type == "SAY" and any(touches(trigger, cues) for trigger in _triggers(event))
    }


def _reliability(counted: Iterable[tuple[bool, Event]]) -> Reliability:
    rates = (Reliability({fifth(event.confidence): Rate(int(is_found), 1)}) for is_found, event in counted)
    return sum(rates, Reliability())


def _by_type(wanted: Iterable[GoldEvent], counted: Iterable[tuple[GoldEvent | None, Event]]) -> ByType:
    """Return a tally for each type; an accepted other type is counted under the gold one."""
    parts = [ByType({want.type: Tally(0, 0, 1)}) for want in wanted]
    for want, have in counted:
        parts.append(ByType({have.type: Tally()}))
        parts.append(ByType({want.type: Tally(1, 1, 0)} if want else {have.type: Tally(0, 1, 0)}))
    return sum(parts, ByType())


def _judge(text: str, want: GoldEvent, have: Event, alignment: Alignment) -> Figures:
    one_role = want.symmetric or want.roles_free
    wanted = participants(want, one_role=one_role, alignment={})
    found = participants(have, one_role=one_role, alignment=alignment)
    attribution, stance = _voices(want, have, alignment)
    return Figures(
        participants_of_found=Tally(len(wanted & found), len(found), len(wanted)),
        events_whole=Tally(int(wanted == found), 0, 0),
        modality=Rate(int(have.modality in {want.modality, *choices(want.alt_modality)}), 1),
        date=Rate(int(date_fits(have.time, want.date)), 1) if want.date else Rate(),
        place=_place(text, want, have),
        topics=topics_found(want.topics, have.topics),
        attribution=attribution,
        stance=stance,
    )


def _place(text: str, want: GoldEvent, have: Event) -> Tally:
    fits = bool(want.place and have.place and place_fits(text, have.place, want.place))
    return Tally(int(fits), int(bool(have.place)), int(bool(want.place)))


def _voices(want: GoldEvent, have: Event, alignment: Alignment) -> tuple[Tally, Rate]:
    wanted = set(want.according_to or ())
    told: dict[str, set[str]] = {}
    for said in have.attributions:
        told.setdefault(alignment.get(said.speaker, said.speaker), set()).add(said.stance)
    both = wanted & told.keys()
    judged = both if want.stance else set()
    right = sum(told[voice] == {want.stance} for voice in judged)
    return Tally(len(both), len(told), len(wanted)), Rate(right, len(judged))
