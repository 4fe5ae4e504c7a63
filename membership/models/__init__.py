"""What membership stores, cut by role."""

from membership.models.application import Application, ApplicationText
from membership.models.attachment import Attachment
from membership.models.completion import CheckedLine, CompletionRequest
from membership.models.draft import ApplicationDraft
from membership.models.mandate import SepaMandate
from membership.models.page import MembershipPage
from membership.models.receipt import ReceiptRecord
from membership.models.signature import CoSignature

__all__ = [
    "Application",
    "ApplicationDraft",
    "ApplicationText",
    "Attachment",
    "CheckedLine",
    "CoSignature",
    "CompletionRequest",
    "MembershipPage",
    "ReceiptRecord",
    "SepaMandate",
]
