"""The command that takes a question in plain English: ask."""

from typing import TYPE_CHECKING

import click

from kg.cli import options, rows, terminal
from kg.errors import KgError, QuestionError
from kg.model import Value

if TYPE_CHECKING:
    from kg.asking.plain.read import Reading


@click.command()
@click.argument("question")
@options.limit_option()
@options.evidence_option()
@options.format_option(*rows.FORMATS)
def ask(question: str, *, limit: int | None, evidence: str, form: str | None) -> None:
    """Answer a question in plain English, with the evidence.

    It is read by rules and tables, and asked as one of the canned questions: which one, and its parameters, is said on
    stderr. What is not understood is not guessed: kg says which words, and what it can be asked instead.
    """
    from kg.asking.evidence import shown
    from kg.asking.plain.answer import ask as answered

    with options.opened(read_only=True) as store:
        try:
            found = answered(store, question, limit=limit)
        except QuestionError as error:
            _refuse(question, error, form)
        shown_rows = shown(store, found.rows, evidence)
    terminal.note(_told(found.reading))
    if found.reading.note:
        terminal.note(found.reading.note)
    if found.count is not None:
        terminal.note(f"{found.count} event{'' if found.count == 1 else 's'}")
    also: dict[str, Value] = {"count": found.count, "note": found.reading.note}
    about = {
        "question": question,
        "query": found.reading.query,
        "parameters": dict(found.parameters),
        **{key: value for key, value in also.items() if value not in (None, "")},
    }
    rows.show(shown_rows, form, about=about)


def _told(reading: "Reading") -> str:
    return " ".join((reading.query, *(f"{key}={value}" for key, value in reading.parameters.items())))


def _refuse(question: str, error: QuestionError, form: str | None) -> None:
    """Say why a question is not answered, and what can be asked instead; end with the exit code of an error."""
    if rows.chosen_format(form) == "json":
        about: dict[str, object] = {"question": question, "query": None, "parameters": {}}
        told: dict[str, object] = {"problem": str(error), "suggestions": error.suggestions, "columns": (), "rows": ()}
        terminal.emit([rows.as_json({**about, **told})])
    terminal.fail(str(error))
    for suggestion in error.suggestions:
        terminal.note(f"try: {suggestion}")
    click.get_current_context().exit(KgError.exit_code)
