"""The file of judgements that a store goes by: read, added to, and applied."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from kg.errors import JudgementError, KgError
from kg.files import readable, replacing, reported
from kg.graph.judgements import Judgement, decoded, encode, in_force
from kg.stores.base import Store

MOST_BYTES = 100_000_000
"""The largest file of judgements that is read."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of judgements: those that are new, and those that others said already, with the ids of these.

    `changed` is how many articles are judged otherwise now.
    """

    new: tuple[Judgement, ...]
    said: tuple[tuple[Judgement, str], ...]
    changed: int


def read(file: Path) -> tuple[Judgement, ...]:
    """Return the judgements of a file.

    Raises JudgementError naming file and line where one is broken or contradicts another, and KgError where the file
    cannot be read.
    """
    with readable(str(file)), file.open("rb") as opened:
        content = opened.read(MOST_BYTES + 1)
        lines = content.decode("utf-8-sig").split("\n")  # splitlines() would break at signs that JSON may hold
    if len(content) > MOST_BYTES:
        raise JudgementError(f"{file} is larger than {MOST_BYTES:,} bytes; it is no file of judgements")
    try:
        return decoded(lines)
    except JudgementError as error:
        raise JudgementError(f"{file}: {error}") from error


def filed(file: Path) -> tuple[Judgement, ...] | None:
    """Return the judgements of a file, None where it is not there; raises what `read` does."""
    with readable(str(file)):
        if not file.exists():
            return None
        if not file.is_file():
            raise KgError(f"{file} is no file; name another one for judgements, or see KG_JUDGEMENTS")
    return read(file)


def kept(store: Store, file: Path) -> tuple[Judgement, ...]:
    """Return the judgements of a file, or those that the store goes by where the file is not there."""
    found = filed(file)
    return store.judgements() if found is None else found


def signed(judgement: Judgement, by: str, reason: str) -> Judgement:
    """Return a judgement as it is made now, by whom and why; bytes that are not UTF-8 are escaped."""
    from kg.stores.batches import now

    return replace(judgement, by=_text(by), at=now(), reason=_text(reason))


def judge(store: Store, file: Path, found: Sequence[Judgement]) -> Added:
    """Add judgements that nobody made before to a file, and have the store go by it.

    Raises JudgementError where they contradict those that are there; nothing is changed then.
    """
    ids = {_unsigned(each): each.id for each in in_force(kept(store, file))}
    said = tuple((each, ids[_unsigned(each)]) for each in found if _unsigned(each) in ids)
    new = tuple(each for each in found if _unsigned(each) not in ids)
    return Added(new, said, add(store, file, new) if new else 0)


def add(store: Store, file: Path, judgements: Sequence[Judgement]) -> int:
    """Add judgements to a file and have the store go by them; return how many articles are judged otherwise.

    Raises JudgementError where they contradict those that are there; nothing is changed then.
    """
    store.judgements()  # where there is no store, none is made
    store.prepare()  # where another one writes to it, the file stays as it is
    found = (*kept(store, file), *judgements)
    in_force(found)
    write(file, found)
    return store.judge(found)


def write(file: Path, judgements: Sequence[Judgement]) -> None:
    """Write a file of judgements, all or nothing; raises KgError where that cannot be done."""
    with reported(str(file)), replacing(file.resolve()) as out:
        out.write("".join(f"{encode(each)}\n" for each in judgements).encode())


def _unsigned(judgement: Judgement) -> Judgement:
    return replace(judgement, by="", at="", reason="")


def _text(typed: str) -> str:
    return typed.encode("utf-8", "backslashreplace").decode()
