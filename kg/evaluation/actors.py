"""Which gold actor a predicted actor stands for, told by the mentions that they share."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from kg.evaluation.figures import BCubed
from kg.evaluation.gold import GoldActor, GoldArticle, words
from kg.evaluation.spans import Span, bare, length, overlap, spans_of, touches
from kg.model import Actor

Alignment = Mapping[str, str]
Mentioned = tuple[Span, str]
Chain = tuple[str, str]


def align(gold: GoldArticle, actors: tuple[Actor, ...]) -> tuple[Alignment, BCubed]:
    """Return the gold key for each predicted actor id, and the B-cubed sums of the article.

    An actor that is none of the gold's gets a key of its own.
    """
    chains = _chains(gold_mentions(gold), actors)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for key, actor in chains:
        votes[actor][key] += 1
    names = {bare(words(name)): a.key for a in gold.actors for name in (a.name, *a.names)}
    aligned = {actor.id: _key(actor, votes[actor.id], names) for actor in actors}
    return aligned, b_cubed(chains)


def gold_mentions(gold: GoldArticle) -> list[Mentioned]:
    """Return the gold mentions that stand for one actor alone, of nested ones the longer, longest first."""
    found = [(span, actor.key) for actor in gold.actors for span in _mentions_of(gold.text, actor)]
    holders: dict[Span, set[str]] = defaultdict(set)
    for span, key in found:
        holders[span].add(key)
    single = [(span, key) for span, key in found if len(holders[span]) == 1]
    kept: list[Mentioned] = []
    for mention in sorted(single, key=lambda m: -length(m[0])):
        if not any(_inside(mention, other) for other in kept):
            kept.append(mention)
    return kept


def b_cubed(chains: list[Chain]) -> BCubed:
    """Return the B-cubed sums over pairs of gold key and predicted actor, one pair a mention."""
    by_gold = Counter(key for key, _ in chains)
    by_actor = Counter(actor for _, actor in chains)
    both = Counter(chains).items()
    return BCubed(
        sum(n * n / by_actor[actor] for (_, actor), n in both),
        sum(n * n / by_gold[key] for (key, _), n in both),
        len(chains),
    )


def _mentions_of(text: str, actor: GoldActor) -> list[Span]:
    taken: list[Span] = []
    for name in sorted(actor.names, key=lambda name: -len(words(name))):
        for span in spans_of(text, name):
            if not touches(span, taken):
                taken.append(span)
    for other in actor.other:
        taken += [span for span in spans_of(text, other) if span not in taken]
    return taken


def _inside(mention: Mentioned, other: Mentioned) -> bool:
    (span, key), (longer, holder) = mention, other
    return key != holder and length(longer) > length(span) and overlap(span, longer) > 0


def _chains(mentions: list[Mentioned], actors: tuple[Actor, ...]) -> list[Chain]:
    found = [((mention.start, mention.end), actor.id) for actor in actors for mention in actor.mentions]
    return [(key, _closest(span, found) or f"none-{number}") for number, (span, key) in enumerate(mentions)]


def _closest(span: Span, found: list[Mentioned]) -> str | None:
    best, most = None, 0.0
    for other, actor in found:
        shared = overlap(span, other)
        fit = shared / max(length(span), length(other)) if shared else 0.0
        if fit > most:
            best, most = actor, fit
    return best


def _key(actor: Actor, votes: Counter[str], names: Mapping[str, str]) -> str:
    if votes:
        return votes.most_common(1)[0][0]
    return names.get(bare(actor.name), f"other:{actor.id}")
