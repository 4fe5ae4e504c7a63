"""The catalogue of personal fields: what is held about people, why, how long, and who reads it.

Rooms declare their models' fields in ``AppConfig.ready()``. Retention, erasure, export and the table in
docs/datenschutz.md come from here. A field that is declared neither as personal nor as not personal is found by
``undeclared()``, and a test fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.privacy.fields import EncryptedTextField

Text = str | Promise
EVERY_FIELD = "*"


class Basis(models.TextChoices):
    """What allows the association to hold the data (Art. 6 (1) GDPR)."""

    CONSENT = "a", _("Einwilligung (Art. 6 Abs. 1 Buchst. a DSGVO)")
    CONTRACT = "b", _("Beitritt und Mitgliedschaft (Art. 6 Abs. 1 Buchst. b DSGVO)")
    DUTY = "c", _("rechtliche Pflicht (Art. 6 Abs. 1 Buchst. c DSGVO)")
    INTEREST = "f", _("berechtigtes Interesse (Art. 6 Abs. 1 Buchst. f DSGVO)")


class Reader(models.TextChoices):
    """Who sees the data in the portal."""

    SUBJECT = "subject", _("die Person selbst")
    APPLICANT = "applicant", _("antragstellende Seite")
    OFFICE = "office", _("Geschäftsstelle")
    BOARD = "board", _("Vorstand")
    TREASURY = "treasury", _("Kasse")
    EDITORS = "editors", _("Redaktion")
    TECHNICIANS = "technicians", _("technische Administration")
    PUBLIC = "public", _("alle")
    NOBODY = "nobody", _("niemand; nur das Portal selbst")


class DeclaredTwice(ValueError):
    """Two declarations name the same field."""

    def __init__(self, model: str, field: str) -> None:
        super().__init__(f"{model}.{field} is declared twice")


class FieldsNotNamed(ValueError):
    """A table about applicants declares „all that are left“: a field added later would pass unseen."""

    def __init__(self, model: str) -> None:
        super().__init__(f"{model} belongs to an application: name every field that is not personal")


@dataclass(frozen=True)
class PersonalFields:
    """Fields of one model that are held for one purpose.

    ``retention`` names a rule registered with ``portal.privacy.retention``, or says in words what ends the keeping.
    ``belongs_to`` is the lookup from a row to the record it is exported and erased with: empty for that record itself,
    None for data that belongs to no such record (accounts, settings).
    """

    model: str
    fields: tuple[str, ...]
    subjects: Text
    purpose: Text
    basis: Basis
    retention: Text
    readers: tuple[Reader, ...]
    belongs_to: str | None = None

    @cached_property
    def model_class(self) -> type[models.Model]:
        """The model itself."""
        return apps.get_model(self.model)

    @property
    def labels(self) -> list[str]:
        """What people call the fields."""
        return [str(getattr(self.model_class._meta.get_field(name), "verbose_name", name)) for name in self.fields]


@dataclass(frozen=True)
class OtherFields:
    """Fields that hold nothing about a person, and why."""

    model: str
    fields: tuple[str, ...]
    reason: str


Declaration = PersonalFields | OtherFields

_personal: list[PersonalFields] = []
_other: list[OtherFields] = []


def _declarations() -> list[Declaration]:
    return [*_personal, *_other]


def declare_personal(
    model: str,
    fields: tuple[str, ...],
    *,
    subjects: Text,
    purpose: Text,
    basis: Basis,
    retention: Text,
    readers: tuple[Reader, ...],
    belongs_to: str | None = None,
) -> None:
    """Declare that ``fields`` of ``model`` (``app_label.Model``) are personal; see PersonalFields.

    Raises DeclaredTwice when a field was declared otherwise before, FieldsNotNamed when the rows belong to a record and
    „all that are left“ were declared.
    """
    entry = PersonalFields(model, fields, subjects, purpose, basis, retention, readers, belongs_to)
    if entry not in _personal:
        _refuse_second(model, fields)
        if belongs_to is not None and _named(model, EVERY_FIELD):
            raise FieldsNotNamed(model)
        _personal.append(entry)


def declare_not_personal(model: str, fields: tuple[str, ...] = (EVERY_FIELD,), *, reason: str) -> None:
    """Declare that ``fields`` of ``model`` say nothing about a person; without ``fields`` all that are left.

    Addresses, encrypted texts and references to people with access are never covered by „all that are left“, and tables
    whose rows belong to a record name each field: FieldsNotNamed otherwise. Raises DeclaredTwice as above.
    """
    entry = OtherFields(model, fields, reason)
    if entry not in _other:
        _refuse_second(model, fields)
        if EVERY_FIELD in fields and any(each.model == model and each.belongs_to is not None for each in _personal):
            raise FieldsNotNamed(model)
        _other.append(entry)


def personal_data() -> list[PersonalFields]:
    """Return all declarations of personal fields, ordered by model, as they were made within one."""
    return sorted(_personal, key=lambda entry: entry.model)


def undeclared() -> list[str]:
    """Return every field of every table (``app_label.Model.field``) that nobody has declared."""
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in _own_fields(model)
        if not _is_declared(model, field)
    ]


def unknown_names() -> list[str]:
    """Return what declarations name and no model has: a field that was renamed or removed."""
    missing = []
    for entry in _declarations():
        try:
            names = {field.name for field in _own_fields(apps.get_model(entry.model))}
        except LookupError:
            missing.append(entry.model)
            continue
        missing += [f"{entry.model}.{name}" for name in entry.fields if name != EVERY_FIELD and name not in names]
    return missing


def _own_fields(model: type[models.Model]) -> Iterator[models.Field]:
    yield from model._meta.local_fields
    yield from model._meta.local_many_to_many


def _is_declared(model: type[models.Model], field: models.Field) -> bool:
    label = model._meta.label
    if _is_structure(model, field) or _named(label, field.name):
        return True
    speaks_of_people = isinstance(field, (models.EmailField, EncryptedTextField)) or _is_person(field)
    return not speaks_of_people and _named(label, EVERY_FIELD)


def _is_structure(model: type[models.Model], field: models.Field) -> bool:
    """Whether the field only ties rows together: automatic keys, and references to anything but people."""
    if field.primary_key and isinstance(field, models.AutoField):
        return True
    return field.remote_field is not None and not _is_person(field)


def _is_person(field: models.Field) -> bool:
    related = field.remote_field.model if field.remote_field else None
    return isinstance(related, type) and related._meta.label == settings.AUTH_USER_MODEL


def _named(model: str, field: str) -> bool:
    return any(entry.model == model and field in entry.fields for entry in _declarations())


def _refuse_second(model: str, fields: tuple[str, ...]) -> None:
    for field in fields:
        if _named(model, field):
            raise DeclaredTwice(model, field)
