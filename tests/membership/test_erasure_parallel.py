"""Erasing while somebody else works on the same application, on PostgreSQL; and two looks at its bank data at once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership import links
from membership.domain import add_attachment, erase_application
from membership.models import Application, Attachment, BoardDecision, Member
from membership.voting import Count
from portal.accounts.models import User
from portal.mailing.models import QueuedMail
from portal.privacy import audit, store
from tests.factories.decisions import accept, board, decide_in_meeting, ready, told
from tests.factories.files import make_pdf
from tests.factories.membership import IBAN, create_application, create_staff, create_user
from tests.portal.parallel import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PASSWORD = "ein langes Kennwort"
LATER = dt.timedelta(hours=1, seconds=5)


def outcome(result: Any) -> str:
    """Return the name of the error, or of what was stored."""
    return "erased" if result is None else type(result).__name__


def traces(application: Application) -> list[str]:
    """Return what the log still says about the application, and which mails about it wait."""
    mails = QueuedMail.objects.filter(object_id=application.pk, state="queued")
    return [entry.action for entry in audit.entries_of(application)] + [mail.kind for mail in mails]


def test_erased_while_the_board_accepts() -> None:
    people, application, eraser = board(2), ready(), create_user()

    def act(number: int) -> Any:
        if number:
            return erase_application(application, erased_by=eraser)
        return decide_in_meeting(application, Count(0, yes=2), people)

    decided, erased = (outcome(result) for result in at_once(2, act))
    # A membership keeps its application; an application that is gone is decided on no more.
    assert (decided, erased) in (("BoardDecision", "BecameMember"), ("DoesNotExist", "erased"))
    is_erased = erased == "erased"
    there = Application.objects.count(), Member.objects.count(), BoardDecision.objects.count()
    assert there == ((0, 0, 0) if is_erased else (1, 1, 1))
    assert not is_erased or traces(application) == ["application_erased"]


def test_erased_while_a_scan_is_uploaded() -> None:
    store.sweep(timezone.now() + LATER)
    before = set(store.file_names())
    application, eraser = create_application(), create_user()

    def act(number: int) -> Any:
        if number:
            return erase_application(application, erased_by=eraser)
        return add_attachment(application, [make_pdf(2)])

    uploaded, erased = (outcome(result) for result in at_once(2, act))
    assert (uploaded in ("Attachment", "DoesNotExist"), erased) == (True, "erased")
    assert (Application.objects.count(), Attachment.objects.count()) == (0, 0)
    assert traces(application) == ["application_erased"]
    # Written before the row was refused, a file waits for the sweep; with a row it went at once.
    assert store.sweep(timezone.now() + LATER) <= (uploaded == "DoesNotExist")
    assert set(store.file_names()) == before


def test_erased_twice_at_once() -> None:
    application, eraser = create_application(), create_user()
    results = at_once(4, lambda number: erase_application(application, erased_by=eraser))
    assert sorted(map(outcome, results)) == ["DoesNotExist"] * 3 + ["erased"]
    assert traces(application) == ["application_erased"]


def test_pages_answer_that_the_erased_application_is_not_found(client: Client) -> None:
    application, office = create_application(), create_staff("office@example.org", "record")
    client.force_login(office)
    applicant = Client()
    page = links.path(application, links.STATUS)

    def act(number: int) -> int:
        if number == 0:
            address = reverse("membership_applications:erase", args=[application.pk])
            return client.post(address, {"reference": application.reference}).status_code
        return applicant.post(f"{page}zurueckziehen/").status_code

    erased, withdrawn = at_once(2, act)
    assert (erased, withdrawn in (302, 404)) == (302, True)
    assert (Application.objects.count(), applicant.get(page).status_code) == (0, 404)


def test_each_look_at_the_bank_data_is_logged_once() -> None:
    application = told(accept(create_application(iban=IBAN)))
    address = reverse("membership_dues:unmask", args=[application.pk])
    people = [create_staff(f"kasse-{number}@example.org", "unmask") for number in (1, 2)]
    clients = [signed_in(person) for person in people for _time in range(3)]

    pages = at_once(len(clients), lambda number: clients[number].post(address, {"password": PASSWORD}))

    # Shown in groups of four.
    assert [IBAN in page.content.decode().replace(" ", "") for page in pages] == [True] * 6
    looks = audit.entries_of(application).filter(action="bank_data_unmasked")
    assert sorted(entry.actor.email for entry in looks) == ["kasse-1@example.org"] * 3 + ["kasse-2@example.org"] * 3


def test_wrong_passwords_at_once_are_all_counted() -> None:
    application = told(accept(create_application(iban=IBAN)))
    address = reverse("membership_dues:unmask", args=[application.pk])
    person = create_staff("kasse@example.org", "unmask")
    clients = [signed_in(person) for _time in range(10)]
    at_once(10, lambda number: clients[number].post(address, {"password": "falsch"}))
    page = clients[0].post(address, {"password": PASSWORD})
    assert (page.context["mandate"], list(page.context["form"].errors)) == (None, ["password"])
    assert audit.entries_of(application).filter(action="bank_data_unmasked").count() == 0


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client
