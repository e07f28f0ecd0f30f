"""Files of judgements: what is refused, what is in force, and what they make of records."""

import json
from itertools import permutations

import pytest
from store_records import meeting

from kg.errors import JudgementError
from kg.graph.judged import judged, touched, verdicts
from kg.graph.judgements import Identity, Judgement, decoded, encode, in_force

ANNA = Identity(id="anna", name="Anna Berg", kind="person", country="NOR")
BERG = Identity(id="a-berg", name="A. Berg", kind="person")
CARL = Identity(id="carl", name="Carl Dorn", kind="person")
PUTIN, TRUMP, ANTONOV = "vladimir-putin", "donald-trump", "anatoly-antonov"


def same(one: str, other: str, becomes: Identity, at: str = "2026-01-01") -> Judgement:
    return Judgement(verdict="same", actors=(one, other), identity=becomes, by="Mo", at=at)


def different(one: str, other: str) -> Judgement:
    return Judgement(verdict="different", actors=(one, other), by="Mo")


def split(one: str, becomes: Identity, *articles: str) -> Judgement:
    return Judgement(verdict="split", actors=(one,), articles=articles, identity=becomes, by="Mo")


def mark(verdict: str, *articles: str, **about: str) -> Judgement:
    return Judgement(verdict=verdict, articles=articles, event="e1", by="Mo", **about)  # type: ignore[arg-type]


def undo(judgement: Judgement) -> Judgement:
    return Judgement(verdict="undo", undoes=judgement.id, by="Mo")


FIRST = same("anna", "a-berg", ANNA)

CONTRADICTIONS = {
    "same and different": [FIRST, different("anna", "a-berg")],
    "different and same": [different("a-berg", "anna"), FIRST],
    "the same by way of another": [FIRST, same("a-berg", "carl", BERG), different("carl", "anna")],
    "right and wrong": [mark("right", "x"), mark("wrong", "x")],
    "right and wrong in one of the articles": [mark("wrong", "y", "x"), mark("right", "z", "x")],
    "right and wrong part": [mark("right", "x", part="topic", value="t"), mark("wrong", "x", part="topic", value="t")],
    "two splits": [split("anna", CARL, "x"), split("anna", BERG, "y", "x")],
    "split from one who is the same": [FIRST, split("anna", BERG, "x")],
}
NONE = {
    "undo of what is not there": [Judgement(verdict="undo", undoes="12345678")],
    "undo before what it undoes": [undo(FIRST), FIRST],
    "undo twice": [FIRST, undo(FIRST), Judgement(verdict="undo", undoes=FIRST.id, by="Eva")],
    "undo of an undo": [FIRST, undo(FIRST), undo(undo(FIRST))],
    "one actor": [Judgement(verdict="different", actors=("anna",))],
    "the same as oneself": [same("anna", "anna", ANNA)],
    "become a third one": [same("anna", "a-berg", CARL)],
    "split into oneself": [split("anna", ANNA, "x")],
    "part without value": [mark("wrong", "x", part="topic")],
    "at no time": [same("anna", "a-berg", ANNA, at="yesterday")],
}


@pytest.mark.parametrize("found", CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_contradiction_is_refused_naming_one_of_the_ids_and_the_cure(found: list[Judgement]) -> None:
    with pytest.raises(JudgementError) as refused:
        decoded(map(encode, found))
    assert found[-1].id in str(refused.value) or found[0].id in str(refused.value)
    assert "`kg undo`" in str(refused.value)
    assert in_force([*found, undo(found[-1])]) == tuple(found[:-1])


@pytest.mark.parametrize("found", NONE.values(), ids=NONE)
def test_what_is_no_judgement_is_refused(found: list[Judgement]) -> None:
    with pytest.raises(JudgementError):
        decoded(map(encode, found))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 3"),
        ("[]", "array"),
        ("null", "null"),
        ('{"verdict":"maybe"}', "maybe"),
        ('{"by":"Mo"}', "verdict"),
        ('{"verdict":"same","actors":["a","b"]}', "identity"),
        ('{"verdict":"wrong","event":"e1"}', "articles"),
        ('{"verdict":"withdrawn","articles":[]}', "articles"),
        ('{"verdict":"withdrawn","articles":["x"],"colour":"red"}', "colour"),
        ('{"verdict":"withdrawn","articles":"x"}', "array"),
        ('{"verdict":"withdrawn","articles":["x"]} {}', "trailing"),
        ('{"verdict":"same","actors":["a","b"],"identity":{"id":"a","name":"A","kind":"dog"}}', "dog"),
        ("[" * 5000, "line 3"),
        ('{"verdict":"withdrawn","articles":["\\ud800"]}', "line 3"),
    ],
)
def test_broken_line_is_named_with_its_fault(line: str, told: str) -> None:
    with pytest.raises(JudgementError, match="line 3 is no judgement") as refused:
        decoded(["", encode(FIRST), line, encode(FIRST)])
    assert told in str(refused.value)


