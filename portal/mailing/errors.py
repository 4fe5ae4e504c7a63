"""Naming an error without what it says: messages of mail servers and databases quote addresses and values."""

from pathlib import Path


def error_class(error: BaseException) -> str:
    """Return the name of the error's class, short enough for a column."""
    return type(error).__name__[:80]


def whereabouts(error: BaseException) -> str:
    """Return class and place of the error, for the log: ``KeyError in mails.py:31``."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    if frame is None:
        return error_class(error)
    return f"{error_class(error)} in {Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}"
