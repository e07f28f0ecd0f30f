"""Statements: who said what, in quotation marks or not, and with what stance."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from kg.coding.grammar import children, objects, prepositional, subjects, subtree_span
from kg.coding.participants import Speakers, actors_of
from kg.knowledge.words import word_lists
from kg.model import Stance, Statement, Time, short_id
from kg.reading.document import Reading
from kg.reading.layout import BULLETS, MARKS, Block
from kg.reading.quotes import Quote, find_quotes

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 14  # tokens between a quotation and the verb that introduces it
_NEXT_SENTENCE = 6  # words that a verb is farther away in a sentence that begins after the quotation
_CLAUSE_WORDS = 4  # a shorter quotation without a cue is a term, not a statement
_MARK = 3  # characters of a mark with a stop or a space beside it
_LABEL = re.compile(r"(?P<name>[A-Z][^:\n“„«\"]{0,60}): ?(?P<mark>[“„«\"‘])?")
_SIGNED = re.compile(r"[”»\"’.,!?]*\s*[—–-]{1,2}\s*(?P<name>[A-Z][^\n“\"]{1,60})")
_CLOSING = ("”", '"', "»", "’")
_INTERVIEW = 3  # turns
_LONGEST_TURN = 6  # paragraphs
_NOBODY = Speakers({})


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as found, with the stance that its cue gives it and, in a direct quote, the tokens it covers."""

    statement: Statement
    stance: Stance


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech with its speaker."""

    verb: "Token"
    speaker: str
    stance: Stance


def find_statements(reading: Reading) -> tuple[Said, ...]:
    """Return the statements of a text in order; where two cover the same words, the direct one."""
    quotes = find_quotes(reading.article.text, reading.parsed.blocks)
    cues = tuple(_cues(reading, quotes))
    found = [*_direct(reading, quotes, cues), *_labelled(reading, quotes), *_posts(reading), *_turns(reading)]
    taken = [(said.statement.start, said.statement.end) for said in found]
    for said in chain(_listed(reading, cues), _indirect(reading, cues), _according_to(reading)):
        span = (said.statement.start, said.statement.end)
        if not any(_mostly_within(span, other) for other in taken):
            found.append(said)
    unique = {(said.statement.start, said.statement.end, said.statement.speaker): said for said in found}
    return tuple(sorted(unique.values(), key=lambda said: (said.statement.start, said.statement.end)))


def speakers_within(reading: Reading, statements: Iterable[Said]) -> Speakers:
    """Return whom 'I' and 'we' stand for in direct quotes."""
    words = word_lists("words")
    first_person = words["pronouns", "speaker"] | words["pronouns", "speakers"]
    at = {}
    for said in statements:
        if said.statement.direct:
            tokens = reading.doc.char_span(said.statement.start, said.statement.end, alignment_mode="contract")
            for token in tokens or ():
                if token.lower_ in first_person:
                    at[token.i] = said.statement.speaker
    return Speakers(at)


def _cues(reading: Reading, quotes: tuple[Quote, ...]) -> Iterator[Cue]:
    speech = word_lists("speech")
    for token in reading.doc:
        if token.tag_[:2] != "VB" or any(quote.start <= token.idx < quote.end for quote in quotes):
            continue
        stance = speech.owner("verbs", reading.lemma(token))
        if stance is None and reading.lemma(token) in speech["naming", "verbs"]:
            stance = "asserts"
        speaker = _speaker(token, reading) if stance else None
        if speaker and stance:
            yield Cue(token, speaker, stance)  # type: ignore[arg-type]


def _speaker(verb: "Token", reading: Reading) -> str | None:
    for head in subjects(verb):
        for actor in actors_of(head, reading, _NOBODY):
            return actor
        owners = [*children(head, "poss"), *prepositional(head, "by"), *prepositional(head, "from")]
        for owner in owners:
            for actor in actors_of(owner, reading, _NOBODY):
                return actor
    return _beside(verb, reading)


def _beside(verb: "Token", reading: Reading) -> str | None:
    """Return whom a verb after a quotation has beside it, whatever the parse: '”, @ada said', '”, said Ada'."""
    for span in reading.mentioned.spans.values():
        first = span[0] if span[1] == verb.i else verb.i if span[0] == verb.i + 1 else None
        if first and reading.doc[max(first - 2, 0) : first].text.rstrip(",").endswith(_CLOSING):
            return next(iter(reading.mentioned.at[reading.doc[span[0] : span[1]].root.i]), None)
    return None


def _direct(reading: Reading, quotes: tuple[Quote, ...], cues: tuple[Cue, ...]) -> Iterator[Said]:
    previous: tuple[int, Cue] | None = None
    for group in _over_paragraphs(quotes):
        cue = next((cue for quote in group if (cue := _cue_of(quote, cues, reading))), None)
        if cue is None and previous and _goes_on(group[0], previous[0], reading):
            cue = previous[1]
        if cue is None:
            continue
        previous = (_block_of(group[-1], reading), cue)
        for quote in group:
            if not _is_embedded(quote, cue, reading) and (_is_clause(quote, reading) or _stands_alone(quote, reading)):
                stance = _own(cue) if ":" in reading.article.text[quote.start - _MARK : quote.start] else cue.stance
                yield _said(reading, cue.speaker, (quote.start, quote.end), cue.verb.text, stance, direct=True)


def _over_paragraphs(quotes: tuple[Quote, ...]) -> Iterator[list[Quote]]:
    """Yield the quotations, those together that make up one of several paragraphs."""
    group: list[Quote] = []
    for quote in quotes:
        group.append(quote)
        if not quote.goes_on:
            yield group
            group = []
    if group:
        yield group


def _block_of(quote: Quote, reading: Reading) -> int:
    return next(i for i, block in enumerate(reading.parsed.blocks) if block.start <= quote.start < block.end)


def _goes_on(quote: Quote, previous: int, reading: Reading) -> bool:
    """Whether a quotation without a cue is of who spoke last: in the same paragraph, or all of the next."""
    at = _block_of(quote, reading)
    return _is_clause(quote, reading) and (at == previous or (at == previous + 1 and _is_paragraph(quote, reading)))


def _is_paragraph(quote: Quote, reading: Reading) -> bool:
    """Whether a paragraph holds nothing but a quotation."""
    block = reading.parsed.blocks[_block_of(quote, reading)]
    return quote.start - block.start <= _MARK and block.end - quote.end <= _MARK


def _labelled(reading: Reading, quotes: tuple[Quote, ...]) -> Iterator[Said]:
    """Yield the quotations that bear a name without a verb: 'Ada Lind: “We agree.”', '“We agree.” — Ada Lind'."""
    text = reading.article.text
    for quote in quotes:
        block = reading.parsed.blocks[_block_of(quote, reading)]
        label = _LABEL.fullmatch(text, block.start, quote.start) or _SIGNED.fullmatch(text, quote.end, block.end)
        speaker = _named(reading, label.span("name")) if label else None
        if speaker:
            yield _said(reading, speaker, (quote.start, quote.end), None, "asserts", direct=True)


def _turns(reading: Reading) -> Iterator[Said]:
    """Yield what stands after a person's name and a colon; in an interview up to the next such turn."""
    blocks = reading.parsed.blocks
    labels = {at: label for at, block in enumerate(blocks) if (label := _label(block, reading))}
    asked = word_lists("speech")["interview", "questions"]
    speakers = {at: _voice(label, blocks[min(labels)].start, reading) for at, label in labels.items()}
    turns = [at for at, label in labels.items() if speakers[at] or label["name"] in asked]
    for at, after in zip_longest(turns, turns[1:], fillvalue=len(blocks)):
        is_long = len(turns) >= _INTERVIEW and after < len(blocks) and after - at <= _LONGEST_TURN
        span = labels[at].end(), blocks[after - 1 if is_long else at].end
        if (speaker := speakers[at]) and _is_clause(Quote(*span), reading):
            yield _said(reading, speaker, span, None, "asserts", direct=True)


