"""Programs that serve, run as users run them: what they print, what they answer, how they end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import anyio
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import CallToolResult, Tool

ENDS_WITHIN = 60
"""Seconds after which a program that does not end is stuck, however busy the machine."""


@dataclass(frozen=True, slots=True)
class Place:
    """A store as the command line names it, with what the environment must hold for that."""

    store: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def variables(self, **more: str) -> dict[str, str]:
        own = {key: value for key, value in os.environ.items() if not key.startswith(("KG_", "NEO4J_"))}
        return {**own, "PYTHONPATH": os.pathsep.join(sys.path), **self.environment, **more}

    def command(self, *arguments: str) -> list[str]:
        program = "import sys; from kg.cli.main import main; sys.exit(main())"
        return [sys.executable, "-c", program, "--store", self.store, *arguments]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        assert self.headers["content-type"] == "application/json"
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Api:
    """A running `kg serve`."""

    address: str
    process: subprocess.Popen[str]

    def get(self, path: str, headers: Mapping[str, str] | None = None, **asked: object) -> Reply:
        return self.send("GET", f"{path}?{urlencode(asked)}" if asked else path, headers=headers)

    def post(self, path: str, asked: object) -> Reply:
        return self.send("POST", path, json.dumps(asked).encode(), {"Content-Type": "application/json"})

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        connection = HTTPConnection(urlsplit(self.address).netloc, timeout=ENDS_WITHIN)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Reply(answer.status, {key.lower(): value for key, value in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def ended(self) -> tuple[int, str]:
        """Ask the server to end; return its exit code and what it printed besides its address."""
        self.process.send_signal(signal.SIGTERM)
        out, err = self.process.communicate(timeout=ENDS_WITHIN)
        return self.process.returncode, out + err


def serving(place: Place, *options: str, **variables: str) -> AbstractContextManager[Api]:
    """Give the HTTP API of a place while it runs."""
    return _running(place, "--api", *options, **variables)


def showing(place: Place, *options: str, **variables: str) -> AbstractContextManager[Api]:
    """Give the explorer of a place while it runs."""
    return _running(place, *options, **variables)


@contextmanager
def _running(place: Place, *options: str, **variables: str) -> Iterator[Api]:
    command = place.command("serve", "--port", "0", *options)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=place.variables(**variables)
    ) as process:
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            assert address, process.stderr.read() if process.stderr else ""
            yield Api(address, process)
        finally:
            process.kill()


def refused(place: Place, *arguments: str, **variables: str) -> tuple[int, str]:
    """Run a command that is to end by itself; return its exit code and what it says on stderr."""
    done = subprocess.run(
        place.command(*arguments),
        capture_output=True,
        check=False,
        text=True,
        timeout=ENDS_WITHIN,
        env=place.variables(**variables),
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


@dataclass(frozen=True, slots=True)
class Talk:
    """What an agent was told: what the server says of itself, its tools, and the answers to its calls."""

    instructions: str
    tools: Sequence[Tool]
    answers: Sequence[CallToolResult]


def talk(place: Place, *calls: tuple[str, dict[str, object]], options: Sequence[str] = ()) -> Talk:
    """Make calls as an agent does, by the official client over stdio, one after another."""

    async def talking() -> Talk:
        command, *arguments = place.command("mcp", *options)
        server = StdioServerParameters(command=command, args=arguments, env=place.variables())
        with Path(os.devnull).open("w") as nowhere:
            async with stdio_client(server, errlog=nowhere) as streams, ClientSession(*streams) as session:
                greeting = await session.initialize()
                listed = await session.list_tools()
                answers = [await session.call_tool(name, asked) for name, asked in calls]
        return Talk(greeting.instructions or "", listed.tools, answers)

    return anyio.run(talking)
