"""News as RSS."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed

from pages.addresses import absolute_url, page_address

if TYPE_CHECKING:
    from pages.models import NewsIndexPage, NewsPage

FEED_LENGTH = 20


def news_feed(index: "NewsIndexPage", news: "Iterable[NewsPage]", *, feed_address: str) -> HttpResponse:
    """Return ``news`` as an RSS 2.0 answer; ``feed_address`` is the path the feed is read at."""
    feed = Rss201rev2Feed(
        title=index.title,
        link=page_address(index),
        description=index.meta_description or index.title,
        language=index.locale.language_code,
        feed_url=absolute_url(feed_address),
    )
    for page in news:
        address = page_address(page)
        feed.add_item(
            title=page.title,
            link=address,
            unique_id=address,
            unique_id_is_permalink=True,
            description=page.intro,
            pubdate=timezone.make_aware(datetime.combine(page.date, time())),
            updateddate=page.last_published_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")
