"""What any question may hold: question words, negations and moods, times, places, outlets, how many must tell it."""

from kg.asking.plain.draft import Draft
from kg.asking.plain.vocabulary import Frame
from kg.errors import QuestionError

_ASKED = ("date", "place", "according_to", "topic")


def openers(draft: Draft) -> None:
    """Explain the words that only lead to the question, and note whether it asks who tells of an event."""
    at = 0
    while (mark := draft.at(at)) and mark.any("openers"):
        draft.use(at)
        at += 1
    if (mark := draft.at(at)) and mark.any("sources"):
        draft.sources = True
        draft.use(at)


def question_words(draft: Draft) -> None:
    """Explain question words, and note which columns they ask for."""
    for at, mark in enumerate(draft.marks):
        for asked in (sense.value for sense in mark.senses if sense.kind == "question"):
            draft.use(at)
            if asked in _ASKED:
                draft.ask_first(asked)
            draft.count = draft.count or asked == "count"
    opening = _opening(draft)
    after = draft.at(opening + 1)
    draft.about_what = draft.marks[opening].value("question") == "what" and bool(after and after.any("auxiliaries"))


def _opening(draft: Draft) -> int:
    """Return where the question itself begins: behind 'tell me', and behind 'according to somebody,'."""
    texts = [mark.text for mark in draft.marks]
    opening = next((i for i in range(len(draft.marks)) if not draft.marks[i].any("openers")), 0)
    if draft.marks[opening].value("prepositions") == "outlets" and "," in texts[opening:-1]:
        return texts.index(",", opening) + 1
    return opening


def moods(draft: Draft, head: int) -> None:
    """Explain auxiliaries before the verb, and what they say of whether it happens.

    Raises QuestionError where several moods go together.
    """
    found: list[str] = []
    for at, mark in enumerate(draft.marks[:head]):
        if mark.any("auxiliaries") and mark.value("auxiliaries") != "negations":
            draft.use(at)
        if mark.value("auxiliaries") == "negations":
            draft.use(at)
            found += [] if _is_rhetorical(draft, at) else ["negated"]
        helped = draft.before(at)
        if mark.any("moods") and at not in draft.used and not (helped and helped.value("auxiliaries") == "do"):
            draft.use(at)
            found.append(mark.value("moods"))
    if len(set(found)) > 1:
        raise QuestionError(f"{' and '.join(found)} at the same time cannot be asked for; ask for one of them")
    if found:
        draft.fill("modality", found[0])


def occasions(draft: Draft) -> None:
    """Explain at which of their talks two actors are said to have spoken, and note that it is not asked for."""
    for at, mark in enumerate(draft.marks):
        if mark.any("occasions"):
            draft.use(at)
            draft.notes.append(f"the rows are not narrowed to {mark.text!r}")


def corroboration(draft: Draft) -> None:
    """Explain how many outlets have to tell it: 'reported by at least two outlets'."""
    for at, mark in enumerate(draft.marks[:-2]):
        number, noun = draft.marks[at + 1], draft.marks[at + 2]
        if mark.value("corroborated") == "before" and noun.value("corroborated") == "behind":
            draft.fill("min_sources", number.value("corroborated") or number.text)
            draft.use(at, at + 1, at + 2)
            if (before := draft.before(at)) and before.text == ",":
                draft.use(at - 1)


def times(draft: Draft) -> None:
    """Explain the time that is left, as first and last day.

    Raises QuestionError where several times are left.
    """
    left = [at for at, mark in enumerate(draft.marks) if mark.time and at not in draft.used]
    if len(left) > 1:
        listed = " and ".join(repr(draft.marks[at].text) for at in left)
        raise QuestionError(f"one time can be asked for, not {listed}; join them with 'from' and 'to'")
    for at in left:
        stretch = draft.marks[at].time
        if stretch and _is_alone(draft, at):
            draft.use(at)
            draft.parameters.update({key: day for key, day in (("from", stretch.first), ("to", stretch.last)) if day})


def places(draft: Draft, frame: Frame) -> None:
    """Explain the place that is left behind 'in' or the like, and the outlet."""
    for at, mark in enumerate(draft.marks):
        before = draft.before(at - 1) if (near := draft.before(at)) and near.any("light") else draft.before(at)
        leading = at - 2 if near and near.any("light") else at - 1
        if at in draft.used or before is None:
            continue
        if mark.outlet:
            draft.fill("outlet", mark.outlet)
            draft.use(at, leading)
        elif (
            mark.place
            and before.value("prepositions") == "places"
            and not ({"actor", "other"} & set(frame.slot(before.text.lower())))
        ):
            draft.fill("place", mark.place)
            draft.use(at, leading)


def _is_rhetorical(draft: Draft, at: int) -> bool:
    """Whether a negation is part of the first word: "Didn't they meet?" asks whether they did."""
    return at == 1 and draft.marks[at].text.lower() in ("n't", "n’t")


def _is_alone(draft: Draft, at: int) -> bool:
    """Whether no number beside a time is left out of it, as in '31 June 2018'."""
    return not any(mark and mark.text.isdigit() for mark in (draft.before(at), draft.at(at + 1)))
