"""What the tests of the pages share."""

from typing import TYPE_CHECKING

import pytest

from pages.models import MeetingIndexPage, MeetingPage, NewsIndexPage, NewsPage

if TYPE_CHECKING:
    from wagtail.models import Site

    from home.models import HomePage


@pytest.fixture
def home(site: "Site") -> "HomePage":
    return site.root_page.specific


@pytest.fixture
def meetings(site: "Site") -> MeetingIndexPage:
    """The list of meetings, without the starter content's samples."""
    for page in MeetingPage.objects.all():
        page.delete()
    return MeetingIndexPage.objects.get()


@pytest.fixture
def news(site: "Site") -> NewsIndexPage:
    """The list of news, without the starter content's samples."""
    for page in NewsPage.objects.all():
        page.delete()
    return NewsIndexPage.objects.get()
