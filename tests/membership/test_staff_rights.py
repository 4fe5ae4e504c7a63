"""Who may take which step of an application: every address of ``staff/urls.py`` for every role, by direct address."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from home.groups import ensure_groups
from membership.domain import add_attachment
from membership.models import Application
from membership.staff.urls import STEPS
from portal.association.models import BoardTerm
from portal.privacy.models import AuditEntry
from tests.factories.decisions import ready, yesterday
from tests.factories.files import make_pdf
from tests.factories.membership import GROUP, create_application, create_user

pytestmark = pytest.mark.django_db

OFFICE, BOARD = frozenset({"office"}), frozenset({"board"})
BOTH = OFFICE | BOARD
EXPECTED = {
    "inspect": BOTH,
    "paper": BOTH,
    "add_file": OFFICE,
    "file": BOTH,
    "original_file": BOTH,
    "record_original": OFFICE,
    "record_signatures": OFFICE,
    "signature_count": BOTH,
    "invite": OFFICE,
    "replace_cosigner": OFFICE,
    "resend_invitation": OFFICE,
    "revoke_invitation": OFFICE,
    "correct": OFFICE,
    "change_email": OFFICE,
    "check_line": OFFICE,
    "request_completion": OFFICE,
    "answer_completion": OFFICE,
    "mark_ready": OFFICE,
    "withdraw": OFFICE,
    "reopen": OFFICE,
    "open_vote": BOARD,
    "cast_ballot": BOARD,
    "cancel_vote": BOARD,
    "record_meeting": BOARD,
    "reverse": BOARD,
    "add_note": BOARD,
    "extract": BOTH,
    "access": OFFICE,
    "erase": OFFICE,
}
"""Who may, of those who sign in; README, „Who may do what“."""
GROUPS = {
    "editors": "Redaktion",
    "office": "Geschäftsstelle",
    "board": "Vorstand",
    "former board": "Vorstand",
    "treasurer": "Kasse",
}
NAMES = [str(step.name) for step in STEPS]


def test_every_step_has_a_right() -> None:
    assert sorted(NAMES) == sorted(EXPECTED)


def signed_in(role: str) -> Client:
    """Return a browser of somebody in the group that the starter content makes for the role."""
    ensure_groups()
    user = create_user(f"{role.replace(' ', '-')}@example.org")
    user.groups.add(Group.objects.get(name=GROUPS[role]))
    if "board" in role:
        ends_on = yesterday() if role.startswith("former") else None
        BoardTerm.objects.create(user=user, function="Beisitz", starts_on=dt.date(2020, 1, 1), ends_on=ends_on)
    client = Client()
    client.force_login(user)
    return client


def addresses() -> dict[str, str]:
    """Return the address of every step of one application that has rows and a file and is ready."""
    application = ready(GROUP)
    return addresses_of(application, file=add_attachment(application, [make_pdf()]).pk)


def addresses_of(application: Application, *, file: int = 1) -> dict[str, str]:
    """Return the address of every step of ``application``."""
    known = {"pk": application.pk, "file": file, "position": 1, "code": "mandate", "decision": 1}
    return {
        str(step.name): reverse(
            f"membership_applications:{step.name}",
            kwargs={name: known[name] for name in step.pattern.converters},
        )
        for step in STEPS
    }


def is_refused(response: Any, path: str) -> bool:
    """Whether a page was refused: whose term has ended is asked to sign in, as somebody who may enter the admin."""
    to_sign_in = f"{reverse('wagtailadmin_login')}?next={path}"
    return response.status_code == 403 or (response.status_code, response.get("Location")) == (302, to_sign_in)


@pytest.mark.parametrize("role", GROUPS)
def test_each_role_reaches_its_steps_and_no_other(role: str) -> None:
    paths, client = addresses(), signed_in(role)
    reached = {name for name, path in paths.items() if not is_refused(client.get(path), path)}
    assert reached == {name for name, roles in EXPECTED.items() if role in roles}


@pytest.mark.parametrize("role", GROUPS)
def test_nothing_is_written_at_a_step_that_is_not_ones_own(role: str) -> None:
    paths, client = addresses(), signed_in(role)
    before = AuditEntry.objects.count(), Application.objects.values().get()
    for name, path in paths.items():
        if role not in EXPECTED[name]:
            assert is_refused(client.post(path, {"text": "Hallo", "done": "1"}), path), name
    assert (AuditEntry.objects.count(), Application.objects.values().get()) == before


@pytest.mark.parametrize("role", ["office", "board"])
def test_what_nobody_has_confirmed_is_not_there(role: str) -> None:
    paths, client = addresses_of(create_application(GROUP, confirmed=False)), signed_in(role)
    own = [path for name, path in paths.items() if role in EXPECTED[name]]
    assert {client.get(path).status_code for path in own} == {404}


def test_nobody_gets_anywhere_without_signing_in(client: Client) -> None:
    for name, path in addresses().items():
        for response in (client.get(path), client.post(path)):
            assert (response.status_code, is_refused(response, path)) == (302, True), name
