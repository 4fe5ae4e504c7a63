"""Steps that rooms above add to an order's page in the admin."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from dues.models import DuesOrder

# Returns the address of the step for an order, empty where the order has no such step.
UrlOf = Callable[[DuesOrder], str]


@dataclass(frozen=True)
class Step:
    """A button on the page of an order; ``action`` is the permission it needs (``dues.permissions``)."""

    label: str | Promise
    url_of: UrlOf
    action: str


_steps: list[Step] = []


def register_step(label: str | Promise, url_of: UrlOf, *, action: str) -> None:
    """Offer the step on every order's page to those who may ``action`` orders."""
    step = Step(label, url_of, action)
    if step not in _steps:
        _steps.append(step)


def steps_for(order: DuesOrder, allowed: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Return label and address of each step that the order has and ``allowed(action)`` permits."""
    return [(str(step.label), url) for step in _steps if allowed(step.action) and (url := step.url_of(order))]
