"""The form: choose, fill in page by page, submit; nothing typed is lost, whatever goes wrong."""

import datetime as dt
import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dues.money import format_amount
from membership import links, mails
from membership.domain import create_draft, save_draft
from membership.models import Application, ApplicationDraft
from membership.submission_key import versions_of
from membership.views import spam
from portal.association.enums import ApplicantKind, LegalTextKind, MembershipType
from portal.association.models import LegalText
from portal.mailing.models import QueuedMail
from tests.factories.membership import (
    GROUP,
    LEGAL,
    NATURAL,
    REGULAR,
    SUPPORTING,
    create_association,
    create_dues,
    create_ground,
    create_texts,
    current_offer,
    form_data,
)
from tests.portal.parallel import at_once

pytestmark = pytest.mark.django_db

URL = "/mitglied-werden/antrag/"
KIND_NAMES = {NATURAL: "natuerliche-person", LEGAL: "juristische-person", GROUP: "zusammenschluss"}
TYPE_NAMES = {REGULAR: "ordentlich", SUPPORTING: "foerdernd"}


def address(kind: str = NATURAL, membership_type: str = REGULAR) -> str:
    return f"{URL}?art={KIND_NAMES[kind]}&mitgliedschaft={TYPE_NAMES[membership_type]}"


def key_of(html: str) -> str:
    (key,) = re.findall(r'name="formular"\s+value="([^"]+)"', html)
    return unescape(key)


def value_of(html: str, name: str) -> str | None:
    (tag,) = re.findall(rf'<input[^>]*name="{name}"[^>]*>', html)
    found = re.search(r'value="([^"]*)"', tag)
    return unescape(found[1]) if found else None


def open_form(client: Client, kind: str = NATURAL, membership_type: str = REGULAR) -> str:
    current_offer(kind, membership_type)
    return client.get(address(kind, membership_type)).content.decode()


DECLARED = ("accepts_statutes", "consent_directory", "consent_newsletter", "consent_photos")


def begin(kind: str = NATURAL, membership_type: str = REGULAR, **changes) -> ApplicationDraft:
    """Return a draft whose pages are filled in but for the last one."""
    data = form_data(kind, membership_type, **changes)
    typed = {name: value for name, value in data.items() if name not in DECLARED}
    draft = create_draft(kind=ApplicantKind(kind), membership_type=MembershipType(membership_type))
    versions = versions_of(current_offer(kind, membership_type))
    return save_draft(draft, data=typed, replacing=(), versions=versions)


def review(client: Client, draft: ApplicationDraft) -> str:
    return client.get(links.draft_path(draft, "pruefen")).content.decode()


def send(client: Client, draft: ApplicationDraft, **changes):
    """Press the button of the last page; ``formular`` is its key."""
    if "formular" not in changes:
        changes["formular"] = key_of(review(client, draft))
    posted = {"accepts_statutes": "on", **changes}
    return client.post(
        links.draft_path(draft, "pruefen"), {name: value for name, value in posted.items() if value is not None}
    )


def submit(client: Client, kind: str = NATURAL, membership_type: str = REGULAR, **changes):
    """Fill in every page and press the button of the last one."""
    return send(client, begin(kind, membership_type, **changes))


# -- choosing


def test_first_two_questions(client: Client) -> None:
    html = client.get(URL).content.decode()
    assert re.findall(r'name="(?:art|mitgliedschaft)"\s+value="([^"]+)"', html) == [
        "natuerliche-person",
        "juristische-person",
        "zusammenschluss",
        "ordentlich",
        "foerdernd",
    ]
    assert "error-summary" not in html


@pytest.mark.parametrize("query", ["?art=roboter&mitgliedschaft=ordentlich", "?art=zusammenschluss", "?art="])
def test_manipulated_or_half_choice_asks_again(client: Client, query: str) -> None:
    response = client.get(URL + query)
    assert response.status_code == 200
    assert next(template.name for template in response.templates) == "membership/choose.html"
    assert 'class="error-summary"' in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_dues_order_the_form_is_being_revised(client: Client, method: str) -> None:
    create_association()
    create_texts()
    html = getattr(client, method)(address()).content.decode()
    assert "Der Antrag wird zurzeit überarbeitet" in html
    assert '<form method="post"' not in html
    assert 'href="mailto:verein@example.org"' in html


