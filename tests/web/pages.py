"""Pages asked for in this process, and what is in their HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import anyio
import httpx

from kg.stores.base import Store
from kg.stores.embedded import EmbeddedStore
from kg.stores.judgements_file import Added, judge, kept, signed
from kg.web.door import door
from kg.web.explorer import explorer
from kg.web.site import Desk, Site

VOID = {"meta", "link", "input", "br", "hr", "img", "rect", "line"}
HTMX = {"HX-Request": "true"}


class Html(HTMLParser):
    """The elements of a page, its texts by the tag that they stand in, and whether its tags are balanced."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> list[str]:
        return [each["href"] for each in self.all("a") if "href" in each]

    def inside(self, tag: str) -> str:
        return " ".join(" ".join(text for name, text in self.texts if name == tag).split())

    @property
    def text(self) -> str:
        return " ".join("".join(text for _, text in self.texts).split())


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a store, as they are shown to who has a token, where one is needed, and with a desk or not."""

    store: Store
    token: str | None = None
    host: str = "127.0.0.1"
    desk: Desk | None = None
    file: Path = Path("nowhere.jsonl")
    cookies: Mapping[str, str] = field(default_factory=dict)

    def get(self, path: str, headers: Mapping[str, str] | None = None, **asked: str) -> httpx.Response:
        return self.send("GET", path, headers=headers, params=asked or None)

    def send(self, method: str, path: str, **options: object) -> httpx.Response:
        (answer,) = self.send_all([(method, path, options)])
        return answer

    def send_all(self, asked: Sequence[tuple[str, str, Mapping[str, object]]]) -> list[httpx.Response]:
        """Send requests one after another to one server."""

        async def sent() -> list[httpx.Response]:
            async with self.user() as user:
                return [await user.request(method, path, **options) for method, path, options in asked]

        return anyio.run(sent)

    def user(self) -> httpx.AsyncClient:
        """Return a browser of a new server."""
        site = Site(self.store, lambda store: kept(store, self.file), self.desk)
        way = httpx.ASGITransport(explorer(site, door(self.host, self.token)), raise_app_exceptions=False)
        return httpx.AsyncClient(transport=way, base_url="http://127.0.0.1", cookies=dict(self.cookies))

    def html(self, path: str, status: int = 200, **asked: str) -> Html:
        reply = self.get(path, **asked)
        assert reply.status_code == status, reply.text
        found = Html(reply.text)
        assert found.open == []
        return found


def desk_of(folder: Path, file: Path) -> Desk:
    """Return a desk at which judgements on an embedded store are kept in a file."""

    def judged(judgement: object, by: str, reason: str) -> Added:
        with EmbeddedStore(folder) as store:
            return judge(store, file, [signed(judgement, by, reason)])

    return Desk("Mo", judged)
