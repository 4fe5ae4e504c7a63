"""Published files: which answers become files, and when the web server may give them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from portal.delivery import published as module
from portal.delivery.kept_answer import KeptAnswer, keep
from portal.delivery.page_cache import PageCache
from portal.delivery.public_answers import KEEP_UNTIL
from portal.delivery.published import PublishedFiles, generation_name, withdraw
from portal.delivery.version import content_changed, content_changing
from tests.factories.tree import plant_home, plant_page

UNTIL = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
HTML = ("Content-Type", "text/html; charset=utf-8")
CODE = "0123456789abcdef"
PAGE = b"<p>Quartier</p>" * 100


class State:
    """What the database would say."""

    version = 1
    is_changing = False
    until = UNTIL


def public_page(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answer as Django does with a public page."""
    start_response("200 OK", [HTML])
    environ[KEEP_UNTIL] = UNTIL.timestamp()
    return [PAGE]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> State:
    state = State()
    monkeypatch.setattr(module.reading, "committed_version", lambda: state.version)
    monkeypatch.setattr(module.reading, "is_changing", lambda: state.is_changing)
    monkeypatch.setattr(module, "next_turning_point", lambda: state.until)
    return state


@pytest.fixture
def published(state: State, tmp_path: Path, settings) -> PublishedFiles:
    settings.PUBLISHED_ROOT = str(tmp_path / "published")
    published = PublishedFiles(Path(settings.PUBLISHED_ROOT), base_url="https://www.example.org", code=CODE)
    published.look()
    return published


def answer(*headers: tuple[str, str], valid_until: float = UNTIL.timestamp()) -> KeptAnswer:
    return keep([HTML, *headers], PAGE, valid_until=valid_until)


def files(published: PublishedFiles) -> list[str]:
    current = published.root / "current"
    return sorted(str(file.relative_to(current)) for file in current.rglob("*") if file.is_file())


