"""Pages as the search finds them: live, public, with everything their ``search_fields`` name."""

from collections.abc import Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.search import index

from search.analysis.terms import Texts
from search.sources import Findable

# Title and introduction weigh by themselves; the draft title is not for readers.
OWN_FIELDS = {"title", "intro", "draft_title"}


class PageSource:
    """All pages of the site but the home pages' kind of frame; see ``search.sources.Source``."""

    name = "page"
    kinds = {
        "page": _("Seite"),
        "meetingpage": _("Arbeitstreffen"),
        "newspage": _("Aktuelles"),
    }

    def findable(self, object_id: str) -> Findable | None:
        """Return the page as it is published; None when it is a draft, private or gone."""
        page = public_pages().filter(pk=object_id).first()
        return findable_of(page.specific) if page else None

    def all(self) -> Iterator[Findable]:
        """Return every public page."""
        for page in public_pages().specific(defer=False).iterator(chunk_size=200):
            if found := findable_of(page):
                yield found


def public_pages():
    """Return the pages everybody may read, without Wagtail's own root."""
    return Page.objects.live().public().filter(depth__gt=1)


def findable_of(page: Page) -> Findable | None:
    """Return what the index keeps of a specific page; None where no site serves it."""
    url = page.get_url()
    if url is None:
        return None
    model = ContentType.objects.get_for_id(page.content_type_id).model
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


def field_text(field: index.BaseField, instance: object) -> str:
    """Return one search field's text; filters and auto-complete fields have none."""
    if isinstance(field, index.RelatedFields):
        related = field.get_value(instance)
        rows = related.all() if hasattr(related, "all") else [related] if related else []
        return "\n".join(filter(None, (field_text(inner, row) for row in rows for inner in field.fields)))
    if not isinstance(field, index.SearchField):
        return ""
    value = field.get_value(instance)
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def date_of(page: Page):
    """Return the day a dated page is about: a meeting's, a news item's; None for other pages."""
    moment: Any = getattr(page, "starts_at", None) or getattr(page, "published_on", None) or getattr(page, "date", None)
    return moment.date() if hasattr(moment, "date") else moment
