"""Which status of HTTP an error is told with."""

import re

from kg.errors import JudgementError, KgError, MissingError, QueryError, QuestionError, StoreError, UsageError
from kg.web.door import RefusedError

_STATUS: tuple[tuple[type[KgError], int], ...] = (  # the first that fits counts
    (MissingError, 404),
    (UsageError, 422),
    (QueryError, 422),
    (QuestionError, 422),
    (StoreError, 503),
    (JudgementError, 503),
)


_INERT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def refuse_controls(place: str, text: str) -> None:
    """Raise UsageError, with the name of what holds it, for a text with a control character or a lone surrogate."""
    if found := _INERT.search(text):
        raise UsageError(f"{place} holds the control character U+{ord(found[0]):04X}; leave it out")


def status_of(error: KgError) -> int:
    """Return the status of an error of ours, 500 for one that no request should meet."""
    if isinstance(error, RefusedError):
        return error.status
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
