"""The index follows every change of a page at once: publishing, moving, renaming, deleting, privacy."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from search.index import refresh, remove

SOURCE = "page"


def connect() -> None:
    """Listen to Wagtail; called once when the app is ready."""
    page_published.connect(page_changed, dispatch_uid="search:published")
    page_unpublished.connect(page_changed, dispatch_uid="search:unpublished")
    page_slug_changed.connect(tree_changed, dispatch_uid="search:renamed")
    post_page_move.connect(tree_changed, dispatch_uid="search:moved")
    post_delete.connect(page_deleted, dispatch_uid="search:deleted")
    post_save.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="search:restricted")
    post_delete.connect(restriction_changed, sender=PageViewRestriction, dispatch_uid="search:released")


def page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Bring one page's entry up to date."""
    refresh(SOURCE, [instance.pk])


def tree_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Bring a page and all below it up to date: their addresses have changed."""
    refresh(SOURCE, instance.get_descendants(inclusive=True).values_list("pk", flat=True))


def page_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Take a deleted page out of the index; the signal comes for the specific page and for its base."""
    if isinstance(instance, Page):
        remove(SOURCE, [instance.pk])


def restriction_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Bring all pages up to date that have become private, or public again."""
    tree_changed(Page, instance.page)
