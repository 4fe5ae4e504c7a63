"""How to reach the board."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.search import index

from pages import contact
from pages.blocks import ContentBlocks
from pages.models.base import BasePage
from pages.particulars import association

# The statement „Barrierefreiheit“ leads here with a message begun.
BARRIER = "barriere"
BARRIER_MESSAGE = _("Ich melde ein Hindernis.\n\nAuf welcher Seite:\nWas nicht geht:\n")


class ContactPage(RoutablePageMixin, BasePage):
    """The board's contact and a form that sends it a mail."""

    body = StreamField(
        ContentBlocks(), verbose_name=_("Inhalt"), blank=True, help_text=_("Steht zwischen Kontaktdaten und Formular.")
    )
    thanks = models.TextField(
        _("Dank nach dem Absenden"),
        max_length=400,
        default=_("Vielen Dank. Ihre Nachricht ist unterwegs, wir melden uns bei Ihnen."),
        help_text=_("Steht auf der Seite, sobald eine Nachricht abgeschickt ist."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("thanks")]
    search_fields = [*BasePage.search_fields, index.SearchField("body"), index.SearchField("particulars")]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    page_description = _("Kontakt zum Vorstand mit Formular.")

    class Meta:
        verbose_name = _("Kontakt")
        verbose_name_plural = _("Kontakt")

    def particulars(self) -> list[str]:
        """Return the association's names and address, for the search."""
        settings = association()
        names = ("full_name", "short_name", "street", "postcode", "city", "email", "phone")
        return [value for name in names if (value := str(getattr(settings, name)))]

    @path("")
    def form_view(self, request: HttpRequest) -> HttpResponse:
        """Show the form; send what was typed, or show it again with what is wrong."""
        can_send = bool(contact.recipient())
        form = contact.ContactForm(
            request.POST if request.method == "POST" else None,
            initial={"message": BARRIER_MESSAGE} if request.GET.get("anlass") == BARRIER else None,
        )
        if can_send and form.is_valid():
            contact.send_message(form)
            return HttpResponseRedirect((self.url or "/") + self.reverse_subpage("sent"))
        overrides: dict[str, Any] = {"form": form if can_send else None, "association": association()}
        response = self.render(request, context_overrides=overrides)
        if form.is_bound and can_send:
            response.status_code = 422
        return response

    @path("gesendet/", name="sent")
    def sent_view(self, request: HttpRequest) -> HttpResponse:
        return self.render(request, template="pages/contact_sent.html", context_overrides={"noindex": True})
