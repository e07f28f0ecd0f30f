"""Near copies among articles."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kg.graph.copies import ALIKE, BANDS, are_copies, bands, originals, shingles

AGENCY = (
    "The ferry to the island of Rowan was stopped on Monday after a crack had been found in its rudder. Some two "
    "hundred travellers spent the night in the school of the harbour town, where the bakers brought them bread. The "
    "owner of the line said that a ship from the north would take them across before noon, if the wind allowed it."
)
WORDS = [f"word{number}" for number in range(400)]


def alike(one: str, other: str) -> bool:
    return are_copies(shingles(one), shingles(other))


def bands_of(text: str) -> tuple[str, ...]:
    return bands(shingles(text))


def test_text_is_a_copy_of_itself_whatever_capitals_and_commas() -> None:
    assert alike(AGENCY, AGENCY.upper().replace(",", ";"))
    assert bands_of(AGENCY) == bands_of(AGENCY.upper().replace(",", ";"))


def test_shortened_agency_text_is_a_copy() -> None:
    assert alike(AGENCY, AGENCY[: AGENCY.index("The owner")])


def test_text_with_a_few_words_changed_is_a_copy() -> None:
    assert alike(AGENCY, AGENCY.replace("travellers", "people").replace("noon", "midday"))


def test_own_words_about_the_same_are_no_copy() -> None:
    own = (
        "Bakers carried loaves to a school full of stranded passengers last night. A broken rudder keeps the Rowan "
        "boat in port, and another vessel is hoped for by midday."
    )
    assert not alike(AGENCY, own)


def test_long_text_that_quotes_a_short_one_is_no_copy() -> None:
    assert not alike(AGENCY, f"{AGENCY} {' '.join(WORDS[:120])}")


def test_texts_without_words_are_no_copies_and_have_no_bands() -> None:
    assert bands_of("...") == ()
    assert not alike("...", "...")


def test_short_text_is_one_shingle() -> None:
    assert shingles("Rain again") == {"rain again"}
    assert alike("Rain again", "rain, again")


def test_earliest_of_copies_of_copies_is_the_original() -> None:
    days = {"a": "2021-03-03", "b": "2021-03-01", "c": "2021-03-02", "d": "9999"}
    found = originals([("a", "b"), ("a", "c"), ("c", "d")], lambda article: (days[article], article))
    assert found == {"a": "b", "c": "b", "d": "b"}


def test_pairs_apart_have_originals_of_their_own() -> None:
    assert originals([("a", "b"), ("c", "d")], lambda article: ("", article)) == {"b": "a", "d": "c"}


def test_texts_that_are_very_like_share_a_band() -> None:
    chance = Random(1)
    shared = 0
    for _ in range(200):
        words = chance.choices(WORDS, k=100)
        cut = words[chance.randrange(8) : 100 - chance.randrange(8)]
        shared += bool(set(bands_of(" ".join(words))) & set(bands_of(" ".join(cut))))
    assert shared >= 199


def test_text_has_a_key_for_each_band() -> None:
    assert len(set(bands_of(AGENCY))) == BANDS


@given(
    st.lists(st.sampled_from(WORDS), min_size=5, max_size=60), st.lists(st.sampled_from(WORDS), min_size=5, max_size=60)
)
def test_being_copies_is_mutual_and_needs_much_in_common(one: list[str], other: list[str]) -> None:
    first, second = " ".join(one), " ".join(other)
    assert alike(first, second) == alike(second, first)
    if alike(first, second):
        least = min(len(shingles(first)), len(shingles(second)))
        assert len(shingles(first) & shingles(second)) >= ALIKE * least
