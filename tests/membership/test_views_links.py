"""Receipt, confirmation and status: secret addresses that change nothing until a button is pressed."""

import logging
from datetime import timedelta

import pytest
from django.test import Client

from membership import links
from membership.domain import resend_confirmation
from membership.models import Application
from portal.mailing.models import QueuedMail
from tests.factories.decisions import reject, told
from tests.factories.membership import create_application

pytestmark = pytest.mark.django_db

PURPOSES = {
    links.RECEIPT: "/mitglied-werden/antrag/eingang/{}/",
    links.CONFIRMATION: "/mitglied-werden/antrag/bestaetigen/{}/",
    links.STATUS: "/mitglied-werden/antrag/vorgang/{}/",
}


def altered(token: str) -> str:
    return ("A" if token[0] != "A" else "B") + token[1:]


def waiting_mails() -> int:
    return QueuedMail.objects.filter(kind="application_confirm", state="queued").count()


# -- tokens


@pytest.mark.parametrize("purpose", PURPOSES)
def test_altered_and_unknown_links_are_not_found_alike(client: Client, purpose: str) -> None:
    application = create_application()
    token = links.token(application, purpose)
    others = [links.token(application, other) for other in PURPOSES if other != purpose]
    wrong = [altered(token), token[:-1], "x", "A" * 44, *others]
    responses = [client.get(PURPOSES[purpose].format(each)) for each in wrong]
    plain = client.get("/gibt-es-nicht/")
    assert {response.status_code for response in responses} == {404}
    assert {tuple(template.name for template in response.templates) for response in responses} == {
        tuple(template.name for template in plain.templates)
    }
    assert client.get(PURPOSES[purpose].format(token)).status_code == 200


@pytest.mark.parametrize("purpose", PURPOSES)
def test_secret_pages_are_private(client: Client, purpose: str) -> None:
    response = client.get(links.path(create_application(), purpose))
    assert [response.headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "no-store, private",
        "no-referrer",
        "noindex, nofollow, noarchive",
    ]
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


def test_links_of_deleted_applications_are_not_found(client: Client) -> None:
    application = create_application(confirmed=False)
    path = links.path(application, links.RECEIPT)
    Application.objects.all().delete()
    assert client.get(path).status_code == 404


