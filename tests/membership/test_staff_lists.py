"""The lists of office and board: applications, members, letters, and what is taken along as workbook."""

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from membership.domain import missing_for_acceptance, record_original, request_completion
from membership.models import Application, Letter
from membership.spreadsheet import render_list
from membership.staff import listing
from portal.pdf.reading import read_text
from portal.privacy import audit
from tests.factories.decisions import accept, complete, office, ready, reject
from tests.factories.membership import GROUP, LEGAL, NATURAL, create_application, create_staff

pytestmark = pytest.mark.django_db
APPLICATIONS, MEMBERS, LETTERS = (
    reverse(f"membership_{name}:index") for name in ("applications", "members", "letters")
)
START = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(create_staff("office@example.org", "record"))
    return client


def listed(client: Client, address: str, **query: str) -> list[Any]:
    return list(client.get(address, query).context["object_list"])


def test_what_is_missing_and_for_how_long(staff: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = create_application(GROUP)
        clock.shift(dt.timedelta(days=3))
        request_completion(application, points=["Eins."], message="", requested_by=office())
        clock.shift(dt.timedelta(days=4))
        page = staff.get(APPLICATIONS)
    (item,) = page.context["object_list"]
    assert (item.age().days, item.standing) == (3, "wartet auf Antwort")
    assert [line.note for line in item.open_lines[1:]] == [
        "Es fehlen 5 der fünf Unterschriften.",
        "Auf die Rückfrage ist noch keine Antwort gekommen.",
    ]


def shown_as_missing(client: Client) -> tuple[str, list[str]]:
    """Return what the list says at a glance, and what it says when that is opened."""
    html = client.get(APPLICATIONS).content.decode()
    ((glance, whole),) = re.findall(r"<td >\s*([^<]*<details[^>]*>.*?)</summary>(.*?)</details>", html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", glance).split()), re.findall(r"<li>(.*?)</li>", whole)


def test_the_list_says_in_few_words_what_is_missing_and_everything_when_opened(staff: Client) -> None:
    application = create_application(GROUP)
    original = (
        "Der unterschriebene Antrag ist noch nicht eingegangen (unterschriebenes Original auf Papier oder hochgeladene "
        "Kopie des unterschriebenen Antrags)."
    )
    lines = [original, "Es fehlen 5 der fünf Unterschriften."]
    at_a_glance = "Der unterschriebene Antrag ist noch nicht eingegangen."
    assert shown_as_missing(staff) == (f"{at_a_glance} Alle 2 Punkte", lines)
    request_completion(application, points=["Eins."], message="", requested_by=office())
    lines.append("Auf die Rückfrage ist noch keine Antwort gekommen.")
    assert shown_as_missing(staff) == (f"{at_a_glance} Alle 3 Punkte", lines)


def test_one_long_point_is_told_in_full_when_opened(staff: Client) -> None:
    create_application()
    glance, whole = shown_as_missing(staff)
    assert glance == "Der unterschriebene Antrag ist noch nicht eingegangen. Genauer"
    assert whole == missing_for_acceptance(Application.objects.get())


def test_one_short_point_needs_no_opening(staff: Client) -> None:
    application = create_application(GROUP)
    record_original(application, received_on=timezone.localdate(), form="paper", recorded_by=office())
    html = staff.get(APPLICATIONS).content.decode()
    assert (html.count("Es fehlen 5 der fünf Unterschriften."), html.count('<details class="missing">')) == (1, 0)
    complete(application)
    assert "Es fehlen" not in staff.get(APPLICATIONS).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"state": "ready"}, [LEGAL]),
        ({"state": "rejected"}, [GROUP]),
        ({"kind": NATURAL}, [NATURAL, NATURAL]),
        ({"papers": "missing"}, [NATURAL, NATURAL]),
        ({"papers": "complete"}, [LEGAL]),
        ({"papers": "asked"}, [NATURAL]),
        ({"channel": "paper"}, []),
        ({"q": "Beispielhof"}, [GROUP]),
        ({"q": "Unbestätigt"}, []),
    ],
)
def test_filters_and_search(staff: Client, query: dict[str, str], expected: list[str]) -> None:
    create_application(confirmed=False, applicant_name="Unbestätigt Muster")
    create_application()
    request_completion(create_application(), points=["Eins."], message="", requested_by=office())
    ready(LEGAL)
    reject(create_application(GROUP))
    assert [item.kind for item in listed(staff, APPLICATIONS, **query)] == expected


@pytest.mark.parametrize("address", [APPLICATIONS, MEMBERS, LETTERS])
def test_one_and_three_cost_the_same(staff: Client, address: str) -> None:
    for _turn in range(2):
        accept(create_application(email=""))
    Letter.objects.all().delete()
    accept(create_application(email=""))
    staff.get(address)
    with CaptureQueriesContext(connection) as first:
        staff.get(address)
    for kind in (LEGAL, GROUP):
        accept(create_application(kind, email=""))
        complete(create_application(kind))
    with CaptureQueriesContext(connection) as second:
        staff.get(address)
    assert len(second) == len(first)


