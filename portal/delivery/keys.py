"""Which requests the page cache may answer, and what their answers depend on: scheme, host, path, relevant query."""

import re
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings

Environ = dict[str, Any]
Key = tuple[str, str, str, str]

# Of these addresses nothing may stay anywhere, or something else serves them as fast.
NEVER_KEPT = re.compile(
    r"^/(?:[a-z-]{2,12}/)?(?:mitglied-werden/antrag|admin|zugang|dokumente|media|static|suche|healthz|readyz)\b"
)
# What advertisements and mail programs add; no page looks at it.
CAMPAIGN = re.compile(r"^(?:utm_\w+|mtm_\w+|pk_\w+|fbclid|gclid|msclkid)$")
# Which screen of a long list.
SCREEN = re.compile(r"^[1-9]\d{0,3}$")
LONGEST_PATH = 400
# The headers that decide what an anonymous reader gets, and the number by which a failure is found in the log; no other
# reaches the page.
HEADERS = frozenset({"HTTP_HOST", "HTTP_X_REQUEST_ID"})


def key_of(environ: Environ) -> Key | None:
    """Return what the answer depends on; None when the request is not one for the page cache."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
        return None
    path = environ.get("PATH_INFO", "")
    if len(path) > LONGEST_PATH or _is_personal(environ) or NEVER_KEPT.match(path):
        return None
    query = relevant_query(environ.get("QUERY_STRING", ""))
    if query is None:
        return None
    return scheme_of(environ), environ.get("HTTP_HOST", ""), path, query


def relevant_query(query: str) -> str | None:
    """Return the part of a query that public pages depend on; None for one that only Django can judge."""
    if not query:
        return ""
    pairs = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not CAMPAIGN.match(name)]
    if not pairs:
        return ""
    if len(pairs) == 1 and pairs[0][0] == "page" and SCREEN.match(pairs[0][1]):
        return f"page={pairs[0][1]}"
    return None


def scheme_of(environ: Environ) -> str:
    """Return the scheme as Django sees it."""
    header, secure_value = settings.SECURE_PROXY_SSL_HEADER or ("", "")
    if header and header in environ:
        return "https" if environ[header].split(",", 1)[0].strip() == secure_value else "http"
    return environ["wsgi.url_scheme"]


def anonymous(environ: Environ, key: Key) -> Environ:
    """Return the request of somebody of whom nothing is known, for what ``key`` names."""
    proxy_header = (settings.SECURE_PROXY_SSL_HEADER or ("", ""))[0]
    kept = {
        name: value
        for name, value in environ.items()
        if not name.startswith("HTTP_") or name in HEADERS or name == proxy_header
    }
    return kept | {"REQUEST_METHOD": "GET", "QUERY_STRING": key[3]}


def _is_personal(environ: Environ) -> bool:
    """Whether the request belongs to a session, carries messages or credentials, or wants a part of a file."""
    cookies = environ.get("HTTP_COOKIE", "")
    if cookies and (f"{settings.SESSION_COOKIE_NAME}=" in cookies or "messages=" in cookies):
        return True
    return "HTTP_AUTHORIZATION" in environ or "HTTP_RANGE" in environ
