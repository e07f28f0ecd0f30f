"""How kg joins what several articles tell of one event: 75 articles of our own about 63 invented happenings.

`told/articles.jsonl` says for each article of which events it tells (`tells`: event, type, and the word that tells of
it), and of which other article it is a near copy (`copy_of`); `told/events.jsonl` has for the events told by several
when they were and who took part. An account of an event is found where kg has an event on that word, or else one of
that type in its sentence, each event once. Two accounts are joined where they hang on one node of the graph.

`told` wants every pair of accounts of one event, `found` the pairs of which kg found both, and `read_right` those of
which it also read both as they are: type, days, whether it happened, somebody on each side, and no country that is not
theirs. What joining does by itself is `read_right`; the two others have the mistakes of reading in them. `missed` says
what keeps the pairs apart that were found and not joined, `missed_read_right` those read right.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from kg.evaluation import Rate, Tally
from kg.graph.accounts import Account, accounts_of, class_of, is_mutual, name_of
from kg.graph.fitting import difference
from kg.graph.judged import Judged
from kg.model import Article, Record
from kg.pipeline import extract, load
from kg.stores.embedded import EmbeddedStore

_FOLDER = Path(__file__).with_name("told")
_HOMES = "MATCH (e:Event)-[t:TOLD_IN]->(a:Article) RETURN a.id AS article, t.event_id AS event, e.id AS home"
_COPIES = "MATCH (a:Article)-[:COPY_OF]->(o:Article) RETURN a.id AS article, o.id AS original"

Told = tuple[str, str]  # an article, and the id of an event in it


@dataclass(frozen=True, slots=True)
class Happening:
    """An event that several articles tell of: its first and last day, and the countries of its sides ('': nobody)."""

    event: str
    first: str
    last: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class Tells:
    """That an article tells of an event: its name, its type, and the word that tells of it, which is there once."""

    event: str
    type: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """An article and the events that it tells of."""

    id: str
    source: str
    published: str
    title: str
    text: str
    tells: tuple[Tells, ...]
    copy_of: str | None = None

    def article(self) -> Article:
        """Return the article as kg reads it."""
        return Article(id=self.id, text=self.text, title=self.title, source=self.source, published=self.published)


@dataclass(frozen=True, slots=True)
class Graph:
    """The node that each account hangs on, and the pairs of a near copy and its original."""

    homes: Mapping[Told, str]
    copies: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Found:
    """What kg has of an event that an article tells of, if anything, and whether it read it as it is."""

    article: str
    tells: Tells
    account: Account | None
    is_right: bool


Pair = tuple[Found, Found]


def measure() -> dict[str, object]:
    """Return the figures of joining and of near copies."""
    tellings = read()
    records = [each for each in extract([telling.article() for telling in tellings]) if isinstance(each, Record)]
    return figures(tellings, records)


def read() -> list[Telling]:
    """Return the articles with what they tell of."""
    return [msgspec.json.decode(line, type=Telling) for line in _lines("articles.jsonl")]


def figures(tellings: Sequence[Telling], records: Sequence[Record]) -> dict[str, object]:
    """Return what `measure` does, of records of the articles."""
    graph = _graph(records)
    accounts = {each.told_at: each for record in records for each in accounts_of(Judged(record, ""))}
    found = [each for telling in tellings for each in _found(telling, accounts)]
    pairs = [(one, other) for one, other in combinations(found, 2) if one.article != other.article]
    both = [pair for pair in pairs if all(each.account for each in pair)]
    right = [pair for pair in both if all(each.is_right for each in pair)]
    days = Counter(
        home for home, _ in {(graph.homes[told], each.span) for told, each in accounts.items() if _day(each)}
    )
    return {
        "articles": len(records),
        "accounts_found": Rate(sum(each.account is not None for each in found), len(found)).as_dict(),
        "told": _tally(pairs, graph).as_dict(),
        "found": _tally(both, graph).as_dict(),
        "read_right": _tally(right, graph).as_dict(),
        "missed": _missed(both, graph),
        "missed_read_right": _missed(right, graph),
        "joined_on_different_days": sum(several - 1 for several in days.values()),
        "copies": _copies(tellings, graph).as_dict(),
    }


def _lines(name: str) -> list[bytes]:
    return (_FOLDER / name).read_bytes().splitlines()


def _happenings() -> dict[str, Happening]:
    found = [msgspec.json.decode(line, type=Happening) for line in _lines("events.jsonl")]
    return {each.event: each for each in found}


def _graph(records: Iterable[Record]) -> Graph:
    with TemporaryDirectory() as folder, EmbeddedStore(Path(folder)) as store:
        load(store, records)
        homes = {(str(article), str(event)): str(home) for article, event, home in store.query(_HOMES).rows}
        return Graph(homes, frozenset((str(one), str(other)) for one, other in store.query(_COPIES).rows))


def _found(telling: Telling, accounts: Mapping[Told, Account]) -> Iterator[Found]:
    """Yield what kg has of each event of an article: what stands on its word goes before what is near."""
    free = [each for told, each in accounts.items() if told[0] == telling.id]
    taken: dict[str, Account] = {}
    for choose in (_on_word, _in_sentence):
        for tells in (each for each in telling.tells if each.event not in taken):
            start = telling.text.index(tells.anchor)
            fitting = choose(free, tells, (start, start + len(tells.anchor)))
            if fitting:
                taken[tells.event] = fitting[0]
                free.remove(fitting[0])
    happenings = _happenings()
    for tells in telling.tells:
        account, happening = taken.get(tells.event), happenings.get(tells.event)
        yield Found(telling.id, tells, account, bool(account and happening and _is_right(account, tells, happening)))


def _on_word(free: Sequence[Account], tells: Tells, span: tuple[int, int]) -> list[Account]:
    start, end = span
    on = [each for each in free if any(m.start < end and start < m.end for m in each.event.mentions)]
    return sorted(on, key=lambda each: each.event.type != tells.type)


def _in_sentence(free: Sequence[Account], tells: Tells, span: tuple[int, int]) -> list[Account]:
    near = [each for each in free if any(m.sentence[0] <= span[0] < m.sentence[1] for m in each.event.mentions)]
    return [each for each in near if each.event.type == tells.type]


def _is_right(account: Account, tells: Tells, happening: Happening) -> bool:
    event = account.event
    if event.type != tells.type or class_of(event.modality) != "fact" or event.time is None:
        return False
    if event.time.end < happening.first or happening.last < event.time.start:
        return False
    sides = [(event.source, {happening.source}), (event.target, {happening.target})]
    if is_mutual(event):
        return len({*event.source, *event.target}) > 1 and _is_of(
            account, (*event.source, *event.target), {happening.source, happening.target}
        )
    return all(_is_of(account, ids, countries - {""}) for ids, countries in sides)


def _is_of(account: Account, ids: Sequence[str], countries: set[str]) -> bool:
    """Tell whether there is somebody just where there should be, and nobody of another country."""
    known = {actor.country for actor in account.judged.record.actors if actor.id in ids and actor.country}
    return bool(ids) == bool(countries) and known <= countries


def _day(account: Account) -> bool:
    return account.event.time is not None and account.event.time.start == account.event.time.end


def _is_joined(pair: Pair, graph: Graph) -> bool:
    homes = [graph.homes[each.account.told_at] for each in pair if each.account]
    return len(homes) == 2 and homes[0] == homes[1]


def _tally(pairs: Iterable[Pair], graph: Graph) -> Tally:
    wanted = [(_is_joined(pair, graph), _are_one(pair)) for pair in pairs]
    return Tally(sum(joined and one for joined, one in wanted), *(sum(each) for each in zip(*wanted, strict=True)))


def _are_one(pair: Pair) -> bool:
    return pair[0].tells.event == pair[1].tells.event


def _missed(pairs: Iterable[Pair], graph: Graph) -> dict[str, int]:
    apart = [pair for pair in pairs if _are_one(pair) and not _is_joined(pair, graph)]
    reasons = [_kept_apart(one.account, other.account) for one, other in apart if one.account and other.account]
    return dict(Counter(reasons).most_common())


def _kept_apart(one: Account, other: Account) -> str:
    """Return what keeps two accounts apart: what their keys differ in goes before what does not fit."""
    if name_of(one.event.type) != name_of(other.event.type):
        return "key: type"
    if class_of(one.event.modality) != class_of(other.event.modality):
        return "key: modality"
    if not (one.key and other.key):
        return "key: a party or the days unknown"
    if one.key != other.key:
        return "key: parties"
    return difference(one, other) or "ambiguous"


def _copies(tellings: Iterable[Telling], graph: Graph) -> Tally:
    wanted = {(each.id, each.copy_of) for each in tellings if each.copy_of}
    return Tally(len(wanted & graph.copies), len(graph.copies), len(wanted))
