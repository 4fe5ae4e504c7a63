"""The way of an application through office and board."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from portal.pdf.reading import read_text
from tests.e2e import applying, staff
from tests.e2e.running_portal import RunningPortal, text_of
from tests.e2e.staff import Team
from tests.factories.files import make_pdf
from tests.factories.membership import CREDITOR_IDENTIFIER, IBAN

Opened = Callable[..., AbstractContextManager[Page]]


def apply(page: Page, portal: RunningPortal, email: str) -> str:
    """Submit and confirm an application; return its reference."""
    applying.open_form(page, applying.NATURAL)
    applying.fill_natural_person(page, "Entscheidung")
    applying.declare_and_submit(page, email)
    applying.confirm(page, portal, email)
    return page.locator("strong.reference").first.inner_text()


def record_original(page: Page) -> None:
    page.get_by_role("link", name="Eingang eintragen").click()
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Der Eingang ist eingetragen.")).to_be_visible()


def test_office_prepares_and_board_votes(page: Page, open_page: Opened, portal: RunningPortal, team: Team) -> None:
    reference = apply(page, portal, "angenommen@example.org")
    with open_page() as office:
        staff.open_application(office, team.office, reference)
        expect(office.get_by_role("main")).to_contain_text("Beispielweg 3")
        expect(office.get_by_role("link", name="Abstimmung eröffnen")).to_have_count(0)
        record_original(office)
        staff.mark_ready(office)
        expect(office.get_by_role("link", name="Abstimmung eröffnen")).to_have_count(0)
    with open_page() as board:
        staff.open_application(board, team.board, reference)
        staff.vote_yes(board)


def enter_group(page: Page, name: str, email: str) -> str:
    """As office: type a group's paper, with its scan; ends on the application's page. Return the reference."""
    page.goto("/admin/antraege/erfassen/")
    page.get_by_label(applying.GROUP).check()
    page.get_by_label("ordentliche Mitgliedschaft").check()
    page.get_by_role("button", name="Weiter", exact=True).click()
    page.get_by_label("Das Papier ist unterschrieben").check()
    page.locator("[name=scan]").set_input_files(
        [{"name": "scan.pdf", "mimeType": "application/pdf", "buffer": make_pdf(2)}]
    )
    typed = {"name": name, "field_of_work": "Garten", "contact_name": "Muster Kontakt", "email": email}
    for field, value in typed.items():
        page.locator(f"[name={field}]").fill(value)
    applying.fill_address(page)
    for ticked in ("accepts_statutes", "dues_order_read"):
        page.locator(f"[name={ticked}]").check()
    for chosen in ("dues_rate", "payment_way"):
        page.locator(f"[name={chosen}]").first.check()
    page.get_by_role("button", name="Antrag erfassen").last.click()
    entered = page.get_by_text(re.compile("Der Antrag .* ist erfasst"))
    expect(entered).to_be_visible()
    return entered.inner_text().split()[2]


def record_row(page: Page, number: int) -> None:
    """As office: record one row of the paper."""
    page.get_by_role("link", name="Unterschriften eintragen").click()
    page.locator(f"[name=row{number}-present]").check()
    page.locator(f"[name=row{number}-name]").fill(f"Muster Person {number}")
    page.locator(f"[name=row{number}-signed_on]").fill(
        page.evaluate("new Date().toLocaleDateString('de-DE', {day: '2-digit', month: '2-digit', year: 'numeric'})")
    )
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Eintragen").click()
    expect(page.get_by_text("Die Unterschriften sind eingetragen.")).to_be_visible()


def test_a_group_on_paper_up_to_the_decision(open_page: Opened, portal: RunningPortal, team: Team) -> None:
    name, email = "Initiative Beispielplatz", "gruppe@example.org"
    with open_page() as office:
        staff.sign_in(office, team.office)
        reference = enter_group(office, name, email)
        main, ready = office.get_by_role("main"), office.get_by_role("link", name="Beschlussreif", exact=True)
        for number in range(1, 6):
            expect(main).to_contain_text(re.compile(f"(Es fehlen {6 - number}|Es fehlt eine?) der fünf Unterschriften"))
            expect(ready).to_have_count(0)
            record_row(office, number)
        staff.mark_ready(office)
    with open_page() as board:
        staff.open_application(board, team.board, reference)
        staff.vote_yes(board)
        staff.menu(board, "Mitglieder")
        expect(board.get_by_role("row", name=re.compile(name))).to_have_count(1)
    subjects = [str(mail["Subject"]) for mail in portal.mails(to=email)]
    assert [subject for subject in subjects if reference not in subject] == []


@pytest.fixture
def direct_debit(portal: RunningPortal) -> Iterator[None]:
    """The association has a creditor identifier, so that it offers direct debit; afterwards it has none again."""
    load = "from portal.association.models import AssociationSettings as Settings\n"
    change = load + "Settings.objects.update(creditor_identifier={!r})"
    portal.manage("shell", "-c", change.format(CREDITOR_IDENTIFIER))
    yield
    portal.manage("shell", "-c", change.format(""))


def tick(page: Page, line: str) -> None:
    """As office: note that a line was checked on the paper."""
    page.get_by_role("row", name=re.compile(line)).get_by_role("button", name="Geprüft").click()
    expect(page.get_by_role("row", name=re.compile(line))).to_contain_text("erledigt")


@pytest.mark.usefixtures("direct_debit")
def test_a_legal_person_with_joint_signatories_and_a_mandate_up_to_the_decision(
    page: Page, open_page: Opened, portal: RunningPortal, team: Team, tmp_path: Path
) -> None:
    email = "gemeinsam@example.org"
    applying.open_form(page, applying.LEGAL)
    applying.fill_legal_person(page, "Beispiel Gemeinschaft gGmbH")
    page.locator("[name=email]").fill(email)
    applying.go_on(page)
    page.locator("[name=dues_order_read]").check()
    page.get_by_label("SEPA-Lastschrift").check()
    page.locator("[name=account_holder]").fill("Beispiel Gemeinschaft gGmbH")
    page.locator("[name=iban]").fill(IBAN)
    applying.go_on(page)
    page.locator("[name=accepts_statutes]").check()
    page.get_by_role("button", name=applying.SUBMIT).click()
    applying.confirm(page, portal, email)
    main, reference = page.get_by_role("main"), page.locator("strong.reference").first.inner_text()
    expect(main).to_contain_text("Alle genannten vertretungsberechtigten Personen unterschreiben gemeinsam.")
    expect(main).to_contain_text("Das SEPA-Lastschriftmandat unterschreibt, wem das Konto gehört.")
    paper = " ".join(read_text(applying.download(page, re.compile("Aufnahmeantrag"), tmp_path)).split())
    lines = ["Muster Eins, Geschäftsführung", "Muster Zwei, Geschäftsführung"]
    assert [paper.count(f"Vertretungsberechtigt: {each}") for each in lines] == [1, 1]
    with open_page() as office:
        staff.open_application(office, team.office, reference)
        record_original(office)
        is_ready = office.get_by_role("link", name="Beschlussreif", exact=True)
        for line in ("Unterschrift der vertretungsberechtigten Personen geprüft", "SEPA-Lastschriftmandat geprüft"):
            expect(is_ready).to_have_count(0)
            tick(office, line)
        staff.mark_ready(office)
    with open_page() as board:
        staff.open_application(board, team.board, reference)
        staff.vote_yes(board)


def let_ten_minutes_pass(portal: RunningPortal, reference: str) -> None:
    """Until then a decision can be taken back, and nobody is told of it."""
    portal.manage(
        "shell",
        "-c",
        "from membership.models import Application\n"
        "from tests.factories.decisions import told\n"
        f"told(Application.objects.get(reference={reference!r}))",
    )


def reject_in_meeting(page: Page) -> None:
    """As the only member of the board: record on the application's page that a meeting rejected it."""
    page.get_by_role("link", name="Beschluss einer Sitzung eintragen").click()
    page.locator("[name=present]").first.check()
    page.locator("[name=no]").fill("1")
    page.locator("[name=protocol_reference]").fill("Musterprotokoll, TOP 4")
    page.get_by_role("button", name="Beschluss eintragen").click()
    expect(page.get_by_text("Der Antrag ist abgelehnt.")).to_be_visible()


