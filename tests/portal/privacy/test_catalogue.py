"""No field about a person without an entry: purpose, basis, retention, readers."""

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from portal.privacy import catalogue, retention
from portal.privacy.catalogue import (
    Basis,
    DeclaredTwice,
    FieldsNotNamed,
    Reader,
    declare_not_personal,
    declare_personal,
)
from portal.privacy.fields import EncryptedTextField

ENTRY = {
    "subjects": "Musterpersonen",
    "purpose": "Beispiel",
    "basis": Basis.CONSENT,
    "retention": "ein Tag",
    "readers": (Reader.OFFICE,),
}


@pytest.fixture
def declarations(monkeypatch):
    """Let a test declare what it likes."""
    monkeypatch.setattr(catalogue, "_personal", list(catalogue._personal))
    monkeypatch.setattr(catalogue, "_other", list(catalogue._other))


def test_every_field_of_every_table_is_declared():
    assert catalogue.undeclared() == []


def test_no_declaration_names_a_field_that_is_gone():
    assert catalogue.unknown_names() == []


def test_every_entry_says_everything():
    incomplete = [
        (entry.model, entry.fields)
        for entry in catalogue.personal_data()
        if not (entry.fields and str(entry.subjects) and str(entry.purpose) and str(entry.retention) and entry.readers)
    ]
    assert incomplete == []


def test_every_retention_that_looks_like_a_rule_is_one():
    names = {str(entry.retention) for entry in catalogue.personal_data()}
    assert {name for name in names if " " not in name} <= {rule.name for rule in retention.rules()}


def test_every_row_that_belongs_to_an_application_can_be_found_by_its_lookup():
    for entry in catalogue.personal_data():
        if entry.belongs_to:
            related = entry.model_class._base_manager.filter(**{entry.belongs_to: 0})
            assert related.query.get_initial_alias() == entry.model_class._meta.db_table


@isolate_apps("portal.privacy")
def test_a_new_field_without_an_entry_is_found(declarations, monkeypatch):
    class Guest(models.Model):
        name = models.CharField(max_length=10)
        email = models.EmailField()
        secret = EncryptedTextField()
        host = models.ForeignKey("accounts.User", on_delete=models.CASCADE)
        home = models.ForeignKey("self", on_delete=models.CASCADE)

        class Meta:
            app_label = "privacy"

        def __str__(self):
            return self.name

    Guest._meta.get_field("host").remote_field.model = apps.get_model("accounts.User")
    monkeypatch.setattr(catalogue.apps, "get_models", lambda **options: [Guest])

    assert catalogue.undeclared() == [f"privacy.Guest.{name}" for name in ("name", "email", "secret", "host")]

    declare_not_personal("privacy.Guest", reason="the word for everything")
    assert catalogue.undeclared() == ["privacy.Guest.email", "privacy.Guest.secret", "privacy.Guest.host"]

    declare_personal("privacy.Guest", ("email", "secret", "host"), **ENTRY)
    assert catalogue.undeclared() == []


def test_a_renamed_field_is_found(declarations):
    declare_personal("accounts.User", ("nickname",), **ENTRY)
    declare_not_personal("accounts.Nobody", reason="there is no such table")
    assert catalogue.unknown_names() == ["accounts.User.nickname", "accounts.Nobody"]


def test_nothing_is_declared_twice(declarations):
    with pytest.raises(DeclaredTwice, match=r"accounts\.User\.email is declared twice"):
        declare_personal("accounts.User", ("email",), **ENTRY)
    declare_personal("accounts.User", ("nickname",), **ENTRY)
    declare_personal("accounts.User", ("nickname",), **ENTRY)
    with pytest.raises(DeclaredTwice):
        declare_not_personal("accounts.User", ("password",), reason="no")


@pytest.mark.parametrize(
    "model", ["membership.Application", "membership.ApplicationDraft", "membership.SepaMandate", "membership.Letter"]
)
def test_tables_about_applicants_name_every_field(declarations, model):
    with pytest.raises(FieldsNotNamed, match=rf"^{model} belongs to an application"):
        declare_not_personal(model, reason="whatever comes")


def test_all_that_are_left_does_not_become_a_table_about_applicants(declarations):
    declare_not_personal("privacy.Guest", reason="whatever comes")
    with pytest.raises(FieldsNotNamed):
        declare_personal("privacy.Guest", ("name",), **ENTRY, belongs_to="application")
    declare_personal("privacy.Guest", ("name",), **ENTRY)
