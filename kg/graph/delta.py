"""What articles say turned into parts of the graph; `docs/data-model.md` draws the model."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import combinations

from kg.graph.accounts import Account, is_mutual
from kg.graph.checks import CONTEXT_SEPARATOR, check
from kg.graph.judged import Judged, Standing
from kg.graph.keys import day_number, days_within, dyad_id, own_id, place_id, shown_date, topic_id
from kg.model import (
    NAMED,
    Actor,
    Delta,
    Edge,
    Label,
    Link,
    Node,
    Place,
    Record,
    Stamp,
    Statement,
    Time,
    Topic,
    Value,
    digest,
    encode,
)

JOINED = "; "
"""What parts the values of a property that holds several."""

_UNDATED = 99_999_999
"""What stands for the day where none is known, so that it sorts last."""


def article_part(judged: Judged, bands: Sequence[str]) -> Delta:
    """Return the nodes and relationships that an article alone brings, its events left out.

    `bands` are the keys by which its near copies are found. Shared nodes stand once. Raises SourceError where an id
    stands twice or a reference leads nowhere.
    """
    record = judged.record
    check(record)
    nodes = (_article(judged, bands), *_sentences(record), *_actors(record), *_statements(judged))
    topics = _topics(topic for statement in record.statements for topic in statement.topics)
    return Delta(record.article.id, (*nodes, *topics), (*_places_in_text(record), *_statement_edges(record)))


def copy_part(article: str, original: str) -> Edge:
    """Return the relationship of a near copy to the first of its copies."""
    return Edge(Link.COPY_OF, (Label.ARTICLE, article), (Label.ARTICLE, original), {"article": article})


def event_part(accounts: Sequence[Account], originals: Mapping[str, str]) -> Delta:
    """Return the node of an event that some accounts tell of, its topics and place, and what leads from it and to it.

    Relationships to other events are left out. `originals` holds, for articles that are near copies, whom they are
    copies of.
    """
    own = event_id(accounts)
    event = Node(Label.EVENT, own, _event_properties(accounts, originals))
    topics = _topics(topic for account in accounts for topic in account.event.topics)
    dyads, between = _dyads(own, accounts)
    edges = (
        *_roles(own, accounts),
        *between,
        *_about_what(own, accounts),
        *_evidence(own, accounts),
        *_tellings(own, accounts),
    )
    return Delta(accounts[0].told_at[0], (event, *topics, *_places(accounts), *dyads), edges)


def event_id(accounts: Sequence[Account]) -> str:
    """Return the id of the node of an event: that of its first account."""
    return account_id(accounts[0].told_at)


def account_id(place: tuple[str, str]) -> str:
    """Return the id that an event has whose only account is this one, told by article and event."""
    return own_id(*place)


def ties(account: Account, homes: Mapping[tuple[str, str], str]) -> Iterator[Edge]:
    """Yield what an account's event has to do with others of its article; `homes` holds the nodes of accounts."""
    article, event = account.told_at[0], account.event
    own = (Label.EVENT, homes[account.told_at])
    for position, other in enumerate(event.about):
        yield Edge(Link.ABOUT, own, (Label.EVENT, homes[article, other]), {"article": article, "position": position})
    if event.part_of is not None:
        whole = (Label.EVENT, homes[article, event.part_of])
        yield Edge(Link.PART_OF, own, whole, {"article": article, "position": 0})


def contradiction(denied: str, fact: str) -> Edge:
    """Return the relationship between an event that is said not to have happened and the same told as a fact."""
    return Edge(Link.CONTRADICTS, (Label.EVENT, denied), (Label.EVENT, fact), {})


def record_digest(record: Record) -> str:
    """Return the SHA-256 of a record as it is encoded, by which an unchanged article is known."""
    return digest(encode(record).decode())


def sentence_id(article: str, span: tuple[int, int]) -> str:
    """Return the id of a sentence."""
    return own_id(article, f"{span[0]}-{span[1]}")


def _article(judged: Judged, bands: Sequence[str]) -> Node:
    article = judged.record.article
    properties: dict[str, Value] = {
        "headline": article.title,
        "url": article.url,
        "outlet": article.source,
        "text": article.text,
        "published": article.published,
        "published_day": day_number(article.published),
        "language": article.language,
        "sha256": article.sha256,
        "date_source": article.date_source,
        "digest": judged.digest,
        **_stands(judged.article),
        **{band_key(number): band for number, band in enumerate(bands)},
    }
    return Node(Label.ARTICLE, article.id, properties | _made_with(judged.record))


def band_key(number: int) -> str:
    """Return the name of the property that holds one of the keys by which near copies are found."""
    return f"band_{number:02}"


