"""What can be wrong with a file of the codebook, with the line and the cure."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, get_args

import msgspec

from kg.knowledge.codebook_records import (
    GRAMMAR_SLOTS,
    PREPOSITION_SLOTS,
    Addition,
    Example,
    Expected,
    Frame,
    PartOfSpeech,
    TriggerGroup,
    TypeFile,
    words_of,
)
from kg.knowledge.scores import codes
from kg.model import EventType

Kind = TypeVar("Kind", TypeFile, Addition)

_AT = re.compile(r"`\$\.?(?P<section>\w*)(?:\[(?P<number>\d+)\])?(?:\.(?P<key>\w+))?")
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file, by the line (from 1, 0 for the file as a whole), and the way out."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        place = f", line {self.line}" if self.line else ""
        return f"codebook file {self.file}{place}: {self.message}"


def read_type(name: str, content: str) -> tuple[TypeFile | None, tuple[Problem, ...]]:
    """Return a type of the codebook from the text of its file, None where it cannot be read, and what is wrong."""
    page = _Page(name, content)
    raw, entry, problems = page.read(TypeFile)
    if entry is None:
        return None, problems
    checks = (
        *_unknown_keys(page, raw, TypeFile),
        *_announced(page, entry),
        *_frames(page, entry.frames),
        *_groups(page, entry.triggers, entry),
        *_examples(page, entry.examples),
    )
    return entry, checks


def read_addition(
    name: str, content: str, types: Mapping[EventType, TypeFile]
) -> tuple[Addition | None, tuple[Problem, ...], tuple[int, ...]]:
    """Return what a file adds to a type, None where it cannot be read, what is wrong, and the lines of its examples."""
    page = _Page(name, content)
    raw, added, problems = page.read(Addition)
    if added is None:
        return None, problems, ()
    entry = types[added.type]
    whole = replace(entry, frames={**entry.frames, **added.frames}, modes=(*entry.modes, *added.modes))
    checks = (
        *_unknown_keys(page, raw, Addition),
        *_frames(page, added.frames),
        *(page.problem(page.frame(label), f"frame {label!r} is in the codebook already; give it another name")
          for label in added.frames if label in entry.frames),
        *_groups(page, added.triggers, whole),
        *_examples(page, added.examples),
        *_without_examples(page, added),
    )  # fmt: skip
    return added, checks, tuple(page.section("examples", number) for number in range(len(added.examples)))


class _Page:
    """The text of a file, and where in it things stand."""

    def __init__(self, name: str, content: str) -> None:
        self._name = name
        self._content = content
        self._lines = content.split("\n")

    def read(self, kind: type[Kind]) -> tuple[Mapping[str, Any], Kind | None, tuple[Problem, ...]]:
        """Return the TOML, the record that it holds or None, and why it holds none."""
        try:
            raw = tomllib.loads(self._content)
        except tomllib.TOMLDecodeError as error:
            line = _LINE.search(str(error))
            return {}, None, (self.problem(int(line[1]) if line else len(self._lines), f"no TOML: {error}"),)
        try:
            return raw, msgspec.convert(raw, kind), ()
        except msgspec.ValidationError as error:
            return raw, None, (self.problem(self._line_of(str(error)), f"{error}; {_cure(str(error))}"),)

    def problem(self, line: int, message: str) -> Problem:
        """Return a problem of this file."""
        return Problem(self._name, line, message)

    def section(self, name: str, number: int) -> int:
        """Return the line of a table of an array, counted from 0: of the third [[triggers]] for 2."""
        found = [line for line, text in enumerate(self._lines, 1) if text.split("#")[0].strip() == f"[[{name}]]"]
        return found[number] if number < len(found) else 1

    def frame(self, label: str) -> int:
        """Return the line of a frame."""
        return self.find(f"[frames.{label}]", 1)

    def find(self, text: str, after: int) -> int:
        """Return the first line from one on that holds a text, that one where none does."""
        return next((line for line in range(after, len(self._lines) + 1) if text in self._lines[line - 1]), after)

    def _line_of(self, message: str) -> int:
        at = _AT.search(message)
        if at is None:
            return 1
        if at["number"]:
            start = self.section(at["section"], int(at["number"]))
            return self.find(at["key"], start) if at["key"] else start
        return self.find(at["section"], 1)


def _cure(message: str) -> str:
    if message.endswith("`$.type`") and "enum" in message:
        return f"there are {', '.join(get_args(EventType))}"
    return "docs/extending.md tells the fields and shows a whole file"


def _unknown_keys(page: _Page, raw: Mapping[str, Any], record: type) -> Iterator[Problem]:
    """Yield keys that no record has: they would be passed over in silence."""
    examples = raw.get("examples", [])
    sections: list[tuple[type, str, int, Mapping[str, Any]]] = [
        (record, "the file", 1, raw),
        *((Frame, f"frame {label!r}", page.frame(label), frame) for label, frame in raw.get("frames", {}).items()),
        *((TriggerGroup, f"triggers of {group['cameo']}", page.section("triggers", number), group)
          for number, group in enumerate(raw.get("triggers", []))),
        *((Example, f"example {example['text']!r}", page.section("examples", number), example)
          for number, example in enumerate(examples)),
        *((Expected, f"example {each['text']!r}", page.section("examples", number), event)
          for number, each in enumerate(examples) for event in each.get("events", [])),
    ]  # fmt: skip
    for kind, place, line, table in sections:
        known = [field.name for field in fields(kind) if field.name != "is_own"]
        for key in table:
            if key not in known:
                message = f"{place} holds an unknown key {key!r}; there are {', '.join(known)}"
                yield page.problem(page.find(key, line), message)


def _announced(page: _Page, entry: TypeFile) -> Iterator[Problem]:
    for type_, cameo in entry.announced.items():
        if not cameo.startswith(entry.roots):
            message = f"announced {type_}: CAMEO code {cameo!r} is not under {', '.join(entry.roots)}"
            yield page.problem(page.find(cameo, 1), message)


def _frames(page: _Page, frames: Mapping[str, Frame]) -> Iterator[Problem]:
    for label, frame in frames.items():
        for slot in (*frame.source, *frame.target, *frame.topic):
            if slot not in GRAMMAR_SLOTS | PREPOSITION_SLOTS:
                there = f"there are {', '.join(sorted(GRAMMAR_SLOTS))} and prepositions"
                message = f"frame {label!r} names an unknown slot {slot!r}; {there}"
                yield page.problem(page.find(f'"{slot}"', page.frame(label)), message)
        if frame.alone is not None and frame.alone not in frames:
            message = f"frame {label!r} names an unknown frame {frame.alone!r}; there are {', '.join(sorted(frames))}"
            yield page.problem(page.find("alone", page.frame(label)), message)


def _groups(page: _Page, groups: Sequence[TriggerGroup], entry: TypeFile) -> Iterator[Problem]:
    seen: set[tuple[PartOfSpeech, str, tuple[str, ...], tuple[str, ...]]] = set()
    for number, group in enumerate(groups):
        line = page.section("triggers", number)
        for text, message in (*_group(group, entry), *_words(group, seen)):
            yield page.problem(page.find(text, line), message)


def _group(group: TriggerGroup, entry: TypeFile) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a group of triggers: words that the line holds, and the message."""
    if group.frame not in entry.frames:
        there = f"there are {', '.join(sorted(entry.frames))}"
        yield f'"{group.frame}"', f"triggers of {group.cameo} name an unknown frame {group.frame!r}; {there}"
    if not group.cameo.isdigit() or not group.cameo.startswith(entry.roots):
        yield f'"{group.cameo}"', f"CAMEO code {group.cameo!r} is not under {', '.join(entry.roots)}"
    elif group.cameo not in codes():
        there = ", ".join(sorted(code for code in codes() if code.startswith(group.cameo[:2])))
        yield f'"{group.cameo}"', f"there is no CAMEO code {group.cameo!r}; there are {there}"
    if group.mode is not None and group.mode not in entry.modes:
        there = f"there are {', '.join(entry.modes) or 'none'}"
        yield f'"{group.mode}"', f"triggers of {group.cameo} name an unknown mode {group.mode!r}; {there}"


