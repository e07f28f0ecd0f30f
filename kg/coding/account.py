"""Why an event of a record is coded as it is: its text read again, by the code that decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kg.coding.modality import Told, modality
from kg.coding.participants import Speakers, slot_of
from kg.coding.senses import judged
from kg.coding.statements import find_statements, speakers_within
from kg.coding.triggers import Hit, find_triggers
from kg.knowledge.codebook import Frame
from kg.model import Event
from kg.reading.document import Reading

LEARNED = "learned from the corpus, not told by the frame"


@dataclass(frozen=True, slots=True)
class Part:
    """How an actor came into a role: through a slot of the frame, or by the model."""

    role: Literal["source", "target"]
    actor: str
    slot: str


@dataclass(frozen=True, slots=True)
class Account:
    """The frame of an event's first trigger, how each participant was found, and what tells its modality.

    `cue` gives the characters of the word that tells the modality, None where no word does.
    """

    frame: Frame
    parts: tuple[Part, ...]
    told: Told
    cue: tuple[int, int] | None


def account_of(event: Event, reading: Reading) -> Account | None:
    """Return why an event is coded as it is; None where its trigger is not found again, as with another codebook."""
    hits = [each.hit for each in judged(find_triggers(reading), reading) if _tells(each.hit, event)]
    if not hits:
        return None
    speakers = speakers_within(reading, find_statements(reading))
    told = modality(hits[0], reading)
    cue = (told.cue.idx, told.cue.idx + len(told.cue)) if told.cue is not None else None
    return Account(hits[0].sense.frame, tuple(_parts(event, hits, reading, speakers)), told, cue)


def _tells(hit: Hit, event: Event) -> bool:
    return any(mention.start <= hit.token.idx < mention.end for mention in event.mentions)


def _parts(event: Event, hits: list[Hit], reading: Reading, speakers: Speakers) -> Iterator[Part]:
    for role, actors in (("source", event.source), ("target", event.target)):
        for actor in actors:
            slots = (slot_of(actor, role, hit, reading, speakers) for hit in hits)
            yield Part("source" if role == "source" else "target", actor, next(filter(None, slots), LEARNED))