def test_a_page_becomes_a_file_beside_its_compressed_ones(published) -> None:
    published.store(("https", "www.example.org", "/verein/vorstand/", ""), answer(), version=1)
    file = published.root / "current" / "verein" / "vorstand" / "@page.html"

    assert files(published) == [f"verein/vorstand/@page.html{suffix}" for suffix in ("", ".br", ".gz")]
    # As nginx makes an ETag of it.
    assert f'"{int(file.stat().st_mtime):x}-{file.stat().st_size:x}"' == answer().plain.etag
    assert (file.read_bytes(), file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (PAGE, 0o644, 0o755)


@pytest.mark.parametrize(
    ("key", "kept", "version"),
    [
        (("http", "www.example.org", "/", ""), answer(), 1),
        (("https", "127.0.0.1", "/", ""), answer(), 1),
        (("https", "www.example.org", "/", "page=2"), answer(), 1),
        (("https", "www.example.org", "/ohne-strich", ""), answer(), 1),
        (("https", "www.example.org", "/../", ""), answer(), 1),
        (("https", "www.example.org", "/@page/", ""), answer(), 1),
        (("https", "www.example.org", "/", ""), answer(("Content-Disposition", "inline")), 1),
        (("https", "www.example.org", "/", ""), answer(("X-Robots-Tag", "noindex")), 1),
        (("https", "www.example.org", "/", ""), answer(("Content-Language", "en")), 1),
        (("https", "www.example.org", "/", ""), answer(), 2),
        (("https", "www.example.org", "/", ""), answer(valid_until=UNTIL.timestamp() - 1), 1),
    ],
)
def test_other_answers_become_none(published, key, kept: KeptAnswer, version: int) -> None:
    published.store(key, kept, version=version)

    assert files(published) == []


def test_a_new_version_begins_empty_and_the_last_generation_stays_for_who_still_reads(published, state) -> None:
    for state.version in (1, 2, 3):
        published.look()
        published.store(("https", "www.example.org", "/", ""), answer(), version=state.version)
    state.version = 4
    published.look()
    generations = sorted(folder.name for folder in (published.root / "generations").iterdir())

    assert (files(published), generations) == ([], [generation_name(n, UNTIL.timestamp(), CODE) for n in (3, 4)])


def test_a_turning_point_begins_a_generation(published, state) -> None:
    published.store(("https", "www.example.org", "/", ""), answer(), version=1)
    state.until = UNTIL + dt.timedelta(days=1)
    published.look()

    assert files(published) == []


def test_other_code_takes_over_and_begins_empty(published, state) -> None:
    published.store(("https", "www.example.org", "/", ""), answer(), version=1)
    steps = [files(published)]
    other = PublishedFiles(published.root, base_url="https://www.example.org", code="fedcba9876543210")
    steps.append(other.current())
    other.look()
    # What ran before still answers for a while; it publishes nothing any more, and takes nothing away.
    published.look()
    published.store(("https", "www.example.org", "/", ""), answer(), version=1)
    steps.append(files(other))
    other.store(("https", "www.example.org", "/", ""), answer(), version=1)

    page = ["@page.html", "@page.html.br", "@page.html.gz"]
    assert steps == [page, None, []]
    assert (files(other), other.current()) == (page, generation_name(1, UNTIL.timestamp(), "fedcba9876543210"))


def test_a_second_process_of_the_same_code_takes_nothing_away(published, state) -> None:
    published.store(("https", "www.example.org", "/", ""), answer(), version=1)
    PublishedFiles(published.root, base_url="https://www.example.org", code=CODE)

    assert files(published) == ["@page.html", "@page.html.br", "@page.html.gz"]


def test_before_a_change_the_link_goes_and_comes_back_when_it_is_over(published, state, monkeypatch) -> None:
    steps = []
    withdraw()
    published.look()
    steps.append(published.current())
    monkeypatch.setattr(module, "QUIET_SECONDS", 0.0)
    state.is_changing = True
    published.look()
    steps.append(published.current())
    state.is_changing = False
    published.look()

    assert (steps, published.current()) == ([None, None], generation_name(1, UNTIL.timestamp(), CODE))


def test_a_change_that_begins_while_the_link_is_set_takes_it_away(published, monkeypatch) -> None:
    open_generation = published._open

    def begin_a_change_and_open(generation: str) -> None:
        withdraw()
        open_generation(generation)

    (published.root / "current").unlink()
    monkeypatch.setattr(published, "_open", begin_a_change_and_open)
    published.look()

    assert published.current() is None


@pytest.mark.parametrize("signal", [content_changing, content_changed])
def test_a_change_takes_the_link_away_before_it_and_once_more_before_the_commit(published, signal) -> None:
    signal.send(sender=None)

    assert published.current() is None


def test_what_was_made_while_there_was_no_link_is_published_with_the_link(published, state) -> None:
    cache = PageCache(public_page, read_version=lambda: state.version, published=published)
    published.keep_going = lambda: None
    (published.root / "current").unlink()
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/verein/",
        "QUERY_STRING": "",
        "HTTP_HOST": "www.example.org",
        "wsgi.url_scheme": "https",
    }
    assert list(cache(environ, lambda *_: None)) == [PAGE]
    assert not (published.root / "current").exists()
    published.look()
    published.look()

    assert files(published) == ["verein/@page.html", "verein/@page.html.br", "verein/@page.html.gz"]


@pytest.mark.django_db
def test_saving_a_draft_takes_nothing_away() -> None:
    home = plant_home()
    page = plant_page(home, "Verein")
    told = []
    content_changing.connect(lambda sender, **kwargs: told.append(sender), weak=False, dispatch_uid="test")
    try:
        page.title = "Entwurf"
        page.save_revision()
        drafts = list(told)
        page.save_revision().publish()
    finally:
        content_changing.disconnect(dispatch_uid="test")

    assert (drafts, bool(told)) == ([], True)


def test_without_a_folder_nothing_is_written(settings, tmp_path: Path) -> None:
    settings.PUBLISHED_ROOT = ""
    withdraw()

    assert list(tmp_path.iterdir()) == []
