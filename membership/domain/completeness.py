"""What still has to come before the board may accept."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from membership.fields import SIGNATURES_NEEDED
from membership.models import Application
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings


def missing_for_acceptance(application: Application) -> list[str]:
    """Return German sentences that name what is missing; empty when the application can be decided on.

    ``Application.objects.awaiting_board()`` asks the same of the database for many at once.
    """
    missing = []
    accepted = AssociationSettings.load().accepted_forms
    if not application.receipts.filter(form__in=accepted).exists():
        missing.append(_original_missing(accepted))
    if application.is_group:
        missing += _signatures_missing(application)
    return missing


def _original_missing(accepted: list[str]) -> str:
    forms = _(" oder ").join(str(form.label) for form in AcceptedForm if form in accepted)
    return _("Der unterschriebene Antrag ist noch nicht eingegangen (%(forms)s).") % {"forms": forms}


def _signatures_missing(application: Application) -> list[str]:
    rows, people = application.cosignatures.present().count(), application.cosignatures.people()
    missing = []
    if people < SIGNATURES_NEEDED:
        lacking = SIGNATURES_NEEDED - people
        sentence = ngettext(
            "Es fehlt eine der fünf Unterschriften.", "Es fehlen %(lacking)s der fünf Unterschriften.", lacking
        )
        missing.append(sentence % {"lacking": lacking})
        if rows > people:
            missing.append(_("Eine Person, die mehrfach unterschrieben hat, zählt einmal."))
    return missing
