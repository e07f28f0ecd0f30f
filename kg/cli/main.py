"""The entry of the program `kg`: all else is imported where Ctrl-C is already waited for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from click import Group

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run kg with the arguments given (default: those of the process) and return its exit code.

    0 done; 1 error; 2 wrong use; 3 done in part; 4 the database cannot be reached or used; 130 interrupted.
    """
    try:
        from kg.cli.program import run

        return run(arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


def program() -> "Group":
    """Return the command group with every command of `kg.cli.commands`."""
    from kg.cli.program import program as gathered

    return gathered()
