"""HTML templates become tagged PDFs.

Templates lie under ``templates/pdf/`` and extend ``templates/pdf/base.html``; addresses in them are relative to
``portal/static/``. WeasyPrint is imported when the first document is rendered, never when the web server starts.
"""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from .errors import RenderError
from .frame import current_frame
from .profiles import Profile


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    profile: Profile = Profile.DOCUMENT,
    language: str = "de",
) -> bytes:
    """Render ``template`` with ``context`` to a PDF that keeps ``profile``.

    The document's title, language and author (the association) are set for the template and in the file's metadata.
    The same input gives the same bytes. Raises ``RenderError`` when the template uses a file that is not its own, or
    when a form has a field without a name for screen readers or two fields of one name.
    """
    frame = current_frame()
    with translation.override(language):
        html = render_to_string(template, {**context, "pdf_title": title, "pdf_language": language, "pdf_frame": frame})
    return html_to_pdf(html, profile=profile)


def html_to_pdf(html: str, *, profile: Profile) -> bytes:
    """Turn a whole HTML document into a PDF that keeps ``profile``; see ``render_pdf``."""
    import weasyprint
    from PIL import ImageFile
    from weasyprint.urls import FatalURLFetchingError

    # WeasyPrint lets the whole process read half pictures; uploads rely on them being refused.
    ImageFile.LOAD_TRUNCATED_IMAGES = False

    from .finishing import finish
    from .resources import BASE_URL, StaticFetcher

    source = weasyprint.HTML(string=html, base_url=BASE_URL, url_fetcher=StaticFetcher())
    is_form = profile is Profile.FORM
    try:
        raw = source.write_pdf(pdf_variant="pdf/ua-1" if is_form else "pdf/a-2a", pdf_tags=True, pdf_forms=is_form)
    except FatalURLFetchingError as error:
        raise RenderError(str(error)) from error
    return finish(raw, source.etree_element, profile=profile)
