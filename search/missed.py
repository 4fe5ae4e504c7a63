"""Counting queries that find nothing, so that editors learn which words visitors use."""

import hashlib
import hmac
import re
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from search.models import MissedQuery

KEPT_FROM = 3
KEPT_DAYS = 90
# An address, or what may be a telephone, account or membership number.
PERSONAL = re.compile(r"@|\d(?:\D?\d){5}")

TABLE = MissedQuery._meta.db_table
# One statement, however many ask at once; the condition reads the count as it was before.
COUNT = f"""
    INSERT INTO {TABLE} (day, fingerprint, text, count) VALUES (%s, %s, '', 1)
    ON CONFLICT (day, fingerprint) DO UPDATE SET
        count = {TABLE}.count + 1,
        text = CASE WHEN {TABLE}.count >= {KEPT_FROM - 1} THEN %s ELSE '' END
"""  # noqa: S608 - constants


def count_missed(text: str) -> None:
    """Count that ``text`` found nothing today; its words are kept only from the third time on, personal ones never."""
    text = " ".join(text.casefold().split())
    if not text or PERSONAL.search(text):
        return
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [timezone.localdate(), fingerprint(text), text])


def fingerprint(text: str) -> str:
    """Return a hash that cannot be reversed by trying names without the installation's key."""
    return hmac.new(settings.SECRET_KEY.encode(), f"search.missed:{text}".encode(), hashlib.sha256).hexdigest()


def delete_old() -> int:
    """Delete counts older than ``KEPT_DAYS``; return how many rows went."""
    return MissedQuery.objects.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS)).delete()[0]
