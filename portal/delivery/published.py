"""Published files: what the web server in front may give to readers without asking the portal.

Below the folder PORTAL_PUBLISHED lie *generations*, one for each content version and turning point, and the link
``current`` to the one that holds. The page cache writes every public page it makes into it. Nothing in a generation is
ever changed or taken back: the link goes.

Whoever is about to change content takes the link away before anything is committed. The *keeper*, a thread of every
application server, sets it again once the change is over: at the earliest ``QUIET_SECONDS`` after the last change began
and only while nobody is changing anything. It also swaps the link within ``ROUND_SECONDS`` when the version was raised
by somebody who does not know the folder, and at every turning point. All processes that change content must share the
folder with the web server; a server elsewhere goes without.

Other code may make other pages. The file ``release`` names the code that was started last; it alone publishes, and what
other code has made is not given any more.
"""

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection

from portal.delivery import reading
from portal.delivery.kept_answer import BROTLI, GZIP, PLAIN, KeptAnswer, Representation, etag_number
from portal.delivery.keys import Key
from portal.delivery.turning_points import next_turning_point
from portal.release import release

logger = logging.getLogger(__name__)

QUIET_SECONDS = 0.7
ROUND_SECONDS = 0.2
SUFFIXES = {PLAIN: "", GZIP: ".gz", BROTLI: ".br"}
# What deploy/nginx says of every published file; an answer that says more, or something else, is not published.
SAID_BY_WEB_SERVER = frozenset(
    {
        "cache-control",
        "content-language",
        "content-length",
        "content-security-policy",
        "content-type",
        "cross-origin-opener-policy",
        "cross-origin-resource-policy",
        "etag",
        "permissions-policy",
        "referrer-policy",
        "strict-transport-security",
        "vary",
        "x-content-type-options",
        "x-frame-options",
        "x-permitted-cross-domain-policies",
    }
)
# Content type → the file's name below the page's address. Nobody can ask for these names themselves.
FILE_NAMES = {"text/html; charset=utf-8": "@page.html", "application/rss+xml; charset=utf-8": "@feed.xml"}
# Addresses that are file names already.
FILES = frozenset({"/sitemap.xml", "/robots.txt"})


def published_root() -> Path | None:
    """Return the folder, None where nothing is published."""
    return Path(settings.PUBLISHED_ROOT) if settings.PUBLISHED_ROOT else None


def withdraw(**kwargs: object) -> None:
    """Take the link away because content is about to change; a receiver of ``content_changing``."""
    root = published_root()
    if root is None:
        return
    _make_folder(root)
    # First the sign that keeps keepers from setting the link again, then the link.
    sign = root / "changed"
    sign.touch()
    os.utime(sign)
    (root / "current").unlink(missing_ok=True)


