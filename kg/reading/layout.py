"""The blocks of an article: paragraphs, posts with their author and date, captions with their credit, and asides."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from kg.reading.asides import KINDS, AsideKind, asides
from kg.reading.capitals import recased

MARKS = '“„«"‘'
"""The marks that open a quotation."""
BULLETS = "•▪◦*–—-"
"""The signs before the items of a list."""

BlockKind = Literal["paragraph", "post", "caption"] | AsideKind

_BLANK_LINES = re.compile(rf"\n[ \t]*\n\s*|\n(?=[ \t]*[{BULLETS}] )")
_MONTH = rf"(?:{'|'.join(calendar.month_name[1:])}|[JFMASOND][a-z]{{2}}\.?)"
_DATE = rf"(?:{_MONTH} \d{{1,2}}, \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})"
_SIGNATURE = re.compile(
    rf"\s*[—–-]{{1,2}}\s*(?P<name>[^\n—]{{1,60}}?)\s*\((?P<handle>@\w{{1,30}})\)\s*(?P<date>{_DATE})?\s*$"
)
_HEADER = re.compile(
    rf"(?P<name>[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){{0,4}})?\s*(?P<mark>[✔✓☑]\ufe0f?)?\s*\(?(?P<handle>@\w{{1,30}})\)?"
    rf"\s*(?:[·•|-]\s*)?(?:\(?(?P<date>{_DATE})\)?)?(?:: |\s*\n|\s*$)\s*"
)
_STAMP = re.compile(rf"\d{{1,2}}:\d{{2}} ?(?:[AP]M)? ?[-–·] (?P<date>{_DATE})", re.IGNORECASE)
_CREDIT = re.compile(r"\s*\((?:[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4}\s*/\s*){0,3}[A-Z][\w&.’' -]{1,30}\)\s*$")
_DATELINE = re.compile(
    rf"[A-Z][A-Z.'’ -]{{2,40}}(?:, [A-Z][A-Za-z.]+){{0,2}}(?:,? \d{{1,2}}\b(?: {_MONTH})?)?(?:,? \d{{4}})?"
    r"(?: ?\([^)\n]{1,40}\))? ?(?:—|–|--|-)\s+"
)
MARKS = '“„«"‘'
_CAPTION_WORDS = 30
_LONGEST_POST = 4  # paragraphs


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the text between blank lines, an item of a list, or an aside; `end` is without trailing white space.

    `body_start` is where the words begin after a dateline such as 'OSLO, May 3 (Agency) —', or after the line that
    says whose post it is. `body_end` is where the signature of a post or the credit of a caption begins; `author`
    spans the author's name and `handle` the handle, which may stand in another paragraph of the post.
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
    found = (_block(text, start, end, kind) for start, end, kind in _stretches(text))
    return tuple(_with_posts(text, [block for block in found if block.end > block.start]))


def readable(text: str) -> str:
    """Return a text of the same length as it is to be read.

    Line ends stand in place of its asides and credits, and lines in capitals are written as the others.
    """
    parts = list(recased(text))
    for block in blocks(text):
        unread = block.start if block.kind in KINDS else block.body_end if block.kind == "caption" else block.end
        parts[unread : block.end] = "\n" * (block.end - unread)
    return "".join(parts)


def _stretches(text: str) -> Iterator[tuple[int, int, AsideKind | None]]:
    """Yield the asides and, between them, what stands between blank lines."""
    start = 0
    for first, last, kind in asides(text):
        yield from _paragraphs(text, start, first)
        yield first, last, kind
        start = last
    yield from _paragraphs(text, start, len(text))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int, None]]:
    for gap in _BLANK_LINES.finditer(text, start, end):
        yield start, gap.start(), None
        start = gap.end()
    yield start, end, None


def _block(text: str, start: int, end: int, kind: AsideKind | None) -> Block:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if kind:
        return Block(start, end, kind, start, end)
    content = text[start:end]
    if signature := _SIGNATURE.search(content):
        return _post(signature, Block(start, end, "post", start, start + signature.start()))
    if (header := _HEADER.match(content)) and _leads(header, text[:start]):
        return _post(header, Block(start, end, "post", start + header.end(), end))
    if (credit := _CREDIT.search(content)) and len(content.split()) <= _CAPTION_WORDS:
        return Block(start, end, "caption", start, start + credit.start())
    return Block(start, end, "paragraph", dateline_end(text, start), end)


def dateline_end(text: str, start: int) -> int:
    """Return where the words begin after a dateline at an offset, the offset itself where there is none."""
    dateline = _DATELINE.match(text, start)
    return dateline.end() if dateline else start


def _leads(header: re.Match[str], before: str) -> bool:
    """Whether a name and a handle lead to a post, and do not merely say who wrote the article."""
    is_alone = header.end() == len(header.string)
    return not is_alone or bool(header["mark"] or header["date"]) or before.rstrip().endswith(":")


def _post(found: re.Match[str], block: Block) -> Block:
    """Return a post with what its header or signature says of it."""
    author, handle = (
        (block.start + found.start(part), block.start + found.end(part)) if found[part] else None
        for part in ("name", "handle")
    )
    return replace(block, author=author, handle=handle, day=_day(found["date"]))


def _with_posts(text: str, found: Sequence[Block]) -> list[Block]:
    """Return the blocks, each post with its paragraphs after a header or before a signature that stand apart."""
    joined: list[Block] = []
    for block in found:
        last = joined[-1] if joined else None
        if last and last.kind == "post" and last.body_start == last.end and block.kind == "paragraph":
            joined[-1] = replace(last, end=block.end, body_start=block.start, body_end=block.end)
        elif last and last.kind == "post" and (stamp := _STAMP.fullmatch(text, block.start, block.end)):
            joined[-1] = replace(last, end=block.end, day=_day(stamp["date"]))
        elif last and last.kind == "paragraph" and block.kind == "post" and block.body_end == block.start:
            joined[-1] = replace(block, start=last.start, body_start=last.start, body_end=last.end)
        else:
            joined.append(block)
        if block.kind == "post" and block.body_end < block.end:
            joined[-_LONGEST_POST:] = _from_colon(text, joined[-_LONGEST_POST:])
    return joined


def _from_colon(text: str, found: Sequence[Block]) -> list[Block]:
    """Return a signed post and the blocks before it, of which those after a colon are part of the post."""
    post = found[-1]
    for at in range(len(found) - 2, -1, -1):
        if text[found[at].end - 1] == ":":
            return [*found[: at + 1], *(_of_post(post, block) for block in found[at + 1 : -1]), post]
        if found[at].kind != "paragraph" or text[found[at].start] in MARKS:
            break
    return list(found)


def _of_post(post: Block, block: Block) -> Block:
    return replace(block, kind="post", author=post.author, handle=post.handle, day=post.day)


def _day(text: str | None) -> date | None:
    for form in ("%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y"):
        try:
            return datetime.strptime((text or "").replace(".", ""), form).date()
        except ValueError:
            continue
    return None
