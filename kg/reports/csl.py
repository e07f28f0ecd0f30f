"""The articles that a report cites as CSL-JSON, for Zotero, Pandoc and citation processors."""

import json

from kg.asking.wording import plain
from kg.reports._cited import Source, address, day, quoted, sources
from kg.reports._page import Page

ENDING = ".json"


def write(page: Page) -> str:
    """Return an array with an item for each article; the quotations stand in its note."""
    return json.dumps([_item(source) for source in sources(page)], ensure_ascii=False, indent=1) + "\n"


def _item(source: Source) -> dict[str, object]:
    paper, published = source.paper, day(source.paper.published)
    known = {
        "title": plain(paper.headline),
        "container-title": plain(paper.outlet),
        "URL": address(paper),
        "language": plain(paper.language),
    }
    item: dict[str, object] = {"id": source.key, "type": "article-newspaper"}
    item |= {name: text for name, text in known.items() if text}
    if published:
        item["issued"] = {"date-parts": [list(published)]}
    return item | {"note": quoted(source.notes)}
