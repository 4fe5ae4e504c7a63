"""What „Mitglied werden“ says from the association's settings: the way in steps, and how long it usually takes."""

from django.utils.translation import gettext as _

from pages import particulars
from portal.association.enums import AcceptedForm
from portal.association.models import AssociationSettings


def joining_steps() -> list[dict[str, str]]:
    """Return the way to membership in steps with ``title`` and ``text``."""
    association = particulars.association()
    return [
        {
            "title": _("Antrag ausfüllen"),
            "text": _("Online im Formular oder auf Papier. Sie brauchen etwa zehn Minuten und kein Benutzerkonto."),
        },
        {
            "title": _("E-Mail-Adresse bestätigen"),
            "text": _("Nur online: Sie bekommen eine E-Mail mit einem Link. Danach ist Ihr Antrag als PDF für Sie da."),
        },
        {"title": _("Unterschreiben und zusenden"), "text": _signing(association)},
        {"title": _("Der Vorstand entscheidet"), "text": _deciding(association)},
    ]


def _signing(association: AssociationSettings) -> str:
    ways = {
        AcceptedForm.PAPER: _("als Original mit der Post"),
        AcceptedForm.SCAN: _("als Kopie des unterschriebenen Antrags"),
    }
    chosen = _(" oder ").join(text for form, text in ways.items() if association.accepts(form))
    signed = _("Sie unterschreiben den Antrag; für einen Zusammenschluss unterschreiben fünf Personen.")
    return f"{signed} {_('Dann kommt er zu uns: %(ways)s.') % {'ways': chosen}}" if chosen else signed


def _deciding(association: AssociationSettings) -> str:
    sentence = _("Sie bekommen die Entscheidung schriftlich.")
    if association.decision_duration:
        usual = _("In der Regel dauert das %(duration)s.") % {"duration": association.decision_duration}
        return f"{sentence} {usual}"
    return sentence
