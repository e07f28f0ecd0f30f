"""Who does it, to whom and about what: the names and words beside the one that asks, by where they stand."""

from collections.abc import Iterator

from kg.asking.names import Named
from kg.asking.plain.draft import ACTORS, AmbiguousError, Draft
from kg.asking.plain.heads import Head
from kg.asking.plain.known import SAID
from kg.asking.plain.mark import Mark
from kg.asking.plain.tokens import words_of
from kg.asking.plain.vocabulary import Slots
from kg.asking.questions import find
from kg.coding.topics import canonical
from kg.errors import QuestionError

_BOTH: Slots = ("actor", "other")


class Roles:
    """The parameters of a head, filled from left to right.

    Raises AmbiguousError for a name of several actors, and QuestionError for a topic that nothing is about and for more
    actors than the query can be asked for.
    """

    def __init__(self, draft: Draft, head: Head) -> None:
        self._draft, self._head, self._frame = draft, head, head.frame
        self._possessors: list[int] = []
        self._has_object = False

    def fill(self) -> None:
        """Explain all that stands beside the head."""
        draft = self._draft
        draft.use(self._head.at, *(() if self._head.verb is None else (self._head.verb,)))
        at = 0
        while at < len(draft.marks):
            at = self._step(at) if draft.free(at) else at + 1
        for place in self._possessors:
            self._take(place, self._possessor(draft.marks[place]))
        if self._frame.follows:
            draft.parameters.setdefault("first", "")
        if self._asks_for_third():
            raise QuestionError(self._too_many())
        if draft.about_what and "topic" in self._frame.object and "topic" not in draft.parameters:
            self._asks_topic()

    def _asks_for_third(self) -> bool:
        """Whether both sides are named and the question asks for somebody nevertheless: 'who met them both'."""
        asked = any(mark.value("question") == "who" or "actor" in mark.forms for mark in self._draft.marks)
        return asked and not self._frame.third and set(ACTORS) <= self._draft.named.keys()

    def _step(self, at: int) -> int:
        """Explain what stands at a place, if it can be; return the next place to look at."""
        mark = self._draft.marks[at]
        if self._goes_with(mark):
            return self._beside(at)
        if mark.value("prepositions") == "outlets":
            return self._vouching(at)
        if mark.any("preposition") and not mark.actors:
            return self._preposition(at)
        if mark.any("light") and not mark.actors:
            return at + 1
        if self._is_topic_here(at):
            return self._topic(at)
        if mark.actors:
            return self._actor(at)
        if mark.place and "place" in self._frame.object and self._head.at < at and not self._head.noun:
            self._is_at(at)
        return at + 1

    def _is_at(self, at: int) -> None:
        self._draft.use(at)
        self._draft.fill("place", self._draft.marks[at].place)

    def _preposition(self, at: int) -> int:
        draft, word = self._draft, self._draft.marks[at].text.lower()
        after = draft.after(at)
        slot, following = self._slot(word), draft.at(after)
        ends = following is None or after in draft.used or following.any("preposition", "question", "and")
        if following is None or ends or following.time:
            return self._stranded(at, slot)
        if following.place and self._is_place(at, slot):
            return after + 1
        if self._goes_with(following) and slot:
            draft.use(at)
            return self._beside(after)
        if following.actors and set(slot) & set(ACTORS):
            draft.use(at)
            return self._several(after, slot)
        if following.place and "place" in slot:
            draft.use(at)
            self._is_at(after)
        elif "topic" in slot and "topic" not in draft.parameters and not self._may_do_it(word, following):
            draft.use(at)
            return self._topic(after)
        return after

    def _vouching(self, at: int) -> int:
        """Take who vouches for it, an outlet or an actor; a name of both is that of the outlet.

        Raises QuestionError for an actor where the query cannot be asked according to whom.
        """
        after = self._draft.after(at)
        mark = self._draft.at(after)
        if mark and mark.actors:
            if outlet := self._draft.known.outlets.get(words_of(mark.text)):
                self._draft.fill("outlet", outlet)
                self._draft.use(after)
            elif any(parameter.name == "speaker" for parameter in find(self._frame.query).parameters):
                self._take(after, ("speaker",))
            else:
                raise QuestionError(f"{self._frame.query} cannot be asked 'according to' {mark.text}; leave that out")
            self._draft.use(at)
        return after + 1

    def _may_do_it(self, word: str, mark: Mark) -> bool:
        """Whether an actor where a topic is looked for may rather take part: 'the accusations of Ukraine'."""
        return (word == "to" and _is_person(mark)) or (word == "of" and self._head.noun and bool(mark.actors))

    def _stranded(self, at: int, slot: Slots) -> int:
        """Explain a preposition without anything behind it: 'accused of?'."""
        draft = self._draft
        following = draft.at(at + 1)
        if slot:
            draft.use(at)
            asks = draft.about_what or (following and following.value("question") == "what")
            if "topic" in slot and asks and "topic" not in draft.parameters:
                self._asks_topic()
        return at + 1

    def _is_place(self, at: int, slot: Slots) -> bool:
        return self._draft.marks[at].value("prepositions") == "places" and not set(slot) & set(ACTORS)

    def _actor(self, at: int) -> int:
        draft, head = self._draft, self._head
        following = draft.at(at + 1)
        if following and following.any("possessive"):
            return self._possessive(at)
        if draft.marks[at].state:
            return self._possessed(at) if head.noun and self._leads_to_head(at) else at + 1
        if head.noun and self._leads_to_head(at):
            return at + 1 if _is_town(draft.marks[at]) else self._possessed(at, is_doer=False)
        if head.verb is not None and at < head.verb:
            return self._several(
                at, self._both(self._frame.object if head.passive and not head.noun else self._frame.subject)
            )
        if not head.noun and at > head.at and not head.passive and not self._has_object:
            self._has_object = True
            return self._several(at, self._both(self._frame.object))
        return at + 1

    def _possessive(self, at: int) -> int:
        """Explain whose something is: of the head, or of words that say no more than it."""
        following = self._draft.after(at + 1)
        mark = self._draft.at(following)
        if following == self._head.at or self._leads_to_head(at + 1):
            self._draft.use(at + 1)
            return self._possessed(at)
        return self._several(at, self._both(self._frame.object)) if mark and self._goes_with(mark) else at + 2

    def _possessed(self, at: int, *, is_doer: bool = True) -> int:
        """Take whose the head is: at once, or after all others where that depends on them.

        `is_doer` tells that it stands there as who does it does: "Putin's visit", and not 'Russia sanctions'.
        """
        self._draft.use(at)
        if self._frame.symmetric or (is_doer and self._frame.possessor == ("actor",)):
            self._take(at, self._both(self._frame.possessor))
        else:
            self._possessors.append(at)
        return at + 1

    def _goes_with(self, mark: Mark) -> bool:
        is_also = any(sense.kind == "also" and sense.value == self._frame.query for sense in mark.senses)
        return is_also or bool(self._frame.follows and self._followed(mark))

    def _followed(self, mark: Mark) -> list[str]:
        return [frame.type for frame in mark.frames(noun=True) if frame.type]

    def _beside(self, at: int) -> int:
        """Explain words that go with the frame, among them what something follows."""
        self._draft.use(at)
        if self._frame.follows and (types := self._followed(self._draft.marks[at])):
            self._draft.fill("first", types[0])
        return at + 1

    def _leads_to_head(self, at: int) -> bool:
        between = self._draft.marks[at + 1 : self._head.at]
        return at < self._head.at and all(mark.any("light") for mark in between)

    def _possessor(self, mark: Mark) -> Slots:
        """Return where whose the head is goes: "Butina's arrest", "Russia's expulsion of diplomats"."""
        if "other" in self._draft.parameters:
            return ("actor",)
        following = self._draft.at(self._draft.marks.index(mark) + 1)
        if _is_person(mark) and following and following.any("possessive"):
            return self._frame.possessor
        raise QuestionError(
            f"it is not clear whether {mark.text} does it or it is done to {mark.text}; ask with a verb"
        )

    def _several(self, at: int, slot: Slots) -> int:
        """Take the actor at a place and those joined with it."""
        draft = self._draft
        self._take(at, slot)
        following = draft.at(at + 1)
        if following and following.any("possessive"):
            belonging = draft.at(draft.after(at + 1))
            draft.use(*((at + 1,) if belonging and self._goes_with(belonging) else ()))
        if following and following.any("and") and not following.actors:
            after = draft.after(at + 1, "light", "and")
            mark = draft.at(after)
            if mark and mark.actors and draft.free(after):
                draft.use(at + 1)
                return self._several(after, slot)
        return at + 1

    def _take(self, at: int, slot: Slots) -> None:
        mark = self._draft.marks[at]
        if len(mark.actors) > 1:
            raise AmbiguousError(mark)
        free = (each for each in slot if each in (*ACTORS, "speaker") and each not in self._draft.parameters)
        parameter = next(free, None)
        if parameter is None:
            raise QuestionError(self._too_many())
        self._draft.use(at)
        self._draft.named[parameter] = mark.actors[0]
        self._draft.fill(parameter, mark.actors[0].full_name)

    def _too_many(self) -> str:
        draft = self._draft
        sides = [at for at in range(len(draft.marks)) if not (led := draft.before(at)) or not led.any("prepositions")]
        named = " and ".join(dict.fromkeys(actor.full_name for at in sides for actor in draft.marks[at].actors[:1]))
        return f"{self._frame.query} cannot be asked for {named} at once; ask for fewer"

    def _slot(self, word: str) -> Slots:
        return self._both(self._frame.slot(word))

    def _both(self, slot: Slots) -> Slots:
        return _BOTH if self._frame.symmetric and set(slot) & set(ACTORS) else slot

    def _asks_topic(self) -> None:
        self._draft.ask_first("topic")

    def _is_topic_here(self, at: int) -> bool:
        """Whether words without a preposition may be what it is about: the object of the verb, or its subject."""
        head, slot = self._head, self._frame.object
        if head.noun or "topic" not in slot or "topic" in self._draft.parameters:
            return False
        if (at < head.at) != head.passive:
            return False
        mark = self._draft.marks[at]
        is_other = mark.any("and", "prepositions", "auxiliaries") or mark.time or mark.outlet
        return not is_other and (not mark.actors or not set(slot) & set(ACTORS))

    def _topic(self, at: int) -> int:
        """Take the longest words from a place on that something in the store is about; return the place behind them.

        Words that are no topic there are taken nevertheless where they are one name that is known.
        """
        ends = list(self._ends(at))
        for end in ends:
            phrase = canonical(self._draft.words(at, end))
            if topic := self._draft.known.topic(phrase, said=self._frame.query == SAID):
                return self._is_about(at, end, topic)
        end = ends[-1]
        phrase = canonical(self._draft.words(at, end))
        if all(mark.actors or mark.place or mark.any("light") for mark in self._draft.marks[at:end]):
            return self._is_about(at, end, phrase)
        raise UnknownTopicError(phrase, self._draft.known.address)

    def _is_about(self, at: int, end: int, phrase: str) -> int:
        self._draft.use(*range(at, end))
        self._draft.fill("topic", phrase)
        return end

    def _ends(self, at: int) -> Iterator[int]:
        """Yield where a topic may end, the farthest place first."""
        marks = self._draft.marks
        stop = self._head.at if at < self._head.at else len(marks)
        stop = next(
            (
                i
                for i in range(at + 1, stop)
                if i in self._draft.used
                or (marks[i].any("prepositions") and marks[i].value("prepositions") == "outlets")
            ),
            stop,
        )
        yield stop
        yield from (i for i in range(stop - 1, at, -1) if marks[i].any("preposition", "and") or marks[i].time)


def _is_person(mark: Mark) -> bool:
    return any(actor.kind == "person" for actor in mark.actors)


def _is_town(mark: Mark) -> bool:
    """Whether a mark names a place that may stand for a state and need not: 'the Minsk agreement'."""
    return bool(mark.place) and any(actor.country != mark.place for actor in mark.actors)


class UnknownTopicError(QuestionError):
    """Words that stand where a topic does, and that nothing in the store is about."""

    def __init__(self, phrase: str, address: str) -> None:
        self.phrase = phrase
        super().__init__(f"nothing in {address} is about {phrase!r}")


def check(draft: Draft, actors: dict[str, Named]) -> None:
    """Raise QuestionError where no article of the store speaks of an actor that the tables know."""
    for actor in actors.values():
        if not draft.known.has(actor):
            raise QuestionError(
                f"no article in {draft.known.address} speaks of {actor.full_name}, whom the tables of kg know; "
                "`kg query actors` lists those there are"
            )
