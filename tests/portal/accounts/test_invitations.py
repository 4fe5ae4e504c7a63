"""Invitations: a mail, a link for seven days and once, a password of one's own."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from portal.accounts.invitations import InvitationClosed, accept_invitation, find_invitation, invite
from portal.accounts.models import Invitation, User
from portal.mailing.links import UnknownLink
from portal.mailing.models import QueuedMail
from portal.mailing.worker import Worker
from tests.factories.accounts import create_technician
from tests.factories.association import set_association
from tests.portal.parallel import at_once

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
NEW_PASSWORD = "sieben Häuser am Kanal"


@pytest.fixture
def person():
    return User.objects.create_user("ada@example.org", None, first_name="Ada", last_name="Lovelace")


@pytest.fixture
def invited(person, time_machine, mailoutbox):
    """The path of the link in the mail the person got."""
    time_machine.move_to(NOW, tick=False)
    set_association()
    invite(person, by=create_technician())
    return path_in_mail(mailoutbox)


def path_in_mail(mailoutbox):
    """Send what waits; return the path of the invitation's link in the last mail."""
    Worker().send_due_mails()
    [path] = set(re.findall(r"http://127\.0\.0\.1:8000(/zugang/einladung/[^\s/]+/)", mailoutbox[-1].body))
    return path


def test_the_mail_says_who_invites_and_until_when(invited, mailoutbox):
    [mail] = mailoutbox
    text = mail.body

    assert (mail.to, mail.subject) == (["ada@example.org"], "Ihr Zugang zum Portal der LAG Sachsen")
    assert text.startswith("Guten Tag Ada Lovelace,\n\nGrace Hopper hat für Sie einen Zugang zum Portal angelegt.")
    assert "Der Verweis gilt bis zum 29. November 2026, 13:00 Uhr, und nur einmal." in text
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    assert html.count(invited) == 3


def test_the_queue_knows_neither_address_nor_link(invited):
    row = QueuedMail.objects.values().get()

    assert (row["kind"], row["object_id"]) == ("accounts.invitation", Invitation.objects.get().pk)


def test_looking_changes_nothing_and_the_button_sets_the_password(client, invited, person):
    page = client.get(invited)
    assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "strict-origin")
    assert Invitation.objects.get().accepted_at is None

    answer = client.post(invited, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})

    assert answer.headers["Location"] == reverse("wagtailadmin_login")
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)
    assert Invitation.objects.get().accepted_at == NOW


def test_the_link_works_once(client, invited, person):
    client.post(invited, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})
    second = client.post(invited, {"new_password1": "ganz etwas anderes", "new_password2": "ganz etwas anderes"})

    assert (second.status_code, second.context["state"]) == (410, "accepted")
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        (("kurz", "kurz"), "new_password2", "Dieses Passwort ist zu kurz. Es muss mindestens 12 Zeichen enthalten."),
        ((NEW_PASSWORD, "anders geschrieben"), "new_password2", "Die beiden Passwörter sind nicht identisch."),
        (("", ""), "new_password1", "Dieses Feld muss ausgefüllt werden."),
        (
            ("482917365019283", "482917365019283"),
            "new_password2",
            "Dieses Passwort ist komplett numerisch. ",
        ),
    ],
)
def test_a_poor_password_is_refused_in_german(client, invited, person, typed, field, message):
    answer = client.post(invited, {"new_password1": typed[0], "new_password2": typed[1]})

    assert answer.status_code == 200
    assert message in answer.context["form"].errors[field]
    person.refresh_from_db()
    assert not person.has_usable_password()


def test_after_seven_days_the_page_offers_a_new_mail(client, invited, person, time_machine, mailoutbox):
    time_machine.move_to(NOW + dt.timedelta(days=7), tick=False)
    assert client.get(invited).context["state"] == "open"
    time_machine.move_to(NOW + dt.timedelta(days=7, seconds=1), tick=False)
    assert client.get(invited).context["state"] == "expired"

    answer = client.post(invited, {"new_password1": NEW_PASSWORD, "new_password2": NEW_PASSWORD})

    assert answer.context["state"] == "renewed"
    person.refresh_from_db()
    assert not person.has_usable_password()
    new_path = path_in_mail(mailoutbox)
    assert client.get(invited).status_code == 404
    assert client.get(new_path).context["state"] == "open"


def test_inviting_again_ends_the_earlier_link(client, invited, person, mailoutbox):
    invite(person)

    assert client.get(invited).status_code == 404
    assert client.get(path_in_mail(mailoutbox)).status_code == 200
    assert Invitation.objects.get().generation == 1


@pytest.mark.parametrize("path", ["/zugang/einladung/x/", f"/zugang/einladung/{'A' * 44}/"])
def test_unknown_and_altered_links_are_not_found(client, invited, path):
    altered = invited[:-2] + ("A/" if invited[-2] != "A" else "B/")

    assert [client.get(path).status_code, client.get(altered).status_code] == [404, 404]


def test_the_link_of_an_account_switched_off_is_not_found(client, invited, person):
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get(invited).status_code == 404


def test_a_mail_about_an_accepted_invitation_is_not_sent(person, mailoutbox):
    invitation = invite(person)
    accept_invitation(invitation, password=NEW_PASSWORD)
    Worker().send_due_mails()

    assert mailoutbox == []
    assert QueuedMail.objects.get().state == "cancelled"


def test_a_second_acceptance_is_refused(person):
    invitation = invite(person)
    accept_invitation(invitation, password=NEW_PASSWORD)

    with pytest.raises(InvitationClosed):
        accept_invitation(invitation, password="ganz etwas anderes")

    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


@pytest.mark.django_db(transaction=True)
def test_of_several_acceptances_at_once_one_counts():
    invitation = invite(User.objects.create_user("ada@example.org"))
    answers = at_once(4, lambda number: accept_invitation(invitation, password=f"sieben Häuser am Kanal {number}"))

    accepted = [number for number, answer in enumerate(answers) if not isinstance(answer, Exception)]
    assert [type(answer) for answer in answers].count(InvitationClosed) == 3
    assert len(accepted) == 1
    assert User.objects.get().check_password(f"sieben Häuser am Kanal {accepted[0]}")


def test_find_invitation_takes_no_other_token(person):
    invite(person)

    with pytest.raises(UnknownLink):
        find_invitation("A" * 44)
