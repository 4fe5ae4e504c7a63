"""A checked application that is not stored yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dues.models import DuesOrder, DuesRate
from membership.enums import Channel
from portal.association.enums import ApplicantKind, MembershipType
from portal.association.models import LegalText


@dataclass(frozen=True)
class MandateData:
    """Bank data of somebody who chose direct debit; ``iban`` without spaces."""

    account_holder: str
    iban: str
    creditor_identifier: str


@dataclass(frozen=True)
class CheckedApplication:
    """What :func:`membership.domain.submit_application` stores: checked by the form, from whatever channel it came.

    ``answers`` holds the fields without a column of their own, ``cosigners`` rows with name and function, ``texts`` the
    versions that were shown. ``dues_base`` is what a rate in per cent is taken of, ``own_amount`` what somebody pays
    who may pay more than a minimum; both are euros.
    """

    kind: ApplicantKind
    membership_type: MembershipType
    applicant_name: str
    email: str
    answers: Mapping[str, Any]
    texts: Sequence[LegalText]
    dues_order: DuesOrder
    dues_rate: DuesRate
    payment_way: str
    dues_base: Decimal | None = None
    own_amount: Decimal | None = None
    mandate: MandateData | None = None
    cosigners: Sequence[Mapping[str, str]] = ()
    channel: Channel = Channel.ONLINE
    language: str = field(default="de")
