"""The kinds of page editors write."""

from pages.models.about import AboutPage, ActivitiesPage
from pages.models.base import BasePage
from pages.models.contact import ContactPage
from pages.models.contact_message import ContactMessage
from pages.models.legal import LegalPage, LegalPageKind
from pages.models.meetings import MeetingDownload, MeetingIndexPage, MeetingPage, MeetingSpeaker, MeetingStatus
from pages.models.news import NewsIndexPage, NewsPage
from pages.models.standard import NetworkPage, NetworkPageDownload, StandardPage

__all__ = [
    "AboutPage",
    "ActivitiesPage",
    "BasePage",
    "ContactMessage",
    "ContactPage",
    "LegalPage",
    "LegalPageKind",
    "MeetingDownload",
    "MeetingIndexPage",
    "MeetingPage",
    "MeetingSpeaker",
    "MeetingStatus",
    "NetworkPage",
    "NetworkPageDownload",
    "NewsIndexPage",
    "NewsPage",
    "StandardPage",
]
