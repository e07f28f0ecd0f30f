"""According to whom: who vouches for an event, and with what stance."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.coding.participants import Participants
from kg.coding.speech import Said
from kg.coding.triggers import Hit
from kg.knowledge.words import word_lists
from kg.model import FACTS, Attribution, Modality
from kg.reading.document import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token


_SPOKEN = ("neutral", "verbal-conflict")
"""The quad classes of acts that nobody but their doer is needed to vouch for."""


def attributions(around: Iterable[Said], hit: Hit, found: Participants, reading: Reading) -> Iterator[Attribution]:
    """Yield who vouches for an event, each speaker once; nobody vouches for his own words."""
    return _promised(_vouched(around, hit, found), hit, found, reading)


def _vouched(around: Iterable[Said], hit: Hit, found: Participants) -> Iterator[Attribution]:
    seen: set[str] = set()
    is_speech = hit.sense.entry.quad in _SPOKEN
    for each in around:
        for speaker in (each.statement.speaker, *each.beside):
            if speaker not in seen and not (is_speech and speaker in found.source):
                seen.add(speaker)
                yield Attribution(speaker, each.stance, each.statement.id)


def _promised(vouched: Iterable[Attribution], hit: Hit, found: Participants, reading: Reading) -> Iterator[Attribution]:
    """Yield the attributions, as promises where who speaks says what he, or the government of his country, will do."""
    if not _is_to_do(hit.token):
        yield from vouched
        return
    countries = reading.mentioned.countries
    for each in vouched:
        own = {countries.get(each.speaker), None}
        is_own = each.speaker in found.source or (found.source and {countries.get(one) for one in found.source} <= own)
        promises = each.stance == "asserts" and is_own
        yield replace(each, stance="promises") if promises else each


def _is_to_do(verb: "Token") -> bool:
    """Whether a verb says what somebody will do, or would as it was said."""
    words = word_lists("modality")
    coming = words["auxiliaries", "planned"] | words["auxiliaries", "conditional"]
    return any(child.dep_ == "aux" and child.lower_ in coming for child in verb.children)


def denied(own: Modality, around: Iterable[Said]) -> Modality:
    """Return `denied` for what stands in a denial and is not put off otherwise."""
    if own in FACTS and any(each.stance == "denies" for each in around):
        return "denied"
    return own
