"""Choosing a download in the editor."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock

from library.models import Download


class DownloadChooserViewSet(ChooserViewSet):
    """A list of all downloads to choose one from."""

    model = Download
    icon = "download"
    choose_one_text = _("Download auswählen")
    choose_another_text = _("Anderen Download auswählen")
    edit_item_text = _("Diesen Download bearbeiten")
    page_title = _("Download auswählen")
    per_page = 20


download_chooser = DownloadChooserViewSet("download_chooser")


class DownloadBlock(ChooserBlock):
    """One download."""

    target_model = Download

    @property
    def widget(self) -> Any:
        return download_chooser.widget_class()

    class Meta:
        icon = "download"
