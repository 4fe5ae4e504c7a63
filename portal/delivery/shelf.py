"""What is kept of one content version: bounded in number and bytes, each page made by one thread at a time."""

import threading
from collections.abc import Hashable
from typing import Any

from portal.delivery.kept_answer import KeptAnswer

MOST_ANSWERS = 5_000
MOST_BYTES = 96 * 1024 * 1024
MOST_REFUSED = 5_000


class Flight:
    """A page that somebody is making; others wait for it."""

    __slots__ = ("landed",)

    def __init__(self) -> None:
        self.landed = threading.Event()


class Shelf:
    """The kept answers of one content version. The oldest make room when there are too many."""

    def __init__(self, version: int, *, most_answers: int = MOST_ANSWERS, most_bytes: int = MOST_BYTES) -> None:
        self.version = version
        self.bytes = 0
        self._most_answers, self._most_bytes = most_answers, most_bytes
        self._answers: dict[Hashable, KeptAnswer] = {}
        # Hashes only: nobody can read an address out of them.
        self._refused: set[int] = set()
        self._flights: dict[Hashable, Flight] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Hashable) -> KeptAnswer | None:
        """Return the kept answer if it still holds."""
        answer = self._answers.get(key)
        return answer if answer is not None and answer.is_valid() else None

    def answers(self) -> list[tuple[Any, KeptAnswer]]:
        """Return what is kept, by key."""
        with self._lock:
            return list(self._answers.items())

    def put(self, key: Hashable, answer: KeptAnswer) -> None:
        """Keep an answer; one that takes more than a tenth of the room is not kept."""
        if answer.size > self._most_bytes // 10:
            return
        with self._lock:
            self._drop(key)
            self._answers[key] = answer
            self.bytes += answer.size
            while len(self._answers) > self._most_answers or self.bytes > self._most_bytes:
                self._drop(next(iter(self._answers)))

    def refuse(self, key: Hashable) -> None:
        """Remember that the answer is not one to keep: nobody has to wait for it."""
        with self._lock:
            if len(self._refused) >= MOST_REFUSED:
                self._refused.clear()
            self._refused.add(hash(key))

    def refuses(self, key: Hashable) -> bool:
        return hash(key) in self._refused

    def board(self, key: Hashable) -> tuple[Flight, bool]:
        """Return the making of an answer, and whether the caller is the one to make it (and to ``land`` it)."""
        with self._lock:
            flight = self._flights.get(key)
            if flight is not None:
                return flight, False
            flight = self._flights[key] = Flight()
            return flight, True

    def land(self, key: Hashable) -> None:
        """Let those go on who waited for the answer, whatever became of it."""
        with self._lock:
            flight = self._flights.pop(key, None)
        if flight is not None:
            flight.landed.set()

    def _drop(self, key: Hashable) -> None:
        answer = self._answers.pop(key, None)
        if answer is not None:
            self.bytes -= answer.size
