"""A graph of very many events, written straight into a store by Cypher: nobody reads, joins or judges them.

Two actors and a day, a topic and a place are drawn for each event, a few of them all the time and most of them rarely;
with a hub, one actor takes part in all. Five events share an article of one sentence; one of them has a topic and a
place, and one actor vouches for it. One event in five hundred is known to a year, one in thirteen to a week. The same
number of events gives the same graph.
"""

import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from kg.graph.keys import day_number, days_within, dyad_id
from kg.knowledge.codebook import TypeFile, codebook
from kg.stores.cypher import ROWS, Row, Write

if TYPE_CHECKING:
    from neo4j import Driver, ManagedTransaction

HUB = "Hub"
BEGIN, DAYS = date(2020, 1, 1), 5 * 365
ACTORS, TOPICS, PLACES = 1_000, 500, 200
_TOGETHER = 5
_IN_ONE = 25  # texts of one transaction
_NOWHERE = {"place": None, "place_country": None}
_SPAN = {"position": 0, "start_at": 0, "end_at": 40}

_INDEXES = "SHOW INDEXES YIELD name, type, owningConstraint WHERE type = 'RANGE' AND owningConstraint IS NULL"
_NODES = "UNWIND $rows AS row CREATE (n:{}) SET n += row"
_ARTICLES = (
    "UNWIND $rows AS row CREATE (x:Article) SET x += row.article CREATE (s:Sentence) SET s += row.sentence "
    "CREATE (s)-[:PART_OF {article: row.article.id, position: 0}]->(x)"
)
_STATEMENTS = (
    "UNWIND $rows AS row MATCH (x:Article {id: row.article}) MATCH (s:Sentence {id: row.article}) "
    "MATCH (w:Actor {id: row.source}) CREATE (n:Statement) SET n += row.statement "
    "CREATE (w)-[:SAID {article: row.article}]->(n) CREATE (n)-[:STATED_IN {article: row.article, position: 0}]->(s) "
    "CREATE (w)-[:MENTIONED_IN {article: row.article, position: 0, start_at: 0, end_at: 4, form: 'name'}]->(s) "
    "CREATE (w)-[:APPEARS_IN {article: row.article, position: 0, named: 1, named_in: row.article}]->(x)"
)
_EVENTS = (
    "UNWIND $rows AS row MATCH (x:Article {id: row.article}) MATCH (s:Sentence {id: row.article}) "
    "MATCH (a:Actor {id: row.source}) MATCH (b:Actor {id: row.target}) MATCH (y:Dyad {id: row.dyad}) "
    "CREATE (e:Event {PROPERTIES}) "
    "CREATE (a)-[p:SOURCE_OF {actor: row.source}]->(e) SET p += row.days "
    "CREATE (b)-[q:TARGET_OF {actor: row.target}]->(e) SET q += row.days "
    "CREATE (e)-[r:BETWEEN {dyad: row.dyad}]->(y) SET r += row.days "
    "CREATE (e)-[:EVIDENCED_BY {article: row.article, position: 0, surface: 'did', start_at: 0, end_at: 4}]->(s) "
    "CREATE (e)-[:TOLD_IN {article: row.article, position: 0, event_id: row.event.event_id, modality: 'actual', "
    "date: row.event.date}]->(x)"
)
_SCENES = (
    "UNWIND $rows AS row MATCH (e:Event {id: row.event.id}) MATCH (a:Actor {id: row.source}) "
    "MATCH (t:Topic {id: row.topic}) MATCH (l:Place {id: row.place}) "
    "CREATE (e)-[:ACCORDING_TO {article: row.article, position: 0, stance: 'asserts'}]->(a) "
    "CREATE (e)-[:HAS_TOPIC {article: row.article, position: 0, start_at: 0, end_at: 4, surface: row.topic}]->(t) "
    "CREATE (e)-[:TOOK_PLACE_AT {article: row.article, position: 0}]->(l)"
)


def writes(events: int, *, hub: bool = False) -> Iterator[Write]:
    """Yield what writes a graph of so many events into an empty store."""
    for label, number in (("Actor", ACTORS), ("Topic", TOPICS), ("Place", PLACES)):
        yield from _parts(_NODES.format(label), (_named(label, f"{label} {rank}") for rank in range(number)))
    yield from _parts(_NODES.format("Actor"), [_named("Actor", HUB)])
    known: set[str] = set()
    rows = (_event(number, hub=hub) for number in range(events))
    while part := list(islice(rows, ROWS)):
        dyads = {row["dyad"]: {"id": row["dyad"], "one": row["one"], "other": row["other"]} for row in part}
        yield from _parts(_NODES.format("Dyad"), [dyads[each] for each in sorted(dyads.keys() - known)])
        known |= dyads.keys()
        yield from _parts(_ARTICLES, (_article(row) for row in part[::_TOGETHER]))
        yield from _parts(_STATEMENTS, (_statement(row) for row in part[::_TOGETHER]))
        named = ", ".join(f"{key}: row.event.{key}" for key in part[0]["event"])
        yield from _parts(_EVENTS.replace("PROPERTIES", named), part)
        yield from _parts(_SCENES, part[::_TOGETHER])


