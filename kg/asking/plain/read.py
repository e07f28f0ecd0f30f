"""A question in plain English read: which canned query it asks, with which parameters."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from kg.asking.plain import general
from kg.asking.plain.draft import Draft
from kg.asking.plain.heads import Head, head_of
from kg.asking.plain.known import Known
from kg.asking.plain.marks import marked
from kg.asking.plain.roles import Roles, check
from kg.asking.plain.times import stretches
from kg.asking.plain.tokens import tokens_of
from kg.asking.plain.vocabulary import Frame
from kg.asking.questions import find
from kg.errors import QuestionError

LONGEST = 500
"""How many characters a question may have."""

_IDS = re.compile(r"\b(?P<what>article|event) (?P<id>\S*\d\S*)")
_AHEAD = re.compile(r"\b(?:will|shall|going to|plan(?:s|ning)? to|about to)\b", re.IGNORECASE)
_ASKED = {"date": "when", "place": "where", "according_to": "according to whom", "topic": "about what"}
_COLUMNS = {
    "date": ("date", "first_day", "published", "month"),
    "place": ("place",),
    "according_to": ("according_to",),
    "topic": ("topic", "of", "denied", "refused", "asked", "demand", "agreed", "about", "topics"),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question asks: a canned query with its parameters, the columns asked for first, whether a number is.

    `note` tells where the answer holds more than was asked for.
    """

    question: str
    query: str
    parameters: dict[str, str]
    first: tuple[str, ...] = ()
    count: bool = False
    note: str = field(default="", compare=False)


class NotReadError(QuestionError):
    """A question that is not understood, as far as it was read.

    `words` are those that are not known; where all are known and the question asks something, those that fit nowhere.
    """

    def __init__(self, draft: Draft, *, asks: bool) -> None:
        unknown = [at for at in draft.left() if not draft.marks[at].is_known]
        self.draft, self.are_unknown = draft, bool(unknown)
        self.words = _runs(draft, unknown or (draft.left() if asks else []))
        super().__init__(f"not understood: {', '.join(map(repr, self.words))}")


def understand(question: str, known: Known) -> Reading:
    """Return how a question is read.

    Raises QuestionError where that is not clear: words that are not known, names of several actors, two questions in
    one.
    """
    draft = drafted(question, known)
    general.openers(draft)
    general.question_words(draft)
    general.corroboration(draft)
    head = head_of(draft)
    if head is None:
        raise NotReadError(draft, asks=False)
    _explain(draft, head)
    if draft.left():
        raise NotReadError(draft, asks=True)
    check(draft, draft.named)
    return _reading(question, draft, head.frame)


def drafted(question: str, known: Known) -> Draft:
    """Return a question with its words marked and none of them explained yet.

    Raises QuestionError for one that is empty, too long or holds control characters, and for days that there are not.
    """
    text, ids = _without_ids(_clean(question))
    times = stretches(text, lambda: known.days()[1], ahead=_AHEAD.search(text) is not None)
    return Draft(text, marked(tokens_of(text), times, known), known, parameters=ids)


def _clean(question: str) -> str:
    """Return a question in plain apostrophes and single spaces."""
    text = " ".join(question.replace("’", "'").split())
    if not any(map(str.isalnum, text)):
        raise QuestionError("nothing is asked; write a question such as 'Who met Vladimir Putin?'")
    if len(text) > LONGEST:
        raise QuestionError(f"the question has {len(text)} characters; ask in at most {LONGEST}")
    if not text.isprintable():
        raise QuestionError("the question holds control characters; leave them out")
    return text if any(map(str.islower, text)) else text.lower()


def _without_ids(text: str) -> tuple[str, dict[str, str]]:
    """Return a text without the ids of an article and an event, and these ids."""
    ids = {match["what"]: match["id"].rstrip("?.,!") for match in _IDS.finditer(text)}
    return _IDS.sub(lambda match: match["what"], text), ids


