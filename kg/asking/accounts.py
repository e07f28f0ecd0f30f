"""What each article tells of an event, in its own words and as people have judged it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.asking.parts import Happening, Telling
from kg.errors import MissingError
from kg.graph.judged import Judged, judged, verdicts
from kg.graph.judgements import in_force
from kg.graph.keys import shown_date
from kg.model import Event, Record
from kg.stores.base import Store

MOST = 40
"""Of how many articles the records are read for one event."""


@dataclass(frozen=True, slots=True)
class Account:
    """An article that tells of an event, the event as its record has it, and the names of the actors in that.

    `judged` says what people judged of it, or is empty.
    """

    telling: Telling
    event: Event
    names: Mapping[str, str]
    judged: str

    @property
    def words(self) -> tuple[str, ...]:
        """The triggers, each once."""
        return tuple(dict.fromkeys(each.text for each in self.event.mentions))

    @property
    def date(self) -> str:
        """YYYY-MM-DD, first/last where it is a range, empty where unknown."""
        return shown_date(self.event.time)

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of who does it."""
        return self.called(self.event.source)

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of those to whom it is done."""
        return self.called(self.event.target)

    @property
    def voices(self) -> tuple[str, ...]:
        """Who vouches for it and in which way; nobody where the article says it in its own voice."""
        return tuple(f"{self.names.get(each.speaker, each.speaker)} {each.stance}" for each in self.event.attributions)

    def called(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the names of actors of the record."""
        return tuple(self.names.get(each, each) for each in ids)


def judged_records(store: Store, articles: Iterable[str]) -> dict[str, Judged]:
    """Return the records of articles as they are judged, by their ids.

    Raises MissingError where an article is not there.
    """
    found: dict[str, Judged] = {}
    standing = verdicts(in_force(store.judgements()))
    for article in dict.fromkeys(articles):
        record = store.record(article)
        if record is None:
            raise MissingError(f"no article {article!r} in {store.address}; `kg query articles` lists those there are")
        found[article] = judged(record, standing)
    return found


def accounts(store: Store, happening: Happening) -> tuple[Account, ...]:
    """Return what each article tells of an event, the earliest first, at most `MOST` of them.

    Raises MissingError where one was changed or removed meanwhile.
    """
    tellings = happening.tellings[:MOST]
    records = judged_records(store, (each.paper.id for each in tellings))
    return tuple(_account(each, records[each.paper.id]) for each in tellings)


def _account(telling: Telling, found: Judged) -> Account:
    event = next((each for each in found.record.events if each.id == telling.event_id), None)
    if event is None:
        raise MissingError(f"the article {telling.paper.id!r} was changed just now; ask again")
    standing = found.standing(event.id)
    return Account(telling, event, names_of(found.record), standing.note if standing else "")


def names_of(record: Record) -> dict[str, str]:
    """Return the names of the actors of a record, by their ids."""
    return {actor.id: actor.name for actor in record.actors}
