"""A new password by mail: nobody learns who has an account, and no mail is lost."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from portal.accounts.invitations import invite
from portal.accounts.models import User
from portal.accounts.throttling import LIMIT, is_locked, note_failure
from portal.mailing.models import QueuedMail
from portal.mailing.worker import Worker
from tests.factories.accounts import create_person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
NEW_PASSWORD = "sieben Häuser am Kanal"


@pytest.fixture
def person(time_machine):
    time_machine.move_to(NOW, tick=False)
    return create_person()


def ask(client, email):
    """Ask for a new password; return the answer's address and page."""
    answer = client.post(reverse("wagtailadmin_password_reset"), {"email": email}, follow=True)
    page = re.sub(r'"CSRF_TOKEN": "\w+"', "", answer.content.decode())
    return answer.redirect_chain, page


def test_the_answer_is_the_same_for_everybody(client, person):
    create_person("aus@example.org", is_active=False)

    known, unknown, switched_off = (ask(client, f"{name}@example.org") for name in ("ADA", "niemand", "aus"))

    assert known == unknown == switched_off
    assert [(row.kind, row.object_id) for row in QueuedMail.objects.all()] == [("accounts.password_reset", person.pk)]


def test_the_link_sets_a_new_password_and_opens_a_closed_sign_in(client, person, mailoutbox):
    for _number in range(LIMIT):
        note_failure(person.email)
    ask(client, person.email)
    Worker().send_due_mails()
    [mail] = mailoutbox
    assert mail.subject == "Neues Passwort für das Portal"
    assert mail.to == ["ada@example.org"]
    [path] = set(re.findall(r"http://127\.0\.0\.1:8000(/admin/password_reset/confirm/\S+)", mail.body))

    form_page = client.get(path, follow=True)
    form_path = form_page.redirect_chain[-1][0]
    answer = client.post(form_path, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})

    assert answer.headers["Location"] == reverse("wagtailadmin_password_reset_complete")
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert is_locked(person.email) is False
    used = client.get(path, follow=True)
    assert used.context["validlink"] is False


def test_the_link_ends_after_a_day(client, person, mailoutbox, time_machine):
    ask(client, person.email)
    Worker().send_due_mails()
    [path] = set(re.findall(r"http://127\.0\.0\.1:8000(/admin/password_reset/confirm/\S+)", mailoutbox[0].body))
    time_machine.move_to(NOW + dt.timedelta(days=1, seconds=1), tick=False)

    assert client.get(path, follow=True).context["validlink"] is False


def test_pressing_again_and_again_sends_one_mail(client, person, time_machine):
    for _number in range(3):
        ask(client, person.email)
    assert QueuedMail.objects.count() == 1

    time_machine.move_to(NOW + dt.timedelta(minutes=5, seconds=1), tick=False)
    ask(client, person.email)
    assert QueuedMail.objects.count() == 2


def test_somebody_without_a_password_yet_is_invited_again(client, time_machine):
    time_machine.move_to(NOW, tick=False)
    invitation = invite(User.objects.create_user("neu@example.org"))
    ask(client, "neu@example.org")
    assert QueuedMail.objects.count() == 1

    time_machine.move_to(NOW + dt.timedelta(days=9), tick=False)
    ask(client, "neu@example.org")

    invitation.refresh_from_db()
    assert (invitation.generation, invitation.invited_at) == (1, NOW + dt.timedelta(days=9))
    assert list(QueuedMail.objects.values_list("kind", flat=True)) == ["accounts.invitation"] * 2


def test_an_address_that_is_none_is_refused_in_german(client):
    answer = client.post(reverse("wagtailadmin_password_reset"), {"email": "a@b"})

    assert answer.context["form"].errors == {"email": ["Bitte gültige E-Mail-Adresse eingeben."]}
