"""How many events a format takes that holds all of them in memory."""

from kg.asking.parts import Part
from kg.errors import KgError

MOST_EVENTS = 200_000
"""A network of so many takes some 3 GB, a picture or a page half of that, and no program that draws shows more."""


def refuse_too_many(part: Part, form: str) -> None:
    """Raise KgError where a part has more events than `MOST_EVENTS`."""
    if len(part.ids) > MOST_EVENTS:
        raise KgError(
            f"{form} takes at most {MOST_EVENTS:,} events, these are {len(part.ids):,}: choose an actor or days, "
            "or write neo4j_csv or parquet"
        )
