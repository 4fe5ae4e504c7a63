import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from pages.models import MeetingPage, MeetingSpeaker, MeetingStatus
from tests.factories.pages import add_meeting, moment


def titles(pages) -> list[str]:
    return [page.title for page in pages]


@pytest.fixture
def three(meetings, time_machine) -> None:
    """A meeting this afternoon, one in spring, one last year; a private and a draft one beside them."""
    time_machine.move_to("2027-01-15 12:00+01:00", tick=False)
    add_meeting(meetings, "Im Frühling", starts_at=moment("2027-03-28 01:30"), ends_at=moment("2027-03-28 04:30"))
    add_meeting(meetings, "Heute", starts_at=moment("2027-01-15 11:00"))
    add_meeting(meetings, "Voriges Jahr", starts_at=moment("2026-11-02 10:00"))
    add_meeting(meetings, "Nur intern", starts_at=moment("2027-02-01 10:00"), private=True)
    add_meeting(meetings, "Noch Entwurf", starts_at=moment("2027-02-02 10:00"), live=False)


def test_upcoming_and_past_by_the_end(three, meetings, time_machine) -> None:
    public = meetings.public_meetings()
    assert titles(public.upcoming()) == ["Heute", "Im Frühling"]
    assert titles(public.past()) == ["Voriges Jahr"]

    time_machine.move_to("2027-01-15 13:00+01:00", tick=False)

    assert titles(public.upcoming()) == ["Im Frühling"]
    assert titles(public.past()) == ["Heute", "Voriges Jahr"]


def test_the_list_shows_the_coming_public_ones_and_the_archive_the_past(three, client) -> None:
    listed = titles(client.get("/arbeitstreffen/").context["page_obj"])
    archived = titles(client.get("/arbeitstreffen/archiv/").context["page_obj"])

    assert listed == ["Heute", "Im Frühling"]
    assert archived == ["Voriges Jahr"]


@pytest.mark.parametrize(("page", "number"), [("0", 2), ("-1", 2), ("x", 1), ("99999", 2), ("", 1), ("2", 2)])
def test_a_nonsense_page_number_shows_a_page(meetings, client, page, number) -> None:
    for day in range(21):
        add_meeting(meetings, f"Treffen {day}", in_days=day + 1)

    response = client.get("/arbeitstreffen/", {"page": page})

    assert response.status_code == 200
    assert response.context["page_obj"].number == number


def test_the_calendar_of_all_has_the_public_ones_in_local_time(three, client) -> None:
    response = client.get("/arbeitstreffen/kalender/")
    calendar = Calendar.from_ical(response.content)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="arbeitstreffen.ics"'
    assert [str(event["summary"]) for event in calendar.events] == ["Voriges Jahr", "Heute", "Im Frühling"]
    spring = calendar.events[2]
    # The hour the clocks skip lies inside: both times are what the clocks show.
    assert spring["dtstart"].to_ical() == b"20270328T013000"
    assert spring["dtend"].to_ical() == b"20270328T043000"
    assert spring["dtstart"].params["TZID"] == "Europe/Berlin"
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Berlin"]


def one_event(client, meeting: MeetingPage):
    (event,) = Calendar.from_ical(client.get(f"{meeting.url}kalender/").content).events
    return event


def test_a_change_keeps_the_uid_and_raises_the_sequence(meetings, client, time_machine) -> None:
    time_machine.move_to("2027-01-15 12:00+01:00", tick=False)
    meeting = add_meeting(meetings, "Treffen", in_days=30, venue="Stadtteilladen", host="Quartiersmanagement")
    before = one_event(client, meeting)

    time_machine.move_to("2027-01-16 12:00+01:00", tick=False)
    meeting.status = MeetingStatus.CANCELLED
    meeting.save_revision().publish()
    after = one_event(client, meeting)

    assert (before["status"], before["sequence"], str(before["summary"])) == ("CONFIRMED", 0, "Treffen")
    assert str(before["location"]) == "Stadtteilladen, Leipzig"
    assert (after["status"], after["sequence"], str(after["summary"])) == ("CANCELLED", 86_400, "Abgesagt: Treffen")
    assert after["uid"] == before["uid"]


def test_a_moved_meeting_says_so_everywhere(meetings, client, time_machine) -> None:
    time_machine.move_to("2027-01-15 12:00+01:00", tick=False)
    meeting = add_meeting(
        meetings,
        "Treffen",
        in_days=30,
        status=MeetingStatus.MOVED,
        status_note="Der Saal war belegt.",
        original_starts_at=moment("2027-02-01 09:00"),
    )
    sentence = "Dieses Treffen ist verlegt; ursprünglich geplant: 1. Februar 2027, 09:00 Uhr."

    event = one_event(client, meeting)
    (data,) = meeting.structured_data()
    html = client.get(meeting.url).content.decode()

    assert (event["status"], str(event["summary"])) == ("CONFIRMED", "Verlegt: Treffen")
    assert str(event["description"]) == f"{sentence}\n\nDer Saal war belegt."
    assert data["eventStatus"] == "https://schema.org/EventRescheduled"
    assert data["previousStartDate"] == "2027-02-01T09:00:00+01:00"
    assert sentence in html
    assert "Der Saal war belegt." in html


def test_the_page_shows_everything_that_is_known(meetings, client) -> None:
    meeting = add_meeting(
        meetings,
        "Treffen",
        starts_at=moment("2031-06-17 10:00"),
        venue="Nachbarschaftshaus",
        host="Projekt Ost",
        access="Aufzug vorhanden.",
        online_link="https://treffen.example.org/1",
        agenda="<ol><li>Begrüßung</li></ol>",
    )
    meeting.speakers = [MeetingSpeaker(name="Karla Kluge", function="Stadträtin", field="Politik")]
    meeting.save_revision().publish()

    html = client.get(meeting.url).content.decode()

    for text in (
        "Dienstag, 17. Juni 2031, 10:00 bis 12:00 Uhr",
        "Nachbarschaftshaus, Leipzig",
        "Projekt Ost",
        "Aufzug vorhanden.",
        '<a href="https://treffen.example.org/1"',
        "<strong>Karla Kluge</strong>, Stadträtin – Politik",
        "<li>Begrüßung</li>",
    ):
        assert text in html


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"ends_at": moment("2027-03-01 09:00")}, ["ends_at"]),
        ({"original_starts_at": moment("2027-02-01 10:00")}, ["original_starts_at"]),
        ({"slug": "archiv"}, ["slug"]),
        ({"slug": "kalender"}, ["slug"]),
        ({"online_link": "treffen"}, ["online_link"]),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(meetings, fields, wrong) -> None:
    meeting = add_meeting(meetings, "Treffen", starts_at=moment("2027-03-01 10:00"))
    for name, value in fields.items():
        setattr(meeting, name, value)

    with pytest.raises(ValidationError) as refused:
        meeting.full_clean()

    assert list(refused.value.message_dict) == wrong
