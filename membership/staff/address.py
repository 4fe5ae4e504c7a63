"""The office changes an application's mail address."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.domain import change_email
from membership.forms.email import EmailForm
from membership.staff.base import StepView


class EmailView(StepView):
    """Another address, because the applicant asks for it by post, phone or in person."""

    action = permissions.RECORD
    page_title = gettext_lazy("E-Mail-Adresse ändern")
    button = gettext_lazy("Adresse ändern")
    explanation = gettext_lazy(
        "Fragen Sie vorher am Telefon oder persönlich nach, ob die Bitte von der antragstellenden Seite kommt. An die "
        "neue Adresse geht ein neuer Link zum Antrag, an die bisherige ein Hinweis ohne Einzelheiten. Alle früheren "
        "Links gelten danach nicht mehr."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        return [EmailForm(data, label=_("Neue E-Mail-Adresse"))]

    def take(self, forms: list[Any]) -> str:
        change_email(self.application, email=forms[0].cleaned_data["email"], changed_by=self.user)
        return _("Die E-Mail-Adresse ist geändert. Der neue Link ist unterwegs.")
