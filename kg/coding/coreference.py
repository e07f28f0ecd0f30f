"""Events of one article that are one happening, joined: the same type and parties, and no day that contradicts."""

from dataclasses import replace

from kg.model import Event, Time, Topic

_FOLLOWED = ("actual", "ongoing")


def joined(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return the events with repeated mentions of one happening joined into the first, in the order of the text.

    Two of one type are one when their parties agree, and days, topics and modality do not contradict.
    """
    kept: list[Event] = []
    for event in events:
        at = next((i for i, other in enumerate(kept) if _same(other, event)), None)
        if at is None:
            kept.append(event)
        else:
            kept[at] = _union(kept[at], event)
    return tuple(kept)


def _same(one: Event, other: Event) -> bool:
    return (
        one.type == other.type
        and _agree(one, other)
        and _compatible_modality(one, other)
        and _compatible_times(one.time, other.time)
        and _compatible_topics(one.topics, other.topics)
        and _compatible_places(one, other)
    )


def _agree(one: Event, other: Event) -> bool:
    """Whether the parties are the same: of a symmetric event as a set, else role by role, an empty role being open."""
    if one.symmetric or other.symmetric:
        mine, theirs = {*one.source, *one.target}, {*other.source, *other.target}
        return bool(mine) and mine == theirs
    if not (one.source or one.target) or not (other.source or other.target):
        return False
    sources = not one.source or not other.source or set(one.source) == set(other.source)
    targets = not one.target or not other.target or set(one.target) == set(other.target)
    shared = set(one.source) & set(other.source) or set(one.target) & set(other.target)
    return sources and targets and bool(shared)


def _compatible_modality(one: Event, other: Event) -> bool:
    return one.modality == other.modality or {one.modality, other.modality} == set(_FOLLOWED)


def _compatible_times(one: Time | None, other: Time | None) -> bool:
    return one is None or other is None or (one.start <= other.end and other.start <= one.end)


def _compatible_places(one: Event, other: Event) -> bool:
    return one.place is None or other.place is None or one.place.name == other.place.name


def _compatible_topics(one: tuple[Topic, ...], other: tuple[Topic, ...]) -> bool:
    """Whether one is about nothing said or both share a word that carries meaning."""
    if not one or not other:
        return True
    mine, theirs = ({word for topic in topics for word in topic.name.split() if len(word) > 3} for topics in (one, other))
    return bool(mine & theirs)


def _union(one: Event, other: Event) -> Event:
    narrower = other.time if one.time is None or (other.time and _length(other.time) < _length(one.time)) else one.time
    known = {topic.name for topic in one.topics}
    return replace(
        one,
        source=one.source or other.source,
        target=one.target or other.target,
        mentions=(*one.mentions, *other.mentions),
        topics=(*one.topics, *(topic for topic in other.topics if topic.name not in known)),
        place=one.place or other.place,
        time=narrower,
        attributions=one.attributions or other.attributions if one.attributions and other.attributions else (),
        confidence=max(one.confidence, other.confidence),
    )


def _length(time: Time) -> tuple[int, str, str]:
    return (int(time.start != time.end), time.end[:7], time.start)
