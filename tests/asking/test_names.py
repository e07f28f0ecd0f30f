"""Which actor a name means."""

import pytest

from kg.asking.names import fold, resolve
from kg.errors import UsageError
from kg.stores.base import Store


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Vladimir Putin", "vladimir-putin"),
        ("john-smith-2", "john-smith-2"),
        ("vladimir  PUTIN", "vladimir-putin"),
        ("nicolas maduro", "nicolas-maduro"),
        ("Maduro", "nicolas-maduro"),
        ("Moscow", "rus"),
        ("prosecutors", "prosecutors"),
        ("Ivanka", "ivanka-trump"),
    ],
)
def test_name_is_found(embedded: Store, name: str, actor: str) -> None:
    assert resolve(embedded, name).id == actor


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("trump", "'trump' may be Donald Trump (person, USA) or Ivanka Trump (person, USA); give the whole name"),
        (
            "John Smith",
            "John Smith (person, GBR, id john-smith) or John Smith (person, CAN, id john-smith-2); give the id",
        ),
        ("Vladimir Puttin", "did you mean Vladimir Putin?"),
        ("Xi Jinping", "no actor 'Xi Jinping' in "),
    ],
)
def test_name_that_fits_several_or_none_is_refused(embedded: Store, name: str, fault: str) -> None:
    with pytest.raises(UsageError) as refusal:
        resolve(embedded, name)
    assert fault in str(refusal.value)


def test_digits_are_never_taken_for_one_another(embedded: Store) -> None:
    with pytest.raises(UsageError):
        resolve(embedded, "john-smith-3")


def test_folding_leaves_letters_and_digits() -> None:
    assert fold("  Erdoğan’s  7th ÉTAT ") == "erdogan's 7th etat"
