"""A report as sections of sentences with notes, the same for every format it is written in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.asking.briefing import Briefing, Cited, Clash, Introduction
from kg.asking.parts import Happening, Paper
from kg.asking.wording import counted, plain
from kg.model import FACTS
from kg.reports._words import days, named, said, sentence, title

MOST_EVENTS = 15
MOST_OTHERS = 8
QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict", "neutral")
SIGNS = (
    "An arrow leads to whom something was done, dashes join those who did it together; the words of the article "
    "stand in quotation marks, the type of the event in brackets. Numbers lead to the notes, which hold the sentences."
)


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence, or what belongs together, and the numbers of its notes."""

    text: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, figures with their labels, items, and what was left out, empty where nothing was."""

    heading: str
    figures: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A quotation: its number, its article, its span in 0-based code points, end exclusive, and its text."""

    number: int
    paper: Paper
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """A report: `lead` says what it is about and how to read it, `foot` how it came about."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    notes: tuple[Note, ...]
    foot: str


class _Notes:
    """Notes numbered as they come; a quotation that comes again keeps its number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], Note] = {}

    def of(self, cited: Iterable[Cited]) -> tuple[int, ...]:
        """Return the numbers of quotations, ascending."""
        return tuple(sorted({self._number(each) for each in cited}))

    def all(self) -> tuple[Note, ...]:
        """Return every note so far, by number."""
        return tuple(self._numbers.values())

    def _number(self, each: Cited) -> int:
        key = (each.paper.id, each.start, each.end)
        note = Note(len(self._numbers) + 1, each.paper, each.start, each.end, plain(each.text))
        return self._numbers.setdefault(key, note).number


def page(found: Briefing) -> Page:
    """Return the report on what was gathered."""
    notes = _Notes()
    sections = tuple(section for section in _sections(found, notes) if section.figures or section.items)
    return Page(
        title=_title(found),
        lead=_lead(found),
        sections=sections,
        notes=notes.all(),
        foot=f"Selection: {found.selection}. Made with: {found.made_with}.",
    )


def _title(found: Briefing) -> str:
    if found.event:
        return title(found.event)
    return " and ".join(plain(profile.actor.full_name) for profile in found.profiles)


def _lead(found: Briefing) -> str:
    return SIGNS if found.events else "No event fits this selection."


def _sections(found: Briefing, notes: _Notes) -> Iterator[Section]:
    if found.event:
        yield _event(found, found.event, notes)
        yield _coding(found.event)
        yield _accounts(found.event, notes)
    else:
        yield Section("Who it is", items=tuple(_who(profile, notes) for profile in found.profiles))
        yield _numbers(found)
        yield _timeline(found, notes)
        yield _others(found, notes)
        yield _denials(found, notes)
    yield _clashes(found, notes)
    yield _statements(found, notes)


def _event(found: Briefing, event: Happening, notes: _Notes) -> Section:
    return Section("What is told", items=(_item(event, found, notes),))


def _coding(event: Happening) -> Section:
    scene = event.scene
    place = ", ".join(filter(None, (scene.name, scene.country))) if scene else ""
    figures = {
        "Type": ", ".join(filter(None, (event.type, event.mode))),
        "Contexts": ", ".join(event.contexts),
        "CAMEO": event.cameo,
        "Quad class": event.quad,
        "Goldstein": "" if event.goldstein is None else f"{event.goldstein:g}",
        "Modality": event.modality,
        "Source": ", ".join(f"{role.party.name} {role.cameo}".strip() for role in event.sources),
        "Target": ", ".join(f"{role.party.name} {role.cameo}".strip() for role in event.targets),
        "Place": place,
        "Day": f"{event.date} (read from “{event.date_text}”)" if event.date_text else event.date,
        "Outlets that tell of the event independently": str(event.corroboration),
        "Rule": event.rule,
        "Confidence": f"{event.confidence:.2f}",
    }
    return Section("How it is coded", figures=tuple((name, plain(text)) for name, text in figures.items() if text))


def _accounts(event: Happening, notes: _Notes) -> Section:
    items = []
    for telling in event.tellings:
        copy = f", a near copy of {plain(telling.paper.copy_of)}" if telling.paper.copy_of else ""
        text = f"{named(telling.paper)}{copy}: told as {telling.modality}, day {days(telling.date) or 'not known'}."
        items.append(Item(text, notes.of(Cited(telling.paper, q.start, q.end, q.text) for q in telling.quotes)))
    return Section("Accounts", items=tuple(items))


