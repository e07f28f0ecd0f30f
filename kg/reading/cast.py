"""The actors of one text while it is read: who has been named so far, by which words, and where."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.knowledge.tables import ActorRow, OfficeRow, actor_by_id, adjectives, offices_of
from kg.knowledge.words import word_lists
from kg.model import NAMED, Actor, Form, Kind, Mention, short_id
from kg.reading.names import NameSpan
from kg.reading.offices import terms_of
from kg.reading.persons import folded, gender_of, persons_by_surname, same_person, surname
from kg.reading.reasons import PassedOver, Reason, Rule, of_office

_BODIES: tuple[Kind, ...] = ("organisation", "government", "party", "igo")
_ONLY = "the only one of the family name whom it can mean"
_IN_OFFICE = "the only one of the family name in office on the day"
_HAS_HELD = "the only one of the family name who has ever held an office"
_SEVERAL = "several can be meant, and no office tells them apart"
_OTHER_GIVEN = "the given names differ"
_OTHER_DAYS = "another bears the name on the day"
_OTHER_GENDER = "the title before the name tells another gender"
_STRANGER = "what stands beside the name tells of somebody else"


@dataclass(slots=True, eq=False)
class Member:
    """One actor of a text: what the tables and the text say of it, and its mentions by tokens.

    `key` tells it from the others while the text is read; `id` is final when all is read. `place` is where in the text
    an unnamed person stands: two of them are never taken for one. `plural` tells of several described together, and
    `of` whose it is: 'her lawyer'; `body` is the CAMEO code of the international body it belongs to.
    """

    key: str
    name: str
    kind: Kind
    country: str | None = None
    row: ActorRow | None = None
    sector: str = ""
    body: str | None = None
    gender: str | None = None
    nouns: set[str] = field(default_factory=set)
    plural: bool = False
    of: "Member | None" = None
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
        return self.row.id if self.row else actor_id(self.name, self.kind, self.country, *self.place)

    @property
    def is_named(self) -> bool:
        """Whether a proper name stands for it."""
        return self.row is not None or any(form in NAMED for form in self.mentions.values())


Heads = dict[int, tuple[tuple[int, int], tuple[Member, ...]]]
"""By the head token of a mention, its tokens and whom it stands for."""

Decision = tuple[Member, Reason]
"""Whom a mention stands for, and why."""


def decided(members: Iterable[Member], reason: Reason) -> tuple[Decision, ...]:
    """Return the decision that some members are meant together, for one reason."""
    return tuple((member, reason) for member in members)


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
        self._others: dict[str, tuple[PassedOver, ...]] = {}  # those famous persons, by the name

    def __iter__(self) -> Iterator[Member]:
        return iter(self._members.values())

    def named(self, span: NameSpan, gender: str | None = None) -> Decision:
        """Return whom a name stands for, by the tables, by the text's other names, or as a new actor, and why.

        `gender` is what a title tells: 'Mrs Lind' is not the Lind whom the tables know as a man.
        """
        span = self._told_apart(span)
        known = self._in_office(span) or self._known(span)
        if known and not _may_be(known[0].gender, gender):
            known = None
        member, reason = known or self._linked(span, gender) or self._new(span, gender)
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
        gender = gender_of(row.name) if row.kind == "person" else None
        nouns = set(_titles_of(row, self.day))
        return self.add(Member(row.id, row.name, row.kind, row.country, row, gender=gender, nouns=nouns))

    def _in_office(self, span: NameSpan) -> Decision | None:
        """Return who holds the office before a name: of all of that family it is the one meant by it from now on."""
        office = _office_before(span, self.day)
        if office is None or self.day is None:
            return None
        row = actor_by_id(office.holder)
        member = self.of_row(row)
        self._by_surname[surname(row.name, row.country)] = member
        return member, Reason("office before the name", of_office(office, self.day).by)

    def _told_apart(self, span: NameSpan) -> NameSpan:
        """Return a span without the famous bearers of its name where the text speaks, or spoke, of somebody else."""
        if any(_is_another(row, span) for row in span.rows):
            self._strangers.add(span.text)
            self._others[span.text] = tuple(PassedOver(row, _STRANGER) for row in span.rows)
        is_stranger = span.text in self._strangers
        return replace(span, rows=(), country=span.beside.nation) if is_stranger else span

    def _known(self, span: NameSpan) -> Decision | None:
        called = self._by_name.get(span.text)
        if called and not span.rows and span.country in (None, called.country):
            return called, Reason("name of the text", span.text)
        if span.kind in _BODIES and not span.rows and " " not in span.text:
            body = self._body_called(span.text)
            return (body, Reason("short name of the text", body.name)) if body else None
        if span.kind != "person" or span.rows:
            return None
        member = self._by_surname.get(surname(span.text.lstrip("#")))
        if member is None:
            called = self._given_name(span.text)
            return (called, Reason("given name of the text", called.name)) if called else None
        is_same = same_person(span.text.lstrip("#"), member.name)
        return (member, Reason("family name of the text", member.name)) if is_same else None

    def _given_name(self, word: str) -> Member | None:
        """Return the only person named in full so far who has a given name: 'Ada' of 'Ada Lind'."""
        persons = [member for member in self if member.kind == "person" and " " in member.name]
        called = [member for member in persons if word == member.name.split()[0]]
        return called[0] if len(called) == 1 else None

    def _body_called(self, word: str) -> Member | None:
        """Return the only body named so far that goes by a word: 'the Church', 'Ada' of 'Ada Motors'."""
        bodies = [member for member in self if member.kind in _BODIES and word in _short_names(member.name)]
        return bodies[0] if len(bodies) == 1 else None

    def alike(self, name: str) -> Member | None:
        """Return the member whose name differs in capitals only."""
        return next((member for member in self if member.name.lower() == name.lower()), None)

    def _linked(self, span: NameSpan, gender: str | None) -> Decision | None:
        if span.rows:
            return self._of_rows(span, gender)
        if span.kind != "person" or span.text in self._strangers:
            return None
        row, why, rest = _namesake(span.text, self.day, gender)
        return (self._of(row, rest), Reason(_rule_of_family(span, row, self.day), why)) if row else None

    def _of_rows(self, span: NameSpan, gender: str | None) -> Decision | None:
        alive = [row for row in span.rows if _alive(row, self.day)] or list(span.rows)
        rows = [row for row in alive if _may_be(gender_of(row.name), gender)]
        if not rows:
            self._others[span.text] = tuple(PassedOver(row, _OTHER_GENDER) for row in alive)
            return None
        rest = tuple(PassedOver(row, _OTHER_DAYS) for row in span.rows if row is not rows[0])
        return self._of(rows[0], rest), Reason(_rule_of(span, rows[0]), span.text)

    def _of(self, row: ActorRow, rest: tuple[PassedOver, ...]) -> Member:
        member = self.of_row(row)
        member.passed_over = member.passed_over or rest
        return member

    def _new(self, span: NameSpan, told: str | None) -> Decision:
        name = span.text.lstrip("#")
        gender = gender_of(name) if span.kind == "person" else None
        member = self.add(Member(f"{span.kind} {name}", name, span.kind, span.country, gender=gender))
        if span.kind == "person":
            member.passed_over = self._others.get(span.text) or _namesake(name, self.day, told)[2]
        return member, Reason("new name", name)


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


def actor_id(name: str, kind: Kind, country: str | None, *place: object) -> str:
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
        codes = [office.cameo for office in terms_of(member.row.id, day)]
        return codes[0] if codes else member.row.cameo or member.row.country
    if member.body and not member.country:
        return member.body + member.sector.replace("GOV", "")  # its officials stand for it
    return (member.country or "") + member.sector or None


def _titles_of(row: ActorRow, day: str | None) -> Iterator[str]:
    for office in offices_of(row.id):
        if day is None or office.start <= day:
            yield office.title


def _alive(row: ActorRow, day: str | None) -> bool:
    return day is None or ((row.start is None or row.start <= day) and (row.end is None or day < row.end))


def _rule_of(span: NameSpan, row: ActorRow) -> Rule:
    if span.form == "handle":
        return "handle of the tables"
    if span.form == "metonym":
        return "metonym of the tables"
    return "name of the tables" if span.text == row.name else "other name of the tables"


def _rule_of_family(span: NameSpan, row: ActorRow, day: str | None) -> Rule:
    heads = word_lists("words")["names", "heads"]
    is_head = " " not in span.text and any(office.title in heads for office in terms_of(row.id, day))
    return "family name of a head" if is_head else "family name of the tables"


def _namesake(
    name: str, day: str | None, gender: str | None = None
) -> tuple[ActorRow | None, str, tuple[PassedOver, ...]]:
    """Return the only person of the tables whom a name can mean, why it is that one, and who was passed over.

    Of several with one family name it is the one in office on the day, else the one who has ever held an office; it is
    nobody of another gender than a title tells.
    """
    family = persons_by_surname().get(surname(name), ())
    rows = [row for row in family if _can_bear(row, name)]
    serving = [row for row in rows if terms_of(row.id, day)]
    office_holders = [row for row in rows if offices_of(row.id)]
    found: ActorRow | None = None
    why = _SEVERAL
    for few, told in ((rows, _ONLY), (serving, _IN_OFFICE), (office_holders, _HAS_HELD)):
        if len(few) == 1 and found is None:
            found, why = few[0], told
    if found and not _may_be(gender_of(found.name), gender):
        found, why = None, _OTHER_GENDER
    others = (row for row in family if row is not found)
    return found, why, tuple(PassedOver(row, why if row in rows else _OTHER_GIVEN) for row in others)


def _can_bear(row: ActorRow, name: str) -> bool:
    """Whether a row is a person's of that name; a son called after the father is not named without 'Jr'."""
    juniors = word_lists("words")["names", "juniors"]
    is_son = not juniors.isdisjoint(row.name.split()) and juniors.isdisjoint(name.split())
    return same_person(name, row.name) and not (is_son and " " in name)


def _office_before(span: NameSpan, day: str | None) -> OfficeRow | None:
    """Return the office that stands before a name where only one of the family name holds such an office."""
    if span.rows or not span.beside.titles:
        return None
    rows = [row for row in persons_by_surname().get(surname(span.text), ()) if _can_bear(row, span.text)]
    found = {row.id: office for row in rows for office in terms_of(row.id, day) if office.title in span.beside.titles}
    return next(iter(found.values())) if len(found) == 1 else None


def _is_another(row: ActorRow, span: NameSpan) -> bool:
    """Whether what stands beside a name tells of somebody else than the one whom the tables know by it."""
    is_foreign = span.beside.nation is not None and row.country not in (None, span.beside.nation)
    return row.kind == "person" and (is_foreign or span.beside.is_private)
