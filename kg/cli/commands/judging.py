"""Commands that judge: merge, split, correct, retract, undo, review, judgements."""

from collections.abc import Sequence
from pathlib import Path

import click
from msgspec import convert
from msgspec.structs import replace

from kg.cli import judging, options, rows, terminal
from kg.errors import KgError, UsageError
from kg.graph.judged import Verdicts, identity, verdicts
from kg.graph.judgements import PARTS, Identity, Judgement, Part, Verdict, in_force
from kg.model import Actor, Record, Rows, short_id
from kg.stores import judgements_file
from kg.stores.base import Store

VERDICTS = {"s": "same", "d": "different", "u": "unsure"}


def by_option() -> options.Decorated:
    """Return the option `--by`."""
    return click.option("--by", metavar="NAME", help="Who judges.  [default: KG_USER, else the login]")


def reason_option() -> options.Decorated:
    """Return the option `--reason`."""
    return click.option("--reason", default="", metavar="TEXT", help="Why; kept with the judgement.")


def _split_part(_: click.Context, option: click.Parameter, value: str | None) -> tuple[Part, str] | None:
    if value is None:
        return None
    for part in PARTS:
        if value.startswith(f"{part}=") and value != f"{part}=":
            return part, value.removeprefix(f"{part}=")
    raise click.BadParameter(f"{value!r} is not of the form PART=NAME, PART one of {', '.join(PARTS)}", param=option)


@click.command()
@click.argument("actor")
@click.argument("other")
@reason_option()
@by_option()
def merge(actor: str, other: str, *, reason: str, by: str | None) -> None:
    """Judge that two actors are the same: OTHER becomes ACTOR.

    So it is here and in all that is loaded later. ACTOR and OTHER are names or ids, as in questions.
    """
    with options.opened() as store:
        one, two = (_actor(store, name) for name in (actor, other))
        if one.id == two.id:
            raise UsageError(f"{actor!r} and {other!r} are {one.name} both; `kg query actors` lists who there is")
        _add(store, _signed(Judgement(verdict="same", actors=(one.id, two.id), identity=one), by, reason))


@click.command()
@click.argument("actor")
@click.option("--in", "articles", multiple=True, required=True, metavar="ARTICLE", help="Where; may be given again.")
@click.option("--as", "name", required=True, metavar="NAME", help="Who it is there.")
@reason_option()
@by_option()
def split(actor: str, *, articles: tuple[str, ...], name: str, reason: str, by: str | None) -> None:
    """Judge that an actor is somebody else in some articles.

    For two people of one name. NAME is an actor of the store, or a new one of the same kind and country.
    """
    with options.opened() as store:
        one = _actor(store, actor)
        found = verdicts(in_force(judging.kept(store)))
        places: dict[str, list[str]] = {}  # by the id that the records have, which may be of one merged with him
        for article in dict.fromkeys(articles):
            for own in _own_ids(_record(store, article), one, found):
                places.setdefault(own, []).append(article)
        other = _known(store, name) or _namesake(one, name, articles)
        if not name.strip():
            raise UsageError("a name with no letter in it is none; say who it is there")
        if other.id == one.id:
            raise UsageError(f"{name!r} is {one.name} as well; say who it is there under another name")
        made = [
            Judgement(verdict="split", actors=(each,), articles=tuple(there), identity=other)
            for each, there in places.items()
        ]
        _add(store, *(_signed(each, by, reason) for each in made))


@click.command()
@click.argument("article")
@click.argument("event")
@click.argument("verdict", type=click.Choice(("wrong", "right")))
@click.option(
    "--part", metavar="PART=NAME", callback=_split_part, help=f"Only this of the event; PART is {', '.join(PARTS)}."
)
@reason_option()
@by_option()
def correct(
    article: str, event: str, verdict: Verdict, *, part: tuple[Part, str] | None, reason: str, by: str | None
) -> None:
    """Judge an event, or a part of it, to be wrong or right.

    What is wrong is left out of answers, unless they are asked for with -p standing=all; a part that is wrong is taken
    out of the event. ARTICLE and EVENT are ids, as answers give them.
    """
    with options.opened() as store:
        record = _record(store, article)
        if event not in (each.id for each in record.events):
            raise UsageError(
                f"article {article!r} has no event {event!r}; `kg query told_by -p article=...` lists them"
            )
        one = Judgement(verdict=verdict, articles=(article,), event=event)
        found = verdicts(in_force(judging.kept(store)))
        made = [replace(one, part=part[0], value=key) for key in _parts(record, event, part, found)] if part else [one]
        _add(store, *(_signed(each, by, reason) for each in made))


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@reason_option()
@by_option()
def retract(articles: tuple[str, ...], *, reason: str, by: str | None) -> None:
    """Mark articles as withdrawn; their records stay.

    Answers leave out what they alone tell. `kg remove` takes articles out altogether.
    """
    with options.opened() as store:
        for article in articles:
            _record(store, article)
        made = Judgement(verdict="withdrawn", articles=tuple(dict.fromkeys(articles)))
        _add(store, _signed(made, by, reason))


