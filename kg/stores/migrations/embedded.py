"""A folder of an older schema: records.db is brought forward in one transaction, and the graph made anew from it."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from kg.model import KeptAside, Record
from kg.stores.base import SCHEMA_VERSION
from kg.stores.embedded import EmbeddedStore
from kg.stores.migrations import from_1
from kg.stores.migrations.base import Advance, Standing, damaged, no_way
from kg.stores.records_db import RecordsDatabase

Step = Callable[[sqlite3.Connection], Iterator[KeptAside | None]]

STEPS: dict[int, Step] = {1: from_1.records_db}
"""What brings records.db from one version to the next."""


class OldEmbeddedStore:
    """A store in a folder, whatever its schema."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        self._folder = folder
        self._database = RecordsDatabase(folder, read_only=read_only, of_any_schema=True)

    @property
    def address(self) -> str:
        """The folder."""
        return str(self._folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._database.close()

    def backup_name(self, moment: str) -> str:
        """Return the path of a backup beside the folder."""
        folder = self._folder.absolute().resolve()
        return str(folder.with_name(f"{folder.name}-{moment}.jsonl"))

    def standing(self) -> Standing | None:
        """Return where the store stands, None where there is none."""
        if not self._database.is_there():
            return None
        schema = self._database.schema()
        if schema != SCHEMA_VERSION and schema not in STEPS:
            raise no_way(self.address, schema)
        return Standing(schema, 0 if schema == SCHEMA_VERSION else self._database.count())

    def take(self) -> None:
        """Keep other writers out until the store is closed."""
        self._database.prepare()

    def read(self) -> Iterator[Record | KeptAside]:
        """Yield the record of every article by id in code-point order, or why an article has none that is whole."""
        for article, stored in self._database.records():
            found = from_1.whole(article, stored)
            yield found if isinstance(found, KeptAside) else found.record

    def migrate(self, *, keep_aside: bool, advance: Advance) -> tuple[KeptAside, ...]:
        """Bring records.db forward in one transaction, and make the graph anew; return what is now kept aside."""
        kept: list[KeptAside] = []
        with self._database.transaction() as connection:
            for schema in range(self._database.schema(), SCHEMA_VERSION):
                for aside in STEPS[schema](connection):
                    if aside is not None and not keep_aside:
                        raise damaged(aside, self.address)
                    kept += [aside] if aside else []
                    advance(1)
        for file in self._folder.glob("graph-*"):
            file.unlink(missing_ok=True)
        self._database.close()
        with EmbeddedStore(self._folder) as store:
            store.prepare()
            store.counts()
        return tuple(kept)
