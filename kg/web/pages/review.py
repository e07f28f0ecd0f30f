"""The page on which people judge whether two actors are the same."""

from collections.abc import Mapping, Set

from kg.asking.review import Pair, candidates
from kg.errors import KgError, MissingError, UsageError
from kg.web.addresses import with_query
from kg.web.refusals import status_of
from kg.web.site import Address, Asked, Moved, Site, View

VERDICTS = ("same", "different", "unsure")
MOST = 10
"""How many pairs a page shows."""

LONGEST_NAME = 100


def show(site: Site, asked: Asked) -> View:
    """Return the pairs of actors that may be the same, the likeliest first, each with what speaks for it."""
    problem, status, pairs, known = "", 200, [], set()
    try:
        judgements = site.judgements(site.store)
        known = {each.id for each in judgements}
        pairs = candidates(site.store, judgements)
    except KgError as error:
        problem, status = str(error), status_of(error)
    told = {
        "pairs": pairs[:MOST],
        "count": len(pairs),
        "problem": problem,
        "by": asked.query.get("by", site.desk.by if site.desk else ""),
        "done": _known(known, asked.query.get("done", "")),
        "verdicts": VERDICTS,
    }
    return View("review.html", "Who is the same?", told, [("Review", "")], status)


def _known(ids: Set[str], told: str) -> str:
    """Return ids of judgements that are there, nothing for any other words of an address."""
    return told if told and set(told.split(", ")) <= ids else ""


def judge(site: Site, sent: Mapping[str, str]) -> Moved:
    """Keep a judgement on two actors, and return the way to the next ones.

    Raises UsageError where judging is not allowed here, or the verdict is none, and MissingError where nobody asks
    about the two any more.
    """
    if site.desk is None:
        raise UsageError("judging is not allowed here; `kg review` judges")
    verdict, by = sent.get("verdict", ""), sent.get("by", "").strip() or site.desk.by
    if verdict not in VERDICTS or not 0 < len(by) <= LONGEST_NAME or not by.isprintable():
        raise UsageError("say who you are, and same, different or unsure, with the buttons of the page")
    pair = _pair(site, sent.get("one", ""), sent.get("other", ""))
    added = site.desk.judge(pair.judgement(verdict), by, pair.because)
    told = ", ".join((*(each.id for each in added.new), *(known for _, known in added.said)))
    return Moved(with_query("/review", {"done": told, "by": by}))


def _pair(site: Site, one: str, other: str) -> Pair:
    for pair in candidates(site.store, site.judgements(site.store)):
        if (pair.one.id, pair.other.id) == (one, other):
            return pair
    raise MissingError("these two are judged already, or no longer there; go back to the list")


ADDRESSES = (Address("/review", show, at_a_time=1),)
