"""The index, and what editors and visitors add to it."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class IndexEntry(models.Model):
    """One thing that can be found: a page or a download.

    Only what is live and public for everybody has an entry; the source that made it is asked again at every change.
    """

    source = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    language = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    url = models.TextField()
    title = models.CharField(max_length=500)
    intro = models.TextField(blank=True)
    body = models.TextField(blank=True)
    attachment = models.TextField(blank=True)
    stems = models.TextField(blank=True)
    date = models.DateField(null=True)
    # What the entry was made from (search.sources.Findable.fingerprint).
    fingerprint = models.CharField(max_length=64, blank=True)
    # Compound parts and PDF texts follow by the worker, so that publishing never waits for them.
    is_enriched = models.BooleanField(default=False, db_index=True)
    # Drawn anew at each writing: the sum over all entries tells one state of the index from another.
    stamp = models.PositiveIntegerField(default=0, db_index=True)

    class Meta:
        verbose_name = _("Eintrag im Suchverzeichnis")
        verbose_name_plural = _("Einträge im Suchverzeichnis")
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="search_entry_once")]
        indexes = [models.Index(fields=["language", "kind"])]

    def __str__(self) -> str:
        return f"{self.source}:{self.object_id}"


class Posting(models.Model):
    """A term that occurs in an entry, with the weight it has there (search.analysis.terms).

    Language, kind and day repeat the entry's, so that counting and ranking read one index and no other table.
    """

    entry = models.ForeignKey(IndexEntry, on_delete=models.CASCADE, related_name="postings", db_index=False)
    language = models.CharField(max_length=20)
    term = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    weight = models.PositiveIntegerField()
    # The ordinal of the entry's date, 0 without one: of equal hits the newer comes first.
    day = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("Fundstelle")
        verbose_name_plural = _("Fundstellen")
        constraints = [models.UniqueConstraint(fields=["entry", "term"], name="search_posting_once")]
        # The best entries of a term stand first: a page of results reads no more of them than it shows.
        indexes = [
            models.Index(fields=["language", "term", "-weight", "-day", "entry", "kind"], name="search_posting_ranked")
        ]

    def __str__(self) -> str:
        return self.term


class Word(models.Model):
    """A word of the site, for „Meinten Sie …“; the worker deletes it some day after its last entry has gone."""

    language = models.CharField(max_length=20)
    text = models.CharField(max_length=64)
    # As the site writes it: „Häuser“ for haeuser.
    spelling = models.CharField(max_length=64)
    initial = models.CharField(max_length=1)
    # The last two letters: found by them when the first one was mistyped.
    ending = models.CharField(max_length=2)
    length = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("Wort der Website")
        verbose_name_plural = _("Wörter der Website")
        constraints = [models.UniqueConstraint(fields=["language", "text"], name="search_word_once")]
        indexes = [
            models.Index(fields=["language", "initial", "length"], name="search_word_lookup"),
            models.Index(fields=["language", "ending", "length"], name="search_word_ending"),
        ]

    def __str__(self) -> str:
        return self.text


class Synonym(models.Model):
    """Words that mean the same to visitors, kept by editors."""

    word = models.CharField(
        _("Wort oder Abkürzung"), max_length=80, unique=True, help_text=_("Was jemand eintippt, zum Beispiel „QM“.")
    )
    meanings = models.CharField(
        _("bedeutet dasselbe wie"),
        max_length=250,
        help_text=_("Ein oder mehrere Wörter, durch Komma getrennt, zum Beispiel „Quartiersmanagement“."),
    )
    panels = [FieldPanel("word"), FieldPanel("meanings")]

    class Meta:
        ordering = ["word"]
        verbose_name = _("Gleichbedeutendes Wort")
        verbose_name_plural = _("Gleichbedeutende Wörter")

    def __str__(self) -> str:
        return f"{self.word} – {self.meanings}"


class Promotion(models.Model):
    """A page editors put first for a word."""

    query = models.CharField(
        _("Suchwort"),
        max_length=120,
        validators=[MinLengthValidator(2)],
        help_text=_(
            "Wer genau danach sucht, sieht die Seite zuerst; Groß- und Kleinschreibung ist gleich. "
            "Mehrere Suchwörter trennen Sie durch Kommas."
        ),
    )
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("Seite"), on_delete=models.CASCADE, related_name="+")
    note = models.CharField(_("Hinweis dazu"), max_length=200, blank=True, help_text=_("Ein Satz unter dem Titel."))
    panels = [FieldPanel("query"), FieldPanel("page"), FieldPanel("note")]

    class Meta:
        ordering = ["query"]
        verbose_name = _("Empfohlenes Ergebnis")
        verbose_name_plural = _("Empfohlene Ergebnisse")

    def __str__(self) -> str:
        return self.query


class MissedQuery(models.Model):
    """How often a query found nothing on one day.

    A query can be somebody's name: until the third time only a keyed hash is kept, and never a text with an @ or six
    digits in a row (search.missed).
    """

    day = models.DateField(_("Tag"))
    fingerprint = models.CharField(_("Prüfwert"), max_length=64)
    text = models.CharField(_("Suchwort"), max_length=120, blank=True)
    count = models.PositiveIntegerField(_("Anzahl"), default=0)

    class Meta:
        ordering = ["-day", "-count"]
        verbose_name = _("Suche ohne Ergebnis")
        verbose_name_plural = _("Suchen ohne Ergebnis")
        constraints = [models.UniqueConstraint(fields=["day", "fingerprint"], name="search_missed_once_a_day")]

    def __str__(self) -> str:
        return self.text or "…"
