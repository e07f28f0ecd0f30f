"""Which word of a question asks the query, and where its verb stands."""

from dataclasses import dataclass

from kg.asking.plain.draft import Draft
from kg.asking.plain.mark import Mark
from kg.asking.plain.vocabulary import Frame, frames_with


@dataclass(frozen=True, slots=True)
class Head:
    """The word that asks: its place, its frame, and the place of the verb, which for a noun is that of its carrier.

    `verb` is None where there is no verb; `passive` tells of the verb. `unlike` tells that what stands before the word
    makes it rather a noun, where only a verb asks something, or the other way round.
    """

    at: int
    frame: Frame
    noun: bool
    verb: int | None
    passive: bool
    unlike: bool = False


def head_of(draft: Draft) -> Head | None:
    """Return the word that asks: weak ones and words of the codebook last, a verb before a noun, then the first one."""
    every = [each for at in range(len(draft.marks)) for each in _heads(draft, at)]
    found = [head for head in every if head.at not in draft.used or head.frame.weak]
    return min(found, key=_rank, default=None)


def _rank(head: Head) -> tuple[bool, bool, bool, bool, int]:
    return head.frame.weak, head.unlike, not head.frame.example, head.noun, head.at


def _heads(draft: Draft, at: int) -> list[Head]:
    mark = draft.marks[at]
    if mark.actors and not mark.senses:
        return []
    noun = _is_noun(draft, at)
    bound = _bound(draft, at) if not noun else []
    frames = bound or _frames(draft, at, noun=noun)
    unlike = not frames
    before = draft.before(at)
    if unlike and not noun and before and before.value("question") == "who":
        return []
    if unlike:
        noun, frames = not noun, _frames(draft, at, noun=not noun)
    if not noun and _is_auxiliary(draft, at):
        return []
    verb = _carrier(draft, at) if noun else at
    return [Head(at, frame, noun, verb, verb is not None and _is_passive(draft, verb), unlike) for frame in frames[:1]]


def _frames(draft: Draft, at: int, *, noun: bool) -> list[Frame]:
    return [frame for frame in draft.marks[at].frames(noun=noun) if not frame.needs or frame.needs in draft.parameters]


def _is_noun(draft: Draft, at: int) -> bool:
    """Whether what stands before a word makes it a noun, or nothing makes it a verb."""
    before = draft.before(at)
    while before and before.state:
        at -= 1
        before = draft.before(at)
    following = draft.at(at + 1)
    is_alone = not draft.marks[at].frames(noun=True) or (following is not None and bool(following.actors))
    if before and before.text.lower() == "what" and is_alone:
        return False
    if before and (before.any("possessive", "carriers", "prepositions", "preposition") or _is_determiner(before)):
        return True
    return not any(_makes_verb(draft, i) for i in range(at))


def _is_determiner(mark: Mark) -> bool:
    return mark.value("light") == "determiner" or mark.value("question") in ("what", "count", "topic")


def _makes_verb(draft: Draft, at: int) -> bool:
    mark = draft.marks[at]
    return mark.any("auxiliaries", "moods", "sources") or mark.any("question")


def _is_auxiliary(draft: Draft, at: int) -> bool:
    """Whether a form of 'do' only helps another verb: no auxiliary stands before it, and no question word behind."""
    following = draft.at(at + 1)
    is_first = not any(mark.any("auxiliaries", "moods") for mark in draft.marks[:at])
    return draft.marks[at].any("auxiliaries") and is_first and not (following and following.any("question"))


def _bound(draft: Draft, at: int) -> list[Frame]:
    """Return the frames of a verb with a preposition that stands before the question word: 'for whom'."""
    fronted = [i for i in (0, 1) if (mark := draft.at(i)) and mark.any("preposition")]
    for i in fronted:
        following = draft.at(i + 1)
        if following and following.any("question"):
            found = frames_with(draft.marks[at].forms, draft.marks[i].text.lower())
            if found:
                draft.use(i)
                return found
    return []


def _carrier(draft: Draft, at: int) -> int | None:
    """Return the place of the verb that leaves it to a noun what is done: 'impose sanctions'."""
    found = [i for i, mark in enumerate(draft.marks) if mark.any("carriers") and i not in draft.used and i != at]
    return found[-1] if found else None


def _is_passive(draft: Draft, verb: int) -> bool:
    """Whether the auxiliary next before a verb is one of 'be', and the verb no form in -ing."""
    for at in range(verb - 1, -1, -1):
        mark = draft.marks[at]
        if mark.any("moods") or (mark.any("auxiliaries") and mark.value("auxiliaries") != "negations"):
            return mark.value("auxiliaries") == "be" and not draft.marks[verb].text.lower().endswith("ing")
    return False
