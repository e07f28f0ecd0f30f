"""Direct speech: the quotations of a text with whoever says them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.coding.speech import Cue, Said, is_clause, own_stance, said_as
from kg.coding.turns import named
from kg.knowledge.words import word_lists
from kg.reading.document import Reading
from kg.reading.quotes import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

_NEAR = 14  # tokens between a quotation and the verb that introduces it
_NEXT_SENTENCE = 6  # words that a verb is farther away in a sentence that begins after the quotation
_WHERE = 5  # words at most that say where somebody spoke
_STOPS = ".!?"
_MARK = 3  # characters of a mark with a stop or a space beside it
_LABELLED = re.compile(r"(?P<name>[A-Z][^:\n“„«\"]{0,60}): ?[“„«\"‘]")
_SIGNED = re.compile(r"[”»\"’.,!?]*\s*[—–-]{1,2}\s*(?P<name>[A-Z][^\n“\"]{1,60})")


def direct_quotes(reading: Reading, quotes: tuple[Quote, ...], cues: tuple[Cue, ...]) -> Iterator[Said]:
    """Yield the quotations that a verb of speech introduces; one over several paragraphs is as many statements."""
    previous: tuple[int, Cue] | None = None
    for group in _over_paragraphs(quotes):
        cue = next((cue for quote in group if (cue := _cue_of(quote, cues, reading))), None)
        if cue is None and previous and _goes_on(group[0], previous[0], reading):
            cue = previous[1]
        if cue is not None:
            previous = (_block_of(group[-1], reading), cue)
            yield from (_quoted(quote, cue, reading) for quote in group if _is_utterance(quote, cue, reading))


def _quoted(quote: Quote, cue: Cue, reading: Reading) -> Said:
    led = ":" in reading.article.text[max(quote.start - _MARK, 0) : quote.start]
    stance = own_stance(cue) if led else cue.stance
    return said_as(reading, cue.speaker, (quote.start, quote.end), cue.verb.text, stance, direct=True)


def _is_utterance(quote: Quote, cue: Cue, reading: Reading) -> bool:
    return not _is_embedded(quote, cue, reading) and (_holds_clause(quote, reading) or _stands_alone(quote, reading))


def _holds_clause(quote: Quote, reading: Reading) -> bool:
    return is_clause((quote.start, quote.end), reading)


def labelled_quotes(reading: Reading, quotes: tuple[Quote, ...]) -> Iterator[Said]:
    """Yield the quotations that bear a name without a verb: 'Ada Lind: “We agree.”', '“We agree.” — Ada Lind'."""
    text = reading.article.text
    for quote in quotes:
        block = reading.parsed.blocks[_block_of(quote, reading)]
        label = _LABELLED.fullmatch(text, block.start, quote.start) or _SIGNED.fullmatch(text, quote.end, block.end)
        speaker = named(reading, label.span("name")) if label else None
        if speaker:
            yield said_as(reading, speaker, (quote.start, quote.end), None, "asserts", direct=True)


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
    if at == previous:
        return _holds_clause(quote, reading) or reading.article.text[quote.end - 1] in _STOPS
    return at == previous + 1 and _is_paragraph(quote, reading)


def _is_paragraph(quote: Quote, reading: Reading) -> bool:
    """Whether a paragraph holds nothing but a quotation."""
    block = reading.parsed.blocks[_block_of(quote, reading)]
    return quote.start - block.start <= _MARK and block.end - quote.end <= _MARK


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


def _stands_alone(quote: Quote, reading: Reading) -> bool:
    """Tell whether a short quotation is an utterance: it ends in a stop, or a comma parts it from its cue."""
    text = reading.article.text
    after = text[quote.end : quote.end + 2]
    before = text[max(quote.start - 3, 0) : quote.start]
    return text[quote.end - 1] in _STOPS or after[:1] == "," or ":" in before or after[1:] == ","


def _is_embedded(quote: Quote, cue: Cue, reading: Reading) -> bool:
    """Tell whether a quotation only goes on a clause that begins before it: 'called it a "key event"'."""
    block = reading.parsed.blocks[_block_of(quote, reading)]
    before = reading.article.text[block.start : quote.start].rstrip(" “„«\"‘'")
    words = before.split()
    if _is_sentence(quote, reading) and _stands_where(reading.article.text[cue.verb.idx : quote.start]):
        return False
    return bool(words) and words[-1][-1].isalnum() and words[-1] not in ("that", cue.verb.text)


def _is_sentence(quote: Quote, reading: Reading) -> bool:
    return reading.article.text[quote.start].isupper() and _holds_clause(quote, reading)


def _stands_where(between: str) -> bool:
    """Whether words from a verb of speech on only say where or to whom: 'wrote in a blog post', 'said to the court'."""
    words = between.split()[1:-1]
    return bool(words) and words[0] in word_lists("speech")["where", "prepositions"] and len(words) <= _WHERE
