"""A question while it is read: its marks, which of them are explained, and the parameters found so far."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.asking.names import Named
from kg.asking.plain.known import Known
from kg.asking.plain.mark import Mark
from kg.errors import QuestionError

ACTORS = ("actor", "other")


class AmbiguousError(QuestionError):
    """Words that may mean several actors, `choices` of which the user has to take one."""

    def __init__(self, mark: Mark) -> None:
        self.mark, self.choices = mark, mark.actors
        listed = " or ".join(f"{actor.full_name} ({actor.kind})" for actor in mark.actors[:10])
        super().__init__(f"{mark.text!r} may be {listed}; give the whole name")


@dataclass(slots=True)
class Draft:
    """A question while it is read; `used` holds the places of the marks that are explained.

    `first` are the columns that it asks for, `count` that it asks for a number; `about_what` that it begins with
    'what', `sources` that it asks who tells of an event. `named` are the actors taken into parameters, and
    `notes` tell where the answer holds more than was asked for.
    """

    text: str
    marks: Sequence[Mark]
    known: Known
    used: set[int] = field(default_factory=set)
    parameters: dict[str, str] = field(default_factory=dict)
    named: dict[str, Named] = field(default_factory=dict)
    first: list[str] = field(default_factory=list)
    count: bool = False
    about_what: bool = False
    sources: bool = False
    notes: list[str] = field(default_factory=list)

    def use(self, *places: int) -> None:
        """Note that the marks at some places are explained."""
        self.used.update(places)

    def free(self, at: int) -> bool:
        """Return whether there is a mark at a place that is not explained."""
        return 0 <= at < len(self.marks) and at not in self.used

    def at(self, place: int) -> Mark | None:
        """Return the mark at a place, None where there is none."""
        return self.marks[place] if 0 <= place < len(self.marks) else None

    def after(self, place: int, *passing: str) -> int:
        """Return the place of the next mark that is not of one of some kinds, one past the end where there is none."""
        place += 1
        while (mark := self.at(place)) and mark.any(*(passing or ("light",))) and not mark.actors:
            place += 1
        return place

    def before(self, place: int) -> Mark | None:
        """Return the mark before a place, None where there is none."""
        return self.at(place - 1)

    def fill(self, parameter: str, value: str) -> None:
        """Give a parameter its value."""
        self.parameters[parameter] = value

    def ask_first(self, column: str) -> None:
        """Put a column first, behind those asked for before."""
        if column not in self.first:
            self.first.append(column)

    def words(self, start: int, end: int) -> str:
        """Return the words of the marks from one place up to another, as they were written."""
        return self.text[self.marks[start].start : self.marks[end - 1].end]

    def left(self) -> list[int]:
        """Return the places that are not explained, light words left out."""
        return [
            i for i, mark in enumerate(self.marks) if i not in self.used and not (mark.any("light") and not mark.actors)
        ]
