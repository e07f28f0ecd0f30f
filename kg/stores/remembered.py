"""Articles that a change needed, kept for the next one: the same neighbours are asked for again and again."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.graph.accounts import Account, accounts_of
from kg.graph.judged import Judged

SIZE = 1_500_000
"""Characters of text that are kept at most; with what is known of them they take some 60 bytes each."""


@dataclass(frozen=True, slots=True)
class Known:
    """An article as it is judged, and its accounts of events by the ids of these, in their order."""

    judged: Judged
    accounts: Mapping[str, Account]

    @classmethod
    def of(cls, judged: Judged) -> "Known":
        """Return an article with its accounts."""
        return cls(judged, {account.event.id: account for account in accounts_of(judged)})

    @property
    def size(self) -> int:
        """Characters of its text."""
        return len(self.judged.record.article.text)


class Remembered:
    """Articles by their digests, so that none is taken for what it is no longer; the one asked for last goes last."""

    def __init__(self, size: int = SIZE) -> None:
        self._limit, self._size = size, 0
        self._known: OrderedDict[str, Known] = OrderedDict()

    def find(self, digests: Mapping[str, str]) -> Iterator[tuple[str, Known]]:
        """Yield those of the articles, given with the digests that they must have, that are known."""
        for article, digest in digests.items():
            known = self._known.get(article)
            if known is not None and known.judged.digest == digest:
                self._known.move_to_end(article)
                yield article, known

    def keep(self, known: Known) -> None:
        """Keep an article in place of what was known of it."""
        article = known.judged.record.article.id
        self._size -= self._known.pop(article).size if article in self._known else 0
        self._known[article] = known
        self._size += known.size
        while self._size > self._limit:
            self._size -= self._known.popitem(last=False)[1].size