def test_blank_lines_and_line_ends_of_windows_are_passed_over() -> None:
    assert decoded(["", f"{encode(FIRST)}\r", "  ", "\r"]) == (FIRST,)


def test_an_undone_judgement_contradicts_nothing() -> None:
    other = different("anna", "a-berg")
    assert in_force([FIRST, undo(FIRST), other]) == (other,)


def test_the_last_judged_of_several_that_are_the_same_is_who_they_are() -> None:
    found = [same("anna", "a-berg", ANNA, "2026-01-01"), same("carl", "a-berg", CARL, "2026-01-02")]
    assert {who.id for who in verdicts(found).same.values()} == {"carl"}


def test_the_order_of_judgements_makes_no_difference() -> None:
    found = [
        same(PUTIN, TRUMP, Identity(id=TRUMP, name="Donald Trump", kind="person"), "2026-01-01"),
        same(TRUMP, ANTONOV, Identity(id=ANTONOV, name="Anatoly Antonov", kind="person"), "2026-01-02"),
        mark("wrong", "met-1"),
        Judgement(verdict="wrong", articles=("met-1",), event="e1", by="Eva"),
    ]
    assert len({judged(meeting(), verdicts(order)).digest for order in permutations(found)}) == 1


def test_a_wrong_part_stays_out_when_its_actor_becomes_another() -> None:
    wrong = mark("wrong", "met-1", part="source", value=PUTIN)
    merged = same(PUTIN, TRUMP, Identity(id=TRUMP, name="Donald Trump", kind="person"))
    told = judged(meeting(), verdicts([wrong, merged]))
    assert told.record.events[0].source == ()
    assert told.record.events[0].target == (TRUMP,)


def test_all_that_was_judged_of_an_event_is_told() -> None:
    marks = [
        mark("wrong", "met-1", part="source", value=PUTIN, reason="he was ill"),
        mark("right", "met-1", part="place", value="Helsinki"),
    ]
    standing = judged(meeting(), verdicts(marks)).standing("e1")
    assert standing is not None
    assert standing.verdict == "right"
    assert {*standing.note.split("; ")} == {
        "source vladimir-putin wrong, says Mo: he was ill",
        "place Helsinki right, says Mo",
    }


def test_mark_on_an_event_that_is_gone_is_of_no_effect() -> None:
    gone = Judgement(verdict="wrong", articles=("met-1",), event="e99", part="topic", value="war")
    assert judged(meeting(), verdicts([gone])).record == meeting()


def test_all_that_are_the_same_are_touched_by_a_change_of_one() -> None:
    before, new = same("anna", "a-berg", ANNA), same("carl", "a-berg", CARL)
    assert touched([new], [before, new])[0] == {"anna", "a-berg", "carl"}


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x1c", "é", "\U0001f600", "\\", '"', "\n", "\x00"])
def test_any_sign_stands_in_one_line(sign: str) -> None:
    given = Judgement(verdict="withdrawn", articles=(f"a{sign}b",), reason=f"because{sign}of")
    assert "\n" not in encode(given)
    assert decoded(encode(given).split("\n")) == (given,)
    assert json.loads(encode(given))["reason"] == given.reason