def _who(profile: Introduction, notes: _Notes) -> Item:
    actor = profile.actor
    known = [f"{plain(actor.full_name)}: {actor.kind.replace('_', ' ')}"]
    known += [f"country {actor.country}"] if actor.country else []
    known += [f"Wikidata {profile.qid}"] if profile.qid else []
    known += [f"CAMEO {', '.join(profile.cameo)} as of the articles"] if profile.cameo else []
    known += [f"in {counted(profile.articles, 'article')}"]
    if profile.named:
        paper = profile.named.paper
        known += [f"named first by {named(paper)}" + (f" on {paper.published[:10]}" if paper.published else "")]
    return Item(", ".join(known) + ".", notes.of([profile.named] if profile.named else []))


def _numbers(found: Briefing) -> Section:
    if not found.events:
        return Section("In numbers")
    facts = found.facts
    quads = Counter(event.quad for event in facts)
    others = Counter(event.modality for event in found.events if event.modality not in FACTS)
    outlets = Counter(
        name for event in found.events for name in {told.paper.outlet for told in event.tellings if told.paper.outlet}
    )
    order = sorted(outlets, key=lambda name: (-outlets[name], name))
    listed = ", ".join(f"{plain(name)} ({outlets[name]})" for name in order)
    days_known = [event for event in facts if event.first]
    figures = [("Events told as facts", f"{len(facts):,}")]
    figures += [(f"of these {quad.replace('-', ' ')}", f"{quads[quad]:,}") for quad in QUADS if quads[quad]]
    figures += [("told by two outlets or more independently", f"{sum(e.corroboration > 1 for e in facts):,}")]
    if others:
        told = ", ".join(f"{number:,} {modality}" for modality, number in sorted(others.items()))
        figures += [("Events not told as facts", told)]
    if outlets:
        figures += [(counted(len(outlets), "outlet").capitalize(), listed)]
    if days_known:
        first, last = min(event.first for event in days_known), max(event.last for event in days_known)
        figures += [("First and last day of facts", f"{first}, {last}")]
    if undated := len(facts) - len(days_known):
        figures += [("Facts without a day", f"{undated:,}")]
    return Section("In numbers", figures=tuple(figures))


def _timeline(found: Briefing, notes: _Notes) -> Section:
    denied = {event.id for event in found.denials}
    events = [event for event in found.facts if event.id not in denied]
    return _listing("Timeline", events, MOST_EVENTS, (found, notes), found.way("timeline"))


def _others(found: Briefing, notes: _Notes) -> Section:
    denied = {event.id for event in found.denials}
    events = [event for event in found.events if event.modality not in FACTS and event.id not in denied]
    return _listing("Not told as facts", events, MOST_OTHERS, (found, notes), found.way("timeline", modality="all"))


def _denials(found: Briefing, notes: _Notes) -> Section:
    return _listing("Denials", found.denials, MOST_OTHERS, (found, notes))


def _listing(
    heading: str, events: Sequence[Happening], most: int, given: tuple[Briefing, _Notes], way: str = ""
) -> Section:
    """Return the events that the most outlets tell, of these the dated and surest, in the order of their days."""
    order = sorted(events, key=lambda e: (-e.corroboration, not e.first, -e.confidence, e.first, e.id))
    kept = {event.id for event in order[:most]}
    items = tuple(_item(event, *given) for event in events if event.id in kept)
    left = len(events) - len(items)
    what = f"{counted(left, 'event')} told by fewer outlets, without a day or less surely read"
    return Section(heading, items=items, left_out=_left_out(left, what, way))


def _left_out(number: int, what: str, way: str) -> str:
    return f"{what} left out{'; ' + way + ' lists them' if way else ''}." if number else ""


def _item(event: Happening, found: Briefing, notes: _Notes) -> Item:
    return Item(sentence(event, found.tied), notes.of(_cited(event)))


def _cited(event: Happening) -> Iterator[Cited]:
    for telling in event.tellings:
        yield from (Cited(telling.paper, quote.start, quote.end, quote.text) for quote in telling.quotes)


def _clashes(found: Briefing, notes: _Notes) -> Section:
    items = tuple(_clash(each, notes) for each in found.clashes[:MOST_OTHERS])
    rest = len(found.clashes) - len(items)
    told = _left_out(rest, counted(rest, "pair"), found.way("contradictions"))
    return Section("Told here, denied there", items=items, left_out=told)


def _clash(clash: Clash, notes: _Notes) -> Item:
    text = f"Told as a fact: {sentence(clash.fact, {})} Against it: {sentence(clash.denial, {})}"
    return Item(text, notes.of((*_cited(clash.fact), *_cited(clash.denial))))


def _statements(found: Briefing, notes: _Notes) -> Section:
    items = tuple(Item(said(each), notes.of([each.cited])) for each in found.statements[:MOST_OTHERS])
    rest = len(found.statements) - len(items)
    way = found.way("what_did_they_say") if len(found.profiles) == 1 else ""  # it asks for one direction alone
    told = _left_out(rest, counted(rest, "later statement"), way)
    return Section("Statements", items=items, left_out=told)
