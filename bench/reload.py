"""What a second `kg load` of unchanged articles costs, as a share of the first: 1,000 files, by CPU seconds.

The texts are those of synthetic articles, cut at the end of a sentence. Each load is a process of its own, of which
`spacy_imported` tells whether it had imported spaCy at its end. KG_RELOAD_ARTICLES sets the number of files.
"""

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter

from bench import _synthetic
from kg.errors import KgError
from kg.model import Record

ARTICLES, WORDS, AT_MOST = 1_000, 60, 100
_PROGRAM = (
    "import sys; from kg.cli.main import main; code = main(sys.argv[1:]); "
    "print('spacy' in sys.modules, file=sys.stderr); sys.exit(code)"
)


@dataclass(frozen=True, slots=True)
class Load:
    """What a load took in seconds, what it printed, and whether it had spaCy in memory."""

    cpu: float
    wall: float
    told: str
    spacy: bool


def measure() -> dict[str, float | int | str]:
    """Return the cost of the second load as a share of the first, and what either did."""
    number = int(os.environ.get("KG_RELOAD_ARTICLES", ARTICLES))
    with tempfile.TemporaryDirectory(prefix="kg-reload-") as place:
        folder = Path(place)
        words = _write(folder / "texts", number)
        first, second = (_load(folder) for _ in range(2))
    return {
        "share": round(second.cpu / first.cpu, 4),
        "share_wall": round(second.wall / first.wall, 4),
        "spacy_imported_first": first.spacy,
        "spacy_imported_second": second.spacy,
        "first_cpu_seconds": round(first.cpu, 1),
        "second_cpu_seconds": round(second.cpu, 2),
        "first": first.told,
        "second": second.told,
        "articles": number,
        "words": words,
    }


def text_of(record: Record) -> str:
    """Return the first sentences of a text, with at least 60 words and, where a sentence ends there, at most 100."""
    ends = [end for _, end in record.sentences]
    texts = [record.article.text[:end] for end in ends]
    enough = [text for text in texts if len(text.split()) >= WORDS]
    return enough[0] if enough else record.article.text


def _write(folder: Path, number: int) -> int:
    """Write the texts, one a file, and return how many words they have together."""
    folder.mkdir()
    words = 0
    for count, record in enumerate(islice(_synthetic.records(_synthetic.templates(WORDS)), number)):
        text = text_of(record)
        words += len(text.split())
        (folder / f"{count:05}.txt").write_text(text, encoding="utf-8")
    return words


def _load(folder: Path) -> Load:
    start, before = perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    arguments = ["--store", str(folder / "store"), "load", str(folder / "texts"), "--format", "json"]
    command = [sys.executable, "-c", _PROGRAM, *arguments, "--published", str(_synthetic.BEGIN)]
    done = subprocess.run(command, capture_output=True, check=False, text=True)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter() - start
    if done.returncode not in (0, 3):
        raise KgError(f"kg load ended with {done.returncode}: {done.stderr}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Load(cpu, wall, done.stdout.strip(), done.stderr.splitlines()[-1] == "True")