class PublishedFiles:
    """One process's hand in the folder."""

    def __init__(self, root: Path, *, base_url: str, code: str = "") -> None:
        self.root = root
        self._code = code or release()
        address = urlsplit(base_url)
        self._site = (address.scheme, address.netloc)
        # What the page cache of this process has: pages made while there was no link are written once there is one.
        self.kept: Callable[[], Iterable[tuple[Key, KeptAnswer, int]]] = tuple
        self._caught_up = ""
        self._keeper: threading.Thread | None = None
        self._starting = threading.Lock()
        try:
            self._take_over()
        except OSError as error:
            logger.warning("published files: the folder cannot be written: %s", error.strerror)

    def store(self, key: Key, answer: KeptAnswer, version: int) -> None:
        """Write an answer made from ``version`` into the current generation, if it is one for the web server."""
        scheme, host, path, query = key
        name = _file_name(path, answer.plain)
        if name is None or query or (scheme, host) != self._site:
            return
        generation = self.current()
        if generation != self._name(version, answer.valid_until):
            return
        try:
            self._write(self.root / "generations" / generation / name, answer)
        except OSError as error:
            # A full disk costs speed, nothing else.
            logger.warning("page not published: %s", error.strerror)

    def current(self) -> str | None:
        """Return the name of the generation that the web server gives, None if it gives none."""
        try:
            return (self.root / "current").readlink().name
        except OSError:
            return None

    def keep_going(self) -> None:
        """Start the keeper unless it runs in this process already."""
        if self._keeper is not None:
            return
        with self._starting:
            if self._keeper is None:
                self._keeper = threading.Thread(target=self._keep, name="published-files", daemon=True)
                self._keeper.start()

    def look(self) -> None:
        """Let the link say what holds now, unless newer code does. Raises DatabaseError when nobody knows."""
        if not self._publishes():
            return
        generation = self._name(reading.committed_version(), next_turning_point().timestamp())
        current = self.current()
        if current == generation:
            self._catch_up(generation)
            return
        if current is not None:
            (self.root / "current").unlink(missing_ok=True)
        if self._is_still():
            # Asked again: only now it is certain that no change is under way.
            self._open(self._name(reading.committed_version(), next_turning_point().timestamp()))
            if not self._is_still():
                # Somebody began a change meanwhile and found no link to take away.
                (self.root / "current").unlink(missing_ok=True)

    def _catch_up(self, generation: str) -> None:
        if self._caught_up == generation:
            return
        self._caught_up = generation
        for key, answer, version in self.kept():
            self.store(key, answer, version)

    def _name(self, version: int, valid_until: float) -> str:
        return generation_name(version, valid_until, self._code)

    def _take_over(self) -> None:
        """Let this code publish from now on, and nothing be given that other code has made."""
        if self._publishes():
            return
        _make_folder(self.root)
        draft = self.root / f"release-{os.getpid()}"
        draft.write_text(self._code)
        draft.rename(self.root / "release")
        (self.root / "current").unlink(missing_ok=True)

    def _publishes(self) -> bool:
        """Whether this process has the code that was started last."""
        try:
            return (self.root / "release").read_text() == self._code
        except OSError:
            return False

    def _keep(self) -> None:
        while True:
            try:
                self.look()
            except (DatabaseError, OSError):
                logger.warning("published files: nobody knows what holds; trying again")
            finally:
                connection.close_if_unusable_or_obsolete()
            time.sleep(ROUND_SECONDS)

    def _is_still(self) -> bool:
        """Whether nobody is changing content, nor has just begun to."""
        return self._is_quiet() and not reading.is_changing()

    def _is_quiet(self) -> bool:
        try:
            return time.time() - (self.root / "changed").stat().st_mtime >= QUIET_SECONDS
        except OSError:
            return True

    def _open(self, generation: str) -> None:
        generations = self.root / "generations"
        _make_folder(generations / generation)
        link = self.root / f"next-{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(Path("generations") / generation)
        before = self._newest(generations, other_than=generation)
        link.rename(self.root / "current")
        # The web server may still be reading from the one before.
        for folder in generations.iterdir():
            if folder.name not in {generation, before}:
                shutil.rmtree(folder, ignore_errors=True)

    @staticmethod
    def _newest(generations: Path, *, other_than: str) -> str:
        others = [folder for folder in generations.iterdir() if folder.name != other_than]
        return max(others, key=lambda folder: folder.stat().st_mtime).name if others else ""

    @staticmethod
    def _write(file: Path, answer: KeptAnswer) -> None:
        _make_folder(file.parent)
        # The plain file last: the web server looks for it first, and then for the others.
        for encoding in (BROTLI, GZIP, PLAIN):
            representation = answer.representations.get(encoding)
            if representation is None:
                continue
            target = file.with_name(file.name + SUFFIXES[encoding])
            draft = target.with_name(f"{target.name}.{os.getpid()}-{threading.get_ident()}")
            try:
                draft.write_bytes(representation.body)
                draft.chmod(0o644)
                # The web server makes its ETag of time and size: the time stands for the content.
                number = etag_number(representation.body)
                os.utime(draft, (number, number))
                draft.rename(target)
            except OSError:
                draft.unlink(missing_ok=True)
                raise


def generation_name(version: int, valid_until: float, code: str) -> str:
    return f"{version}-{int(valid_until)}-{code}"


def _file_name(path: str, plain: Representation) -> str | None:
    """Return where below a generation the answer at ``path`` lies; None for one that only the portal can give."""
    headers = {name.lower(): value for name, value in plain.headers}
    language = headers.get("content-language", settings.LANGUAGE_CODE)
    is_in_its_place = language == settings.LANGUAGE_CODE or path.startswith(f"/{language}/")
    if not headers.keys() <= SAID_BY_WEB_SERVER or not is_in_its_place:
        return None
    if path in FILES:
        return path.removeprefix("/")
    name = FILE_NAMES.get(headers.get("content-type", ""))
    steps = path.strip("/").split("/")
    if name is None or not path.endswith("/") or any(step.startswith((".", "@")) for step in steps):
        return None
    return "/".join([*filter(None, steps), name])


def _make_folder(folder: Path) -> None:
    """Make a folder that the web server may read, whatever the process's own rule: everything in it is public."""
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
