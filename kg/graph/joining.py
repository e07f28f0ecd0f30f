"""Accounts in different articles put together that are of one event.

Accounts that give a single day are joined first, each with those of its day. Each that gives several then chooses one
of these events, and takes its seat there unless it contradicts another that has. Those to which no such event fits are
joined among themselves. What fits several events equally well stays by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.graph.accounts import LONGEST, Account
from kg.graph.fitting import common, contradict, fit

REACH = 2 * (LONGEST - 1)
"""Days around others in which everything lies that decides what accounts on them are joined with.

Whoever can have chosen an event of an account's days reaches a span further, and chose among the events there. Only
those of no event told with a single day hang together over more days, where each fits the next.
"""

Group = list[Account]


@dataclass(frozen=True, slots=True)
class _Settled:
    """Accounts of one key: the events told with a single day, by their day, and those who chose one of them or none."""

    events: dict[date, list[Group]]
    chosen: list[tuple[Account, Group | None]]
    free: list[Account]


def joined(accounts: Iterable[Account]) -> list[tuple[Account, ...]]:
    """Return accounts of one key in groups of those that are of one event, each group in its order."""
    settled = _settled(accounts)
    events = [group for groups in settled.events.values() for group in groups]
    return _seated(events, settled.chosen, settled.free)


def reached(first: date, last: date) -> tuple[date, date]:
    """Return the days around others in which everything lies that decides what accounts on them are joined with."""
    return _moved(first, -REACH), _moved(last, REACH)


def begun(day: date) -> date:
    """Return the earliest day on which an event can begin that may have been on a day: its accounts share days."""
    return _moved(day, -2 * LONGEST)


def touched(first: date, last: date, near: Callable[[date, date], Sequence[Account]]) -> list[tuple[Account, ...]]:
    """Return the groups of accounts of one key that may be others than before a change on some days.

    `near` gives the accounts of the key between two days, those that went left out and those that came among them.
    """
    changing = near(first, last)
    vague = [each for each in changing if each.days > 1]
    if not vague:
        return joined(changing)
    low, high = _hull((first, last), vague)  # the days of the events that the vague ones chose, before or now
    window = _hull((first, last), vague, LONGEST - 1)
    while True:
        settled = _settled(near(*window))
        linked = _linked(vague, settled.free)
        wider = _hull(window, linked.values(), LONGEST - 1)
        if wider == window:
            break
        window = wider
    events = [group for day, groups in settled.events.items() if low <= day <= high for group in groups]
    at = {id(group) for group in events}
    chosen = [
        (account, group)
        for account, group in settled.chosen
        if (id(group) in at if group is not None else account.touches(first, last))
    ]
    return _seated(events, chosen, [account for account in settled.free if account.told_at in linked])


def _seated(
    events: Iterable[Group], chosen: Iterable[tuple[Account, Group | None]], free: Iterable[Account]
) -> list[tuple[Account, ...]]:
    seats = {id(group): [*group] for group in events}
    alone: list[Group] = []
    for account, group in chosen:
        if group is not None and _fits(account, seats[id(group)]):
            seats[id(group)].append(account)
        else:
            alone.append([account])
    among: list[Group] = []
    for account in free:
        _add(among, account)
    return [tuple(sorted(group, key=lambda each: each.order)) for group in (*seats.values(), *alone, *among)]


def _linked(some: Sequence[Account], free: Iterable[Account]) -> dict[tuple[str, str], Account]:
    """Return accounts with those of no event told with a single day that fit them, or fit one that does, and so on."""
    linked = {each.told_at: each for each in some}
    free = [each for each in free if each.told_at not in linked]
    waiting = [*some]
    while waiting:
        account = waiting.pop()
        fits = [fit(account, each) for each in free]
        fitting = [each for each, found in zip(free, fits, strict=True) if found]
        free = [each for each, found in zip(free, fits, strict=True) if not found]
        linked.update((each.told_at, each) for each in fitting)
        waiting += fitting
    return linked


def _hull(days: tuple[date, date], accounts: Iterable[Account], more: int = 0) -> tuple[date, date]:
    """Return days that reach as far as accounts do and some days more."""
    spans = [(_moved(each.span[0], -more), _moved(each.span[1], more)) for each in accounts]
    return min([days[0], *(low for low, _ in spans)]), max([days[1], *(high for _, high in spans)])


def _settled(accounts: Iterable[Account]) -> _Settled:
    ordered = sorted(accounts, key=_precision)
    found = _Settled(defaultdict(list), [], [])
    for account in ordered:
        if account.days == 1:
            _add(found.events[account.span[0]], account)
    for account in (each for each in ordered if each.days > 1):
        within = [group for day, groups in found.events.items() if account.covers(day) for group in groups]
        fitting = [group for group in within if _fits(account, group)]
        if fitting:
            found.chosen.append((account, _best(account, fitting)))
        else:
            found.free.append(account)
    return found


def _precision(account: Account) -> tuple[object, ...]:
    vague = account.event.place is None, len({*account.event.source, *account.event.target}) < 2
    return account.days, account.span, vague, account.order


def _add(groups: list[Group], account: Account) -> None:
    """Put an account into the group that fits best, by itself where none does."""
    best = _best(account, [group for group in groups if _fits(account, group)])
    if best is None:
        groups.append([account])
    else:
        best.append(account)


def _best(account: Account, groups: Iterable[Group]) -> Group | None:
    """Return the group that an account has most in common with, if it is one alone."""
    ranked = sorted(((_likeness(account, group), group) for group in groups), key=lambda pair: -pair[0])
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def _fits(account: Account, group: Iterable[Account]) -> bool:
    """Tell whether an account can be of a group's event: it contradicts none, and tells enough in common with half.

    An article has told its own events apart already.
    """
    others = [*group]
    if any(account.told_at[0] == each.told_at[0] or contradict(account, each) for each in others):
        return False
    return 2 * sum(fit(account, each) for each in others) >= len(others)


def _likeness(account: Account, group: Iterable[Account]) -> int:
    """Return how much an account has in common with the account of a group that is most like it."""
    return max(common(account, each) for each in group)


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.min if days < 0 else date.max
