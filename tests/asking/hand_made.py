"""Records made by hand that hold every feature the questions and exports look at; the sentences are our own."""

from collections.abc import Sequence

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

STAMP = Stamp("0.1.0", "hand 1.0", "aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb")

PEOPLE = {
    "vladimir-putin": ("Vladimir Putin", "person", "RUS"),
    "donald-trump": ("Donald Trump", "person", "USA"),
    "ivanka-trump": ("Ivanka Trump", "person", "USA"),
    "angela-merkel": ("Angela Merkel", "person", "DEU"),
    "anatoly-antonov": ("Anatoly Antonov", "person", "RUS"),
    "maria-butina": ("Maria Butina", "person", "RUS"),
    "nicolas-maduro": ("Nicolás Maduro", "person", "VEN"),
    "prosecutors": ("US prosecutors", "government", "USA"),
    "kremlin": ("Kremlin", "government", "RUS"),
    "rus": ("Russia", "state", "RUS"),
    "usa": ("United States", "state", "USA"),
    "fra": ("France", "state", "FRA"),
    "deu": ("Germany", "state", "DEU"),
    "pol": ("Poland", "state", "POL"),
    "john-smith": ("John Smith", "person", "GBR"),
    "john-smith-2": ("John Smith", "person", "CAN"),
    "odd": ("<img src=x onerror=alert(1)> & \x0bsons", "organisation", None),
}

QUADS = {
    "CONSULT": "verbal-cooperation",
    "ACCUSE": "verbal-conflict",
    "ASSAULT": "material-conflict",
    "DENY": "neutral",
    "PROTEST": "material-conflict",
}

HELSINKI = ("Helsinki", "FIN", 60.17, 24.94)
MOSCOW = ("Moscow", "RUS", 55.75, 37.62)


class Draft:
    """An article in the making; spans are found by the words they cover."""

    def __init__(self, sentences: Sequence[str], **article: str | None) -> None:
        self.text = " ".join(sentences)
        self.article = Article(text=self.text, **article)
        starts = [self.text.index(sentence) for sentence in sentences]
        self.sentences = tuple((start, start + len(words)) for start, words in zip(starts, sentences, strict=True))
        self.events: list[Event] = []
        self.statements: list[Statement] = []

    def event(self, key: str, kind: str, trigger: str, **given: object) -> None:
        for name in ("topics", "source", "target", "according_to", "about"):
            given.setdefault(name, ())
        place, time, triggers = given.pop("place", None), given.pop("time", None), given.pop("more", ())
        voices = tuple(Attribution(*voice) for voice in given.pop("according_to"))
        self.events.append(
            Event(
                id=key,
                type=kind,
                quad=given.pop("quad", None) or QUADS[kind],
                modality=given.pop("modality", "actual"),
                mentions=tuple(self.trigger(words) for words in (trigger, *triggers)),
                topics=tuple(self.topic(*topic) for topic in given.pop("topics")),
                attributions=voices,
                place=self.place(*place) if place else None,
                time=Time(*time) if time else None,
                **given,
            )
        )

    def statement(self, key: str, speaker: str, text: str, **given: object) -> None:
        start, end = self.span(text)
        topics = tuple(self.topic(*topic) for topic in given.pop("topics", ()))
        said = Statement(id=key, speaker=speaker, text=text, start=start, end=end, topics=topics, **given)
        self.statements.append(said)

    def record(self) -> Record:
        named = {
            actor
            for event in self.events
            for actor in (*event.source, *event.target, *(voice.speaker for voice in event.attributions))
        } | {who for said in self.statements for who in (said.speaker, said.addressee) if who}
        return Record(
            article=self.article,
            sentences=self.sentences,
            actors=tuple(self.actor(key) for key in PEOPLE if key in named),
            events=tuple(self.events),
            statements=tuple(self.statements),
            made_with=STAMP,
        )

    def span(self, words: str) -> tuple[int, int]:
        start = self.text.index(words)
        return start, start + len(words)

    def trigger(self, words: str) -> Trigger:
        start, end = self.span(words)
        sentence = next(span for span in self.sentences if span[0] <= start < span[1])
        return Trigger(start, end, words, sentence)

    def topic(self, words: str, name: str) -> Topic:
        return Topic(words, *self.span(words), name)

    def place(self, name: str, country: str, lat: float, lon: float) -> Place:
        start, end = self.span(name)
        return Place(name=name, country=country, lat=lat, lon=lon, start=start, end=end)

    def actor(self, key: str) -> Actor:
        name, kind, country = PEOPLE[key]
        start = max(self.text.find(name), 0)
        mention = Mention(start, start + len(name), self.text[start : start + len(name)], "name")
        return Actor(id=key, name=name, kind=kind, country=country, cameo=country, mentions=(mention,))


def records() -> tuple[Record, ...]:
    """Return the records, by article id."""
    return (_harbour_post(), _letters(), _northern_wire(), _rumours())


