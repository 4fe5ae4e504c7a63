"""Texts that people edit: placeholders, escaping, both forms from one text, the admin's page."""

import pytest
from django.contrib.auth.models import Permission
from django.core import mail as outbox
from django.urls import reverse

from portal.accounts.roles import Role
from portal.mailing import texts
from portal.mailing.compose import build_mail
from portal.mailing.models import MailText
from portal.mailing.texts import MissingPlaceholder, Placeholder, Steps, StrayBrace, TextKind, UnknownPlaceholder, Words
from tests.factories.accounts import create_person, create_technician
from tests.factories.membership import create_application, create_staff

KIND = TextKind(
    "tests_kind",
    "Beispiel",
    (
        Placeholder("vorgangsnummer", "Nummer", "LAG-1"),
        Placeholder("punkte", "Liste", ["eins"]),
        Placeholder("link", "Link", "https://www.example.org/", button="Öffnen"),
    ),
    lambda context: context,
)
NOTICE = "office_notice"


def address(name, kind=NOTICE, language="de"):
    return reverse(name, args=[kind, language])


# -- placeholders


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "{vorgangsnumer} {link}",
            "Den Platzhalter {vorgangsnumer} gibt es in dieser E-Mail nicht. Meinten Sie {vorgangsnummer}?",
        ),
        (
            "{Vorgangsnummer} {link}",
            "Den Platzhalter {Vorgangsnummer} gibt es in dieser E-Mail nicht. Meinten Sie {vorgangsnummer}?",
        ),
        ("{iban} {link}", "Den Platzhalter {iban} gibt es in dieser E-Mail nicht."),
        ("{} {link}", "Den Platzhalter {} gibt es in dieser E-Mail nicht."),
    ],
)
def test_an_unknown_placeholder_is_refused_with_a_suggestion(body, sentence):
    with pytest.raises(UnknownPlaceholder) as refusal:
        texts.check(KIND, Words("Betreff", body))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Mitglied in {vorgangsnummer}.", "Mitglied in Beispielverein e.V."),
        ("Mitglied in {vorgangsnummer}. Mehr", "Mitglied in Beispielverein e.V. Mehr"),
        ("Mitglied in {vorgangsnummer}, ab heute.", "Mitglied in Beispielverein e.V., ab heute."),
        ("{punkte}.", "- eins."),
    ],
)
def test_a_name_that_ends_with_a_point_ends_the_sentence(text, filled):
    values = {"vorgangsnummer": "Beispielverein e.V.", "punkte": ["eins"]}
    assert texts.fill(text, values) == filled
    html = texts.as_html(KIND, Words("", f"Guten Tag, {text}"), values)
    assert html == f"<p>Guten Tag, {filled}</p>"


def test_the_link_must_stay():
    with pytest.raises(MissingPlaceholder, match=r"Der Platzhalter \{link\} muss im Text stehen bleiben."):
        texts.check(KIND, Words("Betreff", "{vorgangsnummer}"))


def test_a_link_has_no_place_in_the_subject():
    with pytest.raises(UnknownPlaceholder):
        texts.check(KIND, Words("{link}", "{link}"))


@pytest.mark.parametrize("body", ["{link} {", "}{link}", "{link} {vorgangs\nnummer}"])
def test_a_brace_that_stands_alone_is_refused(body):
    with pytest.raises(StrayBrace):
        texts.check(KIND, Words("Betreff", body))


