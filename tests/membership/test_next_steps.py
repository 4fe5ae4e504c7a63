"""What applicants are told to do: nothing that has been done, and of mails only where some were sent."""

import pytest
from django.test import Client
from django.utils import timezone

from membership import links, mails
from membership.domain import check_line, enter_application, record_original, revoke_invitation
from membership.mail_kinds import RECEIVED
from membership.models import Application
from membership.next_steps import next_steps
from tests.factories.decisions import office, ready
from tests.factories.membership import GROUP, IBAN, LEGAL, NATURAL, create_application, make_draft
from tests.factories.signatures import PEOPLE, confirm, cosigners, create_digital_group, row_of, switch_digital

pytestmark = pytest.mark.django_db
PAPER = ["Ausdrucken", "Unterschreiben", "Zusenden", "Entscheidung abwarten"]
CHECK = ["Prüfung abwarten", "Entscheidung abwarten"]
DIGITAL = ["Bestätigungen abwarten", "Wer lieber auf Papier unterschreibt", "Entscheidung abwarten"]


def titles(application: Application) -> list[str]:
    return [step["title"] for step in next_steps(Application.objects.get(pk=application.pk))]


def enter(kind: str = NATURAL, *, is_signed: bool, **fields) -> Application:
    """Enter what came by post."""
    return enter_application(
        make_draft(kind, channel="paper", **fields),
        key="paper",
        received_on=timezone.localdate(),
        is_signed=is_signed,
        entered_by=office(),
    )


@pytest.mark.parametrize("kind", [NATURAL, LEGAL, GROUP])
def test_the_paper_is_asked_for_until_it_came(client: Client, kind: str) -> None:
    application = create_application(kind)
    assert titles(application) == PAPER
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=office())
    assert titles(application) == CHECK
    page = client.get(links.path(application, links.STATUS)).content.decode()
    assert ("Prüfung abwarten" in page, "Ausdrucken" in page) == (True, False)


@pytest.mark.parametrize(("is_signed", "wanted"), [(True, CHECK), (False, PAPER[1:])])
def test_the_letter_about_an_entered_paper_asks_for_no_second_one(is_signed: bool, wanted: list[str]) -> None:
    application = enter(is_signed=is_signed, email="")
    body = str(mails.letter(RECEIVED, application.pk).body)
    lines = [line.partition(". ")[2].partition(":")[0] for line in body.splitlines() if line[:1].isdigit()]
    assert lines == wanted


def test_what_the_board_decides_on_is_only_waited_for() -> None:
    assert titles(ready()) == ["Entscheidung abwarten"]


def test_mails_are_spoken_of_where_somebody_was_invited() -> None:
    application = create_digital_group()
    assert titles(application) == DIGITAL
    confirm(application, 1, 2, 3, 4)
    assert titles(application) == DIGITAL
    confirm(application, 5)
    assert titles(application) == CHECK


def test_on_paper_nobody_was_invited() -> None:
    switch_digital()
    assert titles(enter(GROUP, is_signed=False, cosigners=cosigners(*PEOPLE[:5]))) == PAPER


def test_invitations_that_were_taken_back_leave_the_paper() -> None:
    application = create_digital_group()
    for position in range(1, 6):
        revoke_invitation(row_of(application, position))
    assert titles(application) == PAPER


MANDATE = "SEPA-Lastschriftmandat unterschreiben"
OWNER_SIGNS = "Das SEPA-Lastschriftmandat unterschreibt, wem das Konto gehört."


@pytest.mark.parametrize("by", ["paper", "tick"])
def test_a_group_that_confirms_by_mail_signs_its_mandate(client: Client, by: str) -> None:
    application = create_digital_group(iban=IBAN)
    assert titles(application) == [*DIGITAL[:2], MANDATE, DIGITAL[2]]
    confirm(application, 1, 2, 3, 4, 5)
    assert titles(application) == [MANDATE, "Entscheidung abwarten"]
    assert next_steps(application)[0]["text"] == (
        f"Drucken Sie dafür den Aufnahmeantrag aus; das Mandat steht am Ende. {OWNER_SIGNS} Schicken Sie das Original "
        "mit der Post an: Beispielverein e.V., Vereinsweg 2, 09112 Chemnitz. Oder laden Sie ihn als Scan oder Fotos "
        "auf der Seite zu Ihrem Antrag hoch."
    )
    assert MANDATE in client.get(links.path(application, links.STATUS)).content.decode()
    if by == "paper":
        record_original(application, received_on=timezone.localdate(), form="scan", recorded_by=office())
    else:
        check_line(application, code="mandate", checked_by=office())
    assert titles(application) == CHECK


@pytest.mark.parametrize(("iban", "wanted"), [(IBAN, f" {OWNER_SIGNS}"), ("", "")])
def test_on_paper_the_mandate_is_signed_with_the_application(iban: str, wanted: str) -> None:
    application = create_application(iban=iban)
    assert titles(application) == PAPER
    assert next_steps(application)[1]["text"] == f"Unterschreiben Sie den Antrag mit Ort und Datum.{wanted}"
