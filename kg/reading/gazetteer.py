"""Names of the tables found in a text: actors by every alias, places, national adjectives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.tables import ActorRow, PlaceRow, adjectives, aliases, remembered, tables
from kg.reading.persons import folded
from kg.reading.reasons import Reason

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

_ACRONYM = 4  # shorter acronyms are not also written with one capital: 'Nato', but not 'Eu'


@dataclass(frozen=True, slots=True)
class Found:
    """A name of the tables in a text, by tokens; `actors` and `places` are the rows that bear it.

    `why` is the reason for which it is one of these places and no other.
    """

    start: int
    end: int
    text: str
    actors: tuple[ActorRow, ...]
    places: tuple[PlaceRow, ...]
    why: Reason | None = None


class Gazetteer:
    """All names of the tables, compiled for one pipeline."""

    def __init__(self, nlp: "Language") -> None:
        self._matcher = _matcher(nlp, {**actors_by_name(), **dict.fromkeys(places_by_name())})

    def find(self, doc: "Doc") -> tuple[Found, ...]:
        """Return the names in a text, the longest where they overlap, in order."""
        from spacy.util import filter_spans

        spans = filter_spans(self._matcher(doc, as_spans=True))
        return tuple(
            Found(span.start, span.end, name, actors_by_name().get(name, ()), places_by_name().get(name, ()))
            for span in spans
            for name in (span.text.replace("\n", " "),)
        )


@remembered
def actors_by_name() -> dict[str, tuple[ActorRow, ...]]:
    """Return the actors by name as the tables have it, and by its usual other spellings."""
    found = dict(aliases())
    for name, rows in aliases().items():
        for variant in _variants(name):
            found.setdefault(variant, rows)
    return found


@remembered
def actors_by_lower_name() -> dict[str, tuple[ActorRow, ...]]:
    """Return the actors by lower-cased name without an article in front: for names that texts do not capitalise."""
    return {
        name.lower().removeprefix("the "): rows
        for name, rows in aliases().items()
        if name[:1] not in "@" and " " in name
    }


@remembered
def places_by_name() -> dict[str, tuple[PlaceRow, ...]]:
    """Return the places by name."""
    found: dict[str, tuple[PlaceRow, ...]] = {}
    for row in tables().places:
        for name in (row.name, *row.aliases):
            found[name] = (*found.get(name, ()), row)
    return found


def national_adjectives(doc: "Doc") -> dict[int, str]:
    """Return the ISO3 code of each token that ends a national adjective or a people; 'pro-Russian' is none."""
    known = adjectives()
    words = [token.text for token in doc]
    found: dict[int, str] = {}
    for i, word in enumerate(words):
        if word in known or word in _last_words():
            two = doc[max(i - 1, 0) : i + 1].text
            name = two if two in known else word
            if name in known and not two.startswith("-"):
                found[i] = known[name]
    return found


@remembered
def _last_words() -> frozenset[str]:
    return frozenset(name.split()[-1] for name in adjectives() if " " in name)


def _variants(name: str) -> Iterator[str]:
    if len(name) >= _ACRONYM and name.isupper() and name.isalpha():
        yield name.capitalize()
    if folded(name) != name:
        yield folded(name)
    if "'" in name:
        yield name.replace("'", "’")
    if name.startswith("The "):
        yield name[4:]


def _matcher(nlp: "Language", names: Iterable[str]) -> "PhraseMatcher":
    from spacy.matcher import PhraseMatcher

    matcher = PhraseMatcher(nlp.vocab, attr="ORTH")
    matcher.add("name", [nlp.make_doc(name) for name in names])
    return matcher