def test_headers_keep_the_form_private(client: Client) -> None:
    current_offer()
    for url in (URL, address()):
        headers = client.get(url).headers
        assert [headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
            "no-store, private",
            "no-referrer",
            "noindex, nofollow, noarchive",
        ]


def test_no_session_and_a_cookie_only_where_something_is_posted(client: Client) -> None:
    current_offer()
    assert list(client.get(URL).cookies) == []
    assert list(client.get(address()).cookies) == ["csrftoken"]


def test_texts_in_force_are_shown(client: Client) -> None:
    create_association()
    create_dues()
    create_texts(body="<p>Erste Fassung.</p>")
    newer = LegalText.objects.create(kind=LegalTextKind.DECLARATION, title="Erklärung", body="<p>Zweite Fassung.</p>")
    newer.publish(dt.date(2021, 1, 1))
    later = LegalText.objects.create(kind=LegalTextKind.DECLARATION, title="Erklärung", body="<p>Dritte Fassung.</p>")
    later.publish(dt.date(2999, 1, 1))
    draft = begin(GROUP)
    pages = [client.get(links.draft_path(draft, step)).content.decode() for step in ("wer", "angaben", "beitrag")]
    html = review(client, draft)
    numbers = ("Erste", "Zweite", "Dritte")
    shown = [[each.count(f"{number} Fassung.") for number in numbers] for each in (*pages, html)]
    # With the dues the mandate; at the end statutes, declarations, notices.
    assert shown == [[0, 0, 0], [0, 0, 0], [1, 0, 0], [5, 1, 0]]
    assert "Aufnahmeantrag verbindlich stellen" in html


@pytest.mark.parametrize(("step", "most"), [("wer", 10), ("angaben", 10), ("beitrag", 12), ("pruefen", 12)])
def test_pages_have_few_queries(client: Client, django_assert_max_num_queries, step: str, most: int) -> None:
    path = links.draft_path(begin(GROUP), step)
    client.get(path)
    with django_assert_max_num_queries(most):
        client.get(path)


def test_address_by_name() -> None:
    assert reverse("membership:form") == URL


def test_mandate_is_shown_where_direct_debit_is_offered(client: Client) -> None:
    path = links.draft_path(begin(), "beitrag")
    html = client.get(path).content.decode()
    html = html[html.index("legal-text--mandate") :]
    rows = re.findall(r"<dt>([^<]+)</dt>\s*<dd>([^<]+)</dd>", html)
    assert rows == [
        ("Zahlungsempfänger", "Beispielverein, Vereinsweg 2, 09112 Chemnitz"),
        ("Gläubiger-Identifikationsnummer", "DE98ZZZ09999999999"),
        ("Mandatsreferenz", "wird mitgeteilt"),
        ("Art der Zahlung", "wiederkehrend"),
        ("Unterschrift", "auf dem ausgedruckten Antrag, mit Ort und Datum"),
    ]
    create_association(creditor_identifier="")
    assert "Gläubiger-Identifikationsnummer" not in client.get(path).content.decode()


# -- page by page


def post_page(client: Client, draft: ApplicationDraft, step: str, **data: str):
    """Post one page with the key it was shown with."""
    path = links.draft_path(draft, step)
    if "formular" not in data:
        data["formular"] = key_of(client.get(path).content.decode())
    return client.post(path, data)


def typed(draft: ApplicationDraft) -> dict[str, str]:
    return ApplicationDraft.objects.get(pk=draft.pk).content.data


def test_opening_pages_stores_nothing(client: Client) -> None:
    open_form(client)
    assert ApplicationDraft.objects.count() == 0


def test_from_the_first_page_to_the_receipt(client: Client) -> None:
    data = form_data()
    names = {
        "wer": ("title", "first_name", "last_name", "of_full_age"),
        "angaben": ("street", "postcode", "city", "country", "email", "phone"),
        "beitrag": ("dues_order_read", "dues_rate", "payment_way"),
    }
    page = client.get(address())
    path = address()
    for step in names:
        own = {name: data[name] for name in names[step]}
        assert [entry["step"].name for entry in page.context["progress"] if entry["is_current"]] == [step]
        response = client.post(path, own | {"formular": key_of(page.content.decode())})
        path = response["Location"]
        page = client.get(path)
    draft = ApplicationDraft.objects.get()
    assert path == links.draft_path(draft, "pruefen")
    assert typed(draft) == {name: data[name] for step in names for name in names[step]}
    assert list(page.cookies) == ["csrftoken"]
    response = client.post(path, {"accepts_statutes": "on", "formular": key_of(page.content.decode())})
    assert response["Location"] == links.path(Application.objects.get(), links.RECEIPT)


