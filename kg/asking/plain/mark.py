"""A word or several of a question, with what they may be."""

from dataclasses import dataclass

from kg.asking.names import Named
from kg.asking.plain.times import Stretch
from kg.asking.plain.vocabulary import Frame, Sense


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a question side by side: their characters, and what they may be.

    `actors` are those that the words name, several where that is not clear, `place` the place, `time` the time,
    `outlet` the outlet; `state` tells a national adjective; `forms` are those of a single
    word. None of these and no sense: the words are not known.
    """

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...] = ()
    actors: tuple[Named, ...] = ()
    place: str = ""
    outlet: str = ""
    time: Stretch | None = None
    state: bool = False
    forms: frozenset[str] = frozenset()

    def any(self, *kinds: str) -> bool:
        """Return whether the words may be of one of some kinds."""
        return any(sense.kind in kinds for sense in self.senses)

    def value(self, kind: str) -> str:
        """Return what of a kind the words may be, empty where they are not of that kind."""
        return next((sense.value for sense in self.senses if sense.kind == kind), "")

    def frames(self, *, noun: bool) -> list[Frame]:
        """Return the frames that the words may ask, as a noun or as a verb."""
        return [sense.frame for sense in self.senses if sense.frame and sense.noun == noun]

    @property
    def is_known(self) -> bool:
        """Whether the words mean anything."""
        return bool(self.senses or self.actors or self.place or self.outlet or self.time)
