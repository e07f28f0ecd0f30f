"""The actors of a text: every mention, by name, by description or by pronoun, brought together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge.words import word_lists
from kg.model import Actor, Article, Form
from kg.reading.cast import Cast, Decision, Member, actor_of
from kg.reading.dates import DateSpan
from kg.reading.descriptions import Description, find_descriptions, name_beside, resolved
from kg.reading.entities import Entity
from kg.reading.gazetteer import Found
from kg.reading.layout import Block
from kg.reading.lemmas import Lemmatizer
from kg.reading.names import NameSpan, named_spans
from kg.reading.pronouns import antecedent, is_plural, latest_company, pronoun_kinds
from kg.reading.reasons import PassedOver, Reason

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A parsed text with what the steps of reading share: its layout, the sentence of each token, names of tables.

    `adjective_at` holds the ISO3 code of each national adjective, by its token.
    """

    article: Article
    doc: "Doc"
    lemmas: Lemmatizer
    blocks: tuple[Block, ...]
    sentences: tuple[tuple[int, int], ...]
    sentence_of: tuple[int, ...]
    found: tuple[Found, ...]
    entities: tuple[Entity, ...]
    adjective_at: dict[int, str]

    @property
    def day(self) -> str | None:
        """The ISO day of publication."""
        return self.article.published[:10] if self.article.published else None


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why an actor is whom it is: by the characters of each mention the reason, and the rows that were passed over."""

    reasons: dict[tuple[int, int], Reason]
    passed_over: tuple[PassedOver, ...]


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The actors of a text, and by the head token of each mention the actors' ids and the mention's tokens.

    `named` holds the ids of those that a proper name stands for, `name_tokens` the tokens of all names, `grounds` why
    each actor is whom it is.
    """

    actors: tuple[Actor, ...]
    named: frozenset[str]
    name_tokens: frozenset[int]
    at: dict[int, tuple[str, ...]]
    spans: dict[int, tuple[int, int]]
    grounds: dict[str, Grounds]


def find_actors(parsed: Parsed, dates: Mapping[int, DateSpan]) -> Mentioned:
    """Return every actor of a text with all its mentions; `dates` gives the date expressions by token."""
    cast = Cast(parsed.article.id, parsed.day)
    names = [span for span in named_spans(parsed.doc, parsed.found, parsed.entities) if not _in_dateline(span, parsed)]
    named = _enter_names(parsed.doc, cast, names)
    heads: Heads = {
        parsed.doc[start:end].root.i: ((start, end), (member,)) for member in cast for start, end in member.mentions
    }
    cast.companies.update(_companies(parsed.doc, heads))
    _enter_others(parsed, cast, named, heads, dates)
    members = _joined(cast)
    offsets = [(token.idx, token.idx + len(token)) for token in parsed.doc]
    return Mentioned(
        actors=tuple(actor_of(member, offsets, parsed.article.text, parsed.day) for member in members),
        grounds={member.id: _grounds(member, offsets) for member in members},
        named=frozenset(member.id for member in cast if member.is_named),
        name_tokens=frozenset(named),
        at={head: tuple(dict.fromkeys(member.id for member in members)) for head, (_, members) in heads.items()},
        spans={head: span for head, (span, _) in heads.items()},
    )


def _in_dateline(span: NameSpan, parsed: Parsed) -> bool:
    """Whether a name stands in a dateline: the place of writing acts on nobody."""
    at = parsed.doc[span.start].idx
    return any(block.start <= at < block.body_start for block in parsed.blocks)


def _enter_names(doc: "Doc", cast: Cast, spans: Iterable[NameSpan]) -> dict[int, Member]:
    """Enter every name into the cast, full names before short ones, and return the member at each token."""
    members: dict[int, Member] = {}
    for span in sorted(spans, key=lambda span: (not span.rows, span.end - span.start == 1, span.start)):
        member, reason = cast.named(span)
        member.mention((span.start, span.end), span.form, reason)
        member.gender = member.gender or _gender(doc, span)
        members.update(dict.fromkeys(range(span.start, span.end), member))
    _enter_inner_names(doc, cast, members, spans)
    return members


def _enter_inner_names(doc: "Doc", cast: Cast, members: Mapping[int, Member], spans: Iterable[NameSpan]) -> None:
    """Enter the names within the names of bodies: the person of 'Ada Lind Foundation', the state of 'US Senate'."""
    inner = {member.name.split()[0]: member for member in cast if member.kind == "person" and " " in member.name}
    inner |= {
        span.text.split()[0]: members[span.start] for span in spans if span.kind == "state" and span.form == "name"
    }
    known = {(members[span.start], span.text) for span in spans} | {(member, member.name) for member in inner.values()}
    for span in spans:
        for at in range(span.start, span.end - 1) if span.kind not in ("person", "state") else ():
            if (member := inner.get(doc[at].text)) is None:
                continue
            for end in range(at + 1, span.end):
                if (member, doc[at:end].text) in known and doc[end - 1].dep_ in ("compound", "nmod"):
                    member.mention((at, end), "name", Reason("name within a name", span.text))


