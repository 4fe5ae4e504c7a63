"""What each group may do (domain: Roles)."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Page

from portal.accounts.roles import Role
from tests.factories.accounts import create_person


def codenames(group: str) -> set[str]:
    return {
        f"{permission.content_type.app_label}.{permission.codename}"
        for permission in Group.objects.get(name=group).permissions.select_related("content_type")
    }


def test_the_groups_are_the_roles(site) -> None:
    assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)


def test_editors_have_no_right_in_membership_dues_or_settings(site) -> None:
    apps = {name.split(".")[0] for name in codenames("Redaktion")}

    assert apps == {"wagtailadmin", "library", "wagtailredirects", "wagtail_localize", "search"}


def test_only_the_office_records_and_only_the_board_decides(site) -> None:
    holders = {
        right: {group for group in Role.values if right in codenames(group)}
        for right in ("membership.record_application", "membership.decide_application", "dues.publish_duesorder")
    }

    assert holders == {
        "membership.record_application": {"Geschäftsstelle"},
        "membership.decide_application": {"Vorstand"},
        "dues.publish_duesorder": {"Kasse"},
    }


@pytest.mark.parametrize("role", Role)
def test_nobody_manages_people(site, role) -> None:
    assert {name for name in codenames(role) if name.startswith(("accounts.", "auth."))} == set()


# Without a running term somebody of the board does not even enter the admin: the answer is the sign-in.
@pytest.mark.parametrize(
    ("role", "status"), [(Role.EDITORS, 200), (Role.OFFICE, 403), (Role.BOARD, 302), (Role.TREASURY, 403)]
)
def test_pages_are_the_editors(site, client, role, status) -> None:
    person = create_person(roles=(role,))
    client.force_login(person)
    page = Page.objects.get(slug="ueber-uns")

    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert page.permissions_for_user(person).can_edit() is (role == Role.EDITORS)
    assert response.status_code == status
