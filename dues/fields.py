"""A set of choices in one column, the same on SQLite and PostgreSQL."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


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
