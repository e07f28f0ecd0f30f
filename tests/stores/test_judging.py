"""Judgements on a graph, in both stores: made, respected by what is loaded later, undone, and carried elsewhere."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from small_world import Telling, record

from kg.asking.canned import ask
from kg.asking.past import as_of, history, moment, news
from kg.errors import JudgementError, KgError, UsageError
from kg.graph.judgements import Identity, Judgement, in_force
from kg.model import Record
from kg.stores.base import Store
from kg.stores.contents import contents
from kg.stores.dump import dump, restore
from kg.stores.embedded import EmbeddedStore

ADA = Identity(id="ada", name="Ada Brandt", kind="person", country="DEU")
CARL = Identity(id="carl", name="Carl Brandt", kind="person", country="DEU")
MERGED = Judgement(verdict="same", actors=("ada", "carl"), identity=ADA, by="Mo", at="2026-01-01")
SPLIT = Judgement(verdict="split", actors=("ada",), articles=("a",), identity=CARL, by="Mo", at="2026-01-01")
WITHDRAWN = Judgement(verdict="withdrawn", articles=("a",), by="Mo", at="2026-01-01", reason="made up")
WRONG = Judgement(verdict="wrong", articles=("a",), event="e0", by="Mo", at="2026-01-01")
RIGHT = Judgement(verdict="right", articles=("a",), event="e0", by="Mo", at="2026-01-01")
NO_SOURCE = Judgement(
    verdict="wrong", articles=("a",), event="e0", part="source", value="ada", by="Mo", at="2026-01-01"
)
EARLY, LATE = "2026-02-01T00:00:00.000000+00:00", "2026-03-01T00:00:00.000000+00:00"


def meeting(article: str, source: str = "ada", *, outlet: str = "Post", modality: str = "actual") -> Record:
    telling = Telling("CONSULT", (source,), ("ben",), ("2021-03-01", "2021-03-01"), None, None, modality, None, None)
    return record(article, outlet, "2021-03-02", ord(article[0]), [telling])


def undone(judgement: Judgement) -> Judgement:
    return Judgement(verdict="undo", undoes=judgement.id, by="Mo", at="2026-01-02")


def names(store: Store) -> set[str]:
    return {str(name) for (name,) in store.query("MATCH (a:Actor) RETURN a.full_name AS name").rows}


def told(store: Store, **parameters: str) -> list[dict[str, object]]:
    rows = ask(store, "timeline", parameters).rows
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


@pytest.mark.parametrize("judgement", [MERGED, SPLIT, WITHDRAWN, WRONG, RIGHT, NO_SOURCE], ids=lambda j: j.verdict)
def test_undoing_brings_back_the_very_graph(store: Store, judgement: Judgement) -> None:
    store.put([meeting("a"), meeting("b", "carl", outlet="Herald")])
    before = contents(store)
    assert store.judge([judgement]) >= 1
    assert contents(store) != before
    store.judge([judgement, undone(judgement)])
    assert contents(store) == before


@pytest.mark.parametrize("judgement", [MERGED, SPLIT, WITHDRAWN, WRONG, NO_SOURCE], ids=lambda j: j.verdict)
def test_the_same_judgements_give_the_same_graph_elsewhere(store: Store, judgement: Judgement, tmp_path: Path) -> None:
    records = [meeting("a"), meeting("b", "carl", outlet="Herald")]
    store.put(records)
    store.judge([judgement])
    with EmbeddedStore(tmp_path / "other") as other:
        other.judge([judgement])
        other.put(records)
        assert contents(other) == contents(store)


def test_who_was_merged_is_one_in_what_is_loaded_later_too(store: Store) -> None:
    store.put([meeting("a"), meeting("b", "carl")])
    assert names(store) == {"Ada Brandt", "Carl Brandt", "Ben Okoro"}
    store.judge([MERGED])
    assert names(store) == {"Ada Brandt", "Ben Okoro"}
    store.put([meeting("c", "carl")])
    assert names(store) == {"Ada Brandt", "Ben Okoro"}


def test_split_is_of_some_articles_only(store: Store) -> None:
    store.put([meeting("a"), meeting("b")])
    store.judge([SPLIT])
    text = "MATCH (a:Actor)-[:APPEARS_IN]->(x:Article) RETURN x.id AS x, a.id AS id ORDER BY x, id"
    assert [row for row in store.query(text).rows if row[1] != "ben"] == [("a", "carl"), ("b", "ada")]


def test_a_chain_of_merges_follows_each_judgement_that_is_left(store: Store) -> None:
    ben = Identity(id="ben", name="Ben Okoro", kind="person", country="NGA")
    late = Judgement(verdict="same", actors=("ben", "carl"), identity=ben, by="Mo", at="2026-01-05")
    store.put([meeting("a"), meeting("b", "carl")])
    store.judge([MERGED, late])
    assert names(store) == {"Ben Okoro"}
    store.judge([MERGED, late, undone(MERGED)])
    assert names(store) == {"Ada Brandt", "Ben Okoro"}
    store.judge([MERGED])
    assert names(store) == {"Ada Brandt", "Ben Okoro"}


def test_retracted_article_counts_no_more_and_its_record_stays(store: Store) -> None:
    store.put([meeting("a"), meeting("b", outlet="Herald"), meeting("c", "club")])
    records = [line for line in dump(store) if '"article"' in line]
    assert [row["corroboration"] for row in told(store, actor="ada")] == [2]
    store.judge([WITHDRAWN])
    assert [row["corroboration"] for row in told(store, actor="ada")] == [1]
    everything = told(store, actor="ada", standing="all")
    assert sorted(str(row["judged"]) for row in everything) == ["", "withdrawn, says Mo: made up"]
    assert [line for line in dump(store) if '"article":{' in line] == records


def test_wrong_event_is_left_out_of_answers_unless_asked_for(store: Store) -> None:
    store.put([meeting("a")])
    store.judge([WRONG])
    assert told(store) == []
    assert [row["judged"] for row in told(store, standing="all")] == ["wrong, says Mo"]
    store.put([replace(meeting("a"), events=())])
    assert told(store, standing="all") == []
    store.put([meeting("a")])
    assert [row["judged"] for row in told(store, standing="all")] == ["wrong, says Mo"]


def test_contradiction_changes_nothing(store: Store) -> None:
    store.put([meeting("a"), meeting("b", "carl")])
    store.judge([MERGED])
    before = contents(store)
    with pytest.raises(JudgementError):
        store.judge([MERGED, Judgement(verdict="different", actors=("carl", "ada"))])
    assert (contents(store), store.judgements()) == (before, (MERGED,))


def test_dump_carries_the_judgements_in_force(store: Store, tmp_path: Path) -> None:
    store.put([meeting("b", "carl"), meeting("a")])
    store.judge([WITHDRAWN, MERGED, undone(WITHDRAWN), WRONG])
    lines = list(dump(store))
    assert json.loads(lines[0]) == {"kg_dump": 2, "schema": 2, "articles": 2, "judgements": 2}
    assert sorted(json.loads(line)["verdict"] for line in lines[3:5]) == ["same", "wrong"]
    with EmbeddedStore(tmp_path / "other") as other:
        assert restore(other, lines) == 2
        assert contents(other) == contents(store)
        assert list(dump(other)) == lines
    with EmbeddedStore(tmp_path / "third") as third:
        third.judge([WRONG, MERGED])
        third.put([meeting("a"), meeting("b", "carl")])
        assert list(dump(third)) == lines


def test_restoring_keeps_the_judgements_that_are_there(store: Store, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "other") as other:
        other.put([meeting("a")])
        other.judge([WRONG])
        lines = list(dump(other))
    store.judge([MERGED, WITHDRAWN, undone(WITHDRAWN)])
    restore(store, lines)
    assert store.judgements() == (MERGED, WITHDRAWN, undone(WITHDRAWN), WRONG)
    restore(store, lines)
    assert len(store.judgements()) == 4


def test_restoring_what_contradicts_is_refused_before_anything_is_written(store: Store, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "other") as other:
        other.put([meeting("a")])
        other.judge([WRONG])
        lines = list(dump(other))
    store.judge([RIGHT])
    with pytest.raises(JudgementError):
        restore(store, lines)
    assert store.counts().articles == 0
    assert store.judgements() == (RIGHT,)


def test_dump_of_format_1_is_still_read(store: Store, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "other") as other:
        other.put([meeting("a")])
        _, body, _ = dump(other)
    head = '{"kg_dump":1,"schema":2,"articles":1}\n'
    checksum = hashlib.sha256((head + body).encode()).hexdigest()
    store.judge([WRONG])
    assert restore(store, [head, body, f'{{"sha256":"{checksum}"}}\n']) == 1
    assert store.judgements() == (WRONG,)


@pytest.mark.parametrize(
    "damage",
    [
        lambda lines: [*lines[:2], lines[3]],
        lambda lines: [lines[0].replace('"judgements":1', '"judgements":9'), *lines[1:]],
        lambda lines: [lines[0].replace('"judgements":1', '"judgements":-1'), *lines[1:]],
        lambda lines: [lines[0].replace('"judgements":1', f'"judgements":{2**70}'), *lines[1:]],
        lambda lines: [*lines[:2], lines[2].replace("wrong", "right"), lines[3]],
        lambda lines: [*lines[:2], "{}\n", lines[3]],
    ],
)
def test_damaged_judgements_of_a_dump_are_refused_before_anything_is_written(damage: object, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "other") as other:
        other.put([meeting("a")])
        other.judge([WRONG])
        lines = list(dump(other))
    with EmbeddedStore(tmp_path / "new") as store:
        with pytest.raises(KgError):
            restore(store, damage(lines))  # type: ignore[operator]
        assert not (tmp_path / "new").exists()


def test_history_tells_the_versions_of_an_article_and_of_an_event(store: Store) -> None:
    store.put([meeting("a"), meeting("b", outlet="Herald")], moment=EARLY)
    store.put([replace(meeting("a"), events=())], moment=LATE)
    columns = ("article", "event_id", "version", "first_seen", "last_seen", "events")
    found = history(store, "a", None)
    assert found.columns == columns
    assert found.rows == (("a", "", 1, EARLY, LATE, 1), ("a", "", 2, LATE, "", 0))
    assert history(store, "b", "e0").rows == (("b", "e0", 1, EARLY, "", 1),)
    assert history(store, "a", "e0").rows == (("a", "e0", 1, EARLY, LATE, 1),)
    for article, event in (("z", None), ("a", "e7")):
        with pytest.raises(UsageError):
            history(store, article, event)


def test_of_the_versions_of_one_moment_the_last_one_counts(store: Store) -> None:
    store.put([meeting("a", "carl")], moment=EARLY)
    store.put([meeting("a", "club")], moment=LATE)
    store.put([meeting("a")], moment=LATE)
    assert [(each.seen_from, each.seen_to) for each in store.versions("a")] == [(EARLY, LATE), (LATE, None)]
    assert store.record_at("a", LATE) == meeting("a")
    assert store.record_at("a", EARLY) == meeting("a", "carl")


def test_removed_article_is_forgotten(store: Store) -> None:
    store.put([meeting("a"), meeting("b", "carl")], moment=EARLY)
    store.remove(["a"])
    assert store.versions("a") == ()
    assert [each.article.id for each in store.records_at(LATE)] == ["b"]


def test_graph_as_of_a_moment_is_that_of_then(store: Store) -> None:
    store.put([meeting("a")], moment=EARLY)
    store.put([meeting("a", "carl")], moment=LATE)
    store.judge([replace_at(WITHDRAWN, "2026-02-10"), replace_at(MERGED, "2026-02-20T12:00:00+05:00")])
    sources = {}
    for when in ("2026-01-31", "2026-02-05", "2026-02-15", "2026-02-20T06:59", "2026-02-20T07:00", "2026-03-02"):
        with as_of(store, moment(when)) as then:
            sources[when] = [(row["source"], row["judged"]) for row in told(then, standing="all")], names(then)
    assert sources["2026-01-31"] == ([], set())
    withdrawn = "withdrawn, says Mo: made up"
    assert [sources[when][0] for when in list(sources)[1:]] == [
        [("Ada Brandt", "")],
        [("Ada Brandt", withdrawn)],
        [("Ada Brandt", withdrawn)],
        [("Ada Brandt", withdrawn)],
        [("Ada Brandt", withdrawn)],
    ]
    assert "Carl Brandt" not in sources["2026-03-02"][1]


def replace_at(judgement: Judgement, at: str) -> Judgement:
    from msgspec.structs import replace as changed

    return changed(judgement, at=at)


def test_undo_counts_from_when_it_was_made(store: Store) -> None:
    store.put([meeting("a")], moment=EARLY)
    made = replace_at(WRONG, "2026-02-10")
    store.judge([made, replace_at(undone(made), "2026-02-20")])
    assert in_force(store.judgements()) == ()
    with as_of(store, moment("2026-02-15")) as then:
        assert told(then) == []
    with as_of(store, moment("2026-02-25")) as then:
        assert len(told(then)) == 1


ANYBODY = {"actor": "", "other": "", "modality": "facts"}


def kinds(store: Store, since: str, **parameters: str) -> list[tuple[object, object]]:
    found = news(store, since, {**ANYBODY, **parameters}, limit=100)
    at = [found.columns.index(name) for name in ("news", "article")]
    return [tuple(row[each] for each in at) for row in found.rows]  # type: ignore[misc]


def test_news_tells_events_corroborations_and_contradictions(store: Store) -> None:
    store.put([meeting("a")], moment=EARLY)
    assert kinds(store, "2026-01-31") == kinds(store, "LAST") == [("event", "a")]
    assert kinds(store, "2026-02-01") == []
    store.put([meeting("b", outlet="Herald"), meeting("c", "club")], moment=LATE)
    assert kinds(store, "LAST") == [("corroboration", "b"), ("event", "c")]
    assert kinds(store, "LAST", actor="River Club") == [("event", "c")]
    store.put([meeting("d", outlet="Gazette", modality="denied")], moment="2026-03-05T00:00:00.000000+00:00")
    assert kinds(store, "LAST") == [("contradiction", "d")]
    assert kinds(store, "LAST", modality="all") == [("event", "d"), ("contradiction", "d")]
    assert kinds(store, "2030-01-01") == []


def test_nothing_is_news_before_anything_is_loaded(store: Store) -> None:
    assert kinds(store, "LAST") == kinds(store, "2000-01-01") == []


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2026-13-01", "2026-02-30", "0001-01-01T00:00+05:00", "9999-12-31T23:59-05:00", "١٢٣", "\ud800"],
)
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        moment(text)


def test_a_day_reaches_to_its_end() -> None:
    assert moment("2026-11-26") == moment("20261126") == "2026-11-26T23:59:59.999999+00:00"
    assert moment("9999-12-31").startswith("9999-12-31")
    assert moment("2026-11-26T08:30") == moment("2026-11-26T09:30+01:00") == "2026-11-26T08:30:00.000000+00:00"
