"""Entering what came by post: the same application, without a mail to confirm."""

from datetime import date, datetime, time

from django.utils import timezone

from membership.domain.attachments import attach, keep_document
from membership.domain.checked import CheckedApplication
from membership.domain.errors import ImplausibleDate
from membership.domain.papers import record_original
from membership.domain.submission import store_application, stored_once
from membership.domain.telling import tell_applicant
from membership.enums import ApplicationState
from membership.mail_kinds import RECEIVED
from membership.models import Application
from membership.uploads import ScannedDocument
from portal.accounts.models import User
from portal.association.enums import AcceptedForm
from portal.privacy import audit


def enter_application(
    checked: CheckedApplication,
    *,
    key: str,
    received_on: date,
    is_signed: bool,
    entered_by: User,
    scan: ScannedDocument | None = None,
) -> Application:
    """Store a paper application as the office typed it, and tell the applicant, by letter where there is no address.

    The clock runs from ``received_on``. ``is_signed`` records the receipt of the signed original with it. ``key``
    belongs to one filled form, as in ``submit_application``. The ``scan`` is on the disk before any row, and its row
    comes with the application's or not at all. Raises ImplausibleDate for a day to come, FormNotAccepted where the
    association takes no paper.
    """
    if received_on > timezone.localdate():
        raise ImplausibleDate

    def enter() -> Application:
        # In here, so that a second press of the button writes no second file.
        kept = keep_document(scan) if scan else None
        application = _enter(checked, key, received_on, is_signed, entered_by)
        if kept:
            attach(application, kept, uploaded_by=entered_by)
        tell_applicant(RECEIVED, application)
        return application

    return stored_once(key, enter)


def _enter(checked: CheckedApplication, key: str, received_on: date, is_signed: bool, entered_by: User) -> Application:
    application = store_application(
        checked,
        key,
        state=ApplicationState.CONFIRMED,
        submitted_at=timezone.now(),
        received_on=received_on,
        clock_started_at=timezone.make_aware(datetime.combine(received_on, time.min)),
    )
    audit.record(application, "application_entered", actor=entered_by, received_on=received_on.isoformat())
    if is_signed:
        record_original(application, received_on=received_on, form=AcceptedForm.PAPER, recorded_by=entered_by)
    return application
