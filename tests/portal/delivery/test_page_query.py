"""A page's query made once gives what Django's own would give."""

import threading
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from wagtail.models import Page

from pages.models import MeetingPage
from portal.delivery.page_query import page_query
from portal.delivery.snapshot import snapshot
from portal.delivery.tree import PART

pytestmark = pytest.mark.django_db


def query_of(label: str) -> Any:
    return page_query(label, connection.vendor)


def contents(page: Page) -> dict[str, Any]:
    fields = {field.attname: getattr(page, field.attname) for field in page._meta.concrete_fields}
    return {name: str(value) for name, value in fields.items()} | {"locale": page._state.fields_cache["locale"].pk}


def test_every_page_is_the_one_that_django_finds(site: object, django_assert_num_queries: Any) -> None:
    nodes = list(snapshot().part(PART))
    found = [query_of(node.model).get(node.pk) for node in nodes]
    expected = [apps.get_model(node.model).objects.select_related("locale").get(pk=node.pk) for node in nodes]

    assert [contents(page) for page in found] == [contents(page) for page in expected]
    assert [type(page) for page in found] == [type(page) for page in expected]
    with django_assert_num_queries(1):
        query_of(nodes[0].model).get(nodes[0].pk)


def test_what_a_kind_prefetches_comes_with_it(site: object, django_assert_num_queries: Any) -> None:
    meeting = MeetingPage.objects.filter(speakers__isnull=False).first()
    assert meeting is not None
    expected = [str(speaker) for speaker in meeting.speakers.all()]
    with django_assert_num_queries(2):
        found = query_of("pages.meetingpage").get(meeting.pk)
        assert [str(speaker) for speaker in found.speakers.all()] == expected


def test_there_is_no_page_with_another_key() -> None:
    assert query_of("pages.standardpage").get(4711) is None


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_on_its_own_connection(site: object) -> None:
    node = next(iter(snapshot().part(PART)))
    found: list[Any] = [query_of(node.model).get(node.pk)]

    def ask() -> None:
        try:
            found.append(query_of(node.model).get(node.pk))
        finally:
            connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert [page.title for page in found] == [found[0].title] * 2
