"""kg as a library: a graph to ask, answers to go on with."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from store_records import meeting, spying

import kg
from kg.errors import KgError, QueryError, UsageError
from kg.library import Graph, Result
from kg.stores.embedded import EmbeddedStore

SCRIPT = "<script>alert('x')</script> & \"more\""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = tmp_path_factory.mktemp("library") / "store"
    first = meeting()
    titled = replace(first, article=replace(first.article, title=SCRIPT))
    with EmbeddedStore(place) as store:
        store.put([titled, spying()])
    return str(place)


@pytest.fixture
def graph(folder: str) -> Iterator[Graph]:
    with kg.open(folder) as graph:
        yield graph


def test_query_gives_rows_as_mappings(graph: Graph) -> None:
    met = graph.query("who_met_whom", actor="Putin", from_=date(2018, 7, 1), to="2018-07-31")
    assert [(row["actor"], row["other"], row["date"]) for row in met] == [
        ("Vladimir Putin", "Donald Trump", "2018-07-16")
    ]
    assert met[0] == next(iter(met))
    assert len(met) == 1
    assert (met.query, met.parameters["actor"], met.parameters["from"]) == (
        "who_met_whom",
        "Vladimir Putin",
        "2018-07-01",
    )


def test_evidence_can_be_left_out(graph: Graph) -> None:
    assert "evidence" in graph.query("timeline").columns
    assert "evidence" not in graph.query("timeline", evidence="ids").columns


def test_limit_is_told(graph: Graph) -> None:
    cut = graph.cypher("MATCH (a:Actor) RETURN a.id AS id", limit=1)
    assert (len(cut), cut.truncated) == (1, True)
    assert repr(cut) == "<Result: 1 rows and more of id>"


def test_cypher_takes_parameters_and_only_reads(graph: Graph) -> None:
    assert list(graph.cypher("RETURN $x + 1 AS y", x=1)) == [{"y": 2}]
    with pytest.raises(QueryError, match="would write"):
        graph.cypher("CREATE (:Actor {id: 'x'})")


def test_what_is_wrong_is_told_as_on_the_command_line(graph: Graph) -> None:
    with pytest.raises(UsageError, match="did you mean who_met_whom"):
        graph.query("who_met_who")
    with pytest.raises(UsageError, match="no parameter 'acter'; did you mean actor"):
        graph.query("who_met_whom", acter="Putin")


def test_graph_becomes_one_of_networkx(graph: Graph) -> None:
    found = graph.to_networkx(actor="Putin", from_=date(2018, 7, 1))
    assert set(found.nodes) == {"donald-trump", "vladimir-putin"}
    assert graph.to_networkx(to="2018-06-30").number_of_edges() == 0


def test_result_becomes_one_of_pandas(graph: Graph) -> None:
    pandas = pytest.importorskip("pandas")
    result = graph.query("timeline", modality="all")
    frame = result.to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns) == list(result.columns)
    assert frame.to_dict("records") == list(result)


def test_missing_pandas_is_told_with_the_way_out(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(KgError, match=r"pip install pandas"):
        graph.query("timeline").to_pandas()


class Elements(HTMLParser):
    """The elements and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_table_of_a_notebook_holds_text_and_nothing_that_runs(graph: Graph) -> None:
    page = Elements()
    page.feed(graph.query("articles")._repr_html_())
    page.feed(graph.cypher("RETURN 1 AS `<b>x</b>`, null AS none")._repr_html_())
    page.close()
    assert page.names == {"table", "thead", "tbody", "tr", "th", "td"}
    assert {SCRIPT, "<b>x</b>"} <= set(page.texts)


def test_table_of_a_notebook_says_what_it_leaves_out() -> None:
    rows = tuple((number,) for number in range(150))
    assert "<p>100 rows of 150</p>" in Result(("n",), rows)._repr_html_()
    assert "<p>1 rows of 1 and more</p>" in Result(("n",), rows[:1], truncated=True)._repr_html_()
    assert "<p>" not in Result(("n",), rows[:1])._repr_html_()


def test_notebook_tells_what_a_graph_holds(graph: Graph) -> None:
    page = Elements()
    page.feed(graph._repr_html_())
    page.close()
    assert page.names == {"p", "code"}
    assert "2 articles, " in "".join(page.texts)


@pytest.mark.parametrize("name", ["network", "timeline", "curve"])
def test_picture_is_shown_and_saved(folder: str, tmp_path: Path, name: str) -> None:
    with kg.open(folder) as graph:
        picture = graph.picture(name, actor="Putin", from_=date(2018, 7, 1))
    shown = picture._repr_svg_()
    assert "Selection: actor Vladimir Putin, from 2018-07-01, modality facts." in shown
    picture.save(tmp_path / "picture.svg")
    assert (tmp_path / "picture.svg").read_text("utf-8") == shown
    picture.save(str(tmp_path / "picture.PNG"))
    assert (tmp_path / "picture.PNG").read_bytes().startswith(b"\x89PNG")
    assert repr(picture).startswith(f"<Picture: {name} of ")


def test_picture_that_cannot_be_drawn_or_saved_is_told(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = graph.picture(actor="Putin")
    with pytest.raises(UsageError, match=r"ends in none of \.svg, \.png, \.pdf"):
        picture.save("picture.gif")
    with pytest.raises(KgError, match="cannot write"):
        picture.save(tmp_path / "missing" / "picture.svg")
    with pytest.raises(UsageError, match="did you mean network"):
        graph.picture("netwrk")
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(KgError, match=r"pip install matplotlib"):
        graph.picture(actor="Putin")


def test_report_is_markdown_and_saved_by_its_ending(folder: str, tmp_path: Path) -> None:
    with kg.open(folder) as graph:
        report = graph.report("Putin", other="Trump", from_=date(2018, 7, 1))
    assert report._repr_markdown_() == str(report)
    assert str(report).startswith("# Vladimir Putin and Donald Trump\n")
    for ending, beginning in ((".md", "# Vladimir"), (".html", "<!doctype"), (".bib", "@article{"), (".json", "[")):
        report.save(tmp_path / f"report{ending}")
        assert (tmp_path / f"report{ending}").read_text("utf-8").startswith(beginning)
    with pytest.raises(UsageError, match="ends in none of"):
        report.save("report.docx")


def test_settings_name_the_store(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", folder)
    with kg.open() as graph:
        assert graph.address == folder
        assert repr(graph) == f"<Graph in {folder}>"
        assert len(graph.query("articles")) == 2


def test_import_is_light() -> None:
    heavy = "click rich spacy thinc numpy neo4j kglite networkx pandas trafilatura prompt_toolkit msgspec sqlite3"
    code = f"import sys, kg; print(sorted(set({heavy.split()!r}) & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_types_are_told() -> None:
    assert (Path(kg.__file__).parent / "py.typed").is_file()
