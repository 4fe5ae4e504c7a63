"""schema.org descriptions (JSON-LD) of what pages are about: plain dictionaries, rendered by the frame."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from pages.addresses import absolute_url, page_address

if TYPE_CHECKING:
    from pages.models import MeetingPage, NewsPage
    from portal.association.models import AssociationSettings

VOCABULARY = "https://schema.org"
EVENT_STATUS = {
    "planned": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "moved": "https://schema.org/EventRescheduled",
}


def without_empty(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not known: an empty value would be a false statement."""
    return {key: value for key, value in data.items() if value not in ("", None, [], {})}


def event(meeting: "MeetingPage", *, organizer: "AssociationSettings") -> dict[str, Any]:
    """Describe a working meeting."""
    return without_empty(
        {
            "@type": "Event",
            "name": meeting.title,
            "description": meeting.meta_description,
            "url": page_address(meeting),
            "startDate": _moment(meeting.starts_at),
            "endDate": _moment(meeting.ends_at),
            "previousStartDate": _moment(meeting.original_starts_at) if meeting.is_moved else "",
            "eventStatus": EVENT_STATUS[meeting.status],
            "eventAttendanceMode": f"{VOCABULARY}/{_attendance_mode(meeting)}",
            "location": _locations(meeting),
            "organizer": without_empty(
                {"@type": "Organization", "name": organizer.full_name, "url": absolute_url("/")}
            ),
            "performer": [
                without_empty({"@type": "Person", "name": speaker.name, "jobTitle": speaker.function})
                for speaker in meeting.speakers.all()
            ],
        }
    )


def article(news: "NewsPage", *, publisher: "AssociationSettings") -> dict[str, Any]:
    """Describe a piece of news."""
    return without_empty(
        {
            "@type": "NewsArticle",
            "headline": news.title,
            "description": news.meta_description,
            "url": page_address(news),
            "datePublished": news.date.isoformat(),
            "dateModified": _moment(news.last_published_at),
            "inLanguage": news.locale.language_code,
            "publisher": without_empty(
                {"@type": "Organization", "name": publisher.full_name, "url": absolute_url("/")}
            ),
        }
    )


def _moment(value: datetime | None) -> str:
    return timezone.localtime(value).isoformat() if value else ""


def _attendance_mode(meeting: "MeetingPage") -> str:
    return "MixedEventAttendanceMode" if meeting.online_link else "OfflineEventAttendanceMode"


def _locations(meeting: "MeetingPage") -> list[dict[str, Any]]:
    place = {
        "@type": "Place",
        "name": meeting.venue or meeting.city,
        "address": {"@type": "PostalAddress", "addressLocality": meeting.city, "addressCountry": "DE"},
    }
    online = [{"@type": "VirtualLocation", "url": meeting.online_link}] if meeting.online_link else []
    return [place, *online]
