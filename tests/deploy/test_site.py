"""What visitors get from nginx in the shipped configuration, which answers as a user of its own."""

import http.client
import re
import ssl
import subprocess
from pathlib import Path

import pytest

from portal.launcher.rollout import Instance
from portal.places import BASE_DIR
from tests.deploy.releases import Units
from tests.portal.delivery.servers import HOST, Installation, Visitor, wait_for
from tests.soak.site import Site, start_site

pytestmark = pytest.mark.faults
FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def site(installation: Installation, instances: list[Instance]) -> Site:
    return start_site(installation, [instance.port for instance in instances])


def test_static_files_and_pictures_keep_for_ever(installation: Installation, site: Site) -> None:
    reader = site.visitor()
    home = reader.get("/")
    (style,) = re.findall(r'href="(/static/css/components\.[0-9a-f]{12}\.css)"', home.body)
    pictures = re.findall(r'"(/media/images/[^"\s]+)', home.body)
    plain, packed = reader.get(style), reader.get(style, **{"Accept-Encoding": "gzip"})
    picture = reader.get(pictures[0])

    assert (home.status, plain.status, packed.status, picture.status) == (200, 200, 200, 200)
    assert (plain.headers["cache-control"], picture.headers["cache-control"]) == (FOR_EVER, FOR_EVER)
    assert (plain.headers["content-type"], plain.headers["vary"]) == ("text/css", "Accept-Encoding")
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == ("gzip", "Accept-Encoding")
    assert plain.body == Path(installation.environment["PORTAL_VAR"], style.removeprefix("/")).read_text()
    assert picture.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [("/static/gibt-es-nicht.css", 404, "Seite nicht gefunden"), ("/media-intern/x", 404, "Seite nicht gefunden")],
)
def test_what_nginx_refuses_it_refuses_in_german(site: Site, path: str, status: int, title: str) -> None:
    answer = site.visitor().get(path)
    assert (answer.status, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert f"<title>\n  {title}\n" in answer.body or title in answer.body
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'; img-src 'self';")
    assert answer.headers["cache-control"] == "no-store"


def test_too_much_at_once_and_too_often(site: Site) -> None:
    visitor = site.visitor()
    large = visitor.send_file("/mitglied-werden/antrag/pdf/", "datei", bytes(111 * 1024 * 1024))
    sent = [visitor.post("/admin/password_reset/", {"email": "x@example.org"}) for _ in range(40)]
    refused = next(answer for answer in sent if answer.status == 429)

    assert (large.status, "Das ist zu viel auf einmal" in large.body) == (413, True)
    assert ({answer.status for answer in sent[:30]}, "Das ging zu schnell" in refused.body) == ({403}, True)
    # Reading is not counted, and nobody can ask for the pages themselves.
    assert [visitor.get(path).status for path in ("/admin/login/", "/admin/password_reset/")] == [200, 200]
    assert [visitor.get(f"/{name}.html").status for name in (413, 429, 502)] == [404, 404, 404]


def test_without_an_application_server_pages_go_on_and_the_rest_says_so(
    units: Units, instances: list[Instance], site: Site
) -> None:
    reader = site.visitor()
    reader.get("/")
    for instance in instances:
        units.running[instance.unit].stop()
    try:
        silent, home = reader.get("/suche/?q=Satzung"), reader.get("/")
        (style,) = re.findall(r'href="(/static/css/components\.[0-9a-f]{12}\.css)"', silent.body)
        assert (silent.status, home.status, reader.get(style).status) == (502, 200, 200)
        assert "Das geht gerade nicht" in silent.body
        assert [address for address in re.findall(r'(?:src|href)="([^"]+)"', silent.body) if "//" in address] == []
    finally:
        for instance in instances:
            units.restart(instance.unit)
            wait_for(instance.port, "/healthz")


def test_strangers_names_are_hung_up_on(site: Site) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        Visitor(site.plain).get("/kontakt/", Host="fremd.example.net")
    moved = Visitor(site.plain).get("/kontakt/")
    stranger = ssl.create_default_context()
    stranger.check_hostname, stranger.verify_mode = False, ssl.CERT_NONE
    done = subprocess.run(
        ["/usr/bin/openssl", "s_client", "-connect", f"127.0.0.1:{site.secure}", "-servername", "fremd.example.net"],
        input=b"",
        capture_output=True,
        check=False,
    )

    assert (moved.status, moved.headers["location"]) == (301, f"https://{HOST}/kontakt/")
    assert (done.returncode, b"unrecognized name" in done.stderr, b"BEGIN CERTIFICATE" in done.stdout) == (
        1,
        True,
        False,
    )


def test_its_user_reads_what_is_public_alone(installation: Installation) -> None:
    """The folders as deploy/container makes them: open but for the private files."""
    private = Path(installation.environment["PORTAL_VAR"]) / "private"
    assert oct(private.stat().st_mode & 0o777) == "0o700"


def test_the_release_is_told_on_the_server_alone(instances: list[Instance], site: Site) -> None:
    assert {len(instance.answering_release()) for instance in instances} == {16}
    assert "x-portal-release" not in site.visitor().get("/healthz").headers


def test_every_file_that_is_included_is_installed() -> None:
    """A name that nginx includes is one that deploy/install and the container put there."""
    nginx = BASE_DIR / "deploy" / "nginx"
    included = {
        name
        for file in nginx.glob("*.conf")
        for name in re.findall(r"include /etc/nginx/lag-portal/(\S+);", file.read_text())
    }
    install = (BASE_DIR / "deploy" / "install").read_text()
    compose = (BASE_DIR / "deploy" / "container" / "compose.yaml").read_text()
    assert included == {
        *("languages.conf", "precompressed.conf", "proxy.conf", "published-page.conf", "published.conf"),
        "public-headers.conf",
    }
    assert [name for name in sorted(included) if name not in install] == []
    assert [
        name for name in sorted(included) if f"../nginx/{name}:/etc/nginx/lag-portal/{name}:ro" not in compose
    ] == []
