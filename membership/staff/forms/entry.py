"""What the office says about a paper before and beside what stands on it."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from membership.forms.files import DocumentField
from portal.association.enums import ApplicantKind, MembershipType

CHOOSE_AGAIN = _("Bitte wählen Sie den Scan noch einmal aus.")


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
    """When the paper came, whether it is signed.

    A browser does not send a file again by itself: once a scan was chosen, the application is stored only with a scan,
    or when somebody says that it goes without.
    """

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
    without_scan = forms.BooleanField(label=_("Ohne Scan erfassen"), required=False)
    scan_chosen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["received_on"].initial = timezone.localdate
        sent = bool(self.files.getlist("scan")) if self.is_bound else False
        self.scan_came = sent
        if sent or self.data.get("scan_chosen"):
            data = cast("QueryDict", self.data).copy()
            data["scan_chosen"] = "1"
            self.data = data
        else:
            del self.fields["without_scan"], self.fields["scan_chosen"]

    @classmethod
    def unchecked(cls, data: QueryDict, files: MultiValueDict[str, UploadedFile]) -> "PaperForm":
        """Return a form that shows what was typed, without checking it."""
        form = cls(data, files)
        form._errors = ErrorDict()  # type: ignore[attr-defined]
        form.cleaned_data = {}
        return form

    def clean(self) -> dict[str, Any]:
        """Refuse to leave out a scan that was chosen before, unless that is wanted."""
        cleaned = super().clean() or self.cleaned_data
        expected = cleaned.get("scan_chosen") and not cleaned.get("without_scan")
        if expected and not cleaned.get("scan") and "scan" not in self.errors:
            self.add_error("scan", CHOOSE_AGAIN)
        return cleaned

    def ask_again(self) -> None:
        """Say that the file that came is not kept; where something is wrong with it, that is said already."""
        if self.scan_came and "scan" not in self.errors:
            self.add_error("scan", CHOOSE_AGAIN)
