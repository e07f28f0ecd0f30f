"""An act that one outlet tells and another denies, and what the other side did next; the sentences are our own."""

from asking.hand_made import Draft

from kg.model import Record


def disputed() -> list[Record]:
    """Return the records."""
    told = Draft(
        ("Poland accused Angela Merkel of lying on Tuesday.", "Angela Merkel criticised Poland on Thursday."),
        id="fact",
        source="Harbour Post",
        published="2018-07-13",
    )
    denied = Draft(
        ("Poland never accused Angela Merkel of lying on Tuesday.",),
        id="denial",
        source="Northern Wire",
        published="2018-07-14",
    )
    tuesday = {"source": ("pol",), "target": ("angela-merkel",), "time": ("2018-07-10", "2018-07-10", "on Tuesday")}
    thursday = {"source": ("angela-merkel",), "target": ("pol",), "time": ("2018-07-12", "2018-07-12", "on Thursday")}
    told.event("e1", "ACCUSE", "accused", **tuesday)
    told.event("e2", "ACCUSE", "criticised", **thursday)
    denied.event("e1", "ACCUSE", "accused", modality="denied", **tuesday)
    return [told.record(), denied.record()]
