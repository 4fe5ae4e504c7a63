"""The page cache in front of Django: public answers, kept as bytes while the content version stands.

It asks for the version at every request (portal.delivery.reading), so that nothing outdated is ever given, on whichever
server it was changed. What it keeps was made for somebody of whom nothing is known: cookies and all other personal
headers are taken off before the page is made. Only what says it is public is kept (portal.delivery.public_answers).
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError

from portal.delivery import reading
from portal.delivery.kept_answer import OK, Headers, KeptAnswer, StartResponse, keep
from portal.delivery.keys import Environ, Key, anonymous, key_of
from portal.delivery.public_answers import KEEP_UNTIL, MAY_BE_KEPT
from portal.delivery.published import PublishedFiles
from portal.delivery.shelf import Shelf

Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Whoever waits longer than this for another reader's page makes it too.
LONGEST_WAIT_SECONDS = 20.0
LARGEST_KEPT = 4 * 1024 * 1024


class PageCache:
    """A WSGI application around Django's."""

    def __init__(
        self,
        application: Application,
        *,
        read_version: Callable[[], int] = reading.committed_version,
        published: PublishedFiles | None = None,
    ) -> None:
        self.application = application
        self._read_version = read_version
        self._published = published
        self._shelf = Shelf(-1)
        if published is not None:
            published.kept = self.kept

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ)
        if self._published is not None:
            self._published.keep_going()
        if key is None:
            return self.application(environ, start_response)
        try:
            shelf = self.shelf()
        except DatabaseError:
            # Nobody knows whether what is kept still holds: Django says what is the matter.
            return self.application(environ, start_response)
        answer = shelf.get(key)
        if answer is None and not shelf.refuses(key):
            return self._make(shelf, key, environ, start_response)
        return answer.give(environ, start_response) if answer else self.application(environ, start_response)

    def shelf(self) -> Shelf:
        """Return what is kept of the current content version. Raises DatabaseError when nobody knows which that is."""
        version = self._read_version()
        shelf = self._shelf
        if shelf.version != version:
            # Two threads at once: the shelf of one of them is lost, nothing more.
            shelf = self._shelf = Shelf(version)
        return shelf

    def kept(self) -> list[tuple[Key, KeptAnswer, int]]:
        """Return what is kept, by key, with the content version it was made from."""
        shelf = self._shelf
        return [(key, answer, shelf.version) for key, answer in shelf.answers()]

    def _make(self, shelf: Shelf, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Let one of those who ask at once make the page, and the others wait for it."""
        flight, is_maker = shelf.board(key)
        if is_maker:
            try:
                return self._make_alone(shelf, key, environ, start_response)
            finally:
                shelf.land(key)
        flight.landed.wait(LONGEST_WAIT_SECONDS)
        answer = shelf.get(key)
        return answer.give(environ, start_response) if answer else self.application(environ, start_response)

    def _make_alone(self, shelf: Shelf, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        anonymous_environ = anonymous(environ, key) | {MAY_BE_KEPT: True}
        caught = _Caught()
        content = self.application(anonymous_environ, caught)
        valid_until = anonymous_environ.get(KEEP_UNTIL)
        if caught.is_failure:
            # Told as it is and not remembered: the next reader may have more luck.
            start_response(caught.status, caught.headers)
            if environ["REQUEST_METHOD"] != "HEAD":
                return content
            _close(content)
            return ()
        if valid_until is None or caught.status != OK or caught.announced_bytes > LARGEST_KEPT:
            shelf.refuse(key)
            _close(content)
            # This reader may get another answer than somebody unknown: a form token of their own, for example.
            return self.application(environ, start_response)
        answer = keep(caught.headers, _read(content), valid_until=valid_until)
        shelf.put(key, answer)
        if self._published is not None:
            self._published.store(key, answer, shelf.version)
        return answer.give(environ, start_response)


class _Caught:
    """Stands where the server's ``start_response`` would, and keeps what it was told."""

    status = ""
    headers: Headers

    def __init__(self) -> None:
        self.headers = []

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        self.status, self.headers = status, list(headers)
        return lambda _data: None

    @property
    def is_failure(self) -> bool:
        return self.status.startswith("5")

    @property
    def announced_bytes(self) -> int:
        """How long the body says it is; 0 where it does not say."""
        return int(next((value for name, value in self.headers if name.lower() == "content-length"), 0))


def _read(content: Iterable[bytes]) -> bytes:
    try:
        return b"".join(content)
    finally:
        _close(content)


def _close(content: Iterable[bytes]) -> None:
    # Django ends the request with it: connections go back, signals are sent.
    close = getattr(content, "close", None)
    if close is not None:
        close()
