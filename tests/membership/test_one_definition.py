"""A question added to the definition in one place is found wherever an application is asked, checked, shown or read."""

import json
import sys

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dues.models import DuesOrder
from membership import fields, links
from membership.definition import Field, presence
from membership.documents import render_blank_form
from membership.filled_form import read_filled_form
from membership.models import Application
from membership.sections import CONTACT
from portal.pdf.reading import read_form_values, read_text
from tests.factories.filled_forms import fill_with_pikepdf
from tests.factories.membership import LEGAL, NATURAL, create_application, create_staff, current_offer, form_data
from tests.membership.test_views_form import begin, post_page, send

pytestmark = pytest.mark.django_db

QUESTION = Field(
    "best_time", "Beste Zeit für einen Anruf", CONTACT, presence("O", "R", "-"), help_text="Musterhilfe.", max_length=20
)
ANSWER = "mittags um zwölf"


@pytest.fixture(autouse=True)
def _one_question_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add the question to the one definition; modules that have taken the list by name get the longer one."""
    before = fields.FIELDS
    longer = (*before, QUESTION)
    for name, module in list(sys.modules.items()):
        if name.startswith("membership") and getattr(module, "FIELDS", None) is before:
            monkeypatch.setattr(module, "FIELDS", longer)


@pytest.fixture
def application() -> Application:
    return create_application(LEGAL, answers={"best_time": ANSWER})


def words(content: bytes) -> str:
    return " ".join(read_text(content).split())


# -- asking


def test_the_form_asks_whom_it_concerns(client: Client) -> None:
    shown = {}
    for kind in (NATURAL, LEGAL, "unincorporated_group"):
        response = client.get(links.draft_path(begin(kind), "angaben"))
        form = response.context["form"]
        asked = form.fields.get("best_time")
        shown[kind] = (asked.label, asked.help_text, asked.required) if asked else None
        assert ('name="best_time"' in response.content.decode()) == bool(asked)
    assert shown == {
        NATURAL: ("Beste Zeit für einen Anruf", "Musterhilfe.", False),
        LEGAL: ("Beste Zeit für einen Anruf", "Musterhilfe.", True),
        "unincorporated_group": None,
    }


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Bitte füllen Sie dieses Feld aus."),
        ("x" * 21, "Bitte kürzen Sie auf höchstens 20 Zeichen; jetzt sind es 21."),
    ],
)
def test_the_form_checks_it(client: Client, typed: str, message: str) -> None:
    response = post_page(client, begin(LEGAL), "angaben", best_time=typed)
    assert response.context["form"].errors["best_time"] == [message]


def test_the_last_page_shows_it_and_submitting_stores_it(client: Client) -> None:
    draft = begin(LEGAL, best_time=ANSWER)
    response = client.get(links.draft_path(draft, "pruefen"))
    rows = [(row.label, row.text) for part in response.context["summary"] for row in part.rows]
    assert ("Beste Zeit für einen Anruf", ANSWER) in rows
    assert send(client, draft).status_code == 302
    assert Application.objects.get().answers["best_time"] == ANSWER


# -- paper


def test_the_blank_form_has_it_and_is_read_back(application: Application) -> None:
    blank = render_blank_form().content
    assert read_form_values(blank)["best_time"] == ""
    assert "Beste Zeit für einen Anruf" in words(blank)
    order = DuesOrder.objects.in_force()
    assert order is not None
    values = {"kind": "legal_person", "membership_type": "regular", "best_time": ANSWER}
    assert read_filled_form(fill_with_pikepdf(blank, values), order).data["best_time"] == ANSWER


def test_the_prefilled_paper_names_it(client: Client, application: Application) -> None:
    paper = client.get(f"{links.path(application, links.STATUS)}aufnahmeantrag.pdf").content
    assert f"Beste Zeit für einen Anruf {ANSWER}" in words(paper)


def test_the_office_is_asked_it_when_paper_is_entered(client: Client) -> None:
    current_offer(LEGAL)
    client.force_login(create_staff("office@example.org", "record"))
    day = f"{timezone.localdate():%d.%m.%Y}"
    path = f"{reverse('membership_applications:enter')}?kind=legal_person&membership_type=regular&valid_on={day}"
    page = client.get(path)
    assert ("Beste Zeit für einen Anruf" in page.content.decode(), page.context["form"]["best_time"].value()) == (
        True,
        None,
    )
    data = {**form_data(LEGAL), "formular": page.context["key"], "received_on": day}
    refused = client.post(path, data)
    assert refused.context["form"].errors["best_time"] == ["Bitte füllen Sie dieses Feld aus."]
    assert client.post(path, {**data, "best_time": ANSWER}).status_code == 302
    assert Application.objects.get().answers["best_time"] == ANSWER


# -- reading


def test_the_admin_shows_it(client: Client, application: Application) -> None:
    client.force_login(create_staff("office@example.org", "record"))
    html = client.get(reverse("membership_applications:inspect", args=[application.pk])).content.decode()
    assert ("Beste Zeit für einen Anruf" in html, ANSWER in html) == (True, True)


def test_the_export_holds_it(client: Client, application: Application) -> None:
    path = links.path(application, links.STATUS)
    assert json.loads(client.get(f"{path}meine-daten.json").content)["answers"]["best_time"] == ANSWER
    assert f"Beste Zeit für einen Anruf {ANSWER}" in words(client.get(f"{path}meine-daten.pdf").content)


def test_a_correction_brings_it_back(client: Client, application: Application) -> None:
    response = client.post(f"{links.path(application, links.STATUS)}berichtigen/")
    page = client.get(response["Location"].replace("/wer/", "/angaben/"))
    assert page.context["form"]["best_time"].value() == ANSWER


def test_the_offices_correction_brings_it_back(client: Client, application: Application) -> None:
    client.force_login(create_staff("office@example.org", "record"))
    page = client.get(reverse("membership_applications:correct", args=[application.pk]))
    assert page.context["form"]["best_time"].value() == ANSWER
