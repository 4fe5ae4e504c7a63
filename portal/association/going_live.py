"""What still has to be done before the portal can go live. Rooms register their checks in ``AppConfig.ready()``."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

# „zum Beispiel“, „Praxisbeispiele“ and the like are ordinary German; marks of samples stand alone or begin a name.
SAMPLE = re.compile(
    r"(?<![\w-])(?<!zum )(?:muster(?!gültig|haft)|beispiel(?!en?\b|sweise|haft|los))|[@.]example\b", re.IGNORECASE
)


Permit = Callable[[Any], bool]


def everybody(user: Any) -> bool:
    """Permit everybody."""
    return True


def holders_of(permission: str) -> Permit:
    """Permit who has ``permission`` (``app.codename``)."""
    return lambda user: bool(user.has_perm(permission))


@dataclass(frozen=True)
class OpenPoint:
    """Something still to be done: what, the admin address where (may be empty), and who may do it there."""

    label: str
    url: str = ""
    may_do: Permit = field(default=everybody, compare=False, repr=False)


Check = Callable[[], Iterable[OpenPoint]]

_checks: list[Check] = []


def register_check(check: Check) -> None:
    """Let ``check()`` say what is still open in a room."""
    if check not in _checks:
        _checks.append(check)


def open_points() -> list[OpenPoint]:
    """Return everything that is still open, room by room."""
    return [point for check in _checks for point in check()]


def is_live() -> bool:
    """Whether nothing is open any more. Costs a few queries: pages keep the answer per content version."""
    return not any(True for check in _checks for _point in check())


def is_sample(text: str) -> bool:
    """Whether a text says that it is a sample: „Muster…“, „Beispiel…“, an address at example.org."""
    return bool(SAMPLE.search(text))
