"""Serving public pictures where no web server in front does it.

Only renditions are public. Originals, documents and everything else below the media folder have views of their own, or
none: a document may be restricted, and its address must not depend on its file's name.
"""

import posixpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

PUBLIC_FOLDERS = ("images/",)
# Their names carry a hash of their content.
FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def public_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with the file ``path`` from the media folder; 404 for anything outside the public folders."""
    name = posixpath.normpath(path)
    if not name.startswith(PUBLIC_FOLDERS):
        raise Http404
    response = serve(request, name, document_root=str(settings.MEDIA_ROOT))
    if isinstance(response, FileResponse | HttpResponse):
        response.headers["Cache-Control"] = FOR_EVER
    return response
