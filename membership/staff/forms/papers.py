"""What the office enters about papers: days, forms and the rows of a group."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from membership.domain.papers import RECORDED_FORMS
from membership.enums import SignatureStanding
from membership.fields import MOST_SIGNATURES, SIGNATURES_NEEDED
from membership.models import Application
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings


class OriginalForm(forms.Form):
    """In which form the signed application came, and when."""

    received_on = forms.DateField(label=_("Eingegangen am"), widget=AdminDateInput)
    form = forms.ChoiceField(label=_("Form"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        accepted = AssociationSettings.load().accepted_forms
        cast("forms.ChoiceField", self.fields["form"]).choices = [
            (form.value, form.label) for form in AcceptedForm if form in accepted and form in RECORDED_FORMS
        ]


class SignatureRowForm(forms.Form):
    """One row on the paper of a group."""

    present = forms.BooleanField(label=_("Unterschrift vorhanden"), required=False)
    name = forms.CharField(label=_("Name in Druckbuchstaben"), max_length=120, required=False)
    function = forms.CharField(label=_("Funktion"), max_length=120, required=False)
    signed_on = forms.DateField(label=_("Datum der Unterschrift"), required=False, widget=AdminDateInput)


def row_forms(application: Application, data: Any = None) -> list[SignatureRowForm]:
    """Return one form for each row that paper may fill, with what is known; rows confirmed digitally have none.

    There is always room for five people who are not on the list yet, up to the most a group may have.
    """
    known = {row.position: row for row in application.cosignatures.all()}
    invited = sum(row.generation > 0 for row in known.values())
    last = min(MOST_SIGNATURES, max([SIGNATURES_NEEDED + invited, *known]))
    forms_ = []
    for position in range(1, last + 1):
        row = known.get(position)
        if row and row.standing is SignatureStanding.CONFIRMED:
            continue
        names = ("present", "name", "function", "signed_on")
        initial = {name: getattr(row, name) for name in names} if row else None
        form = SignatureRowForm(data, initial=initial, prefix=f"row{position}")
        form.position = position  # type: ignore[attr-defined]
        form.row = row  # type: ignore[attr-defined]
        forms_.append(form)
    return forms_
