"""How heavy the portal's own files may be."""

from django.conf import settings

LARGEST_STYLES = 60 * 1024
STYLE_SHEETS = ["components.css", "foundation.css"]


def test_own_styles_are_few_and_small() -> None:
    sheets = sorted((settings.BASE_DIR / "portal" / "static" / "css").glob("*.css"))
    assert [sheet.name for sheet in sheets] == STYLE_SHEETS
    assert sum(sheet.stat().st_size for sheet in sheets) <= LARGEST_STYLES


def test_visitors_get_no_script(client, site) -> None:
    _, *scripts = client.get("/").content.decode().split("<script")
    assert [script for script in scripts if not script.startswith(' type="application/ld+json"')] == []
