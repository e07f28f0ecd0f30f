"""Where kg prints: data to stdout as UTF-8, everything else to stderr, bars only on a terminal."""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from typing import BinaryIO

from kg.errors import KgError
from kg.files import reported
from kg.model import KeptAside

NAMED_AT_MOST = 20
PIPE_WIDTH = 120

_log = logging.getLogger("kg")


def begin() -> None:
    """Send the notes of this run to stderr: ordinary ones, warnings and errors."""
    _fill_in_closed_streams()
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_clean)
    _log.handlers[:] = [handler]
    _log.setLevel(logging.INFO)


def be_quiet() -> None:
    """Print errors only."""
    _log.setLevel(logging.ERROR)


def be_verbose() -> None:
    """Print more notes, and the traceback of an error."""
    _log.setLevel(logging.DEBUG)


def verbose() -> bool:
    """Return whether more than the ordinary is to be said."""
    return _log.isEnabledFor(logging.DEBUG)


def note(text: str) -> None:
    """Say something in passing, on stderr."""
    _log.info("%s", text)


def warn(text: str) -> None:
    """Say what is amiss, on stderr."""
    _log.warning("%s", text)


def fail(text: str) -> None:
    """Say why kg gives up, on stderr, in one line."""
    _log.error("Error: %s", " ".join(text.split()))


def report(error: KgError) -> None:
    """Say why kg gives up, and below it the notes of the error: the place in a text that it is about."""
    fail(str(error))
    for line in getattr(error, "__notes__", ()):
        _log.error("%s", line)


def emit(lines: Iterable[str]) -> None:
    """Write lines to stdout, each as soon as it is there.

    Raises KgError where stdout takes no more, such as on a full disk, and BrokenPipeError for a closed pipe.
    """
    stream = stdout()
    for line in lines:
        with reported("standard output"):
            stream.write(line.encode("utf-8", "backslashreplace") + b"\n")
            stream.flush()


def flush() -> None:
    """Hand what is buffered to stdout, with the errors of `emit`."""
    with reported("standard output"):
        sys.stdout.flush()


def stdout() -> BinaryIO:
    """Return stdout for bytes."""
    sys.stdout.flush()
    return sys.stdout.buffer


def on_terminal() -> bool:
    """Return whether stdout is a terminal."""
    return sys.stdout.isatty()


def in_colour() -> bool:
    """Return whether stdout may be given colours and weights: on a terminal without NO_COLOR."""
    return on_terminal() and not os.environ.get("NO_COLOR")


def width() -> int:
    """Return how many columns there are: those of the terminal, of COLUMNS, or a default for pipes."""
    return get_terminal_size((PIPE_WIDTH, 24)).columns


def printable(text: str) -> str:
    """Return a text without what could steer a terminal: odd spaces become plain ones, controls `?`."""
    return text if text.isprintable() else "".join(map(_printable, text))


def list_kept_aside(kept: Sequence[KeptAside], *, listed_by: str = "") -> None:
    """Say on stderr, even to who wants quiet, what was kept aside and why.

    At most 20 are named, and then how many more there are, and the command that lists them all.
    """
    for item in kept[:NAMED_AT_MOST]:
        _log.error("%s", f"kept aside: {item.source}: {item.reason}")
    if len(kept) > NAMED_AT_MOST:
        where = f"; `{listed_by}` lists them all" if listed_by else ""
        _log.error("%s", f"... and {len(kept) - NAMED_AT_MOST} more{where}")


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many are done, of how many; yields what to call with the number newly done."""
    if not sys.stderr.isatty() or not _log.isEnabledFor(logging.INFO):
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(what), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda count: bar.advance(task, count)


def _fill_in_closed_streams() -> None:
    """Put something in the place of a standard stream that was closed before kg began.

    Python has None there. Stdin is then empty, stderr goes nowhere, and stdout takes nothing: what is asked for
    must not get lost in silence. Descriptors are opened from the lowest free one up, so that no other file gets
    the number of a standard stream.
    """
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _printable(sign: str) -> str:
    if sign.isprintable() or sign == "\n":
        return sign
    return " " if sign.isspace() else "?"


def _clean(record: logging.LogRecord) -> bool:
    record.msg, record.args = printable(record.getMessage()), ()
    return True
