"""JSON and JSON Lines: every field as it stands, and broken articles kept aside one by one."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from kg.model import Article, KeptAside, digest
from kg.sources import read

ODD = "  Zoë said:\r\n\t“Nein” 𝔄 e\u0301 \u2028 end \n\n"


def items(tmp_path: Path, name: str, content: str) -> list[Article | KeptAside]:
    path = tmp_path / name
    path.write_bytes(content.encode())
    return list(read([str(path)]))


@pytest.mark.parametrize("name", ["feed.jsonl", "feed.NDJSON", "feed.json"])
def test_fields_come_back_unchanged(tmp_path: Path, name: str) -> None:
    given: dict[str, Any] = {
        "id": " a/1 ü ",
        "text": ODD,
        "title": "T",
        "published": "2019-04-01T10:00:00Z",
        "url": "https://x.example/1",
        "source": "The Courier",
        "language": "en",
        "other": [1],
    }
    (item,) = items(tmp_path, name, json.dumps(given))
    del given["other"]
    assert item == Article(**given, date_source="given")


def test_json_holds_a_list(tmp_path: Path) -> None:
    found = items(tmp_path, "feed.json", '[{"id": 7, "text": "One."}, 3, {"id": "b"}, {"text": "Four."}]')
    assert found == [
        Article(id="7", text="One."),
        KeptAside("feed.json#2", "this is not an object with a `text`"),
        KeptAside("b", "in feed.json#3: this is no article: Object missing required field `text`"),
        Article(id="feed.json#4", text="Four."),
    ]


@pytest.mark.parametrize(
    ("line", "source", "reason"),
    [
        (
            '{"id": "b", "text": "tru',
            "feed.jsonl#2",
            "this line is not JSON: Input data was truncated",
        ),
        ('"text"', "feed.jsonl#2", "this line is not an object"),
        ('{"id": "b"}', "b", "in feed.jsonl#2: this is no article: Object missing required field `text`"),
        ('{"title": "T"}', "feed.jsonl#2", "this is no article: Object missing required field `text`"),
        ('{"id": " \\t", "text": "T"}', "feed.jsonl#2", "its id is blank; give it another"),
        ('{"id": " ", "title": "T"}', "feed.jsonl#2", "missing required field `text`"),
        ('{"id": "b", "text": null}', "b", "got `null` - at `$.text`"),
        ('{"id": "b", "text": "T", "title": 3}', "b", "`$.title`"),
        ('{"id": "b", "text": " \\n"}', "b", "it has no text"),
        ('{"id": "b", "text": "T\\u0000"}', "b", "zero characters"),
        ('{"id": "b", "text": "T", "published": "soon"}', "b", "the date 'soon' cannot be read"),
        ('{"id": "b", "text": "T", "published": 1554112800}', "b", "`$.published`"),
        ('{"id": "b", "text": "\\ud800"}', "feed.jsonl#2", "is not JSON"),
        ('{"a":' * 5000, "feed.jsonl#2", "is not JSON"),
    ],
)
def test_broken_line_is_kept_aside_and_the_rest_goes_on(tmp_path: Path, line: str, source: str, reason: str) -> None:
    first, broken, last = items(
        tmp_path, "feed.jsonl", f'{{"id": "a", "text": "A."}}\n{line}\n\n{{"id": "c", "text": "C."}}\r\n'
    )
    assert (first, last) == (Article(id="a", text="A."), Article(id="c", text="C."))
    assert isinstance(broken, KeptAside)
    assert broken.source == source
    assert reason in broken.reason


def test_line_in_another_encoding_is_kept_aside(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    path.write_bytes(b'{"id": "a", "text": "caf\xe9"}\n{"id": "b", "text": "B."}\n')
    broken, item = read([str(path)])
    assert isinstance(broken, KeptAside)
    assert "0xe9" in broken.reason
    assert item == Article(id="b", text="B.")


def test_id_is_the_address_else_the_line_else_the_digest(tmp_path: Path) -> None:
    lines = '{"text": "One.", "url": "https://x.example/1"}\n{"text": "Two."}\n'
    assert [item.id for item in items(tmp_path, "feed.jsonl", lines) if isinstance(item, Article)] == [
        "https://x.example/1",
        "feed.jsonl#2",
    ]
    piped = list(read(["-"], stdin=BytesIO(lines.encode())))
    assert [item.id for item in piped if isinstance(item, Article)] == ["https://x.example/1", digest("Two.")]


def test_broken_json_file_is_kept_aside(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "feed.json", '{"text": "One."}\n{"text": "Two."}\n')
    assert isinstance(item, KeptAside)
    assert "name the file .jsonl" in item.reason


def test_origin_of_a_date_is_kept(tmp_path: Path) -> None:
    (item,) = items(tmp_path, "a.jsonl", '{"text": "A.", "published": "2019-04-01", "date_source": "json-ld"}')
    assert isinstance(item, Article)
    assert (item.published, item.date_source) == ("2019-04-01", "json-ld")
