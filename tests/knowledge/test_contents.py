"""Categories of what requests, promises, refusals, threats and protests are about."""

from collections import Counter

from kg.knowledge.codebook import codebook
from kg.knowledge.contents import contents

GENERAL = {"020": "02", "030": "03", "100": "10", "120": "12", "130": "13"}


def test_codes_are_of_the_root_of_their_key() -> None:
    wrong = [
        (key, code) for content in contents() for key, code in content.codes.items() if not code.startswith(key[:2])
    ]
    assert not wrong


def test_every_general_code_is_refined_by_some_category() -> None:
    keys = {key for content in contents() for key in content.codes}
    assert keys >= set(GENERAL.values())


def test_no_word_stands_in_a_category_twice() -> None:
    twice = [word for content in contents() for word, times in Counter(content.words).items() if times > 1]
    assert not twice


def test_modes_are_modes_of_a_type() -> None:
    modes = {mode for entry in codebook().types for mode in entry.modes}
    assert {content.mode for content in contents() if content.mode} <= modes