def _label(block: Block, reading: Reading) -> re.Match[str] | None:
    """Return the name and the colon that a paragraph begins with, if no quotation mark follows."""
    label = _LABEL.match(reading.article.text, block.start, block.end) if block.kind == "paragraph" else None
    return label if label and label["mark"] is None else None


def _voice(label: re.Match[str], start: int, reading: Reading) -> str | None:
    """Return who speaks after a label: the person it names, or whoever answers, the first one named before all turns."""
    if label["name"] not in word_lists("speech")["interview", "answers"]:
        return _named(reading, label.span("name"))
    persons = [
        actor for actor in reading.mentioned.actors if actor.kind == "person" and actor.id in reading.mentioned.named
    ]
    before = [(each.start, actor.id) for actor in persons for each in actor.mentions if each.end <= start]
    return min(before)[1] if before else None


def _named(reading: Reading, span: tuple[int, int]) -> str | None:
    """Return the person whose name ends where a span of characters without a verb does."""
    tokens = reading.doc.char_span(*span, alignment_mode="contract")
    if tokens is None or any(token.tag_[:2] == "VB" for token in tokens):
        return None
    persons = {actor.id for actor in reading.mentioned.actors if actor.kind == "person"}
    ends = [token.i for token in tokens if reading.mentioned.spans.get(token.i, (0, 0))[1] == tokens.end]
    return next((actor for at in ends for actor in reading.mentioned.at[at] if actor in persons), None)


