"""The treasurer's work in the admin: draft, guards, publishing, new version, signed original; others stay out."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from dues.models import DuesOrder
from portal.association.enums import ApplicantKind, MembershipType
from portal.privacy.audit import entries_of
from tests.factories.accounts import PASSWORD, create_person
from tests.factories.dues import create_order, make_rate

pytestmark = pytest.mark.django_db


def person_with(*codenames):
    person = create_person("kasse@example.org")
    group = Group.objects.create(name="Gruppe im Test")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))
    person.groups.add(group)
    return person


@pytest.fixture
def kasse(client):
    names = [f"{action}_duesorder" for action in ("add", "change", "delete", "view", "publish")]
    person = person_with(*names)
    assert client.login(username=person.email, password=PASSWORD)
    return person


def url(name, order=None):
    return reverse(f"dues_orders:{name}", args=[order.pk] if order else [])


def told(response):
    return [str(message).strip() for message in response.context["messages"]]


def rate_data(**fields):
    return {"category": "Regelbeitrag", "amount_type": "fixed", "amount": "1.200,00", **fields}


def order_data(*rates, **fields):
    """What the browser posts for an order whose rates are for everybody."""
    data = nested_form_data(
        {
            "title": "Beitrags- und Finanzordnung",
            "valid_from": "2031-01-01",
            "resolution_date": "2026-10-01",
            "resolution_body": "Mitgliederversammlung",
            "preamble": rich_text("<p>Vorspruch</p>"),
            "paragraphs": streamfield(
                [("paragraph", {"number": "§ 1", "title": "Grundsatz", "text": rich_text("<p>Text</p>")})]
            ),
            "rates": inline_formset(list(rates)),
            "first_year_rule": "month_begun",
            "due_rule": "fixed_day",
            "due_month": "3",
            "due_day": "31",
            "due_days_after_admission": "0",
            "admission_fee": "15",
            **fields,
        }
    )
    for number in range(len(rates)):
        data[f"rates-{number}-applicant_kinds"] = ApplicantKind.values
        data[f"rates-{number}-membership_types"] = MembershipType.values
    return data | {"payment_ways": ["bank_transfer"]}


def test_a_draft_is_entered_with_german_amounts_and_published(client, kasse):
    data = order_data(
        rate_data(),
        rate_data(category="Träger", amount_type="percent", amount="", percent="0,11", base_label="Etat", cap="1200"),
    )
    response = client.post(url("add"), data)
    order = DuesOrder.objects.get()
    assert response.url == url("inspect", order)
    assert [(rate.category, rate.amount, rate.percent, rate.cap) for rate in order.rates.all()] == [
        ("Regelbeitrag", Decimal("1200.00"), None, None),
        ("Träger", None, Decimal("0.1100"), Decimal("1200.00")),
    ]
    assert (order.admission_fee, order.is_published) == (Decimal("15.00"), False)
    page = client.get(url("publish", order)).content.decode()
    assert "„Beitrags- und Finanzordnung“ soll ab 1. Januar 2031 gelten." in page
    assert DuesOrder.objects.get().is_published is False
    response = client.post(url("publish", order), follow=True)
    assert told(response) == ["Fassung 1 ist veröffentlicht. Sie gilt ab 01.01.2031."]
    order = DuesOrder.objects.get()
    assert (order.version, order.is_published) == (1, True)
    assert [(entry.action, entry.actor) for entry in entries_of(order)] == [("dues_order.published", kasse)]


def test_the_form_shows_amounts_as_they_are_typed(client, kasse):
    draft = create_order(published=False, rates=[make_rate(amount=Decimal("1200.50"))])
    page = client.get(url("edit", draft)).content.decode()
    assert 'name="rates-0-amount" value="1.200,50"' in page


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (
            "amount",
            "50,000",
            (
                "„50,000“ ist nicht eindeutig: Meinen Sie 50.000,00 € oder 50,00 €? Bitte schreiben Sie den Betrag mit "
                "einem Komma vor den Cent, zum Beispiel 1.250,00."
            ),
        ),
        ("amount", "-5", "Der Betrag darf nicht negativ sein. Bitte geben Sie ihn ohne Minuszeichen ein."),
        ("amount", "", "Bitte ausfüllen: Diese Art des Beitrags braucht die Angabe."),
        ("percent", "elf", "Bitte geben Sie einen Prozentsatz ein, zum Beispiel 0,11."),
        ("cap", "1200", "Bitte leeren: Diese Art des Beitrags kennt die Angabe nicht."),
    ],
)
def test_wrong_figures_are_refused_and_kept(client, kasse, field, typed, message):
    response = client.post(url("add"), order_data(rate_data(**{field: typed})))
    assert not DuesOrder.objects.exists()
    form = response.context["form"].formsets["rates"].forms[0]
    assert form.errors == {field: [message]}
    assert form[field].value() == typed


def test_guards_are_shown_and_prevent_publishing(client, kasse):
    draft = create_order(
        published=False, rates=[make_rate(membership_types=["regular"])], valid_from=dt.date(2031, 1, 1)
    )
    message = "Für „natürliche Person / Fördermitgliedschaft“ gibt es keinen Beitragssatz."
    assert message in client.get(url("inspect", draft)).content.decode()
    page = client.get(url("publish", draft)).content.decode()
    assert message in page
    assert "Unveränderlich veröffentlichen" not in page
    response = client.post(url("publish", draft), follow=True)
    assert message in told(response)[0]
    assert not DuesOrder.objects.get().is_published


def test_a_published_order_cannot_be_edited_or_deleted(client, kasse):
    order = create_order()
    for name in ("edit", "delete"):
        for ask in (client.get, client.post):
            response = ask(url(name, order), order_data(rate_data()), follow=True)
            assert told(response) == [
                "Diese Ordnung ist veröffentlicht und unveränderlich. Legen Sie eine neue Fassung an."
            ]
    stored = DuesOrder.objects.get()
    assert (stored.valid_from, stored.rates.get().amount) == (dt.date(2020, 1, 1), Decimal("60.00"))


def test_published_while_somebody_edits(client, kasse, monkeypatch):
    draft = create_order(published=False)
    monkeypatch.setattr(DuesOrder, "is_published", False)
    DuesOrder.objects.get(pk=draft.pk).freeze()
    response = client.post(url("edit", draft), order_data(rate_data()))
    assert response.url == url("inspect", draft)
    assert DuesOrder.objects.get().title == draft.title


def test_a_second_publishing_says_so(client, kasse):
    order = create_order()
    assert "Diese Fassung ist schon veröffentlicht." in client.get(url("publish", order)).content.decode()
    response = client.post(url("publish", order), follow=True)
    assert told(response) == ["Diese Ordnung ist veröffentlicht und unveränderlich. Legen Sie eine neue Fassung an."]
    assert DuesOrder.objects.get().version == 1


def test_a_new_version_from_this_one(client, kasse):
    order = create_order(title="Ordnung")
    response = client.post(url("new_version", order), {"valid_from": "2032-01-01"})
    draft = DuesOrder.objects.drafts().get()
    assert response.url == url("edit", draft)
    assert (draft.title, draft.valid_from, draft.rates.get().amount) == (
        "Ordnung",
        dt.date(2032, 1, 1),
        Decimal("60.00"),
    )
    page = client.post(url("new_version", order), {"valid_from": "31.11.2026"})
    assert page.context["form"].errors == {"valid_from": ["Bitte ein gültiges Datum eingeben."]}


def test_the_signed_original_is_offered_at_an_address_of_its_own(client, kasse):
    order = create_order()
    wrong = SimpleUploadedFile("ordnung.pdf", b"Text, kein PDF")
    response = client.post(url("signed_copy", order), {"file": wrong})
    assert response.context["form"].errors == {"file": ["Die Datei ist kein PDF. Bitte laden Sie ein PDF hoch."]}
    scan = SimpleUploadedFile("Scan 1.PDF", b"%PDF-1.4\n%%EOF\n")
    response = client.post(url("signed_copy", order), {"file": scan}, follow=True)
    assert told(response) == ["Das unterschriebene Original wird jetzt angeboten."]
    client.logout()
    served = client.get("/downloads/beitragsordnung-fassung-1-unterschrieben/")
    assert b"".join(served.streaming_content) == b"%PDF-1.4\n%%EOF\n"


def test_a_draft_has_no_signed_original(client, kasse):
    draft = create_order(published=False)
    assert client.get(url("signed_copy", draft)).status_code == 404


def test_the_draft_as_pdf_is_for_staff_only(client, kasse):
    draft = create_order(published=False)
    response = client.get(url("pdf", draft))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF-")
    assert "no-store" in response["Cache-Control"]


def test_the_list_needs_the_same_queries_for_one_and_three(client, kasse):
    create_order(valid_from=dt.date(2020, 1, 1))
    client.get(url("index"))
    with CaptureQueriesContext(connection) as one:
        client.get(url("index"))
    create_order(valid_from=dt.date(2021, 1, 1))
    create_order(valid_from=dt.date(2022, 1, 1))
    with CaptureQueriesContext(connection) as three:
        response = client.get(url("index"))
    assert len(three) == len(one)
    rows = [(order.version, order.standing_on_day) for order in response.context["object_list"]]
    assert rows == [(3, "in_force"), (2, "superseded"), (1, "superseded")]


STEPS = ("index", "add", "inspect", "edit", "delete", "publish", "new_version", "signed_copy", "pdf")


@pytest.mark.parametrize("name", STEPS)
def test_nobody_without_permission_gets_in(client, name):
    order = create_order(published=name == "signed_copy")
    address = url(name, None if name in ("index", "add") else order)
    assert client.get(address).status_code == 302
    person = person_with()
    assert client.login(username=person.email, password=PASSWORD)
    response = client.get(address)
    assert response.status_code in (302, 403)
    assert response.status_code == 403 or response.url == "/admin/"
    response = client.post(address)
    assert response.status_code in (302, 403)
    assert DuesOrder.objects.get().is_published == order.is_published


def test_who_may_only_read_changes_nothing(client):
    draft = create_order(published=False)
    person = person_with("view_duesorder")
    assert client.login(username=person.email, password=PASSWORD)
    page = client.get(url("inspect", draft))
    assert page.status_code == 200
    assert "Veröffentlichen …" not in page.content.decode()
    assert client.post(url("publish", draft)).status_code == 403
    assert client.post(url("new_version", draft), {"valid_from": "2032-01-01"}).status_code == 403
    client.post(url("delete", draft))
    client.post(url("edit", draft), order_data(rate_data(), title="Anders"))
    assert [(order.title, order.is_published) for order in DuesOrder.objects.all()] == [(draft.title, False)]
