"""Keeping the index: entries follow their source at once, compound parts and PDF texts follow by the worker."""

import logging
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

from django.db import connection, transaction

from portal.delivery.version import raise_content_version
from search.analysis.stems import is_german, stem
from search.analysis.terms import Match, Texts, spellings, stem_sequence, weigh
from search.documents import UnreadableDocument, document_text
from search.models import IndexEntry, Posting, Word
from search.sources import SOURCES, Attachment, Findable, Source

logger = logging.getLogger(__name__)
# Rows written, and objects asked for, at a time.
ROWS = 2000
OBJECTS = 100
LEARNED_LENGTHS = range(3, 41)
# PostgreSQL's advisory lock of everybody who writes entries: what was asked of a source holds until it is written.
LOCK_KEY = (27_413, 2)
# Stands for a fingerprint where something is missing: whatever the source gives differs from it.
UNFINISHED = ""

# Entry, language, term, kind, weight, day.
PostingRow = tuple[int, str, str, str, int, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a source has been gone through: things seen, of how many, entries written, entries removed."""

    source: str
    seen: int
    total: int
    written: int
    removed: int = 0


def refresh(source_name: str, object_ids: Iterable[object], *, force: bool = False) -> tuple[int, int]:
    """Bring the entries of these objects up to date: add, change or remove them, as their source says now.

    Returns how many entries were written and removed; ``force`` writes those too that do not differ.
    """
    source = SOURCES[source_name]
    written = removed = 0
    for batch in batches(map(str, object_ids)):
        with transaction.atomic():
            lock()
            found = list(source.findables(batch))
            written += write(source_name, found, force=force)
            removed += remove(source_name, set(batch) - {findable.object_id for findable in found})
    return written, removed


def lock() -> None:
    """Let nobody else write entries until the transaction ends; SQLite has one writer at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", LOCK_KEY)


def remove(source_name: str, object_ids: Iterable[object]) -> int:
    """Take these objects out of the index; return how many entries went."""
    entries = IndexEntry.objects.filter(source=source_name, object_id__in=[str(i) for i in object_ids])
    removed = entries.count()
    if removed:
        Posting.objects.filter(entry__in=entries).delete()
        entries.delete()
        # Titles are suggested from the snapshot.
        raise_content_version()
    return removed


def write(source_name: str, findables: list[Findable], *, force: bool = False) -> int:
    """Write entries that differ from what is kept, all of them with ``force``; return how many.

    An entry whose address alone has changed keeps its postings.
    """
    kept = kept_entries(source_name, findables)
    changed = []
    for findable in findables:
        entry = kept.get(findable.object_id)
        if entry is None or force or entry.fingerprint != findable.fingerprint:
            changed.append(findable)
        elif entry.url != findable.url:
            IndexEntry.objects.filter(pk=entry.pk).update(url=findable.url)
    store(source_name, changed)
    if any(is_suggested_otherwise(kept.get(findable.object_id), findable) for findable in findables):
        raise_content_version()
    return len(changed)


def kept_entries(source_name: str, findables: Iterable[Findable]) -> dict[str, IndexEntry]:
    """Return key → entry for those of ``findables`` that have one, without its texts (one query)."""
    keys = [findable.object_id for findable in findables]
    entries = IndexEntry.objects.filter(source=source_name, object_id__in=keys)
    return {entry.object_id: entry for entry in entries.defer("intro", "body", "attachment", "stems")}


def is_suggested_otherwise(entry: IndexEntry | None, findable: Findable) -> bool:
    """Whether what the snapshot keeps of an entry for suggestions is another now."""
    now = (findable.language, findable.texts.title, findable.url, findable.kind)
    return entry is None or (entry.language, entry.title, entry.url, entry.kind) != now


@transaction.atomic
def store(source_name: str, findables: list[Findable], *, enriched_texts: list[Texts] | None = None) -> None:
    """Write entries with their postings; ``enriched_texts``, with the attachments' texts, asks for compound parts."""
    if not findables:
        return
    pairs = list(zip(findables, enriched_texts or [findable.texts for findable in findables], strict=True))
    is_enriched = enriched_texts is not None
    entries = IndexEntry.objects.bulk_create(
        [entry_of(source_name, findable, texts, is_enriched=is_enriched) for findable, texts in pairs],
        update_conflicts=True,
        unique_fields=["source", "object_id"],
        update_fields=[f.name for f in IndexEntry._meta.fields if f.name not in {"id", "source", "object_id"}],
    )
    Posting.objects.filter(entry__in=entries).delete()
    rows = (
        row
        for entry, (_, texts) in zip(entries, pairs, strict=True)
        for row in postings_of(entry, texts, with_parts=is_enriched)
    )
    insert_postings(rows)
    for language in {findable.language for findable in findables}:
        spoken = [texts for findable, texts in pairs if findable.language == language]
        learn_words(language, spoken, with_parts=is_enriched and is_german(language))


def entry_of(source_name: str, findable: Findable, texts: Texts, *, is_enriched: bool) -> IndexEntry:
    """Return the unsaved entry of ``findable`` with these texts."""
    return IndexEntry(
        source=source_name,
        object_id=findable.object_id,
        language=findable.language,
        kind=findable.kind,
        url=findable.url,
        title=texts.title,
        intro=texts.intro,
        body=texts.body,
        attachment=texts.attachment,
        stems=stem_sequence(texts, findable.language),
        date=findable.date,
        fingerprint=findable.fingerprint,
        is_enriched=is_enriched,
        stamp=secrets.randbelow(2**31),
    )


def postings_of(entry: IndexEntry, texts: Texts, *, with_parts: bool) -> Iterator[PostingRow]:
    """Yield the postings of ``entry`` as rows to insert."""
    day = entry.date.toordinal() if entry.date else 0
    for term, weight in weigh(texts, entry.language, with_parts=with_parts).items():
        yield entry.pk, entry.language, term, entry.kind, weight, day


def insert_postings(rows: Iterator[PostingRow]) -> None:
    """Write postings; a page has hundreds, and making a model's instance of each takes longer than all the rest."""
    columns = ("entry_id", "language", "term", "kind", "weight", "day")
    one = f"({', '.join(['%s'] * len(columns))})"
    insert = f"INSERT INTO {Posting._meta.db_table} ({', '.join(columns)}) VALUES "  # noqa: S608 - names, no values
    with connection.cursor() as cursor:
        for batch in batches(rows, ROWS):
            cursor.execute(insert + ", ".join([one] * len(batch)), list(chain.from_iterable(batch)))


def learn_words(language: str, texts: Iterable[Texts], *, with_parts: bool) -> None:
    """Remember the words of ``texts`` for suggestions."""
    words: dict[str, str] = {}
    for one in texts:
        words = spellings(one, with_parts=with_parts) | words
    for batch in batches(words, ROWS):
        known = set(Word.objects.filter(language=language, text__in=batch).values_list("text", flat=True))
        rows = [
            Word(
                language=language, text=word, spelling=words[word], initial=word[0], ending=word[-2:], length=len(word)
            )
            for word in batch
            if word not in known and len(word) in LEARNED_LENGTHS and len(words[word]) in LEARNED_LENGTHS
        ]
        Word.objects.bulk_create(rows, ignore_conflicts=True)


def enrich_pending(limit: int = 50) -> int:
    """Add compound parts and PDF texts to up to ``limit`` entries that still lack them; return how many were done.

    An entry that fails is logged and stays as it is: it must not keep the others waiting. The next comparison with its
    source finds it unfinished and tries again.
    """
    pending = list(
        IndexEntry.objects.filter(is_enriched=False).order_by("pk").values("pk", "source", "object_id")[:limit]
    )
    for row in pending:
        try:
            enrich(row["source"], row["object_id"])
        except Exception:
            logger.exception(
                "Der Eintrag %s:%s im Suchverzeichnis bleibt ohne Wortteile.", row["source"], row["object_id"]
            )
            IndexEntry.objects.filter(pk=row["pk"]).update(is_enriched=True, fingerprint=UNFINISHED)
    return len(pending)


def enrich(source_name: str, object_id: str) -> None:
    """Write one entry anew with compound parts and the text of its documents.

    Documents are read before the entry is locked. The source is asked again under the lock, so that nothing returns
    that was taken down meanwhile; what has changed meanwhile is left to the next turn.
    """
    before = public_one(source_name, object_id)
    texts, is_complete = enriched(before) if before else (None, True)
    with transaction.atomic():
        lock()
        entry = IndexEntry.objects.select_for_update().filter(source=source_name, object_id=object_id).first()
        if entry is None:
            return
        now = public_one(source_name, object_id)
        if now is None:
            remove(source_name, [object_id])
        elif texts is not None and before is not None and now.fingerprint == before.fingerprint:
            store(source_name, [now], enriched_texts=[texts])
            if not is_complete:
                IndexEntry.objects.filter(pk=entry.pk).update(fingerprint=UNFINISHED)


def public_one(source_name: str, object_id: str) -> Findable | None:
    """Return the thing with this key if its source gives it now."""
    source = SOURCES.get(source_name)
    return next(iter(source.findables([object_id])), None) if source else None


def enriched(findable: Findable) -> tuple[Texts, bool]:
    """Return the texts of ``findable`` with those of its attachments, and whether the storage gave all of these."""
    added = [text_of(attachment) for attachment in findable.attachments]
    attachment = "\n".join(filter(None, [findable.texts.attachment, *added]))
    return replace(findable.texts, attachment=attachment), None not in added


def text_of(attachment: Attachment) -> str | None:
    """Return the text of a document, None if the storage fails.

    A document that cannot be read has no text. Both are logged by the document's name.
    """
    try:
        return document_text(attachment.read(), name=attachment.name)
    except UnreadableDocument as error:
        logger.warning("Dokument %s ohne lesbaren Text: %s", attachment.name, error)
        return ""
    except OSError as error:
        logger.warning("Dokument %s lässt sich nicht öffnen: %s", attachment.name, error or type(error).__name__)
        return None


def go_through(*, force: bool = False) -> Iterator[Progress]:
    """Compare the whole index with what its sources give, and write what differs; yield the progress by batches.

    With ``force`` every entry is written, enriched at once, and the words for suggestions are learned anew. Entries
    stay findable meanwhile; what no source gives any more goes at the end. Whatever differs is asked of its source
    again before it is written: it may have changed since.
    """
    if force:
        Word.objects.all().delete()
    for name, source in SOURCES.items():
        yield from go_through_source(name, source, force=force)
    gone = IndexEntry.objects.exclude(source__in=SOURCES)
    Posting.objects.filter(entry__in=gone).delete()
    gone.delete()


def go_through_source(name: str, source: Source, *, force: bool) -> Iterator[Progress]:
    """Compare one source's entries with what it gives; see ``go_through``."""
    seen: set[str] = set()
    written, total = 0, source.count()
    for batch in batches(source.all(), OBJECTS):
        seen.update(findable.object_id for findable in batch)
        written += refresh(name, [one.object_id for one in batch] if force else differing(name, batch), force=force)[0]
        if force:
            for findable in batch:
                enrich(name, findable.object_id)
        yield Progress(name, len(seen), total, written)
    kept = IndexEntry.objects.filter(source=name).values_list("object_id", flat=True)
    removed = refresh(name, [object_id for object_id in kept if object_id not in seen])[1]
    yield Progress(name, len(seen), len(seen), written, removed)


def differing(source_name: str, findables: list[Findable]) -> list[str]:
    """Return the keys of those of ``findables`` that the index does not have as they are."""
    kept = kept_entries(source_name, findables)
    as_kept = {(key, entry.fingerprint, entry.url) for key, entry in kept.items()}
    return [one.object_id for one in findables if (one.object_id, one.fingerprint, one.url) not in as_kept]


def verify() -> None:
    """Repair what a change without a signal, or an earlier release, has left in the index; called by the worker."""
    for progress in go_through():
        if progress.removed:
            logger.info("Suchverzeichnis: %s veraltete Einträge (%s) entfernt.", progress.removed, progress.source)


def forget_words() -> int:
    """Delete the words that no entry holds any more, names of speakers among them; return how many went."""
    forgotten = 0
    rows = Word.objects.order_by("pk").values_list("pk", "language", "text").iterator()
    for batch in batches(rows, ROWS):
        terms = {pk: (language, Match.STEM + stem(text, language)) for pk, language, text in batch}
        found = Posting.objects.filter(term__in={term for _, term in terms.values()}).order_by()
        held = set(found.values_list("language", "term").distinct())
        forgotten += Word.objects.filter(pk__in=[pk for pk, term in terms.items() if term not in held]).delete()[0]
    return forgotten


def batches(items: Iterable, size: int = OBJECTS) -> Iterator[list]:
    """Yield ``items`` in lists of up to ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
