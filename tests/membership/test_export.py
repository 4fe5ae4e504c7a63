"""Everything stored about an application, for the person it is about: what the catalogue says they may read."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from membership import links
from membership.domain import (
    add_attachment,
    check_line,
    create_draft,
    mark_ready,
    record_original,
    request_completion,
)
from membership.domain.completion import answer_completion
from membership.export import own_data
from membership.models import Application, FormerAddress, Letter, SepaMandate
from membership.stored import plain
from portal.pdf.reading import read_text
from portal.privacy.catalogue import PersonalFields, Reader, personal_data
from tests.factories.decisions import accept, office
from tests.factories.files import make_pdf
from tests.factories.membership import GROUP, IBAN, REGULAR, create_application
from tests.factories.signatures import confirm, create_digital_group

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


def readable() -> list[PersonalFields]:
    """Return what the catalogue lets applicants read of what belongs to an application."""
    return [each for each in personal_data() if each.belongs_to is not None and Reader.APPLICANT in each.readers]


@pytest.fixture
def application() -> Application:
    """An accepted application with a row in every table that can have one, told of its decision."""
    with time_machine.travel(START, tick=False) as clock:
        made = create_digital_group(iban=IBAN)
        SepaMandate.objects.update(mandate_reference="MUSTER-1")
        create_draft(kind=GROUP, membership_type=REGULAR, data={"name": "Entwurf"}, application=made)
        confirm(made, 1, 2, 3, 4, 5)
        request_completion(made, points=["Der Stempel fehlt."], message="Bitte ergänzen.", requested_by=office())
        answer_completion(made, answer="Liegt bei.")
        scan = SimpleUploadedFile("antrag.pdf", make_pdf(), "application/pdf")
        add_attachment(made, [scan], uploaded_by=office())
        now = timezone.now()
        record_original(made, received_on=timezone.localdate(), form="paper", recorded_by=office())
        Letter.objects.create(application=made, kind="application_received", created_at=now, not_before=now)
        FormerAddress.objects.create(application=made, email="frueher@example.org", replaced_at=now)
        check_line(made, code="mandate", checked_by=office())
        accept(mark_ready(made, marked_by=office()))
        clock.shift(dt.timedelta(minutes=11))
        yield Application.objects.get()


def test_every_field_that_the_catalogue_lets_applicants_read_is_handed_out(application: Application) -> None:
    records = own_data(application)["records"]
    seen = set()
    for entry in readable():
        rows = entry.model_class._default_manager.filter(**{entry.belongs_to or "pk": application.pk}).order_by("pk")
        name = entry.model_class._meta.model_name
        seen.add(name)
        expected = [{field: plain(getattr(row, field)) for field in entry.fields} for row in rows]
        assert expected != []
        assert [{field: row[field] for field in entry.fields} for row in records[name]] == expected
    assert set(records) == seen
    assert seen == {
        "application",
        "applicationdraft",
        "attachment",
        "completionrequest",
        "cosignature",
        "formeraddress",
        "letter",
        "member",
        "receiptrecord",
        "sepamandate",
    }


def test_nothing_else_of_a_table_is_handed_out(application: Application) -> None:
    readable_names: dict[str, set[str]] = {}
    for entry in readable():
        readable_names.setdefault(str(entry.model_class._meta.model_name), set()).update(entry.fields)
    records = own_data(application)["records"]
    assert {name: set(row) for name, rows in records.items() for row in rows} == readable_names
    assert "papier@example.org" not in json.dumps(own_data(application))


def test_the_document_says_the_same(client: Client, application: Application) -> None:
    text = " ".join(read_text(client.get(f"{links.path(application, links.STATUS)}meine-daten.pdf").content).split())
    wanted = [
        "angenommen",
        "1, Mitglied seit 2. November 2026",
        "Bestätigung des Eingangs",
        "Jede gespeicherte Angabe",
        IBAN,
        "MUSTER-1",
        "Der Stempel fehlt.",
        "anna@example.org",
        "digital",
    ]
    assert [word for word in wanted if word not in text] == []
    assert "papier@example.org" not in text
    # Answers stand with their questions, not with the names they have in the database.
    assert ("Zweck und Arbeitsfeld: Nachbarschaftsgarten" in text, "field_of_work" in text) == (True, False)


def test_result_and_day_once_told(application: Application) -> None:
    data = own_data(application)
    assert data["decision"] == {"result": "accepted", "decided_on": "2026-11-02"}
    assert data["letters"] == [{"what": "Bestätigung des Eingangs", "sent_on": None, "cancelled_at": None}]


def test_no_letter_about_a_decision_that_is_not_told(client: Client) -> None:
    path = "{}meine-daten.json"
    with time_machine.travel(START, tick=False) as clock:
        application = accept(create_application(email=""))
        address = path.format(links.path(application, links.STATUS))
        early = client.get(address).json()
        clock.shift(dt.timedelta(minutes=11))
        told = client.get(address).json()
    assert (early["decision"], early["records"].get("member")) == (None, None)
    assert "application_accepted" not in [letter["kind"] for letter in early["records"].get("letter", [])]
    assert (told["decision"]["result"], told["records"]["member"][0]["number"]) == ("accepted", 1)
    assert [letter["kind"] for letter in told["records"]["letter"]][-1] == "application_accepted"
