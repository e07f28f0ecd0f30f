"""The addresses of pages."""

from collections.abc import Mapping
from urllib.parse import quote, urlencode, urlsplit


def actor_page(actor: str) -> str:
    """Return the address of the page of an actor, by id or name."""
    return f"/actor/{_part(actor)}"


def article_page(article: str, start: int | None = None) -> str:
    """Return the address of the page of an article, at the piece of its text that begins at an offset."""
    return f"/article/{_part(article)}" + ("" if start is None else f"#c{start}")


def event_page(article: str, event: str) -> str:
    """Return the address of the page of an event, by an article that tells of it and its id in that."""
    return f"/event/{_part(article)}/{_part(event)}"


def with_query(path: str, query: Mapping[str, object]) -> str:
    """Return an address with what stands behind its question mark; what is empty is left out."""
    told = urlencode({name: value for name, value in query.items() if value not in (None, "")}, errors="replace")
    return f"{path}?{told}" if told else path


def outside(url: str | None) -> str:
    """Return an address on the web as it stands, empty for anything but http and https."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return str(url) if parts.scheme in ("http", "https") and parts.netloc else ""


def local(address: str) -> str:
    """Return an address of this site as it stands, `/` for any other."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


def _part(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")
