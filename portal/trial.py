"""A release tried before it serves: load the application as the server does, and ask it for a page.

Run as ``python -m portal.trial`` with the server's settings; ends with an error when the portal would not answer.
"""

import os
import sys
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from portal.launcher.terminal import complain

FIRST_FAILURE = 500


def status_of(application: Any, path: str, base_url: str) -> int:
    """Ask as the web server in front does, for somebody to whom no kept page is given."""
    address = urlsplit(base_url)
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "HTTP_HOST": address.netloc,
        "HTTP_X_FORWARDED_PROTO": address.scheme,
        "HTTP_COOKIE": "__Host-sessionid=; sessionid=",
    }
    setup_testing_defaults(environ)
    statuses: list[str] = []
    answer = application(environ, lambda status, headers, exc_info=None: statuses.append(status))
    b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return int(statuses[0].split()[0])


def main() -> int:
    """Return 0 when the home page and /healthz are answered."""
    # Whose pages nginx gives is for the release that serves to say.
    os.environ["PORTAL_PUBLISHED"] = ""
    application = import_module("portal.wsgi").application
    base_url = import_module("django.conf").settings.WAGTAILADMIN_BASE_URL
    for path in ("/healthz", "/"):
        status = status_of(application, path, base_url)
        if status >= FIRST_FAILURE:
            complain(f"{path} wird mit Fehler {status} beantwortet.")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