def rows_of(response: Any) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(response.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_applications_as_workbook(staff: Client) -> None:
    create_application(confirmed=False, applicant_name="Unbestätigt Muster")
    application = create_application(applicant_name='=HYPERLINK("http://example.org")')
    response = staff.get(APPLICATIONS, {"export": "xlsx"})
    heading, row = rows_of(response)
    assert heading[:3] == ["Vorgangsnummer", "Name", "Art"]
    assert row[:2] == [application.reference, '\'=HYPERLINK("http://example.org")']
    assert row[8].startswith("Der unterschriebene Antrag ist noch nicht eingegangen")
    person = audit.AuditEntry.objects.get(action="applications_exported").actor
    assert person.email == "office@example.org"


def test_the_workbook_holds_what_the_filter_left(staff: Client) -> None:
    create_application(LEGAL)
    wanted = ready()
    response = staff.get(APPLICATIONS, {"export": "xlsx", "state": "ready"})
    assert [row[0] for row in rows_of(response)[1:]] == [wanted.reference]


def test_the_workbook_costs_the_same_queries_for_more(staff: Client) -> None:
    address = {"export": "xlsx"}
    complete(create_application(GROUP))
    staff.get(APPLICATIONS, address)
    with CaptureQueriesContext(connection) as first:
        staff.get(APPLICATIONS, address)
    for kind in (LEGAL, GROUP):
        complete(create_application(kind))
    with CaptureQueriesContext(connection) as second:
        assert len(rows_of(staff.get(APPLICATIONS, address))) == 4
    assert len(second) == len(first)


def test_the_workbook_asks_five_times_for_each_chunk(staff: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [create_application(kind) for kind in (NATURAL, LEGAL, GROUP, GROUP, NATURAL)]
    complete(made[3])
    request_completion(made[4], points=["Eins."], message="", requested_by=office())
    expected = [(each.reference, " ".join(missing_for_acceptance(each))) for each in reversed(made)]
    monkeypatch.setattr(listing, "AT_ONCE", 2)
    with CaptureQueriesContext(connection) as queries:
        rows = list(listing.export_rows(Application.objects.order_by("-pk")))
    assert [(row[0], row[8]) for row in rows] == expected
    # The applications once; of each of three chunks the association, receipts, signatures, lines, requests.
    assert len(queries) == 1 + 3 * 5


def test_days_and_texts_stay_what_they_are() -> None:
    day, other = dt.date(2026, 11, 2), dt.date(2027, 1, 31)
    rows = [("#N/A", day, None, other), ("=1+1", 7, "#REF!", day)]
    sheet = load_workbook(BytesIO(render_list("Liste", [("Spalte", 10)] * 4, rows))).active
    cells = [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in sheet.iter_rows(min_row=2)]
    first, second = (dt.datetime.combine(each, dt.time()) for each in (day, other))
    plain = "General"
    assert cells == [
        [("#N/A", "s", plain), (first, "d", "dd.mm.yyyy"), (None, "n", plain), (second, "d", "dd.mm.yyyy")],
        [("'=1+1", "s", plain), (7, "n", plain), ("#REF!", "s", plain), (first, "d", "dd.mm.yyyy")],
    ]


def test_members(staff: Client) -> None:
    accept(create_application())
    accept(create_application(LEGAL))
    reject(create_application(GROUP))
    assert [(item.number, item.kind) for item in listed(staff, MEMBERS)] == [(1, NATURAL), (2, LEGAL)]
    assert [item.number for item in listed(staff, MEMBERS, q="Beispiel gGmbH")] == [2]
    response = staff.get(MEMBERS, {"export": "xlsx", "kind": LEGAL})
    assert [row[:2] for row in rows_of(response)[1:]] == [[2, "Beispiel gGmbH"]]


def test_a_letter_is_printed_and_posted(staff: Client) -> None:
    with time_machine.travel(START, tick=False) as clock:
        application = accept(create_application(email=""))
        letter = Letter.objects.get()
        address = reverse("membership_letters:letter", args=[letter.pk])
        assert "Dieser Brief darf erst ab" in staff.get(address).content.decode()
        too_early = staff.get(f"{address}pdf/")
        assert (too_early.status_code, too_early["Location"]) == (302, address)
        clock.shift(dt.timedelta(minutes=10))
        text = " ".join(read_text(staff.get(f"{address}pdf/").content).split())
        assert "Dr. Mara Muster Musterweg 1 09111 Chemnitz" in text
        assert "Guten Tag Dr. Mara Muster," in text
        assert "Damit beginnt Ihre Mitgliedschaft" in text
        assert "Diese E-Mail wurde" not in text
        assert [item.pk for item in listed(staff, LETTERS, posted="waiting")] == [letter.pk]
        staff.post(address, {"sent_on": f"{timezone.localdate():%d.%m.%Y}"})
        assert listed(staff, LETTERS, posted="waiting") == []
        assert [item.sent_on for item in listed(staff, LETTERS, posted="posted")] == [timezone.localdate()]
    actions = [entry.action for entry in audit.entries_of(application)]
    assert actions[-2:] == ["letter_printed", "letter_posted"]


@pytest.mark.parametrize("address", [APPLICATIONS, MEMBERS, LETTERS, reverse("membership_applications:enter")])
def test_editors_see_none_of_it(client: Client, address: str) -> None:
    client.force_login(create_staff("redaktion@example.org"))
    assert client.get(address).status_code == 403
    assert client.get(address, {"export": "xlsx"}).status_code == 403
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert [word for word in ("antraege", "mitglieder", "briefe") if f"/admin/{word}/" in menu] == []


def test_only_the_office_is_led_to_the_letters() -> None:
    menus = {}
    people = [("record", False), ("decide", True), ("unmask", False)]
    for permission, board_term in people:
        client = Client()
        client.force_login(create_staff(f"{permission}@example.org", permission, board_term=board_term))
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        menus[permission] = ("/admin/briefe/" in menu, client.get(LETTERS).status_code)
    assert menus == {"record": (True, 200), "decide": (False, 403), "unmask": (False, 403)}


def test_that_a_list_was_taken_along_is_kept_as_long_as_logs(staff: Client) -> None:
    create_application()
    for address in (APPLICATIONS, MEMBERS):
        staff.get(address, {"export": "xlsx"})
    assert [entry.action for entry in audit.views().order_by("pk")] == ["applications_exported", "members_exported"]
