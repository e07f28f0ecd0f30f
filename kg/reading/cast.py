"""The actors of one text while it is read: who has been named so far, by which words, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.knowledge.tables import ActorRow, OfficeRow, adjectives, remembered, tables
from kg.knowledge.words import word_lists
from kg.model import Actor, Form, Kind, Mention, short_id
from kg.reading.names import NameSpan
from kg.reading.persons import folded, persons_by_surname, same_person, surname
from kg.reading.reasons import PassedOver, Reason, Rule

_BODIES: tuple[Kind, ...] = ("organisation", "government", "party", "igo")
_ONLY = "the only one of the family name whom it can mean"
_IN_OFFICE = "the only one of the family name in office on the day"
_HAS_HELD = "the only one of the family name who has ever held an office"
_SEVERAL = "several can be meant, and no office tells them apart"
_OTHER_GIVEN = "the given names differ"
_OTHER_DAYS = "another bears the name on the day"


@dataclass(slots=True, eq=False)
class Member:
    """One actor of a text: what the tables and the text say of it, and its mentions by tokens.

    `key` tells it from the others while the text is read; `id` is final when all is read. `place` is where in the text
    an unnamed person stands: two of them are never taken for one.
    """

    key: str
    name: str
    kind: Kind
    country: str | None = None
    row: ActorRow | None = None
    sector: str = ""
    gender: str | None = None
    nouns: set[str] = field(default_factory=set)
    place: tuple[object, ...] = ()
    mentions: dict[tuple[int, int], Form] = field(default_factory=dict)
    reasons: dict[tuple[int, int], Reason] = field(default_factory=dict)
    passed_over: tuple[PassedOver, ...] = ()

    def mention(self, span: tuple[int, int], form: Form, reason: Reason) -> None:
        """Enter a mention with why it is one, unless the same tokens are there already."""
        if self.mentions.setdefault(span, form) == form:
            self.reasons.setdefault(span, reason)

    @property
    def id(self) -> str:
        """The id of its row, else one that depends on all that is known of it."""
        return self.row.id if self.row else _actor_id(self.name, self.kind, self.country, *self.place)

    @property
    def is_named(self) -> bool:
        """Whether a proper name stands for it."""
        return self.row is not None or any(form in ("name", "handle") for form in self.mentions.values())


Decision = tuple[Member, Reason]
"""Whom a mention stands for, and why."""


class Cast:
    """The actors of one article; `day` is the ISO day that the tables are read for."""

    def __init__(self, article: str, day: str | None) -> None:
        self.article = article
        self.day = day
        self.shared: set[tuple[int, int]] = set()  # mentions that stand for several actors together
        self.companies: dict[int, tuple[Member, ...]] = {}  # who was named together, by the token where
        self._members: dict[str, Member] = {}
        self._by_surname: dict[str, Member] = {}
        self._by_name: dict[str, Member] = {}

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def named(self, span: NameSpan) -> Decision:
        """Return whom a name stands for, by the tables, by the text's other names, or as a new actor, and why."""
        member, reason = self._known(span) or self._linked(span) or self._new(span)
        self._by_name.setdefault(span.text, member)
        if member.kind == "person":
            self._by_surname.setdefault(surname(member.name, member.country), member)
        member.country = member.country or span.country
        return member, reason

    def add(self, member: Member) -> Member:
        """Take a member in, or return the one of the same key that is there."""
        return self._members.setdefault(member.key, member)

    def of_row(self, row: ActorRow) -> Member:
        """Return the member for a row of the tables."""
        return self.add(Member(row.id, row.name, row.kind, row.country, row, nouns=set(_titles_of(row, self.day))))

    def _known(self, span: NameSpan) -> Decision | None:
        if span.text in self._by_name and not span.rows:
            return self._by_name[span.text], Reason("name of the text", span.text)
        if span.kind in _BODIES and not span.rows and " " not in span.text:
            body = self._body_called(span.text)
            return (body, Reason("short name of the text", body.name)) if body else None
        if span.kind != "person" or span.rows:
            return None
        member = self._by_surname.get(surname(span.text.lstrip("#")))
        if member is None or not same_person(span.text.lstrip("#"), member.name):
            return None
        return member, Reason("family name of the text", member.name)

    def _body_called(self, word: str) -> Member | None:
        """Return the only body named so far that goes by a word: 'the Church', 'Ada' of 'Ada Motors'."""
        bodies = [member for member in self if member.kind in _BODIES and word in _short_names(member.name)]
        return bodies[0] if len(bodies) == 1 else None

    def alike(self, name: str) -> Member | None:
        """Return the member whose name differs in capitals only."""
        return next((member for member in self if member.name.lower() == name.lower()), None)

    def _linked(self, span: NameSpan) -> Decision | None:
        if span.rows:
            rows = [row for row in span.rows if _alive(row, self.day)] or list(span.rows)
            rest = tuple(PassedOver(row, _OTHER_DAYS) for row in span.rows if row is not rows[0])
            return self._of(rows[0], rest), Reason(_rule_of(span, rows[0]), span.text)
        if span.kind != "person":
            return None
        row, why, rest = _namesake(span.text, self.day)
        return (self._of(row, rest), Reason("family name of the tables", why)) if row else None

    def _of(self, row: ActorRow, rest: tuple[PassedOver, ...]) -> Member:
        member = self.of_row(row)
        member.passed_over = member.passed_over or rest
        return member

    def _new(self, span: NameSpan) -> Decision:
        name = span.text.lstrip("#")
        member = self.add(Member(f"{span.kind} {name}", name, span.kind, span.country))
        member.passed_over = _namesake(name, self.day)[2] if span.kind == "person" else ()
        return member, Reason("new name", name)


