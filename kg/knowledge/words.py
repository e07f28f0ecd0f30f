"""Closed classes of words, read once from the TOML files beside this module."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class WordLists:
    """Sets of words by section and name, as a TOML file has them."""

    sections: dict[str, dict[str, frozenset[str]]]

    def __getitem__(self, place: tuple[str, str]) -> frozenset[str]:
        section, name = place
        return self.sections[section][name]

    def owner(self, section: str, word: str) -> str | None:
        """Return the name of the first set of a section that holds the word."""
        return next((name for name, words in self.sections[section].items() if word in words), None)


@cache
def word_lists(name: str) -> WordLists:
    """Return the word lists of one file: `words`, `given_names`, `layout`, `modality` or `speech`."""
    raw: dict[str, dict[str, Any]] = tomllib.loads((files("kg.knowledge") / f"{name}.toml").read_text("utf-8"))
    return WordLists(
        {section: {key: frozenset(words) for key, words in lists.items()} for section, lists in raw.items()}
    )
