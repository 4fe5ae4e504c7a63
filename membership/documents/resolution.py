"""A resolution of the board as an extract for the minutes."""

from typing import Any

from django.utils.translation import gettext as _

from membership.models import Application, BoardDecision
from membership.models.decision import DecisionState
from portal.association.models import AssociationSettings
from portal.pdf.render import render_pdf


def render_resolution(decision: BoardDecision) -> bytes:
    """Return a numbered resolution as PDF (PDF/A-2a, PDF/UA-1). It gives no reasons and no note of the board."""
    title = _("Beschluss %(number)s") % {"number": decision.label}
    return render_pdf("pdf/resolution.html", resolution_context(decision), title=title)


def resolution_context(decision: BoardDecision) -> dict[str, Any]:
    """Return what the template shows."""
    application = decision.application
    return {
        "decision": decision,
        "association": AssociationSettings.load(),
        "motion": _motion(application) if application else "",
        "is_reversed": decision.state == DecisionState.REVERSED,
        "present": [str(person) for person in decision.present.all()],
        "figures": [
            (_("Mitglieder des Vorstands"), decision.members),
            (_("Ja-Stimmen"), decision.yes),
            (_("Nein-Stimmen"), decision.no),
            (_("Enthaltungen"), decision.abstain),
            (_("Befangene"), decision.conflict),
        ],
        "pdf_reference": _("Vorgang %(reference)s") % {"reference": decision.reference},
    }


def _motion(application: Application) -> str:
    sentence = _("Aufnahme von %(name)s (%(kind)s): %(type)s.")
    return sentence % {
        "name": application.applicant_name,
        "kind": application.get_kind_display(),
        "type": application.get_membership_type_display(),
    }
