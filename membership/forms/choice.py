"""What comes first: who applies, and for which membership. A plain GET, so that the address can be passed on."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.forms.inputs import ChoiceInput
from portal.association.enums import ApplicantKind, MembershipType

KINDS = {
    "natuerliche-person": ApplicantKind.NATURAL_PERSON,
    "juristische-person": ApplicantKind.LEGAL_PERSON,
    "zusammenschluss": ApplicantKind.UNINCORPORATED_GROUP,
}
TYPES = {"ordentlich": MembershipType.REGULAR, "foerdernd": MembershipType.SUPPORTING}
KIND_LABELS = {
    "natuerliche-person": _("natürliche Person – ich beantrage die Mitgliedschaft für mich selbst"),
    "juristische-person": _("juristische Person – zum Beispiel Verein, gGmbH, Genossenschaft, Kommune, Hochschule"),
    "zusammenschluss": _("nichtrechtsfähiger Zusammenschluss – zum Beispiel Initiative oder Netzwerk ohne Eintragung"),
}


class ChoiceForm(forms.Form):
    """Kind of applicant and type of membership, under German names in the address; ``without`` leaves one out."""

    use_required_attribute = False

    art = ChoiceInput(label=_("Wer möchte Mitglied werden?"), choices=list(KIND_LABELS.items()))
    mitgliedschaft = ChoiceInput(
        label=_("Welche Mitgliedschaft?"),
        help_text=_("Fördermitglieder unterstützen den Verein mit einem Beitrag, dessen Höhe sie selbst bestimmen."),
        choices=[(name, kind.label) for name, kind in TYPES.items()],
    )

    def __init__(self, *args: Any, without: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in without:
            del self.fields[name]

    @classmethod
    def filled(
        cls, kind: ApplicantKind, membership_type: MembershipType, without: Collection[str] = ()
    ) -> "ChoiceForm":
        """Return the form with what was chosen before."""
        names = {value: name for name, value in (KINDS | TYPES).items()}  # type: ignore[operator]
        return cls(initial={"art": names[kind], "mitgliedschaft": names[membership_type]}, without=without)

    @property
    def kind(self) -> ApplicantKind:
        """The kind chosen; only on a valid form."""
        return KINDS[self.cleaned_data["art"]]

    @property
    def membership_type(self) -> MembershipType:
        """The type chosen; only on a valid form."""
        return TYPES[self.cleaned_data["mitgliedschaft"]]
