"""Only what says it is public, and is, may be kept."""

import pytest
from django.http import HttpResponse

from pages.models import MeetingIndexPage, MeetingPage
from portal.delivery import snapshot as delivery
from portal.delivery.public_answers import KEEP_UNTIL, MAY_BE_KEPT, PERSONAL, PUBLIC, declare_public, is_public
from portal.delivery.tree import PART
from portal.delivery.turning_points import next_turning_point
from tests.factories.pages import add_meeting


def with_cookie(response: HttpResponse) -> None:
    response.set_cookie("csrftoken", "abc")


def with_vary(response: HttpResponse) -> None:
    response.headers["Vary"] = "Accept, Cookie"


def with_form_token(response: HttpResponse) -> None:
    response.content = b'<input type="hidden" name="csrfmiddlewaretoken" value="abc">'


def with_status(response: HttpResponse) -> None:
    response.status_code = 404


def with_no_store(response: HttpResponse) -> None:
    response.headers["Cache-Control"] = "no-store"


@pytest.mark.parametrize("trait", [with_cookie, with_vary, with_form_token, with_status, with_no_store])
def test_what_belongs_to_one_person_is_not_public_whatever_it_says(rf, trait) -> None:
    response = declare_public(HttpResponse("Quartier"))
    before = is_public(rf.get("/"), response)
    trait(response)

    assert (before, is_public(rf.get("/"), response)) == (True, False)


def test_what_does_not_say_so_is_not_public(rf) -> None:
    assert is_public(rf.get("/"), HttpResponse("Quartier")) is False
    assert is_public(rf.post("/"), declare_public(HttpResponse("Quartier"))) is False


def test_what_is_public_and_what_is_not(site, client) -> None:
    addresses = [node.url for node in delivery.snapshot().part(PART)]
    addresses += ["/sitemap.xml", "/robots.txt", "/aktuelles/feed/", "/arbeitstreffen/kalender/", "/downloads/satzung/"]
    said = {address: client.get(address).headers["Cache-Control"] for address in addresses}
    personal = ["/suche/", "/suche/?q=Verein", "/gibt-es-nicht/"]

    assert {address for address, value in said.items() if value != PUBLIC} == {"/kontakt/"}
    assert {client.get(address).headers["Cache-Control"] for address in personal} == {PERSONAL}


def test_the_application_form_is_never_kept(site, client) -> None:
    response = client.get("/mitglied-werden/antrag/?art=natural_person&mitgliedschaft=regular")

    assert "no-store" in response.headers["Cache-Control"]


def test_a_page_holds_until_the_next_meeting_ends_and_midnight_at_the_latest(site, time_machine) -> None:
    time_machine.move_to("2026-11-25 12:00+01:00", tick=False)
    MeetingPage.objects.all().update(ends_at="2026-01-01T12:00:00+01:00")
    meeting = add_meeting(MeetingIndexPage.objects.get(), "Treffen")
    found = []
    for ends_at in ("2026-11-25T15:00:00+01:00", "2026-11-26T15:00:00+01:00"):
        type(meeting).objects.filter(pk=meeting.pk).update(ends_at=ends_at)
        found.append(next_turning_point().isoformat())

    assert found == ["2026-11-25T14:00:00+00:00", "2026-11-26T00:00:00+01:00"]


def test_the_page_cache_is_told_until_when_it_may_keep_a_page(site, client) -> None:
    asked = {
        address: client.get(address, **{MAY_BE_KEPT: True}).wsgi_request.META.get(KEEP_UNTIL)
        for address in ("/", "/sitemap.xml", "/downloads/satzung/", "/kontakt/", "/suche/")
    }
    until = next_turning_point().timestamp()

    assert asked == {
        "/": until,
        "/sitemap.xml": until,
        "/downloads/satzung/": until,
        "/kontakt/": None,
        "/suche/": None,
    }
