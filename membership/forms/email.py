"""One mail address: a mistyped one corrected, or where a draft's link goes."""

from django import forms
from django.utils.translation import gettext_lazy as _

from membership.fields import field_named
from membership.forms.inputs import make_input


class EmailForm(forms.Form):
    """A mail address alone, with the checks of the application form; ``label`` says whose."""

    use_required_attribute = False

    def __init__(self, *args: object, label: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["email"] = make_input(
            field_named("email"), label=label or str(_("Richtige E-Mail-Adresse")), help_text="", required=True
        )
