"""The nodes and relationships of a part of the graph as the store has them, for those who carry the graph elsewhere."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.asking.parts import Part, in_portions
from kg.graph.copies import BANDS
from kg.graph.delta import band_key
from kg.model import Label, Link, Value
from kg.stores.base import Store

Types = Mapping[str, str]
"""Names of properties, each with its type: string, long, double or boolean."""

Properties = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Way:
    """What leads from nodes of a label to nodes of another, and what it carries.

    It is read from its start, or from its end where few of the kind lead to one node and many may leave one.
    """

    link: Link
    start: Label
    end: Label
    types: Types
    from_end: bool = False

    @property
    def name(self) -> str:
        """The type, with both labels where relationships of the type join other labels too."""
        alone = sum(way.link == self.link for way in WAYS) == 1
        return str(self.link) if alone else f"{self.link}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship, by the ids of its nodes."""

    start: str
    end: str
    properties: Properties


def _types(text: str) -> Types:
    return {name: kind or "string" for name, _, kind in (word.partition(":") for word in text.split())}


_DAYS = "day_from:long day_to:long span:long"
_DATED = f"date date_first date_last date_text {_DAYS}"
_SPANNED = "article position:long start_at:long end_at:long surface"
_ROLE = f"article position:long actor cameo event_type {_DAYS}"
_PLACED = "article position:long"

NODES: Mapping[Label, Types] = {
    Label.ARTICLE: _types(
        "headline url outlet text published published_day:long language sha256 date_source digest standing judged "
        "made_with_kg made_with_model made_with_codebook made_with_tables " + " ".join(map(band_key, range(BANDS)))
    ),
    Label.SENTENCE: _types("article position:long text start_at:long end_at:long"),
    Label.EVENT: _types(
        f"event_id article position:long event_type mode contexts cameo quad goldstein:double plover_score:double "
        f"symmetric:boolean modality confidence:double rule {_DATED} place place_country surface sentence sort_key "
        "outlets articles:long corroboration:long join_key reach_from:long reach_to:long standing judged"
    ),
    Label.STATEMENT: _types(
        f"statement_id article position:long text start_at:long end_at:long cue direct:boolean {_DATED} sort_key "
        "standing judged"
    ),
    Label.ACTOR: _types("full_name kind country qid identities:long"),
    Label.TOPIC: _types("full_name"),
    Label.PLACE: _types("full_name country lat:double lon:double"),
    Label.DYAD: _types("one other"),
}
"""The properties of the nodes of each label, `id` aside."""

WAYS = (
    Way(Link.PART_OF, Label.SENTENCE, Label.ARTICLE, _types(_PLACED)),
    Way(Link.PART_OF, Label.EVENT, Label.EVENT, _types(_PLACED)),
    Way(
        Link.APPEARS_IN,
        Label.ACTOR,
        Label.ARTICLE,
        _types(f"{_PLACED} cameo named:long named_in full_name kind country qid"),
        from_end=True,
    ),
    Way(Link.MENTIONED_IN, Label.ACTOR, Label.SENTENCE, _types(f"{_SPANNED} form"), from_end=True),
    Way(Link.SOURCE_OF, Label.ACTOR, Label.EVENT, _types(_ROLE), from_end=True),
    Way(Link.TARGET_OF, Label.ACTOR, Label.EVENT, _types(_ROLE), from_end=True),
    Way(Link.BETWEEN, Label.EVENT, Label.DYAD, _types(f"{_PLACED} dyad event_type {_DAYS}")),
    Way(Link.ACCORDING_TO, Label.EVENT, Label.ACTOR, _types(f"{_PLACED} stance statement")),
    Way(Link.EVIDENCED_BY, Label.EVENT, Label.SENTENCE, _types(_SPANNED)),
    Way(Link.HAS_TOPIC, Label.EVENT, Label.TOPIC, _types(_SPANNED)),
    Way(Link.HAS_TOPIC, Label.STATEMENT, Label.TOPIC, _types(_SPANNED)),
    Way(Link.TOOK_PLACE_AT, Label.EVENT, Label.PLACE, _types(_SPANNED)),
    Way(Link.ABOUT, Label.EVENT, Label.EVENT, _types(_PLACED)),
    Way(Link.SAID, Label.ACTOR, Label.STATEMENT, _types(f"article {_DAYS}"), from_end=True),
    Way(Link.ADDRESSED_TO, Label.STATEMENT, Label.ACTOR, _types("article")),
    Way(Link.STATED_IN, Label.STATEMENT, Label.SENTENCE, _types(_PLACED)),
    Way(Link.TOLD_IN, Label.EVENT, Label.ARTICLE, _types(f"{_PLACED} event_id modality confidence:double date")),
    Way(Link.COPY_OF, Label.ARTICLE, Label.ARTICLE, _types("article")),
    Way(Link.CONTRADICTS, Label.EVENT, Label.EVENT, _types("")),
)
"""What leads where, every kind of relationship of the graph."""

