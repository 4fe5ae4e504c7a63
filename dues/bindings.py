"""What binds the past: rooms above say whether an application or a charge relies on the order of some day."""

import datetime as dt
from collections.abc import Callable

# Says how many applications, charges … are bound to a dues order that was in force on that day or later.
BoundSince = Callable[[dt.date], int]

_checks: list[BoundSince] = []


def register_binding(bound_since: BoundSince) -> None:
    """Let ``bound_since(day)`` be asked before an order that begins in the past is published."""
    if bound_since not in _checks:
        _checks.append(bound_since)


def bound_since(day: dt.date) -> int:
    """Return how many things are bound to an order of that day or a later one."""
    return sum(check(day) for check in _checks)
