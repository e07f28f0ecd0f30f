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
    """Return a text given as 'word/TAG', with the tag NN where none is given, and its entities as [LABEL word …].

    After a piece that ends in + comes no space.
    """
    words: list[str] = []
    tags: list[str] = []
    spaces: list[bool] = []
    spans: list[tuple[int, int, str]] = []
    for piece in marked.split():
        if piece.startswith("["):
            spans.append((len(words), len(words), piece[1:]))
            continue
        word, _, tag = piece.rstrip("]+").partition("/")
        spaces.append(not piece.endswith("+"))
        words.append(word)
        tags.append(tag or "NN")
        if piece.rstrip("+").endswith("]"):
            spans[-1] = (spans[-1][0], len(words), spans[-1][2])
    made = Doc(NLP.vocab, words=words, tags=tags, spaces=spaces)
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


def test_hyphen_does_not_part_the_name_of_a_person() -> None:
    marked = "[PERSON Nour/NNP El/NNP]+ -/HYPH+ [PERSON Din/NNP Said/NNP] spoke ."
    assert found(marked) == [("Nour El-Din Said", "PERSON")]


@pytest.mark.parametrize("word", ["Photo", "Video"])
def test_heading_before_a_colon_is_no_part_of_the_name_before_it(word: str) -> None:
    assert found(f"[PERSON Ada/NNP Lind/NNP {word}/NNP] : Norland Press") == [("Ada Lind", "PERSON")]


def test_word_before_a_name_that_stands_alone_elsewhere_is_cut_off() -> None:
    marked = "[PERSON Ada/NNP Lind/NNP] spoke . [PERSON Botanist/NNP Ada/NNP Lind/NNP] left ."
    assert found(marked) == [("Ada Lind", "PERSON")] * 2


def test_body_and_the_person_named_after_it_are_told_apart() -> None:
    alone = "[ORG Norland/NNP University/NNP] closed . [ORG Norland/NNP University/NNP Ada/NNP Lind/NNP] left ."
    assert found(alone)[1:] == [("Norland University", "ORG"), ("Ada Lind", "PERSON")]
    again = "[ORG University/NNP of/IN Norland/NNP Ada/NNP Lind/NNP] left . [PERSON Lind/NNP] spoke ."
    assert found(again)[:2] == [("University of Norland", "ORG"), ("Ada Lind", "PERSON")]


@pytest.mark.parametrize("label", ["ORG", "PERSON", "LOC"])
def test_what_is_named_after_its_kind_of_site_is_a_site(label: str) -> None:
    assert found(f"[{label} Ada/NNP Lind/NNP Airport/NNP]") == [("Ada Lind Airport", "FAC")]


@pytest.mark.parametrize(
    "used", ["the/DT [PERSON Lumograph/NNP]", "her/PRP$ [PERSON Lumograph/NNP]", "[PERSON LGX/NNP]"]
)
def test_things_and_acronyms_are_no_persons(used: str) -> None:
    assert found(f"Visitors tried {used} .") == []


def test_weights_fit_the_pinned_pipeline_and_name_an_election() -> None:
    nlp = bare_pipeline()
    weights.fit(nlp)
    labels = {span.text: span.label_ for span in nlp("Lind lost the 2003 Norland general election.").ents}
    assert labels["2003 Norland general election"] == "EVENT"


def test_weights_of_another_model_are_refused() -> None:
    nlp = bare_pipeline()
    with pytest.raises(ModelError, match="en_core_web_sm"):
        weights.put(nlp, dict(list(weights.parameters(nlp).items())[:-1]))
