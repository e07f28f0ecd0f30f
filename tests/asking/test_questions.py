"""The header of a query file is held to, and the shelf and its page in the docs agree."""

import re
from pathlib import Path

import pytest

from kg.asking.questions import CannedQuery, canned_query, find, parameters_used, queries
from kg.errors import QueryError, UsageError
from kg.shelf import folder
from kg.stores.base import Store

EXAMPLE = re.compile(r"^```cypher\n(.*?)^```", re.DOTALL | re.MULTILINE)
PAGE = Path(__file__).parents[2] / "docs" / "queries.md"
TOLD = "modality according_to outlet evidence corroboration judged article event_id"
ACT = "source target event mode words topic place date " + TOLD
PROMISED = {
    "who_discussed_what_with_whom": "actor other topic place date modality according_to outlet evidence",
    "who_met_whom": "actor other place date modality outlet evidence",
    "who_accused_whom": "accuser accused of date modality according_to outlet evidence",
    "who_denied_what": "speaker denied date modality outlet evidence",
    "who_criticised_whom": "critic criticised topic date modality outlet evidence",
    "what_did_they_say": "speaker said about date outlet evidence",
    "timeline": "date event source target modality outlet evidence",
    "co_participants": "actor other events modality evidence",
    "events_at": "place date event source target modality outlet evidence",
    "articles": "article headline outlet published url events",
    "sources_of": "outlet article modality evidence",
    "acts": ACT,
    "who_visited_whom": ACT,
    "who_refused_what": ACT,
    "what_followed": "source target event date answer answer_date " + TOLD,
    "connection": "step source target " + TOLD,
    "evidence_of": "evidence words outlet published start_at end_at modality corroboration article event_id",
    "go_betweens": "go_between events_with_actor events_with_other evidence",
    "most_active_dyads": "actor other events cooperation conflict goldstein evidence",
    "cooperation_and_conflict": "month verbal_cooperation material_conflict neutral goldstein evidence",
    "who_speaks_for_whom": "speaker speaks_for events evidence",
    "most_corroborated": "date event source target corroboration evidence",
}
GOOD = """// title: Who is there
// answers: Actors of a kind.
// answers: One row each.
// param: kind = 'person' | the kind
// param: least = 2 | how many
MATCH (a:Actor) WHERE a.kind = $kind AND a.n > $least RETURN a.id AS id, '$no' AS text ORDER BY id LIMIT $limit
"""


@pytest.mark.parametrize("name", PROMISED)
def test_promised_question_has_its_columns(name: str) -> None:
    assert set(PROMISED[name].split()) <= set(find(name).columns)


def test_header_is_read() -> None:
    query = canned_query("who", GOOD)
    assert (query.title, query.answers) == ("Who is there", "Actors of a kind. One row each.")
    assert [(each.name, each.default, each.help) for each in query.parameters] == [
        ("kind", "person", "the kind"),
        ("least", 2, "how many"),
    ]
    assert query.columns == ("id", "text")
    assert query.text.startswith("MATCH")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("// title: Who is there\n", "", "who.cypher: the header needs one line '// title: ...'"),
        ("// title: Who", "// name: Who", "who.cypher, line 1: a header line begins with"),
        ("// answers: Actors of a kind.\n// answers: One row each.\n", "", "a line '// answers: ...'"),
        ("kind = 'person' |", "kind = person |", "'// param: kind = person | the kind' is not of the form"),
        ("// param: least = 2 | how many\n", "", "who.cypher: parameter 'least' is not declared"),
        ("a.kind = $kind", "a.kind = '$kind'", "who.cypher: parameter 'kind' is declared, not used"),
        ("// param: least", "// param: kind = '' | again\n// param: least", "parameter 'kind' is declared twice"),
        ("// param: least", "// param: limit = 3 | rows\n// param: least", "parameter 'limit' is declared twice"),
        (" LIMIT $limit", "", "who.cypher: it must end in LIMIT $limit"),
        (" LIMIT $limit", " LIMIT 10 // LIMIT $limit", "who.cypher: it must end in LIMIT $limit"),
    ],
)
def test_wrong_header_is_refused(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryError) as refusal:
        canned_query("who", GOOD.replace(old, new))
    assert fault in str(refusal.value)


BASE = """// title: Who acts
// answers: Acts.
// param: actor | who acts
// param: type
// param: from
// param: least = 0 | how many
MATCH (e:Event)
WITH e, 'SOURCE_OF' AS side
MATCH (a:Actor)-[r]->(e) WHERE type(r) = side AND e.articles >= $least AND ($actor = '' OR a.id = $actor)
RETURN a.id AS source, e.id AS event ORDER BY source, event LIMIT $limit
"""
OTHER = """// title: Who suffers
// answers: Acts from the other side.
// of: acts
// types: AID, ASSAULT
// events: e.mode = 'beat'
// events:   OR e.mode IS NULL
// let: side = 'TARGET_OF'
// called: source = target
// param: actor | who suffers
// param: to
"""


