"""Doing something at the same time, with database connections of their own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(times: int, act: Callable[[int], Any]) -> list[Any]:
    """Call ``act(0)``, ``act(1)`` … in threads that start together; return results or errors in this order."""
    barrier = threading.Barrier(times)
    results: list[Any] = [None] * times

    def work(number: int) -> None:
        try:
            barrier.wait(timeout=30)
            results[number] = act(number)
        except Exception as error:  # noqa: BLE001 - the test looks at the errors
            results[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results
