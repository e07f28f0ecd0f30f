"""What ad-hoc Cypher may say, told from its text; a store that has query plans checks these too."""

import re

from kg.errors import QueryError

PROCEDURES = frozenset({"db.labels", "db.relationshiptypes", "db.propertykeys"})
"""Procedures that may be called, in lower case: they tell names of the schema and no more."""

DEEPEST = 100
"""How many brackets may stand inside each other: where there are twice as many, the parser of Neo4j does not return."""

_LITERAL = re.compile(
    r"""(?P<quoted>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<name>`(?:``|[^`])*`)|(?P<comment>/\*.*?\*/|//[^\n\r]*)""",
    re.DOTALL,
)
_PLAIN_NAME = re.compile(r"`[\w.]*`")
_NOT_A_NAME = r"(?<![.$:`\w])(?<!\bAS )"
_LOAD = re.compile(_NOT_A_NAME + r"(?:LOAD|`LOAD`) ?(?:CSV\b|`CSV`)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_PREFIX = r"(?:CYPHER\b[\w .=]*? )?"
_COMMAND = re.compile(rf" ?{_PREFIX}`?(SHOW|TERMINATE|EXPLAIN|PROFILE)\b", re.IGNORECASE)
_USE = re.compile(rf"(?:^ ?{_PREFIX}|[{{;] ?|\b(?:UNION(?: ALL| DISTINCT)?|NEXT) )USE [\w`]", re.IGNORECASE)
_SEVERAL = re.compile(r"; ?[^ ;]")
_CALL = re.compile(_NOT_A_NAME + r"CALL (?=[\w`])((?:[\w.]|`[\w.]*`| ?\. ?)+) ?\(", re.IGNORECASE)


def refuse_unsafe(cypher: str) -> None:
    """Raise QueryError where a text would load a file, run a command, leave its database or is more than one.

    Neo4j reads the escape of a letter as that letter wherever it stands, so a text is looked at in both ways.
    """
    for code in _readings(cypher):
        if _LOAD.search(code):
            raise QueryError("LOAD CSV is refused, for it reads any file; `kg load` brings articles in")
        if command := _COMMAND.match(code):
            raise QueryError(f"{command[1].upper()} is refused; write a query that begins with MATCH or RETURN")
        if _USE.search(code):
            raise QueryError("USE is refused; choose the database with NEO4J_DATABASE")
        if _SEVERAL.search(code):
            raise QueryError("several statements are refused; run them one by one")
        if _depth(code) > DEEPEST:
            raise QueryError(f"more than {DEEPEST} brackets inside each other are refused; write the query flatter")


def refuse_procedures(cypher: str) -> None:
    """Raise QueryError where a text calls a procedure that is not on the list."""
    for code in _readings(cypher):
        for call in _CALL.finditer(code):
            refuse_procedure(call[1].replace(" ", "").replace("`", ""))


def refuse_procedure(name: str) -> None:
    """Raise QueryError where a procedure is not on the list."""
    if name.lower() not in PROCEDURES:
        raise QueryError(f"the procedure {name!r} is refused; there are {', '.join(sorted(PROCEDURES))}")


def without_comments(cypher: str) -> str:
    """Return a text with a blank for each character of its comments, so that all else keeps its line and column."""
    return _LITERAL.sub(lambda found: re.sub(r"[^\n]", " ", found[0]) if found["comment"] else found[0], cypher)


def is_whole(cypher: str) -> bool:
    """Return whether a text ends in a semicolon, with nothing left open that is quoted or a comment."""
    bare = _LITERAL.sub(" ", cypher)
    return bare.rstrip().endswith(";") and not re.search(r"""['"`]|/\*""", bare)


def _readings(cypher: str) -> tuple[str, str]:
    """Return a text as it stands and with its escapes resolved: what is quoted empty, comments gone, blanks single."""
    escaped = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher)
    bare, resolved = (" ".join(_LITERAL.sub(_emptied, text).split()) for text in (cypher, escaped))
    return bare, resolved


def _emptied(found: re.Match[str]) -> str:
    """Return what is left of a literal; plain names stay, for kglite takes a keyword between backticks as one."""
    if found["quoted"]:
        return "''"
    if found["comment"]:
        return " "
    return found[0] if _PLAIN_NAME.fullmatch(found[0]) else "``"


def _depth(code: str) -> int:
    deepest = depth = 0
    for sign in code:
        depth += (sign in "([{") - (sign in ")]}")
        deepest = max(deepest, depth)
    return deepest
