"""How long things are kept, and their removal when the time is over.

Rooms register a rule per kind of data in ``AppConfig.ready()``. The association sets each period (``RetentionPeriod``);
without a row the rule's own default holds. The worker removes what is due once a day; ``apply_retention --dry-run`` and
the admin's report show the same beforehand.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise

from portal.privacy.models import RetentionPeriod, Unit

Text = str | Promise


@dataclass(frozen=True)
class Period:
    """A number of days, or of calendar months."""

    number: int
    unit: Unit = Unit.DAYS

    def before(self, moment: dt.datetime) -> dt.datetime:
        """Return the moment that lies one period before: what began then or earlier was kept long enough."""
        return moment - dt.timedelta(days=self.number) if self.unit == Unit.DAYS else _months(moment, -self.number)

    def after(self, moment: dt.datetime) -> dt.datetime:
        """Return the end of a period that began at ``moment``."""
        return moment + dt.timedelta(days=self.number) if self.unit == Unit.DAYS else _months(moment, self.number)

    def __str__(self) -> str:
        return f"{self.number} {self.unit.words(self.number)}"


@dataclass(frozen=True)
class RetentionRule:
    """What is removed when its time is over.

    ``rows()`` returns a queryset of everything the rule is about; ``since`` names the column or annotation in which
    its period began (rows where it is empty have not begun). ``remove(pk, cutoff)`` removes one of them in a
    transaction of its own, after looking again whether it began at ``cutoff`` or earlier; it returns whether it did.
    ``name_of(row)`` is shown in the report: a reference or a kind, never a person.
    """

    name: str
    label: Text
    counted_from: Text
    default: Period
    rows: Callable[[], models.QuerySet[Any]]
    since: str
    remove: Callable[[int, dt.datetime], bool]
    name_of: Callable[[Any], str] = str

    @property
    def period(self) -> Period:
        """The period the association has set, or the default."""
        row = RetentionPeriod.objects.filter(rule=self.name).first()
        return Period(row.number, Unit(row.unit)) if row else self.default

    def due(self, now: dt.datetime) -> models.QuerySet[Any]:
        """Return the rows whose time is over, the oldest first."""
        return self.rows().filter(**{f"{self.since}__lte": self.period.before(now)}).order_by(self.since, "pk")

    def next_due(self, now: dt.datetime) -> dt.datetime | None:
        """Return when the time of the next row that still is kept will be over."""
        period = self.period
        kept = self.rows().filter(**{f"{self.since}__gt": period.before(now)})
        first = kept.order_by(self.since).values_list(self.since, flat=True).first()
        return period.after(first) if first else None


_rules: dict[str, RetentionRule] = {}


def register_rule(rule: RetentionRule) -> None:
    """Add the rule; ValueError when another one has its name."""
    if _rules.setdefault(rule.name, rule) is not rule:
        raise ValueError(f"retention rule {rule.name!r} is registered twice")


def rules() -> list[RetentionRule]:
    """Return all rules in the order they were registered."""
    return list(_rules.values())


def rule_named(name: str) -> RetentionRule:
    """Return the rule; raises LookupError."""
    return _rules[name]


def is_rule(name: object) -> bool:
    """Whether the catalogue's word for a retention names a rule."""
    return isinstance(name, str) and name in _rules


def period_of(name: str) -> Period:
    """Return the period that holds for the rule; raises LookupError."""
    return rule_named(name).period


def apply_rule(rule: RetentionRule, now: dt.datetime | None = None) -> int:
    """Remove everything whose time is over; returns how much it was. Running it twice or in parallel does no harm."""
    moment = now or timezone.now()
    cutoff = rule.period.before(moment)
    return sum(rule.remove(pk, cutoff) for pk in list(rule.due(moment).values_list("pk", flat=True)))


def apply_all() -> dict[str, int]:
    """Apply every rule; returns how much each removed. One that fails is raised after the others."""
    removed, failures = {}, []
    for rule in rules():
        try:
            removed[rule.name] = apply_rule(rule)
        except Exception as error:  # noqa: BLE001 - the other rules are owed to other people
            failures.append(error)
    if failures:
        raise failures[0]
    return removed


def preview(now: dt.datetime | None = None) -> Iterator[tuple[RetentionRule, list[Any], dt.datetime | None]]:
    """Yield each rule with the rows that would be removed now, and when the next one follows."""
    moment = now or timezone.now()
    for rule in rules():
        yield rule, list(rule.due(moment)), rule.next_due(moment)


def _months(moment: dt.datetime, number: int) -> dt.datetime:
    """Add calendar months in local time; the last days of a month stay in the month that is reached.

    The result is in UTC: an hour that the change to summer time leaves out equals nothing in local time.
    """
    local = timezone.localtime(moment)
    year, month = divmod(local.year * 12 + local.month - 1 + number, 12)
    day = min(local.day, calendar.monthrange(year, month + 1)[1])
    wanted = local.replace(year=year, month=month + 1, day=day, tzinfo=None)
    return timezone.make_aware(wanted).astimezone(dt.UTC)