def _stands(standing: Standing | None) -> dict[str, Value]:
    return {"standing": standing.verdict if standing else "", "judged": standing.note if standing else ""}


def _made_with(record: Record) -> dict[str, Value]:
    names = (field.name for field in fields(Stamp))
    return {f"made_with_{name}": getattr(record.made_with, name, None) for name in names}


def _sentences(record: Record) -> Iterator[Node]:
    article = record.article
    for position, (start, end) in enumerate(record.sentences):
        own = sentence_id(article.id, (start, end))
        text: dict[str, Value] = {"text": article.text[start:end], "start_at": start, "end_at": end}
        yield Node(Label.SENTENCE, own, {"article": article.id, "position": position, **text})


def _actors(record: Record) -> Iterator[Node]:
    for actor in record.actors:
        yield Node(Label.ACTOR, actor.id, {**_identity(actor), "identities": 1})


def _identity(actor: Actor) -> dict[str, Value]:
    return {"full_name": actor.name, "kind": actor.kind, "country": actor.country, "qid": actor.qid}


def _statements(judged: Judged) -> Iterator[Node]:
    article = judged.record.article.id
    for position, statement in enumerate(judged.record.statements):
        properties: dict[str, Value] = {
            "statement_id": statement.id,
            "article": article,
            "position": position,
            "text": statement.text,
            "start_at": statement.start,
            "end_at": statement.end,
            "cue": statement.cue,
            "direct": statement.direct,
            **_dates(statement.time),
            "sort_key": _sort_key(statement.time, article, statement.start, statement.id),
            **_stands(judged.article),
        }
        yield Node(Label.STATEMENT, own_id(article, statement.id), properties)


def _event_properties(accounts: Sequence[Account], originals: Mapping[str, str]) -> dict[str, Value]:
    first, event = accounts[0], accounts[0].event
    typed = [each.event for each in accounts if each.event.type == event.type]
    scored = max(typed, key=lambda each: len(each.cameo or ""))
    time = _narrowest(accounts)
    article = first.told_at[0]
    modalities = {each.event.modality for each in accounts}
    return {
        "event_id": event.id,
        "article": article,
        "position": first.position,
        "event_type": event.type,
        "mode": next((each.mode for each in typed if each.mode), None),
        "contexts": CONTEXT_SEPARATOR.join(_distinct(each for told in accounts for each in told.event.contexts)),
        "cameo": scored.cameo,
        "quad": event.quad,
        "goldstein": scored.goldstein,
        "plover_score": scored.plover_score,
        "symmetric": event.symmetric,
        "modality": "actual" if "actual" in modalities else event.modality,
        "confidence": max(each.event.confidence for each in accounts),
        "rule": event.rule,
        **_dates(time),
        **_scene(accounts),
        "surface": event.mentions[0].text,
        "sentence": sentence_id(article, event.mentions[0].sentence),
        "sort_key": _sort_key(time, article, event.mentions[0].start, event.id),
        "outlets": JOINED.join(_distinct(each.judged.record.article.source or "" for each in accounts)),
        "articles": len(accounts),
        "corroboration": len(independent(accounts, originals)),
        "join_key": first.key,
        **_reach(accounts),
        **_stands(first.standing),
    }


def independent(accounts: Sequence[Account], originals: Mapping[str, str]) -> set[str]:
    """Return the outlets that tell of an event by themselves: near copies count as the first of them."""
    articles = [each.judged.record.article for each in accounts]
    return {*outlets_behind({each.id: each.source or "" for each in articles}, originals).values()}


def outlets_behind(outlets: Mapping[str, str], originals: Mapping[str, str]) -> dict[str, str]:
    """Return the outlet that each article speaks for: near copies for that of the first of them.

    `outlets` holds the outlets of the articles, empty where not known: then the original itself stands for it.
    """
    first: dict[str, str] = {}
    for article in sorted(outlets):
        original = originals.get(article, article)
        first.setdefault(original, outlets[article] or original)
    return {article: first[originals.get(article, article)] for article in outlets}


def _distinct(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text]


def _narrowest(accounts: Sequence[Account]) -> Time | None:
    """Return the shortest of the spans that accounts give, the first of several, None where none gives any."""
    return min(accounts, key=lambda each: (each.event.time is None, each.days)).event.time


def _reach(accounts: Sequence[Account]) -> dict[str, Value]:
    """Return the first and the last day that any account gives, 0 where they can be joined with no other."""
    spans = [each.span for each in accounts if each.key]
    days = [day.isoformat() for day in (min(s for s, _ in spans), max(e for _, e in spans))] if spans else [None, None]
    return {"reach_from": day_number(days[0]), "reach_to": day_number(days[1])}


