"""Records that contradict each other, and one full of markup; the sentences are our own."""

from dataclasses import replace

from asking.hand_made import Draft

from kg.model import Record

HOSTILE = (
    "*[x](javascript:alert(1))* | \\ {%$#_~^} `c` <script>alert(1)</script> & “q” - 1. http://evil.example "
    "\x0b\u202eend"
)
SHOWN = HOSTILE.replace("\x0b\u202e", "").replace("  ", " ")
"""What is left of it in one line, without what cannot be seen."""


def contradicting() -> tuple[Record, Record]:
    """Return two articles, of which one tells what the other says did not happen."""
    pair = {"source": ("pol",), "target": ("fra",), "time": ("2018-05-02", "2018-05-02", None)}
    told = Draft(
        ("Poland accused France of delay on May 2.",), id="told", source="Harbour Post", published="2018-05-03"
    )
    told.event("e1", "ACCUSE", "accused", cameo="112", **pair)
    denied = Draft(
        ("Poland never accused France of delay, the Kremlin said.",), id="denied", source="Meridian Wire",
        published="2018-05-03",
    )  # fmt: skip
    denied.event(
        "e1", "ACCUSE", "accused", cameo="112", modality="denied", according_to=(("kremlin", "denies"),), **pair
    )
    return told.record(), denied.record()


def hostile() -> Record:
    """Return an article in which every text is markup of some kind."""
    draft = Draft(
        (f"Nicolás Maduro accused {HOSTILE}",), id=f"hostile/{HOSTILE}", source=HOSTILE, title=HOSTILE,
        url="https://evil.example/<x> }y{\\z%", published="2018-06-07",
    )  # fmt: skip
    draft.event("e1", "ACCUSE", "accused", cameo="112", source=("nicolas-maduro",), target=("odd",))
    draft.statement("s1", "nicolas-maduro", HOSTILE, direct=True, cue="wrote")
    record = draft.record()
    return replace(
        record, actors=tuple(replace(each, name=HOSTILE) if each.id == "odd" else each for each in record.actors)
    )
