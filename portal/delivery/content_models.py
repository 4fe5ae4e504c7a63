"""The models of Wagtail whose changes show on public pages.

Rooms register their own models themselves; page, picture and document models of all rooms are found here, with the
rows that belong to a page (a meeting's guests, a page's downloads).
"""

from django.apps import apps
from modelcluster.fields import ParentalKey
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from portal.delivery.version import register_content_model

BASES = (Page, AbstractImage, AbstractDocument)
MODELS = (Collection, CollectionViewRestriction, Locale, PageViewRestriction, Redirect, Site)
# What a page's own row says of its drafts and of who works on it.
NEVER_SHOWN = (
    "draft_title",
    "has_unpublished_changes",
    "latest_revision",
    "latest_revision_created_at",
    "locked",
    "locked_at",
    "locked_by",
)
# Wagtail's own rows that hang on a page and say nothing to readers.
UNSEEN_CHILDREN = frozenset({"wagtailcore.comment"})


def register_content_models() -> None:
    """Register every page, picture and document model, and what decides where and to whom they show."""
    for model in apps.get_models():
        if model is Page:
            register_content_model(model, shown_if="live", ignoring=NEVER_SHOWN)
        elif issubclass(model, BASES) or _belongs_to_page(model):
            register_content_model(model)
    for model in MODELS:
        register_content_model(model)


def _belongs_to_page(model: type) -> bool:
    if model._meta.label_lower in UNSEEN_CHILDREN:  # type: ignore[attr-defined]
        return False
    return any(
        isinstance(field, ParentalKey) and issubclass(field.related_model, Page)
        for field in model._meta.get_fields()  # type: ignore[attr-defined]
    )
