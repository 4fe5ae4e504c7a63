"""Everything that changes an application: one function per step.

Each checks, writes in one transaction, notes it in the audit log and queues the mail. Forms, views, admin and commands
call these and nothing else. Refusals are raised as the named errors of ``membership.domain.errors``; the application is
locked first, so that of two people who act at once one is refused.
"""

from membership.domain.checked import CheckedApplication, MandateData
from membership.domain.completeness import missing_for_acceptance
from membership.domain.confirmation import confirm_email, correct_email, resend_confirmation
from membership.domain.decision import accept_application, reject_application
from membership.domain.erasure import erase_application
from membership.domain.papers import record_original, record_signature
from membership.domain.submission import submit_application

__all__ = [
    "CheckedApplication",
    "MandateData",
    "accept_application",
    "confirm_email",
    "correct_email",
    "erase_application",
    "missing_for_acceptance",
    "record_original",
    "record_signature",
    "reject_application",
    "resend_confirmation",
    "submit_application",
]
