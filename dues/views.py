"""/downloads/beitragsordnung/fassung-…/"""

import hashlib
import io

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from dues.documents import file_name, kept_pdf, midnight
from dues.presentation import published_or_404
from library.serving import ServedFile, serve_file


@require_safe
def order_pdf(request: HttpRequest, version: int) -> HttpResponseBase:
    """One published version as a PDF, at an address of its own for good; drafts are not found."""
    order = published_or_404(version)
    content = kept_pdf(order)
    served = ServedFile(
        open=lambda: io.BytesIO(content),
        file_name=file_name(order),
        content_type="application/pdf",
        size=len(content),
        etag=hashlib.sha256(content).hexdigest(),
        changed_at=order.published_at or midnight(order.valid_from),
    )
    return serve_file(request, served)
