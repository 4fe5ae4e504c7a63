"""What stands around every document: the association's name and address.

The association's settings are a room beside this one, so the room above registers a provider.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Frame:
    """The sender of all documents; empty texts show no line."""

    full_name: str
    short_name: str = ""
    address: str = ""
    contact: str = ""


_provider: Callable[[], Frame] | None = None


def register_frame(provider: Callable[[], Frame]) -> None:
    """Let ``provider`` say who the documents come from; the last registration counts."""
    global _provider
    _provider = provider


def current_frame() -> Frame:
    """The registered sender, an empty one before anything is registered."""
    return _provider() if _provider else Frame(full_name="")
