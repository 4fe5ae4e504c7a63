"""Downloads in the admin: list, form, archive, and the dialog that chooses one."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from library.forms.downloads import DownloadForm
from library.models import Download, DownloadVersion
from library.views_admin import (
    DownloadCreateView,
    DownloadDeleteView,
    DownloadEditView,
    DownloadIndexView,
    DownloadVersionCreateView,
    DownloadVersionIndexView,
)


def file_label(download: Download) -> str:
    """What stands at the address now, in a few words."""
    if download.document is not None:
        return download.document.filename
    if download.generated:
        return str(_("erstellt die Website"))
    return str(_("noch keine Datei"))


class DownloadViewSet(ModelViewSet):
    """„Downloads“: permanent addresses and what stands there."""

    model = Download
    name = "downloads"
    icon = "download"
    menu_label = _("Downloads")
    menu_order = 410  # behind the documents
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = [
        "title",
        Column("url", label=_("feste Adresse")),
        Column("source", label=_("Datei"), accessor=file_label),
        Column("valid_from", label=_("gültig ab")),
        BooleanColumn("live", label=_("veröffentlicht")),
    ]
    list_filter = ["live"]
    search_fields = ["title", "name"]
    search_backend_name = None
    ordering = ["title"]
    index_view_class = DownloadIndexView
    add_view_class = DownloadCreateView
    edit_view_class = DownloadEditView
    delete_view_class = DownloadDeleteView
    edit_handler = ObjectList(
        [
            FieldPanel("title"),
            FieldPanel("name"),
            FieldPanel("document"),
            FieldPanel("valid_from"),
            FieldPanel("live"),
        ],
        base_form_class=DownloadForm,
    )


class DownloadVersionViewSet(ModelViewSet):
    """The archive: each earlier document can be shown or taken away. Reached from its download."""

    model = DownloadVersion
    name = "download_versions"
    icon = "history"
    add_to_admin_menu = False
    copy_view_enabled = False
    search_backend_name = None
    form_fields = ["valid_from", "valid_until", "live"]
    index_view_class = DownloadVersionIndexView
    add_view_class = DownloadVersionCreateView
    list_display = [
        "version",
        "download",
        Column("valid_until", label=_("gültig bis")),
        BooleanColumn("live", label=_("veröffentlicht")),
    ]


class DownloadChooserViewSet(ChooserViewSet):
    """The dialog that chooses a download for a page."""

    model = Download
    name = "download_chooser"
    icon = "download"
    choose_one_text = _("Download auswählen")
    choose_another_text = _("Anderen Download auswählen")
    edit_item_text = _("Diesen Download bearbeiten")


download_viewset = DownloadViewSet()
download_version_viewset = DownloadVersionViewSet()
download_chooser_viewset = DownloadChooserViewSet("download_chooser")
