"""From the definition's field types to form fields."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.countries import GERMANY, countries
from membership.definition import YES_NO_CHOICES, Column, Field, FieldType
from membership.forms.checks import check_amount, check_base, check_email, check_iban, check_phone, check_text

MISSING = _("Bitte füllen Sie dieses Feld aus.")
NOT_CHOSEN = _("Bitte wählen Sie eine Möglichkeit aus.")
NOT_TICKED = _("Bitte bestätigen Sie diesen Punkt; ohne ihn können wir den Antrag nicht annehmen.")
NO_SUCH_CHOICE = _("Diese Auswahl gibt es nicht. Bitte wählen Sie eine der angebotenen Möglichkeiten.")


Check = Callable[[str], Any]


class TextInput(forms.CharField):
    """A text checked by the definition's rules and, once it is a text, by ``check``."""

    def __init__(self, *, longest: int, one_line: bool = True, check: Check | None = None, **kwargs: Any):
        self.longest, self.one_line, self.check = longest, one_line, check
        super().__init__(strip=True, error_messages={"required": MISSING}, **kwargs)

    def clean(self, value: Any) -> Any:
        text = check_text(super().clean(value), max_length=self.longest, one_line=self.one_line)
        # Spaces alone are no answer.
        self.validate(text)
        return self.check(text) if text and self.check else text


class ChoiceInput(forms.ChoiceField):
    """One of several, all visible at once."""

    def __init__(self, **kwargs: Any):
        messages = {"required": NOT_CHOSEN, "invalid_choice": NO_SUCH_CHOICE}
        super().__init__(error_messages=messages, **{"widget": forms.RadioSelect, **kwargs})


class AmountInput(TextInput):
    """An amount in euros; empty becomes None."""

    def clean(self, value: Any) -> Decimal | None:
        amount = super().clean(value)
        return None if amount == "" else amount


def make_input(field: Field, *, label: str, help_text: str, required: bool, choices: Any = ()) -> forms.Field:
    """Return the form field for ``field``; ``choices`` (value, label) where they are not the definition's."""
    common: dict[str, Any] = {"label": label, "help_text": help_text, "required": required}
    if field.field_type is FieldType.TICK:
        return forms.BooleanField(error_messages={"required": NOT_TICKED}, **common)
    if field.field_type is FieldType.COUNTRY:
        return ChoiceInput(
            choices=countries, widget=forms.Select(attrs=_attrs(field.autocomplete)), initial=GERMANY, **common
        )
    if field.field_type in (FieldType.CHOICE, FieldType.RATE):
        return ChoiceInput(choices=choices or field.choices.choices, initial=_only(choices), **common)  # type: ignore[union-attr]
    if field.field_type is FieldType.YES_NO:
        return ChoiceInput(choices=YES_NO_CHOICES, **common)
    return _text_input(field.field_type, field.max_length, field.autocomplete, common)


def make_cell(column: Column, *, label: str, required: bool) -> forms.Field:
    """Return the form field for one cell of a repeating row."""
    common = {"label": label, "required": required}
    return _text_input(column.field_type, column.max_length, column.autocomplete, common)


def _text_input(kind: FieldType, longest: int, autocomplete: str, common: dict[str, Any]) -> forms.Field:
    if kind is FieldType.LONG_TEXT:
        return TextInput(longest=longest, one_line=False, widget=forms.Textarea(attrs={"rows": 3}), **common)
    if kind in _AMOUNTS:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        return AmountInput(longest=longest, check=_AMOUNTS[kind], widget=widget, **common)
    if kind is FieldType.IBAN:
        widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"})
        return TextInput(longest=longest, check=check_iban, widget=widget, **common)
    make_widget, check = _SPECIAL_TEXTS.get(kind, (forms.TextInput, None))
    return TextInput(longest=longest, check=check, widget=make_widget(attrs=_attrs(autocomplete)), **common)


_AMOUNTS: dict[FieldType, Check] = {FieldType.AMOUNT: check_amount, FieldType.BASE: check_base}
_SPECIAL_TEXTS: dict[FieldType, tuple[type[forms.widgets.Input], Check]] = {
    FieldType.EMAIL: (forms.EmailInput, check_email),
    FieldType.PHONE: (forms.TelInput, check_phone),
}


def _attrs(autocomplete: str) -> dict[str, str]:
    return {"autocomplete": autocomplete} if autocomplete else {}


def _only(choices: Any) -> str | None:
    """Return the value to be chosen already where there is nothing to choose."""
    return choices[0][0] if len(choices) == 1 else None
