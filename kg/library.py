"""kg as a library: a graph that is asked from Python, and its answers as tables, in a notebook too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from kg.errors import KgError
from kg.model import Rows, Value

if TYPE_CHECKING:
    from networkx import MultiDiGraph
    from pandas import DataFrame

    from kg.stores.base import Store

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
            raise KgError("pandas is not installed; get it with `pip install 'kg[pandas]'`") from error
        return DataFrame(list(self.rows), columns=list(self.columns))


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
