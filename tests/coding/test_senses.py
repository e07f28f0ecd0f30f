"""The learned models judge triggers, find verbs, and doubt facts; damaged weights are refused."""

import pytest

from kg.coding.moods import MODALITIES, chances
from kg.coding.senses import alike, judged
from kg.coding.triggers import find_triggers
from kg.errors import ModelError
from kg.model import Article
from kg.reading import weights
from kg.reading.document import Reading
from kg.reading.read import read


def reading(text: str) -> Reading:
    (found,) = read([Article(id="a", text=text, published="2018-07-20")])
    return found


@pytest.mark.parametrize(
    ("lemma", "event_type", "cameo"),
    [("upbraid", "ACCUSE", "11"), ("strafe", "ASSAULT", "19"), ("extol", "SUPPORT", "05")],
)
def test_word_that_the_codebook_lacks_is_coded_like_one_that_it_resembles(
    lemma: str, event_type: str, cameo: str
) -> None:
    sense = alike(lemma, "verb", event_type)  # type: ignore[arg-type]
    assert (sense.head, sense.entry.type) == (lemma, event_type)
    assert sense.group.cameo.startswith(cameo)


def test_sentence_of_a_game_tells_of_no_event() -> None:
    text = "Norway attacked through the midfield, and its striker met the header at the crossbar."
    found = reading(text)
    assert find_triggers(found)
    assert judged(find_triggers(found), found) == ()


def test_chances_of_all_modalities_make_one() -> None:
    found = reading("Norway may attack Chad if talks fail.")
    (token,) = (token for token in found.doc if token.text == "attack")
    likely = chances(token, found)
    assert set(likely) == set(MODALITIES)
    assert sum(likely.values()) == pytest.approx(1.0)
    assert likely["actual"] + likely["ongoing"] < 0.2


def test_damaged_weights_are_refused_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(weights.DIGESTS, weights.MODALITY, "0" * 64)
    weights.linear.cache_clear()
    with pytest.raises(ModelError, match=r"modality\.npz .* install kg again"):
        weights.linear(weights.MODALITY)
    weights.linear.cache_clear()
