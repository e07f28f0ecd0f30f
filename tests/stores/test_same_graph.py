"""Whatever was loaded, changed, judged and removed before: the graph is the one that its articles give."""

import os
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from neo4j_server import Server, emptied
from small_world import ACTORS, records

from kg.errors import JudgementError
from kg.graph.judgements import Identity, Judgement, in_force
from kg.model import Record
from kg.stores.base import Store
from kg.stores.contents import contents
from kg.stores.dump import dump
from kg.stores.embedded import EmbeddedStore
from kg.stores.neo4j import Neo4jStore


def identity(key: str) -> Identity:
    name, kind, country = ACTORS[key]
    return Identity(id=key, name=name, kind=kind, country=country)


def same(actors: tuple[str, ...], becomes: str) -> Judgement:
    return Judgement(verdict="same", actors=actors, identity=identity(becomes), by="Mo", at="2021-05-01")


identities = st.sampled_from(sorted(ACTORS)).map(identity)
by = {"by": st.just("Mo"), "at": st.just("2021-05-01T00:00:00+00:00")}
pairs = st.lists(st.sampled_from(sorted(ACTORS)), min_size=2, max_size=2, unique=True).map(tuple)
some = st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=2, unique=True).map(tuple)
marks = st.builds(
    Judgement,
    verdict=st.sampled_from(["right", "wrong"]),
    articles=some,
    event=st.sampled_from(["e0", "e1"]),
    **by,
)
judgements = (
    marks
    | pairs.flatmap(lambda pair: st.builds(same, st.just(pair), st.sampled_from(pair)))
    | st.builds(Judgement, verdict=st.just("withdrawn"), articles=some, **by)
    | st.builds(
        Judgement,
        verdict=st.just("split"),
        actors=pairs.map(lambda pair: pair[:1]),
        articles=some,
        identity=identities,
        **by,
    )
    | st.builds(
        Judgement,
        verdict=st.just("wrong"),
        articles=some,
        event=st.just("e0"),
        part=st.sampled_from(["source", "target", "topic", "place"]),
        value=st.sampled_from([*ACTORS, "trade deal", "Berlin"]),
        **by,
    )
)
steps = st.lists(
    st.tuples(st.just("put"), st.lists(records, min_size=1, max_size=4))
    | st.tuples(st.just("remove"), st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=3))
    | st.tuples(st.just("judge"), st.lists(judgements, max_size=3)),
    min_size=1,
    max_size=8,
)


def apply(store: Store, taken: Sequence[tuple[str, list]]) -> tuple[dict[str, Record], list[Judgement]]:
    """Take the steps, and return the articles and the judgements that stand at the end."""
    standing: dict[str, Record] = {}
    judged: list[Judgement] = []
    for step, values in taken:
        if step == "put":
            store.put(values)
            standing |= {record.article.id: record for record in values}
        elif step == "remove":
            store.remove(values)
            standing = {key: record for key, record in standing.items() if key not in values}
        else:
            try:
                in_force(values)
            except JudgementError:
                continue
            judged = values
            store.judge(judged)
        contents(store)
    return standing, judged


SEQUENCES = int(os.environ.get("KG_SEQUENCES", "20"))
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)  # to shrink what loads stores takes minutes


@pytest.fixture(params=["embedded", "neo4j"])
def emptied_store(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Store]:
    """Give an empty store of either kind, again and again."""
    numbers = count()
    if request.param == "embedded":
        return lambda: EmbeddedStore(tmp_path / str(next(numbers)))
    server: Server = request.getfixturevalue("neo4j")
    login = {"user": server.username, "password": server.password}

    def opened() -> Store:
        emptied(server)
        return Neo4jStore(server.uri, **login)

    return opened


@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=list(HealthCheck), phases=QUICK)
@given(taken=steps)
def test_graph_is_that_of_its_articles(
    emptied_store: Callable[[], Store], taken: list[tuple[str, list]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with emptied_store() as lived, EmbeddedStore(tmp_path_factory.mktemp("fresh")) as fresh:
        lived.prepare()
        standing, judged = apply(lived, taken)
        fresh.judge(judged)
        fresh.put([standing[key] for key in sorted(standing)])
        assert contents(lived) == contents(fresh)
        assert list(dump(lived)) == list(dump(fresh))
