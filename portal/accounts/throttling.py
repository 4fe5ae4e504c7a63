"""A brake on guessing passwords: failures are counted per account and hour, in the cache, without any IP address.

Ten wrong passwords close an account's sign-in until the hour is over; setting a new password by mail opens it again.
Why so: docs/decisions/login-brake.md.
"""

import hmac
import time

from django.conf import settings
from django.core.cache import cache

LIMIT = 10
WINDOW_SECONDS = 3600


def is_locked(email: str) -> bool:
    """Whether too many wrong passwords were tried for the address in this hour."""
    return bool(cache.get(_key(email), 0) >= LIMIT)


def note_failure(email: str) -> None:
    """Count a wrong password, whether or not the address has an account."""
    key = _key(email)
    cache.add(key, 0, timeout=WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:
        # The entry ran out between the two calls: the next failure begins a new count.
        return


def forget_failures(email: str) -> None:
    """Open the sign-in again: the right password was given, or a new one was set."""
    cache.delete(_key(email))


def _key(email: str) -> str:
    """A cache key that does not show the address."""
    hour = int(time.time() // WINDOW_SECONDS)
    digest = hmac.digest(settings.SECRET_KEY.encode(), email.strip().casefold().encode(), "sha256").hex()
    return f"login-failures:{hour}:{digest[:32]}"