def _gender(doc: "Doc", span: NameSpan) -> str | None:
    title = doc[span.start - 1].text if span.start else ""
    words = word_lists("words")
    return next((gender for gender in ("male", "female") if title in words["titles", gender]), None)


_FAR = 1_000_000  # more than a text has sentences

Heads = dict[int, tuple[tuple[int, int], tuple[Member, ...]]]
"""By the head token of a mention, its tokens and whom it stands for."""


def _enter_others(
    parsed: Parsed, cast: Cast, named: dict[int, Member], heads: Heads, dates: Mapping[int, DateSpan]
) -> None:
    """Enter descriptions and pronouns in the order of the text, so that each may point to those before it."""
    found = find_descriptions(parsed.doc, parsed.lemmas, named, parsed.adjective_at, dates)
    described = {item.head: item for item in found}
    order = _running_order(parsed)
    for token in parsed.doc:
        if token.i in described:
            item = described[token.i]
            _enter(cast, heads, token.i, (item.start, item.end), _described(item, parsed.doc, cast, named), "nominal")
        elif token.tag_ == "NN" and token.dep_ in ("appos", "attr") and (beside := name_beside(token, named)):
            start = token.left_edge.i + (token.left_edge.tag_ in ("DT", "PRP$"))
            _enter(cast, heads, token.i, (start, token.i + 1), ((beside, _beside(beside)),), "nominal")
        elif pronoun_kinds(token):
            members = _referred_to(token, cast, heads, order)
            _enter(cast, heads, token.i, (token.i, token.i + 1), members, "pronoun")


def _enter(cast: Cast, heads: Heads, head: int, span: tuple[int, int], found: tuple[Decision, ...], form: Form) -> None:
    members = tuple(member for member, _ in found)
    for member, reason in found:
        member.mention(span, form, reason)
    if len(members) > 1:
        cast.shared.add(span)
        cast.companies[head] = members
    if members:
        heads[head] = (span, members)


def _beside(member: Member) -> Reason:
    return Reason("said of a name", member.name)


def _referred_to(token: "Token", cast: Cast, heads: Heads, order: Sequence[int]) -> tuple[Decision, ...]:
    if is_plural(token):
        together = [
            (token.doc[head], coordinated)
            for head in heads
            if head < token.i and len(coordinated := _coordinated(token.doc[head], heads)) > 1
        ]
        company = latest_company(token, together, order)
        if company:
            return tuple((member, Reason("named together last")) for member in company)
    member = antecedent(token, cast, order)
    return ((member, Reason("nearest that fits", "in number, gender and kind")),) if member else ()


def _companies(doc: "Doc", heads: Heads) -> dict[int, tuple[Member, ...]]:
    """Return the actors that are coordinated by name, by the token of the first."""
    found = {head: _coordinated(doc[head], heads) for head in heads}
    return {head: members for head, members in found.items() if len(members) > 1}


def _coordinated(token: "Token", heads: Heads) -> tuple[Member, ...]:
    """Return whom a mention and those coordinated with it stand for."""
    members = list(heads[token.i][1])
    for child in token.children:
        if child.dep_ == "conj":
            named = [each for each in (child, *child.children) if each.i in heads and each.dep_ in ("conj", "appos")]
            members += [member for each in named[-1:] for member in heads[each.i][1]]
            members += [member for member in _coordinated(child, heads) if child.i in heads] if child.i in heads else []
    return tuple(dict.fromkeys(members))


def _described(item: Description, doc: "Doc", cast: Cast, named: dict[int, Member]) -> tuple[Decision, ...]:
    beside = name_beside(doc[item.head], named)
    if beside is None:
        return resolved(item, doc, cast, named)
    beside.nouns.add(item.agent.noun)
    beside.country = beside.country or item.country
    beside.sector = beside.sector or item.agent.sector
    return ((beside, _beside(beside)),)


def _running_order(parsed: Parsed) -> list[int]:
    """Return the number of each token's sentence for reference: posts and captions are far from the running text."""
    order = []
    number, last = 0, -1
    apart = {
        token.i: _FAR * (index + 1)
        for index, block in enumerate(parsed.blocks)
        if block.kind != "paragraph"
        for token in _tokens(parsed.doc, block)
    }
    for token in parsed.doc:
        sentence = parsed.sentence_of[token.i]
        if token.i not in apart and sentence != last:
            number, last = number + 1, sentence
        order.append(apart.get(token.i, 0) + (sentence if token.i in apart else number))
    return order


def _tokens(doc: "Doc", block: Block) -> Iterable["Token"]:
    return doc.char_span(block.start, block.end, alignment_mode="expand") or ()


def _joined(cast: Cast) -> tuple[Member, ...]:
    """Return the members by first mention; those that turn out to be one are joined."""
    joined: dict[str, Member] = {}
    for member in sorted((m for m in cast if m.mentions), key=lambda m: min(m.mentions)):
        first = joined.setdefault(member.id, member)
        first.mentions.update(member.mentions)
        first.reasons.update(member.reasons)
    return tuple(joined.values())


def _grounds(member: Member, offsets: Sequence[tuple[int, int]]) -> Grounds:
    reasons = {(offsets[start][0], offsets[end - 1][1]): why for (start, end), why in member.reasons.items()}
    return Grounds(reasons, member.passed_over)
