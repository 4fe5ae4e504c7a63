"""What office and board do with one application. Every opening and every step is in the audit log."""

from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from membership import permissions
from membership.answers import describe
from membership.documents import render_application
from membership.domain import (
    accept_application,
    missing_for_acceptance,
    record_original,
    record_signature,
    reject_application,
)
from membership.domain.errors import ApplicationError
from membership.history import history_of, mails_of
from membership.models import Application
from membership.staff_forms import DecisionForm, OriginalForm, row_forms
from portal.accounts.models import User
from portal.privacy import audit


@method_decorator(never_cache, name="dispatch")
class StaffView(WagtailAdminTemplateMixin, TemplateView):
    """A view of one confirmed application; 403 without ``action``'s permission, 404 for what staff may not see."""

    action = permissions.VIEW
    page_title = _("Aufnahmeantrag")
    header_icon = "form"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not permissions.policy.user_has_permission(request.user, self.action):
            return render(request, "403.html", status=403)
        self.application = get_object_or_404(Application.objects.for_staff(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        """Who works here; the admin lets nobody in who has not signed in."""
        return cast("User", self.request.user)

    def get_page_subtitle(self) -> str:
        return self.application.reference

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        detail = {"url": detail_url(self.application), "label": self.application.reference}
        own = [] if type(self) is DetailView else [{"url": "", "label": str(self.page_title)}]
        listing = {"url": reverse("membership_applications:index"), "label": _("Aufnahmeanträge")}
        return [*self.breadcrumbs_items, listing, detail, *own]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"application": self.application, "detail_url": detail_url(self.application)}

    def back(self, message: str) -> HttpResponse:
        """Return to the application with the word that it is done."""
        messages.success(self.request, message)
        return redirect(detail_url(self.application))


def detail_url(application: Application) -> str:
    """Return the admin address of one application: its key, nothing personal."""
    return reverse("membership_applications:inspect", args=[application.pk])


class DetailView(StaffView):
    """Everything that was sent, what is missing, what has happened."""

    template_name = "membership/admin/application_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        audit.record(self.application, "application_opened", actor=self.user)
        user = self.request.user
        missing = missing_for_acceptance(self.application) if self.application.is_open else []
        return super().get_context_data(**kwargs) | {
            "sections": describe(self.application, with_unanswered=True),
            "texts": self.application.text_versions.select_related("text"),
            "receipts": self.application.receipts.select_related("recorded_by"),
            "rows": self.application.cosignatures.select_related("recorded_by"),
            "missing": missing,
            "mails": mails_of(self.application),
            "history": history_of(self.application),
            "may_record": permissions.policy.user_has_permission(user, permissions.RECORD),
            "may_decide": permissions.policy.user_has_permission(user, permissions.DECIDE),
        }


class StepView(StaffView):
    """A step with a form: shown on GET, taken on POST; a refusal stays on the page with what was entered."""

    button = _("Eintragen")
    template_name = "membership/admin/application_step.html"
    explanation = ""

    def get_forms(self, data: Any = None) -> list[Any]:
        """Return the step's forms."""
        raise NotImplementedError

    def take(self, forms: list[Any]) -> str:
        """Call the domain function; return the sentence that says what was done."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(self.get_forms())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forms = self.get_forms(request.POST)
        # Every form is checked, so that all mistakes are shown at once.
        invalid = [form for form in forms if not form.is_valid()]
        if invalid:
            return self.answer(forms, error=_("Bitte prüfen Sie die markierten Angaben. Es wurde nichts eingetragen."))
        try:
            return self.back(self.take(forms))
        except ApplicationError as error:
            return self.answer(forms, error=str(error))

    def answer(self, forms: list[Any], error: str = "") -> HttpResponse:
        """Show the step."""
        context = self.get_context_data(
            forms=forms,
            error=error,
            button=self.button,
            explanation=self.explanation,
            missing=missing_for_acceptance(self.application) if self.application.is_open else [],
        )
        return self.render_to_response(context)


class OriginalView(StepView):
    """The office records that the signed application came."""

    action = permissions.RECORD
    page_title = _("Eingang eintragen")
    explanation = _("Tragen Sie ein, wann und in welcher Form der unterschriebene Antrag eingegangen ist.")

    def get_forms(self, data: Any = None) -> list[Any]:
        return [OriginalForm(data)]

    def take(self, forms: list[Any]) -> str:
        record_original(self.application, recorded_by=self.user, **forms[0].cleaned_data)
        return _("Der Eingang ist eingetragen.")


class SignaturesView(StepView):
    """The office records a group's five rows."""

    action = permissions.RECORD
    page_title = _("Unterschriften eintragen")
    template_name = "membership/admin/application_signatures.html"
    explanation = _(
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
            form.add_error(None, str(error))
            sentence = _("Zeile %(number)s: %(error)s Es wurde nichts eingetragen.")
            raise ApplicationError(sentence % {"number": form.position, "error": error}) from error


class AcceptView(StepView):
    """The board accepts."""

    action = permissions.DECIDE
    page_title = _("Antrag annehmen")
    button = _("Antrag annehmen")
    explanation = _("Mit der Annahme beginnt die Mitgliedschaft. Die antragstellende Seite wird per E-Mail informiert.")

    def get_forms(self, data: Any = None) -> list[Any]:
        return [DecisionForm(data)]

    def take(self, forms: list[Any]) -> str:
        accept_application(self.application, decided_by=self.user, **forms[0].cleaned_data)
        return _("Der Antrag ist angenommen. Die Nachricht darüber ist auf dem Weg.")


class RejectView(AcceptView):
    """The board rejects; no reason is asked for or given."""

    page_title = _("Antrag ablehnen")
    button = _("Antrag ablehnen")
    explanation = _(
        "Die antragstellende Seite wird per E-Mail informiert. Gründe müssen nicht genannt werden und stehen nicht in "
        "der Nachricht."
    )

    def take(self, forms: list[Any]) -> str:
        reject_application(self.application, decided_by=self.user, **forms[0].cleaned_data)
        return _("Der Antrag ist abgelehnt. Die Nachricht darüber ist auf dem Weg.")


class PaperView(StaffView):
    """The prefilled application as PDF, bank data masked."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        audit.record(self.application, "application_pdf_opened", actor=request.user)
        content = render_application(self.application, unmasked=False)
        name = f"Aufnahmeantrag-{self.application.reference}.pdf"
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
        )
