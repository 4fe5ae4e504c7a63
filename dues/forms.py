"""How a rate is checked when it is edited in the admin."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms import WagtailAdminModelForm


class DuesRateForm(WagtailAdminModelForm):
    """A rate in the form of a draft: a figure that could not be read is not called missing as well."""

    def add_error(self, field: str | None, error: ValidationError | str) -> None:
        named = getattr(error, "error_dict", None)
        if field is None and named:
            error = ValidationError({name: found for name, found in named.items() if name not in self.errors})
        super().add_error(field, error)
