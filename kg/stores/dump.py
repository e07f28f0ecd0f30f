"""The canonical dump: the same articles and judgements give the same bytes, whatever the store and the order.

The first line tells the format, the schema and the numbers of articles and of judgements. Then come one record per line
by article id in code-point order, and one judgement in force per line, sorted; the last line holds the SHA-256 of all
lines before it. Dumps of format 1 hold no judgements.
"""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from typing import IO, Annotated

import msgspec

from kg.errors import JudgementError, KgError, SchemaError, SourceError, StoreError
from kg.graph.judgements import Judgement, decoded, in_force
from kg.graph.judgements import encode as encode_judgement
from kg.model import Record, decode, encode
from kg.stores.base import SCHEMA_VERSION, Store
from kg.stores.batches import settled

FORMAT = 2
_BATCH = 20  # records of one transaction


class _Head(msgspec.Struct, frozen=True, omit_defaults=True):
    kg_dump: int
    schema: int
    articles: int
    judgements: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] = 0


class _Tail(msgspec.Struct, frozen=True):
    sha256: str


def dump(store: Store) -> Iterator[str]:
    """Yield the lines of the dump, each with its line end, once all records are read."""
    yield from dumped(store.records(), SCHEMA_VERSION, lambda: in_force(store.judgements()))


def dumped(
    records: Iterable[Record], schema: int, judgements: Callable[[], Iterable[Judgement]] = tuple
) -> Iterator[str]:
    """Yield the lines of a dump of a schema version, once all records, by article id in code-point order, are read."""
    hashed = hashlib.sha256()
    with _spool() as spool:
        articles = 0
        for record in records:
            spool.write(encode(record) + b"\n")
            articles += 1
        judged = sorted(encode_judgement(each) for each in judgements())
        spool.write("".join(f"{line}\n" for line in judged).encode())
        spool.seek(0)
        head = _Head(min(FORMAT, schema), schema, articles, len(judged))  # an older kg reads what is of its own schema
        for line in chain([_line(head).encode()], spool):
            hashed.update(line)
            yield line.decode()
    yield _line(_Tail(hashed.hexdigest()))


def restore(store: Store, lines: Iterable[str], *, beside: Sequence[Judgement] | None = None) -> int:
    """Store the articles and judgements of a dump beside those that are there; return how many articles it holds.

    `beside` are the judgements that are there, where these are not those that the store goes by. Raises KgError where
    the dump is cut or changed, JudgementError where its judgements contradict each other or those that are there, and
    SchemaError where it is of a newer kg, before anything is written.
    """
    with _spool() as spool:
        articles, judged = _verified(lines, spool)
        spool.seek(0)
        store.prepare()
        there = store.judgements()
        found = _joined(there if beside is None else beside, judged)
        records = map(decode, spool)
        while batch := list(islice(records, _BATCH)):
            store.put(batch)
        if found != there:
            store.judge(found)
    return articles


def _joined(there: Sequence[Judgement], more: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return judgements with those of others that are not among them; raises JudgementError as `in_force` does."""
    known = {each.id for each in there}
    found = (*there, *(each for each in more if each.id not in known))
    in_force(found)
    return found


@contextmanager
def _spool() -> Iterator[IO[bytes]]:
    try:
        with tempfile.TemporaryFile() as spool:
            yield spool
    except OSError as error:
        raise StoreError(
            f"the folder for temporary files, {tempfile.gettempdir()}, cannot be used: {error.strerror}; free space "
            "there or set TMPDIR to another folder"
        ) from error


def _line(content: msgspec.Struct) -> str:
    return msgspec.json.encode(content).decode() + "\n"


def _verified(lines: Iterable[str], spool: IO[bytes]) -> tuple[int, tuple[Judgement, ...]]:
    """Write the records of a dump to the spool, one per line; return their number and the judgements."""
    stream = (line.rstrip("\r\n") + "\n" for line in lines)
    first = next(stream, "")
    head = _head(first)
    hashed = hashlib.sha256(first.encode())
    before = ""
    for number in range(2, head.articles + 2):
        line = next(stream, "")
        before = _checked(line, number, before)
        hashed.update(line.encode())
        spool.write(line.encode())
    judged = list(islice(stream, head.judgements))
    hashed.update("".join(judged).encode("utf-8", "surrogatepass"))
    if _tail(next(stream, "")) != hashed.hexdigest() or next(stream, "").strip():
        raise KgError("the dump was changed after it was made: its last line does not fit; dump the store again")
    return head.articles, _judgements(judged)


def _judgements(lines: Sequence[str]) -> tuple[Judgement, ...]:
    try:
        return decoded(lines)
    except JudgementError as error:
        raise JudgementError(f"the judgements in the dump: {error}") from error


def _head(line: str) -> _Head:
    try:
        head = msgspec.json.decode(line, type=_Head)
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise KgError("this is no dump of kg: its first line does not say so; `kg load` reads articles") from error
    if head.kg_dump > FORMAT or head.schema > SCHEMA_VERSION:
        raise SchemaError(f"the dump is of schema {head.schema}, this kg knows {SCHEMA_VERSION}; update kg")
    return head


def _checked(line: str, number: int, before: str) -> str:
    """Return the article id of a record in its place."""
    try:
        article = settled(decode(line)).article.id
    except (SourceError, UnicodeEncodeError) as error:
        cut = "the dump is cut" if not line.strip() else f"{error}"
        raise KgError(f"line {number} of the dump is no record: {cut}; dump the store again") from error
    if article <= before:
        raise KgError(f"line {number} of the dump: article {article!r} is out of order; dump the store again")
    return article


def _tail(line: str) -> str:
    try:
        return msgspec.json.decode(line, type=_Tail).sha256
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise KgError("the dump is cut: its last line, the checksum, is missing; dump the store again") from error
