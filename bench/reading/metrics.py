"""The three metrics of coreference whose mean is the CoNLL score (Pradhan et al. 2012), summed over documents.

A chain is a set of mentions, and no mention is in two chains of one side. Mentions that one side alone has count
against that side's precision or recall.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Self

Chain = Set[Hashable]
Chains = Sequence[Chain]
Leaf = dict[str, float | int | None]


@dataclass(frozen=True, slots=True)
class Score:
    """Sums over documents: what was right of the predicted and of the wanted, each with what it is a share of."""

    right_of_predicted: float = 0.0
    predicted: float = 0.0
    right_of_wanted: float = 0.0
    wanted: float = 0.0

    def __add__(self, other: Self) -> "Score":
        return Score(
            self.right_of_predicted + other.right_of_predicted,
            self.predicted + other.predicted,
            self.right_of_wanted + other.right_of_wanted,
            self.wanted + other.wanted,
        )

    @property
    def precision(self) -> float:
        """The share of the predicted that is right; 0 where nothing was predicted."""
        return self.right_of_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the wanted that was found; 0 where nothing was wanted."""
        return self.right_of_wanted / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> Leaf:
        """Return precision, recall and F1, rounded to four digits."""
        return {"p": round(self.precision, 4), "r": round(self.recall, 4), "f1": round(self.f1, 4)}


@dataclass(frozen=True, slots=True)
class Coreference:
    """The sums of the three metrics, and of the mentions that both sides have in chains."""

    muc: Score = Score()
    b_cubed: Score = Score()
    ceaf_e: Score = Score()
    mentions: Score = Score()

    def __add__(self, other: Self) -> "Coreference":
        return Coreference(
            self.muc + other.muc,
            self.b_cubed + other.b_cubed,
            self.ceaf_e + other.ceaf_e,
            self.mentions + other.mentions,
        )

    @property
    def conll(self) -> float:
        """The mean F1 of the three metrics."""
        return (self.muc.f1 + self.b_cubed.f1 + self.ceaf_e.f1) / 3

    def as_dict(self) -> dict[str, Leaf]:
        """Return the CoNLL score, each metric, and how well the mentions were found."""
        parts = {"muc": self.muc, "b3": self.b_cubed, "ceafe": self.ceaf_e, "mentions": self.mentions}
        return {"conll": {"f1": round(self.conll, 4)}, **{name: score.as_dict() for name, score in parts.items()}}


def coreference(gold: Chains, predicted: Chains) -> Coreference:
    """Return the metrics of one document."""
    return Coreference(*(metric(gold, predicted) for metric in (muc, b_cubed, ceaf_e, mentions)))


def muc(gold: Chains, predicted: Chains) -> Score:
    """Return how many of the links that hold chains together are kept (Vilain et al. 1995)."""
    return Score(
        _links_kept(predicted, gold),
        sum(len(chain) - 1 for chain in predicted),
        _links_kept(gold, predicted),
        sum(len(chain) - 1 for chain in gold),
    )


def b_cubed(gold: Chains, predicted: Chains) -> Score:
    """Return, summed over mentions, the share of its chain that a mention is rightly with (Bagga and Baldwin 1998)."""
    return Score(
        _kept_together(predicted, gold),
        sum(map(len, predicted)),
        _kept_together(gold, predicted),
        sum(map(len, gold)),
    )


def ceaf_e(gold: Chains, predicted: Chains) -> Score:
    """Return how alike the chains are under the best pairing of gold with predicted ones (Luo 2005, entity-based).

    Two chains are alike by twice the mentions that they share over the mentions of both.
    """
    alike = [[2 * len(one & other) / (len(one) + len(other)) for other in predicted] for one in gold]
    best = best_pairing(alike)
    return Score(best, len(predicted), best, len(gold))


def mentions(gold: Chains, predicted: Chains) -> Score:
    """Return how many of the mentions in chains are in chains of both sides."""
    wanted, found = (set().union(*chains) for chains in (gold, predicted))
    both = len(wanted & found)
    return Score(both, len(found), both, len(wanted))


def best_pairing(weights: Sequence[Sequence[float]]) -> float:
    """Return the greatest sum of weights of rows paired with columns, each used once at most.

    Shortest augmenting paths after Kuhn (1955) and Munkres (1957); weights are not negative.
    """
    columns = max(map(len, weights), default=0)
    if len(weights) > columns:
        weights = [list(column) for column in zip(*weights, strict=True)]
        columns = max(map(len, weights), default=0)
    costs = [[-weight for weight in row] for row in weights]
    owner = [-1] * columns
    potentials = [0.0] * len(costs), [0.0] * columns
    for row in range(len(costs)):
        _augment(costs, row, owner, potentials)
    return sum(weights[row][column] for column, row in enumerate(owner) if row >= 0)


def _links_kept(chains: Chains, others: Chains) -> int:
    owner = _owner(others)
    return sum(len(chain) - _parts(chain, owner) for chain in chains)


def _parts(chain: Chain, owner: Mapping[Hashable, int]) -> int:
    """Return into how many parts the other side's chains split a chain; a mention that they lack is a part."""
    return len({owner[mention] for mention in chain if mention in owner}) + sum(
        mention not in owner for mention in chain
    )


def _kept_together(chains: Chains, others: Chains) -> float:
    return sum(len(chain & other) ** 2 / len(chain) for chain in chains for other in others)


def _owner(chains: Iterable[Chain]) -> dict[Hashable, int]:
    return {mention: number for number, chain in enumerate(chains) for mention in chain}


def _augment(
    costs: Sequence[Sequence[float]], row: int, owner: list[int], potentials: tuple[list[float], list[float]]
) -> None:
    """Give a row a column, moving others along the cheapest path; `owner` and `potentials` are brought up to date."""
    of_row, of_column = potentials
    distance, previous = [float("inf")] * len(owner), [-1] * len(owner)
    done: list[int] = []
    here, reached, last = row, 0.0, -1
    while here >= 0:
        for column in range(len(owner)):
            step = reached + costs[here][column] - of_row[here] - of_column[column]
            if column not in done and step < distance[column]:
                distance[column], previous[column] = step, last
        last = min((column for column in range(len(owner)) if column not in done), key=distance.__getitem__)
        reached, here = distance[last], owner[last]
        done.append(last)
    for column in done:
        if owner[column] >= 0:
            of_row[owner[column]] += reached - distance[column]
        of_column[column] -= reached - distance[column]
    of_row[row] += reached
    while last >= 0:
        before = previous[last]
        owner[last] = owner[before] if before >= 0 else row
        last = before
