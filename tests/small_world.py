"""Records of a small world, in which articles often tell of one event and texts are often printed twice."""

from dataclasses import dataclass

from hypothesis import strategies as st

from kg.model import (
    Actor,
    Article,
    Attribution,
    Event,
    Form,
    Mention,
    Place,
    Record,
    Stamp,
    Statement,
    Time,
    Topic,
    Trigger,
)

ACTORS = {
    "ada": ("Ada Brandt", "person", "DEU"),
    "ben": ("Ben Okoro", "person", "NGA"),
    "carl": ("Carl Brandt", "person", "DEU"),
    "deu": ("Germany", "state", "DEU"),
    "nga": ("Nigeria", "state", "NGA"),
    "club": ("River Club", "organisation", None),
    "crew": ("crew", "organisation", None),
}
FORMERLY = {"nga": ("Federal Nigeria", "NGA"), "carl": ("Carl Brandt", None)}
UNNAMED = ("crew",)
PLACES = {
    "Abuja": ("NGA", 9.06, 7.5),
    "Berlin": ("DEU", 52.5, 13.4),
    "Germany": ("DEU", None, None),
}
DAYS = ("2021-03-01", "2021-03-02", "2021-03-09", "2021-04-20")
SPANS = (
    *((day, day) for day in DAYS),
    ("2021-03-01", "2021-03-07"),
    ("2021-03-05", "2021-03-11"),
    ("2021-03-09", "2021-03-15"),
    ("2021-03-01", "2021-03-31"),
    ("2021-01-01", "2021-12-31"),
    None,
)
STAMP = Stamp("0", "hand", "codebook", "tables")


@dataclass(frozen=True)
class Telling:
    """What an article tells of an event."""

    type: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    span: tuple[str, str] | None
    place: str | None
    topic: str | None
    modality: str
    speaker: str | None
    about: int | None


def record(article: str, outlet: str, published: str, wording: int, tellings: list[Telling]) -> Record:
    """Return the record of an article; articles of one `wording` that tell the same are copies."""
    text, spans = "", []
    for number, telling in enumerate(tellings):
        words = f"{' and '.join(telling.source)} {telling.type.lower()} {' and '.join(telling.target)}"
        filler = " ".join(f"w{wording * 7 + number * 3 + each}" for each in range(9))
        start = len(text)
        text += f"{words} {filler} {telling.place} {telling.topic}. "
        spans.append((start, len(text) - 1))
    text = text or f"Nothing happened at {wording}."
    spans = spans or [(0, len(text))]
    people = sorted(
        {actor for each in tellings for actor in (*each.source, *each.target, *filter(None, [each.speaker]))}
    )
    return Record(
        article=Article(id=article, text=text, source=outlet, published=published),
        sentences=tuple(spans),
        actors=tuple(_actor(actor, text, before=wording % 2 == 1) for actor in people),
        events=tuple(_event(n, each, spans[n], text, len(tellings)) for n, each in enumerate(tellings)),
        statements=tuple(_statement(n, each, spans[n], text) for n, each in enumerate(tellings) if each.speaker),
        made_with=STAMP,
    )


def _actor(key: str, text: str, *, before: bool) -> Actor:
    """Return an actor of an article, as the tables tell of it or as they did before somebody changed them."""
    name, kind, country = ACTORS[key]
    if before and key in FORMERLY:
        name, country = FORMERLY[key]
    at = max(text.find(key), 0)
    form: Form = "nominal" if key in UNNAMED else "name"
    return Actor(id=key, name=name, kind=kind, country=country, mentions=(Mention(at, at + 1, text[at], form),))


def _event(number: int, telling: Telling, span: tuple[int, int], text: str, count: int) -> Event:
    start, end = span
    topics = (Topic(text[start : start + 3], start, start + 3, telling.topic),) if telling.topic else ()
    where = PLACES.get(telling.place or "")
    place = telling.place and where and Place(
        name=telling.place, country=where[0], lat=where[1], lon=where[2], start=start, end=start + 2
    )  # fmt: skip
    return Event(
        id=f"e{number}",
        type=telling.type,
        quad="verbal-cooperation",
        symmetric=telling.type == "CONSULT",
        source=telling.source,
        target=telling.target,
        topics=topics,
        about=(f"e{telling.about % count}",) if telling.about is not None and telling.about % count != number else (),
        place=place or None,
        time=Time(*telling.span) if telling.span else None,
        modality=telling.modality,
        attributions=(Attribution(telling.speaker, "asserts"),) if telling.speaker else (),
        mentions=(Trigger(start, start + 2, text[start : start + 2], (start, end)),),
    )


def _statement(number: int, telling: Telling, span: tuple[int, int], text: str) -> Statement:
    start, end = span
    return Statement(id=f"s{number}", speaker=telling.speaker, text=text[start:end], start=start, end=end, direct=False)


people = st.lists(st.sampled_from(sorted(ACTORS)), min_size=1, max_size=2, unique=True).map(tuple)
tellings = st.builds(
    Telling,
    type=st.sampled_from(["CONSULT", "ACCUSE", "COERCE", "COERCE", "SANCTION"]),
    source=people,
    target=people | st.just(()),
    span=st.sampled_from(SPANS),
    place=st.sampled_from([None, *PLACES]),
    topic=st.sampled_from([None, "trade deal", "river water"]),
    modality=st.sampled_from(["actual", "actual", "actual", "denied", "planned"]),
    speaker=st.sampled_from([None, "ada", "club"]),
    about=st.none() | st.integers(0, 3),
)
records = st.builds(
    record,
    article=st.sampled_from("abcdefg"),
    outlet=st.sampled_from(["Post", "Gazette", "Herald"]),
    published=st.sampled_from(DAYS),
    wording=st.integers(0, 2),
    tellings=st.lists(tellings, max_size=3),
)
