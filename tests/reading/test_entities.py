"""Entities: bare spans, one label for a name in a whole text, and the trained weights."""

from collections.abc import Sequence

import pytest
import spacy
from spacy.tokens import Doc, Span

from bench.extraction import bare_pipeline
from kg.errors import ModelError
from kg.reading import weights
from kg.reading.entities import entities

NLP = spacy.blank("en")


def doc(marked: str) -> Doc:
    """Return a text given as 'word/TAG', with the tag NN where none is given, and its entities as [LABEL word …]."""
    words: list[str] = []
    tags: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for piece in marked.split():
        if piece.startswith("["):
            spans.append((len(words), len(words), piece[1:]))
            continue
        word, _, tag = piece.rstrip("]").partition("/")
        words.append(word)
        tags.append(tag or "NN")
        if piece.endswith("]"):
            spans[-1] = (spans[-1][0], len(words), spans[-1][2])
    made = Doc(NLP.vocab, words=words, tags=tags)
    made.set_ents([Span(made, start, end, label=label) for start, end, label in spans])
    return made


def found(marked: str) -> Sequence[tuple[str, str]]:
    return [(entity.text, entity.label) for entity in entities(doc(marked))]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[ORG the/DT United/NNP Nations/NNPS ]", ("United Nations", "ORG")),
        ("[PERSON President/NNP Ada/NNP Lind/NNP ]", ("Ada Lind", "PERSON")),
        ("[GPE Norland/NNP 's/POS ] army", ("Norland", "GPE")),
        ("[EVENT the/DT 2003/CD Norland/NNP election/NN ]", ("2003 Norland election", "EVENT")),
        ("[ORG U.S./NNP ]", ("U.S.", "ORG")),
    ],
)
def test_articles_titles_and_genitives_stay_outside(marked: str, expected: tuple[str, str]) -> None:
    assert found(marked.replace(" ]", "]")) == [expected]


@pytest.mark.parametrize("marked", ["[ORG @AdaLind/NNP]", "# [ORG Norland/NNP]", "[DATE Monday/NNP]", "[ORG the/DT]"])
def test_handles_hashtags_and_other_labels_are_no_entities(marked: str) -> None:
    assert found(marked) == []


def test_family_name_is_a_person_where_its_bearer_is_named_in_full() -> None:
    marked = "[PERSON Ada/NNP Lind/NNP] spoke . [GPE Lind/NNP] left . Lind/NNP slept ."
    assert found(marked) == [("Ada Lind", "PERSON"), ("Lind", "PERSON"), ("Lind", "PERSON")]


def test_family_name_that_is_mostly_a_place_stays_one() -> None:
    places = " in [GPE Lind/NNP]" * 5
    assert found(f"[PERSON Ada/NNP Lind/NNP] slept{places}")[1:] == [("Lind", "GPE")] * 5


def test_name_has_the_label_that_it_has_most_often() -> None:
    marked = "[ORG Norbank/NNP] paid . [PERSON Norbank/NNP] sued . [ORG Norbank/NNP] lost . Norbank/NNP closed ."
    assert found(marked) == [("Norbank", "ORG")] * 4


def test_acronym_has_the_label_of_the_name_before_it() -> None:
    marked = "[ORG Norland/NNP Press/NNP Agency/NNP] (/-LRB- NPA/NNP )/-RRB- wrote . The/DT [GPE NPA/NNP] denied ."
    assert found(marked) == [("Norland Press Agency", "ORG"), ("NPA", "ORG"), ("NPA", "ORG")]


def test_word_within_another_name_is_not_taken_for_a_family_name() -> None:
    assert len(found("[PERSON Ada/NNP Lind/NNP] saw Lind/NNP Street/NNP .")) == 1


def test_family_name_after_a_title_is_a_person() -> None:
    assert found("[PERSON Ada/NNP Lind/NNP] met Mr/NNP Lind/NNP .")[1:] == [("Lind", "PERSON")]


def test_weights_fit_the_pinned_pipeline_and_name_an_election() -> None:
    nlp = bare_pipeline()
    weights.fit(nlp)
    labels = {span.text: span.label_ for span in nlp("Lind lost the 2003 Norland general election.").ents}
    assert labels["2003 Norland general election"] == "EVENT"


def test_weights_of_another_model_are_refused() -> None:
    nlp = bare_pipeline()
    with pytest.raises(ModelError, match="en_core_web_sm"):
        weights.put(nlp, dict(list(weights.parameters(nlp).items())[:-1]))
