"""Keeping the index: entries follow their source at once, compound parts and PDF texts follow by the worker."""

import logging
from collections.abc import Iterable, Iterator

from django.core.files.storage import default_storage
from django.db import transaction

from search.analysis.terms import Texts, spellings, stem_sequence, weigh
from search.documents import document_text
from search.models import IndexEntry, Posting, Word
from search.sources import SOURCES, Findable

logger = logging.getLogger(__name__)
BATCH = 2000
LEARNED_LENGTHS = range(3, 41)
LONGEST_TERM = Posting._meta.get_field("term").max_length


@transaction.atomic
def refresh(source_name: str, object_ids: Iterable[object]) -> None:
    """Bring the entries of these objects up to date: add, change or remove them, as their source says now."""
    source = SOURCES[source_name]
    for object_id in map(str, object_ids):
        findable = source.findable(object_id)
        if findable is None:
            remove(source_name, [object_id])
        else:
            store(source_name, findable)


def remove(source_name: str, object_ids: Iterable[object]) -> None:
    """Take these objects out of the index."""
    IndexEntry.objects.filter(source=source_name, object_id__in=[str(i) for i in object_ids]).delete()


@transaction.atomic
def store(source_name: str, findable: Findable, *, attachment: str = "", enrich: bool = False) -> IndexEntry:
    """Write one entry with its postings; without ``enrich`` the worker adds what takes time later."""
    texts = findable.texts
    if attachment:
        texts = Texts(texts.title, texts.intro, texts.body, f"{texts.attachment}\n{attachment}".strip())
    entry, _ = IndexEntry.objects.update_or_create(
        source=source_name,
        object_id=findable.object_id,
        defaults={
            "language": findable.language,
            "kind": findable.kind,
            "url": findable.url,
            "title": texts.title,
            "intro": texts.intro,
            "body": texts.body,
            "attachment": texts.attachment,
            "stems": stem_sequence(texts, findable.language),
            "date": findable.date,
            "is_enriched": enrich,
        },
    )
    weights = weigh(texts, findable.language, with_parts=enrich)
    entry.postings.all().delete()
    Posting.objects.bulk_create(
        (Posting(entry=entry, term=term[:LONGEST_TERM], weight=weight) for term, weight in weights.items() if weight),
        batch_size=BATCH,
        ignore_conflicts=True,
    )
    learn_words(findable.language, texts)
    return entry


def learn_words(language: str, texts: Texts) -> None:
    """Remember the words of ``texts`` for suggestions."""
    words = {word: written for word, written in spellings(texts).items() if len(word) in LEARNED_LENGTHS}
    Word.objects.bulk_create(
        (
            Word(language=language, text=word, spelling=written, initial=word[0], length=len(word))
            for word, written in words.items()
        ),
        batch_size=BATCH,
        ignore_conflicts=True,
    )


def enrich_pending(limit: int = 50) -> int:
    """Add compound parts and PDF texts to up to ``limit`` entries that still lack them; return how many were done."""
    pending = list(IndexEntry.objects.filter(is_enriched=False).order_by("pk")[:limit])
    for entry in pending:
        enrich(entry)
    return len(pending)


def enrich(entry: IndexEntry) -> None:
    """Write ``entry`` anew with compound parts and the text of its documents; its source decides whether it stays."""
    findable = SOURCES[entry.source].findable(entry.object_id) if entry.source in SOURCES else None
    if findable is None:
        entry.delete()
    else:
        store(entry.source, findable, attachment=texts_of(findable.attachments), enrich=True)


def texts_of(file_names: Iterable[str]) -> str:
    """Return the text of the stored documents; one that cannot be read is logged by name and left out."""
    texts = []
    for name in file_names:
        try:
            with default_storage.open(name) as file:
                texts.append(document_text(file.read()))
        except (OSError, ValueError) as error:
            logger.warning("Dokument %s ohne lesbaren Text: %s", name, type(error).__name__)
    return "\n".join(texts)


def rebuild() -> Iterator[tuple[str, int, int]]:
    """Write the whole index anew; yield (source, done, removed) after each entry, so that a caller can show progress.

    Entries stay findable while their successors are written; what no source names any more is removed at the end.
    """
    Word.objects.all().delete()
    for name, source in SOURCES.items():
        seen = []
        for done, findable in enumerate(source.all(), start=1):
            store(name, findable, attachment=texts_of(findable.attachments), enrich=True)
            seen.append(findable.object_id)
            yield name, done, 0
        gone = set(IndexEntry.objects.filter(source=name).values_list("object_id", flat=True)) - set(seen)
        remove(name, gone)
        yield name, len(seen), len(gone)
    IndexEntry.objects.exclude(source__in=SOURCES).delete()