@pytest.mark.parametrize("kind", texts.text_kinds(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_shipped_text_keeps_the_rules_and_uses_only_its_own_words(kind, language):
    words = texts.shipped(kind.name, language)
    texts.check(kind, words)
    assert words.subject
    assert "{" not in texts.as_text(kind, words, kind.sample_values)


def test_mails_to_office_and_board_have_reference_and_link_only():
    notices = {kind.name: kind.names for kind in texts.text_kinds() if kind.name.endswith("_notice")}
    votes = {kind.name: kind.names for kind in texts.text_kinds() if kind.name.startswith("vote_")}
    assert len(notices | votes) == 11
    assert set((notices | votes).values()) == {("vorgangsnummer", "link")}


# -- both forms


def test_text_and_html_come_from_one_text():
    words = Words("x", "Guten Tag,\n\nzu {vorgangsnummer}:\nzweite Zeile\n\n{punkte}\n\n{link}")
    values = {"vorgangsnummer": "LAG-7", "punkte": ["eins", "zwei"], "link": "https://www.example.org/?a=1&b=2"}
    assert texts.as_text(KIND, words, values) == (
        "Guten Tag,\n\nzu LAG-7:\nzweite Zeile\n\n- eins\n- zwei\n\nhttps://www.example.org/?a=1&b=2"
    )
    html = texts.as_html(KIND, words, values)
    assert "<p>Guten Tag,</p>\n<p>zu LAG-7:<br>zweite Zeile</p>\n<ul><li>eins</li><li>zwei</li></ul>" in html
    assert html.count("https://www.example.org/?a=1&amp;b=2") == 3
    assert ">Öffnen</a>" in html


def test_steps_are_numbered():
    words, values = Words("x", "{punkte}"), {"punkte": Steps(["drucken", "schicken"])}
    assert texts.as_text(KIND, words, values) == "1. drucken\n\n2. schicken"
    assert texts.as_html(KIND, words, values) == "<ol><li>drucken</li><li>schicken</li></ol>"


def test_nothing_typed_becomes_html_and_no_template_runs():
    values = {"vorgangsnummer": "<script>{link}</script>"}
    html = texts.as_html(KIND, Words("x", "<b>{vorgangsnummer}</b>"), values)
    assert html == "<p>&lt;b&gt;&lt;script&gt;{link}&lt;/script&gt;&lt;/b&gt;</p>"
    with pytest.raises(UnknownPlaceholder):
        texts.check(KIND, Words("x", "{{ settings.SECRET_KEY }} {link}"))
    with pytest.raises(UnknownPlaceholder):
        texts.check(KIND, Words("x", "{% now %} {link}"))


def test_an_empty_value_leaves_no_gap():
    words = Words("x", "Eins\n\n{vorgangsnummer}\n\nZwei")
    assert texts.as_text(KIND, words, {}) == "Eins\n\nZwei"
    assert texts.as_html(KIND, words, {}) == "<p>Eins</p>\n<p>Zwei</p>"


@pytest.mark.django_db
def test_an_edited_text_takes_the_place_of_the_shipped_one_in_its_language_alone():
    context = {"reference": "LAG-9", "admin_url": "https://www.example.org/"}
    MailText.objects.create(kind=NOTICE, language="de", subject="Neu: {vorgangsnummer}", body="Hallo.\n\n{link}")
    german = build_mail(NOTICE, context, to="buero@example.org")
    assert (german.subject, german.body.splitlines()[:3]) == ("Neu: LAG-9", ["Hallo.", "", "https://www.example.org/"])
    english = build_mail(NOTICE, context, to="buero@example.org", language="en")
    assert english.subject == texts.shipped(NOTICE, "en").subject.replace("{vorgangsnummer}", "LAG-9")


# -- the admin


@pytest.fixture
def office(client):
    person = create_staff("office@example.org", "record")
    person.user_permissions.add(Permission.objects.get(codename="change_mailtext"))
    client.force_login(person)
    return client


@pytest.mark.django_db
def test_the_office_changes_a_text_and_takes_it_back(office):
    data = {"subject": "Neu: {vorgangsnummer}", "body": "Hallo.\r\n\r\n{link}"}
    assert office.post(address("mailing_text"), data).headers["Location"] == address("mailing_text")
    stored = MailText.objects.get()
    assert (stored.subject, stored.body) == ("Neu: {vorgangsnummer}", "Hallo.\n\n{link}")
    assert stored.updated_by.email == "office@example.org"
    office.post(address("mailing_text"), {"reset": "1"})
    assert MailText.objects.count() == 0


@pytest.mark.django_db
def test_a_refused_text_stays_in_the_form(office):
    data = {"subject": "{link}", "body": "{vorgangsnumer}"}
    page = office.post(address("mailing_text"), data)
    assert page.context["form"].errors == {
        "subject": ["Den Platzhalter {link} gibt es in dieser E-Mail nicht."],
        "body": ["Den Platzhalter {vorgangsnumer} gibt es in dieser E-Mail nicht. Meinten Sie {vorgangsnummer}?"],
    }
    assert "{vorgangsnumer}" in page.content.decode()
    assert MailText.objects.count() == 0


@pytest.mark.django_db
def test_the_preview_shows_samples_under_a_policy_of_its_own(office):
    create_application()
    page = office.get(address("mailing_text_preview"))
    assert "LAG-2026-MUSTER" in page.content.decode()
    assert "style-src 'unsafe-inline'" in page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "mara@example.org" not in page.content.decode()


@pytest.mark.django_db
def test_a_test_mail_goes_to_oneself(office):
    office.post(address("mailing_text_test"))
    [sent] = outbox.outbox
    assert (sent.to, sent.subject) == (["office@example.org"], "Neuer Aufnahmeantrag LAG-2026-MUSTER")


@pytest.mark.django_db
def test_a_test_mail_that_fails_says_so(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    page = office.post(address("mailing_text_test"), follow=True)
    assert "Die Probe-Mail ging nicht hinaus" in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["mailing_text", "mailing_text_preview"])
def test_editors_see_none_of_it(client, name):
    client.force_login(create_person(roles=(Role.EDITORS,)))
    assert client.get(address(name)).status_code == 403
    assert client.get(reverse("mailing_texts")).status_code == 403
    assert client.post(address("mailing_text_test")).status_code == 403
    assert reverse("mailing_texts") not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.django_db
def test_the_list_names_every_text_and_what_was_changed(client):
    client.force_login(create_technician())
    MailText.objects.create(kind=NOTICE, language="de", subject="x", body="{link}")
    page = client.get(reverse("mailing_texts"))
    assert len(page.context["lines"]) == len(texts.text_kinds())
    assert "geändert am" in page.content.decode()
    assert client.get(address("mailing_text", kind="gibt-es-nicht")).status_code == 404
    assert client.get(address("mailing_text", language="fr")).status_code == 404
