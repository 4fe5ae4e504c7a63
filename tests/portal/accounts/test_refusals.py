"""What people get who open an address of the admin that is not theirs."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.urls import reverse

from portal.accounts.roles import Role
from portal.association.models import AssociationSettings
from tests.factories.accounts import create_person

ADDRESSES = ("/admin/users/", "/admin/rechtstexte/", "/admin/emails/", "/admin/reports/locked/")


@pytest.fixture
def editor(site, client):
    client.force_login(create_person(roles=(Role.EDITORS,)))
    return client


def test_what_is_not_theirs_answers_403(site, client) -> None:
    client.force_login(create_person(roles=(Role.TREASURY,)))
    particulars = f"/admin/settings/association/associationsettings/{AssociationSettings.load().pk}/"
    addresses = [*ADDRESSES, particulars]

    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 403)


def test_the_answer_is_the_german_page_and_nothing_waits_for_the_start_page(editor) -> None:
    response = editor.get("/admin/users/")

    assert "Hierhin haben Sie keinen Zugang" in response.content.decode()
    assert [str(message) for message in get_messages(editor.get(reverse("wagtailadmin_home")).wsgi_request)] == []


def test_other_ways_to_the_start_page_stay(editor) -> None:
    person = create_person("kasse@example.org", roles=(Role.TREASURY,))
    person.user_permissions.add(Permission.objects.get(codename="change_associationsettings"))
    editor.force_login(person)

    answer = editor.post(reverse("wagtailadmin_logout"))

    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("wagtailadmin_login"))
