"""The signed key in every form: names one submission, when its page was made, and the versions it was shown with."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing

from membership.offer import Offer
from portal.association.enums import ApplicantKind, MembershipType

SALT = "membership.submission"
KEY_LIVES = timedelta(hours=24)


class UnusableKey(Exception):
    """Missing, altered or made for another form."""


class ExpiredKey(UnusableKey):
    """Older than a day."""


@dataclass(frozen=True)
class SubmissionKey:
    """``nonce`` is what makes repeated submissions one application; ``kind`` and type are those of the form."""

    nonce: str
    versions: list[int]
    kind: ApplicantKind
    membership_type: MembershipType
    is_correction: bool

    def matches(self, offer: Offer) -> bool:
        """Whether the form was shown with exactly the texts and dues order of ``offer``."""
        return self.versions == versions_of(offer)


def new_key(offer: Offer, nonce: str = "", *, is_correction: bool = False) -> str:
    """Return a key for a form that shows ``offer``."""
    nonce = nonce or secrets.token_urlsafe(24)
    content = [nonce, versions_of(offer), str(offer.kind), str(offer.membership_type), is_correction]
    return signing.dumps(content, salt=SALT, compress=True)


def read_key(text: str, *, lives: timedelta | None = KEY_LIVES) -> SubmissionKey:
    """Return what ``text`` says; raises UnusableKey, and ExpiredKey where it is older than it ``lives``."""
    try:
        content: Any = signing.loads(text, salt=SALT, max_age=lives)
    except signing.SignatureExpired:
        raise ExpiredKey from None
    except signing.BadSignature:
        raise UnusableKey from None
    nonce, versions, kind, membership_type, is_correction = content
    return SubmissionKey(nonce, versions, ApplicantKind(kind), MembershipType(membership_type), is_correction)


def is_too_young(text: str) -> bool:
    """Whether the page was made so short a time ago that nobody can have filled it in."""
    if not settings.MEMBERSHIP_LEAST_SECONDS:
        return False
    try:
        signing.loads(text, salt=SALT, max_age=settings.MEMBERSHIP_LEAST_SECONDS)
    except signing.BadSignature:  # an expired one among them
        return False
    return True


def versions_of(offer: Offer) -> list[int]:
    """Return the dues order's key, then the texts' keys."""
    return [offer.dues_order.pk, *sorted(text.pk for text in offer.texts.values())]
