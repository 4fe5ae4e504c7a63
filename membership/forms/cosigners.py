"""What is asked about the persons who confirm a group's application: when they are named, and when they confirm."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.definition import FieldType
from membership.fields import DIGITAL_COLUMNS
from membership.forms.inputs import NOT_TICKED, TextInput, make_cell
from membership.forms.rows import cell_name
from membership.models.signature import fold_name

if TYPE_CHECKING:
    from membership.forms.application import ApplicationForm

CONTACT_NOT_ALLOWED = _("Die Kontaktperson zählt nach den Regeln des Vereins nicht zu den fünf Mitunterzeichnenden.")


class CosignerForm(forms.Form):
    """One person to be invited, with the columns of the one definition."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in DIGITAL_COLUMNS:
            self.fields[column.name] = make_cell(column, label=str(column.label), required=column.required)


class ConfirmingForm(forms.Form):
    """What an invited person types and ticks."""

    use_required_attribute = False

    name = TextInput(
        label=_("Ihr Vor- und Nachname"),
        help_text=_("Bitte schreiben Sie Ihren Namen so, wie er in der E-Mail steht."),
        longest=DIGITAL_COLUMNS[0].max_length,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    declares = forms.BooleanField(
        label=_("Ich gebe die Erklärung ab, die oben steht."), error_messages={"required": NOT_TICKED}
    )
    of_full_age = forms.BooleanField(label=_("Ich bin volljährig."), error_messages={"required": NOT_TICKED})


def refuse_contact_as_cosigner(form: "ApplicationForm") -> None:
    """Add an error to rows that name the contact person where the association's setting keeps them out."""
    if form.offer.association.contact_may_cosign:
        return
    contact = {
        "name": fold_name(form.cleaned_data.get("contact_name") or ""),
        "email": (form.cleaned_data.get("email") or "").lower(),
    }
    for count in form.row_counts.values():
        if count.field.name != "cosigners":
            continue
        for row in range(1, count.rows + 1):
            for column in count.field.columns:
                name = cell_name(count.field, row, column)
                value = form.cleaned_data.get(name, "")
                mark = value.lower() if column.field_type is FieldType.EMAIL else fold_name(value)
                if mark and mark == contact.get(column.name):
                    form.add_error(name, CONTACT_NOT_ALLOWED)