def _dates(time: Time | None) -> dict[str, Value]:
    return {
        "date": shown_date(time),
        "date_first": time.start if time else None,
        "date_last": time.end if time else None,
        "date_text": time.text if time else None,
        **_days(time),
    }


def _days(time: Time | None) -> dict[str, Value]:
    first, last = (day_number(day) for day in ((time.start, time.end) if time else (None, None)))
    return {"day_from": first, "day_to": last, "span": days_within(first, last)}


def _sort_key(time: Time | None, article: str, start: int, local: str) -> str:
    day = day_number(time.start if time else None) or _UNDATED
    return f"{day:08d} {article} {start:08d} {local}"


def _topics(topics: Iterable[Topic]) -> Iterator[Node]:
    for name in sorted({topic.name for topic in topics}):
        yield Node(Label.TOPIC, topic_id(name), {"full_name": name})


def _places(accounts: Sequence[Account]) -> Iterator[Node]:
    if (told := _placed(accounts)) is not None:
        _, place = told
        where: dict[str, Value] = {"country": place.country, "lat": place.lat, "lon": place.lon}
        yield Node(Label.PLACE, place_id(place), {"full_name": place.name, **where})


def _placed(accounts: Sequence[Account]) -> tuple[Account, Place] | None:
    """Return the first account that tells a place with coordinates, else the first that tells any, and the place."""
    told = [(account, account.event.place) for account in accounts if account.event.place]
    return next((each for each in told if each[1].lat is not None), told[0] if told else None)


def _scene(accounts: Sequence[Account]) -> dict[str, Value]:
    """Return name and country of the place, which the event holds too: most questions need no more of it."""
    told = _placed(accounts)
    return {"place": told[1].name, "place_country": told[1].country} if told else {"place": None, "place_country": None}


def _places_in_text(record: Record) -> Iterator[Edge]:
    article = (Label.ARTICLE, record.article.id)
    brought: dict[str, Value] = {"article": record.article.id}
    for position, span in enumerate(record.sentences):
        sentence = (Label.SENTENCE, sentence_id(record.article.id, span))
        yield Edge(Link.PART_OF, sentence, article, {**brought, "position": position})
    for position, actor in enumerate(record.actors):
        mentions = list(_mention_edges(record, actor))
        named = [mention.end[1] for mention in mentions if mention.properties["form"] in NAMED]
        here = {
            **brought,
            "position": position,
            "cameo": actor.cameo,
            "named": len(named),
            "named_in": named[0] if named else None,
            **_identity(actor),
        }
        yield Edge(Link.APPEARS_IN, (Label.ACTOR, actor.id), article, here)
        yield from mentions


def _mention_edges(record: Record, actor: Actor) -> Iterator[Edge]:
    order = sorted(record.sentences)
    for position, mention in enumerate(actor.mentions):
        index = max(bisect_right(order, mention.start, key=lambda span: span[0]) - 1, 0)
        sentence = sentence_id(record.article.id, order[index])
        properties: dict[str, Value] = {
            **_spanned(record.article.id, position, (mention.start, mention.end), mention.text),
            "form": mention.form,
        }
        yield Edge(Link.MENTIONED_IN, (Label.ACTOR, actor.id), (Label.SENTENCE, sentence), properties)


def _roles(own: str, accounts: Sequence[Account]) -> Iterator[Edge]:
    """Yield one relationship for each actor and side, from the first account that names the actor."""
    days = _days(_narrowest(accounts))
    positions = Counter[Link]()
    for account, link, actor in _named(accounts):
        codes = {each.id: each.cameo for each in account.judged.record.actors}
        properties: dict[str, Value] = {
            "article": account.told_at[0],
            "position": positions[link],
            "actor": actor,
            "cameo": codes[actor],
            "event_type": accounts[0].event.type,
            **days,
        }
        positions[link] += 1
        yield Edge(link, (Label.ACTOR, actor), (Label.EVENT, own), properties)


def _dyads(own: str, accounts: Sequence[Account]) -> tuple[list[Node], list[Edge]]:
    """Return a node for each two actors who take part, and what leads to it: a dyad is asked for without its actors."""
    first = accounts[0]
    told: dict[str, Value] = {
        "article": first.told_at[0],
        "event_type": first.event.type,
        **_days(_narrowest(accounts)),
    }
    nodes: list[Node] = []
    edges: list[Edge] = []
    parties = {actor for each in accounts for actor in (*each.event.source, *each.event.target)}
    for position, (one, other) in enumerate(combinations(sorted(parties), 2)):
        dyad = dyad_id(one, other)
        nodes.append(Node(Label.DYAD, dyad, {"one": one, "other": other}))
        edges.append(
            Edge(Link.BETWEEN, (Label.EVENT, own), (Label.DYAD, dyad), told | {"position": position, "dyad": dyad})
        )
    return nodes, edges


