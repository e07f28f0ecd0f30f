"""One request and its answer over HTTP: to a checked address, within a time and a size."""

import ssl
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.errors import FetchError
from kg.fetching.guard import resolved

if TYPE_CHECKING:
    from httpcore import NetworkBackend, NetworkStream, Response

CONNECT_SECONDS = 10.0
"""The longest wait for one address of a host to take a connection."""

_PIECE = 65_536
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long an answer may take in all, in seconds, how many bytes it may have unpacked, and from where it may come.

    With `cut`, what is larger is cut off instead of refused.
    """

    seconds: float
    size: int
    allow_private: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said: headers by name in small letters, and the content unpacked, for status 200 only."""

    status: int
    headers: dict[str, str]
    content: bytes


def ask(address: str, headers: dict[str, str], limits: Limits) -> Reply:
    """Return the reply to a GET of an address, whatever its status; redirects are not followed.

    No proxy is used, whatever the environment names: behind one, nobody could tell which machine is asked. Raises
    FetchError where no whole reply comes within the limits.
    """
    import httpcore

    clock = _Clock(limits.seconds)
    backend: NetworkBackend = _Backend(clock, allow_private=limits.allow_private)  # type: ignore[assignment]
    sent = {"Accept-Encoding": "gzip, deflate", "Connection": "close", **headers}
    with (
        _reported(limits),
        httpcore.ConnectionPool(ssl_context=trust(), network_backend=backend) as pool,
        pool.stream("GET", address, headers=list(sent.items())) as response,
    ):
        return _reply(response, limits)


def _reply(response: "Response", limits: Limits) -> Reply:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in response.headers}
    if response.status != 200:
        return Reply(response.status, headers, b"")
    pieces = unpacked(response.iter_stream(), headers.get("content-encoding", ""))
    return Reply(response.status, headers, _within(pieces, limits))


def _within(pieces: Iterable[bytes], limits: Limits) -> bytes:
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > limits.size and limits.cut:
            return bytes(content[: limits.size])
        if len(content) > limits.size:
            size = f"{limits.size // 1_000_000} MB"
            raise FetchError(f"it is too large, more than {size}; save it and split it into its articles", lasting=True)
    return bytes(content)


def unpacked(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield the bytes of an answer unpacked, in small pieces, so that who counts them can end it at any size.

    Raises FetchError where the coding is not gzip or deflate, or broken.
    """
    match coding.strip().lower():
        case "" | "identity":
            yield from pieces
        case "gzip" | "x-gzip" | "deflate":
            try:
                yield from _inflated(pieces)
            except zlib.error as error:
                raise FetchError(f"it cannot be unpacked: {error}; see whether the server is in order") from error
        case _:
            raise FetchError(f"it is packed as {coding}, which was not asked for; save the page and name its file")


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    engine = None
    for piece in pieces:
        rest = piece
        while rest:
            if engine is not None and engine.eof and rest[:1] != b"\x1f":  # padding after the last member
                return
            engine = _engine(rest) if engine is None or engine.eof else engine
            yield engine.decompress(rest, _PIECE)
            rest = engine.unconsumed_tail or engine.unused_data
    if engine is None:
        return
    yield engine.flush(_PIECE)
    if not engine.eof:
        raise FetchError("it breaks off before its end; try again later")


def _engine(start: bytes) -> Any:
    """Return what unpacks gzip, zlib, or deflate without a header, which some servers send."""
    headed = start[:1] in (b"\x1f", b"\x78")
    return zlib.decompressobj(_GZIP_OR_ZLIB if headed else -zlib.MAX_WBITS)


class _Clock:
    """How much is left of a time that began when this was made."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left; raises httpcore's ReadTimeout where there are none."""
        import httpcore

        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout
        return seconds


class _Backend:
    """The network as httpcore wants it: a host is looked up once, and what was checked is what is connected to."""

    def __init__(self, clock: _Clock, *, allow_private: bool) -> None:
        self._clock = clock
        self._allow_private = allow_private

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> "NetworkStream":  # noqa: ARG002
        """Connect to the first address of a host that answers, all of them checked before."""
        import httpcore

        network = httpcore.SyncBackend()
        problem: httpcore.NetworkError | httpcore.TimeoutException = httpcore.ConnectError("no address")
        for address in resolved(host, port, allow_private=self._allow_private):
            try:
                stream = network.connect_tcp(address, port, min(CONNECT_SECONDS, self._clock.left()), **options)
                return _Stream(stream, self._clock)  # type: ignore[return-value]
            except (httpcore.NetworkError, httpcore.ConnectTimeout) as error:
                problem = error
        raise problem


class _Stream:
    """A connection whose every wait ends with the time for the whole answer."""

    def __init__(self, stream: "NetworkStream", clock: _Clock) -> None:
        self._stream = stream
        self._clock = clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._stream.read(max_bytes, self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self._stream.write(buffer, self._clock.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> "NetworkStream":
        secured = self._stream.start_tls(ssl_context, server_hostname, self._clock.left())
        return _Stream(secured, self._clock)  # type: ignore[return-value]

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


@cache
def trust() -> ssl.SSLContext:
    """Return which certificates are trusted: those of the system, or of SSL_CERT_FILE, and those of certifi."""
    from httpcore import default_ssl_context

    return default_ssl_context()


@contextmanager
def _reported(limits: Limits) -> Iterator[None]:
    """Turn what httpcore raises into a FetchError."""
    import httpcore

    try:
        yield
    except httpcore.TimeoutException as error:
        raise FetchError(f"time-out: no whole answer within {limits.seconds:g} s; try again later") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        said = str(error) or type(error).__name__
        raise FetchError(f"no answer: {said}; see whether the server is there") from error