def _words(
    group: TriggerGroup, seen: set[tuple[PartOfSpeech, str, tuple[str, ...], tuple[str, ...]]]
) -> Iterator[tuple[str, str]]:
    """Yield the triggers that can never match, and those that stand twice."""
    for part, word in words_of(group):
        if word != " ".join(word.lower().split()) or not word:
            cure = "write lemmas in lower case with single spaces"
            yield f'"{word}"', f"{part} {word!r} of {group.cameo} can match nothing; {cure}"
        key = (part, word, group.not_with, group.only_with)
        if key in seen:
            cure = "keep one, or tell the senses apart with not_with and only_with"
            yield f'"{word}"', f"{part} {word!r} stands twice; {cure}"
        seen.add(key)


def _examples(page: _Page, examples: Iterable[Example]) -> Iterator[Problem]:
    for number, example in enumerate(examples):
        for event in example.events:
            if event.trigger not in example.text:
                cure = "give the words as they stand there"
                message = f"the trigger {event.trigger!r} is not in its example {example.text!r}; {cure}"
                yield page.problem(page.find(event.trigger, page.section("examples", number)), message)


def _without_examples(page: _Page, added: Addition) -> Iterator[Problem]:
    if added.triggers and not added.examples:
        yield page.problem(1, "triggers without an example; add [[examples]] with a text and the events that it tells")