def test_no_log_line_names_a_token(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    token = altered(links.token(create_application(), links.STATUS))
    with caplog.at_level(logging.DEBUG):
        client.get(PURPOSES[links.STATUS].format(token))
    assert [record.getMessage() for record in caplog.records if record.name == "django.request"] == [
        "Not Found: /mitglied-werden/antrag/…"
    ]
    assert token not in caplog.text


# -- receipt


def test_receipt_names_what_to_do(client: Client) -> None:
    application = create_application(confirmed=False)
    html = client.get(links.path(application, links.RECEIPT)).content.decode()
    assert application.reference in html
    assert "<strong>mara@example.org</strong>" in html
    assert "Chemnitz" not in html.split("<footer")[0]


def test_resending(client: Client) -> None:
    application = create_application(confirmed=False)
    path, old = links.path(application, links.RECEIPT), links.path(application, links.CONFIRMATION)
    response = client.post(path, {"aktion": "erneut"})
    assert response["Location"] == f"{path}?erneut=1"
    assert waiting_mails() == 1
    assert client.get(old).status_code == 404
    assert "Wir schicken Ihnen die E-Mail mit einem neuen Link." in client.get(response["Location"]).content.decode()


def test_correcting_the_address_once(client: Client) -> None:
    application = create_application(confirmed=False)
    path = links.path(application, links.RECEIPT)
    assert "Bei der Adresse vertippt?" in client.get(path).content.decode()
    response = client.post(path, {"aktion": "berichtigen", "email": "richtig@example.org"})
    assert response["Location"] == f"{path}?berichtigt=1"
    assert Application.objects.get().email == "richtig@example.org"
    assert "Bei der Adresse vertippt?" not in client.get(path).content.decode()
    refused = client.post(path, {"aktion": "berichtigen", "email": "noch@example.org"}).content.decode()
    assert "Die E-Mail-Adresse wurde schon einmal berichtigt." in refused
    assert Application.objects.get().email == "richtig@example.org"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("a@b", "Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@example.org."),
        ("", "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_a_wrong_correction_is_refused_and_kept(client: Client, typed: str, message: str) -> None:
    path = links.path(create_application(confirmed=False), links.RECEIPT)
    html = client.post(path, {"aktion": "berichtigen", "email": typed}).content.decode()
    assert html.count(message) == 2
    assert f'value="{typed}"' in html or not typed
    assert Application.objects.get().email == "mara@example.org"


def test_receipt_after_confirmation_offers_nothing(client: Client) -> None:
    application = create_application()
    path = links.path(application, links.RECEIPT)
    html = client.get(path).content.decode()
    assert "Die E-Mail-Adresse ist bestätigt." in html
    assert '<form method="post"' not in html
    refused = client.post(path, {"aktion": "erneut"}).content.decode()
    assert "Die E-Mail-Adresse zu diesem Antrag ist bereits bestätigt." in refused
    assert waiting_mails() == 0


# -- confirmation


def test_opening_the_link_changes_nothing(client: Client) -> None:
    application = create_application(confirmed=False)
    path = links.path(application, links.CONFIRMATION)
    for method in (client.get, client.head):
        assert method(path).status_code == 200
    assert Application.objects.get().state == "unconfirmed"


def test_the_button_confirms(client: Client) -> None:
    application = create_application(confirmed=False)
    path = links.path(application, links.CONFIRMATION)
    first, second = client.post(path), client.post(path)
    assert [first["Location"], second["Location"]] == [links.path(application, links.STATUS)] * 2
    assert Application.objects.get().state == "confirmed"
    assert QueuedMail.objects.filter(kind="application_received").count() == 1
    html = client.get(path).content.decode()
    assert "Diese E-Mail-Adresse ist schon bestätigt." in html
    assert f'href="{links.path(application, links.STATUS)}"' in html


@pytest.mark.parametrize("purpose", [links.RECEIPT, links.CONFIRMATION])
def test_a_mailbox_cannot_be_filled(client: Client, purpose: str) -> None:
    application = create_application(confirmed=False)
    application.confirmation_generation = 10
    application.save()
    html = client.post(links.path(application, purpose), {"aktion": "erneut"}).content.decode()
    assert "Diese E-Mail haben wir schon zehnmal geschickt." in html
    assert Application.objects.get().confirmation_generation == 10


def test_an_expired_link_offers_a_new_mail(client: Client, time_machine) -> None:
    application = create_application(confirmed=False)
    path = links.path(application, links.CONFIRMATION)
    time_machine.move_to(application.submitted_at + timedelta(days=7, minutes=1))
    for response in (client.get(path), client.post(path)):
        assert "Dieser Link ist abgelaufen" in response.content.decode()
    assert Application.objects.get().state == "unconfirmed"
    html = client.post(path, {"aktion": "erneut"}).content.decode()
    assert "Eine neue E-Mail ist unterwegs" in html
    assert waiting_mails() == 1
    assert client.get(path).status_code == 404
    renewed = Application.objects.get()
    assert client.post(links.path(renewed, links.CONFIRMATION))["Location"] == links.path(renewed, links.STATUS)


def test_an_old_link_of_a_confirmed_application_opens_nothing(client: Client, time_machine) -> None:
    application = create_application()
    path = links.path(application, links.CONFIRMATION)
    time_machine.move_to(application.submitted_at + timedelta(days=8))
    html = client.get(path).content.decode()
    assert "Diese E-Mail-Adresse ist schon bestätigt." in html
    assert "/vorgang/" not in html


def test_superseded_link_is_not_found(client: Client) -> None:
    application = create_application(confirmed=False)
    path = links.path(application, links.CONFIRMATION)
    resend_confirmation(application)
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


@pytest.mark.parametrize("purpose", [links.RECEIPT, links.CONFIRMATION])
def test_a_stale_form_token_shows_the_page_again(purpose: str) -> None:
    application = create_application(confirmed=False)
    response = Client(enforce_csrf_checks=True).post(links.path(application, purpose))
    assert response.status_code == 200
    assert "Bitte schicken Sie es noch einmal ab." in response.content.decode()
    assert (Application.objects.get().state, waiting_mails()) == ("unconfirmed", 1)


# -- status


def test_status_is_closed_before_confirmation(client: Client) -> None:
    application = create_application(confirmed=False)
    path = links.path(application, links.STATUS)
    assert [client.get(path).status_code, client.get(f"{path}aufnahmeantrag.pdf").status_code] == [404, 404]


def test_status_shows_paper_and_steps(client: Client) -> None:
    application = create_application()
    path = links.path(application, links.STATUS)
    html = client.get(path).content.decode()
    assert f'href="{path}aufnahmeantrag.pdf"' in html
    assert "Schicken Sie das Original mit der Post an: Beispielverein e.V., Vereinsweg 2, 09112 Chemnitz." in html
    # Something can be posted here.
    assert list(client.get(path).cookies) == ["csrftoken"]


def test_status_after_the_decision(client: Client) -> None:
    application = create_application()
    told(reject(application))
    html = client.get(links.path(application, links.STATUS)).content.decode()
    assert "Der Vorstand hat über Ihren Antrag entschieden." in html
    assert "Wie es weitergeht" not in html


def test_pdf(client: Client) -> None:
    application = create_application()
    response = client.get(f"{links.path(application, links.STATUS)}aufnahmeantrag.pdf")
    assert response.content[:5] == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="Aufnahmeantrag-{application.reference}.pdf"'
    assert response["Cache-Control"] == "no-store, private"


def test_status_cannot_be_posted(client: Client) -> None:
    assert client.post(links.path(create_application(), links.STATUS)).status_code == 405
