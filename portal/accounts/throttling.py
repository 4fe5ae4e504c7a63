"""A brake on guessing passwords: failures are counted per account and hour, in the cache, without any IP address.

Ten wrong passwords close an account's sign-in until the hour is over; setting a new password by mail opens it again.
Why so: docs/decisions/login-brake.md.
"""

from portal.privacy import counting

LIMIT = 10
PURPOSE = "login-failures"


def is_locked(email: str) -> bool:
    """Whether too many wrong passwords were tried for the address in this hour."""
    return counting.counted(PURPOSE, email) >= LIMIT


def note_failure(email: str) -> None:
    """Count a wrong password, whether or not the address has an account."""
    counting.count(PURPOSE, email)


def forget_failures(email: str) -> None:
    """Open the sign-in again: the right password was given, or a new one was set."""
    counting.forget(PURPOSE, email)
