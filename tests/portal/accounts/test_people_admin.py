"""People in the admin: invited by technical administrators, by nobody else."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from portal.accounts.invitations import invite
from portal.accounts.models import Invitation, User
from portal.accounts.roles import Role
from portal.mailing.models import QueuedMail
from portal.privacy import audit
from tests.factories.accounts import create_person, create_technician

pytestmark = pytest.mark.django_db
NOT_DELETED = (
    "Nicht gelöscht: Ada Lovelace. Protokoll oder Amtszeiten nennen diese Person. "
    "Schalten Sie stattdessen den Zugang aus."
)


@pytest.fixture
def technician(client):
    person = create_technician()
    client.force_login(person)
    return person


def person_data(**changes):
    return {"email": "Neu@Example.org", "first_name": "Neu", "last_name": "Person", "groups": [], **changes}


def test_creating_a_person_sends_an_invitation_and_sets_no_password(client, technician):
    group = Group.objects.create(name=Role.EDITORS)
    answer = client.post(
        reverse("wagtailusers_users:add"), person_data(groups=[group.pk], password1="eingeschmuggelt-1")
    )

    assert answer.headers["Location"] == reverse("wagtailusers_users:index")
    person = User.objects.get(email="neu@example.org")
    assert (person.has_usable_password(), list(person.groups.all())) == (False, [group])
    assert Invitation.objects.get().invited_by == technician
    assert [(row.kind, row.object_id) for row in QueuedMail.objects.all()] == [
        ("accounts.invitation", person.invitation.pk)
    ]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"email": "TECHNIK@example.org"}, {"email": ["Mit dieser E-Mail-Adresse gibt es schon einen Zugang."]}),
        ({"email": "a@b"}, {"email": ["Bitte gültige E-Mail-Adresse eingeben."]}),
        ({"first_name": " "}, {"first_name": ["Dieses Feld muss ausgefüllt werden."]}),
    ],
)
def test_wrong_entries_are_named_and_invite_nobody(client, technician, changes, errors):
    answer = client.post(reverse("wagtailusers_users:add"), person_data(**changes))

    assert answer.context["form"].errors == errors
    assert (User.objects.count(), QueuedMail.objects.count()) == (1, 0)


def test_the_forms_speak_german_and_ask_for_no_password(client, technician):
    for address in (reverse("wagtailusers_users:add"), reverse("wagtailusers_users:edit", args=[technician.pk])):
        html = client.get(address).content.decode()
        assert "Damit meldet sich die Person an; hierhin geht die Einladung." in html
        assert 'type="password"' not in html
        assert "Benutzername" not in html


def test_the_list_shows_how_far_everybody_has_come(client, technician, django_assert_max_num_queries):
    for number in range(3):
        invite(User.objects.create_user(f"p{number}@example.org", first_name="P", last_name=str(number)))
    with django_assert_max_num_queries(25):
        html = client.get(reverse("wagtailusers_users:index")).content.decode()

    assert html.count("verschickt") == 3
    assert "E-Mail-Adresse" in html
    assert "Benutzername" not in html


def test_an_invitation_can_be_sent_again(client, technician):
    person = User.objects.create_user("neu@example.org", first_name="Neu", last_name="Person")
    invite(person)
    address = reverse("wagtailusers_users:invite", args=[person.pk])

    assert "Neu Person bekommt an neu@example.org eine neue Einladung." in client.get(address).content.decode()
    assert QueuedMail.objects.count() == 1
    client.post(address)
    assert (QueuedMail.objects.count(), Invitation.objects.get().generation) == (2, 1)


def test_whoever_acted_is_switched_off_not_deleted(client, technician):
    person = create_person()
    audit.record(technician, "opened", actor=person)

    for answer in (
        client.post(reverse("wagtailusers_users:delete", args=[person.pk]), follow=True),
        client.post(
            reverse("wagtail_bulk_action", args=["accounts", "user", "delete"]) + f"?id={person.pk}", follow=True
        ),
    ):
        assert [str(message) for message in answer.context["messages"]] == [NOT_DELETED]
    assert User.objects.filter(pk=person.pk).exists()


def test_somebody_nothing_refers_to_can_be_deleted(client, technician):
    person = create_person()
    client.post(reverse("wagtailusers_users:delete", args=[person.pk]))

    assert not User.objects.filter(pk=person.pk).exists()


def test_no_group_permission_opens_the_administration_of_people(client):
    person = create_person(roles=(Role.OFFICE,))
    people = Permission.objects.filter(content_type__app_label__in=["accounts", "auth"])
    Group.objects.get(name=Role.OFFICE).permissions.add(*people)
    client.force_login(person)
    other = create_person("bert@example.org")

    addresses = [
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        reverse("wagtailusers_users:edit", args=[other.pk]),
        reverse("wagtailusers_users:delete", args=[other.pk]),
        reverse("wagtailusers_users:invite", args=[other.pk]),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailusers_groups:add"),
    ]
    answers = {address: client.post(address, person_data(is_superuser="on")) for address in addresses}

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(addresses, 403)
    assert not User.objects.filter(is_superuser=True).exists()
    assert "Personen mit Zugang" not in client.get(reverse("wagtailadmin_home")).content.decode()
