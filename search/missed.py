"""Counting queries that find nothing, so that editors learn which words visitors use."""

import hashlib
import hmac
import re
from datetime import timedelta

from django.conf import settings
from django.db.models import Case, F, Value, When
from django.utils import timezone

from search.models import MissedQuery

KEPT_FROM = 3
KEPT_DAYS = 90
# An address, or what may be a telephone, account or membership number.
PERSONAL = re.compile(r"@|\d(?:\D?\d){5}")


def count_missed(text: str) -> None:
    """Count that ``text`` found nothing today; its words are kept only from the third time on, personal ones never."""
    text = " ".join(text.casefold().split())
    if not text or PERSONAL.search(text):
        return
    today = {"day": timezone.localdate(), "fingerprint": fingerprint(text)}
    # The condition reads the count as it was before.
    kept = Case(When(count__gte=KEPT_FROM - 1, then=Value(text)), default=Value(""))
    if not MissedQuery.objects.filter(**today).update(count=F("count") + 1, text=kept):
        MissedQuery.objects.bulk_create([MissedQuery(**today, count=1)], ignore_conflicts=True)


def fingerprint(text: str) -> str:
    """Return a hash that cannot be reversed by trying names without the installation's key."""
    return hmac.new(settings.SECRET_KEY.encode(), f"search.missed:{text}".encode(), hashlib.sha256).hexdigest()


def delete_old() -> int:
    """Delete counts older than ``KEPT_DAYS``; return how many rows went."""
    return MissedQuery.objects.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS)).delete()[0]
