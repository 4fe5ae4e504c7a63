"""A crash at any step leaves nothing or everything, and no file without a row after the next sweep."""

from datetime import timedelta

import pytest
from django.utils import timezone

from membership.domain import add_attachment, create_draft, open_vote
from membership.mail_kinds import (
    CONFIRM,
    CORRECTED,
    COSIGNER_CHANGED,
    RECEIVED,
    UPLOAD_NOTICE,
    WITHDRAWAL_NOTICE,
    WITHDRAWN,
)
from membership.models import (
    Application,
    ApplicationDraft,
    Attachment,
    BoardDecision,
    CoSignature,
    ReceiptRecord,
    SepaMandate,
)
from portal.mailing.models import QueuedMail
from portal.privacy import audit, store
from portal.privacy.models import AuditEntry
from tests.crashing import Crashes
from tests.factories.decisions import board, ready
from tests.factories.files import make_pdf
from tests.factories.membership import GROUP, IBAN, REGULAR, create_application, create_ground, create_user
from tests.factories.signatures import confirm, create_digital_group

pytestmark = pytest.mark.django_db(transaction=True)
LATER = timedelta(hours=1, seconds=5)


def uploads() -> tuple[int, int, int]:
    """Return how many files have a row, how many a line in the log, and whether the office is told."""
    mails = QueuedMail.objects.filter(kind=UPLOAD_NOTICE, state="queued").count()
    return Attachment.objects.count(), AuditEntry.objects.filter(action="attachment_added").count(), mails


def test_an_upload_that_is_cut_off_leaves_nothing_or_everything(crashes: Crashes) -> None:
    store.sweep(timezone.now() + LATER)
    application = create_application()
    steps, orphans = [], 0
    for step in crashes("tests.membership.crash_actions:upload", application.pk):
        steps.append(step)
        done = len([each for each in steps if each in ("after the commit", "finished")])
        assert uploads() == (done, done, 1 if done else 0), step
        orphans += store.sweep(timezone.now() + LATER)
        assert set(store.file_names()) == set(Attachment.objects.values_list("file_name", flat=True)), step
    assert steps[:2] == ["before writing a file", "after writing a file"]
    assert steps[-3:] == ["before the commit", "after the commit", "finished"]
    # Every crash between the file and the commit left one.
    assert orphans == len(steps) - 3


def test_erasing_that_is_cut_off_erases_nothing_or_everything(crashes: Crashes) -> None:
    store.sweep(timezone.now() + LATER)
    application = create_application(iban=IBAN)
    add_attachment(application, [make_pdf()])
    kept, steps = set(store.file_names()), []
    for step in crashes("tests.membership.crash_actions:erase", application.pk, create_user().pk):
        steps.append(step)
        is_erased = "after the commit" in steps
        there = (
            Application.objects.count(),
            Attachment.objects.count(),
            SepaMandate.objects.count(),
            QueuedMail.objects.filter(object_id=application.pk, state="queued").exists(),
        )
        assert there == ((0, 0, 0, False) if is_erased else (1, 1, 1, True)), step
        # Deleted after the commit at the earliest; what a crash leaves goes with the next sweep.
        store.sweep(timezone.now() + LATER)
        assert set(store.file_names()) == (set() if is_erased else kept), step
        if is_erased:
            break
    assert steps[-2:] == ["before the commit", "after the commit"]
    assert [entry.action for entry in audit.entries_of(application)] == ["application_erased"]


def test_an_application_that_is_cut_off_is_there_whole_or_not_at_all(crashes: Crashes) -> None:
    create_ground()
    steps = []
    for step in crashes("tests.membership.crash_actions:submit", "crash"):
        steps.append(step)
        there = (
            Application.objects.count(),
            CoSignature.objects.count(),
            AuditEntry.objects.filter(action="application_submitted").count(),
            QueuedMail.objects.filter(kind=CONFIRM).count(),
        )
        assert there == ((1, 1, 1, 1) if "after the commit" in steps else (0, 0, 0, 0)), step
    assert steps[-3:] == ["before the commit", "after the commit", "finished"]


def test_a_paper_whose_entry_is_cut_off_is_there_with_its_scan_or_not_at_all(crashes: Crashes) -> None:
    store.sweep(timezone.now() + LATER)
    create_ground()
    steps = []
    for step in crashes("tests.membership.crash_actions:enter", "crash", create_user().pk):
        steps.append(step)
        there = (
            Application.objects.count(),
            Attachment.objects.count(),
            ReceiptRecord.objects.count(),
            AuditEntry.objects.filter(action="attachment_added").count(),
            QueuedMail.objects.filter(kind=RECEIVED).count(),
        )
        assert there == ((1,) * 5 if "after the commit" in steps else (0,) * 5), step
        store.sweep(timezone.now() + LATER)
        assert set(store.file_names()) == set(Attachment.objects.values_list("file_name", flat=True)), step
    assert steps[:2] == ["before writing a file", "after writing a file"]
    assert steps[-3:] == ["before the commit", "after the commit", "finished"]


def test_a_correction_that_is_cut_off_changes_and_voids_everything_or_nothing(crashes: Crashes) -> None:
    application = create_digital_group()
    confirm(application, 1, 2, 3)
    create_draft(kind=GROUP, membership_type=REGULAR, data={"name": "Entwurf"}, application=application)
    steps = []
    for step in crashes("tests.membership.crash_actions:correct", application.pk):
        steps.append(step)
        stored = Application.objects.get()
        found = (
            stored.answers["name"],
            stored.edition,
            stored.cosignatures.present().count(),
            stored.cosignatures.filter(voided_at__isnull=False).count(),
            ApplicationDraft.objects.get().is_outdated,
            QueuedMail.objects.filter(kind=CORRECTED, state="queued").count(),
            QueuedMail.objects.filter(kind=COSIGNER_CHANGED, state="queued").count(),
        )
        if "after the commit" in steps:
            assert found == ("Anderer Name", 2, 0, 3, True, 1, 5), step
            break
        assert found == ("Initiative Beispielhof", 1, 3, 0, False, 0, 0), step
    assert steps[-2:] == ["before the commit", "after the commit"]
    assert len(steps) > 10


def test_a_withdrawal_that_is_cut_off_has_happened_whole_or_not_at_all(crashes: Crashes) -> None:
    application, (member,) = ready(), board(1)
    open_vote(application, opened_by=member, closes_on=timezone.localdate())
    steps = []
    for step in crashes("tests.membership.crash_actions:withdraw", application.pk):
        steps.append(step)
        found = (
            Application.objects.get().state,
            BoardDecision.objects.get().state,
            QueuedMail.objects.filter(kind__in=[WITHDRAWN, WITHDRAWAL_NOTICE], state="queued").count(),
        )
        if "after the commit" in steps:
            assert found == ("withdrawn", "cancelled", 2), step
            break
        assert found == ("ready", "open", 0), step
    assert steps[-2:] == ["before the commit", "after the commit"]
