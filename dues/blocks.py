"""The paragraphs of a dues order."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ParagraphBlock(blocks.StructBlock):
    """One paragraph: number, heading, text."""

    number = blocks.CharBlock(label=_("Nummer"), max_length=20, help_text=_("Zum Beispiel „§ 1“."))
    title = blocks.CharBlock(label=_("Überschrift"), max_length=120)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "italic", "ol", "ul"])

    class Meta:
        label = _("Paragraf")
        icon = "doc-full"
        template = "dues/blocks/paragraph.html"


class ParagraphsBlock(blocks.StreamBlock):
    """All paragraphs in their order."""

    paragraph = ParagraphBlock()

    class Meta:
        required = False
        # One kind of block only: the chooser would offer a choice of one.
        collapsed = False
