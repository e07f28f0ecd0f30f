"""A change of the graph, the same for both stores: articles taken away, others put in, and all that hangs on them.

What several articles decide together - near copies, events told by several, contradictions - is worked out anew for
just those parts that the change can touch, so that the graph is always the one that its articles give.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kg.graph.accounts import Account, is_denied, opposite
from kg.graph.copies import BANDS, are_copies, bands, originals, shingles
from kg.graph.delta import article_part, contradiction, copy_part, event_id, event_part, ties
from kg.graph.fitting import fit
from kg.graph.joining import begun, reached, touched
from kg.graph.judged import Judged
from kg.graph.keys import day_number
from kg.model import Edge, Label, Node, Record
from kg.stores import cypher
from kg.stores.cypher import Reach, Write
from kg.stores.remembered import Known, Remembered

Row = Mapping[str, Any]
Run = Callable[[Write], Sequence[Row]]
"""Runs a text with its rows and gives the rows it returns."""

Fetch = Callable[[Sequence[str]], Mapping[str, Judged]]
"""Gives the records of articles that are stored, as they are judged."""

_IDENTITY = ("full_name", "kind", "country", "qid")

Told = tuple[str, str]  # an article, and the id of an event in it
Days = tuple[date, date]
Group = tuple[Account, ...]


@dataclass(slots=True)
class _Articles:
    """The articles that are in the graph after the change, fetched as they are needed."""

    run: Run
    fetch: Fetch
    remembered: Remembered
    leaving: frozenset[str]
    arriving: Mapping[str, Judged]
    known: dict[str, Known] = field(default_factory=dict)
    shingled: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def away(self) -> frozenset[str]:
        """The articles that go or come: what the graph holds of them is no longer so."""
        return self.leaving | self.arriving.keys()

    def shingles(self, article: str) -> frozenset[str]:
        """Return the shingles of the text of an article that was needed."""
        if article not in self.shingled:
            self.shingled[article] = shingles(self.record(article).article.text)
        return self.shingled[article]

    def need(self, articles: Iterable[str]) -> None:
        """Have these articles at hand."""
        wanted = sorted({*articles} - self.known.keys())
        stored = [article for article in wanted if article not in self.arriving]
        digests = {row["article"]: row["digest"] for row in self.rows(cypher.DIGESTS, stored)}
        self.known.update(self.remembered.find(digests))
        fetched = self.fetch(unknown) if (unknown := [each for each in stored if each not in self.known]) else {}
        fetched = {**fetched, **{article: self.arriving[article] for article in wanted if article in self.arriving}}
        for article, judged in fetched.items():
            self.known[article] = Known.of(judged)
            self.remembered.keep(self.known[article])

    def record(self, article: str) -> Record:
        """Return the record of an article that was needed, as it is judged."""
        return self.known[article].judged.record

    def told(self, article: str) -> Iterable[Account]:
        """Return the accounts of an article that was needed."""
        return self.known[article].accounts.values()

    def at(self, rows: Sequence[Row]) -> list[Account]:
        """Return the accounts that rows name by `article` and `event`."""
        self.need(row["article"] for row in rows)
        return [self.known[row["article"]].accounts[row["event"]] for row in rows]

    def rows(self, text: str, rows: Iterable[Any]) -> Iterator[Row]:
        """Yield what the graph holds as it still is."""
        for write in cypher.read(text, rows):
            yield from self.run(write)

    def staying(self, text: str, rows: Iterable[Any]) -> Iterator[Row]:
        """Yield what the graph holds of articles that neither go nor come."""
        away = self.away
        return (row for row in self.rows(text, rows) if row["article"] not in away)


@dataclass(frozen=True, slots=True)
class _Copies:
    """Whom the articles that the change can touch are near copies of, now and before, and their keys."""

    now: Mapping[str, str]
    before: Mapping[str, str]
    bands: Mapping[str, tuple[str, ...]]

    def changed(self) -> set[str]:
        """Return the articles of which that is new or no longer so."""
        return {article for article in {*self.now, *self.before} if self.now.get(article) != self.before.get(article)}


@dataclass(frozen=True, slots=True)
class _Events:
    """The events that are written, each told by a group of accounts, and the nodes that they take the place of."""

    groups: Sequence[Group]
    replaced: Collection[str]


def change(
    run: Run,
    fetch: Fetch,
    remembered: Remembered,
    reach: Reach,
    *,
    gone: Collection[str],
    come: Sequence[Judged],
) -> None:
    """Take articles out of the graph and put others in; an article that is replaced is among both.

    What is `remembered` of articles need not be fetched, and what is fetched is remembered.
    """
    arriving = {judged.record.article.id: judged for judged in come}
    articles = _Articles(run, fetch, remembered, frozenset(gone), arriving)
    articles.need(arriving)
    copies = _copies(articles)
    events = _events(articles, copies.changed() - arriving.keys())
    nodes, edges = _parts(articles, copies, events)
    shared = _shared(run, gone, events.replaced, reach)
    for write in _removals(gone, copies, events, reach):
        run(write)
    for write in cypher.writes(nodes, edges):
        run(write)
    for write in _identities(run, arriving.values(), shared[Label.ACTOR]):
        run(write)
    for label, ids in sorted(shared.items()):
        for write in cypher.orphans(label, ids):
            run(write)


def _shared(run: Run, articles: Collection[str], events: Collection[str], reach: Reach) -> dict[Label, set[str]]:
    """Return the shared nodes that may be left alone when articles and events go."""
    found: dict[Label, set[str]] = defaultdict(set)
    for label, write in cypher.brought(articles, events, reach):
        found[label].update(row["id"] for row in run(write))
    return found


def _identities(run: Run, come: Iterable[Judged], leaving: Collection[str]) -> Iterator[Write]:
    """Yield what gives actors who are not the same in all articles the identity that the latest of these has."""
    arriving = {(each.id, each.name, each.kind, each.country, each.qid) for one in come for each in one.record.actors}
    rows = [dict(zip(("id", *_IDENTITY), each, strict=True)) for each in sorted(arriving, key=repr)]
    asked = [*cypher.read(cypher.DIFFERENT, rows), *cypher.read(cypher.VARIED, sorted({*leaving, *_ids(rows)}))]
    several: dict[str, list[Row]] = defaultdict(list)
    for write in cypher.read(cypher.IDENTITIES, sorted({key for each in asked for key in _ids(run(each))})):
        for row in run(write):
            several[row["id"]].append(row)
    found = []
    for actor, told in sorted(several.items()):
        latest = max(told, key=lambda row: str(row["latest"]))
        found.append({"id": actor, "properties": {**{key: latest[key] for key in _IDENTITY}, "identities": len(told)}})
    return cypher.read(cypher.IDENTIFY, found)


def _ids(rows: Iterable[Row]) -> Iterator[str]:
    return (row["id"] for row in rows)


def _removals(gone: Collection[str], copies: _Copies, events: _Events, reach: Reach) -> Iterator[Write]:
    yield from cypher.event_removals(events.replaced)
    yield from cypher.removals(gone, reach)
    yield from cypher.read(cypher.UNLINK_COPIES, sorted(copies.changed() & copies.before.keys()))


def _copies(articles: _Articles) -> _Copies:
    keys: dict[str, tuple[str, ...]] = {}
    pairs: set[tuple[str, str]] = set()
    seen: set[str] = set()
    waiting = {*articles.arriving, *(row["article"] for row in articles.staying(cypher.COPIES, sorted(articles.away)))}
    while waiting:
        seen |= waiting
        found = set(_alike(articles, waiting, keys)) - pairs
        known = set(_known_copies(articles, {article for pair in found for article in pair} - seen))
        pairs |= found | known
        seen |= {article for pair in known for article in pair}
        waiting = {article for pair in found for article in pair} - seen
    articles.need(seen)
    now = originals(pairs, lambda article: _order(articles.record(article)))
    before = {row["article"]: row["original"] for row in articles.staying(cypher.ORIGINALS, sorted(seen))}
    return _Copies(now, before, keys)


def _known_copies(articles: _Articles, some: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of near copies that articles are in whose copies all stay, as the graph has them."""
    several = {*some, *(row["article"] for row in articles.staying(cypher.COPIES, sorted(some)))}
    for row in articles.staying(cypher.ORIGINALS, sorted(several)):
        yield row["article"], row["original"]


