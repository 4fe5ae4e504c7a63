"""Where the index gets its content: each room registers what of it can be found."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.analysis.terms import Texts


@dataclass(frozen=True, slots=True)
class Findable:
    """What the index keeps of one public thing; ``kind`` is one of the source's ``kinds``."""

    object_id: str
    language: str
    kind: str
    url: str
    texts: Texts
    date: dt.date | None = None
    # Read by the worker only: PDF documents whose text belongs to the entry, as file names in the storage.
    attachments: tuple[str, ...] = field(default=())


class Source(Protocol):
    """A room's findable things.

    ``findable`` answers None for what is not live, not public or does not exist: the entry is then removed.
    """

    name: str

    @property
    def kinds(self) -> Mapping[str, Any]: ...

    def findable(self, object_id: str) -> Findable | None: ...

    def all(self) -> Iterator[Findable]: ...


SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Make a room's things findable; called in its ``AppConfig.ready()``."""
    SOURCES[source.name] = source


def kind_labels() -> dict[str, str]:
    """Return kind → German label over all sources."""
    return {kind: label for source in SOURCES.values() for kind, label in source.kinds.items()}
