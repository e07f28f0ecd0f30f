"""What can be done with a store of an older schema: be looked at, be read and be brought forward."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol, Self

from kg.errors import SchemaError, StoreError
from kg.model import KeptAside, Record

Advance = Callable[[int], None]
"""Is told how many articles are newly done."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The schema version that a store has, or is on its way from, and how many articles are still of that schema."""

    schema: int
    articles: int


class OldStore(Protocol):
    """A store of whatever schema. Every method raises StoreError where the database cannot be reached or used."""

    @property
    def address(self) -> str:
        """The folder or the address, without a password."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...

    def backup_name(self, moment: str) -> str:
        """Return the path that a backup made at a moment has where the user names none."""

    def standing(self) -> Standing | None:
        """Return where the store stands, None where there is no store.

        Raises SchemaError where the store is of a newer kg, of none, or of another program.
        """

    def take(self) -> None:
        """Keep other writers out until the store is closed, as far as the database can."""

    def read(self) -> Iterator[Record | KeptAside]:
        """Yield the record of every article by id in code-point order, or why an article has none that is whole."""

    def migrate(self, *, keep_aside: bool, advance: Advance) -> tuple[KeptAside, ...]:
        """Bring the store forward, one step a version; return the articles without a whole record, now kept aside.

        Without `keep_aside` such an article raises StoreError instead.
        """


def whole_records(store: OldStore, *, keep_aside: bool) -> Iterator[Record]:
    """Yield the records of a store, without those that are not whole if such may be kept aside.

    Raises StoreError if not.
    """
    for found in store.read():
        if isinstance(found, Record):
            yield found
        elif not keep_aside:
            raise damaged(found, store.address)


def damaged(article: KeptAside, address: str) -> StoreError:
    """Return the error of an article without a whole record."""
    return StoreError(
        f"article {article.source!r} in {address} {article.reason}; `kg migrate --keep-aside` goes on without it, "
        "and you load it again then"
    )


def no_way(address: str, schema: int) -> SchemaError:
    """Return the error of a schema version from which no step leads on."""
    return SchemaError(
        f"{address} has schema version {schema}, which no kg ever wrote; restore a dump into an empty store"
    )
