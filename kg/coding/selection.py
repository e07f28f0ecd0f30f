"""Which of the events found are told of: those of the public, and none within what another is about."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.coding.coreference import Coded
from kg.coding.participants import Participants
from kg.coding.senses import Judged
from kg.coding.triggers import Hit
from kg.knowledge.codebook import codebook
from kg.knowledge.scores import goldstein
from kg.model import Event
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBAL = ("AGREE", "CONSULT", "CONCEDE", "REQUEST", "SAY")
"""What unnamed people do among themselves every day."""

_PUTS_OFF = ("REQUEST", "THREATEN", "AGREE", "REJECT")
"""The types whose content is put off: what is asked, threatened, promised or refused."""


def tells_something(coded: Coded) -> bool:
    """Tell whether anything is known of an event: who took part, when or where it was, or what it was about."""
    event = coded.event
    return bool(event.source or event.target or event.time or event.place or event.topics)


def is_public(coded: Coded, reading: Reading) -> bool:
    """Tell whether an event is more than some people's own affair, 'visitors met fans', or fate: 'killed 12 people'."""
    event = coded.event
    if event.type not in _VERBAL and (event.type != "ASSAULT" or event.source):
        return True
    plain = {
        actor.id
        for actor in reading.mentioned.actors
        if actor.kind in ("person", "group") and not actor.country and actor.id not in reading.mentioned.named
    }
    parties = {*event.source, *event.target}
    return not parties or not parties <= plain


class Contents:
    """What events are about, by sentence: the acts that are asked, threatened, promised or refused there."""

    def __init__(self, found: Iterable[tuple[Judged, Participants | None]], reading: Reading) -> None:
        self._sentence_of = reading.parsed.sentence_of
        self._heads: dict[int, list[tuple[Hit, Token]]] = {}
        for each, who in found:
            if who is not None and each.hit.sense.entry.type in _PUTS_OFF:
                told = self._heads.setdefault(self._sentence_of[each.hit.token.i], [])
                told.extend((each.hit, head) for head in who.topics)

    def hold(self, hit: Hit) -> bool:
        """Tell whether a verb stands in the content of another event: that event is about it, it is none of its own."""
        around = self._heads.get(self._sentence_of[hit.token.i], ())
        return hit.sense.part == "verb" and any(
            by is not hit and (head.i == hit.token.i or head.is_ancestor(hit.token)) for by, head in around
        )


def as_announced(event: Event) -> Event:
    """Return an act that its doer says will come as the threat that it is: 'Norland said it would shell the port'."""
    by_doer = any(each.speaker in event.source for each in event.attributions)
    if event.modality not in ("planned", "conditional") or not by_doer:
        return event
    for entry in codebook().types:
        if event.type in entry.announced:
            cameo = entry.announced[event.type]
            return replace(
                event,
                type=entry.type,
                cameo=cameo,
                quad=entry.quad,
                mode=None,
                modality="actual",
                goldstein=goldstein(cameo),
                plover_score=entry.plover_score,
                attributions=tuple(each for each in event.attributions if each.speaker not in event.source),
            )
    return event
