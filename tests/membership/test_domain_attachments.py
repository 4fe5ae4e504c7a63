"""Files of an application: who may add them, what replaces what, who looked."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from membership.domain import (
    add_attachment,
    attachments,
    erase_application,
    missing_for_acceptance,
    open_attachment,
)
from membership.domain.attachments import MOST_UPLOADS
from membership.domain.errors import NotOpen, ScanNotAccepted, UploadedTooOften
from membership.domain.retention import SUPERSEDED_UPLOADS
from membership.mail_kinds import UPLOAD_NOTICE
from membership.mails import upload_notice
from membership.models import Application, Attachment
from membership.uploads import UnusableUpload
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings
from portal.mailing.models import QueuedMail
from portal.privacy import audit, store
from portal.privacy.retention import apply_rule
from tests.factories.decisions import reject
from tests.factories.files import make_pdf, make_photo
from tests.factories.membership import create_application, create_staff

pytestmark = pytest.mark.django_db
LATER = timedelta(hours=1, seconds=5)


@pytest.fixture
def files_before() -> set[str]:
    return set(store.file_names())


def new_files(before: set[str]) -> set[str]:
    return set(store.file_names()) - before


def waiting() -> list[tuple[str, int]]:
    return list(QueuedMail.objects.filter(kind=UPLOAD_NOTICE, state="queued").values_list("kind", "object_id"))


def actions(application: Application) -> list[tuple[str, Any]]:
    entries = audit.entries_of(application).filter(action__startswith="attachment_")
    return [(entry.action, entry.actor and entry.actor.email) for entry in entries]


def test_an_applicants_scan_is_kept_and_told_to_the_office(files_before: set[str]) -> None:
    application, content = create_application(), make_pdf(2)
    attachment = add_attachment(application, [content])
    assert new_files(files_before) == {attachment.file_name}
    assert store.read(attachment.file_name, sha256=attachment.sha256) == content
    stored = Attachment.objects.get()
    assert (stored.size, stored.page_count, stored.source, stored.uploaded_by) == (len(content), 2, "applicant", None)
    assert (waiting(), actions(application)) == (
        [(UPLOAD_NOTICE, application.pk)],
        [("attachment_added", None)],
    )
    # A scan that came is a hint; the receipt is what the office records.
    assert len(missing_for_acceptance(application)) == 1


def test_the_office_adds_what_came_by_post_and_gets_no_mail() -> None:
    application, user = create_application(), create_staff("buero@example.org", "record")
    attachment = add_attachment(application, [make_photo()], uploaded_by=user)
    assert (attachment.source, attachment.uploaded_by, waiting()) == ("office", user, [])
    assert actions(application) == [("attachment_added", "buero@example.org")]


def test_a_new_upload_replaces_the_same_sides_earlier_one(time_machine: Any) -> None:
    application, user = create_application(), create_staff("buero@example.org", "record")
    first = add_attachment(application, [make_pdf()])
    office = add_attachment(application, [make_pdf()], uploaded_by=user)
    now = timezone.now() + timedelta(minutes=1)
    time_machine.move_to(now, tick=False)
    second = add_attachment(application, [make_pdf()])
    more = add_attachment(application, [make_pdf()], uploaded_by=user, replaces=False)
    assert list(application.attachments.current()) == [office, second, more]
    assert list(application.attachments.superseded().values_list("pk", "superseded_at")) == [(first.pk, now)]
    assert waiting() == [(UPLOAD_NOTICE, application.pk)]


def test_the_office_is_told_reference_and_link_alone() -> None:
    application = create_application()
    add_attachment(application, [make_pdf()])
    (mail,) = upload_notice(application.pk)
    assert (mail.to, mail.subject) == (["buero@example.org"], f"Scan eingegangen: Vorgang {application.reference}")
    assert f"/admin/antraege/{application.pk}/" in str(mail.body)
    assert "Muster" not in str(mail.body)


def test_a_bad_file_leaves_nothing(files_before: set[str]) -> None:
    application = create_application()
    with pytest.raises(UnusableUpload):
        add_attachment(application, [b"MZ"])
    assert (new_files(files_before), Attachment.objects.count(), waiting()) == (set(), 0, [])


@pytest.mark.parametrize("decided", [False, True])
def test_only_an_open_application_takes_files(files_before: set[str], decided: bool) -> None:
    application = create_application(confirmed=decided)
    if decided:
        application = reject(application)
    with pytest.raises(NotOpen):
        add_attachment(application, [make_pdf()])
    assert new_files(files_before) == set()


def test_a_copy_from_before_the_decision_writes_nothing(files_before: set[str]) -> None:
    application = create_application()
    reject(Application.objects.get())
    with pytest.raises(NotOpen):
        add_attachment(application, [make_pdf()])  # the caller's copy is still open
    assert new_files(files_before) == set()


def test_what_was_decided_meanwhile_takes_no_file_and_the_sweep_deletes_it(
    files_before: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    application = create_application()
    monkeypatch.setattr(attachments, "_refuse_early", lambda application, uploaded_by: reject(application))
    with pytest.raises(NotOpen):
        add_attachment(application, [make_pdf()])
    assert len(new_files(files_before)) == 1
    store.sweep(timezone.now() + LATER)
    assert new_files(files_before) == set()


def test_scans_are_taken_where_the_association_takes_them() -> None:
    application, user = create_application(), create_staff("buero@example.org", "record")
    association = AssociationSettings.load()
    association.accepted_forms = [AcceptedForm.PAPER]
    association.save()
    with pytest.raises(ScanNotAccepted):
        add_attachment(application, [make_pdf()])
    assert add_attachment(application, [make_pdf()], uploaded_by=user).is_current


def test_nobody_fills_the_disk() -> None:
    application = create_application()
    for _ in range(MOST_UPLOADS):
        add_attachment(application, [make_pdf()])
    with pytest.raises(UploadedTooOften):
        add_attachment(application, [make_pdf()])
    assert application.attachments.count() == MOST_UPLOADS
    office = create_staff("buero@example.org", "record")
    for _ in range(MOST_UPLOADS):
        add_attachment(application, [make_pdf()], uploaded_by=office)
    with pytest.raises(UploadedTooOften) as refused:
        add_attachment(application, [make_pdf()], uploaded_by=office)
    assert refused.value.for_staff == (
        "Zu diesem Antrag hat die Geschäftsstelle schon zwanzig Dateien hinzugefügt; mehr nimmt das Portal nicht an. "
        "Bitte bewahren Sie das Papier auf."
    )
    assert application.attachments.count() == 2 * MOST_UPLOADS


def test_each_look_is_noted() -> None:
    application, user = create_application(), create_staff("buero@example.org", "record")
    attachment = add_attachment(application, [make_pdf()])
    assert open_attachment(attachment, opened_by=user) == open_attachment(attachment, opened_by=user, original=True)
    assert actions(application)[1:] == [
        ("attachment_viewed", "buero@example.org"),
        ("attachment_downloaded", "buero@example.org"),
    ]


def test_replaced_files_go_with_their_rows_when_their_time_is_over(files_before: set[str], run_on_commit: Any) -> None:
    application = create_application()
    add_attachment(application, [make_pdf()])
    second = add_attachment(application, [make_pdf()])
    now = timezone.now()
    with run_on_commit():
        assert apply_rule(SUPERSEDED_UPLOADS, now + timedelta(days=29)) == 0
        assert apply_rule(SUPERSEDED_UPLOADS, now + timedelta(days=31)) == 1
    assert new_files(files_before) == {second.file_name}
    assert list(Attachment.objects.all()) == [second]
    assert actions(application)[-1] == ("attachment_deleted", None)


def test_an_erased_application_takes_its_files_along(files_before: set[str], run_on_commit: Any) -> None:
    application, user = create_application(), create_staff("buero@example.org", "record")
    add_attachment(application, [make_pdf()])
    add_attachment(application, [make_pdf()])
    with run_on_commit():
        erase_application(application, erased_by=user)
    assert (new_files(files_before), Attachment.objects.count()) == (set(), 0)


def test_files_of_a_deleted_application_are_swept(files_before: set[str]) -> None:
    application = create_application()
    add_attachment(application, [make_pdf()])
    application.delete()
    store.sweep(timezone.now() + LATER)
    assert new_files(files_before) == set()
