"""What is stored about an application, field by field, as far as the catalogue says that the applicant reads it.

The catalogue of personal fields decides: a field declared there with the applicant among its readers is handed out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from membership.answers import text_of
from membership.fields import field_named
from membership.mail_kinds import ACCEPTED, REJECTED
from membership.models import Application, Letter, Member
from portal.association.enums import ApplicantKind
from portal.privacy.catalogue import Reader, personal_data

DECISIONS = (ACCEPTED, REJECTED)
LABELS = {"folded_name": gettext_lazy("Name für Vergleiche"), "kind": gettext_lazy("Art")}
"""What people call a field whose own name would not tell them anything."""


@dataclass(frozen=True)
class StoredField:
    """One field: its name and JSON value for machines, label and text for people (empty: nothing is stored)."""

    name: str
    value: Any
    label: str
    text: str


@dataclass(frozen=True)
class StoredRow:
    """One row of the table ``model`` (its name in lower case), called ``title`` by people."""

    model: str
    title: str
    fields: list[StoredField]


def stored_rows(application: Application) -> list[StoredRow]:
    """Return every row that belongs to the application, the application's own first.

    ``application`` is as the applicant is told of it: as long as a decision can be taken back, it has none.
    """
    found: dict[type[Model], tuple[str, list[str]]] = {}
    for entry in personal_data():
        if entry.belongs_to is not None and Reader.APPLICANT in entry.readers:
            found.setdefault(entry.model_class, (entry.belongs_to, []))[1].extend(entry.fields)
    models = sorted(found, key=lambda model: (model is not Application, model._meta.model_name))
    return [
        StoredRow(str(model._meta.model_name), str(model._meta.verbose_name), [_field(row, name) for name in names])
        for model in models
        for lookup, names in [found[model]]
        for row in _rows(application, model, lookup)
    ]


def told_letters(application: Application) -> QuerySet[Letter]:
    """Return the letters to the applicant, oldest first, without one about a decision that is none (any more)."""
    letters = application.letters.order_by("created_at", "pk")
    untold = letters.filter(kind__in=DECISIONS)
    if application.decision_recorded_at:
        untold = untold.filter(created_at__lt=application.decision_recorded_at)
    return letters.exclude(pk__in=untold.values("pk"))


def _rows(application: Application, model: type[Model], lookup: str) -> Iterator[Model]:
    if model is Application:
        yield application
    elif model is Letter:
        yield from told_letters(application)
    elif model is not Member or application.is_decided:
        yield from model._default_manager.filter(**{lookup: application.pk}).order_by("pk")


def _field(row: Model, name: str) -> StoredField:
    label = LABELS.get(name, getattr(row._meta.get_field(name), "verbose_name", name))
    return StoredField(name, plain(getattr(row, name)), str(label), _text(row, name))


def _answer(row: Model, key: str, value: Any) -> str:
    """Return an answer with its question, as people read it; the form may have lost the question since."""
    try:
        field = field_named(key)
    except KeyError:
        return f"{key}: {value}"
    label = field.label_for(ApplicantKind(row.kind)) if isinstance(row, Application) else field.label
    return f"{label}: {text_of(field, value) or _('Nein')}"


def plain(value: Any) -> Any:
    """Return ``value`` as JSON: days and times in ISO 8601, amounts as text, another record by what it is called."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | list | dict):
        return value
    return str(value)


def _text(row: Model, name: str) -> str:
    value = getattr(row, name)
    if value is None or value in ("", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Ja") if value else _("Nein")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j. F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j. F Y")
    if isinstance(value, dict):
        return "\n".join(_answer(row, key, each) for key, each in value.items())
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    if isinstance(value, Decimal | int):
        return str(value)
    shown = getattr(row, f"get_{name}_display", None)
    return str(shown() if shown else value)
