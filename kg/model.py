"""Every record that flows through kg: an article, what was read out of it, and its graph.

`Record` serialises to exactly `extraction.schema.json`; offsets are 0-based Unicode code points into `Article.text`,
end exclusive. Ids come from content: the same article read twice gives the same bytes.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal

import msgspec

from kg.errors import SourceError

Kind = Literal["person", "state", "government", "armed_group", "igo", "party", "organisation", "group"]
Form = Literal["name", "nominal", "pronoun", "metonym", "handle"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "SAY", "DENY", "ELECT",
]  # fmt: skip
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict", "neutral"]
Modality = Literal["actual", "ongoing", "planned", "possible", "requested", "conditional", "denied", "negated"]
Stance = Literal["asserts", "denies", "alleges", "promises", "speculates"]
DateSource = Literal["given", "json-ld", "meta", "header", "address"]

NAMED: tuple[Form, ...] = ("name", "handle")
"""The forms of a mention that call an actor by its own name."""

FACTS: tuple[Modality, ...] = ("actual", "ongoing")
"""The modalities that canned queries give unless asked for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A text with what its source says of it; `published` is an ISO 8601 date or date-time, never guessed."""

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: str | None = None
    language: str | None = None
    sha256: str = ""
    date_source: DateSource | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", digest(self.text))


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the text that names an actor."""

    start: int
    end: int
    text: str
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts or is acted upon; `cameo` is the actor code as of the article's date."""

    id: str
    name: str
    kind: Kind
    country: str | None = None
    cameo: str | None = None
    qid: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase that says what an event or a statement is about; `name` is the canonical topic."""

    text: str
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an event took place, and the span that says so."""

    name: str
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Time:
    """First and last possible day as ISO dates, and the words that they were read from."""

    start: str
    end: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who vouches for an event that the article does not assert itself."""

    speaker: str
    stance: Stance
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that tell of an event, and their sentence."""

    start: int
    end: int
    text: str
    sentence: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Who did what to whom; `source`, `target` and `attributions` hold actor ids, `about` and `part_of` event ids."""

    id: str
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    quad: Quad
    goldstein: float | None = None
    plover_score: float | None = None
    symmetric: bool = False
    source: tuple[str, ...]
    target: tuple[str, ...]
    topics: tuple[Topic, ...] = ()
    about: tuple[str, ...] = ()
    part_of: str | None = None
    place: Place | None = None
    time: Time | None = None
    modality: Modality
    attributions: tuple[Attribution, ...] = ()
    mentions: tuple[Trigger, ...]
    confidence: float = 1.0
    rule: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What somebody said, in quotation marks (`direct`) or not."""

    id: str
    speaker: str
    addressee: str | None = None
    text: str
    start: int
    end: int
    cue: str | None = None
    direct: bool
    time: Time | None = None
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a record was made with: the version of kg, the model, and digests of the codebook and the tables."""

    kg: str
    model: str
    codebook: str
    tables: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything read out of one article."""

    article: Article
    sentences: tuple[tuple[int, int], ...]
    actors: tuple[Actor, ...]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    made_with: Stamp | None = None


class Label(StrEnum):
    """The kinds of node. Those of `SHARED` are common to articles, an event belongs to all that tell of it, and all
    others belong to the one in their `article`.
    """

    ARTICLE = "Article"
    SENTENCE = "Sentence"
    EVENT = "Event"
    STATEMENT = "Statement"
    ACTOR = "Actor"
    TOPIC = "Topic"
    PLACE = "Place"
    DYAD = "Dyad"


SHARED = (Label.ACTOR, Label.TOPIC, Label.PLACE, Label.DYAD)


class Link(StrEnum):
    """The types of relationship, each read from its first label to its second."""

    PART_OF = "PART_OF"  # Sentence -> Article, Event -> Event
    APPEARS_IN = "APPEARS_IN"  # Actor -> Article
    MENTIONED_IN = "MENTIONED_IN"  # Actor -> Sentence
    SOURCE_OF = "SOURCE_OF"  # Actor -> Event
    TARGET_OF = "TARGET_OF"  # Actor -> Event
    BETWEEN = "BETWEEN"  # Event -> Dyad
    ACCORDING_TO = "ACCORDING_TO"  # Event -> Actor
    EVIDENCED_BY = "EVIDENCED_BY"  # Event -> Sentence
    HAS_TOPIC = "HAS_TOPIC"  # Event, Statement -> Topic
    TOOK_PLACE_AT = "TOOK_PLACE_AT"  # Event -> Place
    ABOUT = "ABOUT"  # Event -> Event
    SAID = "SAID"  # Actor -> Statement
    ADDRESSED_TO = "ADDRESSED_TO"  # Statement -> Actor
    STATED_IN = "STATED_IN"  # Statement -> Sentence
    TOLD_IN = "TOLD_IN"  # Event -> Article
    COPY_OF = "COPY_OF"  # Article -> Article
    CONTRADICTS = "CONTRADICTS"  # Event -> Event


Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A node: its properties hold scalars only, and every node of a label the same keys."""

    label: Label
    id: str
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship between two nodes, told by label and id."""

    type: Link
    start: tuple[Label, str]
    end: tuple[Label, str]
    properties: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Delta:
    """The nodes and relationships that one article brings to the graph; turned back, it is the article's record."""

    article: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


LONGEST_ID = 1_000
"""Code points of the longest id of an article."""


