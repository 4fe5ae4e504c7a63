"""Columns of a dues order: a set of choices, and figures that people type in German."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from dues.money import format_number, parse_amount

NOT_NEGATIVE = [MinValueValidator(Decimal(0), message=_("Der Wert darf nicht negativ sein."))]
PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,4})?", re.ASCII)


class ChoiceSetField(models.JSONField):
    """A list of values of one TextChoices class: each at most once, in the order of the class, not empty unless blank.

    Values that are no choice are refused by ``clean`` with a German message.
    """

    def __init__(self, *args: Any, enum: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        # Migrations rebuild the field without its choices: a new choice is no change of the table.
        self.enum = enum
        kwargs.setdefault("default", list)
        super().__init__(*args, **kwargs)

    @property
    def _values(self) -> list[str]:
        return self.enum.values if self.enum else []

    def to_python(self, value: Any) -> list[str]:
        return self._in_order(value or [])

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        value = self._in_order(getattr(model_instance, self.attname) or [])
        setattr(model_instance, self.attname, value)
        return value

    def validate(self, value: list[str], model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if unknown := [item for item in value if item not in self._values]:
            raise ValidationError(_("„%(value)s“ steht nicht zur Auswahl."), params={"value": unknown[0]})

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.TypedMultipleChoiceField(
            choices=self.enum.choices if self.enum else [],
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def _in_order(self, values: Iterable[Any]) -> list[str]:
        known = [str(item) for item in values]
        ordered = [value for value in self._values if value in known]
        return ordered + sorted({value for value in known if value not in self._values})


class AmountInput(forms.TextInput):
    """An amount is shown as it is typed: ``1.200,00``."""

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, Decimal):
            return super().format_value(value)
        whole, _point, decimals = format_number(value).partition(",")
        return f"{whole},{decimals:0<2}"


class AmountFormField(forms.DecimalField):
    """Reads what ``dues.money.parse_amount`` understands."""

    widget: type[forms.Widget] = AmountInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            return parse_amount(value)
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal"}


class PercentInput(AmountInput):
    """A percentage is shown without superfluous zeros: ``0,11``."""

    def format_value(self, value: Any) -> str | None:
        return format_number(value) if isinstance(value, Decimal) else super().format_value(value)


class PercentFormField(AmountFormField):
    """A percentage with up to four decimal places: ``0,11`` and ``0.11`` are the same, nothing groups thousands."""

    widget = PercentInput

    def to_python(self, value: Any) -> Any:
        typed = value.strip().removesuffix("%").strip() if isinstance(value, str) else value
        if not isinstance(typed, str) or not typed:
            return forms.DecimalField.to_python(self, typed)
        if not PERCENT.fullmatch(typed):
            raise ValidationError(_("Bitte geben Sie einen Prozentsatz ein, zum Beispiel 0,11."), code="invalid")
        return Decimal(typed.replace(",", "."))


class AmountField(models.DecimalField):
    """Euros with cents, not negative."""

    form_class: type[forms.Field] = AmountFormField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 10)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("validators", NOT_NEGATIVE)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        # For migrations it is the column it is: how people type an amount changes no table.
        return name, "django.db.models.DecimalField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field | None:  # type: ignore[override]
        return super().formfield(**{**kwargs, "form_class": self.form_class, "localize": False})


class PercentField(AmountField):
    """A percentage, 0.11 for 0.11 %."""

    form_class = PercentFormField
