"""Named entities of a text: those that the model marks, made bare and brought to agree over the whole document."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from kg.knowledge.tables import remembered, tables
from kg.knowledge.words import word_lists
from kg.reading.name_words import is_name_word
from kg.reading.persons import surname

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

Label = Literal["PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "FAC"]
LABELS: tuple[Label, ...] = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "FAC")

_VOTING = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC"})
_PROPER = ("NNP", "NNPS")
_ACRONYM = 3  # letters, at most: family names in headlines are longer
_FULL = 3  # a name in full says as much as this many of its parts alone


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity by tokens, `end` exclusive."""

    start: int
    end: int
    text: str
    label: Label


def entities(doc: "Doc") -> tuple[Entity, ...]:
    """Return the persons, bodies, places, peoples and events named in a text, in order, none overlapping another.

    Articles, titles and genitives stay outside. A family name is a person's where its bearer is named in full, an
    acronym has the label of the name before it, and other names the label that they have most often.
    """
    marked = _cut_alike(doc, _joined(doc, [entity for span in doc.ents for entity in _bare(doc, span)]))
    labels = {**_voted(marked), **_acronyms(doc, marked), **_family_names(marked)}
    agreed = [_relabelled(entity, labels) for entity in marked]
    named = sorted([*agreed, *_again(doc, agreed, labels)], key=lambda entity: entity.start)
    things = _things(doc, named)
    return tuple(entity for entity in named if entity.label != "PERSON" or entity.text not in things)


def _things(doc: "Doc", named: Sequence[Entity]) -> frozenset[str]:
    """Return the single words that stand for no person although marked so.

    Those are acronyms, and words that as often as not follow an article ('the Polaroid') unless a person is named in
    full with them.
    """
    full = {surname(entity.text) for entity in named if entity.label == "PERSON" and " " in entity.text}
    single = [doc[entity.start] for entity in named if entity.end - entity.start == 1]
    times = Counter(token.text for token in single)
    after = Counter(token.text for token in single if _is_after_article(token))
    acronyms = {token.text for token in single if token.is_upper and 1 < len(token) <= _ACRONYM}
    return frozenset(acronyms | {text for text, number in after.items() if 2 * number >= times[text]} - full)


def _is_after_article(token: "Token") -> bool:
    return token.i > 0 and token.nbor(-1).tag_ in ("DT", "PRP$") and token.dep_ != "poss"


def _bare(doc: "Doc", span: "Span") -> Iterator[Entity]:
    label = next((label for label in LABELS if label == span.label_), None)
    start, end = _trimmed(doc, _after_time(doc, span), span.end)
    if label and start < end and not _is_address(doc, start, end):
        yield Entity(start, end, doc[start:end].text, _label(doc, start, end, label))


def _after_time(doc: "Doc", span: "Span") -> int:
    """Return where a name begins that the model joined to a time: 'Tonight Lind', 'On 7/16/2018 Lind'."""
    times = word_lists("words")["names", "times"] if span.label_ == "PERSON" else frozenset()
    return max((at + 1 for at in range(span.start, span.end - 1) if _is_time(doc[at], times)), default=span.start)


def _is_time(token: "Token", times: Collection[str]) -> bool:
    return token.text in times or (token.text[0].isdigit() and token.text.count("/") > 1)


def _label(doc: "Doc", start: int, end: int, label: Label) -> Label:
    """Return FAC for 'Lind Airport' and 'Palace of Lind', PERSON after what a person is, else the label as it is."""
    if label in _VOTING and _is_site(doc, start, end):
        return "FAC"
    before = doc[start - 1] if start else None
    follows_noun = before is not None and before.tag_ == "NN" and before.lower_ in _nouns_of_persons()
    return "PERSON" if label in _VOTING and follows_noun and _could_be_a_person(doc, start, end) else label


def _is_site(doc: "Doc", start: int, end: int) -> bool:
    sites = word_lists("words")["names", "sites"]
    is_of = end - start > 2 and doc[start + 1].lower_ == "of" and doc[start].text in sites
    return is_of or (end - start > 1 and doc[end - 1].text in sites)


@remembered
def _nouns_of_persons() -> frozenset[str]:
    return frozenset(row.noun for row in tables().agents if row.kind == "person")


def _trimmed(doc: "Doc", start: int, end: int) -> tuple[int, int]:
    while start < end and _stands_before(doc[start]):
        start += 1
    while end > start and (doc[end - 1].tag_ == "POS" or not _is_word(doc[end - 1]) or _is_heading(doc[end - 1])):
        end -= 1
    return start, end


def _is_heading(token: "Token") -> bool:
    """'Image:', 'Photo:': whether a word says what follows."""
    is_before_colon = token.i + 1 < len(token.doc) and token.nbor().text == ":"
    return is_before_colon and token.text in word_lists("words")["names", "headings"]


def _joined(doc: "Doc", marked: Iterable[Entity]) -> list[Entity]:
    """Return the entities with the two parts of a hyphenated name of a person as one: 'Nour El' and 'Din Said'."""
    joined: list[Entity] = []
    for entity in marked:
        before = joined[-1] if joined else None
        if before and before.label == entity.label == "PERSON" and _are_hyphenated(doc, before, entity):
            joined[-1] = Entity(before.start, entity.end, doc[before.start : entity.end].text, "PERSON")
        else:
            joined.append(entity)
    return joined


def _are_hyphenated(doc: "Doc", one: Entity, other: Entity) -> bool:
    between = doc[one.end - 1 : other.start]
    return between.text == f"{doc[one.end - 1].text}-" and not any(token.whitespace_ for token in between)


