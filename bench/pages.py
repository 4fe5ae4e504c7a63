"""What a page costs, beside a static file from the same server."""

import http.client
import re
from collections.abc import Callable

ROUNDS = 60
# The first is the measure; the others are page kinds and files as a visitor asks for them.
ADDRESSES = {
    "/healthz": "no page at all",
    "/": "home page",
    "/ueber-uns/": "standard page",
    "/aktivitaeten/": "page with blocks",
    "/bag/": "page with downloads",
    "/mitglied-werden/": "membership page",
    "/mitglied-werden/beitragsordnung/": "dues order",
    "/mitglied-werden/antrag/": "application form",
    "/arbeitstreffen/": "meetings",
    "/aktuelles/": "news",
    "/suche/?q=Quartiersmanagement": "search",
    "/sitemap.xml": "sitemap",
    "/downloads/satzung/": "download (PDF)",
}
STYLESHEET = re.compile(rb'href="(/static/[^"]+\.css)"')


class UnexpectedAnswerError(Exception):
    """The portal answered otherwise than a benchmark can use."""


class Visitor:
    """A visitor on one kept connection."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=60)

    def get(self, path: str) -> bytes:
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != http.HTTPStatus.OK:
            raise UnexpectedAnswerError(f"{path}: {response.status}")
        return body


def page_actions(host: str, port: int) -> dict[str, Callable[[], bytes]]:
    """Return what to measure, the static file first."""
    visitor = Visitor(host, port)
    found = STYLESHEET.search(visitor.get("/"))
    if found is None:
        raise UnexpectedAnswerError("/: no stylesheet")
    addresses = {found.group(1).decode(): "static file"} | ADDRESSES
    return {f"{name} {path.split('?')[0]}": _getter(visitor, path) for path, name in addresses.items()}


def _getter(visitor: Visitor, path: str) -> Callable[[], bytes]:
    return lambda: visitor.get(path)