@click.command()
@click.argument("ids", nargs=-1, metavar="[JUDGEMENT...]")
@reason_option()
@by_option()
def undo(ids: tuple[str, ...], *, reason: str, by: str | None) -> None:
    """Undo judgements, the last one unless ids are given.

    `kg judgements show` lists the ids.
    """
    with options.opened() as store:
        standing = in_force(judging.kept(store))
        if not standing:
            raise UsageError("no judgement is in force; there is nothing to undo")
        for each in ids or (standing[-1].id,):
            if each not in (judgement.id for judgement in standing):
                raise UsageError(f"no judgement {each!r} is in force; `kg judgements show` lists those that are")
        undoing = [Judgement(verdict="undo", undoes=each) for each in dict.fromkeys(ids or (standing[-1].id,))]
        _add(store, *(_signed(each, by, reason) for each in undoing))


@click.command()
@click.option("--list", "listed", is_flag=True, help="Print the candidates, and ask nothing.")
@options.limit_option()
@options.format_option(*rows.FORMATS)
@by_option()
def review(*, listed: bool, limit: int | None, form: str | None, by: str | None) -> None:
    """Go through actors that may be the same, and judge each pair.

    They are shown side by side. Names that differ are never merged by themselves. Each judgement is kept at once; leave
    with q and go on later.
    """
    from kg.asking.review import Decided, candidates

    with options.opened(read_only=listed) as store:
        found = candidates(store, judging.kept(store))[: limit or None]
        if listed or not terminal.on_terminal():
            columns = ("actor", "other", "because", "evidence", "other_evidence", "actor_id", "other_id")
            cells = (
                (e.one.name, e.other.name, e.because, e.one.evidence, e.other.evidence, e.one.id, e.other.id)
                for e in found
            )
            rows.show(Rows(columns, tuple(cells)), form)
            return
        for number, pair in enumerate(found, start=1):
            if Decided(judging.kept(store)).holds(pair.one.id, pair.other.id):
                continue  # by an answer to a former pair
            terminal.emit(terminal.printable(line) for line in pair.lines(terminal.width()))
            asked = f"{number} of {len(found)}: [s]ame, [d]ifferent, [u]nsure, [n]ext, [q]uit"
            answer = _answer(asked)
            if answer == "q":
                break
            if answer in VERDICTS:
                _add(store, _signed(pair.judgement(VERDICTS[answer]), by, pair.because))


def _answer(asked: str) -> str:
    """Return what is typed; Ctrl-C and Ctrl-D leave as q does."""
    try:
        found: str = click.prompt(asked, type=click.Choice([*VERDICTS, "n", "q"]), show_choices=False, err=True)
    except click.Abort:
        return "q"
    return found


@click.group()
def judgements() -> None:
    """The judgements that people made: show them, check a file, apply it."""


@judgements.command("show")
@options.format_option(*rows.FORMATS)
def show_judgements(form: str | None) -> None:
    """List the judgements, with their ids and whether they are in force."""
    with options.opened(read_only=True) as store:
        found = judging.kept(store)
    standing = {each.id for each in in_force(found)}
    columns = ("id", "in_force", "verdict", "about", "by", "at", "reason")
    listed = ((e.id, e.id in standing, e.verdict, _about(e), e.by, e.at, e.reason) for e in found)
    rows.show(Rows(columns, tuple(listed)), form)


@judgements.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check_judgements(file: Path) -> None:
    """Look for faults and contradictions in a file of judgements."""
    terminal.note(f"{file}: {len(in_force(judgements_file.read(file)))} judgements in force, none contradicts another")