def _cut_alike(doc: "Doc", marked: Sequence[Entity]) -> list[Entity]:
    """Return the entities cut down to the full names that stand alone elsewhere in the text.

    Of 'Activist Ada Lind' the name that a text has elsewhere is the person's; of 'Norland University Ada Lind' the
    body's, and the rest is a person.
    """
    alone = {entity.text: entity.label for entity in marked}
    full = Counter(entity.text for entity in marked if entity.label == "PERSON" and " " in entity.text)
    families = {name.split()[-1]: name.split()[0] for name in full if name.split()[-1] in alone}
    families = {family: given for family, given in families.items() if given not in families}
    return [cut for entity in marked for cut in _parts(doc, _owned(doc, entity, families), alone)]


def _owned(doc: "Doc", entity: Entity, families: Mapping[str, str]) -> Entity:
    """Return 'Lind' for 'Lind Prints' where Lind is a person of the text: what follows the name is theirs."""
    first, last = doc[entity.start].text, doc[entity.end - 1].text
    is_theirs = (
        entity.label == "PERSON" and entity.end - entity.start == 2 and first in families and last not in families
    )
    return Entity(entity.start, entity.start + 1, first, "PERSON") if is_theirs else entity


def _parts(doc: "Doc", entity: Entity, alone: Mapping[str, Label]) -> Iterator[Entity]:
    for at in range(entity.start + 1, entity.end - 1):
        head, tail = doc[entity.start : at].text, doc[at : entity.end].text
        if entity.label == alone.get(tail) == "PERSON":
            yield Entity(at, entity.end, tail, "PERSON")
            return
        if entity.label == "ORG" and _are_body_and_person(doc, at, entity, alone):
            yield from (Entity(entity.start, at, head, "ORG"), Entity(at, entity.end, tail, "PERSON"))
            return
    yield entity


def _are_body_and_person(doc: "Doc", at: int, entity: Entity, alone: Mapping[str, Label]) -> bool:
    is_told_apart = alone.get(doc[entity.start : at].text) == "ORG"
    is_named_again = entity.end - at == 2 < at - entity.start and alone.get(doc[entity.end - 1].text) == "PERSON"
    return (is_told_apart or is_named_again) and _could_be_a_person(doc, at, entity.end)


def _could_be_a_person(doc: "Doc", start: int, end: int) -> bool:
    kinds = word_lists("words")
    return all(
        token.tag_ == "NNP" and token.is_title and kinds.owner("organisations", token.text) is None
        for token in doc[start:end]
    )


def _stands_before(token: "Token") -> bool:
    titles = word_lists("words")
    return (
        token.tag_ in ("DT", "PRP$", "POS")
        or token.dep_ == "prep"
        or not token.text[0].isalnum()
        or token.text in titles["names", "before_titles"]
        or any(token.text in titles["titles", kind] for kind in ("male", "female", "neutral"))
    )


def _is_word(token: "Token") -> bool:
    return token.text[0].isalnum() or token.text == "."


def _is_address(doc: "Doc", start: int, end: int) -> bool:
    return any(sign in doc[start:end].text for sign in ("@", "://")) or doc[max(start - 1, 0)].text in ("#", "@")


def _voted(marked: Iterable[Entity]) -> dict[str, Label]:
    """Return for each name the label that most of its occurrences have, where it has one more than once."""
    return {
        text: label
        for text, count in _votes(marked).items()
        for label, times in count.items()
        if times > 1 and 2 * times > count.total()
    }


def _votes(marked: Iterable[Entity]) -> dict[str, Counter[Label]]:
    votes: dict[str, Counter[Label]] = defaultdict(Counter)
    for entity in marked:
        if entity.label in _VOTING:
            votes[entity.text][entity.label] += 1
    return votes


def _acronyms(doc: "Doc", marked: Sequence[Entity]) -> dict[str, Label]:
    """'European Central Bank (ECB)': return the label of the name for the acronym after it."""
    return {
        doc[entity.end + 1].text: entity.label
        for entity in marked
        if entity.end + 2 < len(doc) and doc[entity.end].text in "([" and _abbreviates(doc[entity.end + 1].text, entity)
    }


def _abbreviates(text: str, entity: Entity) -> bool:
    initials = [word[0] for word in entity.text.replace("-", " ").split() if word[0].isupper()]
    return len(text) > 1 and text.isupper() and [*text] == initials


def _family_names(marked: Sequence[Entity]) -> dict[str, Label]:
    """Return PERSON for each family name, but where it alone far more often is something else."""
    votes = _votes(marked)
    full = Counter(surname(entity.text) for entity in marked if entity.label == "PERSON" and " " in entity.text)
    return {
        name: "PERSON"
        for name, times in full.items()
        if votes[name].total() <= 2 * votes[name]["PERSON"] + _FULL * times
    }


def _relabelled(entity: Entity, labels: dict[str, Label]) -> Entity:
    return replace(entity, label=labels.get(entity.text, entity.label)) if entity.label in _VOTING else entity


def _again(doc: "Doc", agreed: Sequence[Entity], labels: dict[str, Label]) -> Iterator[Entity]:
    """Yield the occurrences of names of one word that the model left out: alone, not within other names."""
    taken = {at for entity in agreed for at in range(entity.start, entity.end)}
    for token in doc:
        is_name = token.tag_ in _PROPER and is_name_word(token)
        if token.text in labels and token.i not in taken and is_name and not _has_proper_beside(token):
            yield Entity(token.i, token.i + 1, token.text, labels[token.text])


def _has_proper_beside(token: "Token") -> bool:
    before, after = token.doc[max(token.i - 1, 0) : token.i], token.doc[token.i + 1 : token.i + 2]
    return any(beside.tag_ in _PROPER and not _stands_before(beside) for beside in (*before, *after))
