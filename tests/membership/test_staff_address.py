"""The page on which the office changes a mail address."""

import pytest
from django.test import Client
from django.urls import reverse

from membership import links
from membership.models import Application
from tests.factories.decisions import reject, told
from tests.factories.membership import EMAIL, create_application, create_staff

pytestmark = pytest.mark.django_db
NEW = "neu@example.org"
BUTTON = "E-Mail-Adresse ändern"


def address(application: Application, step: str = "change_email") -> str:
    return reverse(f"membership_applications:{step}", args=[application.pk])


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(create_staff("office@example.org", "record"))
    return client


def test_the_office_changes_it(office: Client) -> None:
    application = create_application()
    assert BUTTON in office.get(address(application, "inspect")).content.decode()
    response = office.post(address(application), {"email": f" {NEW} "}, follow=True)
    assert response.redirect_chain == [(address(application, "inspect"), 302)]
    assert "Die E-Mail-Adresse ist geändert. Der neue Link ist unterwegs." in response.content.decode()
    assert Application.objects.get().email == NEW


def test_what_applicants_held_leads_nowhere_and_the_new_link_tells_of_it(office: Client) -> None:
    application = create_application()
    former = links.path(application, links.STATUS)
    office.post(address(application), {"email": NEW})
    outside = Client()
    assert outside.get(former).status_code == 404
    page = outside.get(links.path(Application.objects.get(), links.STATUS)).content.decode()
    assert "E-Mail-Adresse geändert, frühere Links ungültig" in page
    assert "office@example.org" not in page


def test_a_decided_application_too(office: Client) -> None:
    application = told(reject(create_application()))
    assert BUTTON in office.get(address(application, "inspect")).content.decode()
    office.post(address(application), {"email": NEW})
    assert Application.objects.get().email == NEW


@pytest.mark.parametrize(
    ("typed", "errors", "error"),
    [
        ("", ["email"], "Bitte prüfen Sie die markierten Angaben. Es wurde nichts eingetragen."),
        ("neu@", ["email"], "Bitte prüfen Sie die markierten Angaben. Es wurde nichts eingetragen."),
        (EMAIL, [], "Diese E-Mail-Adresse ist schon eingetragen."),
    ],
)
def test_bad_addresses_are_refused_and_kept(office: Client, typed: str, errors: list[str], error: str) -> None:
    application = create_application()
    response = office.post(address(application), {"email": typed})
    (form,) = response.context["forms"]
    assert (list(form.errors), response.context["error"], form["email"].value()) == (errors, error, typed)
    assert Application.objects.get().email == EMAIL


def test_opening_the_page_changes_nothing(office: Client) -> None:
    application = create_application()
    assert office.get(address(application)).status_code == 200
    assert Application.objects.get().status_generation == application.status_generation


@pytest.mark.parametrize(("permission", "board_term"), [("decide", True), ("unmask", False), ("", False)])
def test_nobody_else_gets_there(client: Client, permission: str, board_term: bool) -> None:
    application = create_application()
    client.force_login(create_staff("someone@example.org", permission, board_term=board_term))
    assert client.get(address(application)).status_code == 403
    assert client.post(address(application), {"email": NEW}).status_code == 403
    assert BUTTON not in client.get(address(application, "inspect")).content.decode()
    assert Application.objects.get().email == EMAIL


def test_an_unconfirmed_application_has_no_such_page(office: Client) -> None:
    application = create_application(confirmed=False)
    assert office.post(address(application), {"email": NEW}).status_code == 404
    assert Application.objects.get().email == EMAIL
