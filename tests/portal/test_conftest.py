"""What conftest.py promises to every test."""

import socket

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Page

from tests.network import OutgoingConnectionError


def test_other_machines_are_out_of_reach() -> None:
    with pytest.raises(OutgoingConnectionError, match=r"^outgoing connection to 192\.0\.2\.1$"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_names_are_not_looked_up() -> None:
    with pytest.raises(OutgoingConnectionError, match=r"^outgoing connection to example\.org$"):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize("turn", [1, 2])
def test_caches_are_empty_at_the_start(turn: int) -> None:
    assert cache.get("left_behind") is None
    cache.set("left_behind", turn)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_transactional_tests_find_what_the_migrations_wrote(turn: int) -> None:
    assert Locale.objects.get().language_code == "de"
    assert Page.objects.filter(depth=1).count() == 1
