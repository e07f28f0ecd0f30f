"""The names: the entity recognizer of en_core_web_sm, trained on with news-like texts and its own other labels.

All of its layers are trained, once for each seed. What is saved is the average of the parameters over the steps and
over the seeds, in half precision: it forgets less than a last state, and hangs less on chance.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kg.knowledge.tables import tables
from kg.reading import weights
from training.names.corpora import Name, Sentence, digest, labels, sentences
from training.names.merging import Lesson, lesson
from training.names.scores import scores
from training.names.slots import slotted

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

SEEDS = (1, 2, 3)
EPOCHS = 3
RATE = 0.0005  # falls to a fifth of it over the epochs
DROPOUT = 0.2
WORDS = 600  # in a batch
TIMES = {"crossner": 3}  # how often a small corpus counts
SILVER = 0.4  # of the sentences with names have them exchanged
AVERAGED = 10  # steps from one state that is averaged to the next
MEMORY = 0.98

Weights = dict[str, Any]


def train(out: Path | None) -> Iterator[str]:
    """Yield, line by line, what was trained from and to which scores; write the weights into the file, if given."""
    from bench.extraction import bare_pipeline

    nlp = bare_pipeline()
    yield f"corpora {digest()}, tables {tables().digest}"
    yield f"before {scores(nlp)}"
    averaged = _mean(nlp, lessons(nlp, tuple(sentences())))
    weights.put(nlp, {name: array.astype("float16").astype("float32") for name, array in averaged.items()})
    yield f"after  {scores(nlp)}"
    if out:
        save(averaged, out)


def lessons(nlp: "Language", annotated: Sequence[Sentence]) -> tuple[Lesson, ...]:
    """Return what to learn from annotated sentences, given what the model makes of them before."""
    docs = [_doc(nlp, sentence.words) for sentence in annotated]
    with nlp.select_pipes(enable=["ner"]):
        predicted = [[Name(span.start, span.end, span.label_) for span in doc.ents] for doc in nlp.pipe(docs)]
    return tuple(lesson(sentence, names) for sentence, names in zip(annotated, predicted, strict=True))


def save(averaged: Weights, out: Path) -> None:
    """Write parameters into a file of NumPy arrays in half precision."""
    import numpy

    with out.open("wb") as file:
        numpy.savez_compressed(file, **{name: array.astype("float16") for name, array in averaged.items()})


def _mean(nlp: "Language", learned: Sequence[Lesson]) -> Weights:
    """Return the mean of what the training gives for each seed, which changes the pipeline."""
    before = {name: array.copy() for name, array in weights.parameters(nlp).items()}
    trained = []
    for seed in SEEDS:
        weights.put(nlp, {name: array.copy() for name, array in before.items()})
        trained.append(_averaged(nlp, learned, seed))
    return {name: sum(each[name] for each in trained) / len(trained) for name in before}


def _averaged(nlp: "Language", learned: Sequence[Lesson], seed: int) -> Weights:
    """Return the moving average of the parameters over the training."""
    average: Weights = {}
    for number, _ in enumerate(_steps(nlp, learned, seed), start=1):
        if number % AVERAGED == 0:
            share = min(MEMORY, 1 - AVERAGED / number)
            for name, array in weights.parameters(nlp).items():
                average[name] = share * average[name] + (1 - share) * array if name in average else array.copy()
    return average


def _steps(nlp: "Language", learned: Sequence[Lesson], seed: int) -> Iterator[None]:
    """Train, and yield after each batch."""
    from thinc.api import fix_random_seed

    fix_random_seed(seed)
    random = Random(seed)
    optimizer = nlp.resume_training()
    recognizer: Any = nlp.get_pipe("ner")
    course = [each for each in learned for _ in range(TIMES.get(each.corpus, 1))]
    for epoch in range(EPOCHS):
        optimizer.learn_rate = RATE * (1 - 0.8 * epoch / EPOCHS)
        random.shuffle(course)
        for batch in _batches(course, random):
            recognizer.update([_example(nlp, each) for each in batch], drop=DROPOUT, sgd=optimizer)
            yield


def _batches(course: Sequence[Lesson], random: Random) -> Iterator[list[Lesson]]:
    batch: list[Lesson] = []
    for each in course:
        batch.append(slotted(each, random) if each.entities and random.random() < SILVER else each)
        if sum(len(one.words) for one in batch) >= WORDS:
            yield batch
            batch = []


def _example(nlp: "Language", learned: Lesson) -> "Example":
    from spacy.tokens import Span
    from spacy.training import Example

    reference = _doc(nlp, learned.words)
    reference.set_ents(
        [Span(reference, name.start, name.end, label=name.label) for name in learned.entities],
        missing=[Span(reference, at, at + 1) for at in sorted(learned.unsure)],
        default="outside",
    )
    return Example(_doc(nlp, learned.words), reference)


def _doc(nlp: "Language", words: Sequence[str]) -> "Doc":
    from spacy.tokens import Doc

    closing, opening = labels()["words"]["closing"], labels()["words"]["opening"]
    following = (*words[1:], "")
    spaces = [word not in opening and after not in closing for word, after in zip(words, following, strict=True)]
    return Doc(nlp.vocab, words=list(words), spaces=spaces)
