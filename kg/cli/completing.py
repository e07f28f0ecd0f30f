"""Completion in bash, to which `key=value` is three words."""

import os
import re
from collections.abc import Sequence

from click.shell_completion import BashComplete, CompletionItem, split_arg_string

_PLAIN = re.compile(r"([^\w./:@%+=,-])")


class Bash(BashComplete):
    """The completion of click, for words that bash breaks at equals signs."""

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one to complete, and what there is of it."""
        words = split_arg_string(os.environ["COMP_WORDS"])
        at = int(os.environ["COMP_CWORD"])
        *before, incomplete = _joined([*words, ""][1 : at + 1])
        return before, incomplete

    def format_completion(self, item: CompletionItem) -> str:
        """Return a completion as bash is to insert it: from the equals sign on, blanks and quotes escaped.

        Twice, for the script of click reads it in a way that takes one backslash off.
        """
        value = str(item.value)
        _, sign, rest = value.partition("=")
        if sign and rest and "=" in split_arg_string(os.environ["COMP_WORDS"]):
            value = rest
        escaped = _PLAIN.sub(r"\\\\\1", value)
        return f"{item.type},{escaped}"


def _joined(words: Sequence[str]) -> list[str]:
    """Return words put together again where they were broken: `actor`, `=`, `Anna` is `actor=Anna`."""
    found: list[str] = []
    for before, word in zip(("", *words), words, strict=False):
        if found and (word == "=" or (before == "=" and not word.startswith("-"))):
            found[-1] += word
        else:
            found.append(word)
    return found
