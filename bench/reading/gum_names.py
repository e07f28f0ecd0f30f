"""The proper names within the noun phrases of GUM, which marks whole phrases, one within the other.

Each phrase for a person, an organisation or a place that is headed by a proper noun gives one gold name, also within
another ('Bergen' in 'University of Bergen'): without determiner, title and possessor, without the words and other names
before a person's, and up to the first word that neither is a proper noun nor joins two ('Bern, Switzerland' ends before
the comma, 'Central Stadium in Bern' before 'in'). Phrases headed by a plural people's name ('Muslims') or by a mere
title ('the Prime Minister') give none. A joined name is one whose phrase is headed by the word before it: GUM heads
'Bergen student Ada Lind' by 'student'.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bench.reading.corpora import GoldMention, GoldName, GumText, Token
from bench.reading.names import labels

_PROPER = ("NNP", "NNPS")
_JOINED = ("flat", "appos", "nmod:desc", "nmod")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A noun phrase of GUM that holds a name: the token that heads the name, and the other phrases within."""

    tokens: Sequence[Token]
    mention: GoldMention
    head: int
    nested: frozenset[tuple[int, int]]

    @property
    def is_person(self) -> bool:
        return self.mention.type == "person"


def gum_names(text: GumText, *, joined: bool) -> tuple[GoldName, ...]:
    """Return the names of persons, organisations and places in a document in order, joined ones only if asked for."""
    names = {name for mention in text.mentions for name in _name_within(text, mention, joined)}
    return tuple(sorted(names, key=lambda name: (name.start, name.end, name.label)))


def head_of(tokens: Sequence[Token], mention: GoldMention) -> int:
    """Return the first token of a mention that depends on none within it."""
    inside = range(mention.start, mention.end)
    return next(index for index in inside if tokens[index].head not in inside)


def name_head(text: GumText, mention: GoldMention) -> int | None:
    """Return the token that heads the name in a phrase: its head, or the name joined to a word for what it names.

    So in 'Bergen student Ada Lind' it is 'Ada'. None where the phrase is no name.
    """
    head = head_of(text.tokens, mention)
    if _is_proper(text.tokens[head]) and not (mention.type == "person" and _is_title(text.tokens[head])):
        return head
    joined = head + 1
    if joined >= mention.end or joined in {start for start, _ in _nested(text, mention)}:
        return None
    token = text.tokens[joined]
    return joined if token.head == head and token.relation in _JOINED and _is_proper(token) else None


def _name_within(text: GumText, mention: GoldMention, joined: bool) -> Iterator[GoldName]:
    """Yield the proper name that a phrase holds, if any."""
    label = labels()["gum"].get(mention.type)
    head = name_head(text, mention)
    if not joined and head != head_of(text.tokens, mention):
        return
    if label is None or head is None or (label == "PER" and text.tokens[head].tag == "NNPS"):
        return
    phrase = _Phrase(text.tokens, mention, head, _nested(text, mention))
    start, end = _start_of_name(phrase), _end_of_name(phrase)
    start = _after_titles(text.tokens, start, end) if label == "PER" else start
    yield GoldName(text.tokens[start].start, text.tokens[end - 1].end, label)


def _nested(text: GumText, mention: GoldMention) -> frozenset[tuple[int, int]]:
    return frozenset((other.start, other.end) for other in text.mentions if _is_within(other, mention))


def _is_within(other: GoldMention, mention: GoldMention) -> bool:
    return mention.start <= other.start and other.end <= mention.end and other is not mention


def _is_proper(token: Token) -> bool:
    return token.tag in _PROPER


def _is_title(token: Token) -> bool:
    return token.form.lower() in labels()["words"]["titles"]


def _start_of_name(phrase: _Phrase) -> int:
    start = phrase.head
    while start > phrase.mention.start and _belongs_before(phrase, start - 1):
        start -= 1
    while start < phrase.head and not phrase.tokens[start].form[:1].isupper() and not _is_proper(phrase.tokens[start]):
        start += 1
    return start


def _belongs_before(phrase: _Phrase, at: int) -> bool:
    """Whether a token before the head is of the name: not a possessor's, nor, before a person's, another's name."""
    token = phrase.tokens[at]
    ends_other = any(end == at + 1 for _, end in phrase.nested)
    if ends_other and (phrase.is_person or token.tag == "POS"):
        return False
    if phrase.is_person and _is_title(token):
        return False
    capital = token.form[:1].isupper() and token.tag in ("JJ", "NN", "NNS") and not phrase.is_person
    return _is_proper(token) or capital or _connects(phrase, token)


def _end_of_name(phrase: _Phrase) -> int:
    """Return where the name ends: 'and' joins its words unless another phrase begins after it."""
    end = phrase.head + 1
    for at in range(end, phrase.mention.end):
        token = phrase.tokens[at]
        begins_other = any(start == at + 1 for start, _ in phrase.nested)
        if _is_proper(token) or (token.tag == "CD" and token.relation == "flat"):
            end = at + 1
        elif not _connects(phrase, token) or (token.tag == "CC" and begins_other):
            break
    return end


def _connects(phrase: _Phrase, token: Token) -> bool:
    words = labels()["words"]
    of_body = token.form in words["connectors_of_bodies"] and not phrase.is_person
    return of_body or token.form in words["connectors"]


def _after_titles(tokens: Sequence[Token], start: int, end: int) -> int:
    inside = range(start, end - 1)
    return max((at + 1 for at in inside if _is_title(tokens[at]) and _is_proper(tokens[at + 1])), default=start)