def _listed(reading: Reading, cues: tuple[Cue, ...]) -> Iterator[Said]:
    """Yield what an article sets off after a verb of speech and a colon: the items of a list, or a paragraph."""
    text, led = reading.article.text, None
    for block in reading.parsed.blocks:
        is_item = text[block.start] in BULLETS
        if led and (is_item or (block.kind == "paragraph" and text[block.start] not in MARKS)):
            start = next(at for at in range(block.start, block.end) if text[at] not in f"{BULLETS} ")
            yield _said(reading, led.speaker, (start, block.end), led.verb.text, _own(led), direct=not is_item)
        if not (led and is_item):
            led = _leading(block, reading, cues)


def _leading(block: Block, reading: Reading, cues: tuple[Cue, ...]) -> Cue | None:
    """Return the last verb of speech in a paragraph that ends in a colon."""
    if reading.article.text[block.end - 1] != ":":
        return None
    return next((cue for cue in reversed(cues) if block.start <= cue.verb.idx < block.end), None)


def _own(cue: Cue) -> Stance:
    """Return the stance to words after a colon: who denies something asserts them."""
    return "asserts" if cue.stance == "denies" else cue.stance


def _cue_of(quote: Quote, cues: tuple[Cue, ...], reading: Reading) -> Cue | None:
    """Return the cue beside a quotation: within a few words of either end, in its paragraph or one that leads to it."""
    start, end = _scope(quote, reading)
    near = [
        (distance, cue)
        for cue in cues
        if start <= cue.verb.idx < end
        for distance in (_distance(cue.verb, quote, reading),)
        if distance <= _NEAR
    ]
    return min(near, key=lambda pair: (pair[0], pair[1].verb.i))[1] if near else None


def _scope(quote: Quote, reading: Reading) -> tuple[int, int]:
    """Return the characters of a quotation's paragraph, with the one before where that ends in a colon."""
    blocks, at = reading.parsed.blocks, _block_of(quote, reading)
    leads = at > 0 and reading.article.text[blocks[at - 1].end - 1] == ":"
    return blocks[at - leads].start, blocks[at].end


def _distance(verb: "Token", quote: Quote, reading: Reading) -> int:
    """Return the words between a quotation and a verb, more where a sentence ends between them."""
    text = reading.article.text
    gap = text[verb.idx : quote.start] if verb.idx < quote.start else text[quote.end : verb.idx]
    stops = sum(gap.count(stop) for stop in (". ", "? ", "! "))
    after_a_full_stop = verb.idx > quote.start and text[quote.end - 1] == "." and gap.lstrip('”"’» ')[:1].isupper()
    return len(gap.split()) + 20 * stops + _NEXT_SENTENCE * after_a_full_stop


def _is_clause(quote: Quote, reading: Reading) -> bool:
    tokens = reading.doc.char_span(quote.start, quote.end, alignment_mode="expand") or ()
    words = [token for token in tokens if not token.is_punct]
    return len(words) >= _CLAUSE_WORDS and any(token.tag_ in ("VBZ", "VBP", "VBD", "MD", "VB") for token in words)


def _stands_alone(quote: Quote, reading: Reading) -> bool:
    """Tell whether a short quotation is an utterance: it ends in a stop, or a comma parts it from its cue."""
    text = reading.article.text
    after = text[quote.end : quote.end + 2]
    before = text[max(quote.start - 3, 0) : quote.start]
    return text[quote.end - 1] in ".!?" or after[:1] == "," or ":" in before or after[1:] == ","


def _is_embedded(quote: Quote, cue: Cue, reading: Reading) -> bool:
    """Tell whether a quotation only goes on a clause that begins before it: 'called it a "key event"'."""
    block = reading.parsed.blocks[_block_of(quote, reading)]
    before = reading.article.text[block.start : quote.start].rstrip(" “„«\"‘'")
    words = before.split()
    return bool(words) and words[-1][-1].isalnum() and words[-1] not in ("that", cue.verb.text)


def _posts(reading: Reading) -> Iterator[Said]:
    for block in reading.parsed.blocks:
        if block.kind != "post":
            continue
        author = _first_actor(reading, block.handle) or _first_actor(reading, block.author)
        quoted = _hash_speaker(reading, block.body_start)
        start = quoted[1] if quoted else block.body_start
        speaker = quoted[0] if quoted else author
        if speaker and start < block.body_end:
            span = (start, _without_links(reading, start, block.body_end))
            said = _said(reading, speaker, span, None, "asserts", direct=True)
            yield replace(said, statement=replace(said.statement, time=_day(block.day)))


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


