"""What a record brings to the graph."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import dates, integers
from record_strategies import records
from store_records import meeting, spying

from kg.errors import SourceError
from kg.graph.accounts import accounts_of
from kg.graph.checks import check
from kg.graph.copies import bands, shingles
from kg.graph.delta import account_id, article_part, event_part, ties
from kg.graph.judged import Judged
from kg.graph.keys import day_number, days_within, dyad_id
from kg.model import Attribution, Delta, Label, Link, Record, Time

ROOT = Path(__file__).resolve().parents[2]
RESERVED = {"name", "title", "type", "label", "start", "end", "id"}


def part_of(record: Record) -> Delta:
    """Return all that an article brings to an empty graph."""
    judged = Judged(record, "digest")
    accounts = {account.told_at: account for account in accounts_of(judged)}
    events = [event_part([account], {}) for account in accounts.values()]
    homes = {told: account_id(told) for told in accounts}
    between = [edge for account in accounts.values() for edge in ties(account, homes)]
    whole = article_part(judged, bands(shingles(record.article.text)))
    nodes = {(node.label, node.id): node for part in (whole, *events) for node in part.nodes}
    edges = (*whole.edges, *(edge for part in events for edge in part.edges), *between)
    return Delta(record.article.id, tuple(nodes.values()), edges)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_every_relationship_leads_from_a_node_to_a_node(record: Record) -> None:
    delta = part_of(record)
    keys = [(node.label, node.id) for node in delta.nodes]
    assert len(keys) == len(set(keys))
    assert {end for edge in delta.edges for end in (edge.start, edge.end)} <= set(keys)


def test_nodes_of_a_label_and_relationships_of_a_type_have_the_same_keys() -> None:
    nodes: dict[Label, set[tuple[str, ...]]] = {}
    edges: dict[Link, set[tuple[str, ...]]] = {}
    for delta in (part_of(meeting()), part_of(spying())):
        for node in delta.nodes:
            nodes.setdefault(node.label, set()).add(tuple(node.properties))
        for edge in delta.edges:
            edges.setdefault(edge.type, set()).add(tuple(edge.properties))
    assert {label: len(keys) for label, keys in nodes.items()} == dict.fromkeys(Label, 1)
    between = {Link.COPY_OF, Link.CONTRADICTS}  # which no article brings by itself
    assert {link: len(keys) for link, keys in edges.items()} == dict.fromkeys(set(Link) - between, 1)
    assert not RESERVED & {key for keys in (*nodes.values(), *edges.values()) for row in keys for key in row}


def test_the_data_model_document_names_every_label_type_and_property() -> None:
    text = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`(\w+)`|\b([A-Z_]{4,}|[A-Z][a-z]+)\b", text))
    words = {word for pair in documented for word in pair}
    delta = part_of(meeting())
    properties = {key for part in (*delta.nodes, *delta.edges) for key in part.properties}
    assert {*properties, *Label, *Link} <= words


def test_events_sort_by_day_and_place_in_the_text() -> None:
    events = [node for node in part_of(meeting()).nodes if node.label is Label.EVENT]
    ordered = sorted(events, key=lambda node: str(node.properties["sort_key"]))
    days = [node.properties["day_from"] for node in ordered]
    assert all(before <= after for before, after in pairwise(days))


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        (0, 0, 7),
        (20180716, 20180716, 7),
        (20180731, 20180807, 7),
        (20180716, 20180724, 31),
        (20180701, 20180731, 31),
        (20180701, 20180802, 372),
        (20180101, 20181231, 372),
        (20180101, 20190101, 372),
        (20180101, 20190102, 37_200),
        (10101, 20181231, 37_200),
    ],
)
def test_span_says_how_well_a_day_is_known(first: int, last: int, span: int) -> None:
    assert days_within(first, last) == span


@given(dates(date(1900, 1, 1), date(2100, 1, 1)), integers(0, 500))
def test_span_is_no_less_than_the_days_between(begin: date, days: int) -> None:
    first, last = (day_number(day.isoformat()) for day in (begin, begin + timedelta(days)))
    assert days_within(first, last) >= days


def test_dyad_is_the_same_whoever_is_named_first() -> None:
    assert dyad_id("b", "a") == dyad_id("a", "b") == "a|b"


@pytest.mark.parametrize(
    ("iso", "day"),
    [("2018-07-16", 20180716), ("2018-07-16T10:00:00Z", 20180716), ("2018-07", 0), ("", 0), (None, 0)],
)
def test_day_of_a_date(iso: str | None, day: int) -> None:
    assert day_number(iso) == day


def broken(record: Record, **changes: object) -> Record:
    return replace(record, events=(replace(record.events[0], **changes), *record.events[1:]))


@pytest.mark.parametrize(
    ("record", "fault"),
    [
        (broken(meeting(), source=("nobody",)), "'nobody'"),
        (broken(meeting(), about=("nothing",)), "'nothing'"),
        (broken(meeting(), part_of="nothing"), "'nothing'"),
        (broken(meeting(), attributions=(Attribution("nobody", "asserts"),)), "'nobody'"),
        (broken(meeting(), mentions=()), "no mention"),
        (broken(meeting(), contexts=("a;b",)), "'a;b'"),
        (broken(meeting(), mentions=(replace(meeting().events[0].mentions[0], sentence=(0, 3)),)), r"\[0, 3\]"),
        (replace(meeting(), sentences=meeting().sentences * 2), "2 times"),
        (replace(meeting(), actors=meeting().actors * 2), "2 times"),
        (replace(meeting(), events=meeting().events * 2), "2 times"),
        (replace(meeting(), article=replace(meeting().article, id="")), "0 characters"),
        (replace(meeting(), article=replace(meeting().article, id="x" * 1001)), "1001 characters"),
        (replace(meeting(), sentences=(), events=()), "no sentences"),
    ],
)
def test_record_that_cannot_stand_in_a_graph_is_refused(record: Record, fault: str) -> None:
    with pytest.raises(SourceError, match=fault):
        check(record)


def test_undated_event_is_in_every_index() -> None:
    record = broken(meeting(), time=None)
    event = next(node for node in part_of(record).nodes if node.label is Label.EVENT)
    assert (event.properties["date"], event.properties["day_from"], event.properties["day_to"]) == ("", 0, 0)


def test_date_of_a_range_is_first_and_last() -> None:
    record = broken(meeting(), time=Time("2018-07-01", "2018-07-31", "in July"))
    event = next(node for node in part_of(record).nodes if node.label is Label.EVENT)
    assert event.properties["date"] == "2018-07-01/2018-07-31"
    assert (event.properties["day_from"], event.properties["day_to"]) == (20180701, 20180731)
