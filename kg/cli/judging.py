"""The file of judgements that the settings name, and who judges."""

import getpass
import os
from collections.abc import Sequence
from pathlib import Path

from kg.cli import options, terminal
from kg.errors import KgError
from kg.graph.judgements import Judgement, in_force
from kg.stores import judgements_file
from kg.stores.base import Store


def path() -> Path:
    """Return the file of judgements that the settings name."""
    return Path(options.chosen().judgements.value or "").expanduser()


def filed() -> tuple[Judgement, ...] | None:
    """Return the judgements of the file that the settings name, None where it is not there."""
    return judgements_file.filed(path())


def kept(store: Store) -> tuple[Judgement, ...]:
    """Return the judgements of the file, or those that the store goes by where the file is not there."""
    return judgements_file.kept(store, path())


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
    return judgements_file.add(store, path(), judgements)


def write(judgements: Sequence[Judgement]) -> None:
    """Write the file of judgements, all or nothing; raises KgError where that cannot be done."""
    judgements_file.write(path(), judgements)


def user() -> str:
    """Return the name of who judges where none is given: KG_USER, else that of the login.

    Raises KgError where there is none.
    """
    try:
        return os.environ.get("KG_USER") or getpass.getuser()
    except (OSError, KeyError) as error:
        raise KgError("nobody is logged in; say who judges with --by, or set KG_USER") from error
