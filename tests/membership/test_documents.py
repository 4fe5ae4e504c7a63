"""The papers: opened again and read."""

import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.utils import timezone

from dues.models import DuesRate
from library.generated import NothingToRender
from membership.definition import Storage
from membership.documents import render_application, render_blank_form, render_statutes
from membership.documents.application import cosignature_rows
from membership.documents.form import sheet_parts
from membership.domain import decline_cosignature, enter_application, record_signature, revoke_invitation
from membership.fields import FIELDS
from membership.models import Application, SepaMandate
from portal.association.enums import ApplicantKind
from portal.pdf.reading import read_text
from tests.factories.decisions import office
from tests.factories.dues import create_order, make_minimum, make_percentage, make_rate
from tests.factories.membership import (
    IBAN,
    create_application,
    create_association,
    create_dues,
    create_texts,
    make_draft,
)
from tests.factories.signatures import confirm, create_digital_group, row_of

pytestmark = pytest.mark.django_db


def words(pdf: bytes) -> str:
    return " ".join(read_text(pdf).split())


def pages(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


@pytest.fixture
def direct_debit() -> None:
    create_association()


def test_prefilled_application_states_what_was_entered() -> None:
    application = create_application()
    text = words(render_application(application))
    for stated in (
        "Dr. Mara Muster (natürliche Person) beantragt die ordentliche Mitgliedschaft",
        "Musterweg 1",
        "09111",
        "Regelbeitrag: 60,00 € im Jahr",
        f"Vorgang {application.reference} · Prüfzeichen {application.fingerprint}",
        "Muster: Erklärung zum Beitritt.",
        "Fassung 1, gültig ab 01.01.2020",
    ):
        assert stated in text


def test_the_paper_says_how_the_application_came() -> None:
    online = create_application()
    Application.objects.update(submitted_at=dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC))
    online.refresh_from_db()
    entered = entered_from_paper()
    text, other = words(render_application(online)), words(render_application(entered))
    assert ("Online gestellt am 2. März 2026." in text, "Mit der Post" in text) == (True, False)
    assert ("Mit der Post eingegangen am 1. April 2026." in other, "Online gestellt" in other) == (True, False)


def entered_from_paper() -> Application:
    return enter_application(
        make_draft(channel="paper"),
        key="paper",
        received_on=dt.date(2026, 4, 1),
        is_signed=True,
        entered_by=office(),
    )


def test_code_holds_the_reference() -> None:
    application = create_application()
    page = pypdfium2.PdfDocument(render_application(application))[0]
    codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
    assert [code.text for code in codes] == [application.reference]


@pytest.mark.parametrize("paragraphs", [0, 4], ids=["short texts", "long texts"])
def test_a_group_has_declaration_and_exactly_five_rows_on_page_two(paragraphs: int) -> None:
    create_association()
    create_dues()
    create_texts(body="<p>Muster: {kind}.</p>" + "<p>Und noch ein Satz, der fast eine Zeile lang ist.</p>" * paragraphs)
    application = create_application(
        ApplicantKind.UNINCORPORATED_GROUP, cosigners=[{"name": "Muster Eins", "function": "Kasse"}]
    )
    _first, second, third = pages(render_application(application))
    assert second.index("Fünf Unterschriften") < second.index("Muster: Erklärung der Mitunterzeichnenden.")
    rows = second[second.index("Unterschrift 1") : second.index("Jede Person unterschreibt einmal")]
    assert [token for token in rows.split() if token.isdigit()] == ["1", "2", "3", "4", "5"]
    assert "Muster Eins" in rows
    assert third.index("Muster: Erklärung zum Beitritt.") < third.index("Kontaktperson:")


def names_on_paper(application: Application) -> list[tuple[int, str, str]]:
    return [(row["number"], row["name"], row["function"]) for row in cosignature_rows(application)]


def test_a_row_of_the_paper_is_the_row_the_office_recorded() -> None:
    application = create_application(ApplicantKind.UNINCORPORATED_GROUP, cosigners=[])
    record_signature(
        application,
        position=3,
        present=True,
        name="Cem Drei",
        function="Kasse",
        signed_on=timezone.localdate(),
        recorded_by=office(),
    )
    assert names_on_paper(application) == [(1, "", ""), (2, "", ""), (3, "Cem Drei", "Kasse"), (4, "", ""), (5, "", "")]
    second = pages(render_application(application))[1]
    rows = second[second.index("Unterschrift 1") : second.index("Jede Person unterschreibt einmal")]
    assert rows == "Unterschrift 1 2 3 Cem Drei Kasse 4 5 "


