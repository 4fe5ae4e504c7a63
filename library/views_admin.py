"""Admin pages of downloads: they save through ``library.archive``, so that nothing readers had gets lost."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.views import generic
from wagtail.log_actions import log

from library import generated
from library.archive import save_download
from library.models import Download, DownloadVersion


class DownloadIndexView(generic.IndexView):
    """All downloads with their files, in one query."""

    def get_base_queryset(self) -> QuerySet[Download]:
        return Download.objects.with_files()


class SaveDownloadMixin:
    """Save with the archive, and write the change into the log."""

    log_action: str
    form: Any
    request: HttpRequest

    def save_instance(self) -> Download:
        download = self.form.save(commit=False)
        save_download(download)
        log(instance=download, action=self.log_action, user=self.request.user, content_changed=self.form.has_changed())
        return download


class DownloadCreateView(SaveDownloadMixin, generic.CreateView):
    log_action = "wagtail.create"


class DownloadEditView(SaveDownloadMixin, generic.EditView):
    log_action = "wagtail.edit"
    template_name = "library/admin/download_edit.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from library.pdf_checks import pdf_findings

        context = super().get_context_data(**kwargs)
        context["download"] = self.object
        context["pdf_findings"] = pdf_findings(self.object.document)
        context["versions"] = self.object.versions.select_related("document", "download")
        return context


class DownloadDeleteView(generic.DeleteView):
    """Deletes addresses that were a mistake; those the portal fills by itself stay."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if generated.is_registered(self.object.name):
            messages.error(
                request,
                _(
                    "„%(title)s“ lässt sich nicht löschen, weil Seiten der Website darauf verweisen. "
                    "Nehmen Sie den Haken bei „veröffentlicht“ heraus, wenn der Download nicht erscheinen soll."
                )
                % {"title": self.object.title},
            )
            return redirect(reverse("downloads:edit", args=[self.object.pk]))
        return super().dispatch(request, *args, **kwargs)


class DownloadVersionIndexView(generic.IndexView):
    """The archive of all downloads; versions get there by themselves."""

    def get_base_queryset(self) -> QuerySet[DownloadVersion]:
        return DownloadVersion.objects.select_related("download")

    def get_add_url(self) -> None:
        return None


class DownloadVersionCreateView(generic.CreateView):
    """No version is made by hand."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        raise Http404
