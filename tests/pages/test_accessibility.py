"""The statement „Barrierefreiheit“: date and method from the portal, no claim, a way to report without an account."""

import datetime as dt
import html
import re
from dataclasses import replace

import pytest

from pages import accessibility
from pages.accessibility import Check, last_check, looks, record

pytestmark = pytest.mark.django_db
CHECK = Check(
    checked_on=dt.date(2026, 11, 3), tool="axe-core 4", browser="Chromium 156", kinds_of_page=22, looks=looks()
)


def test_what_was_recorded_is_read_again(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(accessibility, "RECORD", tmp_path / "check.json")
    last_check.cache_clear()
    assert last_check() is None
    last_check.cache_clear()
    record(CHECK, tmp_path / "check.json")
    assert last_check() == CHECK
    last_check.cache_clear()


def test_a_record_is_shipped() -> None:
    last_check.cache_clear()
    check = last_check()
    assert check is not None
    assert (check.tool.split()[0], check.checked_on > dt.date(2026, 1, 1)) == ("axe-core", True)


def test_the_statement_says_when_and_how_and_claims_nothing(site, client, monkeypatch) -> None:
    monkeypatch.setattr("pages.models.legal.last_check", lambda: CHECK)
    text = " ".join(re.sub(r"<[^>]+>", " ", client.get("/barrierefreiheit/").content.decode()).split())
    assert (
        "Diese Fassung des Portals wurde am 3. November 2026 geprüft: 22 Arten von Seiten, hell, dunkel und im "
        "schmalen Fenster, mit axe-core 4 in Chromium 156."
    ) in text
    assert "Diese Angabe sagt deshalb nicht, dass alle Anforderungen erfüllt sind." in text
    assert "Letzte automatische Prüfung" not in client.get("/impressum/").content.decode()


def test_the_statement_says_when_what_was_checked_has_changed(site, client, monkeypatch) -> None:
    monkeypatch.setattr("pages.models.legal.last_check", lambda: replace(CHECK, looks="another one"))
    text = " ".join(re.sub(r"<[^>]+>", " ", client.get("/barrierefreiheit/").content.decode()).split())
    assert (
        "Zuletzt wurde am 3. November 2026 eine frühere Fassung des Portals geprüft: 22 Arten von Seiten, hell, "
        "dunkel und im schmalen Fenster, mit axe-core 4 in Chromium 156. Vorlagen oder Gestaltung haben sich seitdem "
        "geändert."
    ) in text
    assert "Diese Fassung des Portals" not in text


def test_what_stands_for_the_looks_changes_with_them(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(accessibility, "BASE_DIR", tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "portal" / "static").mkdir(parents=True)
    seen = set()
    for file in ("templates/page.html", "portal/static/style.css"):
        for content in ("a", "b"):
            (tmp_path / file).write_text(content)
            looks.cache_clear()
            seen.add(looks())
    looks.cache_clear()
    assert len(seen) == 4


def test_the_way_to_report_begins_the_message(site, client) -> None:
    assert 'href="/kontakt/?anlass=barriere"' in client.get("/barrierefreiheit/").content.decode()
    begun = html.unescape(client.get("/kontakt/", {"anlass": "barriere"}).content.decode())
    assert "Ich melde ein Hindernis." in begun
    assert "Ich melde ein Hindernis." not in client.get("/kontakt/").content.decode()
