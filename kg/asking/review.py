"""Actors of a store that may be the same, with what speaks for it: for people to judge."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from textwrap import wrap

from msgspec import convert

from kg.asking.canned import ask
from kg.asking.names import fold
from kg.graph.judgements import Groups, Judgement, in_force
from kg.knowledge.tables import tables
from kg.stores.base import Store

MOST_ALIKE = 100
"""Of more actors whose names end in the same word, those that articles name most are compared, each with each."""

_EVERYBODY = 1_000_000
_NAMES = "MATCH (a:Actor) RETURN a.id AS id, a.full_name AS name"
_BESIDE = """MATCH (y:Dyad)<-[:BETWEEN]-(e:Event)
WHERE e.standing IN ['', 'right']
RETURN DISTINCT y.one AS one, y.other AS other"""
_GUTTER = 4
_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor, how often articles name it, in how many of them, with whom it takes part in events, and a sentence."""

    id: str
    name: str
    kind: str
    country: str
    mentions: int
    articles: int
    beside: frozenset[str]
    evidence: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors that may be the same, and why."""

    one: Candidate
    other: Candidate
    because: str

    def lines(self, width: int) -> Iterator[str]:
        """Yield the two side by side, in lines of a width."""
        half = max((width - _GUTTER) // 2, _NARROWEST)
        left, right = (_lines(each, half) for each in (self.one, self.other))
        yield ""
        for number in range(max(len(left), len(right))):
            cells = [side[number] if number < len(side) else "" for side in (left, right)]
            yield f"{cells[0]:<{half + _GUTTER}}{cells[1]}".rstrip()
        yield f"because: {self.because}"

    def judgement(self, verdict: str) -> Judgement:
        """Return the judgement that the two are the same, different, or that nobody can tell."""
        one = self.one
        who = {"id": one.id, "name": one.name, "kind": one.kind, "country": one.country or None}
        same = {"identity": who} if verdict == "same" else {}
        return convert({"verdict": verdict, "actors": (one.id, self.other.id), **same}, Judgement)


class Decided:
    """The pairs of actors that people have judged, by way of others too: one is the same as one who is another."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        """Take judgements; raises JudgementError as `in_force` does."""
        standing = in_force(judgements)
        self._groups = Groups(each.actors for each in standing if each.verdict == "same")
        self._pairs = {self._pair(*each.actors) for each in standing if each.verdict in ("different", "unsure")}

    def holds(self, one: str, other: str) -> bool:
        """Tell whether two actors were judged to be the same, different, or that nobody can tell."""
        pair = self._pair(one, other)
        return len(pair) == 1 or pair in self._pairs

    def _pair(self, one: str, other: str) -> frozenset[str]:
        return frozenset(map(self._groups.of, (one, other)))


def candidates(store: Store, judgements: Sequence[Judgement]) -> list[Pair]:
    """Return pairs of actors that may be the same and are not judged yet, the likeliest first.

    Persons with one family name, and others of one kind of whom one has all words of the other's name. Two that the
    tables tell apart are left out.
    """
    known = {row.id for row in tables().actors}
    decided = Decided(judgements)
    found: list[tuple[int, Pair]] = []
    for group in _groups(_actors(store)):
        for one, other in combinations(group, 2):
            if not decided.holds(one.id, other.id) and not {one.id, other.id} <= known:
                found += _compared(
                    *sorted((one, other), key=lambda each: (each.id not in known, -each.mentions, each.id))
                )
    return [pair for _, pair in sorted(found, key=lambda each: (-each[0], each[1].one.id, each[1].other.id))]


def _actors(store: Store) -> list[Candidate]:
    beside: dict[str, set[str]] = defaultdict(set)
    names = {str(key): str(name) for key, name in store.query(_NAMES).rows}
    for one, other in store.query(_BESIDE).rows:
        if one in names and other in names:  # both were there a moment ago
            beside[str(one)].add(names[str(other)])
            beside[str(other)].add(names[str(one)])
    return [
        Candidate(
            str(row["actor_id"]),
            str(row["actor"]),
            str(row["kind"]),
            str(row["country"]),
            int(row["mentions"] or 0),
            int(row["articles"] or 0),
            frozenset(beside[str(row["actor_id"])]),
            " ".join(str(row["evidence"]).split()),
        )
        for row in ask(store, "most_mentioned", {}, limit=_EVERYBODY).rows.mappings()
    ]


def _groups(actors: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the actors of a kind whose names end in the same word, `MOST_ALIKE` at most, those named most."""
    groups: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for actor in actors:
        if words := _words(actor.name):
            groups[actor.kind, words[-1]].append(actor)
    return [
        sorted(group, key=lambda each: (-each.mentions, each.id))[:MOST_ALIKE]
        for group in groups.values()
        if len(group) > 1
    ]


@lru_cache(maxsize=100_000)
def _words(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


def _compared(one: Candidate, other: Candidate) -> Iterator[tuple[int, Pair]]:
    """Yield how many reasons there are to take two for the same, and the pair, where their names allow it."""
    mine, theirs = _words(one.name), _words(other.name)
    reasons = [f"the same last word, {one.name.split()[-1]}"]
    if set(mine) <= set(theirs) or set(theirs) <= set(mine):
        reasons.append("one name has all words of the other")
    elif one.kind != "person":
        return
    elif mine[0][0] == theirs[0][0]:
        reasons.append("the same initial")
    if one.country and one.country == other.country:
        reasons.append(f"both of {one.country}")
    if shared := sorted(one.beside & other.beside):
        reasons.append(f"both in events with {', '.join(shared[:3])}")
    yield len(reasons), Pair(one, other, "; ".join(reasons))


def _lines(actor: Candidate, width: int) -> list[str]:
    about = ", ".join(filter(None, (actor.kind, actor.country)))
    counts = f"named {actor.mentions} times in {actor.articles} articles"
    beside = f"with {', '.join(sorted(actor.beside)[:5])}" if actor.beside else ""
    texts = (f"{actor.name} ({about})", actor.id, counts, beside, f'"{actor.evidence}"')
    return [line for text in texts if text for line in wrap(text, width)]