def test_rows_of_those_who_declined_or_were_uninvited_are_free() -> None:
    application = create_digital_group(6)
    confirm(application, 1)
    decline_cosignature(row_of(application, 2), generation=row_of(application, 2).generation)
    revoke_invitation(row_of(application, 4))
    assert names_on_paper(application) == [
        (1, "Anna Eins", ""),
        (2, "", ""),
        (3, "Cem Drei", ""),
        (4, "", ""),
        (5, "Emil Fünf", ""),
    ]


def test_nobody_else_has_rows() -> None:
    for kind in (ApplicantKind.NATURAL_PERSON, ApplicantKind.LEGAL_PERSON):
        assert "Fünf Unterschriften" not in words(render_application(create_application(kind)))


@pytest.mark.parametrize(
    ("representation", "sentence"),
    [
        ("joint", "Alle genannten Personen unterschreiben gemeinsam."),
        ("sole", "Eine der genannten Personen genügt: Jede kann allein unterschreiben."),
    ],
)
def test_a_legal_person_has_a_line_per_signatory(representation: str, sentence: str) -> None:
    application = create_application(ApplicantKind.LEGAL_PERSON, answers={"representation": representation})
    text = words(render_application(application))
    assert sentence in text
    assert text.count("Vertretungsberechtigt: ") == 2
    assert "Vertretungsberechtigt: Paul Prokura, Prokura" in text


@pytest.mark.parametrize(("of_full_age", "lines"), [("yes", 0), ("no", 2)])
def test_legal_representatives_sign_for_minors(of_full_age: str, lines: int) -> None:
    application = create_application(answers={"of_full_age": of_full_age})
    assert words(render_application(application)).count("Gesetzliche Vertretung:") == lines


def test_the_mandate_carries_the_whole_bank_data_for_the_applicant_alone(direct_debit: None) -> None:
    application = create_application(iban=IBAN)
    SepaMandate.objects.update(account_holder="Karla Konto")
    paper = words(render_application(application))
    assert ("DE02 1203 0000 0000 2020 51" in paper, "Karla Konto" in paper) == (True, True)
    masked = words(render_application(application, unmasked=False))
    assert ("1203" in masked, "Karla" in masked) == (False, False)
    assert "K••• K•••" in masked
    assert "DE98ZZZ09999999999" in masked
    assert "wird mitgeteilt" in masked


def test_no_mandate_where_dues_are_transferred() -> None:
    assert "SEPA-Lastschriftmandat" not in words(render_application(create_application()))


def test_the_same_application_gives_the_same_bytes() -> None:
    application = create_application()
    assert render_application(application) == render_application(application)


def test_the_blank_form_has_every_field_of_the_definition(direct_debit: None) -> None:
    create_texts()
    rates = [make_rate(), make_minimum(), make_percentage()]
    create_order(rates=rates, payment_ways=["bank_transfer", "direct_debit"])
    with pikepdf.open(io.BytesIO(render_blank_form().content)) as pdf:
        names = {str(field.T) for field in pdf.Root.AcroForm.Fields}
    single = {each.name for each in FIELDS if not each.columns and not each.offered_by.startswith("offers_")}
    expected = single | {"kind", "form_identity"}
    expected |= {f"signatories-{row}-{column}" for row in range(1, 11) for column in ("name", "function")}
    expected |= {f"cosigners-{row}-{column}" for row in range(1, 6) for column in ("name", "function")}
    assert names == expected


def test_the_blank_form_without_direct_debit_has_no_bank_fields() -> None:
    create_texts()
    create_order(payment_ways=["bank_transfer", "direct_debit"])
    with pikepdf.open(io.BytesIO(render_blank_form().content)) as pdf:
        names = {str(field.T) for field in pdf.Root.AcroForm.Fields}
    bank = {each.name for each in FIELDS if each.storage is Storage.MANDATE}
    assert bank == {"iban", "account_holder"}
    assert names.isdisjoint(bank)


