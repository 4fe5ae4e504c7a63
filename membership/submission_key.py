"""The signed key in every form: names one submission, and the versions the form was shown with."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core import signing

from membership.offer import Offer

SALT = "membership.submission"
KEY_LIVES = timedelta(hours=24)


class UnusableKey(Exception):
    """Missing, altered or made for another form."""


class ExpiredKey(UnusableKey):
    """Older than a day."""


@dataclass(frozen=True)
class SubmissionKey:
    """``nonce`` is what makes repeated submissions one application."""

    nonce: str
    versions: list[int]

    def matches(self, offer: Offer) -> bool:
        """Whether the form was shown with exactly the texts and dues order of ``offer``."""
        return self.versions == _versions(offer)


def new_key(offer: Offer) -> str:
    """Return a key for a form that shows ``offer``."""
    return signing.dumps([secrets.token_urlsafe(24), _versions(offer)], salt=SALT, compress=True)


def read_key(text: str) -> SubmissionKey:
    """Return what ``text`` says; raises ExpiredKey or UnusableKey."""
    try:
        content: Any = signing.loads(text, salt=SALT, max_age=KEY_LIVES)
    except signing.SignatureExpired:
        raise ExpiredKey from None
    except signing.BadSignature:
        raise UnusableKey from None
    nonce, versions = content
    return SubmissionKey(nonce, versions)


def _versions(offer: Offer) -> list[int]:
    """Return the dues order's key, then the texts' keys."""
    return [offer.dues_order.pk, *sorted(text.pk for text in offer.texts.values())]