def test_common_parameters_have_default_and_condition_from_the_shelf() -> None:
    query = canned_query("acts", BASE)
    assert [(each.name, each.default) for each in query.parameters] == [
        ("actor", ""),
        ("type", ""),
        ("from", ""),
        ("least", 0),
    ]
    assert query.parameters[0].help == "who acts"
    assert query.parameters[2].help == find("acts").parameters[4].help
    assert query.text.startswith("MATCH (e:Event)\nWHERE ($type = '' OR e.event_type = $type)\n  AND ($from = ''")
    assert "$outlet" not in query.text


def test_question_is_made_of_another() -> None:
    query = canned_query("suffering", OTHER, {"acts": BASE})
    assert (query.title, query.columns) == ("Who suffers", ("target", "event"))
    assert {each.name: each.help for each in query.parameters} == {
        "actor": "who suffers",
        "from": "first day of interest, YYYY-MM-DD",
        "least": "how many",
        "to": "last day of interest, YYYY-MM-DD",
    }
    assert "(e.event_type IN ['AID', 'ASSAULT'])\n  AND (e.mode = 'beat'\n    OR e.mode IS NULL)" in query.text
    assert "WITH e, 'TARGET_OF' AS side\n" in query.text
    assert "a.id AS target, e.id AS event ORDER BY target, event" in query.text


def test_file_of_a_question_is_whole() -> None:
    query = canned_query("suffering", OTHER, {"acts": BASE})
    again = canned_query("suffering", query.file())
    assert (again.title, again.answers, again.parameters, again.text) == (
        query.title,
        query.answers,
        query.parameters,
        query.text,
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("// of: acts", "// of: deeds", "suffering.cypher: '// of: deeds' needs that query"),
        ("// param: to\n", "// param: to\nRETURN 1 AS one LIMIT $limit\n", "and no Cypher of its own below"),
        ("// of: acts", "// of: chain", "suffering.cypher: chain is of acts itself; write '// of: acts'"),
        (
            "side = ",
            "sight = ",
            "suffering.cypher: '// let: sight = 'TARGET_OF'' fits no line 'WITH ..., ... AS sight'",
        ),
        ("source = target", "doer = target", "suffering.cypher: '// called: doer = target' names no column of acts"),
        ("// param: to\n", "// param: until\n", "suffering.cypher: '// param: until' gives no default; without one"),
        ("AID, ASSAULT", "AID, KICK", "suffering.cypher: no event type 'KICK'; there are AGREE, CONSULT"),
    ],
)
def test_question_that_cannot_be_made_is_refused(old: str, new: str, fault: str) -> None:
    assert old in OTHER
    others = {"acts": BASE, "chain": "// title: x\n// answers: x\n// of: acts\n"}
    with pytest.raises(QueryError) as refusal:
        canned_query("suffering", OTHER.replace(old, new), others)
    assert fault in str(refusal.value)


def test_events_cannot_be_narrowed_where_none_are_looked_for() -> None:
    with pytest.raises(QueryError, match=r"who.cypher: .* needs a line 'MATCH \(e:Event\)'"):
        canned_query("who", GOOD.replace("// param: kind", "// types: AID\n// param: kind"))


def test_examples_in_the_docs_answer(embedded: Store) -> None:
    texts = {query.name: query.file() for query in queries()}
    texts["acts"] = (folder("queries") / "acts.cypher").read_text("utf-8")
    examples = [block for block in EXAMPLE.findall(PAGE.read_text("utf-8")) if block.startswith("// title")]
    assert len(examples) == 3
    for example in examples:
        query = canned_query("example", example, texts)
        given = {each.name: each.default for each in query.parameters}
        assert embedded.query(query.text, {**given, "limit": 1}).columns == query.columns


def test_parameters_in_texts_and_comments_do_not_count() -> None:
    text = 'RETURN $a, \'$b\', "it\\"s $c", `$d` /* $e */ // $f\n, $g_2'
    assert parameters_used(text) == {"a", "g_2"}


def test_unknown_question_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="no query 'who_meet_whom'; did you mean who_met_whom"):
        find("who_meet_whom")


@pytest.mark.parametrize("query", queries(), ids=lambda query: query.name)
def test_question_stands_in_the_docs_as_on_the_shelf(query: CannedQuery) -> None:
    assert section(query) in PAGE.read_text("utf-8")


def test_docs_hold_no_other_question() -> None:
    headings = [line[3:] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("## ")]
    assert [name for name in headings if name.islower()] == [query.name for query in queries()]


def section(query: CannedQuery) -> str:
    """Return the section of docs/queries.md that tells of a query."""
    rows = [
        f"| `{each.name}` | {f'`{each.default}`' if each.default != '' else ''} | {each.help} |"
        for each in query.parameters
    ]
    return "\n".join(
        (
            f"## {query.name}\n",
            f"**{query.title}.** {query.answers}\n",
            f"Columns: {', '.join(f'`{column}`' for column in query.columns)}\n",
            "| parameter | default | what it does |",
            "|---|---|---|",
            *rows,
        )
    )