def _order(record: Record) -> tuple[str, str]:
    """Return what orders near copies: the earliest is the original, undated ones come last."""
    return record.article.published or "9999", record.article.id


def _alike(articles: _Articles, some: Collection[str], keys: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of near copies that some articles are in, each in the order of their ids."""
    articles.need(some)
    for article in {*some, *articles.arriving} - keys.keys():
        keys[article] = bands(articles.shingles(article))
    candidates = {pair for number in range(BANDS) for pair in _sharing(articles, some, keys, number)}
    articles.need(article for pair in candidates for article in pair)
    for first, second in sorted(candidates):
        if are_copies(articles.shingles(first), articles.shingles(second)):
            yield first, second


def _sharing(
    articles: _Articles, some: Collection[str], keys: Mapping[str, tuple[str, ...]], number: int
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of articles that share their key of a number."""
    mine = {article: keys[article][number] for article in sorted(some) if keys[article]}
    others: dict[str, list[str]] = defaultdict(list)
    for article in articles.arriving:
        if keys[article]:
            others[keys[article][number]].append(article)
    rows = [{"asked": article, "band": band} for article, band in mine.items()]
    stored = [(row["asked"], row["article"]) for row in articles.staying(cypher.alike(number), rows)]
    arriving = [(article, other) for article, band in mine.items() for other in others[band]]
    yield from {(min(pair), max(pair)) for pair in (*stored, *arriving) if pair[0] != pair[1]}


def _events(articles: _Articles, recopied: Collection[str]) -> _Events:
    tellers = _tellers(articles, recopied)
    stale = {row["home"] for row in tellers}
    fresh = [account for article in articles.arriving for account in articles.told(article)]
    stretches = [(key, *run) for key, days in sorted(_days(tellers, fresh).items()) for run in _runs(days)]
    by_key: dict[str, list[Account]] = defaultdict(list)
    for account in fresh:
        by_key[account.key].append(account)
    around = _Around(articles, by_key, stretches)
    around.read({number: _wide(stretch) for number, stretch in enumerate(stretches)})
    found = [group for number, each in enumerate(stretches) for group in _regrouped(around, number, each, stale)]
    groups = {group[0].told_at: group for group in found}.values()
    replaced = stale | {around.homes[told] for group in groups for told in _places(group) if told in around.homes}
    return _Events([*((account,) for account in fresh if not account.key), *groups], replaced)


def _tellers(articles: _Articles, recopied: Collection[str]) -> list[Row]:
    """Return the accounts of the events that articles which go tell of, and of those of several with a new copy."""
    leaving = {row["home"] for row in articles.rows(cypher.TOLD_BY, sorted(articles.away))}
    copied = {row["home"] for row in articles.rows(cypher.TOLD_BY, sorted(recopied))} - leaving
    rows = list(articles.rows(cypher.TELLERS, sorted(leaving | copied)))
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["home"]] += 1
    return [row for row in rows if row["home"] in leaving or counts[row["home"]] > 1]


