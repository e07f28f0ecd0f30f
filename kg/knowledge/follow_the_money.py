"""Entities of FollowTheMoney, such as those of OpenSanctions, as rows that yield to the tables.

What such a file says comes from others, often from a machine: where it is at odds with the tables, or gives one name to
several, it is left out, and counted.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar
from unicodedata import name as letter_name

import msgspec

from kg.knowledge.rows import (
    ActorRow,
    AnySheet,
    Contents,
    OfficeRow,
    Sheet,
    Tables,
    names_of,
    overlap,
)
from kg.knowledge.table_checks import joint_offices
from kg.model import Kind

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_QID = re.compile(r"Q[1-9][0-9]*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_POST = re.compile(r"(.+?) of (?:the )?(.+)")

Word = TypeVar("Word", bound=str)
Claim = tuple[bool, str]
"""A name, and whether it is a person's: a person and a body may bear the same."""


@dataclass(frozen=True, slots=True)
class Entity:
    """One line of a file; of the values of its properties, texts alone are looked at."""

    id: str
    schema: str
    properties: dict[str, list[Any]] = field(default_factory=dict)

    def texts(self, name: str) -> list[str]:
        """Return the values of a property that are texts and not blank."""
        return [text for value in self.properties.get(name, ()) if isinstance(value, str) and (text := value.strip())]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How entities become rows, as `follow_the_money.toml` says."""

    kinds: dict[str, Kind]
    topics: dict[str, Kind]
    sectors: dict[str, str]
    country: tuple[str, ...]
    countries: dict[str, str]


@dataclass(frozen=True, slots=True)
class Mapped:
    """What became of the actors of a file: new rows by line, rows of the tables with more names, rows by entity."""

    new: dict[int, ActorRow]
    enriched: dict[str, ActorRow]
    ids: dict[str, str]


def supplement(world: Tables, file: str, content: bytes) -> Contents:
    """Return the sheets of the tables with what a file of entities adds to them.

    An entity that the tables have (the same Wikidata id, or the same name and country) gives its further names to
    that row; of the others, those become rows whose name is nobody else's. Terms of office become rows where the
    tables have nobody in that office then.
    """
    entities, problems = _entities(file, content)
    drafts = {line: row for line, entity in entities.items() for row in _drafts(entity, file)}
    actors = _mapped(world, drafts)
    offices = _vacant(world, _offices(world, file, entities, actors.ids))
    sheets = (
        *(_with_names(sheet, actors.enriched) for sheet in world.sheets),
        Sheet(file, ActorRow, tuple(actors.new.values()), tuple(actors.new), own=True),
        Sheet(file, OfficeRow, tuple(offices.values()), tuple(offices), own=True),
    )
    known, left = len(actors.ids) - len(actors.new), len(drafts) - len(actors.ids)
    terms = sum(entity.schema == "Occupancy" for entity in entities.values()) - len(offices)
    notes = (
        f"table {file}: {len(actors.new)} actors new, {known} in the tables already; {left} left out for their names",
        f"table {file}: {len(offices)} terms of office new; {terms} left out, where a day, the office or its "
        "holder is not known or the tables have a holder",
    )
    return Contents(sheets, problems, notes)


def _entities(file: str, content: bytes) -> tuple[dict[int, Entity], tuple[str, ...]]:
    found: dict[int, Entity] = {}
    problems: list[str] = []
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        try:
            if line.strip():
                found[number] = msgspec.json.decode(line, type=Entity)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            problems.append(
                f"table {file}, line {number}: no entity of FollowTheMoney: {error}; write one JSON object a line, "
                "with id, schema and properties"
            )
    return found, tuple(problems)


def _drafts(entity: Entity, file: str) -> Iterator[ActorRow]:
    """Yield the row that an entity would be, if it is an actor with a name in Latin letters."""
    kind = _scheme().kinds.get(entity.schema)
    names = [text for text in (*entity.texts("name"), *entity.texts("alias")) if _is_latin(text)]
    if kind is None or not names or not _ID.fullmatch(entity.id):
        return
    country = _country(entity)
    sector = _by_topic(entity, _scheme().sectors)
    if kind == "person":
        names = [names[0], *(name for name in names[1:] if " " in name)]  # a family name alone is anybody's
    else:
        kind = _by_topic(entity, _scheme().topics) or kind
    yield ActorRow(
        id=entity.id,
        name=names[0],
        kind=kind,
        country=country,
        cameo=country if kind == "person" else (country or "") + (sector or "") or None,
        qid=next((text for text in (*entity.texts("wikidataId"), entity.id) if _QID.fullmatch(text)), None),
        aliases=tuple(dict.fromkeys(name for name in names[1:] if name != names[0])),
        source=file,
    )


def _is_latin(text: str) -> bool:
    return all(letter_name(letter, "").startswith("LATIN") for letter in text if letter.isalpha())


def _country(entity: Entity) -> str | None:
    values = (set(entity.texts(name)) for name in _scheme().country)
    return next((_scheme().countries.get(each.pop()) for each in values if len(each) == 1), None)


def _by_topic(entity: Entity, known: Mapping[str, Word]) -> Word | None:
    """Return what is known of the first topic of which, or of the topic above it, something is."""
    for topic in entity.texts("topics"):
        while topic:
            if topic in known:
                return known[topic]
            topic = topic.rpartition(".")[0]
    return None


def _mapped(world: Tables, drafts: Mapping[int, ActorRow]) -> Mapped:
    bearers: dict[Claim, list[ActorRow]] = defaultdict(list)
    for row in world.actors:
        for claim in _claims(row):
            bearers[claim].append(row)
    counts = Counter(claim for draft in drafts.values() for claim in _claims(draft))
    by_qid = {row.qid: row for row in world.actors if row.qid}
    taken = {row.id for row in world.actors}
    new: dict[int, ActorRow] = {}
    enriched: dict[str, ActorRow] = {}
    ids: dict[str, str] = {}
    for line, draft in drafts.items():
        free = [text for person, text in _claims(draft) if counts[person, text] == 1 and (person, text) not in bearers]
        same = by_qid.get(draft.qid or "") or _namesake(draft, bearers.get((draft.kind == "person", draft.name), ()))
        if same:
            row = enriched.get(same.id, same)
            enriched[same.id] = replace(row, aliases=(*row.aliases, *free), qid=row.qid or draft.qid)
            ids[draft.id] = same.id
        elif draft.name in free and draft.id not in taken:
            taken.add(draft.id)
            new[line] = replace(draft, aliases=tuple(text for text in free if text != draft.name))
            ids[draft.id] = draft.id
    return Mapped(new, enriched, ids)


def _claims(row: ActorRow) -> Iterator[Claim]:
    return ((row.kind == "person", text) for text in names_of(row))


def _namesake(draft: ActorRow, bearers: Iterable[ActorRow]) -> ActorRow | None:
    """Return the only bearer of the name, if it can be the same: of one country, and not another on Wikidata."""
    rows = list(bearers)
    if len(rows) != 1 or not draft.country or rows[0].country != draft.country:
        return None
    return None if draft.qid and rows[0].qid else rows[0]


def _with_names(sheet: AnySheet, enriched: Mapping[str, ActorRow]) -> AnySheet:
    if sheet.row_type is not ActorRow or not enriched:
        return sheet
    return replace(sheet, rows=tuple(enriched.get(row.id, row) for row in sheet.rows))


def _offices(world: Tables, file: str, entities: Mapping[int, Entity], ids: Mapping[str, str]) -> dict[int, OfficeRow]:
    """Return the terms of office whose holder is an actor, whose office the tables know, and whose days are known."""
    posts = {entity.id: entity for entity in entities.values() if entity.schema == "Position"}
    agents = {row.noun: row for row in world.agents if row.kind == "person"}
    states = {name.casefold(): row.iso3 for row in world.countries for name in (row.name, *row.aliases)}
    found: dict[int, OfficeRow] = {}
    for line, entity in entities.items():
        holders = [ids[each] for each in entity.texts("holder") if each in ids]
        offices = [_office(posts[each], states) for each in entity.texts("post") if each in posts]
        days = _days(entity)
        if entity.schema == "Occupancy" and holders and days and offices and offices[0][0] in agents and offices[0][1]:
            (title, of), (start, end) = offices[0], days
            cameo = of + (agents[title].sector or "GOV")
            found[line] = OfficeRow(
                title=title, of=of, holder=holders[0], cameo=cameo, start=start, end=end, source=file
            )
    return found


def _office(post: Entity, states: Mapping[str, str]) -> tuple[str, str]:
    """Return title and state of a post: "President of Russia", or "Foreign minister" with a country of its own."""
    name = next(iter(post.texts("name")), "").casefold()
    parts = _POST.fullmatch(name)
    if parts and parts[2] in states:
        return parts[1], states[parts[2]]
    return name, _country(post) or ""


def _days(entity: Entity) -> tuple[str, str | None] | None:
    """Return the first day that a term surely covers, and the first that it may not; None where there is no such day.

    A month or a year alone narrows the term to what is sure.
    """
    starts, ends = entity.texts("startDate"), entity.texts("endDate")
    if not starts or not (ends or entity.texts("status") in ([], ["current"])):
        return None
    start, end = _day(starts[0], after=True), _day(ends[0], after=False) if ends else None
    return (start, end) if start and (end or not ends) and (end is None or start < end) else None


def _day(text: str, *, after: bool) -> str | None:
    """Return a day; of a month or a year the first or, with `after`, the first after it."""
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if after and not day:
        year, month = (year, month + 1) if 0 < month < 12 else (year + 1, 1)
    try:
        return date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None


def _vacant(world: Tables, offices: Mapping[int, OfficeRow]) -> dict[int, OfficeRow]:
    """Return the terms in which the tables, and the terms before, have no holder of that office."""
    is_joint = joint_offices(world.sheets)
    held: dict[tuple[str, ...], list[OfficeRow]] = defaultdict(list)
    for row in world.offices:
        held[row.title, row.of].append(row)
    found: dict[int, OfficeRow] = {}
    for line, row in offices.items():
        others = held[row.title, row.of]
        if not any(overlap(row, other) and (row.holder == other.holder or not is_joint(row)) for other in others):
            found[line] = row
            others.append(row)
    return found


@cache
def _scheme() -> Scheme:
    raw = tomllib.loads((files("kg.knowledge") / "follow_the_money.toml").read_text("utf-8"))
    return msgspec.convert(raw, Scheme)
