"""A text is cut where anything begins or ends, however its marks overlap."""

from asking.hand_made import records
from hypothesis import given
from hypothesis import strategies as st

from kg.asking.spans import Mark, marks_of, pieces, summary
from kg.model import Event, Trigger

TEXT = "Anna Berg met Carl Dorn in Oslo."


def mark(words: str, what: str = "actor") -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), what, words, words)


def test_overlapping_marks_share_a_piece() -> None:
    found = pieces(TEXT, [mark("Anna Berg met", "event"), mark("Berg", "actor"), mark("met Carl", "statement")])
    assert [(each.text, [m.what for m in each.marks]) for each in found] == [
        ("Anna ", ["event"]),
        ("Berg", ["event", "actor"]),
        (" ", ["event"]),
        ("met", ["event", "statement"]),
        (" Carl", ["statement"]),
        (" Dorn in Oslo.", []),
    ]


def test_marks_that_reach_out_of_the_text_are_left_out() -> None:
    outside = [Mark(-1, 3, "actor", "a", ""), Mark(5, 5, "actor", "a", ""), Mark(30, 99, "actor", "a", "")]
    (piece,) = pieces(TEXT, outside)
    assert (piece.text, piece.marks) == (TEXT, ())


def test_offsets_count_from_the_start_of_the_whole_text() -> None:
    found = pieces("met Carl", [Mark(104, 108, "event", "", "")], start=100)
    assert [(each.start, each.text, bool(each.marks)) for each in found] == [(100, "met ", False), (104, "Carl", True)]


@given(st.lists(st.tuples(st.integers(-2, 34), st.integers(-2, 34))))
def test_pieces_are_the_text_and_no_mark_ends_within_one(spans: list[tuple[int, int]]) -> None:
    marks = [Mark(start, end, "actor", str(at), "") for at, (start, end) in enumerate(spans)]
    found = pieces(TEXT, marks)
    assert "".join(each.text for each in found) == TEXT
    inside = {each for each in marks if 0 <= each.start < each.end <= len(TEXT)}
    for piece in found:
        assert TEXT[piece.start : piece.end] == piece.text
        assert set(piece.marks) == {m for m in inside if m.start < piece.end and piece.start < m.end}
        assert all(m.start <= piece.start and piece.end <= m.end for m in piece.marks)


def test_every_mark_of_a_record_covers_its_words() -> None:
    for record in records():
        text = record.article.text
        found = marks_of(record)
        assert {each.what for each in found} <= {"actor", "event", "statement", "topic", "place"}
        triggers = {(m.start, m.end) for event in record.events for m in event.mentions}
        assert triggers == {(m.start, m.end) for m in found if m.what == "event"}
        assert all(text[m.start : m.end] == m.key for m in found if m.what == "place")


def test_event_is_told_in_a_line() -> None:
    event = Event(
        id="e", type="ACCUSE", quad="verbal-conflict", source=(), target=("b",), modality="denied",
        mentions=(Trigger(0, 1, "x", (0, 1)),),
    )  # fmt: skip
    assert summary(event, {"b": "Carl Dorn"}) == "ACCUSE somebody → Carl Dorn, verbal conflict, denied"
