"""What a PDF costs: the prefilled application of each kind and the blank form, beside a blank page.

The same renderer in one process makes all of them, so that the median tells what a warm worker needs.
"""

from collections.abc import Callable

ROUNDS = 5


def document_actions() -> dict[str, Callable[[], object]]:
    """Return what to measure, the blank page first; needs a database with the starter content, which it changes."""
    from django.db import transaction

    from membership.documents.application import render_application
    from membership.documents.downloads import render_blank_form
    from portal.association.enums import ApplicantKind
    from portal.pdf.render import render_pdf
    from tests.factories.membership import create_application

    actions: dict[str, Callable[[], object]] = {
        "blank page": lambda: render_pdf("pdf/text.html", {"body": ""}, title="Leer"),
        "blank form": render_blank_form,
    }
    for kind in ApplicantKind:
        with transaction.atomic():
            application = create_application(kind)
        actions[f"prefilled: {kind.value}"] = lambda application=application: render_application(application)  # type: ignore[misc]
    return actions
