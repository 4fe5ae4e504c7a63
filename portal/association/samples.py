"""What of the association's own particulars and legal texts is still sample or missing."""

from collections.abc import Iterator

from django.db.models import CharField, EmailField, TextField
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from portal.association.enums import AcceptedForm, LegalTextKind
from portal.association.going_live import OpenPoint, holders_of, is_sample
from portal.association.models import AssociationSettings, LegalText

# What nobody can apply without. The other texts are needed only where their purpose is switched on.
ALWAYS_NEEDED = (
    LegalTextKind.STATUTES,
    LegalTextKind.DECLARATION,
    LegalTextKind.GROUP_DECLARATION,
    LegalTextKind.PRIVACY_NOTICE,
    LegalTextKind.LIABILITY_NOTICE,
)


def settings_points() -> Iterator[OpenPoint]:
    """Yield each of the association's particulars that says it is a sample, and a missing name."""
    association = AssociationSettings.load()
    url = reverse("wagtailsettings:edit", args=["association", "associationsettings"])
    may_do = holders_of("association.change_associationsettings")
    if not association.full_name:
        yield OpenPoint(_("Angaben zum Verein: Der vollständige Name fehlt."), url, may_do)
    for field in association._meta.get_fields():
        if isinstance(field, CharField | TextField | EmailField) and is_sample(getattr(association, field.name)):
            name = capfirst(str(field.verbose_name))
            yield OpenPoint(_("Angaben zum Verein: „%(field)s“ ist noch ein Muster.") % {"field": name}, url, may_do)


def legal_text_points() -> Iterator[OpenPoint]:
    """Yield each legal text in force that says it is a sample, and each that is needed and not there."""
    index_url = reverse("association_legaltexts:index")
    may_do = holders_of("association.view_legaltext")
    for kind in needed_kinds():
        text = LegalText.objects.in_force(kind)
        if text is None:
            yield OpenPoint(_("Rechtstexte: „%(kind)s“ fehlt.") % {"kind": kind.label}, index_url, may_do)
        elif is_sample(text.title) or is_sample(text.body):
            url = reverse("association_legaltexts:inspect", args=[text.pk])
            yield OpenPoint(_("Rechtstexte: „%(kind)s“ ist noch ein Muster.") % {"kind": kind.label}, url, may_do)


def needed_kinds() -> list[LegalTextKind]:
    """Return the kinds that must be in force, as the settings stand."""
    association = AssociationSettings.load()
    conditions = {
        LegalTextKind.PRIVACY_NOTICE_COSIGNERS: association.accepts(AcceptedForm.DIGITAL),
        LegalTextKind.SEPA_MANDATE: association.direct_debit_offered,
        LegalTextKind.CONSENT_DIRECTORY: association.offers_directory,
        LegalTextKind.CONSENT_NEWSLETTER: association.offers_newsletter,
        LegalTextKind.CONSENT_PHOTOS: association.offers_photos,
    }
    return [kind for kind in LegalTextKind if kind in ALWAYS_NEEDED or conditions.get(kind)]
