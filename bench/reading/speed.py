"""Words per CPU second of reading alone, as a share of those of the bare spaCy pipeline on the same texts."""

from collections.abc import Sequence
from statistics import median

from bench.extraction import BATCH, REPETITIONS, WORDS, bare_pipeline, cpu_seconds, run_bare, sample, words
from kg.model import Article
from kg.reading.read import read


def speed() -> dict[str, float | int]:
    """Return words per CPU second of reading and of bare spaCy, in turns in this process, and their median ratio."""
    articles = sample(WORDS)
    count = sum(words(article.text) for article in articles)
    language = bare_pipeline()
    run_bare(language, articles[:BATCH])
    _run_reading(articles[:BATCH])
    timed = [
        (cpu_seconds(lambda: run_bare(language, articles)), cpu_seconds(lambda: _run_reading(articles)))
        for _ in range(REPETITIONS)
    ]
    return {
        "ratio": round(median(bare / ours for bare, ours in timed), 3),
        "kg_words_per_second": round(count / median(ours for _, ours in timed)),
        "spacy_words_per_second": round(count / median(bare for bare, _ in timed)),
        "words": count,
    }


def _run_reading(articles: Sequence[Article]) -> int:
    return sum(1 for _ in read(articles))
