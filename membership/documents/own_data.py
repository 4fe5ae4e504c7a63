"""Everything about one application as a document for the person it is about."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from membership.export import export_context
from membership.models import Application
from portal.pdf.render import render_pdf

TEMPLATE = "pdf/application/own_data.html"


def render_own_data(application: Application) -> bytes:
    """Return what is stored about the application as PDF (PDF/A-2a, PDF/UA-1); nothing is masked."""
    with override(application.language):
        context, title = export_context(application), _("Alles zu Ihrem Antrag")
    return render_pdf(TEMPLATE, context, title=title, language=application.language)
