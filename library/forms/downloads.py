"""The form of a download."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from library import generated


class DownloadForm(WagtailAdminModelForm):
    """A download; its name can be chosen once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "name" in self.fields:
            self.fields["name"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        name = cleaned.get("name", "")
        if cleaned.get("live") and not cleaned.get("document") and not generated.is_registered(name):
            self.add_error(
                "document",
                _("Wählen Sie ein Dokument aus, oder nehmen Sie den Haken bei „veröffentlicht“ heraus."),
            )
        return cleaned
