"""How the association's settings are laid out and checked in the admin."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from portal.association.enums import AcceptedForm


class AssociationSettingsForm(WagtailAdminModelForm):
    """The settings, with the accepted forms as checkboxes."""

    accepted_forms = forms.MultipleChoiceField(
        label=_("Angenommene Formen des Aufnahmeantrags"),
        choices=AcceptedForm.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("In welchen Formen die unterschriebene Erklärung eingehen darf. Mindestens eine."),
        error_messages={"required": _("Bitte wählen Sie mindestens eine Form aus.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "account_holder" in self.fields:
            # Browsers cut pasted text at „maxlength“ without a word; a name that is too long is refused instead.
            self.fields["account_holder"].widget.attrs.pop("maxlength", None)


IDENTITY = MultiFieldPanel(
    [
        FieldPanel("full_name"),
        FieldPanel("short_name"),
        FieldPanel("street"),
        FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
    ],
    heading=_("Name und Anschrift"),
)
CONTACT = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
        FieldRowPanel([FieldPanel("office_email"), FieldPanel("board_email")]),
    ],
    heading=_("Erreichbarkeit und Empfänger von Hinweisen"),
)
IMPRINT = MultiFieldPanel(
    [
        FieldRowPanel([FieldPanel("register_court"), FieldPanel("register_number")]),
        FieldPanel("representatives"),
        FieldPanel("responsible_for_content"),
        FieldPanel("supervisory_authority"),
    ],
    heading=_("Register und Verantwortung"),
)
APPLICATIONS = MultiFieldPanel(
    [
        FieldPanel("accepted_forms"),
        FieldRowPanel([FieldPanel("digital_resolution_date"), FieldPanel("digital_resolution_reference")]),
        FieldPanel("decision_duration"),
        FieldPanel("contact_may_cosign"),
    ],
    heading=_("Aufnahmeantrag"),
)
CONSENTS = MultiFieldPanel(
    [FieldPanel("offers_directory"), FieldPanel("offers_newsletter"), FieldPanel("offers_photos")],
    heading=_("Einwilligungen, nach denen der Antrag fragt"),
)
DIRECT_DEBIT = MultiFieldPanel(
    [FieldPanel("account_holder"), FieldPanel("creditor_identifier")],
    heading=_("Lastschrift"),
)

SETTINGS_EDIT_HANDLER = ObjectList(
    [IDENTITY, CONTACT, IMPRINT, APPLICATIONS, CONSENTS, DIRECT_DEBIT],
    base_form_class=AssociationSettingsForm,
)
