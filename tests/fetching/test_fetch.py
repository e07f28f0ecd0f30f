"""Fetching from a real server on loopback: what comes, what is refused, and what the server was asked."""

import shutil
import socket
import ssl
import subprocess
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from web_site import Site, packed, serving

from kg import __version__
from kg.errors import FetchError
from kg.fetching.connection import Limits, ask, trust, unpacked
from kg.fetching.fetch import Fetcher, Manners, Validators
from kg.fetching.pace import LONGEST_REST, Pace, retry_after
from kg.fetching.stop import Stop
from kg.sources import MAX_BYTES


def fetcher(**manners: Any) -> Fetcher:
    return Fetcher(Manners(**{"delay": 0.0, "seconds": 10.0, "allow_private": True, **manners}))


def refusal(address: str, **manners: Any) -> FetchError:
    with pytest.raises(FetchError) as caught:
        fetcher(**manners).get(address)
    return caught.value


def test_page_is_fetched_with_our_name(site: Site) -> None:
    page = fetcher().page(site.put("/a", "<p>Hello.</p>"))
    assert (page.address, page.content, page.ending) == (site.root + "/a", b"<p>Hello.</p>", ".html")
    assert [question.headers["User-Agent"] for question in site.asked] == [f"kg/{__version__} (+news graph)"] * 2


def test_what_did_not_change_is_not_sent_again(site: Site) -> None:
    address = site.put("/a", "Hello.", headers={"ETag": '"1"', "Last-Modified": "Mon, 20 Jul 2026 10:00:00 GMT"})
    fetch = fetcher()
    first = fetch.get(address)
    assert (first.fresh, first.content) == (True, b"Hello.")
    again = fetch.get(address, first.validators)
    assert (again.fresh, again.validators) == (False, Validators('"1"', "Mon, 20 Jul 2026 10:00:00 GMT"))
    assert site.asked[-1].headers["If-Modified-Since"] == "Mon, 20 Jul 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("status", "lasting"), [(304, False), (404, False), (403, True), (410, True), (429, False), (500, False)]
)
def test_status_that_is_no_page_is_the_reason(site: Site, status: int, lasting: bool) -> None:
    error = refusal(site.put("/a", status=status))
    assert f"status {status}" in str(error)
    assert (error.status, error.lasting) == (status, lasting)


def test_redirects_are_followed_and_permanent_ones_remembered(site: Site) -> None:
    site.put("/new", "Here.")
    site.put("/moved", status=301, headers={"Location": "/new"})
    site.put("/for-now", status=302, headers={"Location": "/moved"})
    assert fetcher().get(site.root + "/moved").moved == site.root + "/new"
    answer = fetcher().get(site.root + "/for-now")
    assert (answer.address, answer.moved, answer.content) == (site.root + "/new", None, b"Here.")


def test_at_most_five_redirects_are_followed(site: Site) -> None:
    for number in range(6):
        site.put(f"/{number}", status=307, headers={"Location": f"/{number + 1}"})
    site.put("/6", "Here.")
    assert fetcher().get(site.root + "/1").content == b"Here."
    assert "more than 5 redirects" in str(refusal(site.root + "/0"))


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://wire.example/a", "http://user:word@127.0.0.1/", "//["]
)
def test_redirect_leads_to_web_addresses_only(site: Site, location: str) -> None:
    error = refusal(site.put("/a", status=302, headers={"Location": location}))
    assert str(error).startswith("it leads on to no address")


def test_private_address_is_refused_before_anything_is_sent(site: Site) -> None:
    error = refusal(site.page("/a"), allow_private=False)
    assert "127.0.0.1 is not a public address" in str(error)
    assert "--allow-private" in str(error)
    assert site.asked == []


def test_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    target = site.page("/secret")
    site.put("/a", status=302, headers={"Location": target})
    port = site.root.rpartition(":")[2]
    stand_for(monkeypatch, "public.example", "8.8.8.8", "127.0.0.1")
    error = refusal(f"http://public.example:{port}/a", allow_private=False)
    assert "127.0.0.1 is not a public address" in str(error)
    assert site.paths() == ["/a"]


