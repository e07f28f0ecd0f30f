"""How much evidence an answer shows, on both stores."""

import pytest

from kg.asking.canned import ask
from kg.asking.evidence import shown
from kg.errors import UsageError
from kg.model import Rows
from kg.stores.base import Store


def answer(store: Store, name: str, amount: str, **parameters: str) -> Rows:
    return shown(store, ask(store, name, parameters).rows, amount)


def test_sentences_are_what_a_question_gives(store: Store) -> None:
    assert answer(store, "timeline", "sentences") == ask(store, "timeline", {}).rows


def test_ids_leave_out_the_sentences(store: Store) -> None:
    whole, ids = answer(store, "timeline", "sentences"), answer(store, "timeline", "ids")
    assert [name for name in whole.columns if name not in ids.columns] == ["evidence"]
    kept = [{key: row[key] for key in ids.columns} for row in whole.mappings()]
    assert list(ids.mappings()) == kept


def test_none_leaves_out_the_ids_too(store: Store) -> None:
    whole, bare = answer(store, "timeline", "sentences"), answer(store, "timeline", "none")
    assert [name for name in whole.columns if name not in bare.columns] == ["evidence", "article", "event_id"]
    assert len(bare.rows) == len(whole.rows)


@pytest.mark.parametrize("name", ["timeline", "what_did_they_say", "who_denied_what"])
def test_context_holds_the_sentences_beside_the_evidence_and_no_others(store: Store, name: str) -> None:
    whole, wide = answer(store, name, "sentences"), answer(store, name, "context")
    assert wide.columns == whole.columns
    longer = 0
    for narrow, row in zip(whole.mappings(), wide.mappings(), strict=True):
        beside = neighbours(store, str(narrow["evidence"]))
        assert str(row["evidence"]) in beside
        assert {key: row[key] for key in row if key != "evidence"} == {
            key: narrow[key] for key in narrow if key != "evidence"
        }
        longer += len(str(row["evidence"])) > len(str(narrow["evidence"]))
    assert longer


def neighbours(store: Store, evidence: str) -> set[str]:
    """Return, for each article with the sentences of an evidence, these with the one before and the one after."""
    told = store.query("MATCH (s:Sentence) RETURN s.article AS a, s.position AS p, s.text AS t ORDER BY a, p").rows
    articles: dict[str, list[str]] = {}
    for article, _, text in told:
        articles.setdefault(str(article), []).append(str(text))
    found = set()
    for sentences in articles.values():
        places = [at for at, text in enumerate(sentences) if text in evidence]
        if places:
            found.add(" ".join(sentences[max(0, places[0] - 1) : places[-1] + 2]))
    return found


def test_rows_without_evidence_stay_as_they_are(store: Store) -> None:
    rows = ask(store, "articles", {}).rows
    assert [shown(store, rows, amount) for amount in ("none", "ids", "context")] == [rows] * 3


def test_another_amount_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(UsageError, match="no evidence 'id'; did you mean ids"):
        answer(store, "timeline", "id")
