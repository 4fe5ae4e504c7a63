import pytest

from pages.mails import compose_contact_message, delete_delivered_messages
from pages.models import ContactMessage
from portal.association.models import AssociationSettings
from portal.mailing.models import MailState, QueuedMail

ANSWERS = {"name": "Ada Lovelace", "email": "ada@example.org", "message": "Guten Tag!\nWann ist das nächste Treffen?"}


def errors_of(response) -> dict[str, list[str]]:
    return {name: list(errors) for name, errors in response.context["form"].errors.items()}


def test_a_message_is_stored_sealed_and_mailed_to_the_board(site, client) -> None:
    response = client.post("/kontakt/", ANSWERS)

    assert (response.status_code, response["Location"]) == (302, "/kontakt/gesendet/")
    message = ContactMessage.objects.get()
    queued = QueuedMail.objects.get(kind="contact_message")
    assert queued.object_id == message.pk
    (mail,) = compose_contact_message(message.pk)
    assert (mail.to, mail.reply_to) == (["vorstand@muster.example"], ["ada@example.org"])
    assert mail.subject == "Nachricht über das Kontaktformular"
    assert "Ada Lovelace" not in mail.subject
    assert ANSWERS["message"] in mail.body
    thanks = client.get(response["Location"]).content.decode()
    assert "Ihre Nachricht geht an den Vorstand" in thanks


def test_a_name_stays_on_one_line(site, client) -> None:
    client.post("/kontakt/", {**ANSWERS, "name": "Ada\r\nE-Mail: boss@example.org"})

    assert ContactMessage.objects.get().name == "Ada E-Mail: boss@example.org"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": "  "}, {"name": ["Bitte nennen Sie Ihren Namen."]}),
        ({"email": ""}, {"email": ["Bitte geben Sie Ihre E-Mail-Adresse an, damit wir antworten können."]}),
        (
            {"email": "a@b"},
            {"email": ["Diese E-Mail-Adresse ist unvollständig. Richtig wäre zum Beispiel name@anbieter.de."]},
        ),
        (
            {"name": "x" * 121},
            {"name": ["Das sind 121 Zeichen; höchstens 120 sind möglich. Bitte kürzen Sie die Eingabe."]},
        ),
        (
            {"email": f"{'x' * 243}@example.org"},
            {"email": ["Das sind 255 Zeichen; höchstens 254 sind möglich. Bitte kürzen Sie die Eingabe."]},
        ),
        ({"message": ""}, {"message": ["Bitte schreiben Sie, worum es geht."]}),
        (
            {"message": "x" * 5000},
            {"message": ["Ihre Nachricht hat 5000 Zeichen; höchstens 4000 sind möglich. Bitte kürzen Sie sie."]},
        ),
        (
            {"website": "https://werbung.example"},
            {"website": ["Bitte lassen Sie dieses Feld leer. Es hilft uns, Werbung fernzuhalten."]},
        ),
    ],
)
def test_bad_input_is_named_at_its_field_and_nothing_is_lost(site, client, changes, wrong) -> None:
    typed = {**ANSWERS, **changes}

    response = client.post("/kontakt/", typed)

    assert response.status_code == 422
    assert errors_of(response) == wrong
    assert {name: response.context["form"][name].value() for name in typed} == typed
    assert not ContactMessage.objects.exists()
    assert not QueuedMail.objects.filter(kind="contact_message").exists()


def test_markup_arrives_as_text(site, client) -> None:
    client.post("/kontakt/", {**ANSWERS, "message": "<script>alert(1)</script>"})

    (mail,) = compose_contact_message(ContactMessage.objects.get().pk)
    html = mail.alternatives[0][0]
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_without_an_address_to_write_to_there_is_no_form(site, client) -> None:
    settings = AssociationSettings.load()
    settings.board_email = settings.email = ""
    settings.save()

    assert "<textarea" not in client.get("/kontakt/").content.decode()
    assert client.post("/kontakt/", ANSWERS).status_code == 200
    assert not ContactMessage.objects.exists()


def test_a_message_is_forgotten_once_its_mail_is_sent(site, client) -> None:
    client.post("/kontakt/", ANSWERS)
    assert delete_delivered_messages() == 0

    QueuedMail.objects.filter(kind="contact_message").update(state=MailState.SENT)

    assert delete_delivered_messages() == 1
    assert not ContactMessage.objects.exists()


def test_a_message_that_cannot_be_sent_is_kept_fourteen_days(site, client, time_machine) -> None:
    time_machine.move_to("2027-01-01 12:00+01:00", tick=False)
    client.post("/kontakt/", ANSWERS)

    time_machine.move_to("2027-01-15 11:59+01:00", tick=False)
    assert delete_delivered_messages() == 0
    time_machine.move_to("2027-01-15 12:01+01:00", tick=False)
    assert delete_delivered_messages() == 1