def test_name_is_looked_up_once_for_a_connection(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    known = socket.getaddrinfo

    def lookup(host: str, *rest: Any, **named: Any) -> Any:
        looked_up.append(host)
        first = looked_up.count("changing.example") < 2
        return known(("127.0.0.1" if first else "127.0.0.2") if host == "changing.example" else host, *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    limits = Limits(seconds=5.0, size=100, allow_private=True)
    reply = ask(f"http://changing.example:{site.root.rpartition(':')[2]}/a", {}, limits)
    assert reply.status == 404
    assert looked_up.count("changing.example") == 1


def stand_for(monkeypatch: pytest.MonkeyPatch, name: str, told: str, real: str) -> None:
    """Let the system tell a public address for a name, and lead connections to it to a local one."""
    lookup, connect = socket.getaddrinfo, socket.create_connection

    def looked_up(host: str, *rest: Any, **named: Any) -> Any:
        return lookup(told if host == name else host, *rest, **named)

    def connected(address: tuple[str, int], *rest: Any, **named: Any) -> socket.socket:
        return connect((real if address[0] == told else address[0], address[1]), *rest, **named)

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", connected)


def test_robots_txt_is_obeyed(site: Site) -> None:
    site.put(
        "/robots.txt",
        "User-agent: kg\nDisallow: /secret\nDisallow: /*.cgi$\n\nUser-agent: *\nDisallow: /",
        type="text/plain",
    )
    assert "robots.txt" in str(refusal(site.page("/secret/a")))
    assert "robots.txt" in str(refusal(site.page("/b.cgi")))
    assert fetcher().get(site.page("/open")).fresh
    assert site.paths() == ["/open"]


def test_robots_txt_counts_for_where_a_redirect_leads(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret", type="text/plain")
    site.page("/secret")
    assert "robots.txt" in str(refusal(site.put("/a", status=301, headers={"Location": "/secret"})))
    assert site.paths() == ["/a"]


def test_robots_txt_that_fails_allows_nothing_and_a_missing_one_all(site: Site) -> None:
    address = site.page("/a")
    site.put("/robots.txt", status=503, headers={"Retry-After": "7"})
    error = refusal(address)
    assert "robots.txt of its host cannot be read" in str(error)
    assert error.wait == 7
    site.put("/robots.txt", status=403)
    assert fetcher().get(address).fresh


def test_robots_txt_is_read_once(site: Site) -> None:
    fetch = fetcher()
    for path in ("/a", "/b"):
        fetch.get(site.page(path))
    assert [question.path for question in site.asked] == ["/robots.txt", "/a", "/b"]


def test_page_that_is_too_large_is_refused(site: Site) -> None:
    error = refusal(site.put("/a", b"x" * (MAX_BYTES + 1)))
    assert "too large, more than 20 MB" in str(error)
    assert error.lasting


def test_bomb_is_ended_at_the_limit(site: Site) -> None:
    bomb = packed(b"\0" * 60_000_000)
    assert len(bomb) < 1_000_000
    error = refusal(site.put("/a", bomb, headers={"Content-Encoding": "gzip"}))
    assert "too large" in str(error)


def test_bomb_is_unpacked_in_small_pieces() -> None:
    pieces = unpacked([packed(b"\0" * 10_000_000)], "gzip")
    assert max(map(len, pieces)) <= 65_536


@pytest.mark.parametrize(
    ("coding", "sent"),
    [
        ("gzip", packed(b"Hello, ") + packed(b"world.") + b"\0\0"),
        ("deflate", zlib.compress(b"Hello, world.")),
        ("deflate", zlib.compress(b"Hello, world.")[2:-4]),
        ("", b"Hello, world."),
    ],
)
def test_packed_pages_are_unpacked(site: Site, coding: str, sent: bytes) -> None:
    assert fetcher().get(site.put("/a", sent, headers={"Content-Encoding": coding})).content == b"Hello, world."
    assert b"".join(unpacked([sent[at : at + 1] for at in range(len(sent))], coding)) == b"Hello, world."


@pytest.mark.parametrize(
    ("coding", "sent", "reason"),
    [
        ("gzip", packed(b"Hello")[:-6], "breaks off"),
        ("gzip", b"<p>Hello</p>", "cannot be unpacked"),
        ("br", b"abc", "packed as br"),
    ],
)
def test_packing_that_is_broken_or_unknown_is_refused(site: Site, coding: str, sent: bytes, reason: str) -> None:
    assert reason in str(refusal(site.put("/a", sent, headers={"Content-Encoding": coding})))


def test_server_that_says_nothing_runs_out_of_time(site: Site) -> None:
    over = threading.Event()
    address = site.put("/a", "Hello.", before=lambda: over.wait(10))
    error = refusal(address, seconds=0.3)
    over.set()
    assert str(error).startswith("time-out")
    assert not error.lasting


def test_server_that_drips_runs_out_of_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_drip, args=(server,), daemon=True).start()
        error = refusal(f"http://127.0.0.1:{server.getsockname()[1]}/a", seconds=0.5)
    assert "time-out" in str(error)


def _drip(server: socket.socket) -> None:
    connection, _ = server.accept()
    with connection:
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while True:
                connection.sendall(b"X-More: more\r\n")
                time.sleep(0.02)
        except OSError:
            return


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert "no answer" in str(refusal(f"http://127.0.0.1:{port}/a"))


def test_host_that_asks_for_rest_is_left_alone(site: Site) -> None:
    fetch = fetcher()
    site.put("/busy", status=429, headers={"Retry-After": "120"})
    with pytest.raises(FetchError) as first:
        fetch.get(site.root + "/busy")
    assert first.value.wait == 120
    with pytest.raises(FetchError, match="wants to be left alone") as second:
        fetch.get(site.page("/a"))
    assert second.value.wait is not None
    assert second.value.wait > 60
    assert site.paths() == ["/busy"]


@pytest.fixture
def secured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    """A certificate for localhost alone, which the system trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *name]
    subprocess.run([*made, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    trust.cache_clear()
    yield context
    trust.cache_clear()


def test_certificate_must_be_that_of_the_name(secured: ssl.SSLContext) -> None:
    with serving("localhost", secured) as site:
        address = site.page("/a")
        assert fetcher().get(address).fresh
        assert "CERTIFICATE_VERIFY_FAILED" in str(refusal(address.replace("localhost", "127.0.0.1")))


def test_proxies_of_the_environment_are_not_used(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.root)
        assert fetcher().get(site.page("/a")).fresh
        assert proxy.asked == []


@pytest.mark.parametrize(
    ("type_", "path", "ending"),
    [
        ("text/html; charset=utf-8", "/a", ".html"),
        ("application/xhtml+xml", "/a.xhtml", ".html"),
        ("text/html", "/a.md", ".html"),
        ("application/json", "/a", ".json"),
        ("application/json", "/a.jsonl", ".jsonl"),
        ("application/x-ndjson", "/a", ".jsonl"),
        ("text/markdown", "/a", ".md"),
        ("text/plain", "/a", ".txt"),
        ("text/plain", "/a.md", ".md"),
        ("text/plain", "/wire%2Ejsonl?x=1", ".jsonl"),
        ("application/octet-stream", "/a.html", ".html"),
        ("application/octet-stream", "/a", ""),
        ("", "/a", ""),
    ],
)
def test_loader_is_chosen_by_type_and_ending(site: Site, type_: str, path: str, ending: str) -> None:
    assert fetcher().page(site.put(path, "x", type=type_)).ending == ending


@pytest.mark.parametrize("type_", ["image/png", "application/pdf", "application/rss+xml"])
def test_type_that_no_loader_takes_is_refused(site: Site, type_: str) -> None:
    with pytest.raises(FetchError, match=type_.replace("+", r"\+")):
        fetcher().page(site.put("/a", "x", type=type_))


@pytest.mark.parametrize(
    ("charset", "content"),
    [
        ("iso-8859-1", "“Müller”".encode("windows-1252")),
        ("utf-16", "“Müller”".encode("utf-16")),
        ("iso-8859-1", "“Müller”".encode()),
        ("no-such", "“Müller”".encode()),
    ],
)
def test_charset_of_the_server_is_used(site: Site, charset: str, content: bytes) -> None:
    page = fetcher().page(site.put("/a", content, type=f'text/html; charset="{charset}"'))
    assert page.content.decode() == "“Müller”"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("999999999", LONGEST_REST),
        ("Mon, 20 Jul 2015 10:00:00 GMT", 0),
        ("soon", None),
        ("", None),
        ("-1", None),
    ],
)
def test_retry_after_is_understood(header: str, seconds: float | None) -> None:
    assert retry_after(header) == seconds


def test_pace_keeps_hosts_apart() -> None:
    pace = Pace(300, Stop())
    pace.asked("a.example")
    pace.wait("b.example")
    with pytest.raises(FetchError, match=r"a\.example"):
        pace.wait("a.example")
