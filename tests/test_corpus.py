"""The corpus of coded sentences is sound, and its check refuses what is wrong."""

import os
from collections import Counter
from pathlib import Path

import pytest

from kg.errors import KnowledgeError
from kg.knowledge.codebook import codebook
from kg.model import Modality
from training.copies import echoes, near_copies, texts_below
from training.corpus import Labelled, corpus, problems

ROOT = Path(__file__).resolve().parents[1]
SOUND = {"trigger": "met", "type": "CONSULT", "cameo": "040", "modality": "actual", "source": ["Ada Lind"]}


@pytest.fixture(scope="module")
def labelled() -> dict[tuple[str, int], Labelled]:
    return corpus()


def test_corpus_has_no_wrong_label_and_no_near_copy(labelled: dict[tuple[str, int], Labelled]) -> None:
    assert list(problems(labelled)) == []


def test_corpus_is_as_large_and_as_varied_as_its_page_says(labelled: dict[tuple[str, int], Labelled]) -> None:
    events = [event for each in labelled.values() for event in each.events]
    without = sum(not each.events for each in labelled.values())
    assert len(labelled) >= 8_500
    assert 0.2 <= without / len(labelled) <= 0.35
    assert min(Counter(event.type for event in events).values()) >= 250
    assert {event.type for event in events} == {entry.type for entry in codebook().types}
    modalities: Counter[Modality] = Counter(event.modality for event in events)
    assert min(modalities.values()) >= 250
    assert len({event.cameo for event in events}) >= 290


def test_corpus_echoes_none_of_the_texts_that_kg_is_measured_on(labelled: dict[tuple[str, int], Labelled]) -> None:
    folder = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("no corpora to compare with: set KG_SHARED to the folder that holds data")
    texts = [each.text for each in labelled.values()]
    assert [texts[number] for number in echoes(texts, texts_below(folder))] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"trigger": "met with"}, "'met with' is not in the text"),
        ({"source": ["Ada Linde"]}, "'Ada Linde' is not in the text"),
        ({"cameo": "190"}, "CONSULT has no CAMEO code '190'"),
        ({"cameo": "0499"}, "CONSULT has no CAMEO code '0499'"),
        ({"mode": "drone"}, "CONSULT has no mode 'drone'"),
        ({"stance": "asserts"}, "a stance without according_to"),
    ],
)
def test_wrong_label_is_told_with_its_cure(change: dict[str, object], message: str) -> None:
    event = {**SOUND, **change}
    each = _labelled("Ada Lind met the mayor of Oslo.", [event])
    (problem,) = problems({("own.jsonl", 3): each})
    assert (problem.file, problem.line) == ("own.jsonl", 3)
    assert problem.message.startswith(message)


def test_text_without_events_says_which_words_mislead() -> None:
    (problem,) = problems({("own.jsonl", 1): _labelled("It rained.", [])})
    assert problem.message.startswith("neither events nor not_events")


def test_line_that_is_no_record_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"text": "It rained.", "register": "wire", "mood": "wet"}\n', "utf-8")
    with pytest.raises(KnowledgeError, match=r"own\.jsonl, line 1: .*mood"):
        corpus([path])


def test_exchanged_names_and_numbers_make_a_near_copy() -> None:
    first = "The finance minister of Chad told lawmakers in Abeche on Monday that 40 teachers would be paid by June."
    second = "The finance minister of Peru told lawmakers in Cusco on Friday that 75 teachers would be paid by March."
    other = "Nurses in Cusco walked out on Friday over unpaid wages, shutting the largest hospital of the province."
    assert list(near_copies([first, other, second])) == [(2, 0)]


def test_text_that_repeats_another_echoes_it() -> None:
    theirs = "Rebels have seized the only bridge across the river, the mayor of the town said on Sunday."
    own = "Rebels have seized the only bridge across the river, villagers said."
    assert list(echoes([own, "Nothing of the kind was ever said by anyone in the valley."], [theirs])) == [0]


def _labelled(text: str, events: list[dict[str, object]]) -> Labelled:
    import msgspec

    return msgspec.convert({"text": text, "register": "wire", "events": events}, type=Labelled)
