"""Synthetic events of a graph, for measuring exports: groups of actors who have most to do with their own."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

from kg.asking.parts import Happening, Paper, Party, Quote, Role, Scene, Telling

SEED = 20180716
GROUP = 40
KINDS = ("person", "state", "government", "armed_group", "igo", "party", "organisation", "group")
TYPES = (
    ("CONSULT", "verbal-cooperation", "met"),
    ("ACCUSE", "verbal-conflict", "accused"),
    ("AID", "material-cooperation", "helped"),
    ("ASSAULT", "material-conflict", "attacked"),
    ("SAY", "neutral", "told"),
)
PLACES = (("Moscow", "RUS", 55.75, 37.62), ("Nairobi", "KEN", -1.29, 36.82), ("Lima", "PER", -12.05, -77.04))


def events(actors: int, number: int) -> Iterator[Happening]:
    """Yield so many events among so many actors, the same on each call; each actor takes part in one at least.

    Four events in five are within a group of `GROUP`; the first of a group take part most.
    """
    draw = random.Random(SEED)
    parties = [_party(at, draw) for at in range(actors)]
    for at in range(number):
        source = at % actors
        group = source // GROUP * GROUP if draw.random() < 0.8 else draw.randrange(actors) // GROUP * GROUP
        rank = int(GROUP * draw.random() ** 2.5)
        target = min(group + rank, actors - 1)
        if target == source:
            target = (source + 1) % actors
        yield _event(at, parties[source], parties[target], draw)


def _party(at: int, draw: random.Random) -> Party:
    return Party(f"actor-{at}", f"Actor {draw.choice('ABCDEFGHKLMNPRST')}{at}", draw.choice(KINDS), "RUS", "")


def _event(at: int, source: Party, target: Party, draw: random.Random) -> Happening:
    type_, quad, word = draw.choice(TYPES)
    day = (date(2015, 1, 1) + timedelta(days=draw.randrange(2500))).isoformat()
    place = draw.choice(PLACES)
    return Happening(
        id=f"{at:020x}:e1",
        article=f"article-{at // 10}",
        event_id="e1",
        type=type_,
        mode="",
        contexts=(),
        cameo="",
        quad=quad,
        goldstein=None,
        plover_score=None,
        symmetric=type_ == "CONSULT",
        modality=draw.choice(("actual", "actual", "actual", "planned", "denied")),
        confidence=1.0,
        rule="",
        date=day,
        first=day,
        last=day,
        date_text="",
        words=word,
        corroboration=draw.choice((1, 1, 1, 2)),
        standing="",
        judged="",
        sources=(Role(source, ""),),
        targets=(Role(target, ""),),
        voices=(),
        subjects=(),
        scene=Scene(place[0], *place) if draw.random() < 0.5 else None,
        tellings=(_telling(at, source, target, word),),
        about=(),
        within=(),
        against=(),
    )


def _telling(at: int, source: Party, target: Party, word: str) -> Telling:
    number = at // 10
    outlet = f"Outlet {number % 20}"
    paper = Paper(f"article-{number}", f"Article {number}", f"https://news.example/{number}", outlet, "", "en", "", "")
    text = f"{source.name} {word} {target.name} in the capital, officials of both sides said late in the evening."
    start = len(source.name) + 1
    return Telling(paper, "e1", "actual", 1.0, "", (Quote(0, len(text), text, ((start, start + len(word), word),)),))
