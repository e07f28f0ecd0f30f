"""What to say of a question that is not understood: what its words may have meant, what can be asked instead."""

import shlex
from collections.abc import Iterator
from difflib import get_close_matches

from kg.asking.names import Named
from kg.asking.plain.draft import AmbiguousError
from kg.asking.plain.known import Known
from kg.asking.plain.mark import Mark
from kg.asking.plain.read import NotReadError, Reading, check_answerable, drafted, understand
from kg.asking.plain.roles import UnknownTopicError
from kg.asking.plain.tokens import tokens_of, words_of
from kg.asking.plain.vocabulary import frames, is_word, words
from kg.errors import KgError, QuestionError

AT_MOST = 4
_NAMED = ("timeline of {actor}", "What did {actor} say?", "Whom did {actor} meet?")


def explained(error: KgError, question: str, known: Known) -> QuestionError:
    """Return the error with what was understood, what wrong words may be, and commands that ask something near."""
    message = str(error)
    if isinstance(error, NotReadError):
        message = "; ".join(filter(None, (_not_read(error, known), _understood(error))))
    elif isinstance(error, UnknownTopicError):
        message += _did_you_mean(known.near(error.phrase))
    return QuestionError(message, suggestions=tuple(_suggestions(error, question, known)))


def _suggestions(error: KgError, question: str, known: Known) -> Iterator[str]:
    found: dict[str, Reading] = {}
    for tried in (*_mended(error, question, known), *_examples(question, known)):
        if len(found) < AT_MOST and tried != question and (reading := _read(tried, known)):
            found.setdefault(tried, reading)
    yield from (f"kg ask {shlex.quote(each)}" for each in found)


def _not_read(error: NotReadError, known: Known) -> str:
    """Return the words that are not understood, with what those that are not even known may be."""
    unknown = (repr(words) + _did_you_mean(_close(words, known)) for words in error.words if error.are_unknown)
    listed = ", ".join(unknown if error.are_unknown else map(repr, error.words))
    return f"not understood: {listed}" if listed else "it is not clear what is asked"


def _did_you_mean(close: tuple[str, ...]) -> str:
    return f" (did you mean {' or '.join(close)}?)" if close else ""


def _understood(error: NotReadError) -> str:
    found = dict.fromkeys(f"{mark.text!r} as {meaning}" for mark in error.draft.marks if (meaning := _meaning(mark)))
    return f"understood: {', '.join(found)}" if found else ""


def _meaning(mark: Mark) -> str:
    if mark.actors:
        return " or ".join(actor.full_name for actor in mark.actors)
    if mark.time:
        return f"the time {mark.time.first}/{mark.time.last}"
    if mark.place or mark.outlet:
        return f"the place {mark.place}" if mark.place else f"the outlet {mark.outlet}"
    queries = [sense.frame.query for sense in mark.senses if sense.frame and not mark.any("auxiliaries")]
    return queries[0] if queries else ""


def _close(text: str, known: Known) -> tuple[str, ...]:
    """Return the names, or words of questions, that words are most like."""
    lemmas = {form for token in tokens_of(text) for form in token.forms}
    verbs = [word for word in words() if len(word) > 3 and word not in lemmas]
    return known.near(text) or tuple(get_close_matches(text.lower(), verbs, n=2, cutoff=0.85))


def _mended(error: KgError, question: str, known: Known) -> Iterator[str]:
    """Yield the question with other words in place of those that are wrong, or without those that are no names."""
    if isinstance(error, AmbiguousError):
        yield from (question.replace(error.mark.text, actor.full_name) for actor in error.choices)
    elif isinstance(error, UnknownTopicError):
        parts = (word for word in words_of(error.phrase) if not is_word(word) and known.topic(word, said=False))
        yield from (question.replace(error.phrase, word) for word in (*known.near(error.phrase), *parts))
    elif isinstance(error, NotReadError):
        for wrong in error.words:
            yield from (question.replace(wrong, close) for close in _close(wrong, known))
            if error.are_unknown and not _close(wrong, known) and (wrong.islower() or question.startswith(wrong)):
                yield " ".join(question.replace(wrong, "", 1).replace(" ?", "?").split())


def _examples(question: str, known: Known) -> Iterator[str]:
    """Yield questions about the first actor that is named, or else those that are most like this one."""
    if actor := _named(question, known):
        yield from (example.format(actor=actor.full_name) for example in _NAMED)
    else:
        examples = [frame.example.format(actor=known.somebody) for frame in frames() if "ARTICLE" not in frame.example]
        yield from get_close_matches(question, examples, n=AT_MOST, cutoff=0.0)


def _named(question: str, known: Known) -> Named | None:
    try:
        marks = drafted(question, known).marks
    except QuestionError:
        return None
    return next((mark.actors[0] for mark in marks if len(mark.actors) == 1 and known.has(mark.actors[0])), None)


def _read(question: str, known: Known) -> Reading | None:
    """Return the reading of a question that kg can answer, None for any other."""
    try:
        reading = understand(question, known)
        check_answerable(reading)
    except KgError:
        return None
    return reading
