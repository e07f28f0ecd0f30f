"""Numbers and texts as they are put into a sentence."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def counted(number: int, what: str, many: str = "") -> str:
    """Return a number with what it counts: 1 event, 2 events; `many` is the plural where it is another."""
    return f"{number:,} {what if number == 1 else many or what + 's'}"


def share(some: int, outlets: int) -> str:
    """Return how many of the outlets that tell of an event tell something of it, nothing where all do."""
    return f"{some} of {counted(outlets, 'outlet')}" if some < outlets else ""


def plain(text: str) -> str:
    """Return a text in one line, without controls, marks that turn the direction of writing, and lone surrogates."""
    seen = (" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(sign for sign in seen if unicodedata.category(sign) not in _UNSEEN).split())
