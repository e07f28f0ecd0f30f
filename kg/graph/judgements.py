"""What people have judged: who is the same as whom, what is right or wrong, what is withdrawn; a file of JSON Lines.

A judgement is never changed: another one undoes it. The same file gives the same graph wherever it is applied.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations
from typing import Literal, get_args

import msgspec

from kg.errors import JudgementError
from kg.model import Kind, short_id

Verdict = Literal["same", "different", "unsure", "split", "right", "wrong", "withdrawn", "undo"]
Part = Literal["source", "target", "topic", "place", "according_to"]
PARTS: tuple[Part, ...] = get_args(Part)


class Identity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who an actor is, as in `kg.model.Actor`."""

    id: str
    name: str
    kind: Kind
    country: str | None = None
    qid: str | None = None


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One judgement, who made it, when (ISO 8601) and why.

    `same`, `different` and `unsure` are about two `actors`; `same` has them become the `identity`: of all that are the
    same by then, the one judged last. `split` has the one of the `actors` become the `identity` in `articles`. `right`
    and `wrong` are about an `event` of the `articles`, or a `part` of it: the actor, topic or place of that id or name
    in `value`. `withdrawn` is about `articles`, and `undo` about the judgement whose id is `undoes`. Ids of actors are
    those that the records have.
    """

    verdict: Verdict
    by: str = ""
    at: str = ""
    reason: str = ""
    actors: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    event: str | None = None
    part: Part | None = None
    value: str | None = None
    identity: Identity | None = None
    undoes: str | None = None

    @property
    def id(self) -> str:
        """Eight hex digits that depend on all the judgement holds."""
        return short_id(encode(self))[:8]


_NEEDED = {
    "same": ("actors", "identity"),
    "different": ("actors",),
    "unsure": ("actors",),
    "split": ("actors", "articles", "identity"),
    "right": ("articles", "event"),
    "wrong": ("articles", "event"),
    "withdrawn": ("articles",),
    "undo": ("undoes",),
}
_PAIRS = ("same", "different", "unsure")
_DECODER = msgspec.json.Decoder(Judgement)


def encode(judgement: Judgement) -> str:
    """Return a judgement as one line of JSON."""
    return msgspec.json.encode(judgement).decode()


def decoded(lines: Iterable[str]) -> tuple[Judgement, ...]:
    """Return the judgements of a file, blank lines aside.

    Raises JudgementError naming the line where one is none, and the ids of two that contradict each other.
    """
    found: list[Judgement] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                found.append(_decoded(line))
            except (msgspec.DecodeError, UnicodeEncodeError, JudgementError) as error:
                raise JudgementError(f"line {number} is no judgement: {error}; mend or remove it") from error
    in_force(found)
    return tuple(found)


def in_force(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that none undoes, without those that undo.

    Raises JudgementError where two contradict each other, or one undoes what is not there.
    """
    undone: set[str] = set()
    known: dict[str, Judgement] = {}
    for each in judgements:
        if fault := _fault(each):
            raise JudgementError(f"judgement {each.id} is none: {fault}")
        if each.undoes is not None and (each.undoes not in known or each.undoes in undone):
            raise JudgementError(
                f"judgement {each.id} undoes {each.undoes}, which is not in force before it; put it after that one, "
                "or remove it"
            )
        if each.undoes is not None and known[each.undoes].verdict == "undo":
            raise JudgementError(f"judgement {each.id} undoes {each.undoes}, which undoes itself; judge anew instead")
        undone |= {each.undoes} if each.undoes else set()
        known[each.id] = each
    standing = tuple(each for key, each in known.items() if key not in undone and each.verdict != "undo")
    for problem in _contradictions(standing):
        raise JudgementError(problem)
    return standing


def _decoded(line: str) -> Judgement:
    found = _DECODER.decode(line)
    if fault := _fault(found):
        raise JudgementError(fault)
    return found


def _fault(judgement: Judgement) -> str:
    """Return what is missing in a judgement or does not go together, '' where it is whole."""
    missing = [name for name in _NEEDED[judgement.verdict] if not getattr(judgement, name)]
    if missing:
        return f"{judgement.verdict!r} needs {missing[0]!r}"
    if judgement.verdict in _PAIRS and (len(judgement.actors) != 2 or judgement.actors[0] == judgement.actors[1]):
        return f"{judgement.verdict!r} needs two actors"
    becomes = judgement.identity.id if judgement.identity else None
    if judgement.verdict == "same" and becomes not in judgement.actors:
        return "'same' has two actors become one of them"
    if judgement.verdict == "split" and (len(judgement.actors) != 1 or judgement.actors[0] == becomes):
        return "'split' needs one actor, who becomes another one"
    if (judgement.part is None) != (judgement.value is None):
        return "'part' and 'value' go together"
    if judgement.at and not _is_time(judgement.at):
        return f"'at' is no time: {judgement.at[:40]!r}; write it as 2026-11-27 or 2026-11-27T08:30:00+00:00"
    return ""


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _contradictions(standing: Sequence[Judgement]) -> Iterator[str]:
    yield from _of_identity(standing)
    said: dict[tuple[object, ...], Judgement] = {}
    for each in standing:
        if each.verdict not in ("right", "wrong"):
            continue
        for article in each.articles:
            other = said.setdefault((article, each.event, each.part, each.value), each)
            if other.verdict != each.verdict:
                yield f"{other.id} calls {each.event} of {article!r} {other.verdict}, {each.id} {_cure(each)}"


def _of_identity(standing: Sequence[Judgement]) -> Iterator[str]:
    groups = Groups(each.actors for each in standing if each.verdict == "same")
    for each in standing:
        if each.verdict == "different" and groups.of(each.actors[0]) == groups.of(each.actors[1]):
            yield f"{' and '.join(each.actors)} are the same by other judgements, {each.id} {_cure(each)}"
    moved: dict[tuple[str, str], Judgement] = {}
    for each in standing:
        if each.verdict != "split" or each.identity is None:
            continue
        actor, other_one = each.actors[0], each.identity.id
        if groups.of(actor) == groups.of(other_one):
            yield f"{actor} and {other_one} are the same by other judgements, {each.id} {_cure(each)}"
        for article in each.articles:
            other = moved.setdefault((actor, article), each)
            if other.identity != each.identity:
                yield f"{other.id} makes {actor} of {article!r} somebody else than {each.id}, which {_cure(each)}"


def _cure(judgement: Judgement) -> str:
    return f"says {judgement.verdict}: `kg undo` one of them, or remove one of the lines"


class Groups:
    """Ids of which some are the same; each group is known by its smallest id."""

    def __init__(self, same: Iterable[Sequence[str]]) -> None:
        """Take pairs of ids that are the same."""
        self._parent: dict[str, str] = {}
        for pair in same:
            for first, second in combinations(pair, 2):
                low, high = sorted((self.of(first), self.of(second)))
                if low != high:
                    self._parent[high] = low

    def of(self, key: str) -> str:
        """Return the smallest id of the group that an id is in."""
        while key in self._parent:
            key = self._parent[key]
        return key
