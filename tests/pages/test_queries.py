"""Lists cost the same with many entries as with few: more than one screen of them shows it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import MeetingPage, MeetingSpeaker, NewsPage
from tests.factories.pages import add_meeting, add_news

# With warm caches; the limit of the specification is 12.
WARM = 12
FEW, MANY = range(2), range(2, 40)


def queries(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def copies(parent, model, numbers: range) -> None:
    """Add many siblings fast: rows copied from the first child, without the search index."""
    first = model.objects.child_of(parent).first()
    content_type, locale = first.content_type, first.locale
    for number in numbers:
        fields = {
            "title": f"Nummer {number}",
            "slug": f"nummer-{number}",
            "locale": locale,
            "content_type": content_type,
        }
        if model is MeetingPage:
            fields |= {"starts_at": first.starts_at, "ends_at": first.ends_at, "city": "Leipzig"}
        parent.add_child(instance=model(**fields))


@pytest.mark.parametrize("address", ["/", "/arbeitstreffen/", "/arbeitstreffen/kalender/"])
def test_meetings(meetings, client, address) -> None:
    meeting = add_meeting(meetings, "Erstes")
    meeting.speakers = [MeetingSpeaker(name="Gast")]
    meeting.save_revision().publish()
    copies(meetings, MeetingPage, FEW)
    few = queries(client, address)
    copies(meetings, MeetingPage, MANY)

    assert queries(client, address) == few
    assert few <= WARM


@pytest.mark.parametrize("address", ["/", "/aktuelles/", "/aktuelles/feed/"])
def test_news(news, client, address) -> None:
    add_news(news, "Erste")
    copies(news, NewsPage, FEW)
    few = queries(client, address)
    copies(news, NewsPage, MANY)

    assert queries(client, address) == few
    assert few <= WARM
