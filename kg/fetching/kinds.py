"""Which loader reads what a server sends, and the text in the charset that the server names."""

from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from kg.errors import FetchError
from kg.knowledge.words import word_lists
from kg.sources import has_loader

_LATIN = ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii")  # as browsers do, read as windows-1252


def ending(content_type: str, address: str) -> str:
    """Return the ending of the loader for a content type and an address, empty where the content's start must tell.

    Raises FetchError where no loader takes it.
    """
    kind = content_type.partition(";")[0].strip().lower()
    own = PurePosixPath(unquote(urlsplit(address).path)).suffix.lower()
    known = word_lists("addresses").owner("content", kind)
    if known and not (known == ".json" and own in (".jsonl", ".ndjson")):
        return known
    if own and has_loader(f"x{own}"):
        return own
    if kind in word_lists("addresses")["untold", "types"]:
        return ".txt" if kind == "text/plain" else ""
    raise FetchError(
        f"it is {kind}, which no loader takes; name a page, JSON or text, and watch a feed with `kg watch`",
        lasting=True,
    )


def recoded(content: bytes, content_type: str) -> bytes:
    """Return content as UTF-8 where the server names another charset and it is no UTF-8 already."""
    charset = _charset(content_type)
    if not charset or _is_utf8(content):
        return content
    try:
        return content.decode("windows-1252" if charset in _LATIN else charset).encode()
    except (LookupError, UnicodeError):  # the page's own word, or the loader's refusal, counts then
        return content


def _charset(content_type: str) -> str:
    for parameter in content_type.split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()
    return ""


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
