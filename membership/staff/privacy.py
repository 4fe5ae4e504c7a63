"""Who looked at an application, and erasing it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from membership import permissions
from membership.domain import erase_application
from membership.history import actor_of, words_for
from membership.spreadsheet import CONTENT_TYPE, render_list
from membership.staff.base import StaffView, StepView
from membership.staff.panels import ApplicationPanel
from portal.privacy import audit


class ErasurePanel(ApplicationPanel):
    """The way to erasing."""

    name = "erasure"

    def is_shown(self) -> bool:
        return self.may(permissions.RECORD)


class AccessView(StaffView):
    """Who looked at this application, its files and its bank data, as a workbook: the answer to Art. 15 GDPR."""

    action = permissions.RECORD

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the file; the views of the last weeks are there, older ones are deleted with the logs."""
        entries = audit.views().filter(pk__in=audit.entries_of(self.application)).select_related("actor")
        columns = [(_("Zeitpunkt"), 18), (_("Person"), 30), (_("Vorgang"), 40)]
        rows = [
            (f"{timezone.localtime(entry.at):%d.%m.%Y %H:%M}", actor_of(entry), words_for(entry))
            for entry in entries.order_by("at", "pk")
        ]
        audit.record(self.application, "access_exported", actor=self.user)
        name = f"Zugriffe-{self.application.reference}.xlsx"
        return HttpResponse(
            render_list(_("Zugriffe"), columns, rows),
            content_type=CONTENT_TYPE,
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )


class EraseForm(forms.Form):
    """The reference, typed: erasing cannot be taken back."""

    reference = forms.CharField(
        label=gettext_lazy("Vorgangsnummer"),
        max_length=20,
        help_text=gettext_lazy("Zur Sicherheit: Tippen Sie die Vorgangsnummer dieses Antrags ein."),
    )

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_reference(self) -> str:
        """Refuse any other."""
        typed = str(self.cleaned_data["reference"]).strip().upper()
        if typed != self.expected.upper():
            raise forms.ValidationError(_("Das ist nicht die Vorgangsnummer dieses Antrags. Bitte prüfen Sie sie."))
        return typed


class EraseView(StepView):
    """The office erases an application because the person asks for it."""

    action = permissions.RECORD
    is_final = True
    page_title = gettext_lazy("Antrag löschen")
    button = gettext_lazy("Endgültig löschen")
    explanation = gettext_lazy(
        "Gelöscht werden alle Angaben, Dateien, Unterschriften, Bankdaten, wartenden E-Mails und die Einträge im "
        "Protokoll. Es bleibt eine Zeile mit Vorgangsnummer, Tag und Ihrem Namen. Das lässt sich nicht rückgängig "
        "machen."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        return [EraseForm(data, expected=self.application.reference)]

    def take(self, forms: list[Any]) -> str:
        erase_application(self.application, erased_by=self.user)
        return _("Der Antrag %(reference)s ist gelöscht.") % {"reference": self.application.reference}

    def back(self, message: str) -> HttpResponse:
        """There is no page of this application any more: return to the list."""
        messages.success(self.request, message)
        return redirect("membership_applications:index")
