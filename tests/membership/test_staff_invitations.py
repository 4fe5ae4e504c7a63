"""The office resends, takes back, replaces and adds a group's invitations."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from membership.models import Application
from portal.accounts.models import User
from portal.mailing.models import QueuedMail
from portal.privacy.audit import entries_of
from tests.factories.membership import GROUP, create_application, create_staff
from tests.factories.signatures import confirm, create_digital_group, reject_waiting, row_of

pytestmark = pytest.mark.django_db
NEW = {"name": "Hanna Neu", "email": "hanna@example.org", "function": "Kasse"}
ROW_STEPS = ("resend_invitation", "revoke_invitation", "replace_cosigner")


@pytest.fixture
def office() -> User:
    return create_staff("office@example.org", "record")


@pytest.fixture
def staff(client: Client, office: User) -> Client:
    client.force_login(office)
    return client


def address(step: str, application: Application, *row: int) -> str:
    return reverse(f"membership_applications:{step}", args=[application.pk, *row])


def steps_on(response) -> list[str]:
    """Return the steps the application's page offers, with the number of the row."""
    return re.findall(r'href="/admin/antraege/\d+/einladungen/([^"]+)/"', response.content.decode())


def invitations(row_pk: int) -> int:
    return QueuedMail.objects.filter(kind="cosigner_invited", object_id=row_pk, state="queued").count()


def test_the_page_offers_what_is_possible(staff: Client) -> None:
    application = create_digital_group(2)
    confirm(application, 1)
    page = staff.get(address("inspect", application))
    assert steps_on(page) == ["2/erneut", "2/rueckzug", "2", "neu"]
    reject_waiting(application)
    assert steps_on(staff.get(address("inspect", application))) == []
    assert steps_on(staff.get(address("inspect", create_application()))) == []


def test_who_decides_is_offered_nothing(client: Client) -> None:
    application = create_digital_group(2)
    client.force_login(create_staff("board@example.org", "decide", board_term=True))
    assert steps_on(client.get(address("inspect", application))) == []
    for step in ROW_STEPS:
        assert client.post(address(step, application, 1), NEW).status_code == 403
    assert client.post(address("invite", application), NEW).status_code == 403
    assert (row_of(application, 1).generation, application.cosignatures.count()) == (1, 2)


def test_a_get_changes_nothing(staff: Client) -> None:
    application = create_digital_group(2)
    for step in ROW_STEPS:
        assert "Ben Zwei" in staff.get(address(step, application, 2)).content.decode()
    assert staff.get(address("invite", application)).status_code == 200
    assert (row_of(application, 2).generation, row_of(application, 2).revoked_at) == (1, None)


def test_resending(staff: Client, office: User) -> None:
    application = create_digital_group(2)
    response = staff.post(address("resend_invitation", application, 2))
    assert response.url == address("inspect", application)
    assert (row_of(application, 2).generation, row_of(application, 1).generation) == (2, 1)
    assert invitations(row_of(application, 2).pk) == 1
    entry = entries_of(application).last()
    assert (entry.action, entry.actor, entry.details) == ("invitation_resent", office, {"position": 2})


def test_taking_back(staff: Client, office: User) -> None:
    application = create_digital_group(2)
    staff.post(address("revoke_invitation", application, 2))
    assert (row_of(application, 2).revoked_at is None, invitations(row_of(application, 2).pk)) == (False, 0)
    assert (entries_of(application).last().action, entries_of(application).last().actor) == (
        "invitation_revoked",
        office,
    )
    again = staff.post(address("revoke_invitation", application, 2))
    assert (again.status_code, again.context["error"] != "") == (200, True)


def test_replacing(staff: Client, office: User) -> None:
    application = create_digital_group(2)
    form = staff.get(address("replace_cosigner", application, 2)).context["forms"][0]
    assert (form["name"].value(), form["email"].value()) == ("Ben Zwei", "ben@example.org")
    assert staff.post(address("replace_cosigner", application, 2), NEW).status_code == 302
    row = row_of(application, 2)
    assert (row.name, row.email, row.function, row.generation) == (*NEW.values(), 2)
    assert (entries_of(application).last().action, entries_of(application).last().actor) == (
        "cosigner_replaced",
        office,
    )


def test_inviting_one_more(staff: Client, office: User) -> None:
    application = create_digital_group(2)
    assert staff.post(address("invite", application), NEW).status_code == 302
    row = row_of(application, 3)
    assert (row.name, invitations(row.pk)) == ("Hanna Neu", 1)
    assert (entries_of(application).last().action, entries_of(application).last().actor) == ("cosigner_added", office)


def test_refusals_keep_what_was_typed(staff: Client) -> None:
    application = create_digital_group(2)
    confirm(application, 1)
    taken = staff.post(address("replace_cosigner", application, 2), {**NEW, "email": "anna@example.org"})
    assert taken.context["error"].startswith("Diese E-Mail-Adresse")
    assert 'value="Hanna Neu"' in taken.content.decode()
    wrong = staff.post(address("replace_cosigner", application, 2), {**NEW, "email": "hanna"})
    assert list(wrong.context["forms"][0].errors) == ["email"]
    given = staff.post(address("replace_cosigner", application, 1), NEW)
    assert (given.status_code, given.context["error"] != "") == (200, True)
    assert [row_of(application, position).name for position in (1, 2)] == ["Anna Eins", "Ben Zwei"]


def test_where_there_is_no_row(staff: Client) -> None:
    person, group = create_application(), create_application(GROUP)
    for application, position in ((person, 1), (group, 9)):
        for step in ROW_STEPS:
            assert staff.get(address(step, application, position)).status_code == 404
            assert staff.post(address(step, application, position), NEW).status_code == 404
    assert staff.get(address("invite", person)).status_code == 404
    on_paper = staff.post(address("invite", group), NEW)
    assert (on_paper.status_code, on_paper.context["error"] != "") == (200, True)


# -- the live count


def test_the_page_asks_for_the_count_while_somebody_is_missing(staff: Client) -> None:
    application = create_digital_group()
    count = address("signature_count", application)
    confirm(application, 1, 2, 3, 4)
    page = staff.get(address("inspect", application)).content.decode()
    assert (f'role="status" data-live-count="{count}"' in page, "js/live-count.js" in page) == (True, True)
    logged = entries_of(application).count()
    response = staff.get(count)
    assert response.json() == {"sentence": "4 Personen von fünf haben bestätigt.", "missing": True}
    assert "no-store" in response["Cache-Control"]
    assert entries_of(application).count() == logged
    confirm(application, 5)
    assert staff.get(count).json()["missing"] is False
    page = staff.get(address("inspect", application)).content.decode()
    assert ("data-live-count" in page, "js/live-count.js" in page) == (False, False)


def test_who_sees_applications_sees_the_count_and_nobody_else(client: Client) -> None:
    application = create_digital_group()
    people = [("record", False), ("decide", True), ("decide", False), ("unmask", False), ("", False)]
    answers = []
    for number, (permission, board_term) in enumerate(people):
        client.force_login(create_staff(f"person{number}@example.org", permission, board_term=board_term))
        answers.append(client.get(address("signature_count", application)).status_code)
    assert answers == [200, 200, 403, 403, 403]


def test_who_applies_alone_has_no_count(staff: Client) -> None:
    assert staff.get(address("signature_count", create_application())).status_code == 404
    assert staff.get(address("signature_count", create_digital_group(confirmed=False))).status_code == 404
