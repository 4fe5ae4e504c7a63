"""Sealing everything anew with the first key, so that an old key can be taken out of the settings."""

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models, transaction

from portal.privacy.fields import EncryptedTextField

BATCH = 200


Reseal = Callable[[], int]

_others: dict[str, Reseal] = {}


def register_sealed(label: str, reseal_all: Reseal) -> None:
    """Let ``reseal_all()`` seal values anew that lie in no encrypted field; it returns how many there are."""
    _others[label] = reseal_all


def other_sealed() -> dict[str, Reseal]:
    """Return what was registered, by what it is called."""
    return dict(_others)


def encrypted_fields() -> Iterator[EncryptedTextField]:
    """Yield every encrypted field of every table."""
    for model in apps.get_models():
        yield from (field for field in model._meta.local_fields if isinstance(field, EncryptedTextField))


def reseal(field: EncryptedTextField) -> int:
    """Seal all values of the field with the first key; returns how many there are."""
    model: type[models.Model] = field.model
    keys = model._base_manager.exclude(**{f"{field.name}__isnull": True}).order_by("pk").values_list("pk", flat=True)
    count = 0
    for pk in keys.iterator(chunk_size=BATCH):
        with transaction.atomic():
            row = model._base_manager.select_for_update().only(field.name).filter(pk=pk).first()
            if row is not None and getattr(row, field.attname):
                model._base_manager.filter(pk=pk).update(**{field.name: getattr(row, field.attname)})
                count += 1
    return count
