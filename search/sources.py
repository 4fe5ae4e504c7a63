"""Where the index gets its content: each room registers what of it can be found."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise

from search.analysis.terms import Texts

# Raise it when the analysis changes: the worker then writes all entries anew.
ANALYSIS_VERSION = 4


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document whose text belongs to an entry; the worker alone calls ``read``.

    ``name`` is for the log, ``digest`` changes with the content. ``read`` may raise OSError.
    """

    name: str
    digest: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Findable:
    """What the index keeps of one public thing; ``kind`` is one of the source's ``kinds``."""

    object_id: str
    language: str
    kind: str
    url: str
    texts: Texts
    date: dt.date | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def fingerprint(self) -> str:
        """What changes when the entry has to be written anew; another address alone is not enough."""
        digests = [attachment.digest for attachment in self.attachments]
        said = (ANALYSIS_VERSION, self.language, self.kind, self.date, self.texts, digests)
        return hashlib.sha256(repr(said).encode()).hexdigest()


class Source(Protocol):
    """A room's findable things, live, public and served by the site: what it does not give, nobody finds."""

    name: str

    @property
    def kinds(self) -> Mapping[str, str | Promise]:
        """Kind → label."""

    def findables(self, object_ids: Iterable[str]) -> Iterator[Findable]:
        """Yield those of the things with these keys that are public now."""

    def all(self) -> Iterator[Findable]:
        """Yield everything that is public now."""

    def count(self) -> int:
        """Return about how many these are, for telling the progress."""


SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Make a room's things findable; called in its ``AppConfig.ready()``."""
    SOURCES[source.name] = source


def kind_labels() -> dict[str, str]:
    """Return kind → label in the current language, over all sources."""
    return {kind: str(label) for source in SOURCES.values() for kind, label in source.kinds.items()}
