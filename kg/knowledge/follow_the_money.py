"""Entities of FollowTheMoney, such as those of OpenSanctions, as rows that yield to the tables.

What such a file says comes from others, often from a machine: where it is at odds with the tables, or gives one name to
several, it is left out, and counted.
"""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from kg.knowledge.titles import meanings
from kg.model import Kind

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]*")
_QID = re.compile(r"Q[1-9][0-9]*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_POST = re.compile(r"(.+?) of (?:the )?(.+)")

LISTED_AT_MOST = 20

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
    """What became of the actors of a file: new rows by line, rows of the tables with more names, rows by entity.

    `left` says by line why the others were left out.
    """

    new: dict[int, ActorRow]
    enriched: dict[str, ActorRow]
    ids: dict[str, str]
    left: dict[int, str]


def supplement(world: Tables, file: str, content: bytes) -> Contents:
    """Return the sheets of the tables with what a file of entities adds to them.

    An entity that the tables have (the same Wikidata id, or the same name and country) gives its further names to
    that row; of the others, those become rows whose name is nobody else's. Terms of office become rows where the
    tables have nobody in that office then.
    """
    entities, problems = _entities(file, content)
    unique, again = _unique(entities)
    drafts = {line: row for line, entity in unique.items() for row in _drafts(entity, file)}
    actors = _mapped(world, drafts)
    offices, untold = _offices(world, file, unique, actors.ids)
    vacant, held = _vacant(world, offices)
    sheets = (
        *(_with_names(sheet, actors.enriched) for sheet in world.sheets),
        Sheet(file, ActorRow, tuple(actors.new.values()), tuple(actors.new), own=True),
        Sheet(file, OfficeRow, tuple(vacant.values()), tuple(vacant), own=True),
    )
    nameless = _nameless(unique, drafts)
    known = len(actors.ids) - len(actors.new)
    notes = (
        f"table {file}: {len(actors.new)} actors new, {known} in the tables already; {len(actors.left)} left out for "
        "their names",
        f"table {file}: {len(vacant)} terms of office new; {len(untold) + len(held)} left out",
        *_listed(file, again | nameless | actors.left | untold | held),
    )
    return Contents(sheets, problems, notes)


def _unique(entities: Mapping[int, Entity]) -> tuple[dict[int, Entity], dict[int, str]]:
    """Return the entities by line, of one id the first, and why the others are left out."""
    lines: dict[str, int] = {}
    again: dict[int, str] = {}
    for line, entity in entities.items():
        if (first := lines.setdefault(entity.id, line)) != line:
            again[line] = f"the id {entity.id!r} stands in line {first} already"
    return {line: entity for line, entity in entities.items() if line not in again}, again


def _nameless(entities: Mapping[int, Entity], drafts: Mapping[int, ActorRow]) -> dict[int, str]:
    """Return why entities that are actors by their schema cannot be rows."""
    return {
        line: f"{entity.id!r} has no name in Latin letters, or its id other signs than letters, digits and . _ : -"
        for line, entity in entities.items()
        if entity.schema in _scheme().kinds and line not in drafts
    }


def _listed(file: str, left: Mapping[int, str]) -> Iterator[str]:
    """Yield what was left out and why, the first lines of the file alone where it is much."""
    for line in sorted(left)[:LISTED_AT_MOST]:
        yield f"table {file}, line {line}: left out: {left[line]}"
    if len(left) > LISTED_AT_MOST:
        yield f"table {file}: and {len(left) - LISTED_AT_MOST} more left out"


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
    left: dict[int, str] = {}
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
        else:
            left[line] = _why(draft, bearers, counts, taken)
    return Mapped(new, enriched, ids, left)


def _why(
    draft: ActorRow, bearers: Mapping[Claim, Sequence[ActorRow]], counts: Mapping[Claim, int], taken: Collection[str]
) -> str:
    """Return why an actor is left out: somebody else has its name or its id."""
    claim = (draft.kind == "person", draft.name)
    if others := bearers.get(claim):
        return f"{draft.name!r} is {others[0].id} in the tables, and nothing says that it is the same"
    if counts[claim] > 1:
        return f"{draft.name!r} names {counts[claim]} entities of the file"
    return f"the tables have the id {draft.id!r}" if draft.id in taken else f"{draft.name!r} is another's"


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


def _offices(
    world: Tables, file: str, entities: Mapping[int, Entity], ids: Mapping[str, str]
) -> tuple[dict[int, OfficeRow], dict[int, str]]:
    """Return the terms whose holder is an actor, whose office the tables know, and whose days are known.

    By line; with them why the others are left out.
    """
    posts = {entity.id: entity for entity in entities.values() if entity.schema == "Position"}
    sectors = {row.noun: row.sector for row in world.agents if row.kind == "person"}
    owners = _owners(world)
    found: dict[int, OfficeRow] = {}
    left: dict[int, str] = {}
    for line, entity in entities.items():
        if entity.schema != "Occupancy":
            continue
        holder = next((ids[each] for each in entity.texts("holder") if each in ids), None)
        post = next((posts[each] for each in entity.texts("post") if each in posts), None)
        office = _office(post, owners, sectors) if post else None
        days = _days(entity)
        if holder and office and days:
            cameo = (office.country or "IGO") + (sectors[office.title] or "GOV")
            start, end = days
            found[line] = OfficeRow(
                title=office.title, of=office.of, holder=holder, cameo=cameo, start=start, end=end, source=file
            )
        else:
            left[line] = _missing(holder, post, office)
    return found, left


def _missing(holder: str | None, post: Entity | None, office: "Office | None") -> str:
    """Return why an occupancy is no term of office."""
    if holder is None:
        return "its holder is no actor of the file or the tables"
    if post is None:
        return "its post is no position of the file"
    if office is None:
        return f"{next(iter(post.texts('name')), post.id)!r} is no title of agents.csv with a state or body"
    return "it is not known from when or until when it was held"


@dataclass(frozen=True, slots=True)
class Office:
    """A title as the tables have it, the state or body, and the country of either."""

    title: str
    of: str
    country: str | None


def _owners(world: Tables) -> dict[str, tuple[str, str | None]]:
    """Return states by ISO3 and bodies by id, and their country, by their names."""
    bodies = {
        name.casefold().removeprefix("the "): (row.id, row.country)
        for row in world.actors
        if row.kind not in ("person", "state", "group")
        for name in (row.name, *row.aliases)
    }
    states = {name.casefold(): (row.iso3, row.iso3) for row in world.countries for name in (row.name, *row.aliases)}
    return {**bodies, **states}


def _office(post: Entity, owners: Mapping[str, tuple[str, str | None]], titles: Collection[str]) -> Office | None:
    """Return the office of a post: "President of Russia", "Minister of Finance" with a country of its own."""
    name = next(iter(post.texts("name")), "").casefold()
    country = _country(post)
    parts = _POST.fullmatch(name)
    if parts and parts[2] in owners:
        title = next((title for title in meanings(parts[1]) if title in titles), None)
        of, home = owners[parts[2]]
        return Office(title, of, home) if title else None
    wordings = (name, parts[1] if parts else name)
    title = next((title for wording in wordings for title in meanings(wording) if title in titles), None)
    return Office(title, country, country) if title and country else None


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


def _vacant(world: Tables, offices: Mapping[int, OfficeRow]) -> tuple[dict[int, OfficeRow], dict[int, str]]:
    """Return the terms in which the tables, and the terms before, have no holder, and who holds the others."""
    is_joint = joint_offices(world.sheets)
    held: dict[tuple[str, ...], list[OfficeRow]] = defaultdict(list)
    for row in world.offices:
        held[row.title, row.of].append(row)
    found: dict[int, OfficeRow] = {}
    taken: dict[int, str] = {}
    for line, row in offices.items():
        others = held[row.title, row.of]
        rivals = (each for each in others if overlap(row, each) and (row.holder == each.holder or not is_joint(row)))
        if rival := next(rivals, None):
            taken[line] = f"{rival.holder} is {row.title} of {row.of} in the tables, from {rival.start}"
        else:
            found[line] = row
            others.append(row)
    return found, taken


@cache
def _scheme() -> Scheme:
    raw = tomllib.loads((files("kg.knowledge") / "follow_the_money.toml").read_text("utf-8"))
    return msgspec.convert(raw, Scheme)
