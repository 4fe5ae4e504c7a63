"""The index follows every change of a page at once: publishing, moving, renaming, deleting, privacy."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model, TextField
from django.db.models.functions import Cast
from django.db.models.signals import post_delete, post_save
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    get_page_models,
)
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from library.models import Download, LibraryDocument
from pages.models import ContactPage, LegalPage
from portal.association.models import AssociationSettings
from portal.delivery.version import raise_content_version
from search.index import refresh, remove

SOURCE = "page"
# How a contact block stands in the database, on SQLite and on PostgreSQL.
CONTACT = '"type": "contact"'


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
    post_delete.connect(download_changed, sender=Download, dispatch_uid="search:pages-of-deleted-download")
    post_save.connect(document_changed, sender=LibraryDocument, dispatch_uid="search:pages-of-document")
    for model in (CollectionViewRestriction, Collection):
        post_save.connect(collection_changed, sender=model, dispatch_uid=f"search:pages-of-{model.__name__}")
        post_delete.connect(collection_changed, sender=model, dispatch_uid=f"search:pages-of-deleted-{model.__name__}")
    post_save.connect(particulars_changed, sender=AssociationSettings, dispatch_uid="search:particulars")


def page_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Bring one page's entry up to date, and those of the pages that refer to it."""
    refresh_with_referrers([instance.pk])


def tree_changed(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    """Bring a page and all below it up to date: their addresses, or who may read them, have changed."""
    refresh_with_referrers(list(instance.get_descendants(inclusive=True).values_list("pk", flat=True)))


def page_deleted(sender: type[Any], instance: Any, **kwargs: Any) -> None:
    """Take a deleted page out of the index; the signal comes for the specific page and for its base.

    The pages that refer to it follow with the commit: some of them may be about to go too.
    """
    if isinstance(instance, Page) and instance.pk:
        remove(SOURCE, [instance.pk])
        keys = referrers(Page, [instance.pk])
        transaction.on_commit(lambda: refresh(SOURCE, keys))


def restriction_changed(sender: type[PageViewRestriction], instance: PageViewRestriction, **kwargs: Any) -> None:
    """Bring all pages up to date that have become private, or public again."""
    tree_changed(Page, instance.page)


def download_changed(sender: type[Download], instance: Download, **kwargs: Any) -> None:
    """Bring the pages up to date that name this download."""
    refresh(SOURCE, referrers(Download, [instance.pk]))


def document_changed(sender: type[LibraryDocument], instance: LibraryDocument, **kwargs: Any) -> None:
    """Bring the pages up to date that name a download of this document: it may lie in another collection now."""
    refresh(SOURCE, referrers(Download, instance.downloads.values_list("pk", flat=True)))


def collection_changed(sender: type[Any], **kwargs: Any) -> None:
    """Bring all pages up to date that name downloads: who may read a collection, or where it lies, has changed."""
    raise_content_version()
    refresh(SOURCE, referrers(Download, Download.objects.values_list("pk", flat=True)))


def refresh_with_referrers(keys: list[int]) -> None:
    """Bring these pages up to date, and those that show a card of them only while everybody may read them."""
    refresh(SOURCE, {*map(str, keys), *referrers(Page, keys)})


def referrers(model: type[Model], keys: Iterable[int]) -> set[str]:
    """Return the keys of the pages that refer to these objects of ``model``."""
    found = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id__in=[str(key) for key in keys],
    )
    return set(found.values_list("object_id", flat=True))


def particulars_changed(sender: type[AssociationSettings], **kwargs: Any) -> None:
    """Bring the pages up to date that show the association's particulars, in a contact block too."""
    keys = {key for model in (LegalPage, ContactPage) for key in model.objects.values_list("pk", flat=True)}
    refresh(SOURCE, keys | pages_with_contact())


def pages_with_contact() -> set[int]:
    """Return the keys of the pages whose content has a contact block: one query for each kind of page."""
    models = [model for model in get_page_models() if any(field.name == "body" for field in model._meta.fields)]
    texts = (model.objects.annotate(text=Cast("body", TextField())) for model in models)
    return {key for pages in texts for key in pages.filter(text__contains=CONTACT).values_list("pk", flat=True)}
