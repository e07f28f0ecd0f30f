"""Sources: what a name stands for, ids, dates, and everything that is kept aside with a reason."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import sources
from kg.errors import SourceError, UsageError
from kg.model import Article, KeptAside, digest, shortened

ROOT = Path(__file__).resolve().parents[1]
PAGE = b"<!DOCTYPE html><p>The envoy left Geneva on Monday after a week of talks with both delegations.</p>"
NOBODY = 65534


def write(folder: Path, **texts: str) -> None:
    """Write files named after the keys, `__` for a folder, with the suffix .txt."""
    for key, text in texts.items():
        path = folder / (key.replace("__", "/") + ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def ids(*names: object) -> list[str]:
    return [item.id for item in sources.read([str(name) for name in names]) if isinstance(item, Article)]


def aside(*names: object) -> dict[str, str]:
    found = sources.read([str(name) for name in names])
    return {item.source: item.reason for item in found if isinstance(item, KeptAside)}


def test_folder_is_read_recursively_in_order_without_hidden_or_foreign_files(tmp_path: Path) -> None:
    write(tmp_path, b="B.", a__z="Z.", a__y__x="X.", c="C.", **{".hidden": "H.", ".git__config": "G."})
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\0")
    (tmp_path / "LICENSE").write_text("All of it.")
    assert ids(tmp_path) == ["b.txt", "c.txt", "a/z.txt", "a/y/x.txt"]
    assert aside(tmp_path) == {}


def test_file_is_called_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, a__b="B.")
    assert ids(tmp_path / "a" / "b.txt") == ["b.txt"]


def test_relative_names_give_the_same_ids(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, news__a="A.", news__deep__b="B.")
    monkeypatch.chdir(tmp_path / "news")
    assert ids(".") == ids("../news") == ids(tmp_path / "news") == ["a.txt", "deep/b.txt"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt"]),
        ("**/*.txt", ["a.txt", "deep/b.txt", "deep/er/c.txt"]),
        ("d*/b.txt", ["deep/b.txt"]),
        ("d*p", ["b.txt", "er/c.txt"]),
        ("deep/[b]*", ["b.txt"]),
    ],
)
def test_glob_is_read_below_its_fixed_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, found: list[str]
) -> None:
    write(tmp_path, a="A.", deep__b="B.", deep__er__c="C.")
    (tmp_path / "deep" / "best.jpg").write_bytes(b"\0")
    assert ids(tmp_path / pattern) == found
    monkeypatch.chdir(tmp_path)
    assert ids(pattern) == found


def test_file_with_a_glob_character_is_read(tmp_path: Path) -> None:
    write(tmp_path, **{"a[1]": "A."})
    assert ids(tmp_path / "a[1].txt") == ["a[1].txt"]


def test_same_path_in_two_folders_is_told_apart_whatever_the_order(tmp_path: Path) -> None:
    write(tmp_path, x__news__a="One.", y__news__a="Two.", y__news__b="Three.")
    folders = [tmp_path / "x" / "news", tmp_path / "y" / "news"]
    assert ids(*folders) == ["x/news/a.txt", "y/news/a.txt", "b.txt"]
    assert sorted(ids(*folders)) == sorted(ids(*reversed(folders)))
    assert ids(tmp_path / "x/news/a.txt", tmp_path / "y/news/a.txt") == ["x/news/a.txt", "y/news/a.txt"]


def test_file_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, a="A.", b="B.")
    assert ids(tmp_path / "b.txt", tmp_path, tmp_path / "*.txt") == ["b.txt", "a.txt"]


def test_second_text_of_an_id_is_kept_aside_and_a_copy_passed_over(tmp_path: Path) -> None:
    write(tmp_path, a="id: x\n\nOne.", b="id: x\n\nOne.", c="id: x\n\nTwo.")
    assert ids(tmp_path) == ["x"]
    assert aside(tmp_path) == {"c.txt: x": "a.txt holds another text of the same id; give each its own"}


@pytest.mark.parametrize(
    ("content", "identity", "text"),
    [
        (b"A text.\n", digest("A text.\n"), "A text.\n"),
        (b' \n{"id": "a", "text": "A."}', "a", "A."),
        (b'\xef\xbb\xbf{"id": "a", "text": "A."}', "a", "A."),
        (b'{\n "id": "a", "text": "A."\n}', "a", "A."),
        (b'[{"id": "a", "text": "A."}]', "a", "A."),
        (b"[Updated] A text.", digest("[Updated] A text."), "[Updated] A text."),
        (b"---\nid: a\n---\n*A*.", "a", "A."),
        (PAGE, digest(PAGE[18:-4].decode()), PAGE[18:-4].decode()),
    ],
)
def test_stdin_is_read_as_what_it_looks_like(content: bytes, identity: str, text: str) -> None:
    (item,) = sources.read(["-", "-"], stdin=io.BytesIO(content))
    assert isinstance(item, Article)
    assert (item.id, item.text) == (identity, text)


def test_given_date_fills_in_and_never_overrides(tmp_path: Path) -> None:
    write(tmp_path, a="A.", b="date: 2018-01-01\n\nB.")
    found = [item for item in sources.read([str(tmp_path)], published="2019-04-01") if isinstance(item, Article)]
    assert [(item.published, item.date_source) for item in found] == [
        ("2019-04-01", "given"),
        ("2018-01-01", "header"),
    ]


def test_unknown_date_stays_unknown(tmp_path: Path) -> None:
    write(tmp_path, a="On 1 April 2019 the envoy left.")
    (item,) = sources.read([str(tmp_path)])
    assert isinstance(item, Article)
    assert (item.published, item.date_source) == (None, None)


@pytest.mark.parametrize(
    ("words", "iso"),
    [
        ("2019-04-01", "2019-04-01"),
        ("2019-04-01T10:00:00.123Z", "2019-04-01T10:00:00.123Z"),
        ("2019-04-01 10:00:00 UTC", "2019-04-01 10:00:00+00:00"),
        ("2019-04-01T10:00:00+0200", "2019-04-01T10:00:00+0200"),
        ("20190401", "2019-04-01"),
        ("2019-4-1", "2019-04-01"),
        ("2019/04/01", "2019-04-01"),
        ("1 April 2019", "2019-04-01"),
        ("Apr 1, 2019", "2019-04-01"),
        ("Mon, 01 Apr 2019 10:00:00 GMT", "2019-04-01T10:00:00+00:00"),
    ],
)
def test_date_is_read_as_iso(words: str, iso: str) -> None:
    assert sources.iso_date(words) == iso


@pytest.mark.parametrize(
    "words",
    [
        "",
        "2019",
        "2019-02-30",
        "04/01/2019",
        "yesterday",
        "2019-04-01T25:00",
        "1 Jul 999999999999 10:00 +0000",
        "\ud800",
    ],
)
def test_other_words_are_no_date(words: str) -> None:
    with pytest.raises(SourceError, match="YYYY-MM-DD"):
        sources.iso_date(words)


@pytest.mark.parametrize("words", ["0001-01-01", "9999-12-31T23:59:59Z", "1 July 0900"])
def test_date_that_stands_for_none_is_refused(words: str) -> None:
    with pytest.raises(SourceError, match="is of no year of news"):
        sources.iso_date(words)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "it is empty"),
        ("a.txt", b"\xef\xbb\xbf \n", "it is empty"),
        ("a.txt", b"title: Only a header\n\n", "it has no text"),
        ("a.txt", b"\x7fELF\x02\0\0\0", "it is binary"),
        ("a.txt", "No mark.".encode("utf-16-le"), "it is binary"),
        ("a.txt", b"long " * 2000 + b"\0", "zero characters"),
        ("a.txt", b"Caf\xe9 talks.", "byte 0xE9 at position 3 is not utf-8; convert the source"),
        ("a.txt", b"\xff\xfeodd", "is not UTF-16 as its mark says"),
        ("a.txt", b"w " * 300_000, "longer than 500,000 characters"),
        ("a.html", b"<html><body></body></html>", "save the page of one article"),
        ("a.json", b"{", "not JSON"),
        ("a.docx", b"PK", "no loader takes this file; there are loaders for .htm, .html, .json, .jsonl"),
        ("README", b"Words.", "- reads stdin"),
    ],
)
def test_bad_file_is_kept_aside_and_the_rest_read(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    write(tmp_path, good="Good.")
    named = (tmp_path / name, tmp_path / "good.txt")
    assert ids(*named) == ["good.txt"]
    assert list(aside(*named)) == [name]
    assert reason in aside(*named)[name]


def test_link_in_a_circle_or_to_nowhere_is_kept_aside(tmp_path: Path) -> None:
    write(tmp_path, good="Good.")
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "dangling.txt").symlink_to("absent.txt")
    told = {
        "circle.txt": "it cannot be read: Too many levels of symbolic links; mend or move it",
        "dangling.txt": "it cannot be read: No such file or directory; mend or move it",
    }
    assert ids(tmp_path) == ["good.txt"]
    assert aside(tmp_path) == told
    assert aside(tmp_path / "circle.txt", tmp_path / "dangling.txt") == told
    assert aside(tmp_path / "*.txt") == told


def test_name_that_is_not_utf_8_is_kept_aside(tmp_path: Path) -> None:
    write(tmp_path, good="Good.")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")).write_text("Bad.", encoding="utf-8")
    assert ids(tmp_path) == ["good.txt"]
    reason = "its name is not UTF-8; rename it, so that it can be the id of an article"
    assert aside(tmp_path) == {"bad\\udcff.txt": reason}


def test_long_id_is_refused_in_few_words(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f'{{"id": "{"x" * 100_000}", "text": "A."}}\n{{"id": "b", "text": "B."}}')
    assert ids(tmp_path) == ["b"]
    ((source, reason),) = aside(tmp_path).items()
    assert source.startswith("x" * 200 + "... (100,000 characters")
    assert reason == "in a.jsonl#1: its id is longer than 1,000 characters; give it another"


def test_two_long_names_stay_two() -> None:
    assert shortened("x" * 5000 + "a") != shortened("x" * 5000 + "b")
    assert shortened("x" * 1000) == "x" * 1000


def test_closed_or_unreadable_stdin_is_kept_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert aside("-") == {"-": "standard input is closed; pipe an article in, or name a file"}
    with Path(os.devnull).open("wb") as write_only:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(write_only))
        assert "it cannot be read" in aside("-")["-"]


def test_everything_looked_into_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, news__a="A.", news__deep__b="", good="Good.")
    monkeypatch.chdir(tmp_path)
    seen: set[str] = set()
    stdin = io.BytesIO(b"A text.")
    items = sources.read(["news", "good.txt", "*.txt", "absent.txt", "-"], stdin=stdin, seen=seen.add)
    assert len(list(items)) == 5
    assert seen == {"news", "news/deep", "a.txt", "deep/b.txt", "good.txt", "*.txt", "absent.txt", "-"}


def test_huge_file_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(50_000_000)
    write(tmp_path, good="Good.")
    assert aside(tmp_path) == {"a.txt": "it is too large, more than 20 MB; split it into its articles"}
    assert ids(tmp_path) == ["good.txt"]


def test_huge_stream_is_refused() -> None:
    (item,) = sources.read(["-"], stdin=io.BytesIO(b"word " * 4_100_000))
    assert item == KeptAside("-", "it is too large, more than 20 MB; split it into its articles")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marked_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"id": "ä", "text": "Zoë’s"}\r\n'.encode(encoding))
    (tmp_path / "b.txt").write_bytes("date 2019-04-01 Zoë’s".encode(encoding))
    assert [(item.id, item.text) for item in sources.read([str(tmp_path)]) if isinstance(item, Article)] == [
        ("ä", "Zoë’s"),
        ("b.txt", "Zoë’s"),
    ]


def test_pipe_is_refused_by_name(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert "name -" in aside(tmp_path)["a.txt"]


def test_folder_with_nothing_to_read_is_kept_aside(tmp_path: Path) -> None:
    assert "no file in this folder has a loader" in aside(tmp_path)[str(tmp_path)]


def test_one_missing_source_loses_nothing(tmp_path: Path) -> None:
    write(tmp_path, good="Good.")
    missing = tmp_path / "bad.txt"
    assert ids(missing, tmp_path) == ["good.txt"]
    assert aside(missing, tmp_path)[str(missing)].endswith(f"in {tmp_path} there are good.txt")


@pytest.mark.parametrize("names", [["absent.txt"], ["no/such/folder", "*.absent"]])
def test_nothing_there_is_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str]) -> None:
    write(tmp_path, good="Good.", news__a="A.")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=r"there is no file.*there are good\.txt, news/"):
        sources.read(names)


def test_no_source_and_broken_date_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no source is named"):
        sources.read([])
    with pytest.raises(UsageError, match="YYYY-MM-DD"):
        sources.read([str(tmp_path)], published="soon")


def test_count_is_known_for_files_of_one_article(tmp_path: Path) -> None:
    write(tmp_path, a="A.", b="B.")
    assert sources.count([str(tmp_path)]) == 2
    (tmp_path / "c.jsonl").write_text('{"text": "C."}')
    assert sources.count([str(tmp_path)]) is None
    assert sources.count(["-"]) is None


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Give a folder that every user can reach, as those of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def no_superuser() -> Iterator[None]:
    """Lay down the rights of the superuser, to whom no file is closed."""
    sources.loaders()
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    yield
    os.seteuid(0)


def test_closed_folder_and_file_are_kept_aside(open_folder: Path, request: pytest.FixtureRequest) -> None:
    write(open_folder, good="Good.", closed__a="A.", locked="L.")
    (open_folder / "closed").chmod(0)
    (open_folder / "locked.txt").chmod(0)
    request.getfixturevalue("no_superuser")
    reason = "it cannot be read: Permission denied; give yourself the right to read it"
    assert ids(open_folder) == ["good.txt"]
    assert aside(open_folder) == {"locked.txt": reason, str(open_folder / "closed"): reason}
    inside = open_folder / "closed" / "a.txt"
    assert aside(inside) == {str(inside): reason}


def test_seeds_load_whole() -> None:
    files = [path for path in (ROOT / "seeds").rglob("*.*") if path.is_file()]
    if not files:
        pytest.skip("seeds/ is empty")
    found = list(sources.read([str(ROOT / "seeds")]))
    assert [item for item in found if isinstance(item, KeptAside)] == []
    assert all(item.published for item in found if isinstance(item, Article))


def documented_loader(page: str) -> str:
    """Return the Python example of a page of docs/."""
    return (ROOT / "docs" / page).read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]


def run_with_loader(tmp_path: Path, name: str, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Copy kg, add one file to loaders/ and read sources with it in a process of its own."""
    shutil.copytree(ROOT / "kg", tmp_path / "kg", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "loaders", tmp_path / "loaders", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "loaders" / name).write_text(code, encoding="utf-8")
    script = (
        "import sys; from kg.sources import read; from kg.model import Article\n"
        "for item in read(sys.argv[1:]):\n"
        "    print(*((item.id, item.text) if isinstance(item, Article) else (item.source, item.reason)))"
    )
    command = [sys.executable, "-c", script, *arguments]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    return subprocess.run(
        command, cwd=tmp_path, env=environment, input="A text.", capture_output=True, text=True, check=False
    )


