"""The twelve kinds of block editors build pages from.

Nine of them make up every page's content; milestone, principle and way belong to one page kind each. There is no raw
HTML and no embed: both could call other hosts.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from library.blocks import DownloadChooserBlock
from library.links import link_to
from library.models import Download
from pages.particulars import association, contact_texts
from pages.targets import public_target

# What running text may hold; headings start below the page's title.
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class TextBlock(blocks.RichTextBlock):
    """Running text with subheadings, lists and links."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(features=TEXT_FEATURES, **kwargs)

    class Meta:
        label = _("Text")
        icon = "pilcrow"
        description = _("Fließtext mit Zwischenüberschriften, Listen und Verweisen.")
        template = "blocks/text.html"
        preview_template = "blocks/preview.html"
        preview_value = _("<h2>Zwischenüberschrift</h2><p>Ein Absatz mit einem <b>wichtigen</b> Wort.</p>")


class PictureBlock(blocks.StructBlock):
    """A picture with a caption; its alternative text lives with the picture."""

    picture = ImageChooserBlock(label=_("Bild"))
    caption = blocks.CharBlock(
        label=_("Bildunterschrift"),
        required=False,
        max_length=250,
        help_text=_("Ein Satz unter dem Bild; darf fehlen."),
    )

    class Meta:
        label = _("Bild")
        icon = "image"
        description = _("Ein Bild über die ganze Breite des Textes.")
        template = "blocks/picture.html"
        preview_template = "blocks/preview.html"
        preview_value = {"picture": None, "caption": _("Ein Satz, der sagt, was das Bild zeigt.")}


class QuoteBlock(blocks.StructBlock):
    """Somebody's words and where they come from."""

    text = blocks.TextBlock(label=_("Wortlaut"), max_length=600, rows=3, help_text=_("Ohne Anführungszeichen."))
    source = blocks.CharBlock(
        label=_("Quelle"), required=False, max_length=160, help_text=_("Wer es gesagt oder wo es gestanden hat.")
    )

    class Meta:
        label = _("Zitat")
        icon = "openquote"
        description = _("Worte aus anderer Hand, abgesetzt vom Text.")
        template = "blocks/quote.html"
        preview_template = "blocks/preview.html"
        preview_value = {"text": _("Das Quartier ist die Ressource."), "source": _("Beispiel")}


