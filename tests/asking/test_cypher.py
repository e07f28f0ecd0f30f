"""A Cypher text of the user's own."""

import pytest

from kg.asking.cypher import run
from kg.errors import QueryError
from kg.stores.base import Store


def test_text_is_run_with_its_parameters(store: Store) -> None:
    text = "MATCH (a:Actor) WHERE a.kind = $kind RETURN a.full_name AS actor ORDER BY actor"
    rows = run(store, text, {"kind": "state"})
    assert rows.columns == ("actor",)
    assert [actor for (actor,) in rows.rows] == ["France", "Germany", "Poland", "Russia"]


def test_limit_cuts_and_says_so(store: Store) -> None:
    rows = run(store, "MATCH (a:Actor) RETURN a.id AS id ORDER BY id", {}, limit=3)
    assert (len(rows.rows), rows.truncated) == (3, True)


def test_missing_parameter_is_named(embedded: Store) -> None:
    with pytest.raises(QueryError, match=r"uses \$kind; give it with -p kind=VALUE"):
        run(embedded, "MATCH (a:Actor {kind: $kind}) RETURN a.id AS id", {"other": 1})


@pytest.mark.parametrize("text", ["CREATE (:Actor {id: 'x'})", "MATCH (n) DETACH DELETE n", "RETURN 1 +"])
def test_text_that_writes_or_is_no_cypher_is_refused(store: Store, text: str) -> None:
    with pytest.raises(QueryError):
        run(store, text, {})
