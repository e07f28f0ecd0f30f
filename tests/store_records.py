"""Records made by hand for the stores, with every kind of node and relationship; the sentences are our own."""

from kg.model import (
    Actor,
    Article,
    Attribution,
    Event,
    Mention,
    Place,
    Record,
    Stamp,
    Statement,
    Time,
    Topic,
    Trigger,
)

STAMP = Stamp("0.1.0", "hand 1.0", "codebook", "tables")

MET = (
    "Vladimir Putin met Donald Trump in Helsinki on Monday. "
    "They discussed the war in Syria, Anatoly Antonov said. "
    'He called the talks "open and long".'
)
SPIED = "US prosecutors accused Maria Butina of spying. Butina denied it. Russia protested."


def span(text: str, words: str, nth: int = 0) -> tuple[int, int]:
    """Return where the words stand in the text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def sentences(text: str, *starts: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of sentences that begin with these words."""
    at = [text.index(words) for words in starts]
    return tuple(zip(at, [start - 1 for start in at[1:]] + [len(text)], strict=True))


def mention(text: str, words: str, form: str = "name") -> Mention:
    """Return a mention of these words."""
    return Mention(*span(text, words), words, form)  # type: ignore[arg-type]


def trigger(text: str, words: str, sentence: tuple[int, int]) -> Trigger:
    """Return a trigger of these words."""
    return Trigger(*span(text, words), words, sentence)


def topic(text: str, words: str, name: str) -> Topic:
    """Return a topic of these words."""
    return Topic(words, *span(text, words), name)


def meeting(article: str = "met-1", outlet: str = "The Harbour Post") -> Record:
    """Return the record of a meeting, told in an article of that id."""
    first, second, third = found = sentences(MET, "Vladimir", "They", "He called")
    helsinki = span(MET, "Helsinki")
    day = Time("2018-07-16", "2018-07-16", "on Monday")
    syria = topic(MET, "the war in Syria", "Syria war")
    return Record(
        article=Article(
            id=article,
            text=MET,
            title="Two presidents meet",
            url="https://post.example/met?a=1&b=2",
            source=outlet,
            published="2018-07-17T08:30:00Z",
            language="en",
            date_source="meta",
        ),
        sentences=found,
        actors=(
            putin(mention(MET, "Vladimir Putin")),
            trump(mention(MET, "Donald Trump")),
            Actor(
                id="anatoly-antonov",
                name="Anatoly Antonov",
                kind="person",
                country="RUS",
                cameo="RUSGOV",
                mentions=(mention(MET, "Anatoly Antonov"), mention(MET, "He", "pronoun")),
            ),
            Actor(id="syria", name="Syria", kind="state", country="SYR"),
        ),
        events=(
            Event(
                id="e1",
                type="CONSULT",
                mode="visit",
                contexts=("diplomatic", "military"),
                cameo="043",
                quad="verbal-cooperation",
                goldstein=2.8,
                plover_score=1.0,
                symmetric=True,
                source=("vladimir-putin",),
                target=("donald-trump",),
                place=Place(name="Helsinki", country="FIN", lat=60.17, lon=24.94, start=helsinki[0], end=helsinki[1]),
                time=day,
                modality="actual",
                mentions=(trigger(MET, "met", first), trigger(MET, "talks", third)),
                confidence=0.9,
                rule="met",
            ),
            Event(
                id="e2",
                type="CONSULT",
                quad="verbal-cooperation",
                symmetric=True,
                source=("vladimir-putin",),
                target=("donald-trump",),
                topics=(syria, topic(MET, "Syria", "Syria")),
                about=("e1",),
                part_of="e1",
                time=Time("2018-07-01", "2018-07-31"),
                modality="actual",
                attributions=(
                    Attribution("anatoly-antonov", "asserts", "s1"),
                    Attribution("donald-trump", "alleges"),
                ),
                mentions=(trigger(MET, "discussed", second),),
            ),
        ),
        statements=(
            Statement(
                id="s1",
                speaker="anatoly-antonov",
                text="They discussed the war in Syria",
                start=second[0],
                end=second[0] + len("They discussed the war in Syria"),
                cue="said",
                direct=False,
                topics=(syria,),
            ),
            Statement(
                id="s2",
                speaker="anatoly-antonov",
                addressee="donald-trump",
                text="open and long",
                start=MET.index("open"),
                end=MET.index("open") + len("open and long"),
                direct=True,
                time=day,
            ),
        ),
        made_with=STAMP,
    )


def spying(article: str = "spied/1") -> Record:
    """Return the record of an accusation, with as little as a record can have."""
    accused, denied, protested = found = sentences(SPIED, "US", "Butina denied", "Russia")
    return Record(
        article=Article(id=article, text=SPIED),
        sentences=found,
        actors=(
            Actor(
                id="us-prosecutors",
                name="US prosecutors",
                kind="government",
                country="USA",
                mentions=(mention(SPIED, "US prosecutors"),),
            ),
            Actor(
                id="maria-butina",
                name="Maria Butina",
                kind="person",
                qid="Q55388461",
                mentions=(mention(SPIED, "Maria Butina"), mention(SPIED, "Butina", "name")),
            ),
            Actor(id="rus", name="Russia", kind="state", country="RUS", mentions=(mention(SPIED, "Russia"),)),
        ),
        events=(
            accusation(accused),
            Event(
                id="e2",
                type="DENY",
                quad="neutral",
                source=("maria-butina",),
                target=(),
                about=("e1",),
                modality="actual",
                mentions=(trigger(SPIED, "denied", denied),),
            ),
            Event(
                id="e3",
                type="PROTEST",
                quad="material-conflict",
                source=("rus",),
                target=(),
                modality="ongoing",
                mentions=(trigger(SPIED, "protested", protested),),
            ),
        ),
        statements=(),
    )


def accusation(sentence: tuple[int, int]) -> Event:
    """Return the accusation of spying."""
    return Event(
        id="e1",
        type="ACCUSE",
        cameo="112",
        quad="verbal-conflict",
        source=("us-prosecutors",),
        target=("maria-butina",),
        topics=(topic(SPIED, "spying", "espionage"),),
        modality="actual",
        mentions=(trigger(SPIED, "accused", sentence),),
    )


def putin(*mentions: Mention) -> Actor:
    """Return Vladimir Putin with these mentions."""
    return Actor(
        id="vladimir-putin",
        name="Vladimir Putin",
        kind="person",
        country="RUS",
        cameo="RUSGOV",
        qid="Q7747",
        mentions=mentions,
    )


def trump(*mentions: Mention) -> Actor:
    """Return Donald Trump with these mentions."""
    return Actor(
        id="donald-trump", name="Donald Trump", kind="person", country="USA", cameo="USAGOV", mentions=mentions
    )


def bare(article: str, text: str = "Nothing happened.") -> Record:
    """Return the record of an article in which there is nothing but text."""
    return Record(article=Article(id=article, text=text), sentences=(), actors=(), events=(), statements=())
