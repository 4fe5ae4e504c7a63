"""The board decides."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.domain import accept_application, reject_application
from membership.staff.base import StepView
from membership.staff.forms.decision import DecisionForm


class AcceptView(StepView):
    """The board accepts."""

    action = permissions.DECIDE
    page_title = gettext_lazy("Antrag annehmen")
    button = gettext_lazy("Antrag annehmen")
    explanation = gettext_lazy(
        "Mit der Annahme beginnt die Mitgliedschaft. Die antragstellende Seite wird per E-Mail informiert."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        return [DecisionForm(data)]

    def take(self, forms: list[Any]) -> str:
        accept_application(self.application, decided_by=self.user, **forms[0].cleaned_data)
        return _("Der Antrag ist angenommen. Die Nachricht darüber ist auf dem Weg.")


class RejectView(AcceptView):
    """The board rejects; no reason is asked for or given."""

    page_title = gettext_lazy("Antrag ablehnen")
    button = gettext_lazy("Antrag ablehnen")
    explanation = gettext_lazy(
        "Die antragstellende Seite wird per E-Mail informiert. Gründe müssen nicht genannt werden und stehen nicht in "
        "der Nachricht."
    )

    def take(self, forms: list[Any]) -> str:
        reject_application(self.application, decided_by=self.user, **forms[0].cleaned_data)
        return _("Der Antrag ist abgelehnt. Die Nachricht darüber ist auf dem Weg.")
