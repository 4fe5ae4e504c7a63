"""A model field that is encrypted in the database."""

from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import IsNull
from django.db.models.query_utils import DeferredAttribute

from portal.privacy.sealing import seal, unseal


class SecretText(str):
    """A text that does not show itself in tracebacks, logs of values and the shell; ``str()`` gives it away."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "SecretText(•••)"


class SecretAttribute(DeferredAttribute):
    """Keeps whatever is assigned to the field from showing itself."""

    def __set__(self, instance: models.Model, value: Any) -> None:
        hidden = SecretText(value) if isinstance(value, str) and not isinstance(value, SecretText) else value
        instance.__dict__[self.field.attname] = hidden


class EncryptedTextField(models.TextField):
    """Text sealed with AES-GCM (see ``portal.privacy.sealing``), bound to its table and column.

    Every saving uses the first key. The database cannot compare such values: only ``isnull`` is a lookup. Empty
    texts stay empty.
    """

    descriptor_class = SecretAttribute

    @property
    def seal_context(self) -> str:
        """What the value is bound to: ``table.column``."""
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if not value or hasattr(value, "resolve_expression"):
            return value
        return seal(str(value), context=self.seal_context)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return SecretText(unseal(value, context=self.seal_context)) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return IsNull
        raise FieldError("encrypted fields cannot be searched")

    def get_transform(self, lookup_name: str) -> None:
        return None

    def value_to_string(self, obj: models.Model) -> str:
        """Serialized forms hold the sealed value, never the text."""
        value = self.value_from_object(obj)
        return seal(str(value), context=self.seal_context) if value else ""
