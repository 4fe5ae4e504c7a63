"""What the person an application is about is handed out of its history and its mails (Art. 15 GDPR).

Named here is what may be told, so that a new action or mail is not told by itself. Never told are a decision that can
still be taken back or was, and how the board came to one.
"""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from membership import mail_kinds
from membership.history import Event, MailLine, mail_lines, queued_mails_of, told_entries, words_for
from membership.models import Application
from portal.mailing.models import WAITING_STATES, MailState
from portal.privacy.models import AuditEntry

ACTIONS = frozenset(
    {
        "access_exported",
        "application_entered",
        "application_opened",
        "application_pdf_opened",
        "application_reopened",
        "attachment_deleted",
        "attachment_downloaded",
        "attachment_viewed",
        "bank_data_unmasked",
        "confirmation_resent",
        "cosigner_added",
        "cosigner_reminded",
        "cosigner_replaced",
        "invitation_resent",
        "invitation_revoked",
        "letter_posted",
        "line_checked",
        "member_dues_opened",
    }
)
"""Beyond what the status page tells: the office's steps, and that somebody looked (when, not who)."""
DETAILS = frozenset(
    {
        "count",
        "decided_on",
        "done",
        "fields",
        "form",
        "kind",
        "line",
        "membership_type",
        "pages",
        "points",
        "position",
        "present",
        "received_on",
    }
)
"""Of an entry; everything else is a key of a row, a resolution's number, or the kind of a message."""
DECISIONS = frozenset({mail_kinds.ACCEPTED, mail_kinds.REJECTED})
MAILS = frozenset(
    {
        mail_kinds.CONFIRM,
        mail_kinds.RECEIVED,
        mail_kinds.CORRECTED,
        mail_kinds.EMAIL_CHANGED,
        mail_kinds.FORMER_ADDRESS,
        mail_kinds.COMPLETION_REQUEST,
        mail_kinds.WITHDRAWN,
        mail_kinds.COSIGNER_INVITED,
        mail_kinds.COSIGNER_REMINDED,
        mail_kinds.COSIGNER_CHANGED,
        mail_kinds.COSIGNER_DECLINED,
        mail_kinds.COSIGNATURES_COMPLETE,
        mail_kinds.CONFIRMATIONS_VOIDED,
    }
)
"""To the applicant and those named with the application; what office and board read is their own."""


def exported_history(application: Application) -> list[dict[str, Any]]:
    """Return the history as JSON values, oldest first, without who acted."""
    entries = told_entries(application, more=ACTIONS)
    return [{"at": entry.at.isoformat(), "action": entry.action, "details": told_details(entry)} for entry in entries]


def exported_events(application: Application) -> list[Event]:
    """Return the same in words."""
    return [Event(entry.at, words_for(entry), "") for entry in told_entries(application, more=ACTIONS)]


def told_details(entry: AuditEntry) -> dict[str, Any]:
    """Return what of an entry's details is told."""
    return {name: value for name, value in entry.details.items() if name in DETAILS}


def exported_mails(application: Application) -> list[MailLine]:
    """Return the mails to applicant and co-signatories, oldest first.

    None that waits for a moment to come; the message about a decision only once it was sent.
    """
    waiting = Q(state__in=WAITING_STATES, next_attempt_at__gt=timezone.now())
    told = Q(kind__in=MAILS) & ~waiting | Q(kind__in=DECISIONS, state=MailState.SENT)
    return mail_lines(queued_mails_of(application).filter(told))
