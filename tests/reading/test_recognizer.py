"""Entities decided all at once are those of spaCy's recognizer, move by move."""

import pytest
from spacy.tokens import Doc

from bench.extraction import bare_pipeline, texts
from kg.reading import model
from kg.reading.recognizer import add_recognizer

HARD = (
    "",
    " ",
    "\n\n",
    "Lind",
    "Norland Norland Norland",
    "Anna Lind \n\n of Norland , \n met Mr",
    "On Tuesday\n\nPresident Lind\n\nleft for the Gulf of Norland. The European Commission for the",
    "LIND SAYS U.N. SECURITY COUNCIL TO MEET MONDAY; NORLAND DEFENCE MINISTER QUITS",
    "«Lind», «Berg» and “the Norland Times” of 3 May 2031 told of $ 3.5 million, 12 percent and the Third Fleet",
)


def spans(doc: Doc) -> list[tuple[int, int, str, str]]:
    """Return the entities of a text, with how each of their tokens is marked."""
    return [(span.start, span.end, span.label_, "".join(token.ent_iob_ for token in span)) for span in doc.ents]


def test_entities_are_those_of_the_recognizer_that_was_trained() -> None:
    nlp = model.load().nlp
    read = [*HARD, *(article.text for article in texts())]
    ours = list(nlp.pipe(read, batch_size=4))
    with nlp.select_pipes(disable="kg_recognizer"):
        theirs = list(nlp.get_pipe("ner").pipe(nlp.pipe(read)))  # type: ignore[attr-defined]
    assert [spans(doc) for doc in ours] == [spans(doc) for doc in theirs]
    assert [[token.ent_iob for token in doc] for doc in ours] == [[token.ent_iob for token in doc] for doc in theirs]
    assert sum(len(doc.ents) for doc in ours) > 100


def test_one_text_gives_what_it_gives_among_others() -> None:
    nlp = model.load().nlp
    assert [spans(nlp(text)) for text in HARD] == [spans(doc) for doc in nlp.pipe(HARD)]


@pytest.mark.parametrize("ruler_first", [True, False])
def test_a_pipeline_that_knows_entities_before_keeps_its_own_recognizer(ruler_first: bool) -> None:
    nlp = bare_pipeline()
    if ruler_first:
        nlp.add_pipe("entity_ruler", before="ner")
    add_recognizer(nlp)
    assert ("ner" in nlp.pipe_names) is ruler_first
    assert ("kg_recognizer" in nlp.pipe_names) is not ruler_first
