"""The graph as it was known at a moment, when its facts were first and last seen, and what is new since."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import get_args

from kg.asking.canned import ask
from kg.errors import UsageError
from kg.graph.judgements import Judgement
from kg.model import FACTS, Modality, Rows, Value
from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore

LAST = "LAST"
_BATCH = 200
_TOLD_BY = "told_by"
_CONTRADICTION = "contradiction"
_EVERYTHING = 1_000_000


def moment(text: str) -> str:
    """Return a day or a date-time as the moment up to which it reaches: of a day its end, in UTC.

    Raises UsageError where the text is neither.
    """
    try:
        if _is_day(text):
            return _written(datetime.combine(date.fromisoformat(text), datetime.max.time(), UTC))
        parsed = datetime.fromisoformat(text)
        return _written(parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise UsageError(f"{text!r} is no day or time; write 2026-11-27 or 2026-11-27T08:30") from error


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _written(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="microseconds")


@contextmanager
def as_of(store: Store, when: str) -> Iterator[Store]:
    """Give a store that holds what another one held at a moment: its articles of then, as they were judged then.

    It lies in a temporary folder and is gone afterwards. What was removed since is not in it: removing forgets.
    """
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder) / "then") as then:
        then.judge(_judged_by(store.judgements(), when))
        records = store.records_at(when)
        while batch := list(islice(records, _BATCH)):
            then.put(batch)
        yield then


def _judged_by(judgements: Sequence[Judgement], when: str) -> list[Judgement]:
    """Return the judgements made up to a moment, those without a time among them."""
    found = [each for each in judgements if not each.at or moment(each.at) <= when]
    ids = {each.id for each in found}
    return [each for each in found if each.undoes is None or each.undoes in ids]


def history(store: Store, article: str, event: str | None) -> Rows:
    """Return the versions of an article, or those that tell of an event, with when they were first and last seen.

    Of an event, all articles that tell of it now are gone through. Raises UsageError where the article or the event is
    not there.
    """
    if not store.versions(article):
        raise UsageError(f"no article {article!r} in {store.address}; `kg query articles` lists those there are")
    columns = ("article", "event_id", "version", "first_seen", "last_seen", "events")
    if not event:
        return Rows(columns, tuple(_versions(store, article, None)))
    named = ask(store, "sources_of", {"article": article, "event": event, "standing": "all"}).rows
    places = dict.fromkeys((str(row["article"]), str(row["event_id"])) for row in named.mappings())
    found = tuple(row for told in places or [(article, event)] for row in _versions(store, *told))
    if not found:
        raise UsageError(
            f"no version of {article!r} tells of {event!r}; `kg query told_by -p article=...` lists events"
        )
    return Rows(columns, found)


def _versions(store: Store, article: str, event: str | None) -> Iterator[tuple[Value, ...]]:
    for number, version in enumerate(store.versions(article), start=1):
        record = store.record_at(article, version.seen_from)
        told = [each.id for each in record.events] if record else []
        if event is None or event in told:
            yield article, event or "", number, version.seen_from, version.seen_to or "", len(told)


@dataclass(frozen=True, slots=True)
class _Told:
    """A row that an article gives of an event, and whether the article did not tell of it before."""

    row: Mapping[str, Value]
    article: str
    is_new: bool


def news(store: Store, since: str, parameters: Mapping[str, str], *, limit: int) -> Rows:
    """Return the events, corroborations and contradictions that came in after a moment, or with the last load (`LAST`).

    `parameters` are those of the question `told_by`, its article aside. Contradictions are given whatever the modality:
    what denies a fact is none itself.
    """
    wanted = _modalities(parameters["modality"])
    when = _before_last(store) if since == LAST else moment(since)
    told = [
        each
        for article in store.changed_since(when)
        for each in _told(store, article, when, {**parameters, "modality": "all"})
    ]
    new = Counter(str(each.row["node"]) for each in told if each.is_new)
    columns = ("news", "date", "event", "source", "target", "topics", "modality", "outlet", "corroboration", "evidence")
    found = [
        (kind, *(each.row[column] for column in columns[1:]), each.article, each.row["event_id"])
        for each, kind in _kinds(told, new)
        if kind == _CONTRADICTION or each.row["modality"] in wanted
    ]
    shown = tuple(found[:limit])
    return Rows((*columns, "article", "event_id"), shown, truncated=len(found) > len(shown))


def _kinds(told: Sequence[_Told], new: Mapping[str, int]) -> Iterator[tuple[_Told, str]]:
    seen: set[str] = set()
    for each in told:
        node = str(each.row["node"])
        if not each.is_new or node in seen:
            continue
        seen.add(node)
        yield each, "event" if new[node] == each.row["articles"] else "corroboration"
        if each.row["contradicted_by"]:
            yield each, _CONTRADICTION


def _modalities(chosen: str) -> Sequence[str]:
    """Return the modalities that the parameter of a question means."""
    return {"facts": FACTS, "all": get_args(Modality)}.get(chosen, (chosen,))


def _told(store: Store, article: str, when: str, parameters: Mapping[str, str]) -> Iterator[_Told]:
    before = store.record_at(article, when)
    known = {event.id for event in before.events} if before else set()
    rows = ask(store, _TOLD_BY, {**parameters, "article": article}, limit=_EVERYTHING).rows
    for row in rows.mappings():
        yield _Told(row, article, row["event_id"] not in known)


def _before_last(store: Store) -> str:
    """Return the moment just before the last load began; all that a load stores is of its first moment."""
    last = store.last_change()
    when = datetime.fromisoformat(last) - timedelta(microseconds=1) if last else datetime.min
    return _written(when.replace(tzinfo=UTC))
