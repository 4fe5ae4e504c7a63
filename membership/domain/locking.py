"""Holding an application still while a step is taken."""

from datetime import date, timedelta

from django.utils import timezone

from membership.domain.errors import DecisionWaits, ImplausibleDate, NotOpen
from membership.domain.waiting import is_reversible
from membership.enums import Channel
from membership.models import Application

PRESSED_TWICE = timedelta(seconds=30)
"""How long the same step by the same person with the same words counts as one press of the button."""


def lock(application: Application) -> Application:
    """Return ``application`` as stored now, locked until the caller's transaction ends."""
    return Application.objects.select_for_update().get(pk=application.pk)


def lock_open(application: Application) -> Application:
    """Return ``application`` locked; raises NotOpen (DecisionWaits) unless it is confirmed and undecided."""
    locked = lock(application)
    _refuse_closed(locked)
    return locked


def refuse_closed(application: Application) -> None:
    """Raise NotOpen (DecisionWaits) as :func:`lock_open` would, before anything is asked or written.

    Read anew: a page that tells nothing of a fresh decision hands over the application as it was before.
    """
    _refuse_closed(Application.objects.get(pk=application.pk))


def _refuse_closed(stored: Application) -> None:
    if not stored.is_open:
        raise DecisionWaits if is_reversible(stored) else NotOpen


def refuse_implausible(day: date, application: Application) -> None:
    """Raise ImplausibleDate for a day to come or, online, before the application was submitted.

    Paper is signed and posted before the office enters it.
    """
    too_early = application.channel == Channel.ONLINE and day < timezone.localdate(application.submitted_at)
    if too_early or day > timezone.localdate():
        raise ImplausibleDate


def refuse_before_receipt(day: date, application: Application) -> None:
    """Raise ImplausibleDate for a day on which the association did not have the application yet, or one to come."""
    came_on = application.received_on or timezone.localdate(application.submitted_at)
    if not came_on <= day <= timezone.localdate():
        raise ImplausibleDate