def _indirect(reading: Reading, cues: tuple[Cue, ...]) -> Iterator[Said]:
    only_direct = word_lists("speech")["direct_only", "verbs"]
    for cue in cues:
        for span in _contents(cue, reading):
            lemma = reading.lemma(cue.verb)
            if lemma in only_direct and not any(
                child.lower_ == "that" for head in children(cue.verb, "ccomp") for child in head.lefts
            ):
                continue
            if len(reading.article.text[span[0] : span[1]].split()) > 1 or cue.stance == "denies":
                yield _said(reading, cue.speaker, span, cue.verb.text, cue.stance, direct=False)


def _contents(cue: Cue, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the characters of what a verb of speech introduces: its clause, or the sentence around a parenthesis."""
    clauses = children(cue.verb, "ccomp")
    for clause in clauses:
        yield _clause_span(clause, cue.verb, reading)
    if clauses:
        return
    if reading.lemma(cue.verb) in word_lists("speech")["naming", "verbs"]:
        yield from _naming(cue.verb)
        return
    if cue.verb.dep_ in ("parataxis", "advcl") and cue.verb.head.i != cue.verb.i and cue.verb.i > cue.verb.head.i:
        inner = cue.verb.left_edge.i
        if reading.doc[inner - 1].text == ",":
            yield _chars(reading, cue.verb.head.left_edge.i, inner - 1)
    if cue.stance == "denies":
        yield from (subtree_span(thing, without=("advcl",)) for thing in objects(cue.verb))
    if cue.stance == "alleges":
        charges = [child for child in children(cue.verb, "prep") if child.lower_ in ("of", "with")]
        yield from (subtree_span(charge) for charge in charges)


def _naming(verb: "Token") -> Iterator[tuple[int, int]]:
    """Yield the characters from what is named to what it is called."""
    named = children(verb, "dobj")
    called = [*children(verb, "oprd"), *(child for child in children(verb, "prep") if child.lower_ == "as")]
    if named and called and called[0].i > named[0].i:
        yield subtree_span(named[0])[0], subtree_span(called[0])[1]


def _clause_span(clause: "Token", verb: "Token", reading: Reading) -> tuple[int, int]:
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if start <= verb.i < end:  # the clause runs around its verb: the longer side is kept
        start, end = (start, verb.left_edge.i) if verb.i - start > end - verb.i else (verb.i + 1, end)
    while start < end - 1 and reading.doc[start].lower_ in ("that", ",", ":", "whether"):
        start += 1
    return _chars(reading, start, end)


def _chars(reading: Reading, start: int, end: int) -> tuple[int, int]:
    doc = reading.doc
    while end - 1 > start and (
        doc[end - 1].text in (",", ".", ";", ":", "“", "—", "–", "-")
        or doc[end - 1].is_space
        or doc[end - 1].dep_ == "cc"
    ):
        end -= 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _according_to(reading: Reading) -> Iterator[Said]:
    for token in reading.doc:
        if token.lower_ != "according":
            continue
        for head in prepositional(token, "to"):
            actors = list(actors_of(head, reading, _NOBODY)) or [
                actor
                for inner in children(head, "poss", "nmod", "compound")
                for actor in actors_of(inner, reading, _NOBODY)
            ]
            span = _around(token, reading)
            if actors and span[1] > span[0]:
                yield _said(reading, actors[0], span, "according to", "asserts", direct=False)


def _around(token: "Token", reading: Reading) -> tuple[int, int]:
    """Return the characters of the sentence before or after an 'according to', whichever is longer."""
    sentence = token.sent
    left, right = token.left_edge.i, token.right_edge.i + 1
    if left - sentence.start > sentence.end - right:
        return _chars(reading, sentence.start, left)
    while right < sentence.end - 1 and reading.doc[right].is_punct:
        right += 1
    return _chars(reading, min(right, sentence.end - 1), sentence.end)


def _said(
    reading: Reading, speaker: str, span: tuple[int, int], cue: str | None, stance: Stance, *, direct: bool
) -> Said:
    text = reading.article.text[span[0] : span[1]]
    statement = Statement(
        id="s" + short_id(reading.article.id, *span, speaker),
        speaker=speaker,
        text=text,
        start=span[0],
        end=span[1],
        cue=cue,
        direct=direct,
    )
    return Said(statement, stance)


def _mostly_within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(span[1], other[1]) - max(span[0], other[0])
    return shared > 0.6 * (span[1] - span[0])
