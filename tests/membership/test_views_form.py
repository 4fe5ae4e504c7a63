"""The form's address: choose, fill in, submit; nothing typed is lost, whatever goes wrong."""

import datetime as dt
import re
import threading
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from membership import links
from membership.models import Application
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


def submit(client: Client, kind: str = NATURAL, membership_type: str = REGULAR, **changes):
    changes.setdefault("formular", key_of(open_form(client, kind, membership_type)))
    return client.post(address(kind, membership_type), form_data(kind, membership_type, **changes))


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
    html = open_form(client, GROUP)
    assert [html.count(f"{number} Fassung.") for number in ("Erste", "Zweite", "Dritte")] == [6, 1, 0]
    assert "Aufnahmeantrag verbindlich stellen" in html


def test_form_has_few_queries(client: Client, django_assert_max_num_queries) -> None:
    open_form(client, GROUP)
    with django_assert_max_num_queries(12):
        client.get(address(GROUP))


# -- submitting


@pytest.mark.parametrize("kind", ApplicantKind)
@pytest.mark.parametrize("membership_type", MembershipType)
def test_submitting(client: Client, kind: ApplicantKind, membership_type: MembershipType) -> None:
    response = submit(client, kind, membership_type)
    application = Application.objects.get()
    assert (response.status_code, response["Location"]) == (302, links.path(application, links.RECEIPT))
    assert (application.kind, application.membership_type, application.state) == (kind, membership_type, "unconfirmed")
    assert [mail.kind for mail in QueuedMail.objects.all()] == ["application_confirm"]


def test_errors_keep_what_was_typed_and_the_key(client: Client) -> None:
    key = key_of(open_form(client))
    response = submit(client, formular=key, last_name="<script>alert(1)</script>", postcode="1067", first_name="")
    html = response.content.decode()
    assert response.status_code == 200
    assert [value_of(html, name) for name in ("last_name", "postcode", "city")] == [
        "<script>alert(1)</script>",
        "1067",
        "Chemnitz",
    ]
    assert "<script>alert" not in html
    assert key_of(html) == key
    summary = html[html.index('class="error-summary"') : html.index("</ul>", html.index('class="error-summary"'))]
    assert re.findall(r'href="#([^"]+)"', summary) == ["id_first_name", "id_last_name", "id_postcode"]
    assert all(f'id="{target}"' in html for target in re.findall(r'href="#([^"]+)"', summary))
    assert Application.objects.count() == 0


def test_one_more_row(client: Client) -> None:
    key = key_of(open_form(client, LEGAL))
    response = submit(client, LEGAL, formular=key, add_row="signatories", signatories_2_name="Kai Kasse", email="")
    html = response.content.decode()
    assert "error-summary" not in html
    assert [value_of(html, f"signatories_{row}_name") for row in (1, 2, 3)] == ["Vera Vorstand", "Kai Kasse", None]
    assert value_of(html, "signatories_rows") == "3"
    assert key_of(html) == key


def test_row_limit_hides_the_button(client: Client) -> None:
    html = submit(client, LEGAL, add_row="signatories", signatories_rows="10").content.decode()
    assert value_of(html, "signatories_rows") == "10"
    assert 'name="add_row"' not in html


# -- the same form again


def test_second_click_is_the_same_application(client: Client) -> None:
    key = key_of(open_form(client))
    first, second = submit(client, formular=key), submit(client, formular=key)
    assert second["Location"] == f"{first['Location']}?bekannt=1"
    assert Application.objects.count() == 1
    assert QueuedMail.objects.count() == 1
    html = client.get(second["Location"]).content.decode()
    assert "Dieses Formular haben Sie schon abgeschickt. Es bleibt bei diesem einen Antrag." in html


def test_another_form_is_another_application(client: Client) -> None:
    first, second = submit(client), submit(client)
    assert first["Location"] != second["Location"]
    assert Application.objects.count() == 2