class NoticeBlock(blocks.StructBlock):
    """A box that must not be overlooked."""

    kind = blocks.ChoiceBlock(
        label=_("Art"),
        choices=[("info", _("Hinweis")), ("warning", _("Wichtig"))],
        default="info",
        help_text=_("„Wichtig“ nur, wenn etwas schiefgehen kann."),
        search_index=False,
    )
    title = blocks.CharBlock(label=_("Überschrift"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        label = _("Hinweiskasten")
        icon = "info-circle"
        description = _("Ein Kasten, der aus dem Text heraussteht.")
        template = "blocks/notice.html"
        preview_template = "blocks/preview.html"
        preview_value = {"kind": "info", "title": _("Gut zu wissen"), "text": _("<p>Ein Hinweis in zwei Sätzen.</p>")}


def home_key() -> int | None:
    """Return the primary key of a page that always exists once there is a site, for previews."""
    return Page.objects.live().filter(depth=2).values_list("pk", flat=True).first()


def public_card(link: Any) -> dict[str, str] | None:
    """Return a link's ``title``, ``url`` and ``text`` as readers get them; None while they may not see the page."""
    target = public_target(link["page"])
    if target is None:
        return None
    return {"title": link["title"] or target.title, "url": target.url, "text": link["text"]}


class LinkBlock(blocks.StructBlock):
    """A way to another page of the site, with a sentence that says what is there."""

    page = blocks.PageChooserBlock(label=_("Seite"))
    title = blocks.CharBlock(
        label=_("Überschrift"), required=False, max_length=80, help_text=_("Leer gilt der Titel der Seite.")
    )
    text = blocks.TextBlock(
        label=_("Text"),
        required=False,
        max_length=300,
        rows=2,
        help_text=_("Ein oder zwei Sätze: was dort zu finden ist."),
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "card": public_card(value)}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the words readers get: none while they may not see the page."""
        return super().get_searchable_content(value) if public_target(value["page"]) else []

    class Meta:
        label = _("Verweis")
        icon = "link"


class WayBlock(LinkBlock):
    """One of the ways on from the home page."""

    def get_preview_value(self) -> Any:
        return self.to_python({**self.meta.preview_value, "page": home_key()})

    class Meta:
        label = _("Weg in die Website")
        icon = "arrow-right"
        description = _("Eine Karte auf der Startseite, die zu einer Seite führt.")
        template = "blocks/way.html"
        preview_template = "blocks/preview.html"
        preview_value = {"page": None, "title": _("Mitglied werden"), "text": _("Wer mitmachen kann und wie es geht.")}


class LinksBlock(blocks.StructBlock):
    """Several ways to other pages, side by side."""

    def get_preview_value(self) -> Any:
        sample = {**self.meta.preview_value["links"][0], "page": home_key()}
        return self.to_python({**self.meta.preview_value, "links": [sample]})

    heading = blocks.CharBlock(label=_("Überschrift"), required=False, max_length=120)
    links = blocks.ListBlock(LinkBlock(), label=_("Verweise"), min_num=1, max_num=6)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        cards = [card for link in value["links"] if (card := public_card(link))]
        return {**super().get_context(value, parent_context), "cards": cards}

    class Meta:
        label = _("Verweise")
        icon = "link"
        description = _("Karten, die zu anderen Seiten der Website führen.")
        template = "blocks/links.html"
        preview_template = "blocks/preview.html"
        preview_value = {
            "heading": _("Weiterlesen"),
            "links": [{"page": None, "title": _("Über uns"), "text": _("Woher der Verein kommt.")}],
        }


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Frage"), max_length=160)
    answer = blocks.RichTextBlock(label=_("Antwort"), features=SHORT_TEXT_FEATURES)

    class Meta:
        label = _("Frage")
        icon = "help"


class QuestionsBlock(blocks.StructBlock):
    """Questions that open one by one, without a script."""

    heading = blocks.CharBlock(label=_("Überschrift"), required=False, max_length=120)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Fragen"), min_num=1)

    class Meta:
        label = _("Fragen und Antworten")
        icon = "help"
        description = _("Fragen, deren Antworten sich aufklappen lassen.")
        template = "blocks/questions.html"
        preview_template = "blocks/preview.html"
        preview_value = {
            "heading": _("Häufige Fragen"),
            "questions": [{"question": _("Wer kann mitmachen?"), "answer": _("<p>Die Antwort in zwei Sätzen.</p>")}],
        }


class TableBlock(blocks.StructBlock):
    """Figures or facts in rows and columns, with a caption screen readers announce."""

    caption = blocks.CharBlock(
        label=_("Beschriftung"), max_length=160, help_text=_("Sagt in einem Satz, was die Tabelle zeigt.")
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Text"), required=False)),
            ("rich_text", blocks.RichTextBlock(label=_("Text mit Verweisen"), features=["bold", "italic", "link"])),
        ],
        label=_("Tabelle"),
    )

    class Meta:
        label = _("Tabelle")
        icon = "table"
        description = _("Angaben in Zeilen und Spalten.")
        template = "blocks/table.html"
        preview_template = "blocks/preview.html"
        preview_value = {
            "caption": _("Beispiel einer Tabelle"),
            "table": {
                "columns": [{"type": "text", "heading": _("Stadt")}, {"type": "text", "heading": _("Treffen")}],
                "rows": [{"values": ["Chemnitz", "2"]}, {"values": ["Leipzig", "1"]}],
            },
        }


class DownloadsBlock(blocks.StructBlock):
    """Files to download, with type, size and date."""

    heading = blocks.CharBlock(label=_("Überschrift"), required=False, max_length=120)
    downloads = blocks.ListBlock(DownloadChooserBlock(label=_("Download")), label=_("Downloads"), min_num=1)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        links = (link_to(download) for download in value["downloads"] if download)
        return {**super().get_context(value, parent_context), "downloads": [link for link in links if link]}

    def get_preview_value(self) -> Any:
        key = Download.objects.filter(live=True).values_list("pk", flat=True).first()
        return self.to_python({**self.meta.preview_value, "downloads": [key] if key else []})

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the heading and the titles of the downloads that everybody may read."""
        links = (link_to(download) for download in value["downloads"] if download)
        return [*super().get_searchable_content(value), *(link.title for link in links if link)]

    class Meta:
        label = _("Downloads")
        icon = "download"
        description = _("Dateien zum Herunterladen, mit Art, Größe und Datum.")
        template = "blocks/downloads.html"
        preview_template = "blocks/preview.html"
        preview_value = {"heading": _("Zum Herunterladen"), "downloads": []}


class ContactBlock(blocks.StructBlock):
    """The association's postal address, mail and phone as its settings have them."""

    heading = blocks.CharBlock(label=_("Überschrift"), required=False, max_length=120)

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        return {**super().get_context(value, parent_context), "association": association()}

    def get_searchable_content(self, value: Any) -> list[str]:
        """Return the heading and how to reach the association, as readers see them."""
        return [*super().get_searchable_content(value), *contact_texts()]

    class Meta:
        label = _("Kontakt")
        icon = "mail"
        description = _("Anschrift, E-Mail und Telefon aus den Einstellungen des Vereins.")
        template = "blocks/contact.html"
        preview_template = "blocks/preview.html"
        preview_value = {"heading": _("So erreichen Sie uns")}


class MilestonePrecision:
    """How exactly a milestone's date is known."""

    DAY, MONTH, YEAR = "day", "month", "year"
    CHOICES = [(DAY, _("Tag, Monat und Jahr")), (MONTH, _("Monat und Jahr")), (YEAR, _("nur das Jahr"))]


class MilestoneBlock(blocks.StructBlock):
    """A station of the association's history."""

    date = blocks.DateBlock(
        label=_("Datum"), help_text=_("Ist nur der Monat oder das Jahr bekannt, zählt der erste Tag.")
    )
    precision = blocks.ChoiceBlock(
        label=_("Zeigen"),
        choices=MilestonePrecision.CHOICES,
        default=MilestonePrecision.DAY,
        search_index=False,
    )
    title = blocks.CharBlock(label=_("Überschrift"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=SHORT_TEXT_FEATURES)

    class Meta:
        label = _("Station")
        icon = "calendar-alt"
        description = _("Ein Ereignis der Zeitleiste.")
        template = "blocks/milestone.html"
        preview_template = "blocks/preview.html"
        preview_value = {
            "date": date(2000, 12, 7),
            "precision": MilestonePrecision.DAY,
            "title": _("Gründung"),
            "text": _("<p>Was an diesem Tag geschah.</p>"),
        }


class PrincipleBlock(blocks.StructBlock):
    """A working principle; its heading gives it an address on the page."""

    title = blocks.CharBlock(label=_("Überschrift"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT_TEXT_FEATURES)

    class Meta:
        label = _("Arbeitsgrundsatz")
        icon = "clipboard-list"
        description = _("Ein Grundsatz mit Überschrift, auf den andere Seiten verweisen können.")
        template = "blocks/principle.html"
        preview_template = "blocks/preview.html"
        preview_value = {"title": _("Forum"), "text": _("<p>Was dieser Grundsatz bedeutet.</p>")}


class ContentBlocks(blocks.StreamBlock):
    """What the content of every page is made of."""

    text = TextBlock()
    picture = PictureBlock()
    quote = QuoteBlock()
    notice = NoticeBlock()
    downloads = DownloadsBlock()
    links = LinksBlock()
    questions = QuestionsBlock()
    table = TableBlock()
    contact = ContactBlock()

    class Meta:
        label = _("Inhalt")
