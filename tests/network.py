"""No test talks to another machine: sockets to anything but this one are refused."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1", "0.0.0.0", ""}  # noqa: S104 - compared, never bound


class OutgoingConnectionError(AssertionError):
    """A test tried to reach another machine."""


def _refuse_others(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name is not None and name not in LOCAL_HOSTS and not str(name).startswith("127."):
        raise OutgoingConnectionError(f"outgoing connection to {name}")


@contextmanager
def only_this_machine() -> Iterator[None]:
    """Refuse name look-ups of, and connections to, other machines while the block runs."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6}:
                _refuse_others(address[0])
            return method(self, address)

        return call

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_others(host)
        return getaddrinfo(host, *args, **kwargs)

    socket.socket.connect = guarded(connect)  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = guarded(connect_ex)  # type: ignore[method-assign,assignment]
    socket.getaddrinfo = guarded_getaddrinfo
    try:
        yield
    finally:
        socket.socket.connect = connect  # type: ignore[method-assign]
        socket.socket.connect_ex = connect_ex  # type: ignore[method-assign]
        socket.getaddrinfo = getaddrinfo
