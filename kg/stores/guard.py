"""What ad-hoc Cypher may say, told from its text; a store that has query plans checks these too."""

import re

from kg.errors import QueryError

PROCEDURES = frozenset({"db.labels", "db.relationshiptypes", "db.propertykeys"})
"""Procedures that may be called, in lower case: they tell names of the schema and no more."""

_LITERAL = re.compile(
    r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:``|[^`])*`|/\*.*?\*/|//[^\n]*""",
    re.DOTALL,
)
_LOAD = re.compile(r"LOAD(?:\s|//[^\n]*|/\*.*?\*/)+CSV", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_COMMAND = re.compile(r"\s*(?:CYPHER\b[\w\s.=]*?\s)?(SHOW|TERMINATE|EXPLAIN|PROFILE)\b", re.IGNORECASE)
_USE = re.compile(r"(?<![.$:\w])USE\s+[\w`]", re.IGNORECASE)
_SEVERAL = re.compile(r";\s*[^\s;]")
_CALL = re.compile(r"(?<![.$:\w])(?<!\bAS )CALL\b(?!\s*[({])([\w.\s]*)", re.IGNORECASE)


def refuse_unsafe(cypher: str) -> None:
    """Raise QueryError where a text would load a file, run a command, leave its database or is more than one.

    LOAD CSV is refused even within a string or a comment, so that no way of quoting hides it.
    """
    for text in (cypher, _unescaped(cypher)):
        if _LOAD.search(text):
            raise QueryError(
                "LOAD CSV is refused, for it reads any file; words to look for can be passed as a parameter"
            )
        code = _LITERAL.sub(" ", text)
        if command := _COMMAND.match(code):
            raise QueryError(f"{command[1].upper()} is refused; write a query that begins with MATCH or RETURN")
        if _USE.search(code):
            raise QueryError("USE is refused; choose the database with NEO4J_DATABASE")
        if _SEVERAL.search(code):
            raise QueryError("several statements are refused; run them one by one")


def refuse_procedures(cypher: str) -> None:
    """Raise QueryError where a text calls a procedure that is not on the list."""
    for text in (cypher, _unescaped(cypher)):
        for call in _CALL.finditer(_LITERAL.sub(" ", text)):
            refuse_procedure("".join(call[1].split()))


def refuse_procedure(name: str) -> None:
    """Raise QueryError where a procedure is not on the list."""
    if name.lower() not in PROCEDURES:
        raise QueryError(f"the procedure {name!r} is refused; there are {', '.join(sorted(PROCEDURES))}")


def _unescaped(cypher: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher)
