"""Django's cache in Redis, bearing that Redis goes away: what is not found is made anew, slower and as right."""

import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

GONE = (RedisConnectionError, RedisTimeoutError)
# After a failure nobody waits for Redis again for so long.
PAUSE_SECONDS = 1.0


class ForgivingRedisCache(RedisCache):
    """Reads nothing and keeps nothing while Redis is gone.

    ``add`` answers that the key was new and ``incr`` counts from zero: nobody is locked out because Redis is gone.
    """

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        options = {"socket_connect_timeout": 0.5, "socket_timeout": 1.0} | params.get("OPTIONS", {})
        super().__init__(server, params | {"OPTIONS": options})
        self._quiet_until = 0.0

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        return self._or(default, super().get, key, default, version)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(True, super().add, *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, super().set, *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, super().touch, *args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, super().delete, *args, **kwargs)

    def get_many(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return self._or({}, super().get_many, *args, **kwargs)

    def set_many(self, *args: Any, **kwargs: Any) -> list[str]:
        return self._or([], super().set_many, *args, **kwargs)

    def delete_many(self, *args: Any, **kwargs: Any) -> None:
        self._or(None, super().delete_many, *args, **kwargs)

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return self._or(False, super().has_key, *args, **kwargs)

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self._or(delta, super().incr, key, delta, version)

    def clear(self) -> bool:
        return self._or(False, super().clear)

    def _or(self, otherwise: Any, ask: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self._quiet_until:
            return otherwise
        try:
            return ask(*args, **kwargs)
        except GONE:
            self._quiet_until = time.monotonic() + PAUSE_SECONDS
            return otherwise
