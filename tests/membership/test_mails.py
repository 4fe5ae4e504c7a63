"""The mails, read as their recipients do."""

import datetime as dt
import re
from smtplib import SMTPServerDisconnected

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership import links, mail_kinds, mails
from membership.domain import correct_application, mark_ready, open_vote, record_original, request_completion
from membership.letters import paragraphs_of
from membership.mail_texts import SHIPPED
from membership.models import Application
from portal.accounts.models import User
from portal.association.enums import ApplicantKind
from portal.mailing.models import QueuedMail
from portal.mailing.sending import claim_next, send
from portal.mailing.texts import text_kinds
from tests.factories.decisions import accept, ready, reject
from tests.factories.membership import (
    GROUP,
    NATURAL,
    SUPPORTING,
    create_application,
    create_association,
    create_board_member,
    create_user,
    make_draft,
)

pytestmark = pytest.mark.django_db

BASE = settings.WAGTAILADMIN_BASE_URL


def only(found):
    (mail,) = found
    return mail


def html_of(mail) -> str:
    return mail.alternatives[0][0]


def links_in(text: str) -> list[str]:
    return re.findall(rf"{re.escape(BASE)}/(\S+)", text)


def test_confirmation_names_the_link_and_nothing_that_was_typed() -> None:
    application = create_application(confirmed=False)
    mail = only(mails.confirm(application.pk))
    url = links.url(application, links.CONFIRMATION)
    assert (mail.to, mail.subject) == (
        ["mara@example.org"],
        f"Bitte bestätigen Sie Ihren Aufnahmeantrag {application.reference}",
    )
    assert next(f"{BASE}/{link}" for link in links_in(mail.body)) == url
    assert html_of(mail).count(url) == 3
    assert "Mara" not in mail.body + html_of(mail)
    assert "Der Link gilt sieben Tage." in mail.body


def test_received_leads_to_the_paper() -> None:
    application = create_application(GROUP)
    mail = only(mails.received(application.pk))
    assert mail.subject == f"Ihr Aufnahmeantrag {application.reference} ist bei uns"
    assert mail.body.splitlines()[0] == "Guten Tag Kim Kontakt,"
    assert links.url(application, links.STATUS) in mail.body.split()
    assert "2. Unterschreiben: Fünf Personen unterschreiben" in mail.body
    assert links.url(application, links.STATUS) in html_of(mail)


def test_accepted() -> None:
    application = accept(create_application(NATURAL, SUPPORTING))
    mail = only(mails.accepted(application.pk))
    assert mail.subject == "Willkommen in der Beispielverein"
    assert mail.body.splitlines()[0] == "Guten Tag Dr. Mara Muster,"
    assert "Damit beginnt Ihre Mitgliedschaft (Fördermitgliedschaft) in der Beispielverein e.V." in mail.body
    assert "Ihre Mitgliedsnummer ist 1." in mail.body
    assert "Ihre Beitragsgruppe ist „Förderbeitrag“: 50,00 € im Jahr." in mail.body
    assert "Herzlich willkommen!" in html_of(mail)


def test_rejected_gives_no_reasons() -> None:
    application = reject(create_application())
    mail = only(mails.rejected(application.pk))
    assert mail.subject == f"Zu Ihrem Aufnahmeantrag {application.reference}"
    assert "und ihn nicht angenommen." in mail.body
    assert links_in(mail.body) == []


def test_a_rejection_without_address_is_a_letter_that_speaks_of_no_mail() -> None:
    application = reject(create_application(email=""))
    letter = mails.letter(mail_kinds.REJECTED, application.pk)
    assert paragraphs_of(str(letter.body))[-2] == ["Wenn Sie Fragen haben, melden Sie sich gern bei uns."]
    assert mails.rejected(application.pk) == []


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_may_be_a_letter_is_shipped_without_a_word_of_mail(language: str) -> None:
    names = [mail_kinds.LETTER_TEXTS.get(kind, kind) for kind in mails._LETTERS]
    shipped = {name: (SHIPPED / f"{name}.{language}.txt").read_text().lower() for name in names}
    # The letter about receipt says how to get a link: by naming an address.
    assert [name for name, text in shipped.items() if "e-mail" in text] == ["letter_received"]
    assert [name for name, text in shipped.items() if "{link}" in text] == []


ASSOCIATION = "Beispielverein e.V., Vereinsweg 2, 09112 Chemnitz, Telefon 0371 123456"


