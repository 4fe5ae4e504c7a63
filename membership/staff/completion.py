"""The office makes an application ready: checks lines, asks for what is missing, says that the board can decide."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.domain import (
    answer_completion,
    check_line,
    completeness,
    mark_ready,
    reopen_application,
    request_completion,
    withdraw_application,
)
from membership.staff.base import StepView
from membership.staff.forms.completion import AnswerForm, CompletionForm


class OfficeStepView(StepView):
    """A step of the office."""

    action = permissions.RECORD


class CheckLineView(OfficeStepView):
    """The office has looked at one line of the list, or takes that back."""

    page_title = gettext_lazy("Punkt prüfen")
    button = gettext_lazy("Als geprüft eintragen")

    def take(self, forms: list[Any]) -> str:
        is_done = self.request.POST.get("done", "1") == "1"
        check_line(self.application, code=self.kwargs["code"], checked_by=self.user, is_done=is_done)
        return _("Der Punkt ist abgehakt.") if is_done else _("Der Haken ist zurückgenommen.")


class ReadyView(OfficeStepView):
    """The office says that the board can decide."""

    names_missing = True
    page_title = gettext_lazy("Als beschlussreif eintragen")
    button = gettext_lazy("Als beschlussreif eintragen")
    explanation = gettext_lazy(
        "Der Vorstand bekommt den Hinweis, dass er über diesen Antrag entscheiden kann. Die Angaben können danach nur "
        "noch geändert werden, bis die Abstimmung beginnt."
    )

    def take(self, forms: list[Any]) -> str:
        mark_ready(self.application, marked_by=self.user)
        return _("Der Antrag ist beschlussreif. Der Vorstand bekommt einen Hinweis.")


class ReopenView(OfficeStepView):
    """The office takes a ready application back."""

    page_title = gettext_lazy("Zurück in die Bearbeitung")
    button = gettext_lazy("Zurück in die Bearbeitung nehmen")
    explanation = gettext_lazy("Der Vorstand kann dann erst wieder entscheiden, wenn der Antrag beschlussreif ist.")

    def take(self, forms: list[Any]) -> str:
        reopen_application(self.application, reopened_by=self.user)
        return _("Der Antrag ist wieder in Bearbeitung.")


class WithdrawView(OfficeStepView):
    """The office enters a withdrawal that came by post or phone."""

    is_final = True
    page_title = gettext_lazy("Rückzug eintragen")
    button = gettext_lazy("Rückzug eintragen")
    explanation = gettext_lazy(
        "Für Anträge, die mit der Post, am Telefon oder per E-Mail zurückgezogen wurden. Der Antrag ist damit beendet."
    )

    def take(self, forms: list[Any]) -> str:
        withdraw_application(self.application, withdrawn_by=self.user)
        return _("Der Antrag ist zurückgezogen.")


class RequestCompletionView(OfficeStepView):
    """The office asks for what is missing."""

    page_title = gettext_lazy("Rückfrage stellen")
    button = gettext_lazy("Rückfrage abschicken")
    explanation = gettext_lazy(
        "Die antragstellende Seite bekommt die Liste und Ihre Nachricht. Bis zur Antwort ist die Frist angehalten."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        notes = [line.note for line in completeness(self.application) if not line.is_done]
        return [CompletionForm(notes, data)]

    def take(self, forms: list[Any]) -> str:
        form = forms[0]
        request_completion(
            self.application, points=form.points, message=form.cleaned_data["message"], requested_by=self.user
        )
        return _("Die Rückfrage ist gestellt. Die Frist ist bis zur Antwort angehalten.")


class AnswerCompletionView(OfficeStepView):
    """The office enters an answer that came by post or phone."""

    page_title = gettext_lazy("Antwort eintragen")
    button = gettext_lazy("Antwort eintragen")
    explanation = gettext_lazy("Für Antworten, die mit der Post, am Telefon oder per E-Mail kamen.")

    def get_forms(self, data: Any = None) -> list[Any]:
        return [AnswerForm(data)]

    def take(self, forms: list[Any]) -> str:
        answer_completion(self.application, answer=forms[0].cleaned_data["answer"], answered_by=self.user)
        return _("Die Antwort ist eingetragen. Die Frist läuft weiter.")
