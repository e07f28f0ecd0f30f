"""A web site on loopback for tests: what it answers on each path, and what it was asked."""

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STORY = (
    "Foreign Minister Anna Berg of Norway met President Emmanuel Macron in Paris on Monday and discussed a treaty "
    "on fishing. {} She said afterwards that the talks had been useful, and that both sides would meet again."
)


@dataclass(frozen=True, slots=True)
class Served:
    """What is answered, with 304 to who has its ETag already; `before` is called before it is sent."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], object] | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked for, and with which headers."""

    path: str
    headers: Message


class Site:
    """Answers on paths, and `asked` in order; a path that is not there is 404."""

    def __init__(self, root: str) -> None:
        self.root = root
        self.answers: dict[str, Served] = {}
        self.asked: list[Question] = []

    def put(self, path: str, body: str | bytes = b"", **told: object) -> str:
        """Answer a path so from now on, and return its address."""
        content = body.encode() if isinstance(body, str) else body
        self.answers[path] = Served(content, **told)  # type: ignore[arg-type]
        return self.root + path

    def page(self, path: str, more: str = "", head: str = "", **told: object) -> str:
        """Answer a path with an article, and return its address."""
        story = STORY.format(more)
        page = f"<!DOCTYPE html><html lang=en><head>{head}<title>Talks</title></head>"
        return self.put(path, f"{page}<body><article><h1>Talks</h1><p>{story}</p></article></body></html>", **told)

    def paths(self) -> list[str]:
        """Return the paths that were asked for, without robots.txt."""
        return [question.path for question in self.asked if question.path != "/robots.txt"]

    def answer(self, question: Question) -> Served:
        self.asked.append(question)
        served = self.answers.get(question.path.partition("#")[0], Served(b"nothing here", status=404))
        etag, known = served.headers.get("ETag"), question.headers.get("If-None-Match")
        return Served(status=304, headers={"ETag": etag}) if etag and etag == known else served


def rss(*items: str, more: str = "") -> str:
    """Return a feed of RSS with these items."""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Wire</title><link>http://wire.example/</link>{more}{''.join(items)}</channel></rss>"
    )


def item(link: str | None, *, guid: str = "", title: str = "Talks", content: str = "", date: str = "") -> str:
    """Return an item of RSS; `content` is its full text."""
    told = f"<title>{title}</title>"
    told += f"<link>{link}</link>" if link else ""
    told += f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    told += f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else ""
    told += f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item>{told}</item>"


def packed(content: bytes) -> bytes:
    return gzip.compress(content)


@contextmanager
def serving(host: str = "127.0.0.1", secured: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Serve a site on a free port, over TLS where it is secured."""
    server = ThreadingHTTPServer((host, 0), BaseHTTPRequestHandler)
    site = Site(f"http{'s' * bool(secured)}://{host}:{server.server_address[1]}")
    if secured:
        server.socket = secured.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    server.RequestHandlerClass = _handler(site)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served = site.answer(Question(self.path, self.headers))
            if served.before:
                served.before()
            try:
                self.send_response(served.status)
                sent = {"Content-Type": served.type, "Content-Length": str(len(served.body)), **served.headers}
                for name, value in sent.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(served.body)
            except OSError:  # the asker had enough
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None: ...

    return Handler
