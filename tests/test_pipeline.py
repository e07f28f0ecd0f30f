"""Loading: what becomes of notes on sources that were kept aside before."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_records import bare

from kg.model import KeptAside
from kg.pipeline import load
from kg.stores.base import Store
from kg.stores.open import open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "store")) as store:
        yield store


def noted(store: Store) -> list[str]:
    return [item.source for item in store.kept_aside()]


def test_note_on_a_source_goes_when_it_is_mended(store: Store) -> None:
    load(store, [KeptAside("a.txt", "it is empty"), KeptAside("feed.jsonl#2", "not JSON"), KeptAside("b.txt", "empty")])
    load(store, [bare("x"), bare("y")], seen={"a.txt", "feed.jsonl"})
    assert noted(store) == ["b.txt"]


def test_note_stays_as_long_as_the_source_is_not_read_again(store: Store) -> None:
    load(store, [KeptAside("a.txt", "it is empty")])
    load(store, [bare("x")], seen={"other.txt"})
    load(store, [bare("x")])
    assert noted(store) == ["a.txt"]


def test_of_a_source_that_is_mended_in_part_the_rest_stays_noted(store: Store) -> None:
    load(store, [KeptAside(f"feed.jsonl#{number}", "not JSON") for number in (1, 2, 3)])
    load(store, [KeptAside("feed.jsonl#2", "not an object"), KeptAside("id", "German")], batch=1, seen=["feed.jsonl"])
    assert store.kept_aside() == (KeptAside("feed.jsonl#2", "not an object"), KeptAside("id", "German"))


def test_names_are_complete_once_the_items_are_taken(store: Store) -> None:
    load(store, [KeptAside("bad\udcff.txt", "it is empty")])
    seen: set[str] = set()

    def items() -> Iterator[KeptAside]:
        seen.add("bad\udcff.txt")
        yield KeptAside("b.txt", "it is empty")

    load(store, items(), seen=seen)
    assert noted(store) == ["b.txt"]