def test_a_rejection_is_taken_back_made_again_and_reaches_the_applicant(
    page: Page, open_page: Opened, portal: RunningPortal, team: Team
) -> None:
    email = "abgelehnt@example.org"
    reference = apply(page, portal, email)
    with open_page() as office:
        staff.open_application(office, team.office, reference)
        record_original(office)
        staff.mark_ready(office)
    with open_page() as board:
        staff.open_application(board, team.board, reference)
        reject_in_meeting(board)
        board.get_by_role("link", name="Entscheidung rückgängig machen").click()
        board.get_by_role("button", name="Rückgängig machen").click()
        expect(board.get_by_text("Die Entscheidung ist rückgängig gemacht.")).to_be_visible()
        reject_in_meeting(board)
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Jetzt entscheidet der Vorstand")
    told_before = len(portal.mails(to=email))

    let_ten_minutes_pass(portal, reference)

    mail = portal.wait_for_mail(to=email, number=told_before + 1)
    assert str(mail["Subject"]) == f"Zu Ihrem Aufnahmeantrag {reference}"
    assert "nicht angenommen" in text_of(mail)
    assert "Musterprotokoll" not in text_of(mail)
    page.reload()
    main = page.get_by_role("main")
    expect(main).to_contain_text("Der Vorstand hat über Ihren Antrag entschieden.")
    expect(main.get_by_role("link", name="Antrag zurückziehen")).to_have_count(0)


def test_editors_see_nothing_of_membership(page: Page, portal: RunningPortal, team: Team) -> None:
    staff.sign_in(page, team.editor)
    expect(page.get_by_role("link", name="Aufnahmeanträge")).to_have_count(0)
    response = page.goto("/admin/antraege/")
    assert response is not None
    assert response.status == 403


def test_an_editor_changes_a_sentence_and_sees_it_at_once(
    page: Page, open_page: Opened, portal: RunningPortal, team: Team
) -> None:
    sentence = "Dieser Satz ist ein Beispiel aus einer Probe."
    with open_page() as editor:
        staff.sign_in(editor, team.editor)
        editor.locator("main input[name=q]").fill("Über uns")
        editor.keyboard.press("Enter")
        editor.get_by_role("link", name=re.compile("Über uns")).first.click()
        editor.locator("[name=intro]").fill(sentence)
        editor.get_by_role("button", name="Vorschau ein-/ausblenden").or_(
            editor.locator("[data-side-panel-toggle=preview]")
        ).first.click()
        frame = editor.frame_locator("iframe.w-preview__iframe, #w-preview-iframe, iframe[title*=Vorschau]").first
        expect(frame.get_by_text(sentence).first).to_be_visible(timeout=15_000)
        editor.get_by_role("button", name="Weitere Aktionen").or_(
            editor.locator("footer [data-w-dropdown-target=toggle], .footer [data-w-dropdown-target=toggle]")
        ).first.click()
        editor.get_by_role("button", name="Veröffentlichen").first.click()
        editor.wait_for_load_state()
    page.goto("/")
    page.get_by_role("navigation", name="Hauptmenü").get_by_role("link", name="Über uns").click()
    expect(page.get_by_role("main")).to_contain_text(sentence)
