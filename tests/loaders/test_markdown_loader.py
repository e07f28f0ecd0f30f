"""Markdown: front matter, headings as titles, and marks reduced to words."""

from pathlib import Path

import pytest

from kg.model import Article
from kg.sources import read


def article(tmp_path: Path, content: str) -> Article:
    path = tmp_path / "envoy.md"
    path.write_text(content, encoding="utf-8")
    (item,) = read([str(path)])
    assert isinstance(item, Article)
    return item


def test_front_matter_gives_fields(tmp_path: Path) -> None:
    found = article(
        tmp_path,
        '---\ntitle: "Envoy \\"shocked\\": report"  # as printed\ndate: 2019-04-01T09:30:00+02:00\n'
        "outlet: 'The Courier''s wire'\ntags:\n  - peace\nauthor: {name: A. Writer}\n"
        "url: https://courier.example/envoy\nlang: en-GB\n---\n\nThe envoy left.\n",
    )
    assert found == Article(
        id="https://courier.example/envoy",
        text="The envoy left.",
        title='Envoy "shocked": report',
        published="2019-04-01T09:30:00+02:00",
        date_source="header",
        source="The Courier's wire",
        url="https://courier.example/envoy",
        language="en-GB",
    )


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("The **envoy** *left* __Geneva__.", "The envoy left Geneva."),
        (
            "See [the talks](https://x.example/a_(b)) and <https://x.example>.",
            "See the talks and https://x.example.",
        ),
        ("One ![The envoy on Monday](a.jpg) two", "One The envoy on Monday two"),
        ("## What next\n\nTalks resume.", "What next\n\nTalks resume."),
        ("- first\n- second\n\n> “We go,” he said.", "first\n\nsecond\n\n“We go,” he said."),
        ("A line\nand its rest.  \nNext.", "A line\nand its rest.\nNext."),
        ("Costs 3 * 4 &amp; `more` \\*not\\*", "Costs 3 * 4 & more *not*"),
        ("One.\n\n---\n\n<div>boxed</div>\n\nTwo<br>words.", "One.\n\nTwowords."),
        ("One[^1].\n\n    kept as is", "One[^1].\n\nkept as is"),
    ],
)
def test_marks_are_reduced_to_words(tmp_path: Path, marked: str, words: str) -> None:
    assert article(tmp_path, marked).text == words


@pytest.mark.parametrize(
    ("matter", "title", "text"),
    [
        ("", "Envoy leaves", "He left."),
        ("---\ntitle: Envoy leaves\n---\n", "Envoy leaves", "He left."),
        ("---\ntitle: Other\n---\n", "Other", "Envoy leaves\n\nHe left."),
    ],
)
def test_leading_heading_is_the_title(tmp_path: Path, matter: str, title: str, text: str) -> None:
    found = article(tmp_path, f"{matter}# Envoy *leaves*\n\nHe left.\n")
    assert (found.title, found.text) == (title, text)


def test_markdown_without_front_matter_has_no_date(tmp_path: Path) -> None:
    found = article(tmp_path, "Only a text on 1 April 2019.")
    assert (found.id, found.published, found.date_source, found.title) == ("envoy.md", None, None, None)
