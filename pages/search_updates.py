"""The index follows every change of a page at once: publishing, moving, renaming, deleting, privacy."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction, ReferenceIndex
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from library.models import Download
from pages.models import ContactPage, LegalPage
from portal.association.models import AssociationSettings
from search.index import refresh, remove

SOURCE = "page"


def connect() -> None:
    """Listen to Wagtail and to what pages show of other rooms; called once when the app is ready."""
    page_published.connect(page_changed, dispatch_uid="search:published")
    page_unpublished.connect(page_changed, dispatch_uid="search:unpublished")
    page_slug_changed.connect(tree_changed, dispatch_uid="search:renamed")
    post_page_move.connect(tree_changed, dispatch_uid="search:moved")
    post_delete.connect(page_deleted, dispatch_uid="search:deleted")
    post_save.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="search:restricted")
    post_delete.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="search:released")
    post_save.connect(download_changed, sender=Download, dispatch_uid="search:pages-of-download")
    post_save.connect(particulars_changed, sender=AssociationSettings, dispatch_uid="search:particulars")


def page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Bring one page's entry up to date."""
    refresh(SOURCE, [instance.pk])


def tree_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Bring a page and all below it up to date: their addresses have changed."""
    refresh(SOURCE, instance.get_descendants(inclusive=True).values_list("pk", flat=True))


def page_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Take a deleted page out of the index; the signal comes for the specific page and for its base."""
    if isinstance(instance, Page) and instance.pk:
        remove(SOURCE, [instance.pk])


def restriction_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Bring all pages up to date that have become private, or public again."""
    tree_changed(Page, instance.page)


def download_changed(sender: type[Download], instance: Download, **kwargs: Any) -> None:
    """Bring the pages up to date that name this download."""
    references = ReferenceIndex.get_references_to(instance).values_list("object_id", "base_content_type__model")
    refresh(SOURCE, {key for key, model in references if model == "page"})


def particulars_changed(sender: type[AssociationSettings], **kwargs: Any) -> None:
    """Bring the pages up to date that show the association's particulars."""
    for model in (LegalPage, ContactPage):
        refresh(SOURCE, model.objects.values_list("pk", flat=True))
