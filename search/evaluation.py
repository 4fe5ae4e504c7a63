"""Measuring the search against labelled queries: is one of the wanted addresses among the first three?

A set is a YAML file, either a list of ``{query, wanted, unwanted}`` or a list of families ``{family, language,
queries}`` of those. A corpus is a YAML list of things that are findable while the measurement lasts.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import translation

from search.analysis.terms import Texts
from search.index import batches, enrich_pending, store
from search.results import search
from search.sources import SOURCES, Findable

FIRST = 3
DIGEST_LENGTH = 12
CORPUS = "corpus"


class FaultySet(Exception):
    """The file with the queries or the corpus cannot be used; the text says why."""


@dataclass(frozen=True, slots=True)
class Label:
    """One query with the addresses of which one must be among the first three, and those that must not appear."""

    query: str
    wanted: frozenset[str]
    unwanted: frozenset[str] = frozenset()
    family: str = ""
    language: str = settings.LANGUAGE_CODE


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a labelled query found: the addresses of the first result page in order."""

    label: Label
    found: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """The place of the first wanted address, from 1; None when there is none."""
        return next((place for place, url in enumerate(self.found, 1) if url in self.label.wanted), None)

    @property
    def is_right(self) -> bool:
        """Whether the query found what it must, early enough, and nothing it must not."""
        found_wanted = not self.label.wanted or (self.rank or FIRST + 1) <= FIRST
        return found_wanted and not self.label.unwanted.intersection(self.found)


@dataclass
class Evaluation:
    """The outcomes of a set."""

    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """The share of queries that are right."""
        return share(self.outcomes)

    @property
    def mean_reciprocal_rank(self) -> float:
        """The mean of 1/rank over the queries that want anything."""
        ranks = [outcome.rank for outcome in self.outcomes if outcome.label.wanted]
        return sum(1 / rank for rank in ranks if rank) / len(ranks) if ranks else 0.0

    @property
    def failures(self) -> list[Outcome]:
        """The queries that are not right."""
        return [outcome for outcome in self.outcomes if not outcome.is_right]

    @property
    def digest(self) -> str:
        """Stands for everything found, in its order: where it is the same, so are the hits."""
        found = [(one.label.language, one.label.query, one.found) for one in self.outcomes]
        return hashlib.sha256(repr(found).encode()).hexdigest()[:DIGEST_LENGTH]

    def by_family(self) -> dict[str, float]:
        """Return family → share of its queries that are right."""
        families = dict.fromkeys(outcome.label.family for outcome in self.outcomes)
        return {name: share([one for one in self.outcomes if one.label.family == name]) for name in families}


def share(outcomes: list[Outcome]) -> float:
    """Return the share of right ones."""
    return sum(outcome.is_right for outcome in outcomes) / len(outcomes) if outcomes else 0.0


def read_labels(path: Path) -> list[Label]:
    """Return the labelled queries in a file. Raises FaultySet."""
    labels: list[Label] = []
    for row in read_rows(path):
        rows = row.get("queries", [row])
        labels += [label_of(one, row, path) for one in rows]
    return labels


def label_of(row: Any, family: dict[str, Any], path: Path) -> Label:
    """Return the label in ``row``; full addresses count by their path."""
    if not isinstance(row, dict) or not str(row.get("query", "")).strip():
        raise FaultySet(f"{path}: Ein Eintrag hat keine „query“: {row}")
    wanted, unwanted = (addresses(row.get(name)) for name in ("wanted", "unwanted"))
    language = str(row.get("language") or family.get("language") or settings.LANGUAGE_CODE)
    return Label(str(row["query"]), wanted, unwanted, str(family.get("family", "")), language)


def addresses(written: Any) -> frozenset[str]:
    """Return the paths of one address or a list of them."""
    listed = [written] if isinstance(written, str) else written or []
    return frozenset(urlsplit(str(address)).path for address in listed)


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a YAML file. Raises FaultySet."""
    try:
        rows = yaml.safe_load(path.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FaultySet(f"{path}: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FaultySet(f"{path}: Erwartet wird eine Liste von Einträgen.")
    return rows


def evaluate(labels: Iterable[Label]) -> Evaluation:
    """Ask every query as a visitor would and return what it found."""
    evaluation = Evaluation()
    for label in labels:
        with translation.override(label.language):
            hits = search(label.query, label.language).hits
        evaluation.outcomes.append(Outcome(label, tuple(urlsplit(entry.url).path for entry in hits.entries)))
    return evaluation


class CorpusSource:
    """Things read from a file; see ``search.sources.Source``."""

    name = CORPUS
    kinds: dict[str, str] = {}

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.things = {findable.object_id: findable for findable in map(findable_of, rows)}

    def findables(self, object_ids: Iterable[str]) -> Iterator[Findable]:
        """Yield those of the things with these addresses."""
        return (self.things[key] for key in object_ids if key in self.things)

    def all(self) -> Iterator[Findable]:
        """Yield all of them."""
        return iter(self.things.values())

    def count(self) -> int:
        """Return the number of them."""
        return len(self.things)


def findable_of(row: dict[str, Any]) -> Findable:
    """Return one row of a corpus; its address is its key."""
    texts = {name: str(row.get(name, "")) for name in ("title", "intro", "body", "attachment")}
    return Findable(
        object_id=row["url"],
        language=row.get("language", settings.LANGUAGE_CODE),
        kind=row.get("kind", "page"),
        url=row["url"],
        texts=Texts(**texts),
        date=row.get("date"),
    )


@contextmanager
def findable_corpus(rows: Iterable[dict[str, Any]]) -> Iterator[None]:
    """Let ``rows`` be found, beside everything else and enriched, until the block ends; nothing of them stays."""
    source = CorpusSource(rows)
    SOURCES[CORPUS] = source
    try:
        with transaction.atomic():
            for things in batches(source.all()):
                store(CORPUS, things, enriched_texts=[thing.texts for thing in things])
            while enrich_pending():
                pass
            yield
            transaction.set_rollback(True)
    finally:
        del SOURCES[CORPUS]
