"""The codebook: its files are whole, agree with one another, and broken ones are refused with the way out."""

from collections import defaultdict
from importlib.resources import files
from itertools import combinations
from typing import get_args

import pytest

from kg.errors import KnowledgeError
from kg.knowledge.codebook import PartOfSpeech, TriggerGroup, TypeFile, codebook, type_file, words_of
from kg.knowledge.scores import goldstein
from kg.model import EventType

TYPES = codebook().types
NAMES = [entry.type for entry in TYPES]
MOST_SHARED_WORDS = 13
LEAST_EXAMPLES = 6

CONTEXTS = frozenset(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy economic "
    "legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity "
    "inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource environment "
    "technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking".split()
)
QUADS = {
    "verbal-cooperation": {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"},
    "material-cooperation": {"COOPERATE", "AID", "RETREAT"},
    "verbal-conflict": {"REQUEST", "ACCUSE", "REJECT", "THREATEN"},
    "material-conflict": {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"},
    "neutral": {"SAY", "DENY", "ELECT"},
}
WHOLE = """
type = "DENY"
title = "Deny"
definition = "An actor says that it is not so."
quad = "neutral"
roots = ["016"]

[frames.deny]
topic = ["clause"]

[[triggers]]
cameo = "016"
frame = "deny"
verbs = ["deny"]

[[examples]]
text = "France denied it."
events = [{ trigger = "denied", source = ["France"] }]
"""


def test_every_type_has_its_file() -> None:
    assert sorted(NAMES) == sorted(get_args(EventType))


@pytest.mark.parametrize("entry", TYPES, ids=NAMES)
def test_file_is_named_for_its_type(entry: TypeFile) -> None:
    content = (files("kg.knowledge") / "events" / f"{entry.type.lower()}.toml").read_text("utf-8")
    assert type_file("x.toml", content) == entry


@pytest.mark.parametrize("entry", TYPES, ids=NAMES)
def test_type_stands_in_its_quad_class(entry: TypeFile) -> None:
    assert entry.type in QUADS[entry.quad]
    assert (entry.plover_score is None) == (entry.quad == "neutral")


@pytest.mark.parametrize("entry", TYPES, ids=NAMES)
def test_examples_hold_events_and_hard_negatives(entry: TypeFile) -> None:
    assert len(entry.examples) >= LEAST_EXAMPLES
    assert any(example.events for example in entry.examples)
    assert any(not example.events for example in entry.examples)
    assert {event.modality for example in entry.examples for event in example.events} - {"actual"}


@pytest.mark.parametrize("entry", TYPES, ids=NAMES)
def test_every_frame_and_mode_is_of_the_codebook(entry: TypeFile) -> None:
    alone = {frame.alone for frame in entry.frames.values() if frame.alone}
    assert {group.frame for group in entry.triggers} | alone == set(entry.frames)
    assert {context for group in entry.triggers for context in group.contexts} <= CONTEXTS


@pytest.mark.parametrize("entry", TYPES, ids=NAMES)
def test_every_code_has_a_goldstein_value(entry: TypeFile) -> None:
    assert [group.cameo for group in entry.triggers if goldstein(group.cameo) is None] == []


@pytest.mark.parametrize(
    ("cameo", "value"),
    [("043", 2.8), ("057", 8.0), ("0874", 10.0), ("1125", -2.0), ("163", -8.0), ("186", -10.0)],
)
def test_goldstein_value_of_a_code(cameo: str, value: float) -> None:
    assert goldstein(cameo) == value


@pytest.mark.parametrize("entry", TYPES, ids=NAMES)
def test_no_word_stands_in_two_groups_of_a_type(entry: TypeFile) -> None:
    words = [word for group in entry.triggers for word in words_of(group)]
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_words_of_two_types_are_told_apart_by_their_company() -> None:
    groups: dict[tuple[PartOfSpeech, str], list[TriggerGroup]] = defaultdict(list)
    for entry in TYPES:
        for group in entry.triggers:
            if any(word[0] == "+" for word in group.only_with):
                continue  # an auxiliary tells them from all others
            for word in words_of(group):
                groups[word].append(group)
    shared = {word: found for word, found in groups.items() if len(found) > 1}
    assert len(shared) <= MOST_SHARED_WORDS, sorted(shared)
    assert [word for word, found in shared.items() if not _told_apart(found)] == []


def _told_apart(groups: list[TriggerGroup]) -> bool:
    """Whether of any two groups one asks for words that the other excludes, or for other words than the other."""
    return all(_exclude(first, second) or _exclude(second, first) for first, second in combinations(groups, 2))


def _exclude(first: TriggerGroup, second: TriggerGroup) -> bool:
    asked = set(first.only_with)
    return bool(asked) and (
        asked <= set(second.not_with) or (bool(second.only_with) and asked.isdisjoint(second.only_with))
    )


def test_a_whole_file_is_read() -> None:
    entry = type_file("deny.toml", WHOLE)
    assert entry.triggers[0].verbs == ("deny",)
    assert entry.examples[0].events[0].source == ("France",)


@pytest.mark.parametrize(
    ("whole", "broken", "said"),
    [
        pytest.param('topic = ["clause"]', 'topic = ["dobj"]', "unknown slot 'dobj'; there are among", id="slot"),
        pytest.param('cameo = "016"', 'cameo = "112"', "CAMEO code '112' is not under 016", id="code"),
        pytest.param('cameo = "016"', 'cameo = "016x"', "CAMEO code '016x' is not under 016", id="code-no-digits"),
        pytest.param('frame = "deny"', 'frame = "refuse"', "unknown frame 'refuse'; there are deny", id="frame"),
        pytest.param(
            'frame = "deny"', 'frame = "deny"\nmode = "loud"', "unknown mode 'loud'; there are none", id="mode"
        ),
        pytest.param(
            "[frames.deny]", '[frames.deny]\nalone = "refuse"', "unknown frame 'refuse'; there are", id="alone"
        ),
        pytest.param("verbs =", "verb =", "unknown key 'verb'; there are cameo, frame", id="trigger-key"),
        pytest.param("topic =", "topics =", "frame 'deny' holds an unknown key 'topics'", id="frame-key"),
        pytest.param("title =", 'colour = "red"\ntitle =', "the file holds an unknown key 'colour'", id="file-key"),
        pytest.param("source =", "sources =", "'France denied it.' holds an unknown key 'sources'", id="expected-key"),
        pytest.param('["deny"]', '["Deny"]', "verb 'Deny' of 016 can match nothing; write lemmas", id="case"),
        pytest.param('["deny"]', '["deny", "deny"]', "verb 'deny' stands twice; keep one", id="twice"),
        pytest.param('"denied"', '"denies"', "trigger 'denies' is not in its example", id="example"),
        pytest.param('type = "DENY"', 'type = "LIE"', "`$.type`", id="type"),
        pytest.param('quad = "neutral"', "quad = neutral", "Invalid value (at line 5", id="toml"),
        pytest.param('roots = ["016"]', "", "missing required field `roots`", id="missing"),
    ],
)
def test_a_broken_file_is_refused_with_place_and_cure(whole: str, broken: str, said: str) -> None:
    assert whole in WHOLE
    with pytest.raises(KnowledgeError) as refused:
        type_file("deny.toml", WHOLE.replace(whole, broken, 1))
    assert "deny.toml" in str(refused.value)
    assert said in str(refused.value)
