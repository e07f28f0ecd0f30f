"""What every store does, the embedded one and a real Neo4j alike."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from store_records import accusation, bare, meeting, putin, spying

from kg.errors import KgError, QueryError, SchemaError, SourceError, StoreError
from kg.model import LONGEST_ID, KeptAside, Label, Record, encode
from kg.stores.base import SCHEMA_VERSION, Counts, Store
from kg.stores.dump import dump, restore
from kg.stores.open import open_store

Opener = Callable[..., Store]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "data-model.md"
EMPTY = Counts(
    articles=0,
    sentences=0,
    actors=0,
    events=0,
    statements=0,
    topics=0,
    places=0,
    kept_aside=0,
    schema=SCHEMA_VERSION,
)
TOPIC = {"id": "d8fc83ab052c095c", "full_name": "Syria"}
PART = {"article": "met-1", "position": 0}
BOTH = replace(EMPTY, articles=2, sentences=6, actors=7, events=5, statements=2, topics=3, places=1)


def test_article_is_added_then_unchanged_then_updated(store: Store) -> None:
    assert store.put([meeting(), spying()]) == ("added", "added")
    assert store.counts() == BOTH
    assert store.put([spying(), meeting()]) == ("unchanged", "unchanged")
    changed = replace(spying(), events=spying().events[:1])
    assert store.put([meeting(), changed, bare("new")]) == ("unchanged", "updated", "added")
    assert store.counts() == replace(BOTH, articles=3, events=3)
    assert store.record("spied/1") == changed


def test_of_one_article_the_last_record_of_a_batch_counts(store: Store) -> None:
    assert store.put([bare("a", "One."), bare("a", "Two."), bare("a", "Two.")]) == ("added", "updated", "unchanged")
    assert [record.article.text for record in store.records()] == ["Two."]


def test_nothing_can_be_stored_and_removed(store: Store) -> None:
    assert store.put([]) == ()
    assert store.remove([]) == ()
    store.set_aside([])
    assert store.counts() == EMPTY


def test_replaced_article_leaves_nothing_behind(store: Store) -> None:
    store.put([spying(), meeting()])
    store.put([bare("met-1"), bare("spied/1")])
    assert store.counts() == replace(EMPTY, articles=2)


def test_removing_is_the_inverse_of_loading(store: Store) -> None:
    store.put([spying()])
    before = list(dump(store)), store.counts()
    store.put([meeting(), meeting("met-2")])
    assert store.remove(["met-2", "met-1", "never"]) == ("met-1", "met-2")
    assert (list(dump(store)), store.counts()) == before
    assert store.remove(["spied/1", "spied/1"]) == ("spied/1",)
    assert store.counts() == EMPTY
    assert store.remove(["spied/1"]) == ()


def test_shared_nodes_stay_as_long_as_an_article_speaks_of_them(store: Store) -> None:
    store.put([meeting("a"), meeting("b")])
    assert (store.counts().actors, store.counts().places) == (4, 1)
    store.remove(["a"])
    assert (store.counts().actors, store.counts().places) == (4, 1)


def test_actor_without_a_mention_stays(store: Store) -> None:
    store.put([meeting()])
    names = store.query("MATCH (a:Actor)-[:APPEARS_IN]->(:Article) RETURN a.full_name AS n ORDER BY n LIMIT 9").rows
    assert ("Syria",) in names


def test_newer_tables_rename_an_actor_and_older_records_stay_as_they_were(store: Store) -> None:
    store.put([meeting("a")])
    renamed = replace(meeting("b"), actors=(replace(putin(), name="V. Putin", qid=None), *meeting("b").actors[1:]))
    store.put([renamed])
    found = store.query("MATCH (a:Actor {id: 'vladimir-putin'}) RETURN a.full_name AS name, a.qid AS qid")
    assert found.rows == (("V. Putin", None),)
    assert list(store.records()) == [meeting("a"), renamed]


def test_records_come_in_code_point_order(store: Store) -> None:
    ids = ["b", "B", "a", "\uffee", "\U0001f600", "é", "e"]
    store.put([bare(id_) for id_ in ids])
    assert [record.article.id for record in store.records()] == sorted(ids)


def test_dump_is_the_same_whatever_the_order_of_loading(opened: Opener) -> None:
    articles = [meeting(f"m{n}") for n in range(4)] + [spying(f"s{n}") for n in range(4)]
    store = opened()
    dumps = set()
    for seed in range(3):
        random.Random(seed).shuffle(articles)
        for start in range(0, len(articles), 3):
            store.put(articles[start : start + 3])
        store.put([replace(articles[0], statements=()), bare("passing")])
        store.put([articles[0]])
        store.remove(["passing"])
        dumps.add("".join(dump(store)))
        store.remove([record.article.id for record in articles])
    assert len(dumps) == 1


def test_dump_equals_that_of_the_other_store(store: Store, tmp_path: Path) -> None:
    store.put([spying(), meeting()])
    with open_store(str(tmp_path / "other")) as other:
        assert restore(other, dump(store)) == 2
        assert list(dump(other)) == list(dump(store))
        assert list(other.records()) == [meeting(), spying()]


def test_restoring_twice_changes_nothing(store: Store) -> None:
    store.put([spying(), meeting()])
    lines = list(dump(store))
    assert restore(store, lines) == 2
    assert list(dump(store)) == lines


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda lines: lines[:-1], "cut"),
        (lambda lines: lines[:2], "cut"),
        (lambda lines: [*lines[:2], lines[2][:50]], "no record"),
        (lambda lines: [], "no dump"),
        (lambda lines: lines[1:], "no dump"),
        (lambda lines: [lines[0], lines[2], lines[1], lines[3]], "out of order"),
        (lambda lines: [lines[0], lines[1], lines[2].replace("spying", "buying"), lines[3]], "changed"),
        (lambda lines: [*lines, "more\n"], "changed"),
        (lambda lines: [lines[0].replace('"schema":2', '"schema":99'), *lines[1:]], "schema 99"),
        (lambda lines: [lines[0], lines[1], lines[2].replace('"rus"', '"usr"', 1), lines[3]], "'rus'"),
    ],
)
def test_damaged_dump_is_refused_before_anything_is_written(
    store: Store, damage: Callable[[list[str]], list[str]], told: str, tmp_path: Path
) -> None:
    with open_store(str(tmp_path / "from")) as source:
        source.put([meeting(), spying()])
        lines = list(dump(source))
    with pytest.raises(KgError, match=told):
        restore(store, damage(lines))
    assert store.counts() == EMPTY


def test_kept_aside_until_the_article_is_loaded(store: Store) -> None:
    store.set_aside(
        [KeptAside("z.txt", "empty"), KeptAside("met-1", "not English"), KeptAside("x" * LONGEST_ID, "long")]
    )
    store.set_aside([KeptAside("z.txt", "binary")])
    assert store.kept_aside() == (
        KeptAside("met-1", "not English"),
        KeptAside("x" * LONGEST_ID, "long"),
        KeptAside("z.txt", "binary"),
    )
    assert store.counts() == replace(EMPTY, kept_aside=3)
    store.put([meeting()])
    store.put([meeting()])
    assert [item.source for item in store.kept_aside()] == ["x" * LONGEST_ID, "z.txt"]


def test_notes_on_a_source_and_its_parts_are_forgotten(store: Store) -> None:
    kept = ["feed.json", "feed.jsonl2", "feed.jsonl#3#x", "other.txt", "x/feed.jsonl#3"]
    parts = ["feed.jsonl", "feed.jsonl#3", "feed.jsonl#12", "feed.jsonl: an id: x"]
    store.set_aside([KeptAside(source, "empty") for source in (*kept, *parts)])
    store.forget_aside(["feed.jsonl", "never.txt"])
    assert [item.source for item in store.kept_aside()] == sorted(kept)
    store.forget_aside([])
    store.forget_aside(["%", "feed.jso_", "other.txt"])
    assert [item.source for item in store.kept_aside()] == sorted(set(kept) - {"other.txt"})


def test_forgetting_a_note_leaves_the_articles(store: Store) -> None:
    store.put([meeting()])
    store.forget_aside(["met-1"])
    assert list(store.records()) == [meeting()]


def test_preparing_twice_changes_nothing(store: Store) -> None:
    store.put([meeting()])
    store.prepare()
    assert store.counts().schema == SCHEMA_VERSION
    assert list(store.records()) == [meeting()]


def test_putting_prepares(opened: Opener) -> None:
    assert opened().put([meeting()]) == ("added",)
    assert opened(read_only=True).counts().schema == SCHEMA_VERSION


def test_odd_characters_come_back(store: Store) -> None:
    odd = bare("id with \u0000 \n ' \" ` \\ 𝕏 é e\u0301", "\u0000\r\n\t\u2028 \ufeff 𝕏 {json: 'no'} $x \x7f\x85")
    store.put([odd])
    assert store.record(odd.article.id) == odd
    found = store.query("MATCH (a:Article {id: $id}) RETURN a.text AS text", {"id": odd.article.id})
    assert found.rows == ((odd.article.text,),)


@pytest.mark.parametrize(
    ("record", "told"),
    [
        (bare("a", "half a pair \ud800"), "Unicode"),
        (replace(spying(), events=(accusation((0, 1)),)), "sentence"),
        (replace(spying(), actors=()), "'us-prosecutors'"),
    ],
)
def test_record_that_no_store_can_keep_is_refused_with_its_batch(store: Store, record: Record, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        store.put([meeting(), record])
    assert store.counts() == EMPTY


def test_article_that_is_not_there_has_no_record(store: Store) -> None:
    assert store.record("never") is None


def test_large_article_is_written_in_parts(store: Store) -> None:
    text = "".join(f"Sentence {n:05} stands here. " for n in range(2500))
    large = replace(bare("large", text), sentences=tuple((n * 28, n * 28 + 27) for n in range(2500)))
    assert store.put([large]) == ("added",)
    assert store.record("large") == large
    assert store.remove(["large"]) == ("large",)
    assert store.counts() == EMPTY


def test_read_only_store_refuses_to_write(opened: Opener) -> None:
    opened().put([meeting()])
    reader = opened(read_only=True)
    for write in (
        reader.prepare,
        lambda: reader.put([spying()]),
        lambda: reader.remove(["met-1"]),
        lambda: reader.set_aside([KeptAside("a", "b")]),
        lambda: reader.forget_aside(["a"]),
    ):
        with pytest.raises(StoreError, match="reading only"):
            write()
    assert list(reader.records()) == [meeting()]


def test_reader_sees_what_is_written_meanwhile(opened: Opener) -> None:
    writer, reader = opened(), opened(read_only=True)
    writer.put([meeting()])
    assert reader.counts().articles == 1
    writer.put([spying()])
    assert reader.query("MATCH (e:Event {event_type: 'ACCUSE'}) RETURN e.event_id AS id").rows == (("e1",),)
    writer.remove(["met-1"])
    assert [record.article.id for record in reader.records()] == ["spied/1"]
    assert reader.counts().articles == 1


def test_error_inside_leaves_what_was_stored(opened: Opener) -> None:
    store = opened()
    store.put([meeting()])
    store.__exit__(ValueError, ValueError(), None)
    assert list(opened(read_only=True).records()) == [meeting()]


class TestQuery:
    """Cypher that reads, and what is refused."""

    def test_gives_columns_and_rows(self, store: Store) -> None:
        store.put([meeting(), spying()])
        found = store.query(
            "MATCH (s:Actor)-[:SOURCE_OF]->(e:Event)-[v:EVIDENCED_BY]->(t:Sentence) "
            "MATCH (s)-[:APPEARS_IN]->(a:Article) "
            "WHERE e.day_from >= $day AND v.position = 0 AND a.id = e.article "
            "RETURN s.full_name AS who, e.date AS date, t.text AS evidence, a.outlet AS outlet, e.mode AS mode "
            "ORDER BY date LIMIT 10",
            {"day": 20180702},
        )
        assert found.columns == ("who", "date", "evidence", "outlet", "mode")
        evidence = "Vladimir Putin met Donald Trump in Helsinki on Monday."
        assert found.rows == (("Vladimir Putin", "2018-07-16", evidence, "The Harbour Post", "visit"),)
        assert not found.truncated

    def test_dyad_leads_to_its_events(self, store: Store) -> None:
        store.put([meeting(), spying()])
        text = "MATCH (e:Event)-[:BETWEEN]->(:Dyad {id: $pair}) RETURN e.event_id AS id ORDER BY e.sort_key LIMIT 10"
        assert store.query(text, {"pair": "donald-trump|vladimir-putin"}).rows == (("e2",), ("e1",))

    def test_stops_at_the_limit(self, store: Store) -> None:
        store.put([meeting()])
        text = "MATCH (a:Actor) RETURN a.id AS id ORDER BY id"
        assert store.query(text, limit=2).rows == (("anatoly-antonov",), ("donald-trump",))
        assert store.query(text, limit=2).truncated
        assert not store.query(text, limit=4).truncated
        assert len(store.query(text).rows) == 4
        assert store.query(text, limit=0) == replace(store.query(text), rows=(), truncated=True)

    def test_no_rows_keep_their_columns(self, store: Store) -> None:
        found = store.query("MATCH (a:Actor) RETURN a.id AS id, a.full_name AS name")
        assert (found.columns, found.rows) == (("id", "name"), ())

    def test_what_is_no_scalar_becomes_text(self, store: Store) -> None:
        found = store.query(
            "RETURN [1, 'é'] AS list, {a: 1} AS map, date('2018-07-16') AS day, null AS nothing, 1.5 AS x"
        )
        assert found.rows == (('[1, "é"]', '{"a": 1}', "2018-07-16", None, 1.5),)

    @pytest.mark.parametrize(
        ("cypher", "found"),
        [
            ("MATCH (n:Topic) RETURN n ORDER BY n.full_name LIMIT 1", TOPIC),
            ("MATCH (n:Topic) RETURN properties(n) AS n ORDER BY n.full_name LIMIT 1", TOPIC),
            ("MATCH (n:Topic) RETURN n {.*} AS n ORDER BY n.full_name LIMIT 1", TOPIC),
            ("MATCH (n:Topic) WITH n ORDER BY n.full_name LIMIT 1 RETURN [{a: n}, null] AS x", [{"a": TOPIC}, None]),
            ("MATCH (:Sentence {position: 0})-[r:PART_OF]->() RETURN r", PART),
            ("MATCH (:Sentence {position: 0})-[r:PART_OF]->() RETURN collect(r) AS x", [PART]),
            ("RETURN {title: 'a', type: 'b', id: 1} AS x", {"title": "a", "type": "b", "id": 1}),
        ],
    )
    def test_node_and_relationship_are_their_properties(self, store: Store, cypher: str, found: object) -> None:
        store.put([meeting()])
        assert json.loads(str(store.query(cypher).rows[0][0])) == found

    def test_path_is_what_it_goes_through(self, store: Store) -> None:
        store.put([meeting()])
        cypher = "MATCH p = (:Sentence {position: 0})-[:PART_OF]->(:Article) RETURN p, relationships(p) AS r"
        ((path, relationships),) = store.query(cypher).rows
        sentence, part, article = json.loads(str(path))
        assert (sentence["position"], part, article["id"]) == (0, PART, "met-1")
        assert json.loads(str(relationships)) == [PART]
        assert not {"title", "type"} & (sentence.keys() | article.keys())

    @pytest.mark.parametrize("cypher", ["RETURN 1; RETURN 2 AS x", "RETURN 1 AS x;; RETURN 2 AS x"])
    def test_several_statements_are_refused(self, store: Store, cypher: str) -> None:
        with pytest.raises(QueryError, match="one by one"):
            store.query(cypher)

    @pytest.mark.parametrize("cypher", ["RETURN 1 AS x;", "RETURN 1 AS x ; // ; that is all\n"])
    def test_one_statement_may_end_in_a_semicolon(self, store: Store, cypher: str) -> None:
        assert store.query(cypher).rows == ((1,),)

    @pytest.mark.parametrize(
        "cypher",
        [
            "CREATE (n:Actor {id: 'x'})",
            "MERGE (n:Actor {id: 'x'}) RETURN n.id",
            "MATCH (n) SET n.id = 'x'",
            "MATCH (n) DETACH DELETE n",
            "MATCH (n:Actor) REMOVE n.full_name RETURN n.id",
            "FOREACH (x IN [1] | CREATE (:Actor {id: 'x'}))",
            "CREATE INDEX FOR (n:Actor) ON (n.kind)",
            "CREATE CONSTRAINT FOR (n:Actor) REQUIRE n.kind IS UNIQUE",
            "MATCH (n:Actor) RETURN n.id; CREATE (m:Actor {id: 'x'})",
            "LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
            "load\tcsv from 'file:///etc/passwd' AS line RETURN line",
            "LOAD // here\n CSV FROM 'file:///etc/passwd' AS line RETURN line",
            "LOAD /* here */ CSV FROM 'file:///etc/passwd' AS line RETURN line",
            "LOAD /* CSV */ CSV WITH HEADERS FROM 'http://127.0.0.1:1/' AS line RETURN line",
            "MATCH (n) RETURN n.id AS a UNION LOAD CSV FROM 'file:///etc/passwd' AS a RETURN a",
            "WITH '//' AS x LOAD CSV FROM 'file:///etc/passwd' AS a RETURN a",
            "WITH '/*' AS x LOAD CSV FROM 'file:///etc/passwd' AS a RETURN a, '*/' AS y",
            "L\\u004fAD CSV FROM 'file:///etc/passwd' AS line RETURN line",
            "\\u004cOAD\\u0020CSV FROM 'file:///etc/passwd' AS line RETURN line",
            "CALL { LOAD CSV FROM 'file:///etc/passwd' AS line RETURN line } RETURN line",
            "SHOW USERS",
            "SHOW SETTINGS",
            "SHOW TRANSACTIONS",
            "/* now */ SHOW INDEXES",
            "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
            "USE system SHOW USERS",
            "USE neo4j MATCH (n) RETURN n.id",
            "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
            "CALL dbms.listConfig()",
            "CALL dbms.components() YIELD name RETURN name",
            "CALL `dbms`.listConfig()",
            "CALL db . cdc . enable()",
            "CALL db.ontology.declare({classes: {}})",
            "MATCH (n) CALL { CALL dbms.listConfig() YIELD name RETURN name } RETURN name",
            "CALL apoc.export.csv.all('x.csv', {})",
            "PROFILE MATCH (n) RETURN n.id",
            "MATCH (n RETURN n.id",
            "RETURN $missing AS x",
            "RETURN 1 AS x, 2 AS x",
            "",
            " ",
        ],
    )
    def test_refuses_what_is_unsafe_or_no_query(self, store: Store, cypher: str) -> None:
        store.put([spying()])
        before = store.counts()
        with pytest.raises(QueryError) as refused:
            store.query(cypher, timeout=20)
        assert str(refused.value)
        assert "root:" not in str(refused.value)
        assert store.counts() == before

    @pytest.mark.parametrize(
        "cypher",
        [
            "CALL db.labels() YIELD label RETURN label ORDER BY label LIMIT 1",
            "MATCH (n:Actor) WHERE n.full_name CONTAINS 'CALL it' OR n.id = 'rus' RETURN n.id AS use",
            "MATCH (n:Actor {id: 'rus'}) // show, use x, call y\nRETURN n.id AS call",
            "CALL { MATCH (n:Actor {id: 'rus'}) RETURN n.id AS id } RETURN id",
            "UNWIND ['show me', \"it's; CREATE\"] AS x RETURN x",
        ],
    )
    def test_allows_what_only_looks_unsafe(self, store: Store, cypher: str) -> None:
        store.put([spying()])
        assert store.query(cypher).rows

    def test_runs_out_of_time(self, store: Store) -> None:
        endless = (
            "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b < 0 RETURN count(*) AS n"
        )
        with pytest.raises(QueryError, match=r"0\.5 seconds"):
            store.query(endless, timeout=0.5)
        assert store.query("RETURN 1 AS x", timeout=20).rows == ((1,),)

    def test_counts_every_label(self, store: Store) -> None:
        store.put([meeting(), spying()])
        found = {label: store.query(f"MATCH (n:{label}) RETURN count(n) AS n").rows[0][0] for label in Label}
        assert found["Event"] == store.counts().events == 5


@pytest.mark.parametrize("cypher", re.findall(r"```cypher\n(.+?)```", DOCUMENT.read_text("utf-8"), re.DOTALL))
def test_documented_query_gives_the_same_rows_as_the_other_store(store: Store, cypher: str, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "other")) as other:
        for place in (store, other):
            place.put([meeting(), spying(), meeting("met-2", "The Hill Gazette")])
        found = store.query(cypher)
        assert found.rows
        assert found == other.query(cypher)


def test_many_articles_come_back_as_they_were(store: Store) -> None:
    articles = [meeting(f"m{n:03}") for n in range(30)] + [spying(f"s{n:03}") for n in range(30)]
    store.put(articles)
    assert [encode(record) for record in store.records()] == [encode(record) for record in articles]
    assert store.counts() == replace(BOTH, articles=60, sentences=180, events=92, statements=60)  # one meeting


def test_unknown_address_is_refused() -> None:
    with pytest.raises(KgError, match="mysql"):
        open_store("mysql://localhost")
    with pytest.raises(KgError, match="NEO4J_PASSWORD") as refused:
        open_store("bolt://neo4j:secret@localhost:7687")
    assert "secret" not in str(refused.value)


def test_schema_error_is_a_store_error() -> None:
    assert issubclass(SchemaError, StoreError)
