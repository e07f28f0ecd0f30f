"""The codebook as a page of Markdown."""

from collections.abc import Iterator, Sequence

from kg.errors import UsageError
from kg.knowledge.codebook_records import Codebook, Example, Expected, TypeFile, words_of

_HEAD = """# The codebook

What kg codes: 19 types of event after PLOVER, with SAY, DENY and ELECT of its own, by the words that trigger them.
`kg codebook show` prints this page; the files behind it are `kg/knowledge/events/*.toml`, and
[how to extend kg](extending.md) says how to add to them.

A trigger of several words is found in any order and form ('held two days of talks' for `hold talk`). One of the words
in brackets behind a list must stand with it, those after 'not' must not; `+will not` is an auxiliary of the trigger,
`++must` one of the clause that it governs, `@prt` a child with that dependency label."""
_WIDEST = 12  # words of a list that are shown


def page(book: Codebook, types: Sequence[str] = ()) -> Iterator[str]:
    """Yield the lines of the page, of some types alone without its head.

    Raises UsageError for a type that is none.
    """
    known = {entry.type: entry for entry in book.types}
    chosen = [name.upper() for name in types]
    for name in chosen:
        if name not in known:
            raise UsageError(f"there is no event type {name!r}; there are {', '.join(known)}")
    if not chosen:
        yield from _HEAD.split("\n")
        yield from _summary(book)
    for entry in book.types:
        if not chosen or entry.type in chosen:
            yield from _type(entry)


def _summary(book: Codebook) -> Iterator[str]:
    yield ""
    yield "| type | quad class | PLOVER score | CAMEO | modes | triggers |"
    yield "|---|---|---|---|---|---|"
    for entry in book.types:
        count = sum(1 for group in entry.triggers for _ in words_of(group))
        score = "" if entry.plover_score is None else str(entry.plover_score)
        roots, modes = ", ".join(entry.roots), ", ".join(entry.modes)
        yield f"| [{entry.type}](#{entry.type.lower()}) | {entry.quad} | {score} | {roots} | {modes} | {count} |"


def _type(entry: TypeFile) -> Iterator[str]:
    yield from ("", f"## {entry.type}", "", entry.definition, "")
    yield "| CAMEO | mode | contexts | triggers |"
    yield "|---|---|---|---|"
    for group in sorted(entry.triggers, key=lambda group: (group.cameo, group.frame)):
        lists = (("", group.verbs), ("nouns: ", group.nouns), ("adjectives: ", group.adjectives))
        told = "; ".join(f"{label}{_words(words)}" for label, words in lists if words)
        company = f" [{_words(group.only_with)}]" * bool(group.only_with)
        without = f" [not {_words(group.not_with)}]" * bool(group.not_with)
        yield f"| {group.cameo} | {group.mode or ''} | {', '.join(group.contexts)} | {told}{company}{without} |"
    yield from ("", "Examples:", "")
    yield from (_example(example) for example in entry.examples)


def _words(words: Sequence[str]) -> str:
    more = len(words) - _WIDEST
    return ", ".join(words[:_WIDEST]) + (f" and {more} more" if more > 0 else "")


def _example(example: Example) -> str:
    return f"- {example.text} " + (" ".join(_expected(event) for event in example.events) or "(none)")


def _expected(event: Expected) -> str:
    sides = f"{', '.join(event.source) or '-'} → {', '.join(event.target) or '-'}"
    about = f", about {event.topic}" if event.topic else ""
    said = f", according to {', '.join(event.according_to)}" if event.according_to else ""
    return f"(**{event.trigger}**: {sides}{about}, {event.modality}{said})"
