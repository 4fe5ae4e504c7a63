"""The index follows every change of a download at once: title, file, collection, what the portal renders."""

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction

from library.models import Download, LibraryDocument, RenderedFile
from library.search_source import DownloadSource
from portal.delivery.version import raise_content_version
from search.index import refresh, remove


def connect() -> None:
    """Listen to the models; called once when the app is ready."""
    post_save.connect(download_changed, sender=Download, dispatch_uid="search:download")
    post_delete.connect(download_deleted, sender=Download, dispatch_uid="search:download-deleted")
    post_save.connect(document_changed, sender=LibraryDocument, dispatch_uid="search:document")
    post_save.connect(rendered_changed, sender=RenderedFile, dispatch_uid="search:rendered")
    for model in (CollectionViewRestriction, Collection):
        post_save.connect(collection_changed, sender=model, dispatch_uid=f"search:{model.__name__}")
        post_delete.connect(collection_changed, sender=model, dispatch_uid=f"search:{model.__name__}-deleted")


def download_changed(sender: type[Download], instance: Download, **kwargs: Any) -> None:
    """Bring one download's entry up to date."""
    refresh_downloads([instance.pk])


def download_deleted(sender: type[Download], instance: Download, **kwargs: Any) -> None:
    """Take a deleted download out of the index."""
    remove(DownloadSource.name, [instance.pk])


def document_changed(sender: type[LibraryDocument], instance: LibraryDocument, **kwargs: Any) -> None:
    """Bring the downloads up to date that give this document: its file, language or collection may be another."""
    refresh_downloads(instance.downloads.values_list("pk", flat=True))


def rendered_changed(sender: type[RenderedFile], instance: RenderedFile, **kwargs: Any) -> None:
    """Bring the download up to date whose file the portal has rendered; an equal file changes nothing."""
    refresh_downloads([instance.download_id])


def collection_changed(sender: type[Any], **kwargs: Any) -> None:
    """Bring all downloads up to date: who may read a collection, or where it lies, has changed.

    The version is raised here too: what is public must be asked anew, whoever listens first.
    """
    raise_content_version()
    refresh_downloads(Download.objects.values_list("pk", flat=True))


def refresh_downloads(keys: Iterable[int]) -> None:
    """Bring the entries of these downloads up to date."""
    refresh(DownloadSource.name, keys)
