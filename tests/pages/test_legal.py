import pytest
from django.core.exceptions import ValidationError

from pages.imprint import imprint_rows, missing_imprint_fields
from pages.models import LegalPage, LegalPageKind
from portal.association.models import AssociationSettings


def test_the_imprint_shows_what_the_settings_say(site, client) -> None:
    settings = AssociationSettings.load()
    settings.register_court, settings.phone = "Amtsgericht Chemnitz", ""
    settings.save()

    response = client.get("/impressum/")

    rows = dict(response.context["imprint_rows"])
    assert list(rows) == [
        "Name",
        "Straße",
        "Ort",
        "Vertreten durch",
        "E-Mail",
        "Registergericht",
        "Registernummer",
        "Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV)",
    ]
    assert rows["Ort"] == "01234 Musterstadt"
    assert "<dt>Telefon</dt>" not in response.content.decode()
    assert "Amtsgericht Chemnitz" in response.content.decode()


def test_what_is_missing_is_named_as_the_settings_form_names_it() -> None:
    settings = AssociationSettings(full_name="Verein e.V.", city="Chemnitz", postcode="09111", street="Weg 1")

    assert imprint_rows(settings) == [("Name", "Verein e.V."), ("Straße", "Weg 1"), ("Ort", "09111 Chemnitz")]
    assert missing_imprint_fields(settings) == [
        "vertretungsberechtigte Personen",
        "E-Mail-Adresse",
        "Telefon",
        "Registergericht",
        "Registernummer",
        "verantwortlich für den Inhalt",
    ]


def test_a_second_imprint_is_refused(home) -> None:
    second = LegalPage(title="Impressum 2", slug="impressum-2", kind=LegalPageKind.IMPRINT, locale=home.locale)

    with pytest.raises(ValidationError) as refused:
        home.add_child(instance=second)

    assert list(refused.value.message_dict) == ["kind"]
