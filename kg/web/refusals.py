"""Which status of HTTP an error is told with."""

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


def status_of(error: KgError) -> int:
    """Return the status of an error of ours, 500 for one that no request should meet."""
    if isinstance(error, RefusedError):
        return error.status
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
