"""What events of asking, promising, refusing and protesting are about: categories with their CAMEO codes."""

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from kg.errors import KnowledgeError
from kg.knowledge.scores import codes as all_codes


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A category: words of a topic that tell it, its codes by the root or the general code, and its mode."""

    words: tuple[str, ...]
    codes: dict[str, str]
    mode: str | None = None

    def __hash__(self) -> int:
        return hash(self.words)


@cache
def contents() -> tuple[Content, ...]:
    """Return the categories, those that come first where several fit.

    Raises KnowledgeError naming the category where the table is broken.
    """
    raw = tomllib.loads((files("kg.knowledge") / "contents.toml").read_text("utf-8"))
    found = []
    for name, entry in raw.items():
        try:
            content = msgspec.convert(entry, Content)
        except msgspec.ValidationError as error:
            raise KnowledgeError(f"contents.toml, [{name}]: {error}") from error
        if unknown := set(content.codes.values()) - all_codes():
            raise KnowledgeError(f"contents.toml, [{name}]: no CAMEO codes: {', '.join(sorted(unknown))}")
        found.append(content)
    return tuple(found)
