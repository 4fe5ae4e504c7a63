"""The checklist: what is still sample, and what is ordinary German."""

import pytest
from django.core.checks import Warning as CheckWarning
from django.db import OperationalError

from portal.association import checks, going_live
from portal.association.enums import LegalTextKind
from portal.association.going_live import OpenPoint, is_sample
from portal.association.samples import ALWAYS_NEEDED, legal_text_points, settings_points
from tests.factories.association import create_legal_text, set_association


@pytest.mark.parametrize(
    "text",
    ["Muster", "Satzung (Muster)", "Musterstraße 1", "<p>MUSTER</p>", "Beispiel", "Beispieltext", "Beispielstadt",
     "post@example.org", "Max Muster", "„Muster“", "vorstand@beispiel.example"],
)  # fmt: skip
def test_samples_are_recognized(text):
    assert is_sample(text) is True


@pytest.mark.parametrize(
    "text",
    ["", "zum Beispiel", "Best-Practice-Beispiele", "gute Beispiele aus Leipzig", "beispielsweise", "beispielhaft",
     "mustergültig", "Schnittmuster", "mit vielen Beispielen"],
)  # fmt: skip
def test_ordinary_german_is_no_sample(text):
    assert is_sample(text) is False


@pytest.mark.django_db
def test_each_sample_in_the_settings_is_a_point():
    set_association(street="Musterstraße 1", representatives="Erika Beispiel, Vorsitz", email="post@example.org")

    assert {point.label for point in settings_points()} == {
        "Angaben zum Verein: „Straße und Hausnummer“ ist noch ein Muster.",
        "Angaben zum Verein: „Vertretungsberechtigte Personen“ ist noch ein Muster.",
        "Angaben zum Verein: „E-Mail-Adresse“ ist noch ein Muster.",
    }
    assert {point.url for point in settings_points()} == {"/admin/settings/association/associationsettings/"}


@pytest.mark.django_db
def test_real_particulars_leave_no_point_and_a_missing_name_does():
    set_association()
    assert list(settings_points()) == []
    set_association(full_name="")
    assert [point.label for point in settings_points()] == ["Angaben zum Verein: Der vollständige Name fehlt."]


@pytest.mark.django_db
def test_missing_and_sample_texts_are_points():
    set_association(offers_photos=True)
    for kind in ALWAYS_NEEDED[1:]:
        create_legal_text(kind, title=str(kind.label))
    sample = create_legal_text(title="Satzung (Muster)")
    create_legal_text(LegalTextKind.PRIVACY_NOTICE, published=False, title="Muster eines Entwurfs")

    assert list(legal_text_points()) == [
        OpenPoint("Rechtstexte: „Satzung“ ist noch ein Muster.", f"/admin/rechtstexte/inspect/{sample.pk}/"),
        OpenPoint("Rechtstexte: „Einwilligung: Fotos“ fehlt.", "/admin/rechtstexte/"),
    ]


@pytest.mark.django_db
def test_the_texts_that_are_needed_follow_the_settings():
    set_association(creditor_identifier="DE98ZZZ09999999999", offers_newsletter=True)

    assert len(list(legal_text_points())) == len(ALWAYS_NEEDED) + 2


@pytest.fixture
def only(monkeypatch):
    """Return a function that puts one check in place of all."""
    return lambda check: monkeypatch.setattr(going_live, "_checks", [check])


def test_live_means_nothing_is_open(only):
    only(list)
    assert (going_live.is_live(), going_live.open_points(), checks.check_going_live(None)) == (True, [], [])


def test_deploying_warns_while_something_is_open(only):
    only(lambda: [OpenPoint("A ist ein Muster."), OpenPoint("B fehlt.")])

    assert going_live.is_live() is False
    assert checks.check_going_live(None) == [
        CheckWarning(
            "Die Website ist noch nicht bereit für Besucher, offene Punkte: 2.",
            hint="A ist ein Muster. B fehlt.",
            id="association.W001",
        )
    ]


def test_tables_that_do_not_exist_yet_are_no_concern(only):
    def fail():
        raise OperationalError("no such table")

    only(fail)
    assert checks.check_going_live(None) == []
