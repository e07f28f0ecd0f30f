"""Quotations in a text: what stands between quotation marks, block by block, unbalanced marks included."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from kg.reading.asides import KINDS
from kg.reading.layout import Block

_PAIRS = {"“": "”", "„": "”", "«": "»", '"': '"', "‘": "’"}
_TRIM = " ,\n\t"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks: their characters without the marks and without a closing comma.

    `goes_on` says that the next quotation, which opens the paragraph after, goes on with it: no mark closes it.
    """

    start: int
    end: int
    goes_on: bool = False


def find_quotes(text: str, blocks: tuple[Block, ...]) -> tuple[Quote, ...]:
    """Return the quotations of a text in order; one that its block does not close ends with the block."""
    told = [block for block in blocks if block.kind not in KINDS]
    return tuple(
        quote
        for block, after in zip_longest(told, told[1:])
        for quote in _in_block(text, block, after)
        if quote.end > quote.start
    )


def _in_block(text: str, block: Block, after: Block | None) -> Iterator[Quote]:
    at = block.start
    while at < block.end:
        close = _PAIRS.get(text[at])
        if close is None or not _opens(text, at):
            at += 1
            continue
        end = _closing(text, at + 1, block.end, close)
        goes_on = end == block.end and after is not None and text[after.start] == text[at]
        yield _trimmed(text, at + 1, end, goes_on)
        at = end + 1


def _opens(text: str, at: int) -> bool:
    """Tell whether a mark opens a quotation: an apostrophe or a closing straight mark does not."""
    before = text[at - 1] if at else " "
    if text[at] in "“„«":
        return True
    return (before.isspace() or before in "([—–-") and at + 1 < len(text) and not text[at + 1].isspace()


def _closing(text: str, start: int, end: int, close: str) -> int:
    """Return where a quotation closes: for single marks not at an apostrophe within a word."""
    at = text.find(close, start, end)
    while close == "’" and at != -1 and at + 1 < end and text[at + 1].isalnum():
        at = text.find(close, at + 1, end)
    return end if at == -1 else at


def _trimmed(text: str, start: int, end: int, goes_on: bool) -> Quote:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return Quote(start, end, goes_on)
