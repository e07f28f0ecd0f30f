"""Events and statements in words that say no more than the graph does."""

from collections.abc import Iterator, Mapping, Sequence

from kg.asking.briefing import Said
from kg.asking.parts import Happening, Paper, Telling
from kg.asking.wording import plain, share
from kg.exports.network import joined
from kg.model import FACTS

UNSURE = 0.5
"""Below this the confidence of an event is told."""

TOLD_AS = {
    "planned": "told as planned",
    "possible": "told as possible",
    "requested": "told as asked for",
    "conditional": "told under a condition",
    "denied": "told as denied",
    "negated": "told as not having happened",
}


def sentence(event: Happening, tied: Mapping[str, Happening]) -> str:
    """Return an event in words: when, told how, who, the words for it and its type, where, about what, by whom."""
    when = _when(event.date, event.date_text)
    standing = "" if event.modality in FACTS else f"{TOLD_AS[event.modality]}, not as a fact: "
    told = [f"{when}: {standing}{_deed(event)}", *_around(event, tied)]
    return " ".join((f"{', '.join(told)}.", *_vouched(event)))


def title(event: Happening) -> str:
    """Return an event in a few words."""
    return _deed(event)


def said(statement: Said) -> str:
    """Return a statement in words: the words themselves, or the sentences that report them."""
    to = f", to {plain(statement.addressee)}" if statement.addressee else ""
    cue = f"“{plain(statement.cue)}”, " if statement.cue else ""
    wording = "word for word" if statement.direct else "reported"
    when = _when(statement.date, statement.date_text) if statement.date else _published(statement.cited.paper)
    return f"{when}: {plain(statement.speaker)}{to} ({cue}{wording}): “{plain(statement.cited.text)}”"


def named(paper: Paper) -> str:
    """Return the outlet of an article, or what else it is known by."""
    return plain(paper.outlet or paper.headline or paper.id)


def days(date: str) -> str:
    """Return a date as it is shown in a sentence."""
    return date.replace("/", " to ")


def _when(date: str, read_from: str) -> str:
    if not date:
        return "Day not known"
    return days(date) if read_from else f"{days(date)} (day implied)"


def _published(paper: Paper) -> str:
    return f"Published {paper.published[:10]}" if paper.published else "Day not known"


def _deed(event: Happening) -> str:
    kind = ", ".join(filter(None, (event.type, event.mode.replace("_", " "))))
    return f"{_parties(event)}: “{plain(event.words)}” ({kind})"


def _parties(event: Happening) -> str:
    """Return who did it and, after an arrow, to whom; the parties of a symmetric event with dashes between them."""
    if event.symmetric:
        return " – ".join(plain(party.name) for party in event.parties) or "(nobody named)"
    sources = ", ".join(plain(role.party.name) for role in event.sources) or "(doer not told)"
    targets = ", ".join(plain(role.party.name) for role in event.targets)
    return f"{sources} → {targets}" if targets else sources


def _around(event: Happening, tied: Mapping[str, Happening]) -> Iterator[str]:
    if event.scene:
        yield f"in {plain(event.scene.name)}"
    if topics := joined(_topic(name, share(told, event.corroboration)) for name, told in event.topics.items()):
        yield f"about {topics}"
    for word, ids in (("about", event.about), ("part of", event.within)):
        for each in (tied[key] for key in ids if key in tied):
            how = "" if each.modality in FACTS else f", {TOLD_AS[each.modality]}"
            yield f"{word} [{_deed(each)}{how}]"


def _topic(name: str, by: str) -> str:
    return f"{plain(name)} (told by {by})" if by else plain(name)


def _vouched(event: Happening) -> Iterator[str]:
    """Yield sentences that tell who tells of an event, according to whom, and what people judged."""
    yield from _own_voice(event)
    for telling in event.tellings:
        if voices := _voices(event, telling):
            yield f"In {named(telling.paper)} according to {voices}."
    for telling in event.tellings:
        if telling.modality != event.modality:
            how = "told as a fact" if telling.modality in FACTS else TOLD_AS[telling.modality]
            yield f"In {named(telling.paper)} {how}."
    if event.corroboration > 1:
        yield f"{event.corroboration} outlets tell of the event independently."
    if event.judged:
        yield f"Judged: {plain(event.judged)}."
    if event.confidence < UNSURE:
        yield f"Read with little confidence ({event.confidence:.2f})."


def _own_voice(event: Happening) -> Iterator[str]:
    own = [telling.paper for telling in event.tellings if not _voices(event, telling)]
    if own:
        yield f"Told by {_listed(own)}."


def _voices(event: Happening, telling: Telling) -> str:
    voices = (voice for voice in event.voices if voice.article == telling.paper.id)
    return ", ".join(f"{plain(voice.party.name)} ({voice.stance})" for voice in voices)


def _listed(papers: Sequence[Paper]) -> str:
    return joined(named(paper) for paper in papers).replace("; ", ", ")
