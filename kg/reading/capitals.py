"""Lines all in capitals, such as headlines, written as the rest of their text writes the same words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kg.knowledge.tables import remembered
from kg.reading.gazetteer import actors_by_name, places_by_name
from kg.reading.persons import persons_by_surname

_FEWEST_WORDS = 3  # fewer may be a name
_WORD = re.compile(r"[^\W\d_]+")


def recased(text: str) -> str:
    """Return a text of the same length with its lines in capitals in the case that their words have elsewhere.

    A word that the rest of the text lacks gets a capital where it is a name of the tables or begins the line. A text
    that is all in capitals stays as it is.
    """
    lines = text.split("\n")
    shouted = [line.isupper() and len(_WORD.findall(line)) >= _FEWEST_WORDS for line in lines]
    if not any(shouted):
        return text
    plain = [line for line, is_shouted in zip(lines, shouted, strict=True) if not is_shouted]
    forms = {**_names(), **_forms(plain)}
    return "\n".join(
        _recased_line(line, forms) if is_shouted and any(plain) else line
        for line, is_shouted in zip(lines, shouted, strict=True)
    )


def _recased_line(line: str, forms: Mapping[str, str]) -> str:
    written = _WORD.sub(lambda word: _form(word.group(), forms), line)
    first = _WORD.search(written)
    at = first.start() if first else 0
    return written[:at] + written[at : at + 1].upper() + written[at + 1 :]


def _forms(lines: Iterable[str]) -> dict[str, str]:
    """Return how each word is written most often, by its capitals."""
    counted = Counter(word for line in lines for word in _WORD.findall(line))
    return {word.upper(): word for word, _ in reversed(counted.most_common())}


@remembered
def _names() -> dict[str, str]:
    """Return the names of one word in the tables, and the family names, by their capitals."""
    single = [name for name in (*persons_by_surname(), *places_by_name(), *actors_by_name()) if _WORD.fullmatch(name)]
    return {name.upper(): name for name in single}


def _form(word: str, forms: Mapping[str, str]) -> str:
    form = forms.get(word, word.lower())
    return form if len(form) == len(word) else word
