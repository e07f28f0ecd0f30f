"""Commands on the codebook, and codebook files of the user's own in a run of kg."""

import json
from pathlib import Path

import pytest
from cli_runs import Kg

SEALING = """type = "COERCE"
modes = ["sealing"]

[frames.seal]
source = ["subject"]
target = ["object"]

[[triggers]]
cameo = "171"
frame = "seal"
mode = "sealing"
verbs = ["padlock"]

[[examples]]
text = "Norwegian police padlocked the embassy."
events = [{ trigger = "padlocked", source = ["Norwegian police"], target = ["embassy"] }]
"""
TEXT = "Norwegian police padlocked the embassy of Chad."


@pytest.fixture
def mine() -> Path:
    """A sound file of the user's own, named in kg.toml."""
    path = Path("mine.toml")
    path.write_text(SEALING)
    Path("kg.toml").write_text('codebook = ["mine.toml"]\n')
    return path


def test_own_words_are_coded_with_their_mode(kg: Kg, mine: Path) -> None:
    (event,) = json.loads(kg("extract", "-", stdin=TEXT).out)["events"]
    assert (event["type"], event["mode"], event["rule"]) == ("COERCE", "sealing", "coerce:seal:verb:padlock")


def test_without_the_file_the_model_alone_finds_them(kg: Kg) -> None:
    events = json.loads(kg("extract", "-", stdin=TEXT).out)["events"]
    assert all(event["mode"] is None and event["cameo"] == "170" for event in events)


def test_records_tell_that_a_file_was_in_use(kg: Kg, mine: Path) -> None:
    stamps = [json.loads(kg("extract", "-", stdin=TEXT).out)["made_with"]["codebook"]]
    mine.write_text(SEALING + "# another\n")
    stamps.append(json.loads(kg("extract", "-", stdin=TEXT).out)["made_with"]["codebook"])
    assert stamps[0] != stamps[1]


def test_a_sound_file_is_said_to_be_so(kg: Kg, mine: Path) -> None:
    outcome = kg("codebook", "check")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.startswith("no mistake: 19 types")


@pytest.mark.parametrize(
    ("whole", "broken", "told"),
    [
        ('"171"', '"179"', "line 9: CAMEO code '179' is not under"),
        ('cameo = "171"', 'cameo = "1799"', "line 9: CAMEO code '1799' is not under"),
        ('cameo = "171"', 'cameo = "1729"', "line 9: there is no CAMEO code '1729'; there are 17, 170"),
        ("target =", "goal =", "line 6: frame 'seal' holds an unknown key 'goal'; there are source, target"),
        ('["object"]', '["whom"]', "line 6: frame 'seal' names an unknown slot 'whom'; there are among"),
        ('mode = "sealing"', 'mode = "loud"', "line 11: triggers of 171 name an unknown mode 'loud'; there are"),
        ("COERCE", "LIE", "line 1: Invalid enum value 'LIE' - at `$.type`; there are AGREE"),
        ("[frames.seal]", "[frames.seal", "line 4: no TOML"),
        ("[frames.seal]", "[frames.do_to]", "line 4: frame 'do_to' is in the codebook already"),
        ('target = ["embassy"]', 'target = ["Chad"]', "line 14: the example 'Norwegian police padlocked the embassy.'"),
    ],
)
def test_a_broken_file_is_refused_at_the_check_and_before_any_load(
    kg: Kg, mine: Path, whole: str, broken: str, told: str
) -> None:
    mine.write_text(SEALING.replace(whole, broken, 1))
    checked, loaded = kg("codebook", "check"), kg("load", "-", stdin=TEXT)
    assert (checked.code, loaded.code, Path("kg-data").exists()) == (1, 1, False)
    assert f"codebook file mine.toml, {told}" in checked.out
    assert f"codebook file mine.toml, {told}" in loaded.err


def test_triggers_without_an_example_are_refused(kg: Kg, mine: Path) -> None:
    mine.write_text(SEALING.partition("[[examples]]")[0])
    assert "triggers without an example" in kg("codebook", "check").out


def test_a_missing_file_is_named(kg: Kg) -> None:
    outcome = kg("codebook", "check", "none.toml")
    assert (outcome.code, outcome.out) == (
        1,
        "codebook file none.toml: cannot be read: No such file or directory; mend its path where it is named\n",
    )


def test_a_type_is_shown_with_own_words(kg: Kg, mine: Path) -> None:
    shown = kg("codebook", "show", "coerce").out
    assert shown.startswith("\n## COERCE\n")
    assert "| 171 | sealing |  | padlock |" in shown


def test_an_unknown_type_is_refused_by_name(kg: Kg) -> None:
    outcome = kg("codebook", "show", "lie")
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no event type 'LIE'; there are ACCUSE, AGREE" in outcome.err
