"""The words of a question marked: which are names, times, words of the vocabulary, and which are not known."""

from collections.abc import Sequence
from dataclasses import replace

from kg.asking.plain.known import LONGEST_NAME, Known
from kg.asking.plain.mark import Mark
from kg.asking.plain.offices import with_offices
from kg.asking.plain.times import Stretch
from kg.asking.plain.tokens import Token
from kg.asking.plain.vocabulary import Sense, coded, is_word, list_of, senses_at
from kg.knowledge.tables import adjectives, remembered


def marked(tokens: Sequence[Token], times: Sequence[Stretch], known: Known) -> list[Mark]:
    """Return the words of a question as marks, in order."""
    found: list[Mark] = []
    at = 0
    while at < len(tokens):
        mark, length = _mark(tokens, at, times, known)
        found.append(mark)
        at += length
    return with_offices(_whole_names(found), times, known)


def _mark(tokens: Sequence[Token], at: int, times: Sequence[Stretch], known: Known) -> tuple[Mark, int]:
    if stretch := next((each for each in times if each.start <= tokens[at].start < each.end), None):
        inside = [token for token in tokens[at:] if token.start < stretch.end]
        return replace(_of(inside), time=stretch), len(inside)
    length, senses = senses_at(tokens, at)
    if named := _named(tokens, at, known, longer_than=0 if _is_title(senses) else length):
        return named
    if senses:
        return replace(_of(tokens[at : at + length]), senses=senses), length
    return _outlet(tokens, at, known) or (_word(tokens[at], known), 1)


def _whole_names(marks: Sequence[Mark]) -> list[Mark]:
    """Return marks with part of a name beside a word that is not known, 'Anna Bergg', as one that is not known."""
    found: list[Mark] = []
    for mark in marks:
        if len(found) > 1 and _is_part(found[-1]) and _is_part(mark) and found[-1].is_known != mark.is_known:
            before = found.pop()
            found.append(Mark(before.start, mark.end, f"{before.text} {mark.text}"))
        else:
            found.append(mark)
    return found


def _is_part(mark: Mark) -> bool:
    """Whether a mark is a word with a capital that is not known, or that names a person by a part of the name."""
    is_person = len(mark.actors) > 0 and mark.actors[0].kind == "person" and mark.actors[0].full_name != mark.text
    return mark.text[0].isupper() and " " not in mark.text and (not mark.is_known or is_person)


def _is_title(senses: Sequence[Sense]) -> bool:
    return all(sense.kind == "office" for sense in senses)


def _outlet(tokens: Sequence[Token], at: int, known: Known) -> tuple[Mark, int] | None:
    for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
        side = tokens[at : at + length]
        if outlet := known.outlets.get(tuple(token.folded for token in side)):
            return replace(_of(side), outlet=outlet), length
    return None


def _word(token: Token, known: Known) -> Mark:
    if code := _adjectives().get(token.folded):
        return replace(_of([token]), actors=known.state(code), state=True)
    frame = coded(token)
    senses = (Sense("frame", frame=frame, noun=bool(frame.nouns)),) if frame else ()
    return replace(_of([token]), senses=senses)


def _of(tokens: Sequence[Token]) -> Mark:
    forms = tokens[0].forms if len(tokens) == 1 else frozenset()
    return Mark(tokens[0].start, tokens[-1].end, " ".join(token.text for token in tokens), forms=forms)


def _named(tokens: Sequence[Token], at: int, known: Known, *, longer_than: int) -> tuple[Mark, int] | None:
    """Return the longest name that begins at a place, unless as many words are of the vocabulary and not written so."""
    for length in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
        side = tokens[at : at + length]
        words = tuple(token.folded for token in side)
        if length < longer_than or (length == longer_than and not _is_written(tokens, at, length)):
            return None
        written = side[0].text[0].isupper()
        actors = known.actors(words, written=written and at > 0)
        place = known.place(words, led=_is_led(tokens, at)) if written or _is_led(tokens, at) else ""
        if actors or place:
            return replace(_of(side), actors=actors, place=place), length
    return None


def _is_written(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Whether words of the vocabulary are written as a name: 'US' and 'May', but not 'May' at the beginning."""
    if tokens[at].folded == "us" and at and tokens[at - 1].folded == "the":
        return True
    return at > 0 and all(token.text[0].isupper() for token in tokens[at : at + length])


def _is_led(tokens: Sequence[Token], at: int) -> bool:
    """Whether words stand behind what leads to a place, and are no words of the vocabulary."""
    before = {token.folded for token in tokens[max(at - 2, 0) : at]}
    return not before.isdisjoint(list_of("prepositions", "places")) and not is_word(tokens[at].folded)


@remembered
def _adjectives() -> dict[str, str]:
    return {word.casefold(): code for word, code in adjectives().items()}
