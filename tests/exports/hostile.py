"""A record whose texts try to be more than text: marks that end strings, lines, cells, scripts and escapes."""

from dataclasses import replace

from asking.hand_made import STAMP

from kg.model import Actor, Article, Attribution, Event, Mention, Place, Record, Statement, Time, Topic, Trigger

MARKS = (
    "\"it's\"", "a\ttab", "two\r\nlines", "'; MATCH (n) DETACH DELETE n; //", "back\\slash\\' \\u0027) \\U00000027",
    "\u202egnp.exe\u202c", "\u2028\u2029\u200f", "\x07\x0b\x1f", "</script><script>alert(1)</script>", "]]>&amp;<b>",
    "{{curly}} $dollar `tick`", '""" \'\'\' "', "=1+1", "😀 naïve", "]\n;\n",
    "@prefix kg: <http://elsewhere.example/> .",
)  # fmt: skip
NAME = " ".join(MARKS)
OUTLET = f"{NAME} Post"
FIRST, SECOND = f"{NAME} accused Russia of harm in town\\.", "The crowd at Löwenplatz; it said \"so\"\tand 'no'."
TEXT = f"{FIRST} {SECOND}"


def record() -> Record:
    """Return the record; the first sentence accuses, the second one vouches for it."""
    start = TEXT.index("accused")
    sentences = ((0, len(FIRST)), (len(FIRST) + 1, len(TEXT)))
    topic = Topic("harm", TEXT.index("harm"), TEXT.index("harm") + 4, f"harm {NAME}")
    place = Place(name=f"town\\ {NAME}", start=TEXT.index("town"), end=TEXT.index("town") + 5)
    russia = TEXT.index("Russia")
    return Record(
        article=Article(
            id=f"it's \"{NAME}",
            text=TEXT,
            title=NAME,
            url='https://x.example/?a="><b>&c=\\u0027',
            source=OUTLET,
            published="2021-05-01T10:00:00+02:00",
            language="en",
        ),
        sentences=sentences,
        actors=(
            Actor(id=f"odd {NAME}", name=NAME, kind="organisation", mentions=(Mention(0, len(NAME), NAME, "name"),)),
            Actor(
                id="rus",
                name="Russia",
                kind="state",
                country="RUS",
                cameo="RUS",
                qid="Q159",
                mentions=(Mention(russia, russia + 6, "Russia", "name"),),
            ),
        ),
        events=(
            Event(
                id="e'1\\",
                type="ACCUSE",
                quad="verbal-conflict",
                cameo="112",
                modality="actual",
                source=(f"odd {NAME}",),
                target=("rus",),
                topics=(topic,),
                place=place,
                time=Time("2021-04-30", "2021-04-30", "harm"),
                mentions=(Trigger(start, start + 7, "accused", sentences[0]),),
                attributions=(Attribution(f"odd {NAME}", "alleges", "s'1\\"),),
            ),
        ),
        statements=(
            Statement(
                id="s'1\\",
                speaker=f"odd {NAME}",
                text=SECOND,
                start=sentences[1][0],
                end=sentences[1][1],
                cue="said",
                direct=True,
                topics=(replace(topic),),
            ),
        ),
        made_with=STAMP,
    )