def fill(driver: "Driver", events: int, *, hub: bool = False) -> None:
    """Write a graph of so many events into an empty Neo4j database that is prepared, its indexes anew at the end."""
    from kg.stores.neo4j import schema_statements

    rest = writes(events, hub=hub)
    with driver.session() as session:
        for record in list(session.run(_INDEXES)):
            session.run(f"DROP INDEX {record['name']}").consume()
        while part := list(islice(rest, _IN_ONE)):
            session.execute_write(_run, part)
        for statement in (*schema_statements(), "CALL db.prepareForReplanning()"):
            session.run(statement).consume()


def _run(transaction: "ManagedTransaction", part: Iterable[Write]) -> None:
    for write in part:
        transaction.run(write.text, rows=list(write.rows)).consume()


def article_of(number: int) -> str:
    """Return the article of the event of a number."""
    return f"article {number // _TOGETHER}"


def _parts(text: str, rows: Iterable[Row]) -> Iterator[Write]:
    rest = iter(rows)
    while part := tuple(islice(rest, ROWS)):
        yield Write(text, part)


def _named(label: str, name: str) -> Row:
    kind = {"kind": "person"} if label == "Actor" else {}
    return {"id": name, "full_name": name, "country": _country(name), **kind}


def _country(name: str) -> str:
    return f"C{len(name)}"


def _event(number: int, *, hub: bool) -> Row:
    chance = random.Random(number)
    one, other = (HUB if hub else _drawn(chance, "Actor", ACTORS)), _drawn(chance, "Actor", ACTORS)
    parties = (one, other if other != one else HUB)[:: chance.choice((1, -1))]
    days = _days(chance)
    kind = chance.choice(codebook().types)
    article = article_of(number)
    event_id = f"e{number % _TOGETHER}"
    topic, place = _drawn(chance, "Topic", TOPICS), _drawn(chance, "Place", PLACES)
    return {
        "article": article,
        "source": parties[0],
        "target": parties[1],
        "dyad": dyad_id(*parties),
        "one": min(parties),
        "other": max(parties),
        "topic": topic,
        "place": place,
        "days": {"event_type": kind.type, "position": 0, **{key: days[key] for key in ("day_from", "day_to", "span")}},
        "event": {
            **days,
            **_coded(chance, kind),
            "id": f"{article}:{event_id}",
            **({"place": place, "place_country": _country(place)} if number % _TOGETHER == 0 else _NOWHERE),
            "event_id": event_id,
            "article": article,
            "sentence": article,
            "sort_key": f"{days['day_from']} {article} {event_id}",
            "outlets": f"Outlet {number % 40}",
            "corroboration": chance.choice((1, 1, 1, 2, 3)),
        },
    }


def _coded(chance: random.Random, kind: TypeFile) -> Row:
    trigger = chance.choice(kind.triggers)
    return {
        "event_type": kind.type,
        "mode": trigger.mode,
        "cameo": trigger.cameo,
        "quad": kind.quad,
        "goldstein": float(chance.randrange(-10, 11)),
        "symmetric": kind.type == "CONSULT",
        "modality": chance.choice(("actual", "actual", "actual", "planned", "denied")),
        "standing": "",
        "judged": "",
        "surface": "met",
    }


def _days(chance: random.Random) -> Row:
    first = BEGIN + timedelta(chance.randrange(DAYS))
    last = first + timedelta(chance.choices((0, 6, 364), (920, 78, 2))[0])
    begin, end = (day_number(day.isoformat()) for day in (first, last))
    return {
        "date": f"{first}/{last}" if last > first else str(first),
        "date_first": str(first),
        "date_last": str(last),
        "day_from": begin,
        "day_to": end,
        "span": days_within(begin, end),
    }


def _drawn(chance: random.Random, label: str, size: int) -> str:
    """Return a name: that of rank r about as often as 1 / (r + 10)."""
    return f"{label} {int(10 * ((size + 10) / 10) ** chance.random() - 10)}"


def _article(row: Row) -> Row:
    told = {"id": row["article"], "outlet": row["event"]["outlets"], "published": row["event"]["date_first"]}
    told["published_day"] = row["event"]["day_from"]
    text = f"{row['source']} met {row['target']} over {row['topic']} in {row['place']}."
    return {"article": told, "sentence": {"id": row["article"], "article": row["article"], "text": text, **_SPAN}}


def _statement(row: Row) -> Row:
    event = row["event"]
    own = {"id": f"{row['article']}:s", "statement_id": "s", "text": f"We talked about {row['topic']}.", "direct": True}
    dated = {key: event[key] for key in ("article", "date", "date_first", "date_last", "day_from", "day_to", "span")}
    return {**row, "statement": {**own, **dated, "sort_key": event["sort_key"], "standing": "", "judged": ""}}
