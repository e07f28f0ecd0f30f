"""kg as a library: a graph that is asked from Python, and its answers as tables, in a notebook too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from kg.errors import KgError, UsageError
from kg.model import Rows, Value

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pandas import DataFrame

    from kg.asking.briefing import Briefing
    from kg.exports._seen import Seen
    from kg.stores.base import Store

_COUNTED = ("articles", "actors", "events", "statements")
_WAYS = (
    "Ask it with <code>.query(name)</code>, <code>.ask(question)</code> or <code>.cypher(text)</code>; "
    "<code>.picture(actor=name)</code> draws and <code>.report(name)</code> tells."
)

SHOWN = 100
"""How many rows a notebook shows of a result."""


@dataclass(frozen=True, slots=True, repr=False)
class Result:
    """The rows of an answer, the question that they answer, and its parameters, actors by their full names.

    Iterating gives each row as a mapping from column to value. `truncated` tells that there were more than the limit.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    truncated: bool = False
    query: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        return Rows(self.columns, self.rows).mappings()

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: int) -> dict[str, Value]:
        return dict(zip(self.columns, self.rows[number], strict=True))

    def __repr__(self) -> str:
        more = " and more" if self.truncated else ""
        return f"<Result: {len(self)} rows{more} of {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        head = "".join(f"<th>{escape(name)}</th>" for name in self.columns)
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in islice(self.rows, SHOWN))
        shown = min(len(self), SHOWN)
        left = f"<p>{shown} rows of {len(self)}{' and more' if self.truncated else ''}</p>"
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return table + (left if self.truncated or shown < len(self) else "")

    def to_pandas(self) -> "DataFrame":
        """Return the rows as a DataFrame. Raises KgError where pandas is not installed."""
        try:
            from pandas import DataFrame
        except ImportError as error:
            raise KgError("pandas is not installed; get it with `pip install pandas`") from error
        return DataFrame(list(self.rows), columns=list(self.columns))


