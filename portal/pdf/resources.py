"""The files a PDF template may use: those of ``portal/static``, nothing else, never the network.

Importing this module loads WeasyPrint: only the renderer does, when it renders.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from weasyprint.urls import URLFetcher, URLFetcherResponse

ROOT = (Path(__file__).resolve().parents[1] / "static").resolve()
BASE_URL = ROOT.as_uri() + "/"
MEDIA_TYPES = {
    ".css": "text/css",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}


class StaticFetcher(URLFetcher):
    """Read own static files and ``data:`` addresses; any other address stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["file", "data"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = local_path(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": MEDIA_TYPES[path.suffix]})


def local_path(url: str) -> Path:
    """The static file behind ``url``; ``ValueError`` for everything outside ``portal/static``."""
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc:
        raise ValueError(f"not an own file: {url}")
    path = Path(url2pathname(unquote(parts.path))).resolve()
    if not path.is_relative_to(ROOT) or path.suffix not in MEDIA_TYPES:
        raise ValueError(f"not an own static file: {url}")
    return path
