"""The Impressum's particulars (§ 5 DDG, § 18 (2) MStV), built from the association's settings."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from portal.association.models import AssociationSettings


@dataclass(frozen=True)
class ImprintLine:
    """One line of the Impressum and the settings it is made of."""

    label: str | Promise
    field_names: tuple[str, ...]
    separator: str = "\n"

    def value(self, association: "AssociationSettings") -> str:
        """Return what the settings say, or ""; several settings stand one below the other."""
        parts = (str(getattr(association, name)).strip() for name in self.field_names)
        return self.separator.join(part for part in parts if part)


IMPRINT_LINES = (
    ImprintLine(_("Name"), ("full_name",)),
    ImprintLine(_("Straße"), ("street",)),
    ImprintLine(_("Ort"), ("postcode", "city"), " "),
    ImprintLine(_("Vertreten durch"), ("representatives",)),
    ImprintLine(_("E-Mail"), ("email",)),
    ImprintLine(_("Telefon"), ("phone",)),
    ImprintLine(_("Registergericht"), ("register_court",)),
    ImprintLine(_("Registernummer"), ("register_number",)),
    ImprintLine(_("Verantwortlich für den Inhalt (§ 18 Abs. 2 MStV)"), ("responsible_for_content",)),
)


def imprint_rows(association: "AssociationSettings") -> list[tuple[str, str]]:
    """Return label and value of every line that has one."""
    rows = [(str(line.label), line.value(association)) for line in IMPRINT_LINES]
    return [(label, value) for label, value in rows if value]


def missing_imprint_fields(association: "AssociationSettings") -> list[str]:
    """Return the labels of the settings the law asks for and nobody has filled in."""
    names = [name for line in IMPRINT_LINES for name in line.field_names if not str(getattr(association, name)).strip()]
    return [str(association._meta.get_field(name).verbose_name) for name in names]
