"""The office's steps with a group's invitations: resend, take back, give the row to somebody else, invite one more."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership import permissions
from membership.domain import add_cosigner, replace_cosigner, resend_invitation, revoke_invitation
from membership.forms.cosigners import CosignerForm
from membership.models import CoSignature
from membership.staff.base import StepView


class InvitationView(StepView):
    """A step with one row, which its number names; 404 where no group applies or no such row is."""

    action = permissions.RECORD

    def row(self) -> CoSignature:
        """Return the row the address names."""
        return get_object_or_404(self.application.cosignatures, position=self.kwargs["position"])

    def get_forms(self, data: Any = None) -> list[Any]:
        self.row()
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"missing": [], "about": self.about()}

    def about(self) -> str:
        """Say whose row it is."""
        row = self.row()
        return _("Zeile %(number)s: %(name)s") % {"number": row.position, "name": row.name}


class ResendView(InvitationView):
    """A new link; the earlier one stops working."""

    page_title = gettext_lazy("Neuen Link schicken")
    button = gettext_lazy("Neuen Link schicken")
    explanation = gettext_lazy(
        "Die Person bekommt eine E-Mail mit einem neuen Link, der 14 Tage gilt. Der frühere Link gilt dann nicht mehr."
    )

    def take(self, forms: list[Any]) -> str:
        resend_invitation(self.row(), done_by=self.user)
        return _("Die Person bekommt eine E-Mail mit einem neuen Link.")


class RevokeView(InvitationView):
    """The link stops working, nobody takes the place yet."""

    page_title = gettext_lazy("Einladung zurücknehmen")
    button = gettext_lazy("Einladung zurücknehmen")
    explanation = gettext_lazy("Der Link der Person gilt dann nicht mehr. Sie können sie später neu einladen.")

    def take(self, forms: list[Any]) -> str:
        revoke_invitation(self.row(), done_by=self.user)
        return _("Die Einladung ist zurückgenommen. Der Link gilt nicht mehr.")


class ReplaceView(InvitationView):
    """The row belongs to somebody else, or to the same person with a corrected name or address."""

    page_title = gettext_lazy("Berichtigen oder ersetzen")
    button = gettext_lazy("Speichern und einladen")
    explanation = gettext_lazy(
        "Berichtigen Sie Namen oder Adresse, oder tragen Sie eine andere Person ein. Sie bekommt eine Einladung; ein "
        "früherer Link gilt dann nicht mehr."
    )

    def get_forms(self, data: Any = None) -> list[Any]:
        row = self.row()
        return [CosignerForm(data, initial={"name": row.name, "email": row.email, "function": row.function})]

    def take(self, forms: list[Any]) -> str:
        replace_cosigner(self.row(), done_by=self.user, **forms[0].cleaned_data)
        return _("Der Eintrag ist geändert. Die Person bekommt eine Einladung.")


class AddView(InvitationView):
    """One more person is invited."""

    page_title = gettext_lazy("Weitere Person einladen")
    button = gettext_lazy("Person einladen")
    explanation = gettext_lazy("Möglich sind bis zu fünfzehn Personen.")

    def get_forms(self, data: Any = None) -> list[Any]:
        if not self.application.is_group:
            raise Http404
        return [CosignerForm(data)]

    def about(self) -> str:
        return ""

    def take(self, forms: list[Any]) -> str:
        add_cosigner(self.application, done_by=self.user, **forms[0].cleaned_data)
        return _("Die Person ist eingetragen. Sie bekommt eine Einladung.")
