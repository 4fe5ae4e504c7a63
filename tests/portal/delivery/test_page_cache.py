"""The page cache: what it keeps, for whom, until when, and what it never keeps."""

import gzip
import threading
import time
from typing import Any

import brotli
import pytest
from django.db import DatabaseError

from portal.delivery.kept_answer import encoding_for, keep, names
from portal.delivery.keys import key_of, relevant_query
from portal.delivery.page_cache import LARGEST_KEPT, PageCache
from portal.delivery.public_answers import KEEP_UNTIL, MAY_BE_KEPT
from portal.delivery.shelf import Shelf

PAGE = b"<p>Quartier</p>" * 100
FAR = time.time() + 10_000


def request(path: str = "/", **headers: str) -> dict[str, Any]:
    given = {"REQUEST_METHOD": "GET", "QUERY_STRING": "", "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}
    return given | {"PATH_INFO": path} | headers


class Site:
    """Stands for Django: answers with a page that says it may be kept, and remembers what it was asked."""

    def __init__(self, *, valid_until: float | None = FAR, status: str = "200 OK", body: bytes = PAGE) -> None:
        self.valid_until, self.status, self.body = valid_until, status, body
        self.headers = [("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "SAMEORIGIN")]
        self.asked: list[dict[str, Any]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked.append(environ)
        if MAY_BE_KEPT in environ and self.valid_until is not None:
            environ[KEEP_UNTIL] = self.valid_until
        start_response(self.status, list(self.headers))
        return [self.body]


class Reader:
    """Asks a cache and keeps the last answer's status and headers."""

    def __init__(self, cache: PageCache) -> None:
        self.cache = cache
        self.status = ""
        self.headers: dict[str, str] = {}

    def get(self, path: str = "/", **headers: str) -> bytes:
        return b"".join(self.cache(request(path, **headers), self._start))

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        assert len({name for name, _ in headers}) == len(headers)
        self.status, self.headers = status, dict(headers)


class Version:
    """A content version that a test raises."""

    number = 1

    def __call__(self) -> int:
        return self.number


@pytest.fixture
def version() -> Version:
    return Version()


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def reader(site, version) -> Reader:
    return Reader(PageCache(site, read_version=version))


def test_a_page_is_made_once_while_the_content_stands(reader, site) -> None:
    assert [reader.get(), reader.get(), reader.get()] == [PAGE] * 3
    assert len(site.asked) == 1


def test_a_raised_version_counts_at_the_next_request(reader, site, version) -> None:
    reader.get()
    version.number = 2
    site.body = b"neu"

    assert reader.get() == b"neu"


def test_a_page_made_while_content_changed_is_not_given_afterwards(site, version) -> None:
    class Changing(Site):
        def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
            version.number += 1
            return super().__call__(environ, start_response)

    reader = Reader(PageCache(Changing(), read_version=version))
    reader.get()
    reader.get()

    assert len(reader.cache.application.asked) == 2


def test_a_page_is_made_anew_when_its_time_is_over(reader, site, time_machine) -> None:
    time_machine.move_to("2026-12-31 23:59:59+01:00", tick=False)
    site.valid_until = time.time() + 1
    reader.get()
    reader.get()
    time_machine.move_to("2027-01-01 00:00:00+01:00", tick=False)
    reader.get()

    assert len(site.asked) == 2


@pytest.mark.parametrize(
    ("valid_until", "status"),
    [(None, "200 OK"), (FAR, "404 Not Found"), (FAR, "302 Found")],
    ids=["personal", "missing", "moved"],
)
def test_nothing_else_is_kept(version, valid_until, status: str) -> None:
    site = Site(valid_until=valid_until, status=status)
    reader = Reader(PageCache(site, read_version=version))

    assert [reader.get(), reader.get(), len(reader.cache.shelf())] == [PAGE, PAGE, 0]


def test_who_gets_a_page_of_their_own_gets_it_as_they_asked(version) -> None:
    site = Site(valid_until=None)
    reader = Reader(PageCache(site, read_version=version))
    reader.get(HTTP_COOKIE="csrftoken=abc", HTTP_ACCEPT_LANGUAGE="en")

    assert (site.asked[-1]["HTTP_COOKIE"], MAY_BE_KEPT in site.asked[-1]) == ("csrftoken=abc", False)


def test_pages_are_made_for_somebody_unknown(reader, site) -> None:
    reader.get(HTTP_COOKIE="csrftoken=abc", HTTP_ACCEPT_LANGUAGE="en", HTTP_IF_NONE_MATCH='"x"', HTTP_USER_AGENT="a")

    assert [name for name in site.asked[0] if name.startswith("HTTP_")] == ["HTTP_HOST"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/", {"HTTP_COOKIE": "sessionid=abc"}),
        ("/", {"HTTP_COOKIE": "csrftoken=a; sessionid=abc"}),
        ("/", {"HTTP_COOKIE": "messages=abc"}),
        ("/", {"HTTP_AUTHORIZATION": "Basic abc"}),
        ("/", {"HTTP_RANGE": "bytes=0-1"}),
        ("/", {"REQUEST_METHOD": "POST"}),
        ("/", {"QUERY_STRING": "q=Verein"}),
        ("/", {"QUERY_STRING": "page=2&q=Verein"}),
        ("/", {"QUERY_STRING": "page=99999"}),
        ("/admin/", {}),
        ("/admin/pages/3/edit/preview/", {}),
        ("/mitglied-werden/antrag/", {}),
        ("/mitglied-werden/antrag/vorgang/geheim/", {}),
        ("/suche/", {}),
        ("/en/suche/", {}),
        ("/healthz", {}),
        ("/" + 500 * "a", {}),
    ],
)
def test_some_requests_pass_by(path: str, headers: dict[str, str]) -> None:
    assert key_of(request(path, **headers)) is None


def test_scheme_host_path_and_screen_are_told_apart() -> None:
    keys = [
        key_of(request()),
        key_of(request(HTTP_HOST="127.0.0.1")),
        key_of(request("/kontakt/")),
        key_of(request(QUERY_STRING="page=2")),
        key_of(request(**{"wsgi.url_scheme": "https"})),
    ]

    assert (None not in keys, len(set(keys))) == (True, 5)


def test_the_scheme_is_the_one_the_web_server_names(settings) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert key_of(request(HTTP_X_FORWARDED_PROTO="https"))[0] == "https"


@pytest.mark.parametrize(
    ("query", "relevant"),
    [
        ("", ""),
        ("utm_source=rundbrief&utm_medium=mail", ""),
        ("page=2", "page=2"),
        ("page=2&fbclid=x", "page=2"),
        ("page=0", None),
        ("page=zwei", None),
        ("art=natural_person", None),
        ("page=1&page=2", None),
    ],
)
def test_only_the_screen_of_a_list_counts(query: str, relevant: str | None) -> None:
    assert relevant_query(query) == relevant


def test_each_browser_gets_the_encoding_it_reads(reader) -> None:
    bodies = {}
    for accepted in ("", "gzip", "gzip, deflate, br"):
        bodies[accepted] = (reader.get(HTTP_ACCEPT_ENCODING=accepted), reader.headers.get("Content-Encoding"))

    assert bodies[""] == (PAGE, None)
    assert (gzip.decompress(bodies["gzip"][0]), bodies["gzip"][1]) == (PAGE, "gzip")
    assert (brotli.decompress(bodies["gzip, deflate, br"][0]), bodies["gzip, deflate, br"][1]) == (PAGE, "br")
    assert reader.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("br;q=0, gzip", "gzip"), ("gzip;q=0", ""), ("GZIP", "gzip"), ("identity", ""), ("br;q=0.5", "br"), ("xbr", "")],
)
def test_what_a_browser_refuses_it_does_not_get(accepted: str, encoding: str) -> None:
    assert encoding_for(accepted) == encoding


def test_an_unchanged_page_is_not_sent_again(reader) -> None:
    reader.get(HTTP_ACCEPT_ENCODING="gzip")
    etag = reader.headers["ETag"]
    again = reader.get(HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=etag)
    unchanged = (reader.status, reader.headers)
    reader.get(HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=etag)

    assert again == b""
    assert unchanged == (
        "304 Not Modified",
        {"X-Frame-Options": "SAMEORIGIN", "Vary": "Accept-Encoding", "ETag": etag},
    )
    # A strong ETag names bytes: other bytes have another one.
    assert reader.status == "200 OK"


@pytest.mark.parametrize(
    ("condition", "is_named"), [('"a"', True), ('W/"a"', True), ('"b", "a"', True), ("*", True), ('"b"', False)]
)
def test_conditions(condition: str, is_named: bool) -> None:
    assert names(condition, '"a"') is is_named


def test_head_says_what_get_would(reader, site) -> None:
    body = reader.get(REQUEST_METHOD="HEAD")
    head = reader.headers
    reader.get()

    assert (body, head, site.asked[0]["REQUEST_METHOD"]) == (b"", reader.headers, "GET")


def test_readers_who_ask_at_once_share_one_page(version) -> None:
    begun, may_end = threading.Event(), threading.Event()

    class Slow(Site):
        def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
            begun.set()
            assert may_end.wait(10)
            return super().__call__(environ, start_response)

    cache = PageCache(Slow(), read_version=version)
    given: list[bytes] = []
    threads = [threading.Thread(target=lambda: given.append(Reader(cache).get())) for _ in range(8)]
    for thread in threads:
        thread.start()
    assert begun.wait(10)
    may_end.set()
    for thread in threads:
        thread.join(10)

    assert (given, len(cache.application.asked)) == ([PAGE] * 8, 1)


def test_a_failure_holds_nobody_up(version) -> None:
    class Failing(Site):
        def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
            self.asked.append(environ)
            raise RuntimeError

    reader = Reader(PageCache(Failing(), read_version=version))
    for _ in range(2):
        with pytest.raises(RuntimeError):
            reader.get()

    assert len(reader.cache.application.asked) == 2


def test_a_failed_answer_is_given_once_and_not_remembered(version) -> None:
    site = Site(valid_until=None, status="503 Service Unavailable", body=b"gleich wieder")
    reader = Reader(PageCache(site, read_version=version))
    failed = (reader.get(), reader.status, reader.get(REQUEST_METHOD="HEAD"))
    site.valid_until, site.status, site.body = FAR, "200 OK", PAGE

    assert failed == (b"gleich wieder", "503 Service Unavailable", b"")
    assert [reader.get() for _ in range(3)] == [PAGE] * 3
    assert len(site.asked) == 3


def test_the_number_by_which_a_failure_is_found_goes_along(version) -> None:
    site = Site()
    Reader(PageCache(site, read_version=version)).get(HTTP_X_REQUEST_ID="0123456789abcdef", HTTP_COOKIE="a=b")

    assert {name for name in site.asked[0] if name.startswith("HTTP_")} == {"HTTP_HOST", "HTTP_X_REQUEST_ID"}


def test_without_the_database_nothing_kept_is_given(site) -> None:
    def fail() -> int:
        raise DatabaseError

    reader = Reader(PageCache(site, read_version=fail))

    assert ([reader.get(), reader.get()], len(site.asked)) == ([PAGE, PAGE], 2)


def test_large_files_are_not_kept(reader, site) -> None:
    site.headers.append(("Content-Length", str(LARGEST_KEPT + 1)))
    reader.get()

    assert len(reader.cache.shelf()) == 0


def test_there_is_room_for_so_many_answers_and_bytes() -> None:
    shelf = Shelf(1, most_answers=3, most_bytes=2_000)
    for number in range(5):
        shelf.put(number, keep([], b"x" * 100, valid_until=FAR))
    few = [number for number in range(5) if shelf.get(number)]
    shelf.put("large", keep([], b"x" * 201, valid_until=FAR))

    assert (few, len(shelf), shelf.bytes, shelf.get("large")) == ([2, 3, 4], 3, 300, None)
