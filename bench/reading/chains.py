"""Coreference chains on GUM: which are gold, which are kg's, and which mention is which.

Gold are the chains of two mentions or more that name or refer to a person, an organisation or a place: most of the
chain's mentions have the entity type person, organization or place (of equal counts, the type that comes first).
All mentions of such a chain count: names, descriptions, pronouns of every person, appositions.

Predicted are all chains of two mentions or more that kg tells of, whatever they refer to: the mentions of one actor; a
mention of several actors goes with the others of the same actors alone ('the two presidents', 'they'), not with each;
and the mentions of one place, by its name, where no actor has the same span. Mentions of a chain that stand side by
side ('president' and 'Putin') are one.

kg's mentions leave determiners and what follows the noun out. A predicted mention is the smallest gold phrase that
holds it and whose head, or whose name's head, it holds, the best fit first, each used once at most; one that is no
phrase of GUM counts against precision.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.reading.corpora import GoldMention, GumText
from bench.reading.gum_names import head_of, name_head
from bench.reading.names import labels
from kg.coding.code import code
from kg.model import Stamp

if TYPE_CHECKING:
    from kg.reading.document import Reading

Span = tuple[int, int]
Chain = frozenset[Hashable]

_PRONOUNS = ("PRP", "PRP$", "WP", "WP$", "DT")


@dataclass(frozen=True, slots=True)
class Linked:
    """The chains of a text on both sides; a predicted mention that is a gold phrase stands as that, others as spans."""

    gold: tuple[Chain, ...]
    predicted: tuple[Chain, ...]


def linked(text: GumText, reading: "Reading") -> Linked:
    """Return the gold chains of a document and those that kg found, their mentions brought together."""
    predicted = chains_of_kg(reading)
    phrase_at = aligned(text, {span for chain in predicted for span in chain})
    return Linked(
        gold_chains(text), tuple(frozenset(phrase_at.get(span, span) for span in chain) for chain in predicted)
    )


def gold_chains(text: GumText) -> tuple[Chain, ...]:
    """Return the chains for persons, organisations and places, each of two phrases or more."""
    by_chain: dict[str, list[GoldMention]] = defaultdict(list)
    for mention in sorted(text.mentions, key=lambda mention: (mention.start, -mention.end)):
        by_chain[mention.chain].append(mention)
    return tuple(
        frozenset(members)
        for members in by_chain.values()
        if len(set(members)) > 1 and Counter(each.type for each in members).most_common(1)[0][0] in labels()["gum"]
    )


def chains_of_kg(reading: "Reading") -> tuple[frozenset[Span], ...]:
    """Return the spans of the mentions of each actor, set of actors and place that has two or more."""
    actors_at: dict[Span, set[str]] = defaultdict(set)
    for actor in code(reading, Stamp("", "", "", "")).actors:
        for mention in actor.mentions:
            actors_at[mention.start, mention.end].add(actor.id)
    chains: dict[Hashable, set[Span]] = defaultdict(set)
    for span, actors in actors_at.items():
        chains[frozenset(actors)].add(span)
    for place in reading.places_at.values():
        if (place.start, place.end) not in actors_at:
            chains[place.name].add((place.start, place.end))
    joined = (_joined(reading.article.text, spans) for spans in chains.values())
    return tuple(spans for spans in joined if len(spans) > 1)


def aligned(text: GumText, spans: Iterable[Span]) -> dict[Span, GoldMention]:
    """Return the gold phrase that each predicted span is, those that are none left out."""
    fits = sorted(_fits(text, spans), key=lambda fit: (-fit[0], fit[1]))
    phrase_at: dict[Span, GoldMention] = {}
    used: set[GoldMention] = set()
    for _, span, phrase in fits:
        if span not in phrase_at and phrase not in used:
            phrase_at[span] = phrase
            used.add(phrase)
    return phrase_at


def mistakes(text: GumText, chains: Linked) -> Iterator[tuple[str, Span]]:
    """Yield what is wrong with each mention: missed, in another's chain, split from its chain, or spurious; by form."""
    theirs = _main(chains.predicted, chains.gold)
    ours = _main(chains.gold, chains.predicted)
    chain_of = {mention: number for number, chain in enumerate(chains.predicted) for mention in chain}
    for number, chain in enumerate(chains.gold):
        for mention in chain:
            assert isinstance(mention, GoldMention)
            kind = _mistake(number, chain_of.get(mention), theirs, ours)
            if kind:
                yield f"{kind} {_form(text, mention)}", _characters(text, mention)
    wanted = {mention for chain in chains.gold for mention in chain}
    for mention in chain_of.keys() - wanted:
        yield _spurious(text, mention)


def _joined(text: str, spans: Iterable[Span]) -> frozenset[Span]:
    """Return the spans with those as one that nothing but white space parts."""
    found: list[Span] = []
    for start, end in sorted(spans):
        beside = bool(found) and found[-1][1] <= start and not text[found[-1][1] : start].strip()
        found[-1:] = [(found[-1][0], end)] if beside else [*found[-1:], (start, end)]
    return frozenset(found)


def _fits(text: GumText, spans: Iterable[Span]) -> Iterator[tuple[float, Span, GoldMention]]:
    """Yield each phrase that a span can be, with the share of the phrase's characters that the span has."""
    phrases = [(phrase, _characters(text, phrase), _heads(text, phrase)) for phrase in text.mentions]
    for span in spans:
        for phrase, (start, end), heads in phrases:
            if start <= span[0] and span[1] <= end and any(span[0] <= head < span[1] for head in heads):
                yield (span[1] - span[0]) / (end - start), span, phrase


def _heads(text: GumText, mention: GoldMention) -> tuple[int, ...]:
    heads = (head_of(text.tokens, mention), name_head(text, mention))
    return tuple(text.tokens[head].start for head in heads if head is not None)


def _characters(text: GumText, mention: GoldMention) -> Span:
    return text.tokens[mention.start].start, text.tokens[mention.end - 1].end


def _main(chains: Iterable[Chain], others: tuple[Chain, ...]) -> dict[int, int]:
    """Return for each chain the other side's that shares most mentions with it."""
    shared = ([len(chain & other) for other in others] for chain in chains)
    return {number: counts.index(max(counts)) for number, counts in enumerate(shared) if any(counts)}


def _mistake(gold: int, predicted: int | None, theirs: Mapping[int, int], ours: Mapping[int, int]) -> str | None:
    if predicted is None:
        return "missed"
    if theirs[predicted] != gold:
        return "wrongly linked"
    return None if ours[gold] == predicted else "split off"


def _form(text: GumText, mention: GoldMention) -> str:
    tag = text.tokens[head_of(text.tokens, mention)].tag
    return "pronoun" if tag in _PRONOUNS else "name" if tag in ("NNP", "NNPS") else "nominal"


def _spurious(text: GumText, mention: Hashable) -> tuple[str, Span]:
    if isinstance(mention, GoldMention):
        return f"spurious {_form(text, mention)}", _characters(text, mention)
    assert isinstance(mention, tuple)
    return "spurious, no phrase of GUM", mention
