"""A change in the admin that fails at its last step leaves everything as it was."""

from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from wagtail.models import PageLogEntry, Revision

from pages.models import StandardPage
from tests.factories.accounts import create_technician
from tests.factories.pages import add_page, page_form_data

FULL = OperationalError('could not extend file "base/1": No space left on device')


@pytest.fixture
def editor(site: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(create_technician())
    return client


@pytest.fixture
def page(site: Any) -> StandardPage:
    return add_page(site.root_page, StandardPage(title="Vorher"))


def state(page: StandardPage) -> tuple[str, str, bool, int]:
    page = StandardPage.objects.get(pk=page.pk)
    return page.title, page.url_path, page.live, Revision.objects.for_instance(page).count()


def history_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise FULL

    monkeypatch.setattr(PageLogEntry.objects, "log_action", fail)


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["edit", "unpublish", "delete", "move"])
def test_what_fails_at_the_end_has_not_happened(
    editor: Client, page: StandardPage, site: Any, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = add_page(site.root_page, StandardPage(title="Ziel"))
    address = f"/admin/pages/{page.pk}/{step}/"
    if step == "move":
        address += f"{target.pk}/confirm/"
    data = page_form_data(page, title="Nachher", **{"action-publish": "1"}) if step == "edit" else {}
    before = state(page)
    with monkeypatch.context() as patch:
        history_is_full(patch)
        refused = editor.post(address, data)
    left = state(page)
    taken = editor.post(address, data)

    assert (refused.status_code, left) == (503, before)
    assert taken.status_code == 302
    assert step == "delete" or state(page) != before
    assert StandardPage.objects.filter(pk=page.pk).exists() is (step != "delete")
