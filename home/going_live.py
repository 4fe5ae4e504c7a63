"""What of the pages and downloads is still a sample, for the going-live checklist."""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.models import Page

from library.models import Download
from pages.models import BasePage, MeetingSpeaker
from portal.association.going_live import OpenPoint, holders_of

# A sample says so: „Beispiel: …“, „(Muster)“, „Beispiel – …“. In running text both are ordinary German words.
MARK = re.compile(r"(?<![\w-])(?<!zum )(?<!als )(?:Muster|Beispiel)\s*(?:[:)–])")
PLACEHOLDER = "(Platzhalter)"
WORDS = ("Muster", "Beispiel")


def open_points() -> Iterator[OpenPoint]:
    """Name every published page that says it is a sample, and every placeholder to download."""
    for key, title in sample_pages():
        yield OpenPoint(
            _("Seite „%(title)s“ ist noch ein Muster oder Beispiel.") % {"title": title},
            reverse("wagtailadmin_pages:edit", args=[key]),
            user_has_any_page_permission,
        )
    for download in Download.objects.filter(live=True, document__title__contains=PLACEHOLDER):
        yield OpenPoint(
            _("Unter „%(title)s“ liegt noch ein Platzhalter.") % {"title": download.title},
            reverse("downloads:edit", args=[download.pk]),
            holders_of("library.change_download"),
        )


def sample_pages() -> list[tuple[int, str]]:
    """Return key and title of every published page that still has a sample's mark (two queries)."""
    candidates = [(key, title) for key, title, text in _pages_with_words() if has_mark(text)]
    seen = {key for key, _title in candidates}
    speakers = MeetingSpeaker.objects.filter(_contains("name") | _contains("function"), page__live=True)
    for key, title, name, function in speakers.values_list("page_id", "page__title", "name", "function"):
        if key not in seen and has_mark(f"{name} ({function})"):
            seen.add(key)
            candidates.append((key, title))
    return candidates


def has_mark(text: str) -> bool:
    """Whether a text, with or without tags, says that it is a sample."""
    # SQLite keeps blocks as JSON with escaped letters.
    return bool(MARK.search(strip_tags(text.replace("\\u2013", "–"))))


def _pages_with_words() -> models.QuerySet[Any]:
    """Return key, title and all own texts of the published pages that hold one of the words, whatever their kind."""
    kinds = [model for model in apps.get_models() if issubclass(model, BasePage)]
    first, *others = (
        model.objects.filter(live=True)
        .order_by()
        .annotate(all_texts=_all_texts(model))
        .filter(_contains("all_texts"))
        .values_list("pk", "title", "all_texts")
        for model in kinds
    )
    return first.union(*others, all=True)


class Joined(Func):
    """Texts one after the other, written flat: Django's Concat nests too deep for SQLite."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = TextField()


def _all_texts(model: type[Page]) -> Joined:
    """Return everything the page's own fields say as one text, with the title first."""
    own = [field.name for field in model._meta.local_fields if _is_text(field)]
    parts: list[Any] = []
    for name in ["title", "seo_title", "search_description", *own]:
        parts += [Cast(F(name), TextField()), Value(" ", output_field=TextField())]
    return Joined(*parts)


def _is_text(field: models.Field) -> bool:
    return isinstance(field, models.CharField | models.TextField) or field.get_internal_type() == "JSONField"


def _contains(name: str) -> Q:
    condition = Q()
    for word in WORDS:
        condition |= Q(**{f"{name}__contains": word})
    return condition
