"""Names of persons: family names, whether two names can be one person's, and the gender that a name tells."""

import unicodedata
from collections.abc import Callable
from functools import cache

from kg.knowledge.tables import ActorRow, is_held, remembered, tables
from kg.knowledge.words import word_lists

_ARTICLE = len("al-")


def folded(name: str) -> str:
    """Return a name without accents: 'Erdoğan' as 'Erdogan'."""
    letters = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def surname(name: str, country: str | None = None) -> str:
    """Return the family name within a full name, without an article; it comes first in the names of some countries."""
    lists = word_lists("words")
    words = [word for word in name.split() if word not in lists["names", "initials"]] or [name]
    family = words[0] if country in lists["names", "family_first"] else words[-1]
    return family[_ARTICLE:] if family[:_ARTICLE] in lists["names", "articles"] else family


def same_person(one: str, other: str) -> bool:
    """Tell whether two names of one family name may be one person's: the given names of one are all the other's."""
    given, others = ({folded(name) for name in _given(full)} for full in (one, other))
    return given <= others or others <= given


@remembered
def persons_by_surname() -> dict[str, tuple[ActorRow, ...]]:
    """Return the persons of the tables by family name, with and without accents."""
    found: dict[str, tuple[ActorRow, ...]] = {}
    for row in tables().actors:
        if row.kind == "person":
            family = surname(row.name, row.country)
            for name in dict.fromkeys((family, folded(family))):
                found[name] = (*found.get(name, ()), row)
    return found


def families_of_heads(day: str | None) -> frozenset[str]:
    """Return the family names of those who on an ISO day hold an office whose holder is called by it alone."""
    if day is None:
        return frozenset()
    return _families()(day)


@remembered
def _families() -> Callable[[str], frozenset[str]]:
    """Return the function that finds the families of heads by day, with a memory of its own."""
    heads = word_lists("words")["names", "heads"]
    offices = [office for office in tables().offices if office.title in heads]
    families = [(family, row.id) for family, rows in persons_by_surname().items() for row in rows]

    @cache
    def on(day: str) -> frozenset[str]:
        serving = {office.holder for office in offices if is_held(office, day)}
        return frozenset(family for family, holder in families if holder in serving)

    return on


def gender_of(name: str) -> str | None:
    """Return the gender that a full name tells: by the whole of it, a title before it, or the given name."""
    names = word_lists("given_names")
    words = folded(name).split()
    known = names.owner("full", " ".join(words))
    if known or len(words) < 2:
        return known
    title = word_lists("words").owner("titles", words[0])
    return title if title in ("male", "female") else names.owner("given", words[0])


def gender_of_noun(noun: str) -> str | None:
    """Return the gender that a noun for a person tells: 'military spokesman' a man."""
    gender = word_lists("words").owner("gender", noun.rsplit(maxsplit=1)[-1])
    return {"male_nouns": "male", "female_nouns": "female"}.get(gender or "")


def _given(name: str) -> list[str]:
    initials = word_lists("words")["names", "initials"]
    return [word for word in name.split()[:-1] if word not in initials and not word.endswith(".")]