def test_a_wrong_first_page_stores_nothing_and_loses_nothing(client: Client) -> None:
    html = client.post(address(), {"first_name": "Mara", "formular": key_of(open_form(client))}).content.decode()
    assert value_of(html, "first_name") == "Mara"
    assert re.findall(r'href="#(id_[^"]+)"', html) == ["id_last_name", "id_of_full_age"]
    assert ApplicationDraft.objects.count() == 0


def test_errors_keep_what_was_typed(client: Client) -> None:
    draft = begin()
    response = post_page(
        client, draft, "angaben", street="<script>alert(1)</script>", postcode="1067", city="Chemnitz", country="DE"
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert [value_of(html, name) for name in ("street", "postcode", "city")] == [
        "<script>alert(1)</script>",
        "1067",
        "Chemnitz",
    ]
    assert "<script>alert" not in html
    summary = html[html.index('class="error-summary"') : html.index("</ul>", html.index('class="error-summary"'))]
    assert re.findall(r'href="#([^"]+)"', summary) == ["id_street", "id_postcode", "id_email"]
    assert all(f'id="{target}"' in html for target in re.findall(r'href="#([^"]+)"', summary))
    assert (typed(draft)["postcode"], typed(draft)["last_name"]) == ("1067", "Muster")


def test_going_back_saves_whatever_is_missing(client: Client) -> None:
    draft = begin()
    response = post_page(client, draft, "angaben", street="Halb", ziel="wer")
    assert response["Location"] == links.draft_path(draft, "wer")
    assert (typed(draft)["street"], "city" in typed(draft)) == ("Halb", False)
    assert value_of(client.get(links.draft_path(draft, "angaben")).content.decode(), "street") == "Halb"


def test_the_enter_key_leads_on(client: Client) -> None:
    # What Enter presses is the first button that belongs to the form, wherever it stands.
    html = client.get(links.draft_path(begin(LEGAL), "angaben")).content.decode()
    page = html[html.index("<main") :]
    buttons = re.findall(r"<button[^>]*>", page[: page.index("</form>")])
    assert ("name=" in buttons[0], 'form="antrag"' in buttons[0]) == (False, True)


def test_a_manipulated_place_leads_on_as_usual(client: Client) -> None:
    draft = begin()
    whole = {name: value for name, value in form_data().items() if name in ("first_name", "last_name", "of_full_age")}
    response = post_page(client, draft, "wer", **whole, ziel="https://boese.example")
    assert response["Location"] == links.draft_path(draft, "angaben")


def test_a_page_takes_its_own_inputs_alone(client: Client) -> None:
    draft = begin()
    post_page(client, draft, "wer", last_name="Neu", street="Fremd", admin="1")
    assert {name: typed(draft).get(name) for name in ("last_name", "street", "admin")} == {
        "last_name": "Neu",
        "street": "Musterweg 1",
        "admin": None,
    }


def test_one_more_row(client: Client) -> None:
    draft = begin(LEGAL)
    rows = {"signatories_rows": "2", "signatories_1_name": "Vera Vorstand", "signatories_2_name": "Kai Kasse"}
    html = post_page(client, draft, "angaben", **rows, add_row="signatories").content.decode()
    assert "error-summary" not in html
    assert [value_of(html, f"signatories_{row}_name") for row in (1, 2, 3)] == ["Vera Vorstand", "Kai Kasse", None]
    assert value_of(html, "signatories_rows") == "3"
    again = client.get(links.draft_path(draft, "angaben")).content.decode()
    assert [value_of(again, f"signatories_{row}_name") for row in (1, 2, 3)] == ["Vera Vorstand", "Kai Kasse", None]


def test_row_limit_hides_the_button(client: Client) -> None:
    draft = begin(LEGAL)
    html = post_page(client, draft, "angaben", signatories_rows="10", add_row="signatories").content.decode()
    assert value_of(html, "signatories_rows") == "10"
    assert 'name="add_row"' not in html


def test_another_kind_keeps_what_was_typed(client: Client) -> None:
    draft = begin()
    path = links.draft_path(draft, "art")
    assert re.findall(r'value="([^"]+)"[^>]*checked', client.get(path).content.decode()) == [
        "natuerliche-person",
        "ordentlich",
    ]
    response = client.post(path, {"art": "zusammenschluss", "mitgliedschaft": "foerdernd"})
    assert response["Location"] == links.draft_path(draft, "wer")
    html = client.get(links.draft_path(draft, "angaben")).content.decode()
    assert (value_of(html, "street"), value_of(html, "contact_name")) == ("Musterweg 1", None)
    client.post(path, {"art": "natuerliche-person", "mitgliedschaft": "ordentlich"})
    assert value_of(client.get(links.draft_path(draft, "wer")).content.decode(), "last_name") == "Muster"


def test_too_much_text_is_shown_again(client: Client) -> None:
    draft = begin()
    html = post_page(client, draft, "angaben", street="x" * 70_000).content.decode()
    assert "Das ist zu viel Text, um ihn zu speichern." in html
    assert value_of(html, "street") == "x" * 70_000
    assert typed(draft)["street"] == "Musterweg 1"


# -- the last page


def test_everything_is_shown_before_it_is_submitted(client: Client) -> None:
    draft = begin(payment_way="direct_debit", account_holder="Mara Muster", iban="DE02 1203 0000 0000 2020 51")
    response = client.get(links.draft_path(draft, "pruefen"))
    shown = {part.title: [(row.label, row.text) for row in part.rows] for part in response.context["summary"]}
    assert shown == {
        "Wer stellt den Antrag?": [
            ("Titel", "Dr."),
            ("Vorname", "Mara"),
            ("Nachname", "Muster"),
            ("Sind Sie volljährig?", "Ja"),
        ],
        "Postanschrift": [
            ("Straße und Hausnummer", "Musterweg 1"),
            ("Postleitzahl", "09111"),
            ("Ort", "Chemnitz"),
            ("Land", "Deutschland"),
        ],
        "Erreichbarkeit": [("E-Mail-Adresse", "mara@example.org"), ("Telefon", "0371 123456")],
        "Beitrag": [
            ("Ich habe die Beitrags- und Finanzordnung gelesen", "Ja"),
            ("Beitragsgruppe", "Regelbeitrag: 60,00 € im Jahr"),
            ("Volles Jahr", "60,00 €"),
            (f"Dieses Jahr ({timezone.localdate().year}), bei Aufnahme heute", shown_first_year(response)),
        ],
        "Zahlung": [
            ("Wie möchten Sie zahlen?", "SEPA-Lastschrift"),
            ("Kontoinhaberin oder Kontoinhaber", "Mara Muster"),
            ("IBAN", "DE02120300000000202051"),
        ],
    }
    changes = re.findall(
        r'name="ziel"\s+value="([a-z]+)"\s+formaction="[^"]+#abschnitt-([a-z]+)"', response.content.decode()
    )
    assert changes == [
        ("wer", "applicant"),
        ("angaben", "address"),
        ("angaben", "contact"),
        ("beitrag", "dues"),
        ("beitrag", "payment"),
    ]


def shown_first_year(response) -> str:
    """The amount of the first year, which depends on today."""
    offer = response.context["offer"]
    return format_amount(offer.calculate(offer.rates[0]).first_year.amount)


def test_what_is_missing_is_named_with_the_page_it_is_on(client: Client) -> None:
    draft = begin(last_name="", postcode="1067", signatories_1_name=None)
    response = client.get(links.draft_path(draft, "pruefen"))
    assert [step.name for step in response.context["wrong_steps"]] == ["wer", "angaben"]
    wrong = {
        row.label: (row.text, row.problems) for part in response.context["summary"] for row in part.rows if row.problems
    }
    assert wrong == {
        "Nachname": ("", ["Bitte füllen Sie dieses Feld aus."]),
        "Postleitzahl": (
            "1067",
            ["Eine deutsche Postleitzahl hat fünf Ziffern, zum Beispiel 01067; Ihre Eingabe hat 4."],
        ),
    }
    # The page's own inputs are not wrong before somebody has sent it.
    assert "Ich unterstütze Zweck" not in response.content.decode().split("form-section")[0]
    assert send(client, draft).status_code == 200
    assert Application.objects.count() == 0


def test_rows_are_named_with_their_line(client: Client) -> None:
    response = client.get(links.draft_path(begin(LEGAL, signatories_2_function="Kasse"), "pruefen"))
    (row,) = [row for part in response.context["summary"] for row in part.rows if row.problems]
    assert (row.label, row.text.splitlines()[0], row.problems) == (
        "Vertretungsberechtigte Person",
        "Vera Vorstand, Leitung",
        ["Zeile 2, Vor- und Nachname: Bitte füllen Sie dieses Feld aus."],
    )


def test_without_the_declaration_nothing_is_submitted(client: Client) -> None:
    draft = begin()
    html = send(client, draft, accepts_statutes=None).content.decode()
    assert re.findall(r'href="#(id_[^"]+)"', html) == ["id_accepts_statutes"]
    assert Application.objects.count() == 0


def test_a_draft_leads_to_the_first_page_with_something_missing(client: Client) -> None:
    drafts = [begin(last_name=""), begin(city=""), begin(payment_way=""), begin()]
    assert [client.get(links.draft_path(draft))["Location"] for draft in drafts] == [
        links.draft_path(draft, step)
        for draft, step in zip(drafts, ("wer", "angaben", "beitrag", "pruefen"), strict=True)
    ]


@pytest.mark.parametrize("kind", ApplicantKind)
@pytest.mark.parametrize("membership_type", MembershipType)
def test_submitting(client: Client, kind: ApplicantKind, membership_type: MembershipType) -> None:
    response = submit(client, kind, membership_type)
    application = Application.objects.get()
    assert (response.status_code, response["Location"]) == (302, links.path(application, links.RECEIPT))
    assert (application.kind, application.membership_type, application.state) == (kind, membership_type, "unconfirmed")
    assert [mail.kind for mail in QueuedMail.objects.all()] == ["application_confirm"]
    assert ApplicationDraft.objects.get().payload == ""


# -- the same form again


def test_second_click_is_the_same_application(client: Client) -> None:
    draft = begin()
    key = key_of(review(client, draft))
    first, second = send(client, draft, formular=key), send(client, draft, formular=key)
    assert second["Location"] == f"{first['Location']}?bekannt=1"
    assert Application.objects.count() == 1
    assert QueuedMail.objects.count() == 1
    html = client.get(second["Location"]).content.decode()
    assert "Dieses Formular haben Sie schon abgeschickt. Es bleibt bei diesem einen Antrag." in html


def test_a_submitted_draft_shows_nothing_of_it(client: Client) -> None:
    draft = begin()
    send(client, draft)
    for step in ("", "wer", "pruefen", "merken", "loeschen"):
        response = client.get(links.draft_path(draft, step))
        assert response.status_code == 410
        assert "Dieser Antrag ist schon abgeschickt" in response.content.decode()
        assert "Muster<" not in response.content.decode()


def test_another_form_is_another_application(client: Client) -> None:
    first, second = submit(client), submit(client)
    assert first["Location"] != second["Location"]
    assert Application.objects.count() == 2


@pytest.mark.parametrize("key", ["", "unsinn", "a:b:c", None])
def test_missing_or_altered_key_loses_nothing(client: Client, key: str | None) -> None:
    draft = begin()
    html = send(client, draft, formular=key).content.decode()
    assert "Das Formular kam nicht vollständig bei uns an." in html
    assert re.search(r'name="accepts_statutes"[^>]*checked', html)
    assert Application.objects.count() == 0
    assert send(client, draft, formular=key_of(html))["Location"] == links.path(
        Application.objects.get(), links.RECEIPT
    )


def test_missing_key_of_a_page_before_loses_nothing(client: Client) -> None:
    draft = begin()
    html = post_page(client, draft, "wer", last_name="Neu", formular="unsinn").content.decode()
    assert "Das Formular kam nicht vollständig bei uns an." in html
    assert value_of(html, "last_name") == "Neu"
    assert typed(draft)["last_name"] == "Muster"


def test_key_of_another_draft_does_not_fit(client: Client) -> None:
    key = key_of(review(client, begin()))
    assert "kam nicht vollständig" in send(client, begin(), formular=key).content.decode()


def test_key_expires_after_a_day(client: Client, time_machine) -> None:
    time_machine.move_to("2027-03-01 12:00+01:00", tick=False)
    draft = begin()
    key = key_of(review(client, draft))
    time_machine.move_to("2027-03-02 12:00:01+01:00", tick=False)
    html = send(client, draft, formular=key).content.decode()
    assert "Das Formular war länger als einen Tag offen." in html
    assert Application.objects.count() == 0
    assert send(client, draft, formular=key_of(html)).status_code == 302


def newer_statutes() -> LegalText:
    newer = LegalText.objects.create(kind=LegalTextKind.STATUTES, title="Satzung", body="<p>Geänderte Satzung.</p>")
    newer.publish()
    return newer


def test_new_version_in_between_is_shown_before_it_binds(client: Client) -> None:
    draft = begin()
    key = key_of(review(client, draft))
    newer = newer_statutes()
    html = send(client, draft, formular=key, dues_order_read="on").content.decode()
    assert "eine neue Fassung der Texte oder der Beitragsordnung in Kraft getreten" in html
    assert "Geänderte Satzung." in html
    assert not re.search(r'name="accepts_statutes"[^>]*checked', html)
    assert Application.objects.count() == 0
    assert send(client, draft, formular=key_of(html)).status_code == 200
    post_page(client, draft, "beitrag", **{**form_data(), "formular": key_of(html)})
    send(client, draft)
    assert newer in Application.objects.get().texts.all()


def test_ticks_given_to_an_older_version_are_asked_again(client: Client) -> None:
    draft = begin()
    post_page(client, draft, "beitrag", **form_data())
    newer_statutes()
    response = client.get(links.draft_path(draft, "beitrag"))
    assert "eine neue Fassung der Texte" in response.context["outdated"]
    assert not re.search(r'name="dues_order_read"[^>]*checked', response.content.decode())
    response = client.get(links.draft_path(draft, "pruefen"))
    assert [step.name for step in response.context["wrong_steps"]] == ["beitrag"]
    post_page(client, draft, "beitrag", **form_data())
    assert send(client, draft).status_code == 302


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_parallel_posts_of_one_form_give_one_application() -> None:
    create_ground()
    draft = begin()
    key = key_of(review(Client(), draft))
    receipts = [
        response["Location"].split("?")[0] for response in at_once(20, lambda _: send(Client(), draft, formular=key))
    ]
    assert receipts == [links.path(Application.objects.get(), links.RECEIPT)] * 20
    assert QueuedMail.objects.count() == 1


# -- drafts that have ended


def test_a_page_of_an_expired_draft_begins_a_new_one(client: Client, time_machine) -> None:
    time_machine.move_to("2027-03-01 12:00+01:00", tick=False)
    draft = begin()
    key = key_of(client.get(links.draft_path(draft, "angaben")).content.decode())
    time_machine.move_to("2027-03-15 12:00+01:00", tick=False)
    response = client.get(links.draft_path(draft, "angaben"))
    assert response.status_code == 410
    assert "Dieser Entwurf ist abgelaufen" in response.content.decode()
    for ended in (False, True):
        if ended:
            draft.delete()
        response = client.post(
            links.draft_path(draft, "angaben") if not ended else response.wsgi_request.path,
            {"street": "Neuer Weg 5", "formular": key},
        )
        new = ApplicationDraft.objects.latest("pk")
        assert response["Location"] == f"{links.draft_path(new, 'angaben')}?neu=1"
        html = client.get(response["Location"]).content.decode()
        assert value_of(html, "street") == "Neuer Weg 5"
        assert "Den früheren Entwurf gibt es nicht mehr." in html


def test_a_new_one_for_an_ended_draft_keeps_the_limits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = begin()
    path, key = (
        links.draft_path(draft, "angaben"),
        key_of(client.get(links.draft_path(draft, "angaben")).content.decode()),
    )
    draft.delete()
    data = {"street": "Neuer Weg 5", "formular": key}
    trapped = client.post(path, {**data, spam.TRAP: "x"}).content.decode()
    assert (value_of(trapped, "street"), ApplicationDraft.objects.count()) == ("Neuer Weg 5", 0)
    monkeypatch.setattr(spam, "DRAFTS", spam.Limit("revived", 1))
    assert [client.post(path, data).status_code for _number in range(2)] == [302, 200]
    assert ApplicationDraft.objects.count() == 1


def test_ticks_for_other_texts_do_not_pass_into_a_new_draft(client: Client) -> None:
    draft = begin()
    path = links.draft_path(draft, "beitrag")
    key = key_of(client.get(path).content.decode())
    draft.delete()
    data = {"dues_order_read": "on", "formular": key}
    client.post(path, data)
    assert "dues_order_read" in typed(ApplicationDraft.objects.latest("pk"))
    LegalText.objects.create(kind=LegalTextKind.STATUTES, title="Satzung", body="<p>Neu.</p>").publish(
        timezone.localdate()
    )
    client.post(path, data)
    assert "dues_order_read" not in typed(ApplicationDraft.objects.latest("pk"))


def test_an_unknown_draft_is_not_found(client: Client) -> None:
    draft = begin()
    path = links.draft_path(draft, "wer")
    wrong = path.replace(path.split("/")[-3], "A" * 44)
    assert [client.get(wrong).status_code, client.post(wrong).status_code] == [404, 404]
    assert client.get(links.draft_path(draft, "gibtesnicht")).status_code == 404
    draft.delete()
    assert [client.get(path).status_code, client.post(path).status_code] == [404, 404]


def test_pages_of_a_draft_are_private(client: Client) -> None:
    draft = begin()
    for step in ("wer", "angaben", "beitrag", "pruefen", "art", "merken", "loeschen"):
        headers = client.get(links.draft_path(draft, step)).headers
        assert [headers[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
            "no-store, private",
            "no-referrer",
            "noindex, nofollow, noarchive",
        ]


def test_deleting_a_draft_takes_a_button(client: Client) -> None:
    draft = begin()
    path = links.draft_path(draft, "loeschen")
    client.get(path)
    assert ApplicationDraft.objects.count() == 1
    assert "Der Entwurf ist gelöscht." in client.post(path).content.decode()
    assert ApplicationDraft.objects.count() == 0
    assert client.get(path).status_code == 404


# -- going on later


def test_the_link_goes_to_the_address_that_was_typed(client: Client) -> None:
    draft = begin()
    path = links.draft_path(draft, "merken")
    assert value_of(client.get(path).content.decode(), "email") == "mara@example.org"
    html = client.post(path, {"email": "anders@example.org"}).content.decode()
    assert "Wir schicken ihn an anders@example.org." in html
    (mail,) = mails.draft_link(draft.pk)
    assert mail.to == ["anders@example.org"]
    link = links.draft_path(ApplicationDraft.objects.get())
    assert link in mail.body
    assert "Muster" not in mail.body
    assert client.get(link)["Location"] == f"{link}pruefen/"


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("a@b", "Bitte geben Sie eine vollständige E-Mail-Adresse ein, zum Beispiel name@example.org."),
        ("", "Bitte füllen Sie dieses Feld aus."),
    ],
)
def test_a_wrong_address_is_shown_again(client: Client, email: str, message: str) -> None:
    html = client.post(links.draft_path(begin(), "merken"), {"email": email}).content.decode()
    assert html.count(message) == 2
    assert QueuedMail.objects.count() == 0


def test_one_connection_has_only_so_many_links_sent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spam, "DRAFT_LINKS", spam.Limit("links", 2))
    pages = [
        client.post(links.draft_path(begin(), "merken"), {"email": f"person{number}@example.org"}).content.decode()
        for number in range(3)
    ]
    refused = ["kamen in der letzten Stunde sehr viele Formulare" in page for page in pages]
    assert (refused, QueuedMail.objects.count()) == ([False, False, True], 2)


def test_going_on_later_from_the_first_page(client: Client) -> None:
    response = client.post(address(), {"last_name": "Muster", "ziel": "merken", "formular": key_of(open_form(client))})
    draft = ApplicationDraft.objects.get()
    assert response["Location"] == links.draft_path(draft, "merken")
    assert typed(draft) == {"last_name": "Muster"}
