"""The actors of one text while it is read: who has been named so far, by which words, and where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from kg.knowledge.tables import ActorRow, OfficeRow, adjectives, remembered, tables
from kg.model import Actor, Form, Kind, Mention, short_id
from kg.reading.names import NameSpan
from kg.reading.persons import folded, gender_of, held, persons_by_surname, same_person, surname

_BODIES: tuple[Kind, ...] = ("organisation", "government", "party", "igo")


@dataclass(slots=True, eq=False)
class Member:
    """One actor of a text: what the tables and the text say of it, and its mentions by tokens.

    `key` tells it from the others while the text is read; `id` is final when all is read. `place` is where in the text
    an unnamed person stands: two of them are never taken for one. `plural` tells of several described together, and
    `of` whose it is: 'her lawyer'.
    """

    key: str
    name: str
    kind: Kind
    country: str | None = None
    row: ActorRow | None = None
    sector: str = ""
    gender: str | None = None
    nouns: set[str] = field(default_factory=set)
    plural: bool = False
    of: "Member | None" = None
    place: tuple[object, ...] = ()
    mentions: dict[tuple[int, int], Form] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of its row, else one that depends on all that is known of it."""
        return self.row.id if self.row else _actor_id(self.name, self.kind, self.country, *self.place)

    @property
    def is_named(self) -> bool:
        """Whether a proper name stands for it."""
        return self.row is not None or any(form in ("name", "handle") for form in self.mentions.values())


Heads = dict[int, tuple[tuple[int, int], tuple[Member, ...]]]
"""By the head token of a mention, its tokens and whom it stands for."""


class Cast:
    """The actors of one article; `day` is the ISO day that the tables are read for."""

    def __init__(self, article: str, day: str | None) -> None:
        self.article = article
        self.day = day
        self.shared: set[tuple[int, int]] = set()  # mentions that stand for several actors together
        self.companies: dict[int, tuple[Member, ...]] = {}  # who was named together, by the token where
        self.quoted: frozenset[int] = frozenset()  # the tokens in quotation marks
        self.listed: set[int] = set()  # the heads of names in a row: 'A, B and C'
        self._members: dict[str, Member] = {}
        self._by_surname: dict[str, Member] = {}
        self._by_name: dict[str, Member] = {}
        self._strangers: set[str] = set()  # names that famous persons bear too

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def named(self, span: NameSpan, gender: str | None = None) -> Member:
        """Return the actor that a name stands for, by the tables, by the text's other names, or as a new one.

        `gender` is what a title tells: 'Mrs Lind' is not the Lind whom the tables know as a man.
        """
        span = self._told_apart(span)
        known = self._in_office(span) or self._known(span)
        if known and not _may_be(known.gender, gender):
            known = None
        member = known or self._linked(span, gender) or self._new(span)
        self._by_name.setdefault(span.text, member)
        if member.kind == "person":
            self._by_surname.setdefault(surname(member.name, member.country), member)
        member.country = member.country or span.country
        return member

    def add(self, member: Member) -> Member:
        """Take a member in, or return the one of the same key that is there."""
        return self._members.setdefault(member.key, member)

    def of_row(self, row: ActorRow) -> Member:
        """Return the member for a row of the tables."""
        gender = gender_of(row.name) if row.kind == "person" else None
        nouns = set(_titles_of(row, self.day))
        return self.add(Member(row.id, row.name, row.kind, row.country, row, gender=gender, nouns=nouns))

    def _in_office(self, span: NameSpan) -> Member | None:
        """Return who holds the office before a name: of all of that family it is the one meant by it from now on."""
        row = _office_holder(span, self.day)
        if row is None:
            return None
        member = self.of_row(row)
        self._by_surname[surname(row.name, row.country)] = member
        return member

    def _told_apart(self, span: NameSpan) -> NameSpan:
        """Return a span without the famous bearers of its name where the text speaks, or spoke, of somebody else."""
        if any(_is_another(row, span) for row in span.rows):
            self._strangers.add(span.text)
        is_stranger = span.text in self._strangers
        return replace(span, rows=(), country=span.beside.nation) if is_stranger else span

    def _known(self, span: NameSpan) -> Member | None:
        called = self._by_name.get(span.text)
        if called and not span.rows and span.country in (None, called.country):
            return called
        if span.kind in _BODIES and not span.rows and " " not in span.text:
            return self._body_called(span.text)
        if span.kind != "person" or span.rows:
            return None
        member = self._by_surname.get(surname(span.text.lstrip("#")))
        return member if member and same_person(span.text.lstrip("#"), member.name) else None

    def _body_called(self, word: str) -> Member | None:
        """Return the only body named so far that goes by a word: 'the Church', 'Ada' of 'Ada Motors'."""
        bodies = [member for member in self if member.kind in _BODIES and word in _short_names(member.name)]
        return bodies[0] if len(bodies) == 1 else None

    def alike(self, name: str) -> Member | None:
        """Return the member whose name differs in capitals only."""
        return next((member for member in self if member.name.lower() == name.lower()), None)

    def _linked(self, span: NameSpan, gender: str | None) -> Member | None:
        rows = [row for row in span.rows if _alive(row, self.day)] or list(span.rows)
        if not rows and span.kind == "person" and span.text not in self._strangers:
            rows = _namesakes(span.text, self.day)
        rows = [row for row in rows if gender is None or _may_be(gender_of(row.name), gender)]
        return self.of_row(rows[0]) if rows else None

    def _new(self, span: NameSpan) -> Member:
        name = span.text.lstrip("#")
        gender = gender_of(name) if span.kind == "person" else None
        return self.add(Member(f"{span.kind} {name}", name, span.kind, span.country, gender=gender))


def _may_be(one: str | None, other: str | None) -> bool:
    """Whether two genders do not contradict each other."""
    return one is None or other is None or one == other


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
        codes = [office.cameo for office in _offices().get(member.row.id, ()) if day and held(office, day)]
        return codes[0] if codes else member.row.cameo or member.row.country
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


def _office_holder(span: NameSpan, day: str | None) -> ActorRow | None:
    """Return the only one of a family name who holds an office that stands before the name."""
    if span.rows or not span.beside.titles or day is None:
        return None
    rows = [row for row in persons_by_surname().get(surname(span.text), ()) if same_person(span.text, row.name)]
    few = [row for row in rows if any(_fits(office, span, day) for office in _offices().get(row.id, ()))]
    return few[0] if len(few) == 1 else None


def _fits(office: OfficeRow, span: NameSpan, day: str) -> bool:
    return office.title in span.beside.titles and held(office, day)


def _is_another(row: ActorRow, span: NameSpan) -> bool:
    """Whether what stands beside a name tells of somebody else than the one whom the tables know by it."""
    is_foreign = span.beside.nation is not None and row.country not in (None, span.beside.nation)
    return row.kind == "person" and (is_foreign or span.beside.is_private)


def _namesakes(name: str, day: str | None) -> list[ActorRow]:
    """Return the only person of the tables whom a name can mean.

    Of several with one family name it is the one in office on the day, else the one who has ever held an office.
    """
    rows = [row for row in persons_by_surname().get(surname(name), ()) if same_person(name, row.name)]
    serving = [row for row in rows if day and any(held(office, day) for office in _offices().get(row.id, ()))]
    office_holders = [row for row in rows if row.id in _offices()]
    return next((few for few in (rows, serving, office_holders) if len(few) == 1), [])
