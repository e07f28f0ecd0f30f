"""Plain text: the leading date, header lines, and texts that have neither."""

from pathlib import Path

import pytest

from kg.model import Article, KeptAside
from kg.sources import read

BODY = "The envoy left Geneva on Monday.\n\n  Talks resume in May.\n"


def article(tmp_path: Path, content: str) -> Article:
    path = tmp_path / "envoy.txt"
    path.write_bytes(content.encode())
    (item,) = read([str(path)])
    assert isinstance(item, Article)
    return item


def test_leading_date_is_cut_and_the_rest_unchanged(tmp_path: Path) -> None:
    found = article(tmp_path, f" date 2019-04-01 {BODY}")
    assert (found.text, found.published, found.date_source) == (BODY, "2019-04-01", "header")


def test_header_gives_fields_and_is_cut(tmp_path: Path) -> None:
    header = "Title: Envoy leaves: what next\nauthor: A. Writer\nDate: 1 April 2019\nsource: The Courier\n"
    header += "id: envoy-1\nurl: https://courier.example/envoy\nlanguage: en\n"
    found = article(tmp_path, f"{header}\n{BODY}")
    assert found == Article(
        id="envoy-1",
        text=BODY,
        title="Envoy leaves: what next",
        published="2019-04-01",
        date_source="header",
        source="The Courier",
        url="https://courier.example/envoy",
        language="en",
    )


@pytest.mark.parametrize(
    "content",
    [
        BODY,
        "Title: Envoy leaves\nThe envoy left Geneva.\n\nMore follows.\n",
        "The minister said: I go.\n\nShe left.\n",
        "Date of the talks is open.\n\nSo is the place.",
        "date unknown, the envoy says.",
    ],
)
def test_text_without_a_header_is_whole(tmp_path: Path, content: str) -> None:
    found = article(tmp_path, content)
    assert (found.text, found.published, found.date_source, found.title) == (content, None, None, None)


def test_windows_line_ends_become_one_character(tmp_path: Path) -> None:
    found = article(tmp_path, "title: Envoy\r\n\r\nOne.\r\n\r\nTwo.")
    assert (found.title, found.text) == ("Envoy", "One.\n\nTwo.")


@pytest.mark.parametrize("content", ["date 2019-02-30 The envoy left.", "date: 07/08/2019\n\nThe envoy left."])
def test_impossible_or_ambiguous_date_is_kept_aside(tmp_path: Path, content: str) -> None:
    path = tmp_path / "envoy.txt"
    path.write_text(content)
    (item,) = read([str(path)])
    assert isinstance(item, KeptAside)
    assert item.source == "envoy.txt"
    assert "write it as YYYY-MM-DD" in item.reason
