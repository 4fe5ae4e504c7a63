"""Encrypted columns: sealed in the database, plain to those who ask for the value, hidden everywhere else."""

import base64
import io
from collections.abc import Iterator

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection, models
from django.test.utils import isolate_apps
from wagtail.models import Site

from portal.privacy.fields import EncryptedTextField, SecretText
from portal.privacy.rotation import encrypted_fields, reseal
from portal.privacy.sealing import DamagedSeal, key_id_of

IBAN = "DE89370400440532013000"


with isolate_apps("portal.privacy"):

    class Sealed(models.Model):
        """A table of this test's own; no other test sees the model."""

        iban = EncryptedTextField(blank=True)
        holder = EncryptedTextField(null=True)

        class Meta:
            app_label = "privacy"
            db_table = "tests_sealed"

        def __str__(self) -> str:
            return str(self.pk)


@pytest.fixture(autouse=True)
def _table(transactional_db) -> Iterator[None]:
    with connection.schema_editor() as editor:
        editor.create_model(Sealed)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Sealed)


def stored(column: str = "iban") -> list[str | None]:
    """Return the column as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM tests_sealed ORDER BY id")  # noqa: S608 - the test's own column
        return [row[0] for row in cursor.fetchall()]


def test_the_database_never_sees_the_text():
    Sealed.objects.create(iban=IBAN, holder=None)

    [value] = stored()
    assert value.startswith("test:")
    assert IBAN not in value
    assert Sealed.objects.get().iban == IBAN
    assert stored("holder") == [None]


def test_empty_stays_empty():
    Sealed.objects.create(iban="")

    assert stored() == [""]
    assert Sealed.objects.get().iban == ""


def test_saving_bulk_writing_and_updating_all_seal():
    Sealed.objects.bulk_create([Sealed(iban="A"), Sealed(iban="B")])
    Sealed.objects.filter(pk=Sealed.objects.first().pk).update(iban="C")
    last = Sealed.objects.last()
    last.iban = "D"
    last.save(update_fields=["iban"])

    assert [value.partition(":")[0] for value in stored()] == ["test", "test"]
    assert list(Sealed.objects.order_by("pk").values_list("iban", flat=True)) == ["C", "D"]


def test_a_value_copied_to_another_column_is_noticed():
    Sealed.objects.create(iban=IBAN)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tests_sealed SET holder = iban")

    with pytest.raises(DamagedSeal):
        Sealed.objects.get()


def test_neither_repr_nor_serialization_shows_the_text():
    written = Sealed(iban=IBAN)
    written.save()
    read = Sealed.objects.get()

    for shown in (repr(written.iban), repr(read.iban), repr(vars(read)), f"{[read.iban]}", repr(written)):
        assert IBAN not in shown
    assert repr(read.iban) == "SecretText(•••)"
    assert isinstance(written.iban, SecretText)
    assert IBAN not in serializers.serialize("json", [read])


@pytest.mark.parametrize("lookup", ["iban", "iban__contains", "iban__in", "iban__startswith"])
def test_the_column_cannot_be_searched(lookup):
    with pytest.raises(FieldError):
        Sealed.objects.filter(**{lookup: IBAN}).exists()


def test_only_whether_there_is_a_value_can_be_asked():
    Sealed.objects.create(iban=IBAN)

    assert Sealed.objects.filter(holder__isnull=True).count() == 1


def test_rotation_seals_everything_with_the_first_key(settings):
    Sealed.objects.create(iban=IBAN, holder="Ada Muster")
    Sealed.objects.create(iban="")
    new = "neu:" + base64.b64encode(b"n" * 32).decode()
    settings.DATA_KEYS = [new, *settings.DATA_KEYS]

    assert [reseal(Sealed._meta.get_field(name)) for name in ("iban", "holder")] == [1, 1]

    settings.DATA_KEYS = [new]
    assert [key_id_of(value) for value in stored()] == ["neu", ""]
    assert Sealed.objects.values_list("iban", "holder").first() == (IBAN, "Ada Muster")


def test_the_command_says_what_it_did(monkeypatch):
    Sealed.objects.create(iban=IBAN)
    field = Sealed._meta.get_field("iban")
    monkeypatch.setattr("portal.privacy.management.commands.rotate_data_keys.encrypted_fields", lambda: [field])
    out = io.StringIO()
    call_command("rotate_data_keys", stdout=out)

    assert out.getvalue().splitlines() == [
        "sealed, iban: 1 neu verschlüsselt",
        "Zweiter Faktor: 0 neu verschlüsselt",
        "Fertig. Gültig ist jetzt der Schlüssel „test“; ältere werden nicht mehr gebraucht.",
    ]


def test_encrypted_fields_of_all_tables_are_found(monkeypatch):
    monkeypatch.setattr("portal.privacy.rotation.apps.get_models", lambda: [Site, Sealed])

    assert [field.name for field in encrypted_fields()] == ["iban", "holder"]
