"""Benchmarks run their actions in turn and compare them with the first one."""

import pytest

from bench import measuring
from bench.measuring import Result, measure, table


def test_actions_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    calls = []
    monkeypatch.setattr(measuring.time, "perf_counter", lambda: now[0])

    def action(name: str, seconds: float) -> None:
        calls.append(name)
        now[0] += seconds

    results = measure({"file": lambda: action("file", 0.25), "page": lambda: action("page", 0.5)}, rounds=2)
    assert calls == ["file", "page"] * 3
    assert results == [
        Result(name="file", first=250, median=250, slowest=250, ratio=1),
        Result(name="page", first=500, median=500, slowest=500, ratio=2),
    ]


def test_table_lines_up() -> None:
    assert table("Pages", [Result("file", 5, 2.5, 3.25, 1), Result("home page", 200, 10, 12, 4)]).splitlines() == [
        "Pages",
        "                first     median       99 %    ratio",
        "file           5.0 ms    2.50 ms    3.25 ms     1.00",
        "home page    200.0 ms   10.00 ms   12.00 ms     4.00",
    ]