def test_the_blank_form_has_room_for_every_signatory_and_a_line_to_sign_for_each() -> None:
    create_texts()
    create_order()
    pages = [" ".join(page.split()) for page in read_text(render_blank_form().content).split("\f")]
    text = " ".join(pages)
    assert "Nummer 5 bis 10 stehen auf dem Zusatzblatt am Ende." in text
    assert text.count("Weitere Unterschrift (gemeinsame Vertretung oder gesetzliche Vertreter)") == 3
    _before, sheet = text.split("Zusatzblatt: Vertretungsberechtigte Personen")
    assert "Nur: juristische Person. Dieses Blatt brauchen Sie nur für mehr als 4 Personen." in sheet
    assert [number for number in range(1, 12) if f"{number}. Vor- und Nachname" in sheet] == [5, 6, 7, 8, 9, 10]


def test_the_blank_form_follows_the_dues_order() -> None:
    order = create_order()
    parts = {part.name: part for part in sheet_parts(order)}
    rates = next(control for control in parts["dues"].controls if control.name == "dues_rate")
    assert [choice.label for choice in rates.choices] == ["Regelbeitrag: 60,00 € im Jahr"]


def test_the_blank_form_asks_for_the_figures_that_the_rates_need() -> None:
    def figures(*rates: DuesRate) -> list[tuple[str, str, str]]:
        controls = next(part for part in sheet_parts(create_order(rates=rates, published=False)) if part.name == "dues")
        names = ("dues_base", "own_amount")
        return [(each.name, each.label, each.hint) for each in controls.controls if each.name in names]

    assert figures(make_rate()) == []
    assert figures(make_rate(), make_minimum(), make_percentage()) == [
        (
            "dues_base",
            "Umsatz des Vorjahres, in Euro",
            "Nur bei „Beitrag nach Umsatz“. Zum Beispiel 50.000,00.",
        ),
        (
            "own_amount",
            "Ihr Beitrag im Jahr, in Euro",
            "Nur bei „Mindestbeitrag“. Sie bestimmen den Betrag, mindestens 60,00 €.",
        ),
    ]


def test_the_blank_form_names_proof_and_board_decision() -> None:
    order = create_order(rates=[make_rate(proof="Ausweis", needs_board_decision=True)])
    (rates,) = [control for part in sheet_parts(order) for control in part.controls if control.name == "dues_rate"]
    assert [choice.label for choice in rates.choices] == [
        "Regelbeitrag: 60,00 € im Jahr; Nachweis: Ausweis; nur mit Beschluss des Vorstands"
    ]


def test_figures_stand_on_the_prefilled_application() -> None:
    order = create_dues(rates=[make_percentage()])
    create_association()
    create_texts()
    application = create_application(dues_rate=order.rates.get(), dues_base=Decimal("200000.00"))
    text = words(render_application(application))
    assert "Umsatz des Vorjahres 200.000,00 €" in text
    assert "Jahresbeitrag nach der Beitragsordnung 220,00 €" in text


def test_nothing_to_render_without_a_dues_order() -> None:
    create_texts()
    with pytest.raises(NothingToRender):
        render_blank_form()


def test_statutes_state_their_version() -> None:
    create_texts()
    statutes = render_statutes()
    assert (statutes.file_name, statutes.version) == ("Satzung.pdf", "fassung-1")
    assert "Muster: Satzung." in words(statutes.content)


def test_no_statutes_without_a_text() -> None:
    with pytest.raises(NothingToRender):
        render_statutes()


@pytest.mark.pdf_conformance
@pytest.mark.parametrize("kind", list(ApplicantKind))
def test_applications_are_accessible_and_lasting(
    direct_debit: None, kind: ApplicantKind, assert_conformant: Callable[..., None]
) -> None:
    assert_conformant(render_application(create_application(kind, iban=IBAN)), "PDFUA-1", "PDFA-2A")


@pytest.mark.pdf_conformance
def test_an_application_from_paper_is_accessible_and_lasting(assert_conformant: Callable[..., None]) -> None:
    assert_conformant(render_application(entered_from_paper()), "PDFUA-1", "PDFA-2A")


@pytest.mark.pdf_conformance
def test_blank_form_and_statutes_are_accessible(direct_debit: None, assert_conformant: Callable[..., None]) -> None:
    create_texts()
    rates = [make_rate(proof="Ausweis"), make_minimum(), make_percentage(needs_board_decision=True)]
    create_order(rates=rates, payment_ways=["bank_transfer", "direct_debit"])
    assert_conformant(render_blank_form().content, "PDFUA-1")
    assert_conformant(render_statutes().content, "PDFUA-1", "PDFA-2A")
