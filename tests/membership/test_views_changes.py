"""At the secret link: answering, correcting, withdrawing, taking one's data along."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from membership import links
from membership.domain import answer_completion, request_completion, withdraw_application
from membership.models import Application, ApplicationDraft, CompletionRequest
from portal.association.enums import LegalTextKind
from portal.association.models import LegalText
from portal.mailing.models import QueuedMail
from portal.pdf.reading import read_text
from tests.factories.membership import GROUP, IBAN, LEGAL, create_application, create_user, make_draft
from tests.membership.test_views_form import key_of, post_page, review, send, value_of

pytestmark = pytest.mark.django_db


def status_of(client: Client, application: Application) -> str:
    return client.get(links.path(application, links.STATUS)).content.decode()


def address(application: Application, place: str) -> str:
    return f"{links.path(application, links.STATUS)}{place}"


# -- the page


def test_what_is_missing_and_what_has_happened(client: Client) -> None:
    application = create_application()
    response = client.get(links.path(application, links.STATUS))
    assert len(response.context["missing"]) == 1
    assert response.context["missing"][0].startswith("Der unterschriebene Antrag ist noch nicht eingegangen")
    assert [event.what for event in response.context["events"]] == ["E-Mail-Adresse bestätigt", "Antrag gestellt"]


def test_a_withdrawn_application_says_so(client: Client) -> None:
    application = withdraw_application(create_application())
    html = status_of(client, application)
    assert "Sie haben den Antrag zurückgezogen." in html
    assert [f"/{place}/" in html for place in ("berichtigen", "zurueckziehen", "datei")] == [False, False, False]
    assert "meine-daten.json" in html


# -- questions of the office


def asked(application: Application) -> CompletionRequest:
    office = create_user("office@example.org")
    return request_completion(
        application, points=["Der Registerauszug fehlt."], message="Guten Tag,\neine Frage.", requested_by=office
    )


def test_a_question_is_answered(client: Client) -> None:
    application = create_application()
    question = asked(application)
    html = status_of(client, application)
    assert "Der Registerauszug fehlt." in html
    assert "office@example.org" not in html
    response = client.post(address(application, "antwort/"), {"answer": "Liegt bei.\nGruß"})
    assert response["Location"] == address(application, "?beantwortet=1")
    question.refresh_from_db()
    assert question.answer.splitlines() == ["Liegt bei.", "Gruß"]
    html = client.get(response["Location"]).content.decode()
    assert "Die Geschäftsstelle hat Ihre Antwort." in html
    assert "Die Geschäftsstelle hat eine Frage" not in html


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("", "Bitte füllen Sie dieses Feld aus."),
        ("x" * 3001, "Bitte kürzen Sie auf höchstens 3000 Zeichen; jetzt sind es 3001."),
        ("<b>", "Bitte ohne die Zeichen &lt; und &gt;."),
    ],
)
def test_an_answer_that_does_not_do_is_shown_again(client: Client, answer: str, message: str) -> None:
    application = create_application()
    question = asked(application)
    html = client.post(address(application, "antwort/"), {"answer": answer}).content.decode()
    assert html.count(message) == 2
    assert answer.replace("<", "&lt;").replace(">", "&gt;") in html
    question.refresh_from_db()
    assert question.answered_at is None


def answered_meanwhile(application: Application) -> str:
    asked(application)
    answer_completion(application, answer="Am Telefon.", answered_by=create_user("telefon@example.org"))
    return "Zu diesem Antrag ist keine Rückfrage offen."


def withdrawn_meanwhile(application: Application) -> str:
    asked(application)
    withdraw_application(application)
    return "Der Antrag ist nicht offen"


@pytest.mark.parametrize("meanwhile", [answered_meanwhile, withdrawn_meanwhile])
def test_an_answer_nobody_waits_for_is_shown_again(client: Client, meanwhile: Callable[[Application], str]) -> None:
    application = create_application()
    problem = meanwhile(application)
    response = client.post(address(application, "antwort/"), {"answer": "Liegt bei.\nGruß & Dank"})
    html = " ".join(response.content.decode().split())
    assert problem in html
    assert "<blockquote> Liegt bei.<br>Gruß &amp; Dank </blockquote>" in html
    assert "Antwort senden" not in html


# -- withdrawing


def test_withdrawing_asks_first(client: Client) -> None:
    application = create_application()
    path = address(application, "zurueckziehen/")
    assert "Antrag zurückziehen?" in client.get(path).content.decode()
    assert Application.objects.get().state == "confirmed"
    assert client.post(path)["Location"] == links.path(application, links.STATUS)
    assert Application.objects.get().state == "withdrawn"
    assert "Der Antrag ist nicht offen" in client.post(path).content.decode()


@pytest.mark.parametrize("place", ["zurueckziehen/", "berichtigen/", "antwort/"])
def test_a_stale_form_token_changes_nothing(place: str) -> None:
    application = create_application()
    response = Client(enforce_csrf_checks=True).post(address(application, place), {"answer": "Hallo"})
    assert response.status_code == 200
    assert "Bitte schicken Sie es noch einmal ab." in response.content.decode()
    assert (Application.objects.get().state, ApplicationDraft.objects.count()) == ("confirmed", 0)


# -- correcting


def begin_correction(client: Client, application: Application) -> ApplicationDraft:
    path = address(application, "berichtigen/")
    assert client.get(path).status_code == 200
    assert ApplicationDraft.objects.count() == 0
    response = client.post(path)
    draft = ApplicationDraft.objects.get()
    assert response["Location"] == links.draft_path(draft, "wer")
    return draft


def test_the_form_comes_back_as_it_was_submitted(client: Client) -> None:
    application = create_application(LEGAL, iban=IBAN)
    draft = begin_correction(client, application)
    html = client.get(links.draft_path(draft, "angaben")).content.decode()
    assert [value_of(html, f"signatories_{row}_name") for row in (1, 2)] == ["Vera Vorstand", "Paul Prokura"]
    assert 'name="email"' not in html
    assert "Später weitermachen" not in html
    assert value_of(client.get(links.draft_path(draft, "beitrag")).content.decode(), "iban") == IBAN
    response = client.get(links.draft_path(draft, "pruefen"))
    assert response.context["wrong_steps"] == []
    assert response.context["needs_new_paper"] is False


def test_a_correction_is_saved(client: Client) -> None:
    application = create_application()
    draft = begin_correction(client, application)
    data = {"street": "Neuer Weg 5", "postcode": "09111", "city": "Chemnitz", "country": "DE"}
    post_page(client, draft, "angaben", **data)
    key = key_of(review(client, draft))
    responses = [send(client, draft, formular=key) for _ in range(2)]
    assert [response["Location"] for response in responses] == [address(application, "?berichtigt=1")] * 2
    changed = Application.objects.get()
    assert (changed.answers["street"], changed.email) == ("Neuer Weg 5", "mara@example.org")
    assert QueuedMail.objects.filter(kind="application_corrected").count() == 1
    assert "Die neuen Angaben sind gespeichert." in client.get(responses[0]["Location"]).content.decode()


def test_what_a_correction_voids_is_said_before(client: Client) -> None:
    application = create_application(GROUP)
    draft = begin_correction(client, application)
    post_page(client, draft, "wer", name="Anderer Name", field_of_work="Garten")
    response = client.get(links.draft_path(draft, "pruefen"))
    assert response.context["needs_new_paper"] is True
    assert "Der Antrag muss neu unterschrieben werden" in response.content.decode()


def test_a_new_version_of_the_statutes_is_agreed_to_again(client: Client) -> None:
    application = create_application()
    newer = LegalText.objects.create(kind=LegalTextKind.STATUTES, title="Satzung", body="<p>Neu.</p>")
    newer.publish()
    draft = begin_correction(client, application)
    assert send(client, draft, accepts_statutes=None).status_code == 200
    data = {"dues_order_read": "on", "dues_rate": str(application.dues_rate_id), "payment_way": "bank_transfer"}
    post_page(client, draft, "beitrag", **data)
    assert send(client, draft).status_code == 302
    assert newer in Application.objects.get().texts.all()


def test_a_correction_cannot_become_another_applicant_or_be_mailed(client: Client) -> None:
    draft = begin_correction(client, create_application())
    path = links.draft_path(draft, "art")
    assert 'name="art"' not in client.get(path).content.decode()
    client.post(path, {"art": "zusammenschluss", "mitgliedschaft": "foerdernd"})
    assert ApplicationDraft.objects.get().content.kind == "natural_person"
    assert client.get(links.draft_path(draft, "merken")).status_code == 404


def test_a_closed_application_is_not_corrected(client: Client) -> None:
    application = create_application()
    draft = begin_correction(client, application)
    key = key_of(review(client, draft))
    withdraw_application(application)
    late = client.post(links.draft_path(draft, "pruefen"), {"formular": key})
    assert (late.status_code, late["Location"]) == (302, address(application, "?ueberholt=1"))
    assert ApplicationDraft.objects.get().payload == ""
    assert "Der Antrag ist nicht offen" in client.get(address(application, "berichtigen/")).content.decode()


# -- one's own data


def test_everything_is_exported(client: Client) -> None:
    application = create_application(iban=IBAN)
    response = client.get(address(application, "meine-daten.json"))
    assert response["Content-Disposition"] == f'attachment; filename="Antrag-{application.reference}.json"'
    assert response["Cache-Control"] == "no-store, private"
    data = json.loads(response.content)
    answered = {name: value for name, value in data["answers"].items() if value is not None}
    assert answered == {
        **make_draft().answers,
        "membership_type": "regular",
        "email": "mara@example.org",
        "dues_rate": str(application.dues_rate),
        "payment_way": "direct_debit",
        "account_holder": "Mara Muster",
        "iban": IBAN,
    }
    assert (data["reference"], data["answers"]["phone"]) == (application.reference, None)
    assert [entry["action"] for entry in data["history"]] == ["application_submitted", "application_confirmed"]
    assert {text["kind"] for text in data["texts"]} == {str(text.kind) for text in application.texts.all()}
    assert [mail["what"] for mail in data["mails"]] == [
        "Link zur Bestätigung der E-Mail-Adresse",
        "Bestätigung des Eingangs",
    ]


@pytest.mark.pdf_conformance
def test_the_same_as_a_document(client: Client, assert_conformant) -> None:
    application = create_application(GROUP)
    asked(application)
    response = client.get(address(application, "meine-daten.pdf"))
    assert response["Content-Type"] == "application/pdf"
    text = " ".join(read_text(response.content).split())
    wanted = (
        application.reference,
        "Initiative Beispielhof",
        "Anna Eins",
        "Der Registerauszug fehlt.",
        "Antrag gestellt",
    )
    assert [word for word in wanted if word not in text] == []
    assert_conformant(response.content, "PDFUA-1", "PDFA-2A")
