"""The header of a query file is held to, and the shelf and its page in the docs agree."""

from pathlib import Path

import pytest

from kg.asking.questions import CannedQuery, canned_query, find, parameters_used, queries
from kg.errors import QueryError, UsageError

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"
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
