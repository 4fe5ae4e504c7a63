"""The share of a year's dues that the calendar year of admission costs."""

import calendar
import datetime as dt
from collections.abc import Callable
from fractions import Fraction

from django.utils.translation import gettext as _

from dues.enums import FirstYearRule

# A share of the full year, and the words for it.
Share = tuple[Fraction, str]


def first_year_share(rule: str, admitted_on: dt.date) -> Share:
    """Return the share under ``rule`` and its reason in German. Pure; raises ValueError for an unknown rule."""
    return _RULES[FirstYearRule(rule)](admitted_on)


def _full(day: dt.date) -> Share:
    return Fraction(1), _("Der Jahresbeitrag wird auch im ersten Jahr voll erhoben.")


def _month_begun(day: dt.date) -> Share:
    months = 13 - day.month
    text = _("%(count)s von 12 Monaten, angefangene zählen mit")
    return Fraction(months, 12), text % {"count": months}


def _full_month(day: dt.date) -> Share:
    months = 12 - day.month + (day.day == 1)
    text = _("%(count)s von 12 Monaten, nur volle zählen")
    return Fraction(months, 12), text % {"count": months}


def _quarter_begun(day: dt.date) -> Share:
    quarters = 4 - (day.month - 1) // 3
    text = _("%(count)s von 4 Quartalen, angefangene zählen mit")
    return Fraction(quarters, 4), text % {"count": quarters}


def _days(day: dt.date) -> Share:
    year = 365 + calendar.isleap(day.year)
    days = year - day.timetuple().tm_yday + 1
    text = _("%(count)s von %(year)s Tagen, der Tag der Aufnahme zählt mit")
    return Fraction(days, year), text % {"count": days, "year": year}


def _free_until_new_year(day: dt.date) -> Share:
    if (day.month, day.day) == (1, 1):
        return Fraction(1), _("Aufnahme am 1. Januar: Der Jahresbeitrag wird voll erhoben.")
    return Fraction(0), _("Bis zum 1. Januar %(year)s ist die Mitgliedschaft beitragsfrei.") % {"year": day.year + 1}


_RULES: dict[FirstYearRule, Callable[[dt.date], Share]] = {
    FirstYearRule.FULL: _full,
    FirstYearRule.MONTH_BEGUN: _month_begun,
    FirstYearRule.FULL_MONTH: _full_month,
    FirstYearRule.QUARTER_BEGUN: _quarter_begun,
    FirstYearRule.DAYS: _days,
    FirstYearRule.FREE_UNTIL_NEW_YEAR: _free_until_new_year,
}
