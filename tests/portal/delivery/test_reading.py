"""The committed version is read exactly: at once after a commit, never before it."""

import threading

import pytest
from django.db import connection, transaction
from wagtail.models import Site

from portal.delivery import reading
from portal.delivery.version import raise_content_version
from tests.factories.tree import plant_home, plant_page

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(action) -> None:
    """Run ``action`` on a connection of its own and wait for it."""

    def run() -> None:
        try:
            action()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


def test_a_change_elsewhere_counts_at_once() -> None:
    plant_home()
    seen = [reading.committed_version()]
    for number in range(10):
        # An update, which sends no signals.
        elsewhere(lambda number=number: Site.objects.update(site_name=f"Name {number}"))
        seen.append(reading.committed_version())

    assert seen == sorted(set(seen))


def test_a_change_does_not_count_before_its_commit() -> None:
    plant_home()
    before = reading.committed_version()
    written, may_commit = threading.Event(), threading.Event()
    found: list[object] = []

    def change() -> None:
        try:
            with transaction.atomic():
                Site.objects.update(site_name="Anders")
                written.set()
                may_commit.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=change)
    thread.start()
    assert written.wait(20)
    found += [reading.committed_version() == before, reading.is_changing()]
    may_commit.set()
    thread.join()

    assert [*found, reading.committed_version() > before, reading.is_changing()] == [True, True, True, False]


def test_drafts_and_automatic_saving_leave_it_alone() -> None:
    page = plant_page(plant_home(), "Verein")
    before = reading.committed_version()
    page.title = "Entwurf"
    page.save_revision()
    after_draft = reading.committed_version()
    page.get_latest_revision().publish()

    assert (after_draft == before, reading.committed_version() > before) == (True, True)


@pytest.mark.postgres
def test_while_nothing_changes_the_database_is_asked_once_per_lease(django_assert_num_queries) -> None:
    raise_content_version()
    # Alone on the machine: nobody else's change keeps the lease away.
    with django_assert_num_queries(1):
        first = reading.committed_version()
    reading._lease = reading.Lease(str(connection.settings_dict["NAME"]), first, float("inf"))
    try:
        with django_assert_num_queries(0):
            assert reading.committed_version() == first
    finally:
        reading._lease = None