def letter_of(kind: str, application: Application) -> str:
    """Return a letter's words; none may be an address of the net, which whoever prints it could open."""
    words = "\n".join(line for part in paragraphs_of(str(mails.letter(kind, application.pk).body)) for line in part)
    assert [each for each in ("http", "www", links.token(application, links.STATUS)) if each in words] == []
    return words.removesuffix("\nFreundliche Grüße\nBeispielverein e.V.")


CHECKED = "Die Geschäftsstelle prüft, was bei ihr eingegangen ist. Sie meldet sich, wenn etwas fehlt."
SIGNING = """1. Unterschreiben: Der Antrag liegt diesem Brief bei. Unterschreiben Sie den Antrag mit Ort und Datum.
2. Zusenden: Schicken Sie das Original mit der Post an: Beispielverein e.V., Vereinsweg 2, 09112 Chemnitz.
3. Entscheidung abwarten"""
CHECKING = f"""1. Prüfung abwarten: {CHECKED}
2. Entscheidung abwarten"""


@pytest.mark.parametrize(("is_signed", "steps"), [(True, CHECKING), (False, SIGNING)])
def test_the_letter_about_receipt_says_what_to_do_without_the_net(is_signed: bool, steps: str) -> None:
    application = create_application(email="")
    create_association(phone="0371 123456")
    if is_signed:
        record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=create_user())
    told, decision = letter_of(mail_kinds.RECEIVED, application).split(": Über die Aufnahme entscheidet der Vorstand. ")
    assert told == (
        "Guten Tag Dr. Mara Muster,\n"
        f"vielen Dank, Ihr Aufnahmeantrag {application.reference} ist bei uns angekommen.\n"
        f"So geht es weiter:\n{steps}"
    )
    assert decision == (
        "Wir schreiben Ihnen, sobald er entschieden hat.\n"
        "Wenn Sie Fragen haben oder etwas berichtigen möchten, nennen Sie uns bitte die Vorgangsnummer: "
        f"{ASSOCIATION}.\n"
        "Möchten Sie den Stand im Internet sehen? Teilen Sie uns eine E-Mail-Adresse mit. Dorthin schicken wir Ihnen "
        "einen eigenen Link."
    )


def test_the_letter_with_a_question_says_how_to_answer_it() -> None:
    application = create_application(email="")
    create_association(phone="0371 123456")
    request_completion(application, points=["Die Hausnummer fehlt."], message="", requested_by=create_user())
    assert letter_of(mail_kinds.COMPLETION_REQUEST, application).splitlines()[2:] == [
        "- Die Hausnummer fehlt.",
        f"Bitte antworten Sie mit der Post oder am Telefon: {ASSOCIATION}.",
        "Bis zu Ihrer Antwort ruht die Bearbeitung.",
    ]


def test_the_letter_about_a_correction_comes_with_the_paper() -> None:
    application = correct_application(create_application(email=""), make_draft(answers={"street": "Neuer Weg 5"}))
    changed = f"zu Ihrem Aufnahmeantrag {application.reference} sind Angaben berichtigt."
    enclosed = "Was jetzt gilt, steht in dem Antrag, der diesem Brief beiliegt."
    assert letter_of(mail_kinds.CORRECTED, application).splitlines()[1] == f"{changed} {enclosed}"


def test_sample_data_reads_right_in_every_german_text() -> None:
    """The name stands after feminine articles, as the association's own does."""
    samples = {kind.name: kind.sample_values for kind in text_kinds()}
    names = {(values["verein"], values.get("vereinsname")) for values in samples.values() if "verein" in values}
    assert names == {("LAG Muster", None), ("LAG Muster", "Landesarbeitsgemeinschaft Muster e.V.")}


@pytest.mark.parametrize("kind", ApplicantKind)
def test_office_gets_reference_and_link_only(kind: ApplicantKind) -> None:
    application = create_application(kind)
    mail = only(mails.office_notice(application.pk))
    assert (mail.to, mail.subject) == (["buero@example.org"], f"Neuer Aufnahmeantrag {application.reference}")
    assert links_in(mail.body) == [reverse(mails.ADMIN_DETAIL, args=[application.pk]).lstrip("/")]
    told = mail.subject + mail.body + html_of(mail)
    assert [word for word in ("Mara", "Beispiel gGmbH", "Beispielhof", "Kim", "mara@", "Chemnitz") if word in told] == (
        ["Chemnitz"] if "Vereinsweg" in told else []
    )


