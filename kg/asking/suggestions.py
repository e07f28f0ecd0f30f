"""What may be typed next: values of the parameters of canned questions, words of Cypher."""

from collections.abc import Iterator

from kg.asking.canned import CHOICES
from kg.model import Label, Link
from kg.stores.base import Store

AT_MOST = 50
"""How many values are suggested."""

KEYWORDS = (
    "ALL AND ANY AS ASC BY CALL CASE CONTAINS COUNT DESC DISTINCT ELSE END ENDS EXISTS FALSE IN IS LIMIT MATCH NONE "
    "NOT NULL OPTIONAL OR ORDER RETURN SINGLE SKIP STARTS THEN TRUE UNION UNWIND WHEN WHERE WITH XOR YIELD"
).split()
"""The words of Cypher that read."""

_NAMES = {
    "actor": (Label.ACTOR, "full_name"),
    "other": (Label.ACTOR, "full_name"),
    "topic": (Label.TOPIC, "full_name"),
    "place": (Label.PLACE, "full_name"),
    "outlet": (Label.ARTICLE, "outlet"),
    "article": (Label.ARTICLE, "id"),
}


def values(store: Store, parameter: str, beginning: str) -> list[str]:
    """Return what a parameter may hold that begins so, capitals aside: its choices, or names in the store, sorted."""
    if parameter in CHOICES:
        return [choice for choice in CHOICES[parameter] if choice and choice.lower().startswith(beginning.lower())]
    if parameter not in _NAMES:
        return []
    label, key = _NAMES[parameter]
    text = (
        f"MATCH (n:{label}) WHERE toLower(n.{key}) STARTS WITH toLower($beginning) "
        f"RETURN DISTINCT n.{key} AS name ORDER BY name LIMIT {AT_MOST}"
    )
    return [str(name) for (name,) in store.query(text, {"beginning": beginning}).rows]


def words(store: Store) -> Iterator[str]:
    """Yield the words of a Cypher text: keywords, labels, types of relationship and the properties of the store."""
    yield from KEYWORDS
    yield from Label
    yield from Link
    for (name,) in store.query("CALL db.propertyKeys() YIELD propertyKey RETURN propertyKey AS name").rows:
        yield str(name)