def _explain(draft: Draft, head: Head) -> None:
    general.moods(draft, max(head.at, head.verb or 0))
    draft.use(*(at for at, mark in enumerate(draft.marks) if mark.text.lower() in draft.parameters))
    if head.frame.kinds:
        _kinds(draft)
    _joined(draft, head)
    if head.frame.type == "CONSULT":
        general.occasions(draft)
    Roles(draft, head).fill()
    general.places(draft, head.frame)
    general.times(draft)
    _light(draft)
    _numbers(draft, head)


def _joined(draft: Draft, head: Head) -> None:
    """Explain another word for the same query that is joined with the head: 'criticise or condemn'."""
    for between, other in ((head.at - 1, head.at - 2), (head.at + 1, head.at + 2)):
        mark, conjunction = draft.at(other), draft.at(between)
        joined = (
            mark.frames(noun=head.noun) if mark and conjunction and conjunction.text.lower() in ("or", "and") else []
        )
        if any(frame.query == head.frame.query for frame in joined):
            draft.use(between, other)


def _numbers(draft: Draft, head: Head) -> None:
    """Take back that 'how many' is explained where it counts other things than what the head names."""
    for at, mark in enumerate(draft.marks):
        if mark.text.lower() == "how many" and draft.after(at) != head.at:
            draft.used.discard(at)


def _kinds(draft: Draft) -> None:
    for at, mark in enumerate(draft.marks):
        if kind := mark.value("kinds"):
            draft.use(at)
            draft.fill("kind", kind)


def _light(draft: Draft) -> None:
    """Explain auxiliaries behind the verb, commas, and 'and' between words that are explained: 'when, and of what'."""
    for at, mark in enumerate(draft.marks):
        if mark.any("auxiliaries") and mark.value("auxiliaries") != "negations":
            draft.use(at)
        if (mark.any("and") and not draft.free(at - 1) and not draft.free(at + 1)) or mark.text == ",":
            draft.use(at)


def _runs(draft: Draft, places: Sequence[int]) -> list[str]:
    """Return the words at some places, those side by side together."""
    runs: list[list[int]] = []
    for at in places:
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [draft.words(run[0], run[-1] + 1) for run in runs]


def _reading(question: str, draft: Draft, frame: Frame) -> Reading:
    query, parameters = frame.query, dict(draft.parameters)
    if frame.typed:
        parameters["type"] = frame.type
    if frame.place and "place" in parameters:
        query = frame.place
    elif frame.other and "other" in parameters and "actor" not in parameters:
        query = frame.other
    if draft.sources:
        query = "sources_of"
        parameters["type"] = _type(frame)
    full = {key: _value(draft, key, value) for key, value in parameters.items()}
    return Reading(question, query, full, tuple(draft.first), draft.count, "; ".join((*draft.notes, *_notes(frame))))


def _notes(frame: Frame) -> Iterator[str]:
    """Yield what to say of a word that the codebook alone has: its query finds all acts of the type."""
    if not frame.example:
        word = " ".join((*frame.verbs, *frame.nouns))
        yield f"{word!r} is {frame.type} in the codebook; the rows are all acts that {frame.query} finds"


def check_answerable(reading: Reading) -> None:
    """Raise QuestionError where the query has not all parameters of a reading, or no column that is asked for."""
    query = find(reading.query)
    missing = sorted(reading.parameters.keys() - {parameter.name for parameter in query.parameters})
    if missing:
        raise QuestionError(f"{query.name} cannot be narrowed by {' and '.join(missing)}; leave that out")
    for asked in reading.first:
        if column_of(asked, query.columns) is None:
            raise QuestionError(f"{query.name} does not tell {_ASKED[asked]}; leave that out")


def column_of(asked: str, columns: Collection[str]) -> str | None:
    """Return the column that holds what is asked for, None where no column does."""
    return next((column for column in _COLUMNS[asked] if column in columns), None)


def _type(frame: Frame) -> str:
    if not frame.type:
        raise QuestionError(
            f"what {frame.query} finds is no event of one type, whose sources could be told; ask for it itself"
        )
    return frame.type


def _value(draft: Draft, key: str, value: str) -> str:
    """Return the value of a parameter: of an actor the full name, or the id where several bear it."""
    actor = draft.named.get(key)
    return actor.id if actor and not draft.known.names_one(actor) else value