@dataclass(frozen=True, slots=True)
class KeptAside:
    """A source or an article that was not loaded, and why, in one line each.

    `again` is the load that it was part of, as `kg.cli.repeats` writes it, empty where that cannot be repeated.
    Lone surrogates, as in file names that are not UTF-8, are escaped, and a long reason is cut.
    """

    source: str
    reason: str
    again: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", _escaped(self.source))
        object.__setattr__(self, "reason", shortened(" ".join(_escaped(self.reason).split())))


@dataclass(frozen=True, slots=True)
class Unchanged:
    """An article that stands in the store as it would be read now; nobody has to read it again."""

    article: str


@dataclass(frozen=True, slots=True)
class Source:
    """What a loader reads: `name` is the path below the source that was named, or `-` for stdin.

    `content` comes without byte-order mark, and as UTF-8 where it was UTF-16.
    """

    name: str
    content: bytes

    def text(self, charset: str = "utf-8") -> str:
        """Return the content decoded, with `\\n` as line end.

        Raises SourceError naming the first byte that does not fit, or an unknown charset.
        """
        try:
            return self.content.decode(charset).replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise SourceError(
                f"byte 0x{self.content[error.start]:02X} at position {error.start} is not {charset}; convert the "
                "source, for example with iconv -f WINDOWS-1252 -t UTF-8"
            ) from error
        except (LookupError, UnicodeError) as error:
            raise SourceError(f"its charset {charset!r} cannot be read; convert the source to UTF-8") from error

    def article(self, fields: Mapping[str, object], part: int | None = None) -> Article:
        """Return the article made of these fields of `Article`; empty ones count as absent, others are left out.

        The id is the one given, else the URL, else the name (with `part`, the article's number in a source of
        several), else, on stdin, the digest of the text. Raises SourceError naming a missing or wrong field, or an
        id that is blank or too long.
        """
        kept = {key: value for key, value in fields.items() if value not in (None, "") or key == "text"}
        kept.setdefault("id", kept.get("url") or self._own_id(kept.get("text"), part))
        kept["id"] = str(kept["id"]) if isinstance(kept["id"], int) else kept["id"]
        kept["date_source"] = kept.get("date_source", "given") if "published" in kept else None
        try:
            article = msgspec.convert(kept, Article)
        except msgspec.ValidationError as error:
            raise SourceError(f"this is no article: {error}") from error
        if not article.id.strip() or len(article.id) > LONGEST_ID:
            fault = f"is longer than {LONGEST_ID:,} characters" if article.id.strip() else "is blank"
            raise SourceError(f"its id {fault}; give it another")
        return article

    def aside(self, reason: object, part: int | None = None, fields: Mapping[str, object] | None = None) -> KeptAside:
        """Return this source, or a part of it, as kept aside: under the id in the fields where they hold one."""
        place = self._place(part)
        given = str((fields or {}).get("id") or "")
        return KeptAside(shortened(given), f"in {place}: {reason}") if given.strip() else KeptAside(place, str(reason))

    def _own_id(self, text: object, part: int | None) -> str:
        if self.name == "-":
            return digest(str(text))
        return self._place(part)

    def _place(self, part: int | None) -> str:
        return self.name if part is None else f"{self.name}#{part}"


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: column names, and rows of scalars in the order of the columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    truncated: bool = False

    def mappings(self) -> Iterator[dict[str, Value]]:
        """Yield each row as a mapping from column to value."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)


_DECODER = msgspec.json.Decoder(Record)


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def shortened(text: str) -> str:
    """Return a text that may be an id as it stands, of a longer one the beginning, and a digest to tell it by."""
    return text if len(text) <= LONGEST_ID else f"{text[:200]}... ({len(text):,} characters, {short_id(text)})"


def short_id(*parts: object) -> str:
    """Return 16 hex digits that depend on the parts and their order alone."""
    return digest("\x1f".join(str(part) for part in parts))[:16]


def encode(record: Record) -> bytes:
    """Return a record as one line of JSON without its line end, keys in the order of the fields."""
    return msgspec.json.encode(record)


def decode(line: str | bytes) -> Record:
    """Return the record that one line of JSON holds.

    Raises SourceError where it does not follow the schema, naming the field.
    """
    try:
        return _DECODER.decode(line)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise SourceError(f"not an extraction record: {error}") from error


def _escaped(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def renamed(record: Record, become: Mapping[str, Actor]) -> Record:
    """Return a record in which the actors of some ids are others; those who become one have the mentions of all."""
    if not become:
        return record
    ids = {old: actor.id for old, actor in become.items()}
    actors: dict[str, Actor] = {}
    for actor in record.actors:
        one = become.get(actor.id, actor)
        if twin := actors.get(one.id):
            mentions = sorted({*twin.mentions, *one.mentions}, key=lambda each: (each.start, each.end))
            one = replace(twin, mentions=tuple(mentions))
        actors[one.id] = one
    return replace(
        record,
        actors=tuple(actors.values()),
        events=tuple(_event_renamed(event, ids) for event in record.events),
        statements=tuple(_statement_renamed(statement, ids) for statement in record.statements),
    )


def _event_renamed(event: Event, ids: Mapping[str, str]) -> Event:
    return replace(
        event,
        source=_distinct(ids.get(actor, actor) for actor in event.source),
        target=_distinct(ids.get(actor, actor) for actor in event.target),
        attributions=tuple(replace(each, speaker=ids.get(each.speaker, each.speaker)) for each in event.attributions),
    )


def _statement_renamed(statement: Statement, ids: Mapping[str, str]) -> Statement:
    addressee = statement.addressee and ids.get(statement.addressee, statement.addressee)
    return replace(statement, speaker=ids.get(statement.speaker, statement.speaker), addressee=addressee)


def _distinct(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
