"""Pages as the search finds them: live, public, with everything their ``search_fields`` name."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.query import PageQuerySet
from wagtail.search import index

from portal.delivery.tree import COPIES_OF_ANOTHER_LANGUAGE
from search.analysis.terms import Texts
from search.sources import Findable

# Title and introduction weigh by themselves; the draft title is not for readers.
OWN_FIELDS = {"title", "intro", "draft_title"}


class PageSource:
    """All pages of the site; see ``search.sources.Source``."""

    name = "page"
    kinds = {
        "page": _("Seite"),
        "meetingpage": _("Arbeitstreffen"),
        "newspage": _("Meldung"),
    }

    def findables(self, object_ids: Iterable[str]) -> Iterator[Findable]:
        """Yield those of these pages that are published for everybody now."""
        return (found for page in public_pages().filter(pk__in=object_ids).specific() if (found := findable_of(page)))

    def all(self) -> Iterator[Findable]:
        """Yield every page that is published for everybody."""
        pages = public_pages().specific().iterator(chunk_size=100)
        return (found for page in pages if (found := findable_of(page)))

    def count(self) -> int:
        """Return the number of these; a page that no site serves counts too."""
        return public_pages().count()


def public_pages() -> PageQuerySet:
    """Return the pages everybody may read, without Wagtail's root and without copies nobody has translated yet."""
    return (
        Page.objects.live()
        .public()
        .filter(depth__gt=1)
        .exclude(COPIES_OF_ANOTHER_LANGUAGE)
        .select_related("locale", "content_type")
        .order_by("path")
    )


def findable_of(page: Page) -> Findable | None:
    """Return what the index keeps of a specific page; None where no site serves it."""
    url = page.get_url()
    if url is None:
        return None
    model = page.content_type.model
    return Findable(
        object_id=str(page.pk),
        language=page.locale.language_code,
        kind=model if model in PageSource.kinds else "page",
        url=url,
        texts=Texts(title=page.title, intro=getattr(page, "intro", ""), body=body_of(page)),
        date=date_of(page),
    )


def body_of(page: Page) -> str:
    """Return the text of all further search fields, related rows included."""
    texts = [field_text(field, page) for field in page.get_search_fields() if field.field_name not in OWN_FIELDS]
    return "\n".join(dict.fromkeys(text for text in texts if text))


def field_text(field: index.BaseField, instance: Any) -> str:
    """Return one search field's text; filters and auto-complete fields have none."""
    if isinstance(field, index.RelatedFields):
        related = field.get_value(instance)
        rows = related.all() if hasattr(related, "all") else [related] if related else []
        return "\n".join(filter(None, (field_text(inner, row) for row in rows for inner in field.fields)))
    if not isinstance(field, index.SearchField):
        return ""
    value = field.get_value(instance)
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def date_of(page: Page) -> dt.date | None:
    """Return the day a dated page is about: a meeting's, a piece of news'; None for other pages."""
    starts_at = getattr(page, "starts_at", None)
    return timezone.localdate(starts_at) if starts_at else getattr(page, "date", None)
