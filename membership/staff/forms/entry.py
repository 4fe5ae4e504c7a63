"""What the office says about a paper before and beside what stands on it."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from membership.forms.files import DocumentField
from portal.association.enums import ApplicantKind, MembershipType


class PaperChoiceForm(forms.Form):
    """Who applies, for what, and by which versions."""

    kind = forms.ChoiceField(label=_("Art"), choices=ApplicantKind.choices, widget=forms.RadioSelect)
    membership_type = forms.ChoiceField(
        label=_("Mitgliedschaft"), choices=MembershipType.choices, widget=forms.RadioSelect
    )
    valid_on = forms.DateField(
        label=_("Fassungen vom"),
        widget=AdminDateInput,
        initial=timezone.localdate,
        help_text=_(
            "Welche Fassung von Satzung, Erklärungen und Beitragsordnung auf dem Papier steht. Bei einem älteren "
            "Formular geben Sie einen Tag an, an dem sie galt."
        ),
    )

    def clean_valid_on(self) -> dt.date:
        """Refuse a day to come: nobody can have signed what was not in force."""
        day: dt.date = self.cleaned_data["valid_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Bitte geben Sie einen Tag an, der nicht in der Zukunft liegt."))
        return day


class PaperForm(forms.Form):
    """When the paper came, whether it is signed."""

    received_on = forms.DateField(label=_("Mit der Post eingegangen am"), widget=AdminDateInput)
    is_signed = forms.BooleanField(
        label=_("Das Papier ist unterschrieben"),
        required=False,
        help_text=_("Trägt den Eingang des unterschriebenen Originals gleich mit ein."),
    )
    scan = DocumentField(
        label=_("Scan des Papiers"),
        required=False,
        help_text=_("Freiwillig: PDF, JPEG oder PNG, mehrere Seiten als mehrere Bilder."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["received_on"].initial = timezone.localdate
