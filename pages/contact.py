"""The contact form: what visitors type, and how it reaches the board."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pages.models.contact_message import ContactMessage
from portal.association.models import AssociationSettings
from portal.mailing.queue import queue_mail

MAIL_KIND = "contact_message"
MESSAGE_LENGTH = 4000
TOO_LONG = _("Das sind %(show_value)d Zeichen; höchstens %(limit_value)d sind möglich. Bitte kürzen Sie die Eingabe.")


class ContactForm(forms.Form):
    """Name, address, message, and a field that people never see."""

    name = forms.CharField(
        label=_("Ihr Name"),
        max_length=120,
        error_messages={"required": _("Bitte nennen Sie Ihren Namen."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Ihre E-Mail-Adresse"),
        max_length=254,
        help_text=_("An diese Adresse geht die Antwort."),
        error_messages={
            "required": _("Bitte geben Sie Ihre E-Mail-Adresse an, damit wir antworten können."),
            "invalid": _("Diese E-Mail-Adresse ist unvollständig. Richtig wäre zum Beispiel name@anbieter.de."),
            "max_length": TOO_LONG,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=_("Ihre Nachricht"),
        max_length=MESSAGE_LENGTH,
        error_messages={
            "required": _("Bitte schreiben Sie, worum es geht."),
            "max_length": _(
                "Ihre Nachricht hat %(show_value)d Zeichen; höchstens %(limit_value)d sind möglich. "
                "Bitte kürzen Sie sie."
            ),
        },
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    website = forms.CharField(
        label=_("Dieses Feld bitte leer lassen"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", False)
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        """Put the name on one line: a second one could pass for a line of the mail."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_website(self) -> str:
        """Refuse what only programs fill in; people who did it by mistake lose nothing."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Bitte lassen Sie dieses Feld leer. Es hilft uns, Werbung fernzuhalten."))
        return ""


def recipient() -> str:
    """Return the address messages go to: the board's, else the association's, else nothing."""
    association = AssociationSettings.load()
    return association.board_email or association.email


def send_message(form: ContactForm) -> ContactMessage:
    """Store a valid form's message, sealed, and queue the mail to the board; both or neither."""
    data = form.cleaned_data
    with transaction.atomic():
        message = ContactMessage.objects.create(name=data["name"], email=data["email"], text=data["message"])
        queue_mail(MAIL_KIND, message.pk)
    return message
