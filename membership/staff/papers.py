"""The office records what came: the signed original, and the rows of a group."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.cosigner_list import cosigner_list
from membership.domain import record_original, record_signature
from membership.domain.errors import ApplicationError
from membership.staff.base import StaffView, StepView
from membership.staff.forms.papers import OriginalForm, row_forms


class OriginalView(StepView):
    """The office records that the signed application came."""

    action = permissions.RECORD
    names_missing = True
    page_title = gettext_lazy("Eingang eintragen")
    explanation = gettext_lazy("Tragen Sie ein, wann und in welcher Form der unterschriebene Antrag eingegangen ist.")

    def get_forms(self, data: Any = None) -> list[Any]:
        return [OriginalForm(data, application=self.application)]

    def take(self, forms: list[Any]) -> str:
        receipt = record_original(self.application, recorded_by=self.user, **forms[0].cleaned_data)
        if receipt.edition == receipt.application.edition:
            return _("Der Eingang ist eingetragen.")
        return _(
            "Der Eingang ist eingetragen. Das Papier zeigt aber eine frühere Fassung und zählt nicht: Der Antrag muss "
            "neu unterschrieben werden."
        )


class SignatureCountView(StaffView):
    """How many of a group have confirmed: asked again and again by the page of an application, and not logged."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Say it without a name; 404 where nobody confirms."""
        if not self.application.is_group:
            raise Http404
        return JsonResponse(cosigner_list(self.application).live_count)


class SignaturesView(StepView):
    """The office records a group's five rows."""

    action = permissions.RECORD
    names_missing = True
    page_title = gettext_lazy("Unterschriften eintragen")
    template_name = "membership/admin/application_signatures.html"
    explanation = gettext_lazy(
        "Übertragen Sie die fünf Zeilen vom Papier. Haken Sie nur an, was unterschrieben ist; jede Person zählt einmal."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        return row_forms(self.application, data)

    def take(self, forms: list[Any]) -> str:
        changed = [form for form in forms if form.has_changed()]
        with transaction.atomic():
            for form in changed:
                self.record(form)
        return _("Die Unterschriften sind eingetragen.") if changed else _("Es hat sich nichts geändert.")

    def record(self, form: Any) -> None:
        """Record one row; a refusal names the row."""
        try:
            record_signature(self.application, position=form.position, recorded_by=self.user, **form.cleaned_data)
        except ApplicationError as error:
            form.add_error(None, error.for_staff)
            sentence = _("Zeile %(number)s: %(error)s Es wurde nichts eingetragen.")
            raise ApplicationError(sentence % {"number": form.position, "error": error.for_staff}) from error
