"""The file of judgements that a store goes by: read, added to, and applied."""

import getpass
import os
from collections.abc import Sequence
from pathlib import Path

from kg.cli import files, options, terminal
from kg.errors import JudgementError, KgError
from kg.graph.judgements import Judgement, decoded, encode, in_force
from kg.stores.base import Store

MOST_BYTES = 100_000_000
"""The largest file of judgements that is read."""


def path() -> Path:
    """Return the file of judgements that the settings name."""
    return Path(options.chosen().judgements.value or "").expanduser()


def read(file: Path) -> tuple[Judgement, ...]:
    """Return the judgements of a file.

    Raises JudgementError naming file and line where one is broken or contradicts another, and KgError where the file
    cannot be read.
    """
    with terminal.readable(str(file)), file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
        lines = content.decode("utf-8-sig").split("\n")  # splitlines() would break at signs that JSON may hold
    if len(content) > MOST_BYTES:
        raise JudgementError(f"{file} is larger than {MOST_BYTES:,} bytes; it is no file of judgements")
    try:
        return decoded(lines)
    except JudgementError as error:
        raise JudgementError(f"{file}: {error}") from error


def filed() -> tuple[Judgement, ...] | None:
    """Return the judgements of the file that the settings name, None where it is not there; raises what `read` does."""
    with terminal.readable(str(path())):
        if not path().exists():
            return None
        if not path().is_file():
            raise KgError(f"{path()} is no file; name another one for judgements, or see KG_JUDGEMENTS")
    return read(path())


def kept(store: Store) -> tuple[Judgement, ...]:
    """Return the judgements of the file, or those that the store goes by where the file is not there."""
    found = filed()
    return store.judgements() if found is None else found


def brought_up(store: Store) -> int:
    """Have a store go by the judgements of the file, if it is there; return how many articles are judged otherwise."""
    found = filed()
    if found is None or found == store.judgements():
        return 0
    changed = store.judge(found)
    terminal.note(f"{path()}: {len(in_force(found))} judgements in force, {changed} articles judged otherwise")
    return changed


def add(store: Store, judgements: Sequence[Judgement]) -> int:
    """Add judgements to the file and have the store go by them; return how many articles are judged otherwise.

    Raises JudgementError where they contradict those that are there; nothing is changed then.
    """
    store.judgements()  # where there is no store, none is made
    store.prepare()  # where another one writes to it, the file stays as it is
    found = (*kept(store), *judgements)
    in_force(found)
    write(found)
    return store.judge(found)


def write(judgements: Sequence[Judgement]) -> None:
    """Write the file of judgements, all or nothing; raises KgError where that cannot be done."""
    with files.target(str(path().absolute())) as out:
        out.write("".join(f"{encode(each)}\n" for each in judgements).encode())


def user() -> str:
    """Return the name of who judges where none is given: KG_USER, else that of the login.

    Raises KgError where there is none.
    """
    try:
        return os.environ.get("KG_USER") or getpass.getuser()
    except (OSError, KeyError) as error:
        raise KgError("nobody is logged in; say who judges with --by, or set KG_USER") from error
