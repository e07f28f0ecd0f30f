"""Which schema version of a store this kg reads and writes: its own alone."""

from kg.errors import SchemaError
from kg.stores.base import SCHEMA_VERSION


def refuse_older(address: str, schema: int) -> None:
    """Raise SchemaError where a store has an older schema than this kg writes."""
    if schema < SCHEMA_VERSION:
        raise SchemaError(f"{address} has schema version {schema}, this kg writes {SCHEMA_VERSION}; run `kg migrate`")


def refuse_newer(address: str, schema: int) -> None:
    """Raise SchemaError where a store has a newer schema than this kg knows."""
    if schema > SCHEMA_VERSION:
        raise SchemaError(f"{address} has schema version {schema}, this kg knows {SCHEMA_VERSION}; update kg")