def test_documented_loader_is_one_new_file(tmp_path: Path) -> None:
    (tmp_path / "wire.csv").write_text("id,date,headline,story\nw1,2019-04-01,Envoy leaves,The envoy left.\n")
    done = run_with_loader(tmp_path, "csv_wire.py", documented_loader("loaders.md"), "wire.csv")
    assert (done.stdout, done.stderr) == ("w1 The envoy left.\n", "")


def test_documented_loader_of_lines_passes_over_blank_ones(tmp_path: Path) -> None:
    (tmp_path / "wire.tsv").write_text("2019-04-01\tOne.\n\n2019-04-02\n2019-04-03\tFour.\n")
    done = run_with_loader(tmp_path, "lines.py", documented_loader("extending.md"), "wire.tsv")
    kept = "wire.tsv#3 it has no text; there is nothing to read"
    assert (done.stdout.splitlines(), done.stderr) == (["wire.tsv#1 One.", kept, "wire.tsv#4 Four."], "")


LOADER = """
from kg.model import Article
SUFFIXES = ('.mine',)
def load(source):
    yield source.article({'text': 'Before.'}, 1)
"""


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("    {}['date']", "a.mine loader 'mine' broke off with KeyError: 'date'; mend the loader or the source"),
        ("    raise ValueError", "a.mine loader 'mine' broke off with ValueError; mend the loader or the source"),
        ("    yield {'text': 'A.'}", "a.mine loader 'mine' gave a dict for an article; mend the loader"),
        ("    yield Article(id=3, text='A.')", "3 this is no article: Expected `str`, got `int` - at `$.id`"),
        ("    yield Article(id='h', text='\\ud800')", "h it holds halves of characters (lone surrogates)"),
        ("    yield Article(id='\\ud800', text='A.')", "\\ud800 it holds halves of characters (lone surrogates)"),
    ],
)
def test_source_that_a_loader_fails_at_is_kept_aside_and_the_rest_read(tmp_path: Path, code: str, reason: str) -> None:
    write(tmp_path, good="Good.")
    (tmp_path / "a.mine").write_text("A.")
    done = run_with_loader(tmp_path, "mine.py", f"{LOADER}{code}\n", "a.mine", "good.txt")
    before, kept, good = done.stdout.splitlines()
    assert (before, good, done.stderr) == ("a.mine#1 Before.", "good.txt Good.", "")
    assert kept.startswith(reason)


def test_stream_that_a_loader_fails_to_know_is_kept_aside(tmp_path: Path) -> None:
    code = f"{LOADER}def sniff(content): return content[99]\n"
    done = run_with_loader(tmp_path, "mine.py", code, "-")
    assert "loader 'mine' broke off with IndexError" in done.stdout


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("SUFFIXES = ('.csv',)\n", "loader 'mine' needs SUFFIXES"),
        ("SUFFIXES = ('.txt',)\ndef load(source): yield\n", "loaders 'mine' and 'plain' both take .txt"),
    ],
)
def test_broken_loader_is_named(tmp_path: Path, code: str, message: str) -> None:
    done = run_with_loader(tmp_path, "mine.py", code, "kg")
    assert message in done.stderr


def test_sources_import_nothing_heavy() -> None:
    heavy = "{'trafilatura', 'lxml', 'markdown_it'}"
    script = f"import sys, kg.sources; kg.sources.loaders(); print({heavy} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
