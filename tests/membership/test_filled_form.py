"""The blank form, filled in by different programs, read back; and everything that is not our form."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pikepdf import Name, String

from dues.models import DuesOrder
from membership import links
from membership.documents import render_blank_form
from membership.documents.identity import FIELD
from membership.filled_form import FilledForm, NotOurForm, read_filled_form, scan_explained
from membership.forms.application import ApplicationForm
from membership.models import Application, ApplicationDraft
from membership.offer import offer_for
from membership.views import spam
from portal.association.enums import ApplicantKind, LegalTextKind, MembershipType
from portal.association.models import AssociationSettings, LegalText
from portal.privacy import store
from tests.factories.dues import make_rate
from tests.factories.files import (
    SCRIPT,
    make_encrypted_pdf,
    make_huge_png,
    make_pdf,
    make_pdf_with_file,
    make_photo,
    with_script,
)
from tests.factories.filled_forms import change_fields, fill_with_pdfium, fill_with_pikepdf, without_fields
from tests.factories.membership import create_dues, create_ground

pytestmark = pytest.mark.django_db
ADDRESS = "/mitglied-werden/antrag/pdf/"
TYPED = {
    "kind": "natural_person",
    "membership_type": "regular",
    "first_name": "Měrćin",
    "last_name": "Muster",
    "field_of_work": "Garten\r\nund Werkstatt",
    "of_full_age": "yes",
    "street": "Musterweg 1",
    "postcode": "09111",
    "city": "Chemnitz",
    "country": "Deutschland",
    "email": "mercin@example.org",
    "accepts_statutes": "on",
    "dues_order_read": "on",
    "payment_way": "bank_transfer",
}
READ = {name: value for name, value in TYPED.items() if name not in ("kind", "membership_type")} | {
    "country": "DE",
    "field_of_work": "Garten\nund Werkstatt",
}
OTHER_FORM = (
    "Das ist nicht unser Aufnahmeantrag, oder die Formularkennung auf der ersten Seite wurde geändert. Bitte laden Sie "
    "unser Formular neu herunter und füllen Sie es aus."
)


@pytest.fixture
def blank() -> bytes:
    create_ground()
    return render_blank_form().content


@pytest.fixture
def typed(blank: bytes) -> dict[str, str]:
    return TYPED | {"dues_rate": str(order().rates.get(category="Regelbeitrag").pk)}


def order() -> DuesOrder:
    found = DuesOrder.objects.in_force()
    assert found is not None
    return found


def read(content: bytes) -> FilledForm:
    return read_filled_form(content, order())


def refusal(content: bytes) -> str:
    with pytest.raises(NotOurForm) as refused:
        read(content)
    return str(refused.value)


def check(filled: FilledForm) -> dict[str, Any]:
    """Return what the web form makes of it."""
    offer = offer_for(filled.kind, filled.membership_type)
    assert offer is not None
    form = ApplicationForm(offer, filled.data)
    assert form.errors == {}
    return form.answered


@pytest.mark.parametrize("fill", [fill_with_pdfium, fill_with_pikepdf], ids=["PDFium", "pikepdf"])
def test_what_was_typed_is_read_and_right(blank: bytes, typed: dict[str, str], fill: Any) -> None:
    filled = read(fill(blank, typed))
    assert (filled.kind, filled.membership_type) == (ApplicantKind.NATURAL_PERSON, MembershipType.REGULAR)
    assert filled.data == READ | {"dues_rate": typed["dues_rate"]}
    assert (filled.is_current, filled.left_out) == (True, [])
    answered = check(filled)
    assert (answered["first_name"], answered["country"]) == ("Měrćin", "DE")
    assert answered["dues_rate"].category == "Regelbeitrag"


def test_a_legal_persons_rows_are_closed_up(blank: bytes) -> None:
    values = {
        "kind": "legal_person",
        "membership_type": "supporting",
        "signatories-2-name": "Vera Vorstand",
        "signatories-2-function": "Leitung",
        "signatories-4-name": "Paul Prokura",
        "own_amount": "1.200,50",
    }
    filled = read(fill_with_pikepdf(blank, values))
    assert filled.data == {
        "signatories_1_name": "Vera Vorstand",
        "signatories_1_function": "Leitung",
        "signatories_2_name": "Paul Prokura",
        "signatories_rows": "2",
        "own_amount": "1.200,50",
    }


def test_ten_signatories_come_back_as_ten(blank: bytes) -> None:
    names = {f"signatories-{row}-name": f"Person {row}" for row in range(1, 11)}
    filled = read(fill_with_pdfium(blank, {"kind": "legal_person", "membership_type": "regular", **names}))
    read_back = {f"signatories_{row}_name": f"Person {row}" for row in range(1, 11)}
    assert filled.data == {**read_back, "signatories_rows": "10"}


def test_a_groups_names_are_taken_along(blank: bytes) -> None:
    values = {"kind": "unincorporated_group", "membership_type": "regular", "cosigners-3-name": "Anna Eins"}
    data = read(fill_with_pdfium(blank, values)).data
    assert data == {"cosigners_1_name": "Anna Eins", "cosigners_rows": "5"}


def test_choices_may_hold_their_label(blank: bytes) -> None:
    values = {
        "kind": String("Juristische Person"),
        "membership_type": String("Fördermitgliedschaft"),
        "representation": String("Die genannten Personen unterschreiben gemeinsam."),
        "register_status": Name("/in ein Register eingetragen"),
        "country": String("Polen"),
        "payment_way": String("überweisung"),
    }
    filled = read(change_fields(blank, values))
    assert (filled.kind, filled.membership_type) == (ApplicantKind.LEGAL_PERSON, MembershipType.SUPPORTING)
    assert filled.data == {
        "representation": "joint",
        "register_status": "registered",
        "country": "PL",
        "payment_way": "bank_transfer",
    }


def test_choices_of_nothing_are_left_out_and_named(blank: bytes) -> None:
    values = {"kind": "natural_person", "membership_type": "regular"}
    content = change_fields(
        fill_with_pikepdf(blank, values), {"country": String("Atlantis"), "dues_rate": Name("/999999")}
    )
    filled = read(content)
    assert (filled.data, filled.left_out) == ({}, ["Land", "Beitragsgruppe"])


def test_fields_the_form_does_not_have_are_ignored(blank: bytes) -> None:
    values = {"kind": "natural_person", "membership_type": "regular"}
    extra = {"state": String("accepted"), "birth_date": String("1.1.1990"), "key": String("x")}
    assert read(change_fields(fill_with_pikepdf(blank, values), extra)).data == {}


@pytest.mark.parametrize("line_end", ["\r", "\n", "\r\n"])
def test_line_ends_do_not_matter(blank: bytes, line_end: str) -> None:
    values = {"kind": "natural_person", "membership_type": "regular", "field_of_work": f"eins{line_end}zwei"}
    assert read(fill_with_pikepdf(blank, values)).data == {"field_of_work": "eins\nzwei"}


@pytest.mark.parametrize("state", ["/Off", "/off", "/No", ""])
def test_a_box_that_is_off_stays_off(blank: bytes, state: str) -> None:
    values = {"kind": "natural_person", "membership_type": "regular"}
    value = Name(state) if state else String("")
    assert read(change_fields(fill_with_pikepdf(blank, values), {"accepts_statutes": value})).data == {}


def test_another_version_loses_what_was_ticked_and_keeps_the_rest(blank: bytes, typed: dict[str, str]) -> None:
    content = fill_with_pikepdf(blank, typed)
    newer = LegalText.objects.create(kind=LegalTextKind.DECLARATION, title="Erklärung", body="<p>Neu.</p>")
    newer.publish(dt.date(2021, 1, 1))
    filled = read(content)
    ticks = {"accepts_statutes", "dues_order_read"}
    assert not filled.is_current
    assert filled.data == {name: value for name, value in READ.items() if name not in ticks} | {
        "dues_rate": typed["dues_rate"]
    }


def test_a_new_dues_order_is_another_version(blank: bytes, typed: dict[str, str]) -> None:
    content = fill_with_pikepdf(blank, typed)
    create_dues(rates=[make_rate(amount=Decimal("70.00"))], valid_from=dt.date(2021, 1, 1))
    filled = read(content)
    assert (filled.is_current, "dues_rate" in filled.data, filled.left_out) == (False, False, ["Beitragsgruppe"])


def test_another_associations_form(blank: bytes) -> None:
    association = AssociationSettings.load()
    association.full_name = "Anderer Verein e.V."
    association.save()
    assert refusal(blank) == (
        "Dieses Formular gehört zu einem anderen Verein oder nennt einen früheren Namen. Bitte laden Sie unser "
        "Formular neu herunter und füllen Sie es aus."
    )


@pytest.mark.parametrize("identity", ["", "AA-1", "AA-zzzzzzzz-00000000", "BB-00000000-00000000"])
def test_a_form_that_does_not_say_what_it_is(blank: bytes, identity: str) -> None:
    assert refusal(change_fields(blank, {FIELD: String(identity)})) == OTHER_FORM


def test_an_empty_form_and_one_that_does_not_say_who(blank: bytes) -> None:
    assert refusal(blank).startswith("Das Formular ist leer. Vielleicht wurde es nach dem Ausfüllen nicht gespeichert")
    assert refusal(fill_with_pikepdf(blank, {"city": "Chemnitz"})).startswith("Im Formular ist nicht angekreuzt, wer")


def test_a_scan_and_a_flattened_print_are_explained(blank: bytes, typed: dict[str, str]) -> None:
    flat = without_fields(fill_with_pikepdf(blank, typed))
    assert [refusal(content) for content in (make_photo(), make_pdf(), flat)] == [scan_explained()] * 3


def test_very_long_answers_are_cut(blank: bytes) -> None:
    values = {"kind": "natural_person", "membership_type": "regular", "first_name": "x" * 100_000}
    assert read(fill_with_pikepdf(blank, values)).data == {"first_name": "x" * 2000}


# -- the page


def send(client: Client, content: bytes, name: str = "antrag.pdf") -> Any:
    return client.post(ADDRESS, {"formular": SimpleUploadedFile(name, content)})


def test_the_filled_form_becomes_a_draft_to_check(client: Client, blank: bytes, typed: dict[str, str]) -> None:
    before = set(store.file_names())
    response = send(client, fill_with_pdfium(blank, typed))
    draft = ApplicationDraft.objects.get()
    assert f'href="{links.draft_path(draft)}"' in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"
    assert draft.content.data == READ | {"dues_rate": typed["dues_rate"]}
    review = client.get(links.draft_path(draft), follow=True)
    assert review.redirect_chain == [(links.draft_path(draft, "pruefen"), 302)]
    assert (Application.objects.count(), set(store.file_names())) == (0, before)


def test_an_older_form_says_what_to_look_at(client: Client, blank: bytes, typed: dict[str, str]) -> None:
    content = fill_with_pikepdf(blank, typed)
    create_dues(rates=[make_rate(amount=Decimal("70.00"))], valid_from=dt.date(2021, 1, 1))
    html = send(client, content).content.decode()
    assert "Ihr Formular ist eine frühere Fassung." in html
    assert "Diese Antworten gibt es so nicht mehr; bitte wählen Sie neu: „Beitragsgruppe“." in html


BAD = {
    "program": (b"MZ", "Die Datei ist kein PDF und kein Foto"),
    "nothing": (b"", "Bitte wählen Sie das ausgefüllte Formular aus; die Datei darf nicht leer sein."),
    "too large": (b"%PDF-" + b"0" * (11 * 1024 * 1024), "Die Dateien sind zusammen größer als 10 MB."),
    "encrypted": (make_encrypted_pdf("geheim"), "Das PDF ist mit einem Passwort geschützt."),
    "truncated": (make_pdf()[:-50], "Das PDF ist beschädigt oder unvollständig."),
    "javascript": (make_pdf(root={"/OpenAction": SCRIPT}), "Das PDF enthält ein Programm (zum Beispiel JavaScript)."),
    "a file within": (make_pdf_with_file(), "Im PDF stecken weitere Dateien."),
    "30,000 by 30,000 pixels": (make_huge_png(), "Diese Datei ist ein Scan, ein Foto oder ein Ausdruck als PDF"),
    "forty pages": (make_pdf(40), "Das sind 40 Seiten, erlaubt sind höchstens 10."),
    "scan": (make_photo(), "Diese Datei ist ein Scan, ein Foto oder ein Ausdruck als PDF"),
}


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD.keys())
def test_bad_files_are_refused_on_the_page(client: Client, content: bytes, sentence: str) -> None:
    create_ground()
    response = send(client, content, "../../x.pdf")
    assert (response.status_code, sentence in response.content.decode()) == (200, True)
    assert ApplicationDraft.objects.count() == 0


def test_our_own_form_with_a_program_added_is_refused(client: Client, blank: bytes, typed: dict[str, str]) -> None:
    html = send(client, with_script(fill_with_pikepdf(blank, typed))).content.decode()
    assert "Das PDF enthält ein Programm (zum Beispiel JavaScript)." in html
    assert ApplicationDraft.objects.count() == 0


@pytest.mark.parametrize("name", ["../../x.pdf", "x" * 300 + ".pdf", "antrag.exe"])
def test_the_files_name_means_nothing(client: Client, blank: bytes, typed: dict[str, str], name: str) -> None:
    before = set(store.file_names())
    assert send(client, fill_with_pikepdf(blank, typed), name).status_code == 200
    assert (ApplicationDraft.objects.count(), set(store.file_names())) == (1, before)


def test_nothing_chosen_and_a_stale_token(client: Client) -> None:
    create_ground()
    assert "Bitte wählen Sie das ausgefüllte Formular aus." in client.post(ADDRESS).content.decode()
    stale = Client(enforce_csrf_checks=True).post(ADDRESS, {"formular": SimpleUploadedFile("a.pdf", b"%PDF-")})
    shown = stale.content.decode()
    assert ("Bitte wählen Sie die Datei noch einmal aus" in shown, "sind noch da" in shown) == (True, False)


def test_whoever_sends_too_many_chooses_the_file_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    create_ground()
    monkeypatch.setattr(spam, "DRAFTS", spam.Limit("application-drafts", 0))
    shown = client.post(ADDRESS, {"formular": SimpleUploadedFile("a.pdf", b"%PDF-")}).content.decode()
    assert ("Bitte wählen Sie die Datei dann noch einmal aus." in shown, "sind noch da" in shown) == (True, False)


def test_without_a_dues_order_the_page_says_so(client: Client) -> None:
    assert "formular" not in client.get(ADDRESS).content.decode()