def _named(accounts: Sequence[Account]) -> Iterator[tuple[Account, Link, str]]:
    """Yield who takes part; where sides do not matter, a party keeps the one on which an earlier account has it."""
    known: set[tuple[Link, str]] = set()
    for account in accounts:
        event, before = account.event, {actor for _, actor in known}
        for link, actors in ((Link.SOURCE_OF, event.source), (Link.TARGET_OF, event.target)):
            for actor in actors:
                if (link, actor) not in known and not (is_mutual(accounts[0].event) and actor in before):
                    known.add((link, actor))
                    yield account, link, actor


def _about_what(own: str, accounts: Sequence[Account]) -> Iterator[Edge]:
    """Yield the topics of each account, and the place."""
    event = (Label.EVENT, own)
    topics = [(account.told_at[0], topic) for account in accounts for topic in account.event.topics]
    for position, (article, topic) in enumerate(topics):
        yield _topic_edge(article, position, event, topic)
    if (told := _placed(accounts)) is not None:
        account, place = told
        yield _place_edge(account.judged.record, event, place)


def _evidence(own: str, accounts: Sequence[Account]) -> Iterator[Edge]:
    event = (Label.EVENT, own)
    triggers = [(account.told_at[0], trigger) for account in accounts for trigger in account.event.mentions]
    for position, (article, trigger) in enumerate(triggers):
        sentence = (Label.SENTENCE, sentence_id(article, trigger.sentence))
        span = _spanned(article, position, (trigger.start, trigger.end), trigger.text)
        yield Edge(Link.EVIDENCED_BY, event, sentence, span)
    voices = [(account.told_at[0], voice) for account in accounts for voice in account.event.attributions]
    for position, (article, voice) in enumerate(voices):
        statement = None if voice.statement is None else own_id(article, voice.statement)
        told: dict[str, Value] = {"article": article, "position": position, "stance": voice.stance}
        yield Edge(Link.ACCORDING_TO, event, (Label.ACTOR, voice.speaker), told | {"statement": statement})


def _tellings(own: str, accounts: Sequence[Account]) -> Iterator[Edge]:
    for position, account in enumerate(accounts):
        article, event = account.told_at
        told: dict[str, Value] = {
            "article": article,
            "position": position,
            "event_id": event,
            "modality": account.event.modality,
            "confidence": account.event.confidence,
            "date": shown_date(account.event.time),
        }
        yield Edge(Link.TOLD_IN, (Label.EVENT, own), (Label.ARTICLE, article), told)


def _topic_edge(article: str, position: int, own: tuple[Label, str], topic: Topic) -> Edge:
    span = _spanned(article, position, (topic.start, topic.end), topic.text)
    return Edge(Link.HAS_TOPIC, own, (Label.TOPIC, topic_id(topic.name)), span)


def _place_edge(record: Record, own: tuple[Label, str], place: Place) -> Edge:
    surface = record.article.text[place.start : place.end]
    span = _spanned(record.article.id, 0, (place.start, place.end), surface)
    return Edge(Link.TOOK_PLACE_AT, own, (Label.PLACE, place_id(place)), span)


def _statement_edges(record: Record) -> Iterator[Edge]:
    article = record.article.id
    brought: dict[str, Value] = {"article": article}
    for statement in record.statements:
        own = (Label.STATEMENT, own_id(article, statement.id))
        speaker = (Label.ACTOR, statement.speaker)
        yield Edge(Link.SAID, speaker, own, {**brought, **_days(statement.time)})
        if statement.addressee is not None:
            yield Edge(Link.ADDRESSED_TO, own, (Label.ACTOR, statement.addressee), brought)
        for position, span in enumerate(_touched(record, statement)):
            sentence = (Label.SENTENCE, sentence_id(article, span))
            yield Edge(Link.STATED_IN, own, sentence, {**brought, "position": position})
        yield from (_topic_edge(article, position, own, topic) for position, topic in enumerate(statement.topics))


def _touched(record: Record, statement: Statement) -> tuple[tuple[int, int], ...]:
    """Return the sentences that a statement touches, or else the nearest one before it."""
    order = sorted(record.sentences)
    touched = tuple(span for span in order if span[0] < statement.end and statement.start < span[1])
    before = [span for span in order if span[0] <= statement.start] or order
    return touched or (before[-1],)


def _spanned(article: str, position: int, span: tuple[int, int], surface: str) -> dict[str, Value]:
    start, end = span
    return {
        "article": article,
        "position": position,
        "start_at": start,
        "end_at": end,
        "surface": surface,
    }
