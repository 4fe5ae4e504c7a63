"""Working meetings as iCalendar (RFC 5545), for one meeting or for all of them."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpResponse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vUri

from pages.addresses import page_address

if TYPE_CHECKING:
    from pages.models import MeetingPage

CONTENT_TYPE = "text/calendar; charset=utf-8"
STANDARD_OFFSET, SUMMER_OFFSET = timedelta(hours=1), timedelta(hours=2)
PRODUCT = "-//LAG Sachsen//Arbeitstreffen//DE"


def build_calendar(meetings: "Iterable[MeetingPage]", *, name: str) -> bytes:
    """Return the calendar file of ``meetings`` called ``name``.

    Times stand in local time with the rules of their zone, so that a meeting keeps its hour whatever the season. The
    same meeting always has the same UID; a calendar that has it already recognizes a change by the higher SEQUENCE.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add_component(_berlin_time())
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    return calendar.to_ical()


def calendar_response(content: bytes, *, file_name: str) -> HttpResponse:
    """Return a calendar file as an answer that browsers save and calendars subscribe to."""
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": f'attachment; filename="{file_name}.ics"'}
    )


def sequence(meeting: "MeetingPage") -> int:
    """Return the SEQUENCE number: it grows with every publication of the page.

    Nothing counts publications, but the seconds between the first and the latest one grow all the same.
    """
    if not (meeting.first_published_at and meeting.last_published_at):
        return 0
    return max(0, int((meeting.last_published_at - meeting.first_published_at).total_seconds()))


def _berlin_time() -> Timezone:
    """Return the rules of summer time that hold since 1996 (directive 2000/84/EC)."""
    zone = Timezone()
    zone.add("tzid", settings.TIME_ZONE)
    for component, name, starts, month, before, after in (
        (TimezoneDaylight(), "CEST", datetime(1996, 3, 31, 2), 3, STANDARD_OFFSET, SUMMER_OFFSET),  # noqa: DTZ001
        (TimezoneStandard(), "CET", datetime(1996, 10, 27, 3), 10, SUMMER_OFFSET, STANDARD_OFFSET),  # noqa: DTZ001
    ):
        component.add("tzname", name)
        component.add("dtstart", starts)
        component.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        component.add("tzoffsetfrom", before)
        component.add("tzoffsetto", after)
        zone.add_component(component)
    return zone


def _event(meeting: "MeetingPage") -> Event:
    changed_at = _utc(meeting.last_published_at or meeting.latest_revision_created_at or meeting.starts_at)
    event = Event()
    event.add("uid", str(meeting.translation_key))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", sequence(meeting))
    event.add("dtstart", _local(meeting.starts_at))
    event.add("dtend", _local(meeting.ends_at))
    event.add("summary", _summary(meeting))
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if meeting.is_cancelled else "OPAQUE")
    event.add("location", ", ".join(part for part in (meeting.venue, meeting.city) if part))
    event.add("description", "\n\n".join(_description(meeting)))
    if address := page_address(meeting):
        event.add("url", vUri(address))
    return event


def _summary(meeting: "MeetingPage") -> str:
    if meeting.is_cancelled:
        return _("Abgesagt: %(title)s") % {"title": meeting.title}
    if meeting.is_moved:
        return _("Verlegt: %(title)s") % {"title": meeting.title}
    return meeting.title


def _description(meeting: "MeetingPage") -> list[str]:
    lines = [meeting.status_line, meeting.status_note, meeting.intro]
    if meeting.host:
        lines.append(_("Gastgeber: %(host)s") % {"host": meeting.host})
    if meeting.online_link:
        lines.append(_("Online-Teilnahme: %(link)s") % {"link": meeting.online_link})
    if meeting.access:
        lines.append(_("Zugang zum Gebäude: %(access)s") % {"access": strip_tags(meeting.access)})
    return [line for line in lines if line]


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(settings.TIME_ZONE))


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)