def _days(tellers: Iterable[Row], fresh: Iterable[Account]) -> dict[str, list[Days]]:
    """Return the days on which accounts of each key change."""
    found: dict[str, list[Days]] = defaultdict(list)
    for row in tellers:
        if row["key"]:
            found[row["key"]].append((_day(row["first"]), _day(row["last"])))
    for account in fresh:
        if account.key:
            found[account.key].append(account.span)
    return found


def _runs(days: Iterable[Days]) -> list[Days]:
    """Return stretches of days, those that are near each other as one."""
    found: list[Days] = []
    for first, last in sorted(days):
        if found and first <= reached(*found[-1])[1]:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def _day(number: int) -> date:
    return date(number // 10_000, number // 100 % 100, number % 100)


Stretch = tuple[str, date, date]  # days, of accounts of a key


def _wide(stretch: Stretch) -> Stretch:
    key, first, last = stretch
    return (key, *reached(*reached(first, last)))


@dataclass(slots=True)
class _Around:
    """The accounts near those that change, read for all stretches at once and again where that is not far enough.

    Rows tell of events with all their days, `first` to `last`; the accounts are made of those alone that are asked for.
    """

    articles: _Articles
    fresh: Mapping[str, Sequence[Account]]
    stretches: Sequence[Stretch]
    homes: dict[Told, str] = field(default_factory=dict)
    known: dict[int, Days] = field(default_factory=dict)
    stored: dict[int, list[Row]] = field(default_factory=dict)

    def read(self, stretches: Mapping[int, Stretch]) -> None:
        """Read the events of stretches, each known by a number, and have those at hand that decide in any case."""
        self.stored.update((number, []) for number in stretches)
        rows = [{"number": number, **_between(*each)} for number, each in sorted(stretches.items())]
        for row in self.articles.staying(cypher.NEAR, rows):
            self.stored[row["number"]].append(row)
            self.homes[row["article"], row["event"]] = row["home"]
        self.known.update((number, (first, last)) for number, (_, first, last) in stretches.items())
        self.articles.need(row["article"] for number in stretches for row in self._deciding(number))

    def near(self, number: int, first: date, last: date) -> list[Account]:
        """Return the accounts of a stretch's key between two days."""
        key, low, high = self.stretches[number][0], *self.known[number]
        if first < low or last > high:
            self.read({number: (key, min(first, low), max(last, high))})
        stored = self.articles.at(_touching(self.stored[number], first, last))
        return [each for each in (*stored, *self.fresh.get(key, ())) if each.touches(first, last)]

    def _deciding(self, number: int) -> list[Row]:
        """Return the events of the changing days, with those near them where one of several days is among them."""
        key, first, last = self.stretches[number]
        rows = _touching(self.stored[number], first, last)
        is_vague = any(row["first"] < row["last"] for row in rows) or any(
            each.days > 1 for each in self.fresh.get(key, ()) if each.touches(first, last)
        )
        return _touching(self.stored[number], *reached(first, last)) if is_vague else rows


def _touching(rows: Iterable[Row], first: date, last: date) -> list[Row]:
    """Return the events that can have been between two days."""
    low, high = _number(first), _number(last)
    return [row for row in rows if row["first"] <= high and low <= row["last"]]


def _between(key: str, first: date, last: date) -> Row:
    return {"key": key, "begin": _number(begun(first)), "first": _number(first), "last": _number(last)}


def _number(day: date) -> int:
    return day_number(day.isoformat())


def _regrouped(around: _Around, number: int, stretch: Stretch, stale: Collection[str]) -> list[Group]:
    """Return the events of a key that are other than the graph has them, or stale."""
    _, first, last = stretch
    groups = touched(first, last, lambda low, high: around.near(number, low, high))
    members: dict[str, set[Told]] = defaultdict(set)
    for row in around.stored[number]:
        members[row["home"]].add((row["article"], row["event"]))
    return [group for group in groups if _is_other(group, around.homes, members, stale)]


def _is_other(
    group: Group, homes: Mapping[Told, str], members: Mapping[str, set[Told]], stale: Collection[str]
) -> bool:
    """Tell whether a group is not just an event that the graph has."""
    before = {homes.get(told) for told in _places(group)}
    home = next(iter(before))
    return len(before) > 1 or home is None or home in stale or members[home] != {*_places(group)}


def _places(group: Group) -> list[Told]:
    return [account.told_at for account in group]


def _parts(articles: _Articles, copies: _Copies, events: _Events) -> tuple[list[Node], list[Edge]]:
    """Return all that is written: the articles that come, links of copies, events and what holds between events."""
    away, changed = articles.away, copies.changed()
    parts = [article_part(judged, copies.bands[article]) for article, judged in articles.arriving.items()]
    told_in = {account.told_at[0] for group in events.groups for account in group}
    known = {row["article"]: row["original"] for row in articles.staying(cypher.ORIGINALS, sorted(told_in))}
    copied = {**known, **copies.now, **{article: article for article in changed - copies.now.keys()}}
    parts += [event_part(group, copied) for group in events.groups]
    linked = [
        copy_part(article, original)
        for article, original in sorted(copies.now.items())
        if article in changed or {article, original} & away
    ]
    between = [*_ties(articles, events), *_contradictions(articles, events)]
    nodes = [node for part in parts for node in part.nodes]
    return nodes, [*(edge for part in parts for edge in part.edges), *linked, *between]


def _ties(articles: _Articles, events: _Events) -> Iterator[Edge]:
    """Yield what the events that are written have to do with others of their articles, and those with them."""
    accounts = {account.told_at: account for group in events.groups for account in group}
    tied = [article for article in sorted({article for article, _ in accounts}) if _has_ties(articles.record(article))]
    homes = {(row["article"], row["event"]): row["home"] for row in articles.staying(cypher.TOLD_BY, tied)}
    homes |= {account.told_at: event_id(group) for group in events.groups for account in group}
    for article in tied:
        written = {homes[told] for told in accounts if told[0] == article}
        for account in articles.told(article):
            yield from (edge for edge in ties(account, homes) if {edge.start[1], edge.end[1]} & written)


def _has_ties(record: Record) -> bool:
    return any(event.about or event.part_of for event in record.events)


def _contradictions(articles: _Articles, events: _Events) -> Iterator[Edge]:
    """Yield which of the events that are written, and those that stay, deny what others tell as facts."""
    asking = [group for group in events.groups if opposite(group[0].key)]
    by_key: dict[str, dict[str, Sequence[Account]]] = defaultdict(dict)
    for group in asking:
        by_key[group[0].key][event_id(group)] = group
    found: set[tuple[str, str]] = set()
    for group, staying in zip(asking, _opposed(articles, events, asking), strict=True):
        for home, accounts in (by_key[opposite(group[0].key)] | staying).items():
            if any(fit(one, other) for one in group for other in accounts):
                found.add((event_id(group), home) if is_denied(group[0].key) else (home, event_id(group)))
    return (contradiction(denied, fact) for denied, fact in sorted(found))


def _opposed(articles: _Articles, events: _Events, groups: Sequence[Group]) -> list[dict[str, Sequence[Account]]]:
    """Return, for each group, the accounts of events that stay and are of the opposite key, in its days."""
    rows = [
        {
            "number": number,
            **_between(
                opposite(group[0].key), min(each.span[0] for each in group), max(each.span[1] for each in group)
            ),
        }
        for number, group in enumerate(groups)
    ]
    near = [row for row in articles.staying(cypher.NEAR, rows) if row["home"] not in events.replaced]
    found: list[dict[str, list[Account]]] = [defaultdict(list) for _ in groups]
    for row, account in zip(near, articles.at(near), strict=True):
        found[row["number"]][row["home"]].append(account)
    return [dict(each) for each in found]