@dataclass(frozen=True, slots=True, repr=False)
class Picture:
    """A picture of what was selected, drawn anew wherever it is shown or saved; the graph may be closed."""

    name: str
    seen: "Seen"

    def __repr__(self) -> str:
        return f"<Picture: {self.name} of {len(self.seen.events)} events>"

    def _repr_svg_(self) -> str:
        return self._drawn("svg").decode("utf-8")

    def save(self, path: str | Path) -> None:
        """Write the picture into a file whose ending says as what: .svg, .png or .pdf.

        Raises UsageError for another ending, and KgError where the file cannot be written.
        """
        form = _ending(path, {".svg": "svg", ".png": "png", ".pdf": "pdf"})
        _write(path, self._drawn(form))

    def _drawn(self, form: Any) -> bytes:
        from kg.exports._pictures import draw

        out = BytesIO()
        draw(self.seen, out, self.name, form)
        return out.getvalue()


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A briefing: Markdown as a text and in a notebook, and what `save` says."""

    briefing: "Briefing"

    def __str__(self) -> str:
        return self._written("md")

    def __repr__(self) -> str:
        return f"<Report: {len(self.briefing.events)} events>"

    def _repr_markdown_(self) -> str:
        return self._written("md")

    def save(self, path: str | Path) -> None:
        """Write the report into a file whose ending says as what: .md, .html, .bib (BibTeX) or .json (CSL-JSON).

        Raises UsageError for another ending, and KgError where the file cannot be written.
        """
        from kg.reports import forms

        form = _ending(path, {form.ENDING: name for name, form in forms().items()})
        _write(path, self._written(form).encode("utf-8", "backslashreplace"))

    def _written(self, form: str) -> str:
        from kg.reports import forms, page

        return forms()[form].write(page(self.briefing))


class Graph:
    """A store opened for asking, to be closed after use: `with kg.open() as graph: ...`.

    Every method raises StoreError where the store cannot be reached or used.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Graph in {self.address}>"

    def _repr_html_(self) -> str:
        counts = self._store.counts()
        told = ", ".join(f"{getattr(counts, name):,} {name}" for name in _COUNTED)
        return f"<p>Graph in {escape(self.address)}: {told}.</p><p>{_WAYS}</p>"

    @property
    def address(self) -> str:
        """The folder or the address of the store."""
        return self._store.address

    def ask(self, question: str, *, limit: int | None = None, evidence: str = "sentences") -> Result:
        """Return the answer to a question in plain English.

        Raises QuestionError where it is not understood, with what was and what can be asked instead.
        """
        from kg.asking.evidence import shown
        from kg.asking.plain.answer import ask

        found = ask(self._store, question, limit=limit)
        return _result(shown(self._store, found.rows, evidence), found.reading.query, found.parameters)

    def query(
        self, name: str, *, limit: int | None = None, evidence: str = "sentences", **parameters: object
    ) -> Result:
        """Return the answer to a canned question; `kg queries` lists them with their parameters.

        The parameter `from` is a word of Python: write `from_`. Days may be texts (YYYY-MM-DD) or dates. Raises
        UsageError where the question, a parameter or a value is not known, or a name fits no actor or several.
        """
        from kg.asking.canned import ask
        from kg.asking.evidence import shown

        given = {key.removesuffix("_"): _text(value) for key, value in parameters.items()}
        answer = ask(self._store, name, given, limit=limit)
        return _result(shown(self._store, answer.rows, evidence), answer.query, answer.parameters)

    def cypher(
        self, text: str, *, limit: int | None = None, timeout: float | None = None, **parameters: Value
    ) -> Result:
        """Return the rows of a Cypher text that only reads: 1000 rows within 30 seconds unless told otherwise.

        Raises QueryError where it would do more, is not valid or takes too much time or memory.
        """
        from kg.asking.cypher import run

        return _result(run(self._store, text, parameters, limit=limit, timeout=timeout), text, parameters)

    def to_networkx(
        self,
        *,
        query: str = "events",
        modality: str = "facts",
        **parameters: object,
    ) -> "MultiDiGraph":
        """Return the events between actors that a canned question finds, an edge each, as a `networkx.MultiDiGraph`.

        Without `query` all events that fit, of an `actor`, `from_` a day on and so on. Raises what `query` raises.
        """
        from kg.asking.parts import select
        from kg.exports.network import network

        given = {key.removesuffix("_"): _text(value) for key, value in parameters.items()}
        return network(select(self._store, query=query, parameters=given, modality=modality))

    def picture(
        self, name: str = "network", *, query: str = "events", modality: str = "facts", **parameters: object
    ) -> Picture:
        """Return a picture, `network`, `timeline` or `curve`, of the events that a canned question finds.

        Without `query` all events that fit, of an `actor`, `from_` a day on and so on. Raises what `query` raises,
        UsageError where there is no such picture, and KgError where matplotlib is not installed.
        """
        from kg.asking.parts import select
        from kg.exports._pictures import ready
        from kg.exports._seen import seen

        ready(name)
        given = {key.removesuffix("_"): _text(value) for key, value in parameters.items()}
        return Picture(name, seen(select(self._store, query=query, parameters=given, modality=modality)))

    def report(self, name: str, *, other: str = "", from_: str | date = "", to: str | date = "") -> Report:
        """Return a briefing on an actor, or on what it and another one had to do with each other, in some days.

        Raises UsageError where a name fits nobody or several, or a day is none.
        """
        from kg.asking.briefing import of_actors

        return Report(of_actors(self._store, name, other=other, first=_text(from_), last=_text(to)))

    def close(self) -> None:
        """Give the connection or the folder free."""
        self._store.close()


def opened(address: str | None, **login: Any) -> Graph:
    """Return the graph of a store; what is not given is as the settings say (`kg config show`)."""
    from kg.config import settings
    from kg.stores.open import open_store

    found = settings(address)
    given: Any = {key: value for key, value in login.items() if value is not None}
    return Graph(open_store(found.address, **{**found.login, **given}, read_only=True))


def _result(rows: Rows, query: str, parameters: Mapping[str, object]) -> Result:
    return Result(rows.columns, rows.rows, rows.truncated, query, dict(parameters))


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _cell(value: Value) -> str:
    return f"<td>{'' if value is None else escape(str(value))}</td>"


def _ending(path: str | Path, forms: Mapping[str, str]) -> str:
    """Return the format that the ending of a file name means."""
    ending = Path(path).suffix.lower()
    if ending not in forms:
        raise UsageError(f"{str(path)!r} ends in none of {', '.join(forms)}; give the file one of these endings")
    return forms[ending]


def _write(path: str | Path, data: bytes) -> None:
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise KgError(f"cannot write {path}: {error.strerror or error}") from error
