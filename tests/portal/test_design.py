"""The page of all components: every template of the folder stands on it; visitors never see it."""

import re

import pytest
from django.conf import settings
from django.test import Client, RequestFactory

from portal.design import COLOR, components, tokens

pytestmark = pytest.mark.django_db


def test_every_component_stands_on_it() -> None:
    folder = settings.BASE_DIR / "templates" / "components"
    page = (settings.BASE_DIR / "templates" / "design" / "components.html").read_text()
    shown = set(re.findall(r"components/(\w+\.html)", page))
    inside = {"field_hints.html"}
    missing = {file.name for file in folder.glob("*.html")} - shown - inside
    assert missing == set()


def test_it_renders_with_all_states(site, rf: RequestFactory) -> None:
    html = components(rf.get("/bausteine/")).content.decode()
    assert html.count("<rect") >= len(tokens(COLOR))
    assert html.count("field--wrong") == 3
    assert [f"notice--{kind}" in html for kind in ("info", "success", "warning", "error")] == [True] * 4


def test_visitors_never_see_it(site, client: Client) -> None:
    assert client.get("/bausteine/").status_code == 404
