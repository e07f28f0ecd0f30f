"""The page on which questions are asked in plain English."""

from kg.asking.questions import find
from kg.errors import QuestionError, UsageError
from kg.web.addresses import with_query
from kg.web.cells import table
from kg.web.site import Address, Asked, Site, View
from kg.web.tools import suggestions

ROWS = 100
EXAMPLES = (
    "Who did Putin meet in July 2018?",
    "What did Merkel say about the summit?",
    "Who accused Maria Butina?",
    "sanctions against Belarus since 2020",
)


def show(site: Site, asked: Asked) -> View:
    """Return the answer to a question, how it was read, or why it was not, and what can be asked instead."""
    question = asked.query.get("q", "")
    told: dict[str, object] = {"question": question, "examples": EXAMPLES, "found": None, "problem": "", "near": ()}
    crumbs = [("Ask", "")]
    if not question:
        return View("ask.html", "Ask in English", told, crumbs)
    try:
        return View("ask.html", question, {**told, **_answered(site, question)}, crumbs)
    except (QuestionError, UsageError) as error:
        return View("ask.html", question, {**told, "problem": str(error), "near": suggestions(error)}, crumbs, 422)


def _answered(site: Site, question: str) -> dict[str, object]:
    from kg.asking.plain.answer import ask

    found = ask(site.store, question, limit=ROWS)
    query = find(found.reading.query)
    given = {name: value for name, value in found.reading.parameters.items() if value}
    address = with_query(f"/queries/{query.name}", given or {"go": 1})
    return {"found": found, "query": query, "given": given, "address": address, "rows": table(found.rows)}


ADDRESSES = (Address("/ask", show, at_a_time=1),)  # spaCy reads the question