def test_office_notice_goes_to_the_public_address_where_there_is_no_other() -> None:
    application = create_application()
    create_association(office_email="")
    assert only(mails.office_notice(application.pk)).to == ["verein@example.org"]
    create_association(office_email="", email="")
    assert mails.office_notice(application.pk) == []


def test_board_gets_reference_and_link_only_when_it_can_decide() -> None:
    application = create_application()
    create_association(board_email="vorstand@example.org")
    assert mails.board_notice(application.pk) == []
    office = create_user()
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=office)
    assert mails.board_notice(application.pk) == []
    mark_ready(application, marked_by=office)
    mail = only(mails.board_notice(application.pk))
    assert mail.to == ["vorstand@example.org"]
    assert mail.subject == f"Aufnahmeantrag {application.reference} kann entschieden werden"
    assert links_in(mail.body) == [reverse(mails.ADMIN_DETAIL, args=[application.pk]).lstrip("/")]
    assert "Mara" not in mail.subject + mail.body + html_of(mail)


def test_everybody_on_the_board_is_told_and_the_common_address_where_there_is_one() -> None:
    first, second = (create_board_member(f"{name}@example.org") for name in ("eins", "zwei"))
    create_board_member("frueher@example.org", ends_on=timezone.localdate() - dt.timedelta(days=1))
    User.objects.filter(pk=create_board_member("gesperrt@example.org").pk).update(is_active=False)
    application = ready()
    persons = [[first.email], [second.email]]
    assert [mail.to for mail in mails.board_notice(application.pk)] == persons
    open_vote(application, opened_by=first, closes_on=timezone.localdate())
    assert [mail.to for mail in mails.vote_opened(application.pk)] == persons
    create_association(board_email="vorstand@example.org")
    assert [mail.to for mail in mails.vote_extended(application.pk)] == [["vorstand@example.org"], *persons]
    assert [mail.to for mail in mails.vote_closed(application.pk)] == [
        ["vorstand@example.org"],
        *persons,
        ["buero@example.org"],
    ]


def test_a_request_for_completion_names_the_points_and_leads_to_the_answer() -> None:
    application = create_application(GROUP)
    points, message = ["Es fehlen 5 der fünf Unterschriften."], "Bitte mit Datum."
    request_completion(application, points=points, message=message, requested_by=create_user())
    mail = only(mails.completion_request(application.pk))
    assert (mail.to, mail.subject) == (
        ["mara@example.org"],
        f"Rückfrage zu Ihrem Aufnahmeantrag {application.reference}",
    )
    assert mail.body.splitlines()[:8] == [
        "Guten Tag Kim Kontakt,",
        "",
        f"zu Ihrem Aufnahmeantrag {application.reference} fehlt uns noch etwas.",
        "",
        "- Es fehlen 5 der fünf Unterschriften.",
        "",
        "Bitte mit Datum.",
        "",
    ]
    assert links.url(application, links.STATUS) in mail.body.split()
    assert links.url(application, links.STATUS) in html_of(mail)


def test_the_office_gets_reference_and_link_only_when_somebody_answers() -> None:
    application = create_application()
    mail = only(mails.answer_notice(application.pk))
    assert (mail.to, mail.subject) == (["buero@example.org"], f"Antwort zum Aufnahmeantrag {application.reference}")
    assert links_in(mail.body) == [reverse(mails.ADMIN_DETAIL, args=[application.pk]).lstrip("/")]
    assert "Mara" not in mail.subject + mail.body + html_of(mail)


@pytest.mark.parametrize("compose", [mails.confirm, mails.accepted, mails.rejected, mails.completion_request])
def test_nothing_is_told_that_is_not_so(compose) -> None:
    assert compose(create_application().pk) == []


@pytest.mark.parametrize("compose", [mails.confirm, mails.received, mails.office_notice])
def test_nothing_is_told_of_what_is_gone(compose) -> None:
    assert compose(4711) == []


def test_nothing_is_sent_to_nobody() -> None:
    assert mails.received(create_application(email="").pk) == []


def test_without_mail_server_the_application_stands_and_the_mail_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self, messages) -> int:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    application = create_application(confirmed=False)
    send(claim_next())
    assert QueuedMail.objects.get().state == "retry"
    assert Application.objects.get() == application


def test_the_worker_sends_it(mailoutbox) -> None:
    create_application(confirmed=False)
    send(claim_next())
    assert (QueuedMail.objects.get().state, [mail.to for mail in mailoutbox]) == ("sent", [["mara@example.org"]])
