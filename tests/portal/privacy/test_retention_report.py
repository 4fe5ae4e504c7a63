"""The admin's report on retention, and setting the periods."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from portal.accounts.roles import Role
from portal.privacy.models import AuditEntry, RetentionPeriod
from portal.privacy.retention import rules
from tests.factories.accounts import create_person
from tests.factories.membership import create_application

pytestmark = pytest.mark.django_db
ADDRESS = reverse("privacy_retention")


def person_with(*codenames):
    person = create_person(f"{len(codenames)}@example.org", roles=(Role.EDITORS,))
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def entered(**changes):
    data = {}
    for rule in rules():
        data |= {f"{rule.name}-number": rule.default.number, f"{rule.name}-unit": rule.default.unit}
    return data | changes


def line(response, name):
    return next(line for line in response.context["lines"] if line["rule"].name == name)


def test_it_shows_what_is_due_and_what_follows(client, time_machine):
    time_machine.move_to(dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC), tick=False)
    due = create_application(confirmed=False)
    time_machine.move_to(dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC), tick=False)
    create_application(confirmed=False)
    create_application()
    time_machine.move_to(dt.datetime(2026, 1, 15, 13, tzinfo=dt.UTC), tick=False)
    client.force_login(person_with("view_retentionperiod"))
    shown = line(client.get(ADDRESS), "unconfirmed_applications")
    assert (shown["count"], shown["names"]) == (1, [due.reference])
    assert shown["following"] == dt.datetime(2026, 1, 19, 12, tzinfo=dt.UTC)


def test_editors_see_neither_report_nor_menu(client):
    client.force_login(person_with())
    assert client.get(ADDRESS).status_code == 403
    assert ADDRESS not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_who_only_looks_changes_nothing(client):
    client.force_login(person_with("view_retentionperiod"))
    assert client.post(ADDRESS, entered(**{"logs_views-number": 30})).status_code == 403
    assert RetentionPeriod.objects.count() == 0


def test_a_period_is_set_and_logged(client):
    person = person_with("view_retentionperiod", "change_retentionperiod")
    client.force_login(person)
    assert client.post(ADDRESS, entered(**{"logs_views-number": 30})).headers["Location"] == ADDRESS
    assert list(RetentionPeriod.objects.values_list("rule", "number", "unit")) == [("logs_views", 30, "days")]
    entry = AuditEntry.objects.get(action="retention_changed")
    assert (entry.actor, entry.details) == (person, {"number": 30, "unit": "days"})


@pytest.mark.parametrize("number", ["0", "-3", "", "viel", "4000"])
def test_a_wrong_period_changes_none_and_stays_on_the_page(client, number):
    client.force_login(person_with("view_retentionperiod", "change_retentionperiod"))
    response = client.post(ADDRESS, entered(**{"logs_views-number": number, "logs_mails-number": 5}))
    assert list(line(response, "logs_views")["form"].errors) == ["number"]
    assert line(response, "logs_mails")["form"]["number"].value() == "5"
    assert RetentionPeriod.objects.count() == 0
