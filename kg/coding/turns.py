"""Words that an article gives as a whole without quotation marks: posts, turns of an interview, lists."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile, zip_longest

from kg.coding.speech import Cue, Said, is_clause, own_stance, said_as, speaker_of
from kg.knowledge.words import word_lists
from kg.model import Time
from kg.reading.document import Reading
from kg.reading.layout import BULLETS, MARKS, Block

_LABEL = re.compile(r"(?P<name>[A-Z][^:\n“„«\"]{0,60}): ?(?P<mark>[“„«\"‘])?")
_FEWEST_WORDS = 3  # of an item of a list
_INTERVIEW = 3  # turns
_LONGEST_TURN = 6  # paragraphs


def posts(reading: Reading) -> Iterator[Said]:
    """Yield the words of each paragraph of a post as a statement of its author, on the day of the post."""
    for block in reading.parsed.blocks:
        if block.kind != "post":
            continue
        author = _first_actor(reading, block.handle) or _first_actor(reading, block.author)
        quoted = _hash_speaker(reading, block.body_start)
        start = quoted[1] if quoted else block.body_start
        speaker = quoted[0] if quoted else author
        if speaker and start < block.body_end:
            span = (start, _without_links(reading, start, block.body_end))
            said = said_as(reading, speaker, span, None, "asserts", direct=True)
            yield replace(said, statement=replace(said.statement, time=_day(block.day)))


def interview_turns(reading: Reading) -> Iterator[Said]:
    """Yield what stands after a person's name and a colon; in an interview up to the next such turn."""
    blocks = reading.parsed.blocks
    labels = {at: label for at, block in enumerate(blocks) if (label := _label(block, reading))}
    asked = word_lists("speech")["interview", "questions"]
    speakers = {at: _voice(label, blocks[min(labels)].start, reading) for at, label in labels.items()}
    turns = [at for at, label in labels.items() if speakers[at] or label["name"] in asked]
    for at, after in zip_longest(turns, turns[1:], fillvalue=len(blocks)):
        is_long = len(turns) >= _INTERVIEW and after < len(blocks) and after - at <= _LONGEST_TURN
        span = labels[at].end(), blocks[after - 1 if is_long else at].end
        if (speaker := speakers[at]) and is_clause(span, reading):
            yield said_as(reading, speaker, span, None, "asserts", direct=True)


def set_off(reading: Reading, cues: tuple[Cue, ...]) -> Iterator[Said]:
    """Yield what an article sets off after a verb of speech and a colon: the items of a list, or a paragraph."""
    text, blocks = reading.article.text, reading.parsed.blocks
    for at, block in enumerate(blocks):
        if (cue := _leading(block, reading, cues)) is None:
            continue
        for led in _led(blocks[at + 1 :], text):
            words = text[led.start : led.end].lstrip(f"{BULLETS} ")
            is_item = led.end - led.start > len(words)
            if len(words.split()) >= _FEWEST_WORDS:
                span = (led.end - len(words), led.end)
                yield said_as(reading, cue.speaker, span, cue.verb.text, own_stance(cue), direct=not is_item)


def named(reading: Reading, span: tuple[int, int]) -> str | None:
    """Return the person whose name ends where a span of characters without a verb does."""
    tokens = reading.doc.char_span(*span, alignment_mode="contract")
    if tokens is None or any(token.tag_[:2] == "VB" for token in tokens):
        return None
    persons = {actor.id for actor in reading.mentioned.actors if actor.kind == "person"}
    ends = [token.i for token in tokens if reading.mentioned.spans.get(token.i, (0, 0))[1] == tokens.end]
    return next((actor for at in ends for actor in reading.mentioned.at[at] if actor in persons), None)


def _day(day: date | None) -> Time | None:
    return Time(day.isoformat(), day.isoformat()) if day else None


def _without_links(reading: Reading, start: int, end: int) -> int:
    """Return the end of a post's words, links and pictures at its close left out."""
    words = reading.article.text[start:end].rstrip()
    while words and (last := words.split()[-1:]) and ("/" in last[0] and "." in last[0]):
        words = words[: words.rindex(last[0])].rstrip()
    return start + len(words)


def _hash_speaker(reading: Reading, start: int) -> tuple[str, int] | None:
    """Return the speaker whom a post quotes as '#Name: words', and where the words begin."""
    text = reading.article.text
    colon = text.find(": ", start, start + 40)
    if text[start : start + 1] != "#" or colon == -1:
        return None
    speaker = _first_actor(reading, (start, colon))
    return (speaker, colon + 2) if speaker else None


def _first_actor(reading: Reading, span: tuple[int, int] | None) -> str | None:
    tokens = reading.doc.char_span(*span, alignment_mode="expand") if span else None
    return next((actor for token in tokens or () for actor in reading.mentioned.at.get(token.i, ())), None)


def _label(block: Block, reading: Reading) -> re.Match[str] | None:
    """Return the name and the colon that a paragraph begins with, if no quotation mark follows."""
    label = _LABEL.match(reading.article.text, block.start, block.end) if block.kind == "paragraph" else None
    return label if label and label["mark"] is None else None


def _voice(label: re.Match[str], start: int, reading: Reading) -> str | None:
    """Return who speaks after a label: the person it names, or who answers, the first one named before all turns."""
    if label["name"] not in word_lists("speech")["interview", "answers"]:
        return named(reading, label.span("name"))
    persons = [
        actor for actor in reading.mentioned.actors if actor.kind == "person" and actor.id in reading.mentioned.named
    ]
    before = [(each.start, actor.id) for actor in persons for each in actor.mentions if each.end <= start]
    return min(before)[1] if before else None


def _led(blocks: Sequence[Block], text: str) -> list[Block]:
    """Return the items of the list, else the paragraph without quotation marks, that blocks begin with."""
    items = [*takewhile(lambda block: text[block.start] in BULLETS and block.kind == "paragraph", blocks)]
    return items or [block for block in blocks[:1] if block.kind == "paragraph" and text[block.start] not in MARKS]


def _leading(block: Block, reading: Reading, cues: tuple[Cue, ...]) -> Cue | None:
    """Return the last verb of speech, or of setting out, in a paragraph that ends in a colon."""
    if reading.article.text[block.end - 1] != ":":
        return None
    within = [cue for cue in cues if block.start <= cue.verb.idx < block.end]
    return within[-1] if within else next(_setting_out(block, reading), None)


def _setting_out(block: Block, reading: Reading) -> Iterator[Cue]:
    verbs = word_lists("speech")["listing", "verbs"]
    for token in reading.doc.char_span(block.start, block.end, alignment_mode="contract") or ():
        if token.tag_[:2] == "VB" and reading.lemma(token) in verbs and (speaker := speaker_of(token, reading)):
            yield Cue(token, speaker, "asserts")
