"""Without Redis nothing is found, nothing is kept, and nobody notices."""

import pytest

from portal.delivery import shared_cache
from portal.delivery.shared_cache import ForgivingRedisCache

NOBODY = "redis://127.0.0.1:1/0"


@pytest.fixture
def cache() -> ForgivingRedisCache:
    return ForgivingRedisCache(NOBODY, {})


def test_every_question_has_an_answer(cache) -> None:
    answers = [
        cache.get("a", "sonst"),
        cache.add("a", 1),
        cache.set("a", 1),
        cache.touch("a"),
        cache.delete("a"),
        cache.get_many(["a"]),
        cache.set_many({"a": 1}),
        cache.delete_many(["a"]),
        cache.has_key("a"),
        cache.incr("a"),
        cache.get_or_set("a", 5),
        cache.clear(),
    ]

    assert answers == ["sonst", True, None, False, False, {}, [], None, False, 1, 5, False]


def test_redis_is_left_alone_for_a_moment_after_a_failure(cache, monkeypatch) -> None:
    asked = []
    cache.get("a")
    monkeypatch.setattr(shared_cache.RedisCache, "get", lambda *args: asked.append(args) or "gefunden")
    during = cache.get("a")
    monkeypatch.setattr(shared_cache, "PAUSE_SECONDS", 0.0)
    cache._quiet_until = 0.0

    assert (during, cache.get("a"), len(asked)) == (None, "gefunden", 1)
