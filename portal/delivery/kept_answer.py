"""An answer as it is kept: its bytes once plain, once as gzip, once as brotli, each with a strong ETag of its own."""

import gzip
import hashlib
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import brotli

Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]

OK, NOT_MODIFIED = "200 OK", "304 Not Modified"
PLAIN, GZIP, BROTLI = "", "gzip", "br"
# In the order of preference; what a browser does not name it does not get.
ENCODINGS = (BROTLI, GZIP)
COMPRESSIBLE = ("text/", "application/xml", "application/rss+xml", "application/json", "image/svg+xml")
REFUSED = re.compile(r"^q\s*=\s*0(?:\.0*)?$")
SMALLEST_COMPRESSED = 300
# Made once per page and content version: more effort would delay the first reader.
GZIP_EFFORT, BROTLI_EFFORT = 6, 5
# What is decided for each encoding, or does not belong into a 304 answer (RFC 9110 15.4.5).
OWN_HEADERS = frozenset({"content-length", "content-encoding", "etag", "vary"})
ONLY_WITH_BODY = frozenset(
    {"content-type", "content-disposition", "accept-ranges", "last-modified", "content-language"}
)


@dataclass(frozen=True, slots=True)
class Representation:
    """The bytes in one encoding with everything that is said of them."""

    body: bytes
    etag: str
    headers: Headers
    headers_unchanged: Headers


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer for everybody; ``valid_until`` in seconds since 1970."""

    representations: dict[str, Representation]
    valid_until: float

    @property
    def size(self) -> int:
        """How many bytes it takes to keep."""
        return sum(len(one.body) for one in self.representations.values())

    @property
    def plain(self) -> Representation:
        return self.representations[PLAIN]

    def is_valid(self) -> bool:
        """Whether nothing has changed by the mere passing of time."""
        return time.time() < self.valid_until

    def give(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """Answer a GET or HEAD request."""
        encoding = encoding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        chosen = self.representations.get(encoding) or self.representations[PLAIN]
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known is not None and names(known, chosen.etag):
            start_response(NOT_MODIFIED, chosen.headers_unchanged)
            return []
        start_response(OK, chosen.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [chosen.body]


def keep(headers: Headers, body: bytes, *, valid_until: float) -> KeptAnswer:
    """Make the kept answer of a page's headers and plain body."""
    content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
    common = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
    bodies = {PLAIN: body}
    if content_type.startswith(COMPRESSIBLE) and len(body) >= SMALLEST_COMPRESSED:
        # The time in gzip's header would make equal pages differ.
        bodies[GZIP] = gzip.compress(body, GZIP_EFFORT, mtime=0)
        bodies[BROTLI] = brotli.compress(body, quality=BROTLI_EFFORT)
        common.append(("Vary", "Accept-Encoding"))
    return KeptAnswer({name: _represent(common, name, bytes_) for name, bytes_ in bodies.items()}, valid_until)


def etag_number(body: bytes) -> int:
    """Return 31 bits of the content's hash: the web server in front uses it as the published file's time."""
    return int.from_bytes(hashlib.sha256(body).digest()[:4]) >> 1


def _represent(common: Headers, encoding: str, body: bytes) -> Representation:
    # As nginx writes it for a file with this time and size: the same bytes have the same name wherever they come from.
    etag = f'"{etag_number(body):x}-{len(body):x}"'
    headers = [*common, ("ETag", etag), ("Content-Length", str(len(body)))]
    if encoding:
        headers.append(("Content-Encoding", encoding))
    unchanged = [(name, value) for name, value in common if name.lower() not in ONLY_WITH_BODY]
    return Representation(body, etag, headers, [*unchanged, ("ETag", etag)])


def names(condition: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names the ETag; compared weakly, RFC 9110 13.1.2."""
    if condition == etag:
        return True
    return condition.strip() == "*" or etag in (one.strip().removeprefix("W/") for one in condition.split(","))


@lru_cache(maxsize=256)
def encoding_for(accept_encoding: str) -> str:
    """Return the best encoding that ``Accept-Encoding`` allows."""
    return next((encoding for encoding in ENCODINGS if _accepts(accept_encoding, encoding)), PLAIN)


def _accepts(accept_encoding: str, encoding: str) -> bool:
    """Whether ``Accept-Encoding`` names the encoding and does not refuse it (``q=0``)."""
    for item in accept_encoding.lower().split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        if name == encoding:
            return not any(REFUSED.match(parameter) for parameter in parameters)
    return False
