"""Counting per hour what comes from one address, in the cache alone: nobody can read from it who that was.

The key of an entry is a keyed hash of what is counted and for whom, so neither mail nor network addresses are stored
anywhere; entries vanish with the hour.
"""

import hmac
import time

from django.conf import settings
from django.core.cache import cache

WINDOW_SECONDS = 3600


def counted(purpose: str, who: str) -> int:
    """Return how often :func:`count` was called for ``who`` in this hour."""
    return int(cache.get(_key(purpose, who), 0))


def count(purpose: str, who: str) -> None:
    """Count once more."""
    key = _key(purpose, who)
    cache.add(key, 0, timeout=WINDOW_SECONDS)
    try:
        cache.incr(key)
    except ValueError:
        # The entry ran out between the two calls: the next one begins a new count.
        return


def forget(purpose: str, who: str) -> None:
    """Begin anew."""
    cache.delete(_key(purpose, who))


def _key(purpose: str, who: str) -> str:
    """A cache key that does not show the address."""
    hour = int(time.time() // WINDOW_SECONDS)
    digest = hmac.digest(settings.SECRET_KEY.encode(), who.strip().casefold().encode(), "sha256").hex()
    return f"{purpose}:{hour}:{digest[:32]}"