def _short_names(name: str) -> tuple[str, ...]:
    """Return the words that a body goes by: 'Church of England' is the Church, 'Indian Navy' the Navy."""
    words = name.split()
    if "of" in words[1:]:
        return (words[words.index("of", 1) - 1],)
    if len(words) == 1:
        return ()
    return (words[-1] if words[0] in adjectives() else words[0],)


def _actor_id(name: str, kind: Kind, country: str | None, *place: object) -> str:
    """Return the id of an actor that no table has: a slug, and a digest of all that tells it from another."""
    slug = re.sub(r"[^a-z0-9]+", "-", folded(name).lower()).strip("-")[:40]
    return f"{slug}-{short_id(name, kind, country or '', *place)[:8]}"


def actor_of(member: Member, offsets: list[tuple[int, int]], text: str, day: str | None) -> Actor:
    """Return the record of a member; `offsets` gives the characters of each token."""
    mentions = []
    for (start, end), form in sorted(member.mentions.items()):
        first, last = offsets[start][0], offsets[end - 1][1]
        mentions.append(Mention(first, last, text[first:last], form))
    return Actor(
        id=member.id,
        name=member.name,
        kind=member.kind,
        country=member.country,
        cameo=_cameo(member, day),
        qid=member.row.qid if member.row else None,
        mentions=tuple(mentions),
    )


def _cameo(member: Member, day: str | None) -> str | None:
    """Return the CAMEO actor code as of a day: of the office then held, else of the row, else country and sector."""
    if member.row:
        held = [office.cameo for office in _offices().get(member.row.id, ()) if day and _held(office, day)]
        return held[0] if held else member.row.cameo or member.row.country
    return (member.country or "") + member.sector or None


def _titles_of(row: ActorRow, day: str | None) -> Iterator[str]:
    for office in _offices().get(row.id, ()):
        if day is None or office.start <= day:
            yield office.title


@remembered
def _offices() -> dict[str, tuple[OfficeRow, ...]]:
    found: dict[str, tuple[OfficeRow, ...]] = {}
    for office in tables().offices:
        found[office.holder] = (*found.get(office.holder, ()), office)
    return found


def _alive(row: ActorRow, day: str | None) -> bool:
    return day is None or ((row.start is None or row.start <= day) and (row.end is None or day < row.end))


def _rule_of(span: NameSpan, row: ActorRow) -> Rule:
    if span.form == "handle":
        return "handle of the tables"
    if span.form == "metonym":
        return "metonym of the tables"
    return "name of the tables" if span.text == row.name else "other name of the tables"


def _namesake(name: str, day: str | None) -> tuple[ActorRow | None, str, tuple[PassedOver, ...]]:
    """Return the only person of the tables whom a name can mean, why it is that one, and who was passed over.

    Of several with one family name it is the one in office on the day, else the one who has ever held an office.
    """
    family = persons_by_surname().get(surname(name), ())
    rows = [row for row in family if _can_bear(row, name)]
    serving = [row for row in rows if day and any(_held(office, day) for office in _offices().get(row.id, ()))]
    office_holders = [row for row in rows if row.id in _offices()]
    found: ActorRow | None = None
    why = _SEVERAL
    for few, told in ((rows, _ONLY), (serving, _IN_OFFICE), (office_holders, _HAS_HELD)):
        if len(few) == 1 and found is None:
            found, why = few[0], told
    others = (row for row in family if row is not found)
    return found, why, tuple(PassedOver(row, why if row in rows else _OTHER_GIVEN) for row in others)


def _can_bear(row: ActorRow, name: str) -> bool:
    """Whether a row is a person's of that name; a son called after the father is not named without 'Jr'."""
    juniors = word_lists("words")["names", "juniors"]
    is_son = not juniors.isdisjoint(row.name.split()) and juniors.isdisjoint(name.split())
    return same_person(name, row.name) and not (is_son and " " in name)


def _held(office: OfficeRow, day: str) -> bool:
    return office.start <= day and (office.end is None or day < office.end)
