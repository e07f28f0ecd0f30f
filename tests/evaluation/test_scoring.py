"""What the scorer counts as right, on an article of our own."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.evaluation import evaluate, read_gold, score
from kg.model import Actor, Attribution, Event, Mention, Place, Record, Statement, Time, Trigger

TEXT = (
    "The chancellor met the premier in Geneva on Monday. "
    "“We have an understanding,” the premier said. "
    "Officials warned that sanctions might follow."
)
GOLD: dict[str, Any] = {
    "id": "geneva",
    "published": "2018-07-18",
    "text": TEXT,
    "actors": [
        {"key": "chancellor", "name": "the chancellor", "names": [], "other": [["The chancellor", 1]]},
        {
            "key": "premier",
            "name": "the premier",
            "names": [],
            "other": [["the premier", 1], ["the premier", 2]],
        },
    ],
    "events": [
        {
            "type": "CONSULT",
            "anchor": "met",
            "source": ["chancellor"],
            "target": ["premier"],
            "symmetric": True,
            "place": "Geneva",
            "date": ["2018-07-16", "2018-07-16"],
            "modality": "actual",
            "according_to": ["premier"],
            "stance": "asserts",
        },
        {"type": "SANCTION", "anchor": "sanctions", "modality": "possible", "optional": True},
    ],
    "statements": [
        {"speaker": "premier", "anchor": "We have an understanding", "cue": "said", "direct": True},
    ],
}


def spot(piece: str) -> tuple[int, int]:
    return TEXT.index(piece), TEXT.index(piece) + len(piece)


def trigger(piece: str) -> tuple[Trigger, ...]:
    return (Trigger(*spot(piece), piece, (0, len(TEXT))),)


def party(key: str, piece: str) -> Actor:
    return Actor(id=key, name=key, kind="person", mentions=(Mention(*spot(piece), piece, "nominal"),))


MEETING = Event(
    id="e1",
    type="CONSULT",
    quad="verbal-cooperation",
    symmetric=True,
    source=("b",),
    target=("a",),
    place=Place(name="Geneva, Switzerland", start=0, end=0),
    time=Time("2018-07-16", "2018-07-18"),
    modality="actual",
    attributions=(Attribution("b", "asserts"),),
    mentions=trigger("met"),
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\n\n", encoding="utf-8")
    return path


@pytest.fixture
def record(gold: Path) -> Record:
    from kg.evaluation import as_article

    (article,) = read_gold(gold)
    start, end = spot("We have an understanding,")
    said = Statement(id="s1", speaker="b", text=TEXT[start:end], start=start, end=end, direct=True)
    return Record(
        article=as_article(article),
        sentences=(),
        actors=(party("a", "The chancellor"), party("b", "the premier")),
        events=(MEETING,),
        statements=(said,),
    )


def test_right_parties_of_a_symmetric_event_are_right_in_either_order(gold: Path, record: Record) -> None:
    figures = score(read_gold(gold), [record])
    assert figures.events_whole.as_dict() == {
        "p": 1.0,
        "r": 1.0,
        "f1": 1.0,
        "right": 1,
        "predicted": 1,
        "wanted": 1,
    }
    assert (figures.place.right, figures.date.right, figures.modality.right, figures.stance.right) == (
        1,
        1,
        1,
        1,
    )
    assert (figures.statements.right, figures.direct_quotes.right) == (1, 1)


def test_optional_gold_event_counts_neither_way(gold: Path, record: Record) -> None:
    extra = replace(MEETING, id="e2", type="SANCTION", mentions=trigger("sanctions"))
    found = score(read_gold(gold), [replace(record, events=(MEETING, extra))]).events_found
    assert (found.right, found.predicted, found.wanted) == (1, 1, 1)


def test_saying_on_a_cue_counts_neither_way_and_elsewhere_is_wrong(gold: Path, record: Record) -> None:
    on_cue = replace(MEETING, id="e2", type="SAY", mentions=trigger("said"))
    elsewhere = replace(MEETING, id="e3", type="SAY", mentions=trigger("warned"))
    found = score(read_gold(gold), [replace(record, events=(MEETING, on_cue, elsewhere))]).events_found
    assert (found.right, found.predicted) == (1, 2)


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        ("2018-07-16", "2018-07-23", 1),
        ("2018-07-16", "2018-07-24", 0),
        ("2018-07-17", "2018-07-17", 0),
        ("some day", "some day", 0),
    ],
)
def test_date_must_overlap_and_be_at_most_a_week_longer(
    gold: Path, record: Record, start: str, end: str, *, right: int
) -> None:
    event = replace(MEETING, time=Time(start, end))
    assert score(read_gold(gold), [replace(record, events=(event,))]).date.right == right


def test_statement_of_another_speaker_is_wrong(gold: Path, record: Record) -> None:
    said = replace(record.statements[0], speaker="a")
    figures = score(read_gold(gold), [replace(record, statements=(said,))])
    assert (figures.statements.right, figures.statements.predicted) == (0, 1)


def test_article_without_record_is_missing_and_scores_nothing(gold: Path) -> None:
    figures = evaluate(gold, [])
    assert figures.missing == ("geneva",)
    assert figures.events_found.as_dict()["f1"] == 0.0
    assert figures.modality.as_dict()["accuracy"] is None


def test_figures_are_plain_json(gold: Path, record: Record) -> None:
    reports = score(read_gold(gold), [record]).as_dict()
    assert json.loads(json.dumps(reports)) == reports
    assert list(reports)[:4] == ["articles", "missing", "actors_b3", "events_found"]


@pytest.mark.parametrize("content", ["{not json}\n", '{"id": "a"}\n', '{"id": "a", "text": 7}\n'])
def test_broken_gold_names_file_and_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n" + content, encoding="utf-8")
    with pytest.raises(SourceError, match=r"gold\.jsonl, line 2: not a gold article"):
        read_gold(path)


def test_gold_that_is_not_there_is_a_source_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_gold(tmp_path / "none.jsonl")
