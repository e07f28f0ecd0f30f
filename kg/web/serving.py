"""A server at a port: the socket first, so that its address is known before anybody is answered."""

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_PATIENCE = 10  # seconds for answers that are on their way when the server is to end
_MOST_CONNECTIONS = 200


@contextmanager
def listening(host: str, port: int) -> Iterator[tuple[socket.socket, str]]:
    """Give a socket that listens, and its address; port 0 takes one that is free.

    Raises KgError where the port is taken, may not be taken, or the host is none of this machine.
    """
    if not host:
        raise UsageError("--host is empty; leave it out for this machine alone")
    try:
        family, kind, number, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, number)
    except UnicodeError as error:
        raise UsageError(f"no host {host!r}; name one of this machine, such as 127.0.0.1") from error
    except OSError as error:
        raise _unusable(host, port, error) from error
    with listener:
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen()
        except OSError as error:
            raise _unusable(host, port, error) from error
        shown = f"[{host}]" if ":" in host else host
        yield listener, f"http://{shown}:{listener.getsockname()[1]}"


def _unusable(host: str, port: int, error: OSError) -> KgError:
    return KgError(
        f"cannot listen at {host}, port {port}: {error.strerror or error}; give another --port (0 takes a free one), "
        "or another --host"
    )


def serve(app: "ASGIApp", listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answer until SIGTERM or SIGINT; what is being answered then is finished.

    `ready` is called once both signals end the server in good order.
    """
    from uvicorn import Config, Server

    config = Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_MOST_CONNECTIONS,
        timeout_graceful_shutdown=_PATIENCE,
    )
    server = Server(config)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.handle_exit)
    ready()
    server.run(sockets=[listener])
