"""Records drawn by chance, the same each time: all types of event with their modes and codes, days known or hardly."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import get_args

from asking.hand_made import HELSINKI, MOSCOW, PEOPLE, Draft

from kg.knowledge.codebook import codebook
from kg.model import Modality, Record, Stance, Time

ARTICLES, EVENTS = 60, 10
ACTORS = [key for key in PEOPLE if key not in ("john-smith", "john-smith-2", "odd")]
HUB = "vladimir-putin"
OUTLETS = ("Northern Wire", "Harbour Post", "Lakeside Tribune", None)
SPANS = (0, 0, 0, 0, 6, 30, 31, 200, 364, 371, 372, 2_000)
FIRST = date(2017, 1, 1)
TOPICS = ("trade", "referendum", "defence spending")


def records() -> Iterator[Record]:
    """Yield the records; what one in four tells, the next one of another outlet tells too, and the third one denies."""
    chance = random.Random("drawn")
    before: list[dict[str, object]] = []
    for number in range(ARTICLES):
        events = [_event(chance) for _ in range(EVENTS)]
        if number % 4 == 1:
            events = before
        elif number % 4 == 2:
            events = [{**each, "modality": "denied"} for each in before]
        yield _record(number, events)
        before = events


def _record(number: int, events: list[dict[str, object]]) -> Record:
    words = [f"deed{place}" for place in range(len(events))]
    sentences = [f"Someone {word} someone over cause{place} in Helsinki or Moscow." for place, word in enumerate(words)]
    published = FIRST + timedelta(40 * number)
    draft = Draft(sentences, id=f"drawn/{number}", source=OUTLETS[number % 4], published=published.isoformat())
    for place, event in enumerate(events):
        given = {key: value for key, value in event.items() if key not in ("type", "topic")}
        topics = ((f"cause{place}", str(event["topic"])),) if event["topic"] else ()
        draft.event(f"e{place}", str(event["type"]), words[place], topics=topics, **given)
    speaker, addressee = ACTORS[number % len(ACTORS)], ACTORS[(number + 1) % len(ACTORS)]
    day = Time(published.isoformat(), (published + timedelta(SPANS[number % len(SPANS)])).isoformat())
    draft.statement("s1", speaker, sentences[0], direct=True, cue="said", addressee=addressee, time=day)
    return draft.record()


def _event(chance: random.Random) -> dict[str, object]:
    types = codebook().types
    kind = chance.choice([*types, *(each for each in types if each.type == "CONSULT")])
    trigger = chance.choice(kind.triggers)
    parties = [HUB, *chance.sample([each for each in ACTORS if each != HUB], 3)][:: chance.choice((1, -1))]
    sources = chance.choice((0, 1, 1, 1, 1, 2))
    first = FIRST + timedelta(chance.randrange(900))
    time = (first.isoformat(), (first + timedelta(chance.choice(SPANS))).isoformat(), None)
    return {
        "type": kind.type,
        "quad": kind.quad,
        "mode": trigger.mode,
        "cameo": trigger.cameo,
        "symmetric": kind.type in ("CONSULT", "AGREE") and chance.random() < 0.5,
        "modality": chance.choice(("actual", "actual", "actual", *get_args(Modality))),
        "source": tuple(parties[:sources]),
        "target": tuple(parties[sources : sources + chance.choice((0, 1, 1, 1, 2))] or parties[-1:]),
        "goldstein": float(chance.randrange(-10, 11)),
        "topic": chance.choice((*TOPICS, "")),
        "place": chance.choice((None, HELSINKI, MOSCOW)),
        "time": chance.choice((time, time, time, None)),
        "according_to": ((chance.choice(ACTORS), chance.choice(get_args(Stance))),) if chance.random() < 0.5 else (),
    }
