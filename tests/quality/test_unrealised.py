"""What did not happen, or may not, is seldom coded as a fact: sentences written before the rules that code them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import FACTS, Article, Event, Record, Trigger
from kg.pipeline import extract

MOST = {"unrealised.jsonl": (110, 0.05), "unrealised_again.jsonl": (215, 0.06)}
"""By file, how many sentences it holds and the share of them that may be coded as facts: it only falls."""


@pytest.mark.parametrize("name", MOST)
def test_unrealised_events_are_seldom_facts(name: str) -> None:
    count, most = MOST[name]
    rows = [json.loads(line) for line in Path(__file__).with_name(name).read_text("utf-8").splitlines()]
    wrong = list(_coded_as_facts(rows))
    assert len(rows) == count
    assert len(wrong) <= most * count, wrong


def _coded_as_facts(rows: list[dict[str, Any]]) -> Iterator[str]:
    articles = [Article(id=str(number), text=row["text"], published="2018-07-20") for number, row in enumerate(rows)]
    for row, record in zip(rows, extract(articles), strict=True):
        assert isinstance(record, Record), row["text"]
        start = row["text"].index(row["words"])
        end = start + len(row["words"])
        facts = (event for event in record.events if event.modality in FACTS)
        if any(_is_on(event, each, start, end) for event in facts for each in event.mentions):
            yield f"{row['why']}: {row['text']}"


def _is_on(event: Event, trigger: Trigger, start: int, end: int) -> bool:
    """Whether a trigger lies on words; that of a refusal or threat may end with them: 'refused to resign'."""
    puts_off = event.type in ("REJECT", "THREATEN") and trigger.start < start
    return trigger.start < end and start < trigger.end and not puts_off