@judgements.command("apply")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def apply_judgements(file: Path | None) -> None:
    """Have the store go by a file of judgements as well.

    It may be one from another graph. Its lines are added to the store's own file, but for those that are there already.
    Without FILE the store is brought up to its own file.
    """
    with options.opened() as store:
        store.prepare()
        known = {each.id for each in judging.kept(store)}
        new = [each for each in judgements_file.read(file) if each.id not in known] if file else []
        _tell(judging.add(store, new) if new else judging.brought_up(store), new)


def _signed(judgement: Judgement, by: str | None, reason: str) -> Judgement:
    return judgements_file.signed(judgement, by or judging.user(), reason)


def _add(store: Store, *found: Judgement) -> None:
    added = judgements_file.judge(store, judging.path(), found)
    for each, known in added.said:
        terminal.note(f"judgement {known} says so already: {each.verdict} {_about(each)}")
    if added.new:
        _tell(added.changed, added.new)


def _tell(changed: int, new: Sequence[Judgement]) -> None:
    for each in new:
        terminal.note(f"judgement {each.id}: {each.verdict} {_about(each)}")
    terminal.note(f"{changed} articles are judged otherwise; {judging.path()} keeps the judgements")


def _actor(store: Store, name: str) -> Identity:
    from kg.asking.names import resolve

    found = resolve(store, name)
    return _identity(store, found.id)


def _identity(store: Store, actor: str) -> Identity:
    """Return who an actor of the store is, as the graph has it."""
    fields = "a.id AS id, a.full_name AS name, a.kind AS kind, a.country AS country, a.qid AS qid"
    found = store.query(f"MATCH (a:Actor {{id: $id}}) RETURN {fields}", {"id": actor})
    return convert(dict(zip(found.columns, found.rows[0], strict=True)), Identity)


def _known(store: Store, name: str) -> Identity | None:
    """Return the actor of a store whose id or whole name a text is, None where there is none."""
    from kg.asking.names import fold

    try:
        found = _actor(store, name)
    except UsageError:
        return None
    return found if fold(name) in (fold(found.name), fold(found.id)) else None


def _namesake(one: Identity, name: str, articles: tuple[str, ...]) -> Identity:
    key = f"{'-'.join(name.casefold().split())}-{short_id(name, *articles)[:8]}"
    return Identity(id=key, name=name, kind=one.kind, country=one.country)


def _record(store: Store, article: str) -> Record:
    record = store.record(article)
    if record is None:
        raise KgError(f"no article {article!r} in {store.address}; `kg query articles` lists those there are")
    return record


def _own_ids(record: Record, one: Identity, found: Verdicts) -> list[str]:
    """Return the ids that a record has for an actor of the graph; raises UsageError where it has none."""
    article = record.article.id
    ids = [each.id for each in record.actors if one.id == (identity(each.id, article, found) or each).id]
    if not ids:
        raise UsageError(f"article {article!r} does not name {one.name}; `kg query most_mentioned` lists who is named")
    return ids


def _parts(record: Record, event: str, part: tuple[Part, str], found: Verdicts) -> list[str]:
    """Return how a record calls a part of an event that a name means, each where several have become one.

    Raises UsageError where it has no such part, naming those it has.
    """
    kind, value = part
    one = next(each for each in record.events if each.id == event)
    names = {actor.id: _names(actor, record.article.id, found) for actor in record.actors}
    held: dict[Part, dict[str, tuple[str, ...]]] = {
        "source": {actor: names[actor] for actor in one.source},
        "target": {actor: names[actor] for actor in one.target},
        "topic": {topic.name: (topic.name, topic.text) for topic in one.topics},
        "place": {one.place.name: (one.place.name,)} if one.place else {},
        "according_to": {each.speaker: names[each.speaker] for each in one.attributions},
    }
    keys = [
        key for key, called in held[kind].items() if value.casefold() in [name.casefold() for name in (key, *called)]
    ]
    if keys:
        return keys
    there = ", ".join(called[0] for called in held[kind].values()) or "none"
    raise UsageError(f"event {event!r} of {record.article.id!r} has no {kind} {value!r}; there is {there}")


def _names(actor: Actor, article: str, found: Verdicts) -> tuple[str, ...]:
    """Return the name of an actor in the graph, and the others that it has."""
    who = identity(actor.id, article, found)
    return (who.name, who.id, actor.name) if who else (actor.name,)


def _about(judgement: Judgement) -> str:
    marked = [each for each in (judgement.event, judgement.part, judgement.value) if each]
    becomes = f" -> {judgement.identity.name}" if judgement.identity else ""
    return (judgement.undoes or " ".join((*judgement.actors, *judgement.articles, *marked))) + becomes
