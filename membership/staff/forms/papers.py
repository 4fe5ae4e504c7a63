"""What the office enters about papers: days, forms and the rows of a group."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from membership.domain.papers import RECORDED_FORMS
from membership.enums import SignatureStanding
from membership.fields import MOST_SIGNATURES, SIGNATURES_NEEDED
from membership.models import Application
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings


class OriginalForm(forms.Form):
    """In which form the signed application came, when, and which edition of the paper was signed.

    The edition is always sent along: a correction made while the page was open does not make the paper a newer one.
    """

    received_on = forms.DateField(label=gettext_lazy("Eingegangen am"), widget=AdminDateInput)
    form = forms.ChoiceField(label=gettext_lazy("Form"))
    edition = forms.TypedChoiceField(
        label=gettext_lazy("Prüfzeichen auf dem Papier"),
        coerce=int,
        help_text=gettext_lazy(
            "Es steht unten auf jedem Blatt. Ein Papier ohne Prüfzeichen gehört zur ersten Fassung."
        ),
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        accepted = AssociationSettings.load().accepted_forms
        cast("forms.ChoiceField", self.fields["form"]).choices = [
            (form.value, form.label) for form in AcceptedForm if form in accepted and form in RECORDED_FORMS
        ]
        cast("forms.ChoiceField", self.fields["edition"]).choices = editions_of(application)


def editions_of(application: Application) -> list[tuple[Any, str]]:
    """Return what the paper may show; where there is more than one, none is chosen for the reader."""
    current = (application.edition, _("%(mark)s – gilt jetzt") % {"mark": application.fingerprint})
    if application.edition == 1:
        return [current]
    earlier = [
        (number, _("frühere Fassung, endet mit -%(number)s") % {"number": number})
        for number in range(2, application.edition)
    ]
    first = (1, _("erste Fassung, ohne Zahl am Ende"))
    return [("", _("Bitte wählen")), current, *reversed(earlier), first]


class SignatureRowForm(forms.Form):
    """One row on the paper of a group."""

    present = forms.BooleanField(label=gettext_lazy("Unterschrift vorhanden"), required=False)
    name = forms.CharField(label=gettext_lazy("Name in Druckbuchstaben"), max_length=120, required=False)
    function = forms.CharField(label=gettext_lazy("Funktion"), max_length=120, required=False)
    signed_on = forms.DateField(label=gettext_lazy("Datum der Unterschrift"), required=False, widget=AdminDateInput)


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
