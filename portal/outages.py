"""Telling an outage from a mistake: what passes by itself, and what somebody has to mend in the code."""

import errno

from django.db import InterfaceError, OperationalError

# A disk without room, a person or a process without a right to more of it.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
RETRY_SECONDS = 60


def is_outage(error: BaseException | None) -> bool:
    """Whether ``error``, or what it came from, says that the database is gone or locked, or that a disk is full."""
    while error is not None:
        if isinstance(error, OperationalError | InterfaceError) or is_full(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def is_full(error: BaseException) -> bool:
    """Whether ``error`` says that nothing more can be written."""
    return isinstance(error, OSError) and error.errno in FULL
