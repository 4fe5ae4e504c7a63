"""The association's settings: what is refused, in which words, and what the form keeps."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from portal.accounts.roles import Role
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from tests.factories.accounts import create_person, create_technician
from tests.factories.association import CREDITOR_IDENTIFIER, FULL_NAME, set_association

pytestmark = pytest.mark.django_db


def errors_of(**fields):
    """Return what is wrong with settings of these values."""
    association = AssociationSettings(**fields)
    try:
        association.full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def test_the_full_name_is_too_long_for_an_account_and_is_not_cut():
    association = AssociationSettings(account_holder=FULL_NAME)

    assert len(FULL_NAME) == 80
    with pytest.raises(ValidationError) as caught:
        association.full_clean()
    assert caught.value.message_dict == {
        "account_holder": [
            (
                "Der Name hat 80 Zeichen, Banken nehmen höchstens 70 an. "
                "Bitte geben Sie ihn genau so ein, wie ihn die Bank führt; er wird nicht gekürzt."
            )
        ]
    }
    assert association.account_holder == FULL_NAME


def test_seventy_characters_are_an_account_holder():
    assert errors_of(account_holder="A" * 70) == {}


@pytest.mark.parametrize("typed", [CREDITOR_IDENTIFIER, "de98 zzz 0999 9999 999", "DE98A1B09999999999"])
def test_a_creditor_identifier_is_kept_compact(typed):
    association = AssociationSettings(creditor_identifier=typed)
    association.full_clean()

    assert len(association.creditor_identifier) == 18
    assert association.creditor_identifier == typed.replace(" ", "").upper()
    assert association.direct_debit_offered is True


@pytest.mark.parametrize(
    "typed", ["DE98ZZZ0999999999", "DE98ZZZ099999999990", "AT61ZZZ01234567890", "DE98-ZZZ-09999999999", "x"]
)
def test_anything_that_is_no_german_creditor_identifier_is_refused(typed):
    assert errors_of(creditor_identifier=typed) == {
        "creditor_identifier": [
            (
                "Eine deutsche Gläubiger-Identifikationsnummer hat 18 Zeichen: DE, zwei Prüfziffern, "
                "drei Zeichen Geschäftsbereich und elf Ziffern, zum Beispiel DE98ZZZ09999999999."
            )
        ]
    }


def test_wrong_check_digits_are_refused():
    assert errors_of(creditor_identifier="DE97ZZZ09999999999") == {
        "creditor_identifier": [
            (
                "Die Prüfziffern der Gläubiger-Identifikationsnummer stimmen nicht. "
                "Bitte vergleichen Sie die Nummer mit der Mitteilung der Bundesbank."
            )
        ]
    }


def test_without_an_identifier_no_direct_debit_is_offered():
    assert AssociationSettings().direct_debit_offered is False


def test_paper_and_scan_are_accepted_unless_told_otherwise():
    association = AssociationSettings.load()

    assert [form for form in AcceptedForm if association.accepts(form)] == [AcceptedForm.PAPER, AcceptedForm.SCAN]


@pytest.mark.parametrize(
    ("forms", "message"),
    [
        ([], "Bitte wählen Sie mindestens eine Form aus."),
        (["fax"], "Bitte wählen Sie nur Formen aus der Liste."),
        ("paper", "Bitte wählen Sie nur Formen aus der Liste."),
    ],
)
def test_no_or_unknown_forms_are_refused(forms, message):
    assert errors_of(accepted_forms=forms)["accepted_forms"][-1] == message


RESOLUTION_MISSING = (
    "Die digitale Bestätigung wird zusammen mit Datum und Nummer des Vorstandsbeschlusses eingeschaltet, "
    "der sie erlaubt. Bitte ergänzen Sie beides oder wählen Sie die Form ab."
)


@pytest.mark.parametrize(
    ("date", "reference", "fields"),
    [
        (None, "", ["digital_resolution_date", "digital_resolution_reference"]),
        (dt.date(2026, 3, 1), "", ["digital_resolution_reference"]),
        (None, "VB 2026/14", ["digital_resolution_date"]),
        (dt.date(2026, 3, 1), "VB 2026/14", []),
    ],
)
def test_digital_confirmation_needs_date_and_number_of_the_resolution(date, reference, fields):
    errors = errors_of(
        accepted_forms=["paper", "digital"], digital_resolution_date=date, digital_resolution_reference=reference
    )

    assert errors == {field: [RESOLUTION_MISSING] for field in fields}


def test_empty_particulars_give_no_lines():
    association = AssociationSettings(representatives=" \n", postcode="09111")

    assert (association.representative_list, association.postal_address, association.register_entry) == (
        [],
        ["09111"],
        "",
    )


def test_particulars_in_lines():
    association = set_association(
        representatives="Ada Lovelace, Vorsitz\n\n  Grace Hopper, Stellvertretung ",
        register_court="Amtsgericht Chemnitz",
        register_number="VR 1234",
    )

    assert association.representative_list == ["Ada Lovelace, Vorsitz", "Grace Hopper, Stellvertretung"]
    assert association.postal_address == ["Brückenstraße 1", "09111 Chemnitz"]
    assert association.register_entry == "Amtsgericht Chemnitz, VR 1234"


def form_data(**changes):
    """Return what the admin's form posts."""
    association = AssociationSettings.load()
    names = [field.name for field in association._meta.get_fields() if field.name != "id"]
    values = {name: getattr(association, name) for name in names}
    return {name: value for name, value in {**values, **changes}.items() if value not in (None, False)}


@pytest.fixture
def address(client):
    client.force_login(create_technician())
    return reverse("wagtailsettings:edit", args=["association", "associationsettings", AssociationSettings.load().pk])


def test_the_form_saves(client, address):
    answer = client.post(address, form_data(short_name="LAG Sachsen", accepted_forms=["paper"], offers_photos="on"))

    assert answer.status_code == 302
    association = AssociationSettings.load()
    assert (association.short_name, association.accepted_forms, association.offers_photos) == (
        "LAG Sachsen",
        ["paper"],
        True,
    )


def test_the_form_keeps_what_was_typed_and_names_the_field(client, address):
    answer = client.post(address, form_data(account_holder=FULL_NAME, accepted_forms=[]))

    assert sorted(answer.context["form"].errors) == ["accepted_forms", "account_holder"]
    html = answer.content.decode()
    assert FULL_NAME in html
    assert "Bitte wählen Sie mindestens eine Form aus." in html
    assert AssociationSettings.load().account_holder == ""


def test_the_browser_is_not_told_to_cut_the_account_holder(client, address):
    field = client.get(address).context["form"]["account_holder"]

    assert "maxlength" not in str(field)


def test_every_field_has_a_help_text_and_a_place(client, address):
    form = client.get(address).context["form"]
    own = {field.name for field in AssociationSettings._meta.get_fields()} - {"id"}

    assert own <= set(form.fields)
    assert [name for name in own if not form.fields[name].help_text] == []


def test_nobody_without_the_permission_changes_the_settings(client, address):
    client.force_login(create_person(roles=(Role.EDITORS,)))
    answer = client.post(address, form_data(short_name="Geändert", accepted_forms=["paper"]))

    assert answer.status_code == 403
    assert AssociationSettings.load().short_name == ""
