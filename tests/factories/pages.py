"""Pages for tests: published below a parent, with what their kind needs."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from pages.models import MeetingIndexPage, MeetingPage, NewsIndexPage, NewsPage
from pages.slugs import german_slug


def add_page(parent: Page, page: Page, *, live: bool = True, private: bool = False) -> Any:
    """Add ``page`` below ``parent``: published unless told otherwise, for signed-in people only if ``private``."""
    page.slug = page.slug or german_slug(page.title)
    page.locale = parent.locale
    page.live = live
    parent.add_child(instance=page)
    if live:
        page.save_revision().publish()
    if private:
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    return page.specific_class.objects.get(pk=page.pk)


def add_meeting(parent: MeetingIndexPage, title: str, *, in_days: float = 7, **options: Any) -> MeetingPage:
    """Add a meeting of two hours that starts in so many days."""
    place = {name: options.pop(name) for name in ("live", "private") if name in options}
    starts_at = options.pop("starts_at", None) or timezone.now() + timedelta(days=in_days)
    fields = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=2), "city": "Leipzig", **options}
    return add_page(parent, MeetingPage(title=title, **fields), **place)


def add_news(parent: NewsIndexPage, title: str, *, on: date = date(2026, 11, 1), **options: Any) -> NewsPage:
    """Add a piece of news of that day."""
    place = {name: options.pop(name) for name in ("live", "private") if name in options}
    return add_page(parent, NewsPage(title=title, date=on, **options), **place)


def moment(text: str) -> datetime:
    """Return „2027-03-27 10:00“ as that hour in Germany."""
    return timezone.make_aware(datetime.fromisoformat(text))


def page_form_data(page: Page, **changes: str) -> QueryDict:
    """Return what the editor's form of a page with an empty body posts, with some answers changed."""
    data = QueryDict(mutable=True)
    data.update(
        {
            "title": page.title,
            "slug": page.slug,
            "intro": "",
            "body-count": "0",
            "comments-TOTAL_FORMS": "0",
            "comments-INITIAL_FORMS": "0",
            **changes,
        }
    )
    return data
