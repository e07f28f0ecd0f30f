"""The blocks of an article: paragraphs, posts with their author and date, captions with their credit."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

BlockKind = Literal["paragraph", "post", "caption"]

_BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")
_MONTH = rf"(?:{'|'.join(calendar.month_name[1:])}|[JFMASOND][a-z]{{2}}\.?)"
_SIGNATURE = re.compile(
    rf"\s*[—–-]{{1,2}}\s*(?P<name>[^\n—]{{1,60}}?)\s*\((?P<handle>@\w{{1,30}})\)\s*"
    rf"(?P<date>{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})?\s*$"
)
_CREDIT = re.compile(r"\s*\((?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4}\s*/\s*)?[A-Z][\w&.’' -]{1,30}\)\s*$")
_DATELINE = re.compile(
    rf"[A-Z][A-Z.'’ -]{{2,40}}(?:, [A-Z][A-Za-z.]+){{0,2}}(?:,? \d{{1,2}}\b(?: {_MONTH})?)?(?:,? \d{{4}})?"
    r"(?: ?\([^)\n]{1,40}\))? ?(?:—|–|--|-)\s+"
)
_CAPTION_WORDS = 30


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text between blank lines; `end` is without trailing white space.

    `body_start` is where the words begin after a dateline such as 'OSLO, May 3 (Agency) —'. Of a post, `body_end` is
    where its signature begins; `author` spans the author's name and `handle` the handle.
    """

    start: int
    end: int
    kind: BlockKind
    body_start: int
    body_end: int
    author: tuple[int, int] | None = None
    handle: tuple[int, int] | None = None
    day: date | None = None


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order, empty ones left out."""
    found = []
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        found.append(_block(text, start, gap.start()))
        start = gap.end()
    found.append(_block(text, start, len(text)))
    return tuple(block for block in found if block.end > block.start)


def _block(text: str, start: int, end: int) -> Block:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    content = text[start:end]
    if signature := _SIGNATURE.search(content):
        return _post(signature, start, end)
    if (credit := _CREDIT.search(content)) and len(content.split()) <= _CAPTION_WORDS:
        return Block(start, end, "caption", start, start + credit.start())
    return Block(start, end, "paragraph", dateline_end(text, start), end)


def dateline_end(text: str, start: int) -> int:
    """Return where the words begin after a dateline at an offset, the offset itself where there is none."""
    dateline = _DATELINE.match(text, start)
    return dateline.end() if dateline else start


def _post(signature: re.Match[str], start: int, end: int) -> Block:
    return Block(
        start,
        end,
        "post",
        start,
        start + signature.start(),
        author=(start + signature.start("name"), start + signature.end("name")),
        handle=(start + signature.start("handle"), start + signature.end("handle")),
        day=_day(signature["date"]),
    )


def _day(text: str | None) -> date | None:
    for form in ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y"):
        try:
            return datetime.strptime((text or "").replace(".", ""), form).date()
        except ValueError:
            continue
    return None
