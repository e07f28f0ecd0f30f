"""Which tools stand at which addresses of the HTTP API."""

from dataclasses import dataclass
from typing import Literal

from kg.web.tools import TOOLS, Tool


@dataclass(frozen=True, slots=True)
class Way:
    """An address, with the names of arguments that it holds in braces, and the tool that answers there."""

    method: Literal["GET", "POST"]
    path: str
    tool: Tool


_TOOLS = {tool.name: tool for tool in TOOLS}

QUERY = Way("GET", "/queries/{query}", _TOOLS["run_query"])
"""The way to canned questions: what stands behind the question mark are their parameters."""

WAYS = (
    Way("GET", "/queries", _TOOLS["list_queries"]),
    QUERY,
    Way("POST", "/ask", _TOOLS["ask"]),
    Way("POST", "/cypher", _TOOLS["run_cypher"]),
    Way("GET", "/actors", _TOOLS["find_actors"]),
    Way("GET", "/events/{article}/{event}", _TOOLS["event_evidence"]),
    Way("GET", "/status", _TOOLS["status"]),
)
DESCRIPTION = "/openapi.json"
