"""What `kg shell` does with a statement: Cypher up to its semicolon, a canned question or a command of one line."""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.asking.canned import ask
from kg.asking.cypher import run
from kg.asking.questions import find, queries
from kg.cli import rows, terminal
from kg.errors import UsageError
from kg.model import Rows, Value
from kg.stores.base import Store
from kg.stores.guard import is_whole

QUIT = ":quit"
HELP = """\
MATCH (a:Actor) RETURN a.full_name LIMIT 5;    Cypher that reads, over as many lines as it takes; it ends with ;
who_met_whom actor="Angela Merkel" limit=5     a canned question with its parameters, in one line
:queries                                       the canned questions and their parameters
:help                                          this
:quit                                          the end, as Ctrl-D"""


@dataclass(frozen=True, slots=True)
class Shell:
    """A store to be asked, parameters for its Cypher texts, and how answers are cut and printed."""

    store: Store
    parameters: Mapping[str, Value]
    limit: int | None
    timeout: float | None
    form: str | None

    def do(self, statement: str) -> None:
        """Print what a statement gives. Raises KgError where it is wrong."""
        first = statement.split(maxsplit=1)[0]
        if first.startswith(":"):
            _command(first.rstrip(";"))(self)
        elif _is_question(first):
            self._show(*self._answer(statement))
        else:
            found = run(self.store, statement, self.parameters, limit=self.limit, timeout=self.timeout)
            self._show(found, {"query": statement, "parameters": dict(self.parameters)})

    def list_queries(self) -> None:
        """Print the canned questions."""
        listed = tuple((each.name, each.title, " ".join(_typed(each.name))) for each in queries())
        rows.show(Rows(("query", "title", "parameters"), listed), self.form)

    def _answer(self, line: str) -> tuple[Rows, Mapping[str, object]]:
        name, *pairs = _words(line.strip().removesuffix(";"))
        given = dict(_pair(pair) for pair in pairs)
        answer = ask(self.store, name, given, limit=_limit(given.pop("limit", None), self.limit))
        return answer.rows, {"query": answer.query, "parameters": dict(answer.parameters)}

    def _show(self, found: Rows, about: Mapping[str, object]) -> None:
        rows.show(found, self.form, about=about)


def ends(text: str) -> bool:
    """Return whether a text is a statement to be done, so that Enter need not begin another line."""
    first, *_ = text.split(maxsplit=1) or [""]
    return not first or first.startswith(":") or _is_question(first) or is_whole(text)


def statements(lines: Iterable[str]) -> Iterator[str]:
    """Yield the statements that lines hold; the last one need not end."""
    text = ""
    for line in lines:
        text += line
        if ends(text):
            if text.strip():
                yield text.strip()
            text = ""
    if text.strip():
        yield text.strip()


def _is_question(word: str) -> bool:
    return word.rstrip(";") in {query.name for query in queries()}


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise UsageError(f"a quotation mark is left open in {line!r}; close it") from error


def _pair(text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not sign:
        raise UsageError(f"{text!r} is not of the form key=value; a value with blanks stands in quotation marks")
    return key, value


def _limit(text: str | None, otherwise: int | None) -> int | None:
    if text is None:
        return otherwise
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise UsageError(f"limit={text!r} is not a number of rows from 1 to 999999999")
    return int(text)


def _typed(name: str) -> Iterator[str]:
    return (f"{parameter.name}={parameter.default}" for parameter in find(name).parameters)


def _command(name: str) -> Callable[[Shell], None]:
    commands: Mapping[str, Callable[[Shell], None]] = {
        ":help": lambda _: terminal.emit([HELP]),
        ":queries": Shell.list_queries,
    }
    if name not in commands:
        raise UsageError(f"no command {name!r}; there are {', '.join((*commands, QUIT))}")
    return commands[name]