def _harbour_post() -> Record:
    draft = Draft(
        (
            "Vladimir Putin and Donald Trump discussed a referendum in Ukraine in Helsinki on Monday, "
            "said Anatoly Antonov.",
            "The Kremlin said that their talks had touched on trade too.",
            "Angela Merkel criticised Donald Trump over defence spending.",
            "Anatoly Antonov denied meddling, and told Angela Merkel: “We did not interfere.” “Never.”",
            "US prosecutors accused Maria Butina of being an agent.",
            "Maria Butina was charged with conspiracy.",
            "Angela Merkel may visit Moscow.",
        ),
        id="harbour-post/1",
        source="Harbour Post",
        title="Two presidents & a referendum",
        url="https://harbour.example/1",
        published="2018-07-20T09:30:00",
    )
    monday = ("2018-07-16", "2018-07-16", "Monday")
    draft.event(
        "e1",
        "CONSULT",
        "discussed",
        more=("talks",),
        cameo="040",
        goldstein=1.0,
        plover_score=2.5,
        symmetric=True,
        source=("vladimir-putin",),
        target=("donald-trump",),
        topics=(("referendum in Ukraine", "referendum"), ("trade", "trade")),
        place=HELSINKI,
        time=monday,
        according_to=(("kremlin", "asserts"), ("anatoly-antonov", "asserts")),
    )
    draft.event(
        "e2",
        "ACCUSE",
        "criticised",
        cameo="111",
        mode="disapprove",
        source=("angela-merkel",),
        target=("donald-trump",),
        topics=(("defence spending", "defence spending"),),
        time=("2018-07-16", "2018-07-20", None),
    )
    draft.event("e3", "DENY", "denied", source=("anatoly-antonov",), about=("e4",))
    draft.event("e4", "ASSAULT", "meddling", modality="denied", according_to=(("anatoly-antonov", "denies"),))
    draft.event(
        "e5",
        "ACCUSE",
        "accused",
        cameo="1125",
        source=("prosecutors",),
        target=("maria-butina",),
        topics=(("being an agent", "being an agent"),),
    )
    draft.event(
        "e6", "ACCUSE", "charged", cameo="115", target=("maria-butina",), topics=(("conspiracy", "conspiracy"),)
    )
    draft.event(
        "e7",
        "CONSULT",
        "visit",
        cameo="042",
        mode="visit",
        modality="possible",
        source=("angela-merkel",),
        target=("rus",),
        place=MOSCOW,
    )
    draft.statement(
        "s1",
        "anatoly-antonov",
        "We did not interfere.” “Never.",
        direct=True,
        cue="told",
        addressee="angela-merkel",
        topics=(("meddling", "meddling"),),
        time=Time("2018-07-19", "2018-07-19"),
    )
    return draft.record()


def _northern_wire() -> Record:
    draft = Draft(
        (
            "Donald Trump met Vladimir Putin in Helsinki.",
            "France, Germany and Poland spoke by phone in early July.",
            "Angela Merkel visited Nicolás Maduro.",
            "Donald Trump and Ivanka Trump protested.",
        ),
        id="northern-wire/7",
        source="Northern Wire",
        published="2018-07-17",
    )
    draft.event(
        "e1",
        "CONSULT",
        "met",
        cameo="040",
        symmetric=True,
        source=("donald-trump",),
        target=("vladimir-putin",),
        place=HELSINKI,
        time=("2018-07-16", "2018-07-16", None),
    )
    draft.event(
        "e2",
        "CONSULT",
        "spoke",
        cameo="041",
        mode="phone",
        symmetric=True,
        source=("fra",),
        target=("deu", "pol"),
        time=("2018-07-01", "2018-07-10", "early July"),
    )
    draft.event(
        "e3",
        "CONSULT",
        "visited",
        cameo="042",
        mode="visit",
        source=("angela-merkel",),
        target=("nicolas-maduro",),
        modality="ongoing",
    )
    draft.event("e4", "PROTEST", "protested", source=("donald-trump", "ivanka-trump"))
    return draft.record()


def _rumours() -> Record:
    draft = Draft(
        ("Russia poisoned nobody, the Kremlin insisted.", "John Smith and another John Smith met."),
        id="rumours",
    )
    draft.event(
        "e1",
        "ASSAULT",
        "poisoned",
        source=("rus",),
        modality="denied",
        according_to=(("kremlin", "denies"),),
    )
    draft.event("e2", "CONSULT", "met", cameo="040", symmetric=True, source=("john-smith-2",), target=("john-smith",))
    draft.statement("s1", "kremlin", "Russia poisoned nobody", direct=False, cue="insisted")
    return draft.record()


def _letters() -> Record:
    draft = Draft(
        ("</script><script>alert(1)</script> wrote <img src=x onerror=alert(1)> & \x0bsons to Russia.",),
        id="letters",
        source="Letters & <b>Co</b>",
        published="2018-07-18",
    )
    draft.event(
        "e1",
        "ACCUSE",
        "wrote",
        cameo="112",
        source=("odd",),
        target=("rus",),
        time=("2018-07-18", "2018-07-18", None),
    )
    return draft.record()
