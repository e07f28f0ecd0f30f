"""The line that `kg shell` is typed into: history, completion, Enter that ends a statement only where it is whole."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.asking.questions import find, queries
from kg.asking.suggestions import values, words
from kg.cli import terminal
from kg.cli.shell import QUIT, ends
from kg.errors import KgError
from kg.model import Label, Link
from kg.stores.base import Store

if TYPE_CHECKING:
    from prompt_toolkit.completion import CompleteEvent, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import History
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

COMMANDS = (":help", ":queries", QUIT)


def typed(store: Store) -> Iterator[str]:
    """Yield what is typed, statement by statement, until the end of input; Ctrl-C takes back what is not ended yet."""
    from prompt_toolkit import PromptSession

    session: PromptSession[str] = PromptSession(
        history=_history(),
        completer=_completer(store),
        complete_while_typing=False,
        key_bindings=_bindings(),
        multiline=True,
        prompt_continuation="  > ",
    )
    while True:
        try:
            text = session.prompt("kg> ")
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if text.strip():
            yield text.strip()


def state_folder() -> Path:
    """Return the folder of what kg keeps for its user between runs."""
    place = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME")
    return (Path(place) if place else Path.home() / ".local" / "state") / "kg"


def suggested(store: Store, known: Iterable[str], text: str) -> Iterator[tuple[str, str]]:
    """Yield how the last word of a text may go on, and the part of it that this stands for.

    In the line of a canned question it is a parameter or its value, else one of the `known` words.
    """
    word = text.split()[-1] if text.split() and not text[-1:].isspace() else ""
    first = text.split(maxsplit=1)[0] if text.split() else ""
    names = [query.name for query in queries()]
    if first in names and first != text.lstrip():
        yield from _of_question(store, first, text)
        return
    beginners = (*COMMANDS, *names) if word == text.lstrip() else ()
    part = word if word.startswith(":") and beginners else _last_name(word)
    offered = [*beginners, *known]
    fitting = {*Label, *Link} if word.removesuffix(part).endswith(":") else {*offered}
    for each in offered:
        if part and each in fitting and each.lower().startswith(part.lower()):
            yield each, part


def _of_question(store: Store, name: str, text: str) -> Iterator[tuple[str, str]]:
    keys = [parameter.name for parameter in find(name).parameters]
    *_, last = text.rpartition(" ")
    before, sign, beginning = text.rpartition("=")
    key, quote = before.split()[-1] if before.split() else "", beginning[:1] if beginning[:1] in ("'", '"') else ""
    if sign and key in keys and (quote not in beginning[1:] if quote else " " not in beginning):
        for value in values(store, key, beginning.removeprefix(quote)):
            yield _quoted(value), beginning
        return
    yield from ((f"{each}=", last) for each in (*keys, "limit") if each.startswith(last))


def _quoted(value: str) -> str:
    return f'"{value}"' if not value.isalnum() else value


def _last_name(word: str) -> str:
    """Return the name that a word ends in: `Act` of `(a:Act`."""
    at = len(word)
    while at and (word[at - 1].isalnum() or word[at - 1] == "_"):
        at -= 1
    return word[at:]


def _completer(store: Store) -> Any:
    from prompt_toolkit.completion import Completer, Completion

    known: list[str] = []

    class _Suggestions(Completer):
        def get_completions(self, document: "Document", complete_event: "CompleteEvent") -> "Iterable[Completion]":  # noqa: ARG002
            text = document.text_before_cursor
            try:
                known[:] = known or dict.fromkeys(words(store))
                found = list(suggested(store, known, text))
            except KgError:  # completing says nothing of errors; what is asked will
                return
            yield from (Completion(value, -len(part)) for value, part in found)

    return _Suggestions()


def _history() -> "History":
    """Return the history in the user's state folder, or one that is forgotten where nothing can be kept there."""
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    file = state_folder() / "history"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)
    except OSError as error:
        terminal.warn(f"what is typed is not kept: {file}: {error.strerror}")
        return InMemoryHistory()
    return FileHistory(str(file))


def _bindings() -> "KeyBindings":
    from prompt_toolkit.key_binding import KeyBindings

    bindings = KeyBindings()

    @bindings.add("enter")
    def _enter(event: "KeyPressEvent") -> None:
        buffer = event.current_buffer
        if ends(buffer.text):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return bindings
