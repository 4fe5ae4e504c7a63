"""The list of mails: read by those whose group allows it, changed by nobody."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from portal.accounts.roles import Role
from portal.mailing import registry
from portal.mailing.dashboard import worker_is_silent
from portal.mailing.models import MailState, QueuedMail, WorkerHeartbeat
from portal.mailing.registry import label_of
from tests.factories.accounts import create_person, create_technician
from tests.factories.mailing import create_mail, make_message, registered

pytestmark = pytest.mark.django_db
INDEX = "/admin/emails/"
HOME = "/admin/"
LONG_AGO = dt.timedelta(hours=1)


def resend_url(mail):
    return reverse("mailing_mails:resend", args=[mail.pk])


@pytest.fixture
def technician(client):
    person = create_technician()
    client.force_login(person)
    return person


@pytest.fixture
def office(client):
    person = create_person(roles=(Role.OFFICE,))
    Group.objects.get(name=Role.OFFICE).permissions.add(Permission.objects.get(codename="view_queuedmail"))
    client.force_login(person)
    return person


def test_every_kind_of_mail_is_called_by_words():
    names = registry._kinds
    assert [name for name in names if label_of(name) == name or not label_of(name).strip()] == []


def test_the_list_shows_kind_state_and_error(client, office):
    create_mail(state=MailState.FAILED, attempts=10, error="SMTPServerDisconnected")
    create_mail(state=MailState.RETRY, attempts=1)
    with registered(lambda pk: [make_message(pk)]):
        html = client.get(INDEX).content.decode()

    for text in ("Hinweis (Test)", "gescheitert", "SMTPServerDisconnected", "wartet auf neuen Versuch"):
        assert text in html
    assert "tests.notice" not in html


def test_nothing_can_be_added_changed_or_deleted(client, technician):
    create_mail()
    for name in ("add", "edit", "delete", "history"):
        with pytest.raises(NoReverseMatch):
            reverse(f"mailing_mails:{name}", args=[] if name == "add" else [1])
    assert client.get("/admin/emails/new/").status_code == 404


def test_only_what_is_not_on_its_way_offers_to_be_sent_again(client, technician):
    failed, waiting = create_mail(state=MailState.FAILED), create_mail()
    html = client.get(INDEX).content.decode()

    assert [resend_url(failed) in html, resend_url(waiting) in html] == [True, False]


def test_sending_again_asks_first(client, technician):
    mail = create_mail(state=MailState.FAILED, attempts=10)
    assert client.get(resend_url(mail)).status_code == 200
    assert QueuedMail.objects.get().state == MailState.FAILED

    answer = client.post(resend_url(mail), follow=True)

    assert [str(message).strip() for message in answer.context["messages"]] == ["Die E-Mail wird gleich gesendet."]
    assert (QueuedMail.objects.get().state, QueuedMail.objects.get().attempts) == ("queued", 0)
    again = client.post(resend_url(mail), follow=True)
    assert [str(message).strip() for message in again.context["messages"]] == ["Diese E-Mail ist schon auf dem Weg."]


def test_reading_does_not_mean_sending(client, office):
    mail = create_mail(state=MailState.FAILED)

    assert resend_url(mail) not in client.get(INDEX).content.decode()
    client.post(resend_url(mail))
    assert QueuedMail.objects.get().state == MailState.FAILED


def test_editors_see_neither_list_nor_menu_nor_trouble(client):
    create_mail(state=MailState.FAILED)
    client.force_login(create_person(roles=(Role.EDITORS,)))

    assert client.get(INDEX).status_code == 403
    home = client.get(HOME).content.decode()
    assert INDEX not in home
    assert "nicht gesendet" not in home


def test_the_start_page_tells_of_failed_mails(client, office):
    assert "nicht gesendet" not in client.get(HOME).content.decode()
    create_mail(state=MailState.FAILED)
    assert "Eine E-Mail konnte nicht gesendet werden." in client.get(HOME).content.decode()
    create_mail(state=MailState.FAILED)
    assert "2 E-Mails konnten nicht gesendet werden." in client.get(HOME).content.decode()


def test_a_silent_worker_is_noticed_when_mails_wait():
    now = timezone.now()
    assert worker_is_silent() is False
    create_mail(created_at=now)
    assert worker_is_silent() is False
    create_mail(created_at=now - LONG_AGO)
    assert worker_is_silent() is True
    WorkerHeartbeat.objects.create(worker="a", beat_at=now - LONG_AGO)
    assert worker_is_silent() is True
    WorkerHeartbeat.objects.create(worker="b", beat_at=now)
    assert worker_is_silent() is False
