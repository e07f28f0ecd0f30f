"""Verbs of speech with their speakers, and statements as they are found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.coding.grammar import children, prepositional, subjects
from kg.coding.participants import Speakers, actors_of
from kg.knowledge.words import word_lists
from kg.model import Stance, Statement, short_id
from kg.reading.document import Reading
from kg.reading.quotes import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

NOBODY = Speakers({})
_CLAUSE_WORDS = 4  # a shorter quotation without a cue is a term, not a statement
_CLOSING = ("”", '"', "»", "’")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as found, with the stance that its cue gives it, and who speaks together with its speaker."""

    statement: Statement
    stance: Stance
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech with its speaker."""

    verb: "Token"
    speaker: str
    stance: Stance


def find_cues(reading: Reading, quotes: tuple[Quote, ...]) -> Iterator[Cue]:
    """Yield the verbs of speech outside quotation marks whose speaker is known."""
    speech = word_lists("speech")
    for token in reading.doc:
        if token.tag_[:2] != "VB" or any(quote.start <= token.idx < quote.end for quote in quotes):
            continue
        stance = speech.owner("verbs", reading.lemma(token))
        if stance is None and reading.lemma(token) in speech["naming", "verbs"]:
            stance = "asserts"
        speaker = speaker_of(token, reading) if stance else None
        if speaker and stance:
            yield Cue(token, speaker, stance)  # type: ignore[arg-type]


def said_as(
    reading: Reading, speaker: str, span: tuple[int, int], cue: str | None, stance: Stance, *, direct: bool
) -> Said:
    """Return the statement of a speaker that covers a span of characters."""
    text = reading.article.text[span[0] : span[1]]
    statement = Statement(
        id="s" + short_id(reading.article.id, *span, speaker),
        speaker=speaker,
        text=text,
        start=span[0],
        end=span[1],
        cue=cue,
        direct=direct,
    )
    return Said(statement, stance)


def own_stance(cue: Cue) -> Stance:
    """Return the stance to words after a colon: who denies something asserts them."""
    return "asserts" if cue.stance == "denies" else cue.stance


def is_clause(span: tuple[int, int], reading: Reading) -> bool:
    """Return whether characters hold enough words, with a verb, to be a statement."""
    tokens = reading.doc.char_span(*span, alignment_mode="expand") or ()
    words = [token for token in tokens if not token.is_punct]
    return len(words) >= _CLAUSE_WORDS and any(token.tag_ in ("VBZ", "VBP", "VBD", "MD", "VB") for token in words)


def speaker_of(verb: "Token", reading: Reading) -> str | None:
    """Return the actor that is the subject of a verb of speech, or whose words are; None where it is none."""
    for head in subjects(verb):
        for actor in actors_of(head, reading, NOBODY):
            return actor
        owners = [*children(head, "poss"), *prepositional(head, "by"), *prepositional(head, "from")]
        for owner in owners:
            for actor in actors_of(owner, reading, NOBODY):
                return actor
    return _beside(verb, reading)


def _beside(verb: "Token", reading: Reading) -> str | None:
    """Return whom a verb after a quotation has beside it, whatever the parse: '”, @ada said', '”, said Ada'."""
    for span in reading.mentioned.spans.values():
        first = span[0] if span[1] == verb.i else verb.i if span[0] == verb.i + 1 else None
        if first and reading.doc[max(first - 2, 0) : first].text.rstrip(",").endswith(_CLOSING):
            return next(iter(reading.mentioned.at[reading.doc[span[0] : span[1]].root.i]), None)
    return None
