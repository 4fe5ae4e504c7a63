"""Pages of plain content."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks import ContentBlocks
from pages.models.base import BasePage


class StandardPage(BasePage):
    """A page of text, pictures and downloads."""

    body = StreamField(ContentBlocks(), verbose_name=_("Inhalt"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = [
        "home.HomePage",
        "pages.AboutPage",
        "pages.ActivitiesPage",
        "pages.NetworkPage",
        "pages.StandardPage",
    ]
    subpage_types = ["pages.StandardPage"]
    page_description = _("Text, Bilder und Downloads zu einem Thema.")

    class Meta:
        verbose_name = _("Textseite")
        verbose_name_plural = _("Textseiten")


class NetworkPage(BasePage):
    """The federal working group the association belongs to, with its papers to download."""

    body = StreamField(ContentBlocks(), verbose_name=_("Inhalt"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["pages.StandardPage"]
    page_description = _("Ein Netzwerk, dem der Verein angehört, mit Text und Downloads.")

    class Meta:
        verbose_name = _("Netzwerkseite")
        verbose_name_plural = _("Netzwerkseiten")
