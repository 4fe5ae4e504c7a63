"""Everything that changes an application: one function per step.

Each checks, writes in one transaction, notes it in the audit log and queues the mail. Forms, views, admin and commands
call these and nothing else. Refusals are raised as the named errors of ``membership.domain.errors``; the application is
locked first, so that of two people who act at once one is refused.
"""

from membership.domain.address import change_email
from membership.domain.attachments import add_attachment, open_attachment
from membership.domain.checked import CheckedApplication, MandateData
from membership.domain.completeness import Line, completeness, missing_for_acceptance, open_lines_of_many
from membership.domain.completion import answer_completion, open_request, request_completion
from membership.domain.confirmation import confirm_email, correct_email, resend_confirmation
from membership.domain.correction import begin_correction, correct_application
from membership.domain.cosigning import confirm_cosignature, decline_cosignature
from membership.domain.decision import accept_application, reject_application
from membership.domain.drafts import (
    change_draft_kind,
    create_draft,
    delete_draft,
    save_draft,
    send_draft_link,
)
from membership.domain.entry import enter_application
from membership.domain.erasure import erase_application
from membership.domain.invitations import (
    add_cosigner,
    remind_cosigners,
    replace_cosigner,
    resend_invitation,
    revoke_invitation,
)
from membership.domain.locking import refuse_closed
from membership.domain.meeting import record_meeting_decision
from membership.domain.notes import add_note
from membership.domain.papers import record_original, record_signature
from membership.domain.readiness import check_line, mark_ready, reopen_application
from membership.domain.reversal import reverse_decision
from membership.domain.submission import submit_application
from membership.domain.telling import record_posted, tell_applicant
from membership.domain.voiding import confirmations_at_risk, void_confirmations
from membership.domain.vote import (
    cancel_open_vote,
    cancel_vote,
    cast_ballot,
    close_due_votes,
    close_vote,
    open_vote,
    refuse_while_voting,
)
from membership.domain.waiting import is_reversible
from membership.domain.withdrawal import withdraw_application

__all__ = [
    "CheckedApplication",
    "Line",
    "MandateData",
    "accept_application",
    "add_attachment",
    "add_cosigner",
    "add_note",
    "answer_completion",
    "begin_correction",
    "cancel_open_vote",
    "cancel_vote",
    "cast_ballot",
    "change_draft_kind",
    "change_email",
    "check_line",
    "close_due_votes",
    "close_vote",
    "completeness",
    "confirm_cosignature",
    "confirm_email",
    "confirmations_at_risk",
    "correct_application",
    "correct_email",
    "create_draft",
    "decline_cosignature",
    "delete_draft",
    "enter_application",
    "erase_application",
    "is_reversible",
    "mark_ready",
    "missing_for_acceptance",
    "open_attachment",
    "open_lines_of_many",
    "open_request",
    "open_vote",
    "record_meeting_decision",
    "record_original",
    "record_posted",
    "record_signature",
    "refuse_closed",
    "refuse_while_voting",
    "reject_application",
    "remind_cosigners",
    "reopen_application",
    "replace_cosigner",
    "request_completion",
    "resend_confirmation",
    "resend_invitation",
    "reverse_decision",
    "revoke_invitation",
    "save_draft",
    "send_draft_link",
    "submit_application",
    "tell_applicant",
    "void_confirmations",
    "withdraw_application",
]
