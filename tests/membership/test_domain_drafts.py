"""Drafts: sealed, kept fourteen days, resumed by a link, emptied when they are submitted."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from membership import links
from membership.domain import (
    change_draft_kind,
    create_draft,
    delete_draft,
    save_draft,
    send_draft_link,
    submit_application,
)
from membership.domain.errors import DraftOver, DraftTooLong, MailedTooOften
from membership.models import ApplicationDraft
from membership.models.draft import RETENTION
from portal.mailing.links import UnknownLink
from portal.mailing.models import QueuedMail
from portal.privacy.retention import apply_rule, rule_named
from tests.factories.membership import GROUP, NATURAL, REGULAR, SUPPORTING, create_application, make_draft

pytestmark = pytest.mark.django_db


def begun(**data: str) -> ApplicationDraft:
    return create_draft(kind=NATURAL, membership_type=REGULAR, data=data or {"last_name": "Muster"})


def stored(draft: ApplicationDraft) -> ApplicationDraft:
    return ApplicationDraft.objects.get(pk=draft.pk)


def mails() -> list[tuple[str, str]]:
    return list(QueuedMail.objects.order_by("pk").values_list("kind", "state"))


def test_nothing_typed_is_readable_in_the_database() -> None:
    begun(last_name="Musterfrau", iban="DE02120300000000202051")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM membership_applicationdraft")
        row = " ".join(map(str, cursor.fetchone()))
    assert [word in row for word in ("Musterfrau", "DE02", "last_name", "natural_person", "test:")] == [
        False,
        False,
        False,
        False,
        True,
    ]


def test_saving_replaces_one_step_alone() -> None:
    draft = begun(last_name="Muster", city="Chemnitz", accepts_statutes="on")
    save_draft(draft, data={"city": "Dresden"}, replacing={"city", "accepts_statutes"})
    assert stored(draft).content.data == {"last_name": "Muster", "city": "Dresden"}


def test_the_fourteen_days_begin_anew_with_each_saving(time_machine) -> None:
    time_machine.move_to("2027-03-01 12:00+01:00", tick=False)
    draft = begun()
    time_machine.move_to("2027-03-10 12:00+01:00", tick=False)
    save_draft(draft, data={}, replacing=())
    assert stored(draft).expires_at - timezone.now() == timedelta(days=14)
    assert stored(draft).created_at == timezone.now() - timedelta(days=9)


def test_another_kind_keeps_what_was_typed() -> None:
    draft = begun(last_name="Muster", street="Musterweg 1")
    change_draft_kind(draft, kind=GROUP, membership_type=SUPPORTING)
    content = stored(draft).content
    assert (content.kind, content.membership_type) == ("unincorporated_group", "supporting")
    assert content.data == {"last_name": "Muster", "street": "Musterweg 1"}


def test_a_correction_stays_with_its_kind_of_applicant() -> None:
    application = create_application(NATURAL)
    draft = create_draft(kind=NATURAL, membership_type=REGULAR, application=application)
    change_draft_kind(draft, kind=GROUP, membership_type=SUPPORTING)
    assert (stored(draft).content.kind, stored(draft).content.membership_type) == ("natural_person", "supporting")


def test_too_much_text_is_refused_and_the_rest_kept() -> None:
    draft = begun(city="Chemnitz")
    with pytest.raises(DraftTooLong):
        save_draft(draft, data={"city": "x" * 60_000}, replacing={"city"})
    assert stored(draft).content.data == {"city": "Chemnitz"}


# -- the link


def test_the_same_address_again_keeps_the_link_another_one_voids_it() -> None:
    draft = begun()
    path = links.draft_path(draft)
    assert links.draft_path(send_draft_link(draft, email="a@example.org")) == path
    assert links.draft_path(send_draft_link(draft, email="a@example.org")) == path
    assert mails() == [("application_draft_link", "cancelled"), ("application_draft_link", "queued")]
    assert links.draft_path(send_draft_link(draft, email="b@example.org")) != path
    with pytest.raises(UnknownLink):
        links.draft_for(path.split("/")[-2])
    assert links.draft_for(links.draft_path(stored(draft)).split("/")[-2]) == draft


def test_a_mailbox_cannot_be_filled() -> None:
    draft = begun()
    for _ in range(10):
        send_draft_link(draft, email="a@example.org")
    with pytest.raises(MailedTooOften):
        send_draft_link(draft, email="a@example.org")


# -- the end


def test_submitting_empties_the_draft_of_the_same_key() -> None:
    draft, other = begun(last_name="Muster"), begun()
    send_draft_link(draft, email="a@example.org")
    application = submit_application(make_draft(), key=draft.key)
    assert application.submission_key == draft.key
    assert stored(draft).payload == ""
    assert stored(draft).submitted_at is not None
    assert stored(other).content.data == {"last_name": "Muster"}
    assert mails() == [("application_draft_link", "cancelled"), ("application_confirm", "queued")]


@pytest.mark.parametrize("end", ["submitted", "expired", "deleted"])
def test_what_is_over_is_not_written_any_more(end: str) -> None:
    draft = begun()
    if end == "submitted":
        submit_application(make_draft(), key=draft.key)
    elif end == "expired":
        ApplicationDraft.objects.update(saved_at=timezone.now() - timedelta(days=14))
    else:
        delete_draft(draft)
        delete_draft(draft)
    for write in (
        lambda: save_draft(draft, data={}, replacing=()),
        lambda: change_draft_kind(draft, kind=GROUP, membership_type=REGULAR),
        lambda: send_draft_link(draft, email="a@example.org"),
    ):
        with pytest.raises(DraftOver):
            write()


def test_the_job_deletes_what_nobody_saved_for_fourteen_days(time_machine) -> None:
    time_machine.move_to("2027-03-01 12:00+01:00", tick=False)
    old, renewed = begun(), begun()
    time_machine.move_to("2027-03-02 12:00+01:00", tick=False)
    save_draft(renewed, data={}, replacing=())
    time_machine.move_to("2027-03-15 11:59:59+01:00", tick=False)
    assert apply_rule(rule_named(RETENTION)) == 0
    time_machine.move_to("2027-03-15 12:00+01:00", tick=False)
    assert apply_rule(rule_named(RETENTION)) == 1
    assert list(ApplicationDraft.objects.all()) == [renewed]
    assert not ApplicationDraft.objects.filter(pk=old.pk).exists()