@pytest.mark.parametrize("key", ["", "unsinn", "a:b:c", None])
def test_missing_or_altered_key_loses_nothing(client: Client, key: str | None) -> None:
    current_offer()
    response = client.post(address(), form_data(formular=key))
    html = response.content.decode()
    assert "Das Formular kam nicht vollständig bei uns an." in html
    assert value_of(html, "last_name") == "Muster"
    assert Application.objects.count() == 0
    response = client.post(address(), form_data(formular=key_of(html)))
    assert response["Location"] == links.path(Application.objects.get(), links.RECEIPT)


def test_altered_signature_of_a_key(client: Client) -> None:
    key = key_of(open_form(client))
    altered = key[:-1] + ("A" if key[-1] != "A" else "B")
    assert "Das Formular kam nicht vollständig bei uns an." in submit(client, formular=altered).content.decode()


def test_key_expires_after_a_day(client: Client, time_machine) -> None:
    time_machine.move_to("2027-03-01 12:00+01:00", tick=False)
    key = key_of(open_form(client))
    time_machine.move_to("2027-03-02 12:00:01+01:00", tick=False)
    html = submit(client, formular=key).content.decode()
    assert "Das Formular war länger als einen Tag offen." in html
    assert value_of(html, "last_name") == "Muster"
    assert Application.objects.count() == 0


def test_key_of_another_form_does_not_fit(client: Client) -> None:
    key = key_of(open_form(client, GROUP))
    assert "eine neue Fassung der Texte" in submit(client, NATURAL, formular=key).content.decode()


def test_new_version_in_between_is_shown_before_it_binds(client: Client) -> None:
    key = key_of(open_form(client))
    newer = LegalText.objects.create(kind=LegalTextKind.STATUTES, title="Satzung", body="<p>Geänderte Satzung.</p>")
    newer.publish()
    html = submit(client, formular=key).content.decode()
    assert "eine neue Fassung der Texte oder der Beitragsordnung in Kraft getreten" in html
    assert "Geänderte Satzung." in html
    assert value_of(html, "last_name") == "Muster"
    submit(client, formular=key_of(html))
    assert newer in Application.objects.get().texts.all()


# -- the form token


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True)


def token_of(html: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', html)[0]


def test_right_token(strict: Client) -> None:
    html = open_form(strict)
    data = form_data(formular=key_of(html), csrfmiddlewaretoken=token_of(html))
    assert strict.post(address(), data).status_code == 302


@pytest.mark.parametrize("token", [None, "falsch", "x" * 64])
def test_wrong_token_loses_nothing(strict: Client, token: str | None) -> None:
    html = open_form(strict)
    response = strict.post(address(), form_data(formular=key_of(html), csrfmiddlewaretoken=token))
    shown = response.content.decode()
    assert response.status_code == 200
    assert "Bitte schicken Sie es noch einmal ab. Ihre Eingaben sind noch da." in shown
    assert value_of(shown, "email") == "mara@example.org"
    assert Application.objects.count() == 0
    again = strict.post(address(), form_data(formular=key_of(shown), csrfmiddlewaretoken=token_of(shown)))
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "null"}, 302),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 302),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 200),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": "https://boese.example"}, 200),
    ],
)
def test_origin(strict: Client, headers: dict[str, str], status: int) -> None:
    html = open_form(strict)
    data = form_data(formular=key_of(html), csrfmiddlewaretoken=token_of(html))
    assert strict.post(address(), data, headers=headers).status_code == status


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_parallel_posts_of_one_form_give_one_receipt() -> None:
    create_ground()
    data = form_data(formular=key_of(open_form(Client())))
    start = threading.Barrier(8)
    receipts: list[str] = []

    def post() -> None:
        start.wait()
        try:
            receipts.append(Client().post(address(), data)["Location"].split("?")[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert receipts == [links.path(Application.objects.get(), links.RECEIPT)] * 8
    assert QueuedMail.objects.count() == 1


def test_address_by_name() -> None:
    assert reverse("membership:form") == URL


def test_mandate_is_shown_where_direct_debit_is_offered(client: Client) -> None:
    html = open_form(client)
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
    assert "Gläubiger-Identifikationsnummer" not in client.get(address()).content.decode()
