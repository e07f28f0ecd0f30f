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

REACH = 4 * LONGEST
"""Days around a span in which everything lies that decides what accounts in it are joined with.

An account chooses among events of its days, and which other accounts chose the same hangs on those of their days.
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
    seats = {id(group): [*group] for groups in settled.events.values() for group in groups}
    alone: list[Group] = []
    for account, group in settled.chosen:
        if group is not None and _fits(account, seats[id(group)]):
            seats[id(group)].append(account)
        else:
            alone.append([account])
    free: list[Group] = []
    for account in settled.free:
        _add(free, account)
    return [tuple(sorted(group, key=lambda each: each.order)) for group in (*seats.values(), *alone, *free)]


def reached(first: date, last: date) -> tuple[date, date]:
    """Return the days around others in which everything lies that decides what accounts on them are joined with."""
    return _moved(first, -REACH), _moved(last, REACH)


def neighbourhood(
    first: date, last: date, near: Callable[[date, date], Sequence[Account]]
) -> tuple[date, date, Sequence[Account]]:
    """Return the days whose accounts of one key a change on some days can touch, and all accounts that decide on them.

    `near` gives the accounts of the key between two days.
    """
    while True:
        around = near(*reached(first, last))
        linked = _linked([each for each in around if each.touches(first, last) and each.days > 1], around)
        wider = min([first, *(each.span[0] for each in linked)]), max([last, *(each.span[1] for each in linked)])
        if wider == (first, last):
            return first, last, around
        first, last = wider


def _linked(some: Sequence[Account], around: Iterable[Account]) -> list[Account]:
    """Return accounts with those of no event told with a single day that fit them, or fit one that does, and so on."""
    linked, waiting = [*some], [*some]
    known = {each.told_at for each in some}
    free = [each for each in _settled(around).free if each.told_at not in known] if some else []
    while waiting:
        account = waiting.pop()
        fits = [fit(account, each) for each in free]
        fitting = [each for each, found in zip(free, fits, strict=True) if found]
        free = [each for each, found in zip(free, fits, strict=True) if not found]
        linked += fitting
        waiting += fitting
    return linked


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
