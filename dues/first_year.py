"""The share of a year's dues that the calendar year of admission costs."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from dues.enums import FirstYearRule


@dataclass(frozen=True)
class Share:
    """A share of the full year: so many of so many months, quarters or days, and the reason in German."""

    parts: int
    of: int
    reason: str

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.parts, self.of)

    @property
    def is_proportional(self) -> bool:
        """Whether there is something to multiply: neither the whole year nor nothing."""
        return 0 < self.parts < self.of


def first_year_share(rule: str, admitted_on: dt.date) -> Share:
    """Return the share that ``rule`` gives for that day of admission. Pure; raises ValueError for an unknown rule."""
    return _RULES[FirstYearRule(rule)](admitted_on)


def _full(day: dt.date) -> Share:
    return Share(1, 1, _("Der Jahresbeitrag wird auch im ersten Jahr voll erhoben"))


def _month_begun(day: dt.date) -> Share:
    months = 13 - day.month
    return Share(months, 12, _("%(count)s von 12 Monaten, angefangene zählen mit") % {"count": months})


def _full_month(day: dt.date) -> Share:
    months = 12 - day.month + (day.day == 1)
    return Share(months, 12, _("%(count)s von 12 Monaten, nur volle zählen") % {"count": months})


def _quarter_begun(day: dt.date) -> Share:
    quarters = 4 - (day.month - 1) // 3
    return Share(quarters, 4, _("%(count)s von 4 Quartalen, angefangene zählen mit") % {"count": quarters})


def _days(day: dt.date) -> Share:
    year = 365 + calendar.isleap(day.year)
    days = year - day.timetuple().tm_yday + 1
    reason = _("%(count)s von %(year)s Tagen, der Tag der Aufnahme zählt mit") % {"count": days, "year": year}
    return Share(days, year, reason)


def _free_until_new_year(day: dt.date) -> Share:
    if (day.month, day.day) == (1, 1):
        return Share(1, 1, _("Aufnahme am 1. Januar: Der Jahresbeitrag wird voll erhoben"))
    return Share(0, 1, _("Bis zum 1. Januar %(year)s ist die Mitgliedschaft beitragsfrei") % {"year": day.year + 1})


_RULES: dict[FirstYearRule, Callable[[dt.date], Share]] = {
    FirstYearRule.FULL: _full,
    FirstYearRule.MONTH_BEGUN: _month_begun,
    FirstYearRule.FULL_MONTH: _full_month,
    FirstYearRule.QUARTER_BEGUN: _quarter_begun,
    FirstYearRule.DAYS: _days,
    FirstYearRule.FREE_UNTIL_NEW_YEAR: _free_until_new_year,
}
