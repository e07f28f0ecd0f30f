"""The corpus of coded sentences that comes with kg: its records, read and checked.

`python -m training.corpus [FILE...]` checks the corpus, or the files named, and prints what is wrong and what is there.
`docs/corpus.md` says how the sentences are labelled.
"""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from kg.errors import KgError, KnowledgeError
from kg.knowledge.codebook import TypeFile, codebook
from kg.knowledge.scores import codes
from kg.model import EventType, Modality, Stance
from kg.reading.document import Reading
from training.copies import near_copies

if TYPE_CHECKING:
    from spacy.tokens import Span

LONG = "long.jsonl"
FOLDER = Path(__file__).resolve().parents[1] / "kg" / "knowledge" / "corpus"


class Label(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event of a sentence; every phrase is a piece of the text as it stands there.

    `source` and `target` are the phrases that name who acts on whom, `more_triggers` other words for the same event;
    `optional` is what a careful reader may or may not count.
    """

    trigger: str
    type: EventType
    cameo: str
    modality: Modality
    mode: str | None = None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    place: str | None = None
    according_to: tuple[str, ...] = ()
    stance: Stance | None = None
    more_triggers: tuple[str, ...] = ()
    optional: bool = False


class Labelled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text of one sentence or two with its events; `not_events` are words that look like triggers and are none."""

    text: str
    register: str
    events: tuple[Label, ...] = ()
    not_events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line of the corpus, and the cure."""

    file: str
    line: int
    message: str


def corpus(paths: Iterable[Path] | None = None) -> dict[tuple[str, int], Labelled]:
    """Return the labelled sentences by file name and line, those of the corpus unless files are named.

    Raises KnowledgeError naming file and line where a line is no record.
    """
    found: dict[tuple[str, int], Labelled] = {}
    for path in sorted(paths if paths is not None else FOLDER.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            try:
                found[path.name, number] = msgspec.json.decode(line, type=Labelled)
            except msgspec.DecodeError as error:
                raise KnowledgeError(f"{path.name}, line {number}: {error}") from error
    return found


def without_long() -> list[Labelled]:
    """Return the labelled sentences of all files but LONG, from which senses and modality learned nothing more."""
    return [each for (file, _), each in corpus().items() if file != LONG]


def span_of(phrase: str, reading: Reading) -> "Span | None":
    """Return the tokens that the first occurrence of a phrase in a text touches, None where it has none."""
    start = reading.article.text.find(phrase)
    return reading.doc.char_span(start, start + len(phrase), alignment_mode="expand")


def digest(labelled: Iterable[Labelled]) -> str:
    """Return the SHA-256 over the sentences and their labels, in their order."""
    return hashlib.sha256(b"\n".join(msgspec.json.encode(each) for each in labelled)).hexdigest()


def problems(labelled: dict[tuple[str, int], Labelled]) -> Iterator[Problem]:
    """Yield what is wrong with labels, and the near copies among the texts."""
    types = {entry.type: entry for entry in codebook().types}
    for (file, line), each in labelled.items():
        for message in _wrong(each, types):
            yield Problem(file, line, message)
    places = list(labelled)
    for copy, original in near_copies([labelled[place].text for place in places]):
        (file, line), (other, at) = places[copy], places[original]
        yield Problem(file, line, f"a near copy of {other}, line {at}; write another sentence")


def _wrong(each: Labelled, types: dict[EventType, TypeFile]) -> Iterator[str]:
    if not each.events and not each.not_events:
        yield "neither events nor not_events; say which words look like a trigger"
    for phrase in each.not_events:
        yield from _absent(phrase, each.text)
    for event in each.events:
        yield from _wrong_event(event, each.text, types[event.type])


def _wrong_event(event: Label, text: str, entry: TypeFile) -> Iterator[str]:
    phrases = (event.trigger, *event.more_triggers, *event.source, *event.target, *event.topics, *event.according_to)
    for phrase in (*phrases, *((event.place,) if event.place else ())):
        yield from _absent(phrase, text)
    if event.cameo not in codes() or not event.cameo.startswith(entry.roots):
        yield f"{event.type} has no CAMEO code {event.cameo!r}; its codes begin with {', '.join(entry.roots)}"
    if event.mode is not None and event.mode not in entry.modes:
        yield f"{event.type} has no mode {event.mode!r}; there are {', '.join(entry.modes) or 'none'}"
    if event.stance and not event.according_to:
        yield "a stance without according_to; name the speaker, or leave the stance out"


def _absent(phrase: str, text: str) -> Iterator[str]:
    if not phrase or phrase not in text:
        yield f"{phrase!r} is not in the text; give the words as they stand there"


def _counts(labelled: Sequence[Labelled]) -> Iterator[str]:
    events = [event for each in labelled for event in each.events]
    yield f"{len(labelled)} texts, {sum(not each.events for each in labelled)} without events, {len(events)} events"
    for name in ("type", "modality"):
        counts = Counter(str(getattr(event, name)) for event in events)
        yield f"{name}: " + ", ".join(f"{key} {count}" for key, count in counts.most_common())
    yield f"{len({event.cameo for event in events})} CAMEO codes"


def main() -> int:
    """Check the corpus or the files named, print problems and counts, and return the exit code."""
    try:
        labelled = corpus([Path(name) for name in sys.argv[1:]] or None)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    found = list(problems(labelled))
    for each in found:
        sys.stderr.write(f"{each.file}, line {each.line}: {each.message}\n")
    for row in _counts(list(labelled.values())):
        sys.stdout.write(f"{row}\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
