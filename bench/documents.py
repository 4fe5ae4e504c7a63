"""What a PDF costs: the blank form, which fields it has, beside the prefilled application of each kind."""

from collections.abc import Callable

ROUNDS = 5


def document_actions() -> dict[str, Callable[[], object]]:
    """Return what to measure, the blank form first; needs a database with the starter content, which it changes."""
    from django.db import transaction

    from membership.documents.application import render_application
    from membership.documents.downloads import render_blank_form
    from portal.association.enums import ApplicantKind
    from tests.factories.membership import create_application

    actions: dict[str, Callable[[], object]] = {"blank form": render_blank_form}
    for kind in ApplicantKind:
        with transaction.atomic():
            application = create_application(kind)
        actions[f"prefilled: {kind.value}"] = lambda application=application: render_application(application)  # type: ignore[misc]
    return actions
