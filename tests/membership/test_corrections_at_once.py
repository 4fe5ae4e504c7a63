"""Two who correct the same application: a draft holds all of it, and must not undo what somebody else has changed."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from membership import links
from membership.domain import begin_correction, correct_application, create_draft, open_vote, withdraw_application
from membership.domain.correction import stand_of
from membership.domain.drafts import save_draft
from membership.domain.errors import AlreadyVoting, CorrectedMeanwhile, DecisionWaits, DraftOver, NotOpen
from membership.models import Application, ApplicationDraft
from membership.models.draft import DraftContent
from membership.views.status import PROBLEMS
from portal.privacy.audit import entries_of
from tests.factories.decisions import accept, board, ready
from tests.factories.membership import (
    NATURAL,
    REGULAR,
    create_application,
    create_staff,
    create_user,
    form_data,
    make_draft,
)
from tests.membership.test_views_form import key_of, post_page, review, send, value_of
from tests.portal.parallel import at_once

pytestmark = pytest.mark.django_db
OFFICE_STREET, OWN_STREET = {"street": "Amtlicher Weg 1"}, {"street": "Eigener Weg 2"}
ADDRESS = {"postcode": "09111", "city": "Chemnitz", "country": "DE"}


def address(application: Application, place: str = "") -> str:
    return f"{links.path(application, links.STATUS)}{place}"


def outdated(application: Application) -> str:
    return address(application, "?ueberholt=1")


def begun(client: Client, application: Application) -> ApplicationDraft:
    """Begin a correction anew by the button and return its draft."""
    client.post(address(application, "berichtigen/"), {"neu": "1"})
    draft = ApplicationDraft.objects.latest("pk")
    assert (draft.is_outdated, draft.content.data["street"]) == (False, street(application))
    return draft


def by_office(application: Application) -> None:
    correct_application(application, make_draft(answers=OFFICE_STREET), corrected_by=create_user("amt@example.org"))


def street(application: Application) -> str:
    return Application.objects.get(pk=application.pk).answers["street"]


def corrections(application: Application) -> int:
    return entries_of(application).filter(action="application_corrected").count()


def content(street: str) -> DraftContent:
    return DraftContent(NATURAL, REGULAR, {"street": street}, [1, 2])


def states() -> list[str]:
    drafts = ApplicationDraft.objects.order_by("pk")
    return ["submitted" if each.submitted_at else "outdated" if each.is_outdated else "open" for each in drafts]


# -- the office first, then the applicant


@pytest.mark.parametrize("step", ["", "wer", "angaben", "beitrag", "pruefen", "art", "loeschen"])
def test_a_draft_from_before_the_office_leads_back(client: Client, step: str) -> None:
    application = create_application()
    draft = begun(client, application)
    by_office(application)
    path = links.draft_path(draft, step)
    for answer in (client.get(path), client.post(path, OWN_STREET | ADDRESS)):
        assert (answer.status_code, answer["Location"]) == (302, outdated(application))
    assert (street(application), corrections(application), states()) == ("Amtlicher Weg 1", 1, ["outdated"])


def test_the_old_street_does_not_come_back(client: Client) -> None:
    application = create_application()
    draft = begun(client, application)
    key = key_of(review(client, draft))
    by_office(application)
    sent = send(client, draft, formular=key)
    assert sent["Location"] == outdated(application)
    page = client.get(sent["Location"])
    assert (page.context["problem"], page.context["notice"]) == (str(PROBLEMS["ueberholt"]), "")
    assert "Inzwischen hat sich der Antrag geändert" in page.content.decode()
    assert f'href="{address(application, "berichtigen/")}"' in page.content.decode()
    assert (street(application), corrections(application)) == ("Amtlicher Weg 1", 1)

    anew = begun(client, application)
    assert value_of(client.get(links.draft_path(anew, "angaben")).content.decode(), "street") == "Amtlicher Weg 1"
    post_page(client, anew, "angaben", **OWN_STREET, **ADDRESS)
    assert send(client, anew)["Location"] == address(application, "?berichtigt=1")
    assert (street(application), corrections(application), states()) == (
        "Eigener Weg 2",
        2,
        ["outdated", "submitted"],
    )


def test_what_was_typed_before_is_stored_nowhere(client: Client) -> None:
    application = create_application()
    draft = begun(client, application)
    post_page(client, draft, "angaben", **OWN_STREET, **ADDRESS)
    by_office(application)
    assert [str(payload) for payload in ApplicationDraft.objects.values_list("payload", flat=True)] == [""]
    data = json.loads(client.get(address(application, "meine-daten.json")).content)
    assert [row["payload"] for row in data["records"]["applicationdraft"]] == [""]


# -- the applicant first, then the office


def test_the_office_overwrites_nothing_of_the_applicant(client: Client) -> None:
    application = create_application()
    draft = begun(client, application)
    staff = Client()
    staff.force_login(create_staff("office@example.org", "record"))
    path = reverse("membership_applications:correct", args=[application.pk])
    stand = staff.get(path).context["stand"]
    post_page(client, draft, "angaben", **OWN_STREET, **ADDRESS)
    assert send(client, draft)["Location"] == address(application, "?berichtigt=1")
    typed = form_data(application.kind, application.membership_type) | OFFICE_STREET | {"stand": stand}
    response = staff.post(path, typed)
    assert response.context["problem"].startswith("Inzwischen hat jemand anders")
    assert (street(application), corrections(application), states()) == ("Eigener Weg 2", 1, ["submitted"])


def test_a_form_filled_before_a_correction_is_refused_under_the_lock() -> None:
    application, amt = create_application(), create_user("amt@example.org")
    stand = stand_of(application)
    correct_application(application, make_draft(answers=OWN_STREET))
    ours = make_draft(answers=OFFICE_STREET)
    with pytest.raises(CorrectedMeanwhile):
        correct_application(application, ours, stand=stand, corrected_by=amt)
    assert (stand, stand_of(application), street(application)) == ("0", "1", "Eigener Weg 2")
    correct_application(application, ours, stand="1", corrected_by=amt)
    assert (stand_of(application), street(application)) == ("2", "Amtlicher Weg 1")


def test_a_finished_correction_stays_finished_when_the_office_corrects_after_it(client: Client) -> None:
    application = create_application()
    draft = begun(client, application)
    post_page(client, draft, "angaben", **OWN_STREET, **ADDRESS)
    key = key_of(review(client, draft))
    send(client, draft, formular=key)
    by_office(application)
    assert send(client, draft, formular=key)["Location"] == address(application, "?berichtigt=1")
    assert (street(application), corrections(application), states()) == ("Amtlicher Weg 1", 2, ["submitted"])


# -- two drafts


def test_the_correction_begun_last_counts(client: Client) -> None:
    application = create_application()
    first = begun(client, application)
    second = begun(client, application)
    assert states() == ["outdated", "open"]
    assert client.get(links.draft_path(first, "angaben"))["Location"] == outdated(application)
    post_page(client, second, "angaben", **OWN_STREET, **ADDRESS)
    assert send(client, second)["Location"] == address(application, "?berichtigt=1")
    assert (street(application), states()) == ("Eigener Weg 2", ["outdated", "submitted"])


def test_however_often_the_button_is_pressed_one_draft_is_open(client: Client) -> None:
    application = create_application()
    for _time in range(5):
        last = begun(client, application)
    assert states() == ["outdated"] * 4 + ["open"]
    assert ApplicationDraft.objects.latest("pk") == last


def test_an_address_from_before_says_so_however_often_one_begins_anew(client: Client) -> None:
    application = create_application()
    first, _second, third = begun(client, application), begun(client, application), begun(client, application)
    assert client.get(links.draft_path(first, "angaben"))["Location"] == outdated(application)
    assert send(client, third)["Location"] == address(application, "?berichtigt=1")
    assert client.get(links.draft_path(first, "angaben"))["Location"] == outdated(application)
    withdraw_application(application)
    answer = client.get(links.draft_path(first, "angaben"), follow=True)
    assert (answer.status_code, answer.context["problem"]) == (200, "")
    assert "zurückgezogen" in answer.content.decode()


def test_who_comes_back_goes_on_with_what_was_typed(client: Client) -> None:
    application = create_application()
    page = client.get(address(application, "berichtigen/"))
    assert (page.context["begun"], "Formular öffnen" in page.content.decode()) == (None, True)
    draft = begun(client, application)
    post_page(client, draft, "angaben", **OWN_STREET, **ADDRESS)
    # A page that was opened before there was a draft knows of none, and gives none up.
    for page in (client.get(address(application, "berichtigen/")), client.post(address(application, "berichtigen/"))):
        html = page.content.decode()
        assert (page.status_code, page.context["begun"]) == (200, draft)
        assert ("Sie haben schon eine Berichtigung begonnen" in html, "Formular öffnen" in html) == (True, False)
        assert f'href="{links.draft_path(draft)}"' in html
    assert (states(), ApplicationDraft.objects.get().content.data["street"]) == (["open"], "Eigener Weg 2")


def test_a_correction_that_has_expired_is_not_gone_on_with(client: Client) -> None:
    application = create_application()
    begun(client, application)
    ApplicationDraft.objects.update(saved_at=timezone.now() - dt.timedelta(days=15))
    response = client.post(address(application, "berichtigen/"))
    assert (response.status_code, states()) == (302, ["outdated", "open"])


def test_finishing_one_of_two_outdates_the_other() -> None:
    application = create_application()
    create = {"kind": NATURAL, "membership_type": REGULAR, "data": {"street": "x"}, "application": application}
    one, two = create_draft(**create), create_draft(**create)
    other = create_draft(**create | {"application": create_application()})
    correct_application(application, make_draft(answers=OWN_STREET), key=one.key)
    assert states() == ["submitted", "outdated", "open"]
    for late in (one, two):
        with pytest.raises(DraftOver):
            correct_application(application, make_draft(answers=OFFICE_STREET), key=late.key)
        with pytest.raises(DraftOver):
            save_draft(late, data={"street": "y"}, replacing={"street"})
    assert (street(application), corrections(application)) == ("Eigener Weg 2", 1)
    assert save_draft(other, data={"street": "y"}, replacing={"street"}).content.data == {"street": "y"}


def test_what_changes_nothing_outdates_nothing() -> None:
    application = create_application()
    begin_correction(application, content_of=lambda _locked: content("x"))
    correct_application(application, make_draft(), corrected_by=create_user("amt@example.org"))
    assert (states(), corrections(application)) == (["open"], 0)


def test_a_key_of_no_draft_is_refused() -> None:
    application = create_application()
    with pytest.raises(DraftOver):
        correct_application(application, make_draft(answers=OWN_STREET), key="unbekannt")
    assert (street(application), corrections(application)) == ("Musterweg 1", 0)


# -- beginning


def test_a_draft_is_read_from_what_is_stored_now() -> None:
    application = create_application()
    by_office(application)
    assert application.answers["street"] == "Musterweg 1"
    draft = begin_correction(application, content_of=lambda locked: content(locked.answers["street"]))
    assert (draft.content, draft.application) == (content("Amtlicher Weg 1"), application)


def test_nothing_is_begun_on_what_is_closed_or_voted_on() -> None:
    voted_on, chair = ready(), board(1)[0]
    open_vote(voted_on, opened_by=chair, closes_on=timezone.localdate())
    refused = [
        (create_application(confirmed=False), NotOpen),
        (withdraw_application(create_application()), NotOpen),
        (accept(create_application()), DecisionWaits),
        (voted_on, AlreadyVoting),
    ]
    for application, refusal in refused:
        with pytest.raises(refusal):
            begin_correction(application, content_of=lambda _locked: content("x"))
    assert ApplicationDraft.objects.count() == 0


# -- at the same moment, on PostgreSQL


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_office_and_applicant_at_the_same_moment_one_is_refused() -> None:
    application = create_application()
    draft = begin_correction(application, content_of=lambda _locked: content("x"))
    amt, own, ours = create_user("amt@example.org"), make_draft(answers=OWN_STREET), make_draft(answers=OFFICE_STREET)

    def act(number: int) -> str:
        if number:
            return correct_application(application, own, key=draft.key).answers["street"]
        return correct_application(application, ours, stand="0", corrected_by=amt).answers["street"]

    office_result, own_result = at_once(2, act)
    if isinstance(own_result, DraftOver):
        outcome = (office_result, street(application), states())
        assert outcome == ("Amtlicher Weg 1", "Amtlicher Weg 1", ["outdated"])
    else:
        assert isinstance(office_result, CorrectedMeanwhile)
        assert (own_result, street(application), states()) == ("Eigener Weg 2", "Eigener Weg 2", ["submitted"])
    assert corrections(application) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_begun_several_times_at_the_same_moment_one_draft_is_open() -> None:
    application = create_application()
    drafts = at_once(4, lambda _number: begin_correction(application, content_of=lambda _locked: content("x")))
    assert [type(each) for each in drafts] == [ApplicationDraft] * 4
    assert states() == ["outdated"] * 3 + ["open"]
