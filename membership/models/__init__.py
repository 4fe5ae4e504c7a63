"""What membership stores, cut by role."""

from membership.models.application import Application, ApplicationText
from membership.models.attachment import Attachment
from membership.models.completion import CheckedLine, CompletionRequest
from membership.models.decision import Ballot, BoardDecision, BoardNote, VotingRules
from membership.models.draft import ApplicationDraft
from membership.models.former_address import FormerAddress
from membership.models.letter import Letter
from membership.models.mandate import SepaMandate
from membership.models.member import Member, NumberSeries
from membership.models.page import MembershipPage
from membership.models.receipt import ReceiptRecord
from membership.models.signature import CoSignature

__all__ = [
    "Application",
    "ApplicationDraft",
    "ApplicationText",
    "Attachment",
    "Ballot",
    "BoardDecision",
    "BoardNote",
    "CheckedLine",
    "CoSignature",
    "CompletionRequest",
    "FormerAddress",
    "Letter",
    "Member",
    "MembershipPage",
    "NumberSeries",
    "ReceiptRecord",
    "SepaMandate",
    "VotingRules",
]
