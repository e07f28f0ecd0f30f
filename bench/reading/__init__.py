"""How well and how fast kg reads: names, sentences, coreference and dates against open corpora, from raw text.

`measure` needs the corpora of the folder KG_SHARED; a part whose corpus is absent is named under `skipped`, with the
reason. Rows `kg` are kg's own reading, rows `base` the bare spaCy model (en_core_web_sm) on the same text. All figures
are summed over documents before they are divided. Documents are in one of two fixed halves: what is done to better the
figures looks at the mistakes in `develop` alone, `check` tells whether it helps elsewhere.
`python -m bench.reading --help` says how to see one half, one part, or the mistakes.
"""

from collections import Counter
from collections.abc import Collection, Mapping

from bench.reading.corpora import CorpusError, Half
from bench.reading.names import labels
from bench.reading.parts import PARTS, Result
from bench.reading.speed import speed

HALVES: Mapping[str, Half | None] = {"all": None, "develop": "develop", "check": "check"}
SPEED = "speed"


def measure(
    parts: Collection[str] = (*PARTS, SPEED), halves: Mapping[str, Half | None] = HALVES
) -> dict[str, dict[str, object]]:
    """Return the figures by part, half, row and column, kg's mistakes counted by kind, and the mapping of labels.

    Names are strict in the rows `kg` and `base` and freed of titles, determiners and genitives in `kg_normalised` and
    `base_normalised`; the rows `kg_joined` and `base_joined` are normalised and want names that are joined to a word as
    well (see `gum_names`). Shares are between 0 and 1; speed is in words per CPU second.
    """
    results, skipped = results_of(parts, halves)
    figures: dict[str, dict[str, object]] = {
        part: {half: result.figures for half, result in by_half.items()} for part, by_half in results.items()
    }
    if SPEED in parts:
        figures[SPEED] = {**speed()}
    figures["mistakes"] = {part: {half: counted(one) for half, one in each.items()} for part, each in results.items()}
    figures["labels"] = {name: table for name, table in labels().items() if name != "words"}
    figures["skipped"] = {**skipped}
    return figures


def results_of(
    parts: Collection[str], halves: Mapping[str, Half | None]
) -> tuple[dict[str, dict[str, Result]], dict[str, str]]:
    """Return the result of each part for each half, and why a part that is missing was skipped."""
    results, skipped = {}, {}
    for name in (name for name in PARTS if name in parts):
        try:
            results[name] = {half: PARTS[name](value) for half, value in halves.items()}
        except CorpusError as reason:
            skipped[name] = str(reason)
    return results, skipped


def counted(result: Result) -> dict[str, int]:
    """Return how many mistakes of each kind there are, the most frequent first."""
    return dict(Counter(mistake.kind for mistake in result.mistakes).most_common())
