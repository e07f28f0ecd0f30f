"""The errors that kg raises, one tree, each naming the thing and the way out.

KgError                  exit code 1
├── UsageError           exit code 2: a wrong option, parameter or name
│   └── MissingError     a tool, query, event or address that is not there
├── SourceError          one source or article cannot be read: kept aside, the load goes on (exit code 3)
│   ├── FetchError       an address cannot be fetched
│   └── LanguageError    the text is not English
├── KnowledgeError       a codebook file or a table of the world is broken
├── JudgementError       a file of judgements is broken or contradicts itself
├── ModelError           the spaCy model is missing or is not the pinned one
├── QuestionError        a question in plain English is not understood
├── QueryError           a query file, its parameters or a Cypher text is refused
└── StoreError           exit code 4: the database cannot be reached or used
    └── SchemaError      the database is of another schema than this kg writes, or of another program
"""


class KgError(Exception):
    """Anything that kg reports to its user: one sentence, with the way out."""

    exit_code = 1


class UsageError(KgError):
    """A wrong option, parameter or name."""

    exit_code = 2


class MissingError(UsageError):
    """A tool, query, event or address that is not there."""


class SourceError(KgError):
    """A source or an article that cannot be read."""

    exit_code = 3


class FetchError(SourceError):
    """An address that cannot be fetched.

    `status` is that of HTTP where a server answered, `wait` the seconds that it wants to be left alone, and `lasting`
    tells that asking again will not help.
    """

    def __init__(
        self, message: str, *, status: int | None = None, wait: float | None = None, lasting: bool = False
    ) -> None:
        super().__init__(message)
        self.status, self.wait, self.lasting = status, wait, lasting


class LanguageError(SourceError):
    """An article in a language other than English."""


class KnowledgeError(KgError):
    """A codebook file or a table that is broken: file, place and cure."""


class JudgementError(KgError):
    """A judgement that is none, or contradicts another."""


class ModelError(KgError):
    """The spaCy model is missing or is not the pinned one."""


class QuestionError(KgError):
    """A question in plain English that is not understood; `suggestions` are commands that ask something near it."""

    def __init__(self, message: str, *, suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.suggestions = suggestions


class QueryError(KgError):
    """A query file, its parameters or a Cypher text that is refused."""

    exit_code = 2


class StoreError(KgError):
    """A store that cannot be reached or used."""

    exit_code = 4


class SchemaError(StoreError):
    """A database of an older or newer schema, or of another program."""
