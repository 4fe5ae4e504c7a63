"""The models of Wagtail whose changes show on public pages.

Rooms register their own models themselves; page, picture and document models of all rooms are found here.
"""

from django.apps import apps
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from portal.delivery.version import raise_content_version, register_content_model

BASES = (Page, AbstractImage, AbstractDocument)
MODELS = (Collection, CollectionViewRestriction, Locale, PageViewRestriction, Redirect, Site)


def register_content_models() -> None:
    """Register every page, picture and document model, and what decides where and to whom they show."""
    for model in apps.get_models():
        if issubclass(model, BASES):
            register_content_model(model)
    for model in MODELS:
        register_content_model(model)
    # Moving a page rewrites addresses by update(), without a signal per page.
    for signal in (page_published, page_unpublished, post_page_move):
        signal.connect(_content_changed, dispatch_uid="content-version")


def _content_changed(sender: object, **kwargs: object) -> None:
    raise_content_version()
