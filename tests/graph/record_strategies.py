"""Records that could have been read out of some article, for hypothesis."""

from hypothesis import strategies as st

from kg.model import (
    Actor,
    Article,
    Attribution,
    Event,
    EventType,
    Form,
    Kind,
    Mention,
    Modality,
    Place,
    Quad,
    Record,
    Stamp,
    Stance,
    Statement,
    Time,
    Topic,
    Trigger,
)

words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
absent_or_words = st.none() | st.just("") | words
numbers = st.floats(-180, 180, allow_nan=False)
days = st.dates().map(lambda day: day.isoformat())
times = st.none() | st.builds(Time, days, days, absent_or_words)


def several(values, unique_by=None):
    return st.lists(values, max_size=3, unique_by=unique_by).map(tuple)


def choice(kind):
    return st.sampled_from(kind.__args__)


@st.composite
def spans(draw, length):
    start = draw(st.integers(0, length - 1))
    return start, draw(st.integers(start + 1, length))


@st.composite
def topics(draw, text):
    start, end = draw(spans(len(text)))
    return Topic(text[start:end], start, end, draw(words))


@st.composite
def places(draw, text):
    start, end = draw(spans(len(text)))
    where = {"lat": draw(st.none() | numbers), "lon": draw(st.none() | numbers)}
    return Place(name=draw(words), country=draw(absent_or_words), start=start, end=end, **where)


@st.composite
def actors(draw, text):
    mentions = []
    for start, end in draw(several(spans(len(text)))):
        mentions.append(Mention(start, end, text[start:end], draw(choice(Form))))
    known = {key: draw(absent_or_words) for key in ("country", "cameo", "qid")}
    return Actor(id=draw(words), name=draw(words), kind=draw(choice(Kind)), mentions=tuple(mentions), **known)


@st.composite
def triggers(draw, text, sentences):
    start, end = draw(spans(len(text)))
    return Trigger(start, end, text[start:end], draw(st.sampled_from(sentences)))


@st.composite
def events(draw, text, sentences, people, ids):
    speakers = st.builds(Attribution, st.sampled_from(people), choice(Stance), absent_or_words)
    participants = several(st.sampled_from(people)) if people else st.just(())
    return Event(
        id=draw(st.sampled_from(ids)),
        type=draw(choice(EventType)),
        mode=draw(absent_or_words),
        contexts=draw(several(words.map(lambda word: word.replace(";", ",")))),
        cameo=draw(absent_or_words),
        quad=draw(choice(Quad)),
        goldstein=draw(st.none() | numbers),
        plover_score=draw(st.none() | numbers),
        symmetric=draw(st.booleans()),
        source=draw(participants),
        target=draw(participants),
        topics=draw(several(topics(text))),
        place=draw(st.none() | places(text)),
        time=draw(times),
        modality=draw(choice(Modality)),
        attributions=draw(several(speakers)) if people else (),
        mentions=draw(st.lists(triggers(text, sentences), min_size=1, max_size=2).map(tuple)),
        confidence=draw(st.floats(0, 1)),
        rule=draw(absent_or_words),
    )


@st.composite
def statements(draw, text, people):
    start, end = draw(spans(len(text)))
    return Statement(
        id=draw(words),
        speaker=draw(st.sampled_from(people)),
        addressee=draw(st.none() | st.sampled_from(people)),
        text=text[start:end],
        start=start,
        end=end,
        cue=draw(absent_or_words),
        direct=draw(st.booleans()),
        time=draw(times),
        topics=draw(several(topics(text))),
    )


@st.composite
def joined(draw, event, ids):
    others = st.sampled_from(ids)
    fields = {name: getattr(event, name) for name in Event.__dataclass_fields__}
    return Event(**fields | {"about": draw(several(others)), "part_of": draw(st.none() | others)})


@st.composite
def articles(draw):
    told = {key: draw(absent_or_words) for key in ("title", "url", "source", "published", "language")}
    source = draw(st.sampled_from([None, "given", "json-ld", "meta", "header", "address"]))
    text = draw(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60))
    return Article(id=draw(words), text=text, date_source=source, **told)


@st.composite
def records(draw):
    article = draw(articles())
    text = article.text
    sentences = tuple(draw(st.lists(spans(len(text)), min_size=1, max_size=3, unique=True)))
    cast = draw(several(actors(text), unique_by=lambda actor: actor.id))
    people = [actor.id for actor in cast]
    happened = draw(several(events(text, sentences, people, ["e1", "e2", "e:3"]), unique_by=lambda e: e.id))
    ids = [event.id for event in happened]
    said = several(statements(text, people), unique_by=lambda s: s.id) if people else st.just(())
    return Record(
        article=article,
        sentences=sentences,
        actors=cast,
        events=tuple(draw(joined(event, ids)) for event in happened),
        statements=draw(said),
        made_with=draw(st.none() | st.builds(Stamp, words, words, words, words)),
    )