_BESIDE_EVENTS = (
    (Label.ACTOR, "MATCH (x)<-[:SOURCE_OF|TARGET_OF]-(n:Actor)"),
    (Label.ACTOR, "MATCH (x)-[:ACCORDING_TO]->(n:Actor)"),
    (Label.DYAD, "MATCH (x)-[:BETWEEN]->(n:Dyad)"),
    (Label.TOPIC, "MATCH (x)-[:HAS_TOPIC]->(n:Topic)"),
    (Label.PLACE, "MATCH (x)-[:TOOK_PLACE_AT]->(n:Place)"),
    (Label.ARTICLE, "MATCH (x)-[:TOLD_IN]->(n:Article)"),
    (Label.SENTENCE, "MATCH (x)-[:EVIDENCED_BY]->(n:Sentence)"),
    (
        Label.STATEMENT,
        "MATCH (x)-[v:ACCORDING_TO]->(:Actor) WITH v.statement AS said MATCH (n:Statement {id: said})",
    ),
)
_BESIDE_STATEMENTS = (
    (Label.ACTOR, "MATCH (x)<-[:SAID]-(n:Actor)"),
    (Label.ACTOR, "MATCH (x)-[:ADDRESSED_TO]->(n:Actor)"),
    (Label.TOPIC, "MATCH (x)-[:HAS_TOPIC]->(n:Topic)"),
    (Label.SENTENCE, "MATCH (x)-[:STATED_IN]->(n:Sentence)"),
)


class Contents:
    """What belongs to a part: its events, who takes part or speaks, their dyads, topics and places, the articles,
    the sentences that tell, and the statements that vouch, with theirs; and what leads from one of these to another.

    Of a whole part it is all of the graph. The ids are held in memory, the rest is read in portions. Properties that
    are none of kg's own are left out.
    """

    def __init__(self, part: Part) -> None:
        self._store = part.store
        found = _all(part.store) if part.whole else _beside(part)
        self.ids: Mapping[Label, tuple[str, ...]] = {label: tuple(sorted(found[label])) for label in Label}

    def nodes(self, label: Label) -> Iterator[Properties]:
        """Yield the properties of each node of a label, `id` among them, in the order of their ids."""
        text = f"UNWIND $ids AS key MATCH (n:{label} {{id: key}}) RETURN n.id AS id, properties(n) AS held"
        for portion in in_portions(self.ids[label]):
            rows = self._store.query(text, {"ids": portion}).rows
            for own, held in sorted((str(own), str(held)) for own, held in rows):
                yield {"id": own, **_own(held, NODES[label])}

    def ties(self, way: Way) -> Iterator[Tie]:
        """Yield the relationships of a kind between nodes of the part, always in the same order."""
        near, far = (way.end, way.start) if way.from_end else (way.start, way.end)
        start, end = ("", " {id: key}") if way.from_end else (" {id: key}", "")
        text = (
            f"UNWIND $ids AS key MATCH (a:{way.start}{start})-[r:{way.link}]->(b:{way.end}{end}) "
            "RETURN a.id AS one, b.id AS other, properties(r) AS held"
        )
        others = frozenset(self.ids[far])
        for portion in in_portions(self.ids[near]):
            rows = sorted((str(a), str(b), str(held)) for a, b, held in self._store.query(text, {"ids": portion}).rows)
            for one, other, held in rows:
                if (one if way.from_end else other) in others:
                    yield Tie(one, other, _own(held, way.types))


def _all(store: Store) -> dict[Label, set[str]]:
    return {label: {str(row[0]) for row in store.query(f"MATCH (n:{label}) RETURN n.id AS id").rows} for label in Label}


def _beside(part: Part) -> dict[Label, set[str]]:
    found: dict[Label, set[str]] = {label: set() for label in Label}
    found[Label.EVENT].update(part.ids)
    _reach(part.store, Label.EVENT, part.ids, _BESIDE_EVENTS, found)
    _reach(part.store, Label.STATEMENT, sorted(found[Label.STATEMENT]), _BESIDE_STATEMENTS, found)
    return found


def _reach(
    store: Store, label: Label, ids: Sequence[str], hops: Iterable[tuple[Label, str]], found: dict[Label, set[str]]
) -> None:
    """Add to what was found the nodes that are reached from those of a label."""
    for portion in in_portions(ids):
        for reached, hop in hops:
            text = f"UNWIND $ids AS key MATCH (x:{label} {{id: key}}) {hop} RETURN DISTINCT n.id AS id"
            found[reached].update(str(row[0]) for row in store.query(text, {"ids": portion}).rows)


def _own(held: str, types: Types) -> Properties:
    """Return the properties of kg's own that hold something, in the order of their table."""
    found = json.loads(held)
    return {name: found[name] for name in types if found.get(name) is not None}
